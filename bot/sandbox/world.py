"""A small world to start in: one guild, two channels, a few people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.actions import channels, guilds
from bot.sandbox.state.models import ChannelType
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.state.models import Channel, Guild, Member
    from bot.sandbox.state.state import State

READERS = (("Ada", "en-GB"), ("Bora", "tr"), ("Chen", "zh-CN"))
FORUM_TAGS = ("writing", "technology", "life", "books")


@dataclass(frozen=True, slots=True)
class World:
    """What :func:`default_world` made; ``people`` by name."""

    guild: Guild
    essays: Channel
    forum: Channel
    people: dict[str, Member]


def default_world(state: State, forum_tags: Sequence[str] = FORUM_TAGS) -> World:
    """Make a guild with ``#essays``, a forum, three readers, a moderator and an author."""
    guild = guilds.create(state, "The Reading Room")
    essays = channels.create(state, guild, "essays", topic="New essays, and what we make of them")
    forum = channels.create(state, guild, "essays-forum", ChannelType.FORUM, tags=tuple(forum_tags))
    people = {
        name: guilds.add_member(state, guild, name, locale=locale) for name, locale in READERS
    }
    moderates = Permission.MANAGE_THREADS | Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    moderator = guilds.create_role(state, guild, "Moderator", int(moderates))
    author = guilds.create_role(state, guild, "Author", int(Permission.MANAGE_GUILD))
    for name, role in (("Mo", moderator), ("Iris", author)):
        people[name] = guilds.add_member(state, guild, name, locale="en-GB")
        guilds.set_roles(state, guild, people[name], [role.id])
    return World(guild, essays, forum, people)
