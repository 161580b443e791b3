"""The guild of a schedule: its channel, its people, and from what the bot has its rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Guild, Person, Remote, Role

RIGHTS = {
    "history": int(Permission.READ_MESSAGE_HISTORY),
    "view": int(Permission.VIEW_CHANNEL),
    "send": int(Permission.SEND_MESSAGES),
    "threads": int(Permission.SEND_MESSAGES_IN_THREADS),
}
"""What is taken from the bot and given back."""

ALL_RIGHTS = sum(RIGHTS.values())

MODERATES = (
    Permission.MANAGE_THREADS
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_GUILD
    | Permission.SEND_MESSAGES_IN_THREADS
)

READERS = ("Ada", "Bora", "Chen")


@dataclass
class Place:
    """Where a schedule is played.

    Nobody has rights by being a member: readers have theirs from a role, and the bot has those that
    are taken from it from another, so that each way of taking them works.

    Attributes:
        helper: The role from which the bot has its rights.
        moderator: May delete messages and archive threads.
    """

    guild: Guild
    category: Channel
    channel: Channel
    helper: Role
    readers: list[Person]
    moderator: Person


async def make_place(remote: Remote, *, is_forum: bool) -> Place:
    """Make a guild with a channel in a category, three readers and a moderator."""
    guild = await remote.guild()
    category = await remote.category(guild, "Blog")
    if is_forum:
        tags = ["maps", "memory"]
        channel = await remote.forum(guild, "essays", tags, category=category)
    else:
        channel = await remote.channel(guild, "essays", category=category)
    reads = await remote.role(guild, "readers", int(EVERYONE))
    helper = await remote.role(guild, "helper", ALL_RIGHTS)
    people = [await remote.member(guild, name, roles=[reads.id]) for name in READERS]
    moderator = await remote.member(guild, "Mo", permissions=int(EVERYONE | MODERATES))
    await remote.set_bot_roles(guild, [helper])
    await remote.permit_bot(guild, INVITED & ~ALL_RIGHTS)
    await remote.permit(guild, guild, int(EVERYONE) & ~ALL_RIGHTS)
    return Place(guild, category, channel, helper, people, moderator)
