"""Following a tag or an author: roles that moderators have made, and readers give themselves."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core.discord_codes import TOO_MANY_ROLES, UNKNOWN_ROLE
from bot.core.errors import AfterwordError
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases, phrases
from bot.core.snowflakes import time_of
from bot.core.text.folding import fold
from bot.discussion.messages.following import follow_page
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import unknown_tag
from bot.endpoint import NO_ANSWER, one_attempt
from bot.store.ledger import channels, follow_roles
from bot.store.ledger.follow_roles import FollowRole, Kind
from bot.store.store import Store

Interaction = discord.Interaction[Any]

MOST_ROLES = 25
"""So many can be followed in a server: what one menu shows."""

SERVER_ROLES = 250
"""What Discord allows (docs/discord-facts.md#roles)."""

ROLE_NAME = 100
CLOCKS_DIFFER = timedelta(minutes=5)

CHOICE = re.compile(r"(?P<how>give|take):(?P<role>\d{1,20})")
"""What a reader chooses; it says what they meant, however long ago the menu was opened."""


class Following:
    """Makes and removes roles for moderators, and gives them to readers who want them."""

    def __init__(self, store: Store, blog: Blog) -> None:
        self._store = store
        self._blog = blog
        self._making = asyncio.Lock()
        """Two moderators at once make one role."""

    async def page(self, interaction: Interaction, head: str = "") -> Outgoing:
        """Return what can be followed here, and what a reader follows."""
        say, guild = phrases(str(interaction.locale)), interaction.guild
        there = await self._there(guild) if guild is not None else []
        return follow_page(there, _held_by(interaction.user), head, say)

    async def choose(self, interaction: Interaction, value: str) -> Outgoing:
        """Give a reader a role or take it; return what they follow now.

        Raises:
            AfterwordError: It is no role to follow, or cannot be given.
        """
        say, guild, member = phrases(str(interaction.locale)), interaction.guild, interaction.user
        match = CHOICE.fullmatch(value)
        if guild is None or match is None or not isinstance(member, discord.Member):
            raise AfterwordError(say.follow_gone)
        there = await self._there(guild)
        wanted = next((one for one in there if one.role_id == int(match["role"])), None)
        role = guild.get_role(int(match["role"])) if wanted is not None else None
        if wanted is None or role is None:
            raise AfterwordError(say.follow_gone)
        gives = match["how"] == "give"
        if gives and role.permissions.value:
            raise AfterwordError(say.follow_has_permissions.format(role=role.mention))
        _require_manageable(guild, role, say)
        change = member.add_roles if gives else member.remove_roles
        try:
            await change(role)
        except discord.HTTPException as error:
            raise _refusal(error, say) from error
        held = _held_by(member) - {role.id} | ({role.id} if gives else set())
        said = say.follow_begun if gives else say.follow_ended
        head = said.format(name=escape(wanted.name))
        return follow_page(there, held, head, say)

    async def make(
        self, guild: discord.Guild, kind: Kind, typed: str, moderator_id: int, say: Phrases
    ) -> str:
        """Have the role for a tag or an author made; return what the moderator is told.

        Raises:
            AfterwordError: There is no such tag or author, or Discord does not allow the role.
        """
        name = self._named(kind, typed, say)
        async with self._making:
            return await self._make(guild, kind, name, moderator_id, say)

    async def _make(
        self, guild: discord.Guild, kind: Kind, name: str, moderator_id: int, say: Phrases
    ) -> str:
        there = await self._there(guild)
        known = next((one for one in there if one.is_for(kind, name)), None)
        if known is not None:
            return say.follow_known.format(role=f"<@&{known.role_id}>")
        _require_room(guild, len(there), say)
        intent, is_new = await self._store.write(
            follow_roles.intend, guild.id, kind, name, moderator_id, datetime.now(UTC)
        )
        try:
            role = await self._find_or_create(guild, intent, is_new=is_new)
        except NO_ANSWER as error:
            raise AfterwordError(say.follow_no_answer) from error
        except discord.HTTPException as error:
            raise _refusal(error, say) from error
        await self._store.write(follow_roles.made, intent, role.id, moderator_id, datetime.now(UTC))
        done = say.follow_made.format(role=role.mention)
        return "\n".join([done, *await self._is_unheard(guild, say)])

    async def remove(
        self, guild: discord.Guild, kind: Kind, typed: str, moderator_id: int, say: Phrases
    ) -> str:
        """Have a role removed; return what the moderator is told.

        Raises:
            AfterwordError: There is none, or Discord does not let the bot remove it.
        """
        every = await self._store.read(follow_roles.roles, guild.id)
        known = next((one for one in every if one.is_for(kind, typed)), None)
        if known is None:
            raise AfterwordError(say.follow_no_role.format(name=escape(shorten(typed, ROLE_NAME))))
        role = guild.get_role(known.role_id or 0)
        if role is not None:
            _require_manageable(guild, role, say)
            try:
                await role.delete()
            except discord.NotFound:
                pass
            except discord.HTTPException as error:
                raise _refusal(error, say) from error
        await self._store.write(follow_roles.removed, known, moderator_id, datetime.now(UTC))
        return say.follow_removed.format(name=escape(known.name))

    async def offered(self, guild_id: int) -> Sequence[FollowRole]:
        """Return the roles of a guild, to be removed."""
        return await self._store.read(follow_roles.roles, guild_id)

    async def deleted(self, role: discord.Role) -> None:
        """Forget a role that somebody deleted in Discord."""
        await self._store.write(follow_roles.forget, role.guild.id, [role.id])

    def authors(self) -> list[str]:
        """Return the names of the blog's authors, in alphabetical order."""
        names: dict[str, str] = {}
        for post in self._blog.catalog.shelf(now=datetime.now(UTC)).posts:
            for author in post.authors:
                names.setdefault(fold(author), author)
        return [names[folded] for folded in sorted(names)]

    async def _there(self, guild: discord.Guild) -> list[FollowRole]:
        """Return the roles that there are, and forget those that somebody deleted in Discord."""
        known = await self._store.read(follow_roles.roles, guild.id)
        made = [one for one in known if one.role_id is not None]
        there = [one for one in made if guild.get_role(one.role_id or 0) is not None]
        gone = [one.role_id or 0 for one in made if one not in there]
        if gone and not guild.unavailable:
            await self._store.write(follow_roles.forget, guild.id, gone)
        return there

    def _named(self, kind: Kind, typed: str, say: Phrases) -> str:
        """Return a tag or an author as the blog spells it.

        Raises:
            AfterwordError: No essay has it.
        """
        now, catalog = datetime.now(UTC), self._blog.catalog
        if kind == "author":
            names = {fold(name): name for name in self.authors()}
            if fold(typed) not in names:
                raise AfterwordError(
                    say.follow_no_author.format(name=escape(shorten(typed, ROLE_NAME)))
                )
            return names[fold(typed)]
        spelt = {fold(name): name for name, _ in catalog.tags(now=now)}
        if fold(typed) not in spelt:
            raise AfterwordError(unknown_tag(typed, catalog.near_tags(typed, now=now), say))
        return spelt[fold(typed)]

    async def _find_or_create(
        self, guild: discord.Guild, intent: FollowRole, *, is_new: bool
    ) -> discord.Role:
        """Make a role, unless an earlier attempt made it: one of that name, of nobody and nothing.

        A role that was there before the attempt is never taken: it may open channels.
        """
        there = await guild.fetch_roles()
        say = phrases(str(guild.preferred_locale))
        name = shorten(say.follow_role.format(name=intent.name), ROLE_NAME)
        for role in there if not is_new else ():
            began = intent.made_at - CLOCKS_DIFFER
            opens = any(role in channel.overwrites for channel in guild.channels)
            is_plain = not (role.permissions.value or role.managed or role.hoist or opens)
            is_called_so = role.name in islice(_names(name), len(there) + 1)
            if is_called_so and is_plain and time_of(role.id) >= began:
                return role
        taken = {role.name for role in there}
        free = next(one for one in _names(name) if one not in taken)
        with one_attempt():
            return await guild.create_role(
                name=free, permissions=discord.Permissions.none(), hoist=False, mentionable=False
            )

    async def _is_unheard(self, guild: discord.Guild, say: Phrases) -> list[str]:
        """Return a warning if mentions of the bot's would reach nobody in the essays' channel."""
        settled = await self._store.read(channels.channels, guild.id)
        places = [guild.get_channel(one.id) for one in settled]
        deaf = [
            place.mention
            for place in places
            if place is not None and not place.permissions_for(guild.me).mention_everyone
        ]
        return [say.follow_unheard.format(channel=deaf[0])] if deaf else []


def _names(name: str) -> Iterator[str]:
    """Return what a role may be called: its name, or that and a number where others have it."""
    yield name
    for number in count(2):
        yield f"{shorten(name, ROLE_NAME - 4)} {number}"


def _held_by(member: discord.Member | discord.User) -> set[int]:
    return {role.id for role in member.roles} if isinstance(member, discord.Member) else set()


def _require_room(guild: discord.Guild, count: int, say: Phrases) -> None:
    """Make sure that one more role can be made.

    Raises:
        AfterwordError: There are too many, or the bot may make none.
    """
    if count >= MOST_ROLES:
        raise AfterwordError(say.follow_enough.format(most=MOST_ROLES))
    if not guild.me.guild_permissions.manage_roles:
        raise AfterwordError(say.follow_no_permission)
    if len(guild.roles) >= SERVER_ROLES:
        raise AfterwordError(say.follow_server_full.format(most=SERVER_ROLES))


def _require_manageable(guild: discord.Guild, role: discord.Role, say: Phrases) -> None:
    """Make sure that the bot may give and remove a role.

    Raises:
        AfterwordError: It may not.
    """
    if not guild.me.guild_permissions.manage_roles:
        raise AfterwordError(say.follow_no_permission)
    if role >= guild.me.top_role:
        raise AfterwordError(say.follow_too_high.format(role=role.mention))


def _refusal(error: discord.HTTPException, say: Phrases) -> AfterwordError:
    """Return what to do about what Discord refuses."""
    if error.code == UNKNOWN_ROLE:
        return AfterwordError(say.follow_gone)
    if error.code == TOO_MANY_ROLES:
        return AfterwordError(say.follow_server_full.format(most=SERVER_ROLES))
    return AfterwordError(say.follow_no_permission)
