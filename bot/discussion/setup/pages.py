"""The page of `/setup`: what a manager chooses is kept as a draft, shown, and applied at once."""

from collections.abc import Mapping
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.server_settings.keys import KEYS
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.setup.draft import TAGS, Draft, groups_text
from bot.discussion.messages.setup.preview import preview
from bot.discussion.messages.setup.tags import offered_groups
from bot.discussion.permissions import Channel as Place
from bot.discussion.setup.applying import Applying
from bot.discussion.setup.foreseeing import Foresight
from bot.discussion.setup.places import place_of
from bot.discussion.setup.server_setup import ServerSetup
from bot.settings import Settings
from bot.store.ledger import channels, setup_drafts
from bot.store.ledger.channels import Channel
from bot.store.store import Store


class SetupPages:
    """Keeps the drafts of servers' settings, and says what they would do."""

    def __init__(self, store: Store, blog: Blog, settings: Settings, setup: ServerSetup) -> None:
        self._store = store
        self._blog = blog
        self._settings = settings
        self._setup = setup
        self._applying = Applying(setup)
        self._foresight = Foresight(store, blog, settings)

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
        changes: dict[str, str | None] = {
            key: text if key == TAGS else KEYS[key].kind.write(KEYS[key].read(text, say))
            for key, text in values.items()
        }
        if "channel" in values:
            changes |= {TAGS: None, "default_tag": None}
            if place_of(guild, KEYS["channel"].read(values["channel"], say) or 0) is None:
                raise AfterwordError(say.setup_gone_channel)
        if "language" in values:
            self._setup.require_language(KEYS["language"].read(values["language"], say), say)
        held = await self._held(guild, draft_id, say) | changes
        kept = {key: text for key, text in held.items() if text is not None}
        draft = await self._seen(guild, draft_id, kept, say)
        await self._store.write(setup_drafts.change_draft, draft_id, changes, datetime.now(UTC))
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
        await self._store.write(setup_drafts.clear_draft, draft_id, datetime.now(UTC))
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
        tags = draft.tags_of(post)
        hears = self._settings.message_content
        return preview(post, text, draft.after.channel, tags, say, hears_messages=hears)

    def _newest(self, channel: Channel) -> Post | None:
        essays = self._foresight.essays(channel)
        return next(iter([*filter(channel.selection.takes, essays), *essays]), None)

    async def _held(self, guild: discord.Guild, draft_id: int, say: Phrases) -> dict[str, str]:
        held = await self._store.read(setup_drafts.get_draft, draft_id, guild.id)
        if held is None:
            raise AfterwordError(say.setup_over)
        return held

    async def _seen(
        self, guild: discord.Guild, draft_id: int, held: Mapping[str, str], say: Phrases
    ) -> Draft:
        before = await self._setup.current(guild.id)
        return await self._foresight.draft(guild, draft_id, before, held, say)
