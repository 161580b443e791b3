"""Saving what managers chose, whether by options or on the page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.permissions import Channel as Place
from bot.settings import Settings
from bot.store.ledger import channels, server_settings, setup_drafts
from bot.store.ledger.channels import Channel
from bot.store.ledger.server_settings import ServerSettings
from bot.store.store import Store


class ServerSetup:
    """Reads and saves the settings of servers."""

    def __init__(
        self, store: Store, blog: Blog, settings: Settings, languages: PlaceLanguages
    ) -> None:
        self._store = store
        self._blog = blog
        self._settings = settings
        self.languages = languages

    def default(self, guild_id: int) -> Channel:
        """Return what a channel is of which nobody chose anything."""
        lang = (self._settings.language or self._blog.site.language).lower()
        pace, body = self._settings.pace, self._settings.body
        return Channel(0, guild_id, is_forum=False, lang=lang, pace=pace, body=body)

    async def current(self, guild_id: int) -> ServerSettings:
        """Return what is set for a server."""
        return await self._store.read(server_settings.settings_of, self.default(guild_id))

    def require_language(self, lang: str, say: Phrases) -> None:
        """Make sure that the blog has essays in a language.

        Raises:
            AfterwordError: It has none.
        """
        known = self._blog.catalog.languages
        if lang not in known:
            raise AfterwordError(say.no_essays_in.format(lang=lang, langs=", ".join(known)))

    async def choose(
        self, channel: Place, changes: Mapping[str, str], manager_id: int, say: Phrases
    ) -> Channel:
        """Discuss essays in a channel from now on; what is left out is what that channel had.

        Raises:
            AfterwordError: A value is wrong, or the blog has no essays in the language.
        """
        default = self.default(channel.guild.id)
        known = await self._store.read(channels.get_channel, channel.id)
        self.require_language(changes.get("language") or (known or default).lang, say)
        is_forum = isinstance(channel, discord.ForumChannel)
        settled = await self._store.write(
            _choose,
            replace(default, id=channel.id, is_forum=is_forum),
            changes,
            channel.guild.name,
            manager_id,
            say,
        )
        await self.languages.load()
        return settled

    async def apply(
        self,
        draft_id: int,
        guild: discord.Guild,
        changes: Mapping[str, str],
        shown: Mapping[str, str],
        manager_id: int,
        say: Phrases,
        *,
        is_forum: bool,
    ) -> bool:
        """Apply a draft as it was shown, all of it or nothing; return whether it was.

        Args:
            changes: What is applied.
            shown: What each of its keys was before, as the page showed it.

        Raises:
            AfterwordError: A value is wrong.
        """
        is_applied = await self._store.write(
            _apply,
            draft_id,
            self.default(guild.id),
            changes,
            shown,
            guild.name,
            manager_id,
            say,
            is_forum=is_forum,
        )
        await self.languages.load()
        return is_applied


def _choose(
    db: Database,
    new: Channel,
    changes: Mapping[str, str],
    guild_name: str,
    manager_id: int,
    say: Phrases,
) -> Channel:
    before = server_settings.settings_of(db, new)
    known = channels.get_channel(db, new.id) or new
    after = ServerSettings(before.guild, known).changed(changes, say, is_forum=new.is_forum)
    server_settings.save(db, before, after, guild_name, manager_id, datetime.now(UTC))
    return after.channel


def _apply(
    db: Database,
    draft_id: int,
    default: Channel,
    changes: Mapping[str, str],
    shown: Mapping[str, str],
    guild_name: str,
    manager_id: int,
    say: Phrases,
    *,
    is_forum: bool,
) -> bool:
    now = datetime.now(UTC)
    before = server_settings.settings_of(db, default)
    texts = before.texts()
    draft = setup_drafts.get_draft(db, draft_id, default.guild_id)
    if draft is None or any(texts[key] != text for key, text in shown.items()):
        return False
    after = before.changed(changes, say, is_forum=is_forum)
    server_settings.save(db, before, after, guild_name, manager_id, now)
    setup_drafts.clear_draft(db, draft_id, now)
    return True
