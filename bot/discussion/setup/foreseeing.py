"""What a draft would do: what is set then, what starts next, what is in the way."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.due import is_public
from bot.core.publishing.outlook import Outlook, Rules, look_ahead
from bot.core.server_settings.keys import KEYS
from bot.core.server_settings.tag_proposal import Group, Proposal, propose
from bot.core.text.folding import fold
from bot.discussion.messages.gap_report import gap_lines
from bot.discussion.messages.moderators import waiting_lines
from bot.discussion.messages.setup.draft import TAGS, Draft, chosen_groups
from bot.discussion.messages.setup.values import tag_list
from bot.discussion.permissions import Channel as Place
from bot.discussion.permissions import foresee
from bot.discussion.setup.places import lacking_places, place_of
from bot.settings import Settings
from bot.store.ledger import channels, publications
from bot.store.ledger.channels import Channel
from bot.store.ledger.publications import Waiting
from bot.store.ledger.server_settings import ServerSettings
from bot.store.responses import gaps
from bot.store.responses.gaps import Gap
from bot.store.responses.queries import count_older
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a server and a channel.

    Attributes:
        essays: Ids of those that are not new to the channel.
        starts: When threads started there by themselves.
        is_open: Whether its first run was decided.
        older: How many responses would be deleted by age.
    """

    essays: set[int]
    starts: list[datetime]
    is_open: bool
    older: int
    waiting: list[Waiting]
    gaps: list[Gap]


class Foresight:
    """Says what drafts would do."""

    def __init__(self, store: Store, blog: Blog, settings: Settings) -> None:
        self._store = store
        self._blog = blog
        self._settings = settings

    async def draft(
        self,
        guild: discord.Guild,
        draft_id: int,
        before: ServerSettings,
        held: Mapping[str, str],
        say: Phrases,
    ) -> Draft:
        """Return a draft that holds some changes of what is set, with what it would do.

        Raises:
            AfterwordError: Its values do not go together.
        """
        place, after = _after(guild, before, held, say)
        essays = self.essays(after.channel)
        proposal, chosen = Proposal(), chosen_groups(held, say)
        make: tuple[Group, ...] = ()
        if isinstance(place, discord.ForumChannel):
            proposal = await _proposal(place, essays)
            after, make = _with_tags(after, proposal, chosen, say)
        known = await self._store.read(_known, before, after, datetime.now(UTC))
        return Draft(
            draft_id,
            guild,
            before,
            after,
            place,
            self._outlook(after.channel, known),
            proposal,
            make,
            _chosen_keys(after, proposal, chosen),
            tuple(_obstacles(guild, after, place, essays, make, say)),
            known.older,
            (*waiting_lines(known.waiting, say), *gap_lines(known.gaps, say)),
            tuple(self._blog.catalog.languages),
        )

    def essays(self, channel: Channel) -> list[Post]:
        """Return the public essays in a channel's language, the newest first."""
        now = datetime.now(UTC)
        posts = self._blog.catalog.posts
        return [post for post in posts if post.lang == channel.lang and is_public(post, now)]

    def _outlook(self, channel: Channel, known: Known) -> Outlook:
        quiet = channel.quiet_hours(self._blog.zone)
        rules = Rules(channel.lang, channel.pace, channel.selection, quiet)
        first_run = None if known.is_open else self._settings.first_run
        posts = self._blog.catalog.posts
        return look_ahead(posts, rules, known.essays, known.starts, first_run, datetime.now(UTC))


def _after(
    guild: discord.Guild, before: ServerSettings, held: Mapping[str, str], say: Phrases
) -> tuple[Place | None, ServerSettings]:
    """Return the channel that would be used, and the settings, without chosen tags."""
    changes = {key: text for key, text in held.items() if key != TAGS}
    place = place_of(guild, int(changes.get("channel") or before.channel.id))
    is_forum = isinstance(place, discord.ForumChannel) if place else None
    return place, before.changed(changes, say, is_forum=is_forum)


def _known(db: Database, before: ServerSettings, after: ServerSettings, now: datetime) -> Known:
    channel, days = channels.get_channel(db, after.channel.id), after.guild.retention_days
    is_new = days is not None and days != before.guild.retention_days
    guild_id = after.guild.id
    return Known(
        channels.known_essays(db, after.channel.id),
        channels.starts(db, after.channel.id),
        channel is not None and channel.is_open,
        count_older(db, guild_id, now - timedelta(days=days or 0)) if is_new else 0,
        publications.waiting(db, guild_id),
        gaps.open_gaps(db, guild_id),
    )


async def _proposal(forum: discord.ForumChannel, essays: Sequence[Post]) -> Proposal:
    """Return the proposal, made off the event loop: it takes a while for many essays."""
    there = {tag.id: tag.name for tag in forum.available_tags}
    tags = [post.tags for post in essays]
    return await asyncio.get_running_loop().run_in_executor(None, propose, tags, there)


def _with_tags(
    after: ServerSettings, proposal: Proposal, keys: Sequence[str] | None, say: Phrases
) -> tuple[ServerSettings, tuple[Group, ...]]:
    """Return the settings with the tags that exist mapped, and the tags that would be made."""
    if keys is None:
        return after, ()
    chosen = [group for group in proposal.groups if group.key in keys]
    ids = {one: each.tag_id for each in chosen if each.tag_id for one in each.spellings}
    text = KEYS["forum_tags"].kind.write(ids)
    make = tuple(each for each in chosen if each.tag_id is None)
    return after.changed({"forum_tags": text}, say), make


def _chosen_keys(
    after: ServerSettings, proposal: Proposal, keys: Sequence[str] | None
) -> frozenset[str]:
    if keys is not None:
        return frozenset(keys)
    mapped = set(after.channel.forum_tags)
    return frozenset(each.key for each in proposal.groups if mapped & set(each.spellings))


def _obstacles(
    guild: discord.Guild,
    after: ServerSettings,
    place: Place | None,
    essays: Sequence[Post],
    make: Sequence[Group],
    say: Phrases,
) -> list[str]:
    channel = after.channel
    if channel.id and place is None:
        return [say.setup_gone_channel, *lacking_places(guild, after, say)]
    made = {one for group in make for one in group.spellings}
    taken = [
        post
        for post in essays
        if channel.selection.takes(post) and made.isdisjoint(map(fold, post.tags))
    ]
    found = foresee(place, taken, channel.tag_map) if place else []
    tags = {fold(tag) for post in essays for tag in post.tags}
    unknown = tuple(one for one in (*channel.tags_in, *channel.tags_out) if one not in tags)
    return [
        *(one.sentence(say) for one in found),
        *([say.unknown_tags.format(tags=tag_list(unknown))] if unknown else []),
        *lacking_places(guild, after, say),
    ]
