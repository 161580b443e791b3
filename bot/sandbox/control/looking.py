"""What a member sees: guilds, channels, threads, messages. Without ``as``, everything there is."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from bot.sandbox import payloads, permissions
from bot.sandbox.acts import interactions
from bot.sandbox.control.verbs import Answer, reads
from bot.sandbox.errors import DiscordError
from bot.sandbox.models import Thread
from bot.sandbox.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine
    from bot.sandbox.models import Channel, Guild, Message

PAGE = 100


def _seen(machine: Machine, args: Args, guild: Guild) -> list[Channel]:
    every = list(guild.channels.values())
    if not args.has("as"):
        return every
    member = args.member(guild)
    return [each for each in every if machine.state.sees(member, each)]


def _viewer(machine: Machine, args: Args) -> int:
    return args.ident("as") if args.has("as") else machine.state.application.user.id


@reads
def bot(machine: Machine, args: Args) -> Answer:
    """Return the application, and how many clients are connected."""
    del args
    connected = sum(1 for each in machine.gateway.connections if each.session is not None)
    sessions = len(machine.gateway.sessions)
    return payloads.application(machine.state) | {"connected": connected, "sessions": sessions}


@reads
def guilds(machine: Machine, args: Args) -> Answer:
    """Return the guilds, of which ``as`` is a member if given."""
    every = machine.state.guilds.values()
    return [
        payloads.guild(each)
        for each in every
        if not args.has("as") or args.ident("as") in each.members
    ]


@reads
def channels(machine: Machine, args: Args) -> Answer:
    """Return the channels of ``guild``, each with what ``as`` may do there."""
    guild = args.guild()
    found = []
    for each in _seen(machine, args, guild):
        if isinstance(each, Thread):
            continue
        body = payloads.channel(each)
        if args.has("as"):
            member = args.member(guild)
            granted = permissions.in_channel(each, member, machine.state.now())
            body["permissions"] = str(granted)
        found.append(body)
    return found


@reads
def channel(machine: Machine, args: Args) -> Answer:
    """Return one ``channel`` or thread, with what ``as`` may do there."""
    found = args.channel()
    body = payloads.channel(found, _viewer(machine, args))
    if args.has("as"):
        granted = permissions.in_channel(found, args.actor(), machine.state.now())
        body["permissions"] = str(granted)
    return body


@reads
def threads(machine: Machine, args: Args) -> Answer:
    """Return the threads of ``channel`` or ``guild``, oldest first; ``archived`` ones too."""
    guild = args.channel().guild if args.has("channel") else args.guild()
    parent = args.ident("channel") if args.has("channel") else None
    archived = args.flag("archived", default=True)
    unread = _without_history(machine, args, guild)
    return [
        payloads.channel(each, _viewer(machine, args))
        for each in _seen(machine, args, guild)
        if isinstance(each, Thread)
        and parent in {None, each.parent.id}
        and (not each.archived or (archived and each.parent.id not in unread))
    ]


def _without_history(machine: Machine, args: Args, guild: Guild) -> set[int]:
    """Return the channels whose past a member may not read: archived threads belong to it."""
    if not args.has("as"):
        return set()
    member, now = args.member(guild), machine.state.now()
    return {
        each.id
        for each in guild.channels.values()
        if not isinstance(each, Thread)
        and not permissions.in_channel(each, member, now) & Permission.READ_MESSAGE_HISTORY
    }


@reads
def members(machine: Machine, args: Args) -> Answer:
    """Return the members of ``guild``."""
    del machine
    guild = args.guild()
    return [
        payloads.member(each) | {"name": each.display_name, "locale": each.user.locale}
        for each in guild.members.values()
    ]


@reads
def roles(machine: Machine, args: Args) -> Answer:
    """Return the roles of ``guild``."""
    del machine
    return [payloads.role(each) for each in args.guild().roles.values()]


def _page(args: Args, channel: Channel, limit: int) -> tuple[list[Message], float, float]:
    """Return a page, newest first, and the ids between which its ephemeral messages lie."""
    timeline = channel.messages
    if args.has("after"):
        after = args.ident("after")
        page = timeline.after(after, limit)
        return page, after, page[0].id if len(page) == limit else inf
    if args.has("around"):
        page = timeline.around(args.ident("around"), limit)
        return page, page[-1].id if page else 0, page[0].id if page else inf
    before = args.ident("before") if args.has("before") else None
    page = timeline.before(before, limit)
    return page, page[-1].id if len(page) == limit else 0, inf if before is None else before


@reads
def messages(machine: Machine, args: Args) -> Answer:
    """Return a page of ``channel``, oldest first, with the ephemeral messages ``as`` has there.

    ``limit`` messages, ``before``, ``after`` or ``around`` an id; the newest without one. Without
    READ_MESSAGE_HISTORY only ephemeral ones.
    """
    found = args.channel()
    limit = int(args.number("limit", PAGE))
    page, oldest, newest = _page(args, found, limit)
    if args.has("as"):
        member = args.actor()
        granted = permissions.in_channel(found, member, machine.state.now())
        page = page if granted & Permission.READ_MESSAGE_HISTORY else []
        own = machine.state.ephemeral.values()
        page += [
            each
            for each in own
            if each.reader == member.user.id and each.channel is found and oldest < each.id < newest
        ]
    page.sort(key=lambda message: message.id)
    viewer = _viewer(machine, args)
    return [payloads.message_event(each, viewer) for each in page]


@reads
def message(machine: Machine, args: Args) -> Answer:
    """Return one ``message`` of ``channel``."""
    found = args.message()
    if args.has("as"):
        member = args.actor()
        granted = permissions.in_channel(found.channel, member, machine.state.now())
        if found.reader not in {None, member.user.id}:
            raise DiscordError(10008)
        if found.reader is None and not granted & Permission.READ_MESSAGE_HISTORY:
            raise DiscordError(50001)
    return payloads.message_event(found, _viewer(machine, args))


@reads
def starters(machine: Machine, args: Args) -> Answer:
    """Return the first messages of the threads of ``channel``, as a forum's list shows them."""
    found = args.channel()
    if args.has("as"):
        granted = permissions.in_channel(found, args.actor(), machine.state.now())
        if not granted & Permission.READ_MESSAGE_HISTORY:
            return []
    viewer = _viewer(machine, args)
    holders = [(each.id, each.messages, found.messages) for each in found.threads.values()]
    firsts = [own.get(ident) or parent.get(ident) for ident, own, parent in holders]
    return [payloads.message_event(each, viewer) for each in firsts if each is not None]


@reads
def forms(machine: Machine, args: Args) -> Answer:
    """Return the interactions of ``as`` that opened a form."""
    reader = args.ident("as")
    every = machine.state.interactions.values()
    return [
        interactions.view(each)
        for each in every
        if each.modal is not None and each.member.user.id == reader
    ]
