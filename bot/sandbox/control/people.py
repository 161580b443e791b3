"""What members do by hand: write, react, start and tidy threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.acts import answering, archiving, deleting, messages, reactions, threads
from bot.sandbox.acts.attaching import attach
from bot.sandbox.acts.drafts import Draft
from bot.sandbox.checks.channels import THREAD_PATCH
from bot.sandbox.checks.form import check_body
from bot.sandbox.checks.messages import check_message
from bot.sandbox.control.verbs import Answer, acts
from bot.sandbox.errors import RefusedError
from bot.sandbox.models import ChannelType
from bot.sandbox.wire import JSON

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine

PICTURE = "image/png"
SMALLEST_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
"""One transparent dot."""


def _draft(machine: Machine, args: Args) -> Draft:
    body: JSON = {"content": args.text("content")}
    names = sorted(args.names("files"))
    if args.has("reply_to"):
        body["message_reference"] = {"message_id": str(args.ident("reply_to"))}
    if not args.flag("mention", default=True):
        body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
    if args.has("nonce"):
        body["nonce"] = args.get("nonce")
    check_message(body, "create", files=len(names))
    files = [attach(machine.state, each, PICTURE, SMALLEST_PICTURE) for each in names]
    draft = Draft.of(body, files)
    draft.missing = args.names("missing")
    return draft


@acts
def say(machine: Machine, args: Args) -> Answer:
    """Write in ``channel``: ``content``, ``reply_to`` a message, ``mention`` its author.

    ``files`` are names of pictures to attach. The bot gets it without the keys in ``missing``.
    """
    actor = args.actor()
    message = messages.send(machine.state, actor, args.channel(), _draft(machine, args))
    return payloads.message_event(message, actor.user.id)


@acts
def say_all(machine: Machine, args: Args) -> Answer:
    """Write many ``contents`` in ``channel``, one ``every`` so many seconds; return the ids."""
    actor, channel, state = args.actor(), args.channel(), machine.state
    every = args.number("every", 0)
    sent = []
    for each in args.get("contents") or []:
        sent.append(messages.send(state, actor, channel, Draft(content=str(each))))
        state.clock.advance(every)
    archiving.archive_idle(state)
    return {"ids": [str(each.id) for each in sent]}


@acts
def forward(machine: Machine, args: Args) -> Answer:
    """Forward ``message`` of ``channel`` to the channel ``to``."""
    actor, state = args.actor(), machine.state
    target = state.channel(args.ident("to"))
    message = messages.forward(state, actor, args.message(), target)
    return payloads.message_event(message, actor.user.id)


@acts
def edit(machine: Machine, args: Args) -> Answer:
    """Edit one's own ``message``: ``content``, which may be empty where a file stays."""
    body = {"content": args.text("content")}
    check_message(body, "edit")
    actor, message = args.actor(), args.message()
    messages.edit(machine.state, actor, message, body)
    return payloads.message_event(message, actor.user.id)


@acts
def suppress(machine: Machine, args: Args) -> Answer:
    """Hide the embeds of ``message``."""
    messages.edit(machine.state, args.actor(), args.message(), {"flags": 4})
    return None


@acts
def unfurl(machine: Machine, args: Args) -> Answer:
    """Let Discord show a preview below ``message``: an update that is no edit; ``title``."""
    messages.unfurl(machine.state, args.message(), args.text("title"))
    return None


@acts
def delete(machine: Machine, args: Args) -> Answer:
    """Delete ``message``: one's own, or as a moderator."""
    deleting.delete(machine.state, args.actor(), args.message())
    return None


@acts
def delete_many(machine: Machine, args: Args) -> Answer:
    """Delete ``messages`` of ``channel`` at once."""
    ids = [int(each) for each in args.get("messages") or []]
    deleting.delete_many(machine.state, args.actor(), args.channel(), ids)
    return None


@acts
def dismiss(machine: Machine, args: Args) -> Answer:
    """Dismiss an ephemeral ``message``."""
    message = args.message()
    if message.reader != args.ident("as"):
        raise RefusedError("Only an ephemeral message of one's own can be dismissed.")
    answering.dismiss(machine.state, message)
    return None


@acts
def react(machine: Machine, args: Args) -> Answer:
    """React to ``message`` with ``emoji``."""
    reactions.react(machine.state, args.actor(), args.message(), args.text("emoji"))
    return None


@acts
def unreact(machine: Machine, args: Args) -> Answer:
    """Take back the reaction ``emoji`` to ``message``."""
    actor = args.actor()
    reactions.unreact(machine.state, actor, args.message(), args.text("emoji"), actor.user.id)
    return None


@acts
def pin(machine: Machine, args: Args) -> Answer:
    """Pin ``message``."""
    reactions.pin(machine.state, args.actor(), args.message())
    return None


@acts
def unpin(machine: Machine, args: Args) -> Answer:
    """Unpin ``message``."""
    reactions.unpin(machine.state, args.actor(), args.message())
    return None


@acts
def start_thread(machine: Machine, args: Args) -> Answer:
    """Start a thread ``name`` in ``channel``, on ``message`` if one is named."""
    state, actor, name = machine.state, args.actor(), args.text("name")
    if args.has("message"):
        thread = threads.from_message(state, actor, args.message(), name)
    else:
        thread = threads.without_message(state, actor, args.channel(), name)
    return payloads.channel(thread, actor.user.id)


@acts
def start_post(machine: Machine, args: Args) -> Answer:
    """Start a post ``name`` in the forum ``channel``: ``content``, ``tags`` by id."""
    actor = args.actor()
    tags = [int(each) for each in args.get("tags") or []]
    thread, _ = threads.forum_post(
        machine.state, actor, args.channel(), args.text("name"), _draft(machine, args), tags
    )
    return payloads.channel(thread, actor.user.id)


@acts
def start_all(machine: Machine, args: Args) -> Answer:
    """Start many threads in ``channel``, or posts if it is a forum, by ``names``; return ids."""
    actor, channel, state = args.actor(), args.channel(), machine.state
    started = []
    for name in args.get("names") or []:
        if channel.type is ChannelType.FORUM:
            draft = Draft(content=str(name))
            thread, _ = threads.forum_post(state, actor, channel, str(name), draft, [])
        else:
            thread = threads.without_message(state, actor, channel, str(name))
        started.append(thread)
    return {"ids": [str(each.id) for each in started]}


@acts
def change_thread(machine: Machine, args: Args) -> Answer:
    """Change the thread ``channel``: ``changes`` of name, archived, locked, tags ..."""
    changes = dict(args.get("changes") or {})
    check_body(changes, THREAD_PATCH)
    threads.update(machine.state, args.actor(), args.thread(), changes)
    return payloads.channel(args.thread(), args.ident("as"))


@acts
def delete_thread(machine: Machine, args: Args) -> Answer:
    """Delete the thread ``channel``."""
    threads.delete(machine.state, args.actor(), args.thread())
    return None


@acts
def join_thread(machine: Machine, args: Args) -> Answer:
    """Follow the thread ``channel``."""
    threads.join(machine.state, args.actor(), args.thread())
    return None
