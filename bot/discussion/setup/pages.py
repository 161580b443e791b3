"""The page of `/setup`: what a manager chooses is kept as a draft, shown, and applied at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.due import is_public
from bot.core.publishing.outlook import Outlook, Rules, look_ahead
from bot.core.server_settings.keys import KEYS
from bot.core.server_settings.tag_proposal import Proposal, propose
from bot.core.text.folding import fold
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.setup.draft import TAGS, Draft, chosen_groups, groups_text
from bot.discussion.messages.setup.preview import preview
from bot.discussion.messages.setup.tags import offered_groups
from bot.discussion.messages.setup.values import tag_list
from bot.discussion.permissions import Channel as Place
from bot.discussion.permissions import foresee, forum_tags
from bot.discussion.setup.applying import Applying
from bot.discussion.setup.places import lacking_places, place_of
from bot.discussion.setup.server_setup import ServerSetup
from bot.settings import Settings
from bot.store.ledger import channels, setup_drafts
from bot.store.ledger.channels import Channel
from bot.store.ledger.server_settings import ServerSettings
from bot.store.responses.queries import count_older
from bot.store.store import Store


class SetupPages:
    """Keeps the drafts of servers' settings, and says what they would do."""

    def __init__(self, store: Store, blog: Blog, settings: Settings, setup: ServerSetup) -> None:
        self._store = store
        self._blog = blog
        self._settings = settings
        self._setup = setup
        self._applying = Applying(setup)

    async def open(self, guild: discord.Guild, say: Phrases) -> Draft:
        """Begin a draft, and return it."""
        now = datetime.now(UTC)
        await self._store.write(channels.join_guild, guild.id, guild.name, now)
        draft_id = await self._store.write(setup_drafts.open_draft, guild.id, now)
        return await self.load(guild, draft_id, say)

    async def place(self, guild: discord.Guild, say: Phrases) -> Place:
        """Return the channel in which essays are discussed.

        Raises:
            AfterwordError: None was chosen, or the bot cannot see it.
        """
        channel_id = (await self._setup.current(guild.id)).channel.id
        if not channel_id:
            raise AfterwordError(say.setting_no_channel_yet)
        if (found := place_of(guild, channel_id)) is None:
            raise AfterwordError(say.setup_gone_channel)
        return found

    async def load(self, guild: discord.Guild, draft_id: int, say: Phrases) -> Draft:
        """Return a draft with what it would do now.

        Raises:
            AfterwordError: It is over.
        """
        return await self._seen(guild, draft_id, await self._held(guild, draft_id, say), say)

    async def change(
        self, guild: discord.Guild, draft_id: int, values: Mapping[str, str], say: Phrases
    ) -> Draft:
        """Choose values, which are checked, and return the draft.

        Raises:
            AfterwordError: A value is wrong, the channel cannot be used, or the draft is over.
        """
        held = await self._held(guild, draft_id, say)
        for key, text in values.items():
            held[key] = text if key == TAGS else KEYS[key].kind.write(KEYS[key].read(text, say))
        if "channel" in values:
            held.pop(TAGS, None)
            held.pop("default_tag", None)
            if place_of(guild, int(held["channel"])) is None:
                raise AfterwordError(say.setup_gone_channel)
        if "language" in values:
            self._setup.require_language(held["language"], say)
        draft = await self._seen(guild, draft_id, held, say)
        await self._store.write(setup_drafts.keep_draft, draft_id, held, datetime.now(UTC))
        return draft

    async def take_tags(self, guild: discord.Guild, draft_id: int, how: str, say: Phrases) -> Draft:
        """Choose all tags of the proposal, those that exist, or none, and return the draft."""
        draft = await self.load(guild, draft_id, say)
        wanted = [
            group.key
            for group in offered_groups(draft)
            if how == "all" or (how == "existing" and group.tag_id)
        ]
        return await self.change(guild, draft_id, {TAGS: groups_text(wanted)}, say)

    async def discard(self, guild: discord.Guild, draft_id: int, say: Phrases) -> Draft:
        """Forget what was chosen, and return the draft."""
        await self._held(guild, draft_id, say)
        await self._store.write(setup_drafts.keep_draft, draft_id, {}, datetime.now(UTC))
        return await self.load(guild, draft_id, say)

    async def apply(self, draft: Draft, manager_id: int, say: Phrases) -> bool:
        """Apply a draft as it was shown; return whether it was still as it was shown.

        Raises:
            AfterwordError: Something is in the way, and nothing was changed.
        """
        return await self._applying.apply(draft, manager_id, say)

    async def preview(self, guild: discord.Guild, draft_id: int, say: Phrases) -> list[Outgoing]:
        """Return the next essay as it would look, or else the newest that may start.

        Raises:
            AfterwordError: There is none.
        """
        draft = await self.load(guild, draft_id, say)
        post = draft.outlook.next or self._newest(draft.after.channel)
        if post is None:
            raise AfterwordError(say.preview_none)
        text = await self._blog.body(post, datetime.now(UTC))
        tags: Sequence[discord.ForumTag] = ()
        if isinstance(draft.place, discord.ForumChannel):
            tags = forum_tags(draft.place, post, draft.after.channel.tag_map)
        hears = self._settings.message_content
        return preview(post, text, draft.after.channel, tags, say, hears_messages=hears)

    def _newest(self, channel: Channel) -> Post | None:
        now, takes = datetime.now(UTC), channel.selection.takes
        essays = [
            post
            for post in self._blog.catalog.posts
            if post.lang == channel.lang and is_public(post, now)
        ]
        return next(iter([*filter(takes, essays), *essays]), None)

    async def _held(self, guild: discord.Guild, draft_id: int, say: Phrases) -> dict[str, str]:
        held = await self._store.read(setup_drafts.get_draft, draft_id, guild.id)
        if held is None:
            raise AfterwordError(say.setup_over)
        return held

    async def _seen(
        self, guild: discord.Guild, draft_id: int, held: Mapping[str, str], say: Phrases
    ) -> Draft:
        """Return a draft with what it would do.

        Raises:
            AfterwordError: Its values do not go together.
        """
        before = await self._setup.current(guild.id)
        changes = {key: text for key, text in held.items() if key != TAGS}
        place_id = int(changes.get("channel") or before.channel.id)
        place = place_of(guild, place_id)
        is_forum = isinstance(place, discord.ForumChannel) if place else None
        after = before.changed(changes, say, is_forum=is_forum)
        proposal = self._proposal(after.channel, place)
        keys = chosen_groups(held, say)
        if keys is not None and isinstance(place, discord.ForumChannel):
            chosen = [group for group in proposal.groups if group.key in keys]
            ids = {one: each.tag_id for each in chosen if each.tag_id for one in each.spellings}
            text = KEYS["forum_tags"].kind.write(ids)
            after = after.changed({"forum_tags": text}, say)
            make = tuple(each for each in chosen if each.tag_id is None)
        else:
            mapped = set(after.channel.forum_tags)
            chosen = [each for each in proposal.groups if mapped & set(each.spellings)]
            make = ()
        return Draft(
            draft_id,
            guild,
            before,
            after,
            place,
            await self._outlook(after.channel),
            proposal,
            make,
            frozenset(each.key for each in chosen),
            tuple(self._obstacles(guild, after, say)),
            await self._older(before, after),
            tuple(self._blog.catalog.languages),
        )

    def _proposal(self, channel: Channel, place: object) -> Proposal:
        if not isinstance(place, discord.ForumChannel):
            return Proposal()
        now = datetime.now(UTC)
        essays = (
            post.tags
            for post in self._blog.catalog.posts
            if post.lang == channel.lang and is_public(post, now)
        )
        return propose(essays, {tag.id: tag.name for tag in place.available_tags})

    async def _outlook(self, channel: Channel) -> Outlook:
        known, starts, is_open = await self._store.read(_history, channel.id)
        quiet = channel.quiet_hours(self._blog.zone)
        rules = Rules(channel.lang, channel.pace, channel.selection, quiet)
        first_run = None if is_open else self._settings.first_run
        posts = self._blog.catalog.posts
        return look_ahead(posts, rules, known, starts, first_run, datetime.now(UTC))

    async def _older(self, before: ServerSettings, after: ServerSettings) -> int:
        """Return how many responses a new period would delete."""
        days = after.guild.retention_days
        if days is None or days == before.guild.retention_days:
            return 0
        since = datetime.now(UTC) - timedelta(days=days)
        return await self._store.read(count_older, after.guild.id, since)

    def _obstacles(self, guild: discord.Guild, after: ServerSettings, say: Phrases) -> list[str]:
        channel, now = after.channel, datetime.now(UTC)
        place = place_of(guild, channel.id)
        if channel.id and place is None:
            return [say.setup_gone_channel, *lacking_places(guild, after, say)]
        essays = [
            post
            for post in self._blog.catalog.posts
            if post.lang == channel.lang and is_public(post, now)
        ]
        taken = [post for post in essays if channel.selection.takes(post)]
        found = foresee(place, taken, channel.tag_map) if place else []
        tags = {fold(tag) for post in essays for tag in post.tags}
        unknown = tuple(one for one in (*channel.tags_in, *channel.tags_out) if one not in tags)
        return [
            *(one.sentence(say) for one in found),
            *([say.unknown_tags.format(tags=tag_list(unknown))] if unknown else []),
            *lacking_places(guild, after, say),
        ]


def _history(db: Database, channel_id: int) -> tuple[set[int], list[datetime], bool]:
    """Return what is not new to a channel, when threads started there, and if it ever began."""
    known = channels.get_channel(db, channel_id)
    return (
        channels.known_essays(db, channel_id),
        channels.starts(db, channel_id),
        known is not None and known.is_open,
    )
