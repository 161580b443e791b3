"""What a member sees: guilds, channels, threads, messages. Without ``as``, everything there is."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.interactions import lifecycle
from bot.sandbox.control.endpoints import Answer, get
from bot.sandbox.state import permissions
from bot.sandbox.state.models import Thread
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services
    from bot.sandbox.state.models import Channel, Guild, Message

PAGE = 100


def _seen(services: Services, args: Args, guild: Guild) -> list[Channel]:
    every = list(guild.channels.values())
    if not args.has("as"):
        return every
    member = args.member(guild)
    return [each for each in every if services.state.sees(member, each)]


def _viewer(services: Services, args: Args) -> int:
    return args.ident("as") if args.has("as") else services.state.application.user.id


@get
def bot(services: Services, args: Args) -> Answer:
    """Return the application, and how many clients are connected."""
    del args
    connected = sum(1 for each in services.gateway.connections if each.session is not None)
    sessions = len(services.gateway.sessions)
    return serialisation.application(services.state) | {
        "connected": connected,
        "sessions": sessions,
    }


@get
def guilds(services: Services, args: Args) -> Answer:
    """Return the guilds, of which ``as`` is a member if given."""
    every = services.state.guilds.values()
    return [
        serialisation.guild(each)
        for each in every
        if not args.has("as") or args.ident("as") in each.members
    ]


@get
def channels(services: Services, args: Args) -> Answer:
    """Return the channels of ``guild``, each with what ``as`` may do there."""
    guild = args.guild()
    found = []
    for each in _seen(services, args, guild):
        if isinstance(each, Thread):
            continue
        body = serialisation.channel(each)
        if args.has("as"):
            member = args.member(guild)
            granted = permissions.in_channel(each, member, services.state.now())
            body["permissions"] = str(granted)
        found.append(body)
    return found


@get
def channel(services: Services, args: Args) -> Answer:
    """Return one ``channel`` or thread, with what ``as`` may do there."""
    found = args.channel()
    body = serialisation.channel(found, _viewer(services, args))
    if args.has("as"):
        granted = permissions.in_channel(found, args.actor(), services.state.now())
        body["permissions"] = str(granted)
    return body


@get
def threads(services: Services, args: Args) -> Answer:
    """Return the threads of ``channel`` or ``guild``, oldest first; ``archived`` ones too."""
    guild = args.channel().guild if args.has("channel") else args.guild()
    parent = args.ident("channel") if args.has("channel") else None
    archived = args.flag("archived", default=True)
    unread = _without_history(services, args, guild)
    return [
        serialisation.channel(each, _viewer(services, args))
        for each in _seen(services, args, guild)
        if isinstance(each, Thread)
        and parent in {None, each.parent.id}
        and (not each.archived or (archived and each.parent.id not in unread))
    ]


def _without_history(services: Services, args: Args, guild: Guild) -> set[int]:
    """Return the channels whose past a member may not read: archived threads belong to it."""
    if not args.has("as"):
        return set()
    member, now = args.member(guild), services.state.now()
    return {
        each.id
        for each in guild.channels.values()
        if not isinstance(each, Thread)
        and not permissions.in_channel(each, member, now) & Permission.READ_MESSAGE_HISTORY
    }


@get
def members(services: Services, args: Args) -> Answer:
    """Return the members of ``guild``."""
    del services
    guild = args.guild()
    return [
        serialisation.member(each) | {"name": each.display_name, "locale": each.user.locale}
        for each in guild.members.values()
    ]


@get
def roles(services: Services, args: Args) -> Answer:
    """Return the roles of ``guild``."""
    del services
    return [serialisation.role(each) for each in args.guild().roles.values()]


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


@get
def messages(services: Services, args: Args) -> Answer:
    """Return a page of ``channel``, oldest first, with the ephemeral messages ``as`` has there.

    ``limit`` messages, ``before``, ``after`` or ``around`` an id; the newest without one. Without
    READ_MESSAGE_HISTORY only ephemeral ones.
    """
    found = args.channel()
    limit = int(args.number("limit", PAGE))
    page, oldest, newest = _page(args, found, limit)
    viewer = None
    if args.has("as"):
        member = args.actor()
        viewer = member.user
        granted = permissions.in_channel(found, member, services.state.now())
        page = page if granted & Permission.READ_MESSAGE_HISTORY else []
        own = services.state.ephemeral.values()
        page += [
            each
            for each in own
            if each.reader == member.user.id and each.channel is found and oldest < each.id < newest
        ]
    page.sort(key=lambda message: message.id)
    return [serialisation.message_event(each, viewer=viewer) for each in page]


@get
def starters(services: Services, args: Args) -> Answer:
    """Return the first messages of the threads of ``channel``, as a forum's list shows them."""
    found = args.channel()
    if args.has("as"):
        granted = permissions.in_channel(found, args.actor(), services.state.now())
        if not granted & Permission.READ_MESSAGE_HISTORY:
            return []
    holders = [(each.id, each.messages, found.messages) for each in found.threads.values()]
    firsts = [own.get(ident) or parent.get(ident) for ident, own, parent in holders]
    return [serialisation.message_event(each) for each in firsts if each is not None]


@get
def forms(services: Services, args: Args) -> Answer:
    """Return the interactions of ``as`` that opened a form."""
    reader = args.ident("as")
    every = services.state.interactions.values()
    return [
        lifecycle.view(each)
        for each in every
        if each.modal is not None and each.member.user.id == reader
    ]
