"""What members do by hand: write, pin, start and tidy threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import archiving, bans, deletion, messages, reactions, threads
from bot.sandbox.actions.attachments import attach
from bot.sandbox.actions.drafts import Draft
from bot.sandbox.actions.interactions import responses
from bot.sandbox.control.endpoints import Answer, post
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import ChannelType
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.channels import THREAD_PATCH
from bot.sandbox.validation.messages import check_message

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services

PICTURE = "image/png"
SMALLEST_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
"""One transparent dot."""


def _draft(services: Services, args: Args) -> Draft:
    body: JSON = {"content": args.text("content")}
    names = sorted(args.names("files"))
    if args.has("reply_to"):
        body["message_reference"] = {"message_id": str(args.ident("reply_to"))}
    if not args.flag("mention", default=True):
        body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
    if args.has("nonce"):
        body["nonce"] = args.get("nonce")
    check_message(body, "create", files=len(names))
    files = [attach(services.state, each, PICTURE, SMALLEST_PICTURE) for each in names]
    draft = Draft.of(body, files)
    draft.missing = args.names("missing")
    return draft


@post
def say(services: Services, args: Args) -> Answer:
    """Write in ``channel``: ``content``, ``reply_to`` a message, ``mention`` its author.

    ``files`` are names of pictures to attach. The bot gets it without the keys in ``missing``.
    """
    message = messages.send(services.state, args.actor(), args.channel(), _draft(services, args))
    return serialisation.message_event(message)


@post
def say_all(services: Services, args: Args) -> Answer:
    """Write many ``contents`` in ``channel``, one ``every`` so many seconds; return the ids."""
    actor, channel, state = args.actor(), args.channel(), services.state
    every = args.number("every", 0)
    sent = []
    for each in args.get("contents") or []:
        sent.append(messages.send(state, actor, channel, Draft(content=str(each))))
        state.clock.advance(every)
    archiving.archive_idle(state)
    return {"ids": [str(each.id) for each in sent]}


@post
def forward(services: Services, args: Args) -> Answer:
    """Forward ``message`` of ``channel`` to the channel ``to``."""
    actor, target = args.actor(), services.state.channel(args.ident("to"))
    message = messages.forward(services.state, actor, args.message(), target)
    return serialisation.message_event(message)


@post
def edit(services: Services, args: Args) -> Answer:
    """Edit one's own ``message``: ``content``, which may be empty where a file stays."""
    body = {"content": args.text("content")}
    check_message(body, "edit")
    actor, message = args.actor(), args.message()
    messages.edit(services.state, actor, message, body)
    return serialisation.message_event(message)


@post
def suppress(services: Services, args: Args) -> Answer:
    """Hide the embeds of ``message``."""
    messages.edit(services.state, args.actor(), args.message(), {"flags": 4})
    return None


@post
def unfurl(services: Services, args: Args) -> Answer:
    """Let Discord show a preview below ``message``: an update that is no edit; ``title``."""
    messages.unfurl(services.state, args.message(), args.text("title"))
    return None


@post
def delete(services: Services, args: Args) -> Answer:
    """Delete ``message``: one's own, or as a moderator."""
    deletion.delete(services.state, args.actor(), args.message())
    return None


@post
def delete_many(services: Services, args: Args) -> Answer:
    """Delete ``messages`` of ``channel`` at once."""
    ids = [int(each) for each in args.get("messages") or []]
    deletion.delete_many(services.state, args.actor(), args.channel(), ids)
    return None


@post
def dismiss(services: Services, args: Args) -> Answer:
    """Dismiss an ephemeral ``message``."""
    message = args.message()
    if message.reader != args.ident("as"):
        raise RefusedError("Only an ephemeral message of one's own can be dismissed.")
    responses.dismiss(services.state, message)
    return None


@post
def ban(services: Services, args: Args) -> Answer:
    """Ban ``user`` from ``guild``, as a moderator; perhaps with a ``reason``."""
    guild, user = args.guild(), services.state.user(args.ident("user"))
    bans.ban(services.state, guild, args.member(guild), user, args.get("reason"))
    return None


@post
def unban(services: Services, args: Args) -> Answer:
    """Lift the ban of ``user`` from ``guild``, as a moderator."""
    guild, user = args.guild(), services.state.user(args.ident("user"))
    bans.unban(services.state, guild, args.member(guild), user)
    return None


@post
def react(services: Services, args: Args) -> Answer:
    """React to ``message`` with ``emoji``."""
    reactions.react(services.state, args.actor(), args.message(), args.text("emoji"))
    return None


@post
def unreact(services: Services, args: Args) -> Answer:
    """Take one's own reaction with ``emoji`` to ``message`` back."""
    reactions.take_back(services.state, args.actor(), args.message(), args.text("emoji"))
    return None


@post
def clear_reactions(services: Services, args: Args) -> Answer:
    """Take all reactions to ``message`` away as a moderator, or all with ``emoji``."""
    reactions.clear(services.state, args.actor(), args.message(), args.get("emoji"))
    return None


@post
def pin(services: Services, args: Args) -> Answer:
    """Pin ``message``."""
    messages.pin(services.state, args.actor(), args.message())
    return None


@post
def start_thread(services: Services, args: Args) -> Answer:
    """Start a thread ``name`` in ``channel``, on ``message`` if one is named."""
    state, actor, name = services.state, args.actor(), args.text("name")
    if args.has("message"):
        thread = threads.from_message(state, actor, args.message(), name)
    else:
        thread = threads.without_message(state, actor, args.channel(), name)
    return serialisation.channel(thread, actor.user.id)


@post
def start_post(services: Services, args: Args) -> Answer:
    """Start a post ``name`` in the forum ``channel``: ``content``, ``tags`` by id."""
    actor = args.actor()
    tags = [int(each) for each in args.get("tags") or []]
    thread, _ = threads.forum_post(
        services.state, actor, args.channel(), args.text("name"), _draft(services, args), tags
    )
    return serialisation.channel(thread, actor.user.id)


@post
def start_all(services: Services, args: Args) -> Answer:
    """Start many threads in ``channel``, or posts if it is a forum, by ``names``; return ids."""
    actor, channel, state = args.actor(), args.channel(), services.state
    started = []
    for name in args.get("names") or []:
        if channel.type is ChannelType.FORUM:
            draft = Draft(content=str(name))
            thread, _ = threads.forum_post(state, actor, channel, str(name), draft, [])
        else:
            thread = threads.without_message(state, actor, channel, str(name))
        started.append(thread)
    return {"ids": [str(each.id) for each in started]}


@post
def change_thread(services: Services, args: Args) -> Answer:
    """Change the thread ``channel``: ``changes`` of name, archived, locked, tags ..."""
    changes = dict(args.get("changes") or {})
    check_body(changes, THREAD_PATCH)
    threads.update(services.state, args.actor(), args.thread(), changes)
    return serialisation.channel(args.thread(), args.ident("as"))


@post
def delete_thread(services: Services, args: Args) -> Answer:
    """Delete the thread ``channel``."""
    threads.delete(services.state, args.actor(), args.thread())
    return None
