"""Making and changing the world: guilds, channels, roles, members, the bot's place in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import archiving, channels, guilds
from bot.sandbox.control.endpoints import Answer, post
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import OUTAGE, ChannelType
from bot.sandbox.state.permissions import INVITED
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.channels import CHANNEL_PATCH

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services
    from bot.sandbox.state.models import Guild, Member


@post
def create_guild(services: Services, args: Args) -> Answer:
    """Make a guild: ``name``, ``locale``, ``bot`` (whether the bot is in it)."""
    locale = args.get("locale", "en-US")
    bot = args.flag("bot", default=True)
    return serialisation.guild(
        guilds.create(services.state, args.text("name"), locale=locale, bot=bot)
    )


@post
def create_channel(services: Services, args: Args) -> Answer:
    """Make a channel in ``guild``: ``name``, ``type`` (0 text, 4 category, 15 forum), ``tags``.

    Also ``topic``, and ``parent``, its category.
    """
    kind = ChannelType(int(args.number("type", 0)))
    channel = channels.create(
        services.state,
        args.guild(),
        args.text("name"),
        kind,
        tags=tuple(args.get("tags") or ()),
        topic=args.get("topic"),
        parent_id=args.ident("parent") if args.has("parent") else None,
    )
    return serialisation.channel(channel)


@post
def change_channel(services: Services, args: Args) -> Answer:
    """Change ``channel`` as the world: ``changes`` as PATCH /channels/{id} takes them."""
    changes = dict(args.get("changes") or {})
    check_body(changes, CHANNEL_PATCH)
    channels.update(services.state, args.channel(), changes)
    return serialisation.channel(args.channel())


@post
def delete_channel(services: Services, args: Args) -> Answer:
    """Delete ``channel`` as the world."""
    channels.delete(services.state, args.channel())
    return None


@post
def allow(services: Services, args: Args) -> Answer:
    """Let ``channel`` allow and deny bits to a role or member, ``target``: ``allow``, ``deny``.

    Without bits the overwrite is taken away. On a category it reaches its synced channels.
    """
    channel = args.channel()
    target = args.ident("target")
    kept = [
        serialisation.overwrite(each) for each in channel.overwrites.values() if each.id != target
    ]
    new = {
        "id": target,
        "type": 0 if target in channel.guild.roles else 1,
        "allow": args.get("allow") or 0,
        "deny": args.get("deny") or 0,
    }
    listed = [*kept, new] if new["allow"] or new["deny"] else kept
    channels.update(services.state, channel, {"permission_overwrites": listed})
    return serialisation.channel(channel)


@post
def create_role(services: Services, args: Args) -> Answer:
    """Make a role in ``guild``: ``name``, ``permissions``."""
    granted = int(args.get("permissions") or 0)
    return serialisation.role(
        guilds.create_role(services.state, args.guild(), args.text("name"), granted)
    )


@post
def change_role(services: Services, args: Args) -> Answer:
    """Change ``role`` in ``guild``: ``permissions``, ``name``; @everyone has the guild's id."""
    guild = args.guild()
    role = args.role(guild)
    granted = int(args.get("permissions")) if args.has("permissions") else None
    guilds.change_role(services.state, guild, role, granted=granted, name=args.get("name"))
    return serialisation.role(role)


@post
def delete_role(services: Services, args: Args) -> Answer:
    """Delete ``role`` in ``guild``."""
    guilds.delete_role(services.state, args.guild(), args.role(args.guild()))
    return None


@post
def add_member(services: Services, args: Args) -> Answer:
    """Let somebody join ``guild``: ``name`` or a known ``user``, ``locale``, ``nick``, ``roles``.

    ``permissions`` gives them a role of their own with these bits; ``client`` is what they use.
    """
    guild, state = args.guild(), services.state
    user = state.user(args.ident("user")) if args.has("user") else None
    name = args.text("name") if user is None else user.username
    locale = args.get("locale", "en-US")
    member = guilds.add_member(state, guild, name, locale=locale, nick=args.get("nick"), user=user)
    member.user.client = args.client() or member.user.client
    roles = [int(each) for each in args.get("roles") or []]
    if args.has("permissions"):
        granted = int(args.get("permissions"))
        roles.append(guilds.create_role(state, guild, f"{name}'s own", granted).id)
    if roles:
        guilds.set_roles(state, guild, member, roles)
    return _member(guild, member)


@post
def change_member(services: Services, args: Args) -> Answer:
    """Change ``member`` in ``guild``: ``nick``, ``roles``, ``locale``, ``timeout`` in seconds.

    ``client`` is what they use Discord with: web, phone or desktop.
    """
    guild, state = args.guild(), services.state
    member = args.member(guild, "member")
    changes: JSON = {}
    if "nick" in args.fields:
        changes["nick"] = args.get("nick") or None
    member.user.locale = args.get("locale") or member.user.locale
    member.user.client = args.client() or member.user.client
    if args.has("roles"):
        changes["roles"] = [int(each) for each in args.get("roles")]
    if args.has("timeout"):
        seconds = args.number("timeout", 0)
        changes["until"] = state.now() + timedelta(seconds=seconds) if seconds else None
    guilds.change_member(state, guild, member, changes)
    return _member(guild, member)


@post
def remove_member(services: Services, args: Args) -> Answer:
    """Let ``member`` leave ``guild``."""
    guilds.remove_member(services.state, args.guild(), args.member(args.guild(), "member"))
    return None


@post
def add_bot(services: Services, args: Args) -> Answer:
    """Invite the bot to ``guild``, with ``permissions`` or those of its invite link.

    ``as_available`` sends GUILD_CREATE as after an outage.
    """
    guild = args.guild()
    if services.state.application.user.id in guild.members:
        raise RefusedError("The bot is in that guild already.")
    granted = int(args.get("permissions") or INVITED)
    available = args.flag("as_available")
    return _member(guild, guilds.add_bot(services.state, guild, granted, as_available=available))


@post
def remove_bot(services: Services, args: Args) -> Answer:
    """Remove the bot from ``guild``."""
    guilds.remove_bot(services.state, args.guild())
    return None


@post
def permit_bot(services: Services, args: Args) -> Answer:
    """Set the bot's own ``permissions`` in ``guild``."""
    guild, state = args.guild(), services.state
    for role in guild.roles.values():
        if role.bot_id == state.application.user.id:
            guilds.change_role(state, guild, role, granted=int(args.get("permissions") or 0))
    return None


@post
def set_unavailable(services: Services, args: Args) -> Answer:
    """Begin or end an outage of ``guild``: ``unavailable``.

    REST then answers ``refusal``, an HTTP status or one of Discord's codes.
    """
    refusal, unavailable = int(args.number("refusal", OUTAGE)), args.flag("unavailable")
    guilds.set_unavailable(services.state, args.guild(), unavailable=unavailable, refusal=refusal)
    return None


@post
def set_intents(services: Services, args: Args) -> Answer:
    """Grant the application exactly these privileged intents: ``privileged``, as bits."""
    services.state.application.privileged = int(args.number("privileged", 0))
    return None


@post
def hide_channels(services: Services, args: Args) -> Answer:
    """Hide channels from the bot that it cannot view, as Discord announced: ``hidden``."""
    services.state.hides_channels = args.flag("hidden")
    return None


@post
def set_limits(services: Services, args: Args) -> Answer:
    """Change some of the numbers in :class:`bot.sandbox.state.state.Limits`."""
    limits = services.state.limits
    for name, value in args.fields.items():
        if not hasattr(limits, name):
            raise RefusedError(f"There is no limit {name}.")
        setattr(limits, name, value)
    return None


@post
def advance(services: Services, args: Args) -> Answer:
    """Move the clock forward by ``seconds``; idle threads are archived."""
    services.state.clock.advance(args.number("seconds", 0))
    archiving.archive_idle(services.state)
    return {"now": serialisation.stamp(services.state.now())}


def _member(guild: Guild, member: Member) -> JSON:
    return serialisation.member(member) | {
        "guild_id": str(guild.id),
        "name": member.display_name,
        "locale": member.user.locale,
    }
