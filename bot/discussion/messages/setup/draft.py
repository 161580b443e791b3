"""A draft with all that is known about it: what is set, what would be, and what would happen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import discord

from bot.core.markup import escape
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.forum_tags import tags_of
from bot.core.publishing.outlook import Outlook
from bot.core.server_settings.tag_proposal import Group, Proposal
from bot.core.server_settings.values import Tags
from bot.discussion.messages.setup.values import names, shown
from bot.discussion.permissions import Channel as Place
from bot.discussion.permissions import usable_tags
from bot.store.ledger.server_settings import ServerSettings

TAGS = "tags"
"""The key in a draft under which the chosen groups of a proposal stand; no setting is called so."""

_LIST = Tags("")


def chosen_groups(changes: Mapping[str, str], say: Phrases) -> tuple[str, ...] | None:
    """Return the groups of tags that a draft chose; None if it leaves the map as it is."""
    return _LIST.read(changes[TAGS], TAGS, say) if TAGS in changes else None


def groups_text(keys: Sequence[str]) -> str:
    """Return chosen groups as a draft keeps them."""
    return _LIST.write(tuple(keys))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a manager would change.

    Attributes:
        before: What is set.
        after: What would be.
        place: The channel that would be used; None if there is none, or nobody can see it.
        make: Tags that would be made in the forum.
        chosen: Keys of the groups of tags that essays would get.
        obstacles: What would be in the way, as sentences.
        older: How many responses would be deleted by age.
        waiting: What waits, and what cannot be read, as lines.
        languages: Those of the blog's essays.
    """

    id: int
    guild: discord.Guild
    before: ServerSettings
    after: ServerSettings
    place: Place | None
    outlook: Outlook
    proposal: Proposal
    make: tuple[Group, ...] = ()
    chosen: frozenset[str] = frozenset()
    obstacles: tuple[str, ...] = ()
    older: int = 0
    waiting: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def changes(self) -> dict[str, str]:
        """What would be changed, by keys, without the tags that are still to be made."""
        old, new = self.before.texts(), self.after.texts()
        return {key: text for key, text in new.items() if text != old[key]}

    @property
    def changed_keys(self) -> list[str]:
        """The keys of all that would be changed."""
        keys = list(self.changes)
        return keys if not self.make or "forum_tags" in keys else [*keys, "forum_tags"]

    @property
    def digest_text(self) -> str:
        """What stands for everything that applying it would change, and what that is now."""
        old = self.before.texts()
        pairs = [(key, old[key], text) for key, text in self.changes.items()]
        return json.dumps([pairs, [[one.name, *one.spellings] for one in self.make]])

    def values(self, say: Phrases) -> dict[str, str]:
        """Return the values that would be set, as people read them."""
        found = shown(self.after, self.guild, say)
        if self.make:
            count = sum(len(one.spellings) for one in self.make)
            ids = self.after.channel.forum_tags
            mapped = say.value_mapped.format(count=len(ids) + count)
            found["forum_tags"] = say.value_mapped_new.format(mapped=mapped, count=len(self.make))
        return found

    def lines(self, say: Phrases) -> list[str]:
        """Return what would be changed, a line each: from what, to what."""
        old, new, called = shown(self.before, self.guild, say), self.values(say), names(say)
        return [
            say.setup_from_to.format(key=called[key], before=old[key], after=new[key])
            for key in self.changed_keys
        ]

    def tags_of(self, post: Post) -> list[str]:
        """Return the names of the forum's tags that an essay would get, new ones among them."""
        if not isinstance(self.place, discord.ForumChannel):
            return []
        tag_map = self.after.channel.tag_map
        names = usable_tags(self.place)
        ids = dict(tag_map.ids)
        for number, group in enumerate(self.make, 1):
            names[-number] = group.name
            ids |= dict.fromkeys(group.spellings, -number)
        return [names[one] for one in tags_of(post.tags, names, replace(tag_map, ids=ids))]

    def new_tags(self) -> str:
        """Return the names of the tags that would be made."""
        return ", ".join(escape(one.name) for one in self.make)


def may_make_tags(forum: discord.ForumChannel) -> bool:
    """Return whether the bot may make tags in a forum."""
    return forum.permissions_for(forum.guild.me).manage_channels
