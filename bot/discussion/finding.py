"""Finding for a reader: the questions that are open to them, and what a search may show them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.markup import one_line
from bot.core.phrases import Phrases, phrases
from bot.core.text.search_words import folded, search_words
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.messages.finding import PAGE, found_page, page_of, questions_page
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import unknown_tag
from bot.discussion.permissions import visible_to
from bot.store.finding.open_questions import OpenQuestion, is_open, open_questions
from bot.store.finding.search import Hit, Search, search
from bot.store.store import Store

Interaction = discord.Interaction[Any]

LONGEST = 100
"""Code points that somebody may type to search for; what is longer is cut."""

SHOWN = 200
"""Code points of them in a sentence, where each may need a backslash."""


class Finding:
    """Finds what a reader may see, by what they may see at that moment."""

    def __init__(self, store: Store, blog: Blog, languages: PlaceLanguages) -> None:
        self._store = store
        self._blog = blog
        self._languages = languages

    async def questions(self, interaction: Interaction, tag: str, page: int) -> Outgoing:
        """Return a page of the open questions in this place's language, about a tag or anything.

        Raises:
            AfterwordError: No essay has that tag.
        """
        say, langs = phrases(str(interaction.locale)), self._languages.of(interaction)
        guild_id = interaction.guild_id or 0
        found = await self._store.read(open_questions, guild_id, visible_to(interaction))
        found = [one for one in found if not _is_locked(interaction.guild, one.thread_id)]
        if tag:
            about = self._tagged(tag, langs, say)
            found = [one for one in found if one.essay_id in about]
        return questions_page(guild_id, self._in_one_language(found, langs), tag, page, say)

    async def require_open(self, interaction: Interaction, prompt_id: int) -> None:
        """Make sure that a question from a list is still open to who chose it.

        Raises:
            AfterwordError: It was taken back, or stands where they cannot look any more.
        """
        guild_id, channels = interaction.guild_id or 0, visible_to(interaction)
        if not await self._store.read(is_open, guild_id, channels, prompt_id):
            raise AfterwordError(phrases(str(interaction.locale)).question_closed)

    async def search(self, interaction: Interaction, typed: str, page: int) -> Outgoing:
        """Return a page of the essays and responses with all the words that somebody typed.

        Raises:
            AfterwordError: There is no word in it, or nothing has all of them.
        """
        say, now = phrases(str(interaction.locale)), datetime.now(UTC)
        typed = " ".join(typed.split())[:LONGEST]
        words = search_words(typed)
        if not words:
            raise AfterwordError(say.search_no_words)
        langs, catalog = self._languages.of(interaction), self._blog.catalog
        essays = await asyncio.get_running_loop().run_in_executor(
            None, lambda: catalog.search(folded(words), langs, now=now)
        )
        channels = tuple(visible_to(interaction, history=True))
        wanted = Search(interaction.guild_id or 0, channels, words)
        hits, count = await self._hits(wanted, page * PAGE - len(essays))
        total = len(essays) + count
        if not total:
            raise AfterwordError(say.search_none.format(words=one_line(typed, SHOWN)))
        nearest, last, on_page = page_of(page, total)
        if nearest != page:  # what was there may be gone
            hits, _ = await self._hits(wanted, nearest * PAGE - len(essays))
        return found_page(typed, essays[on_page], hits, nearest, last, say)

    async def _hits(self, wanted: Search, start: int) -> tuple[list[Hit], int]:
        return await self._store.read(search, wanted, start, PAGE)

    def _tagged(self, tag: str, langs: tuple[str, ...], say: Phrases) -> set[int | None]:
        """Return the ids of the essays with a tag."""
        catalog, now = self._blog.catalog, datetime.now(UTC)
        posts = catalog.tagged(tag, langs, now=now)
        if not posts:
            raise AfterwordError(unknown_tag(tag, catalog.near_tags(tag, langs, now=now), say))
        return {post.essay_id for post in posts}

    def _in_one_language(
        self, found: list[OpenQuestion], langs: tuple[str, ...]
    ) -> list[OpenQuestion]:
        """Return the questions in the first language in which there are some."""
        for lang in self._blog.catalog.order(langs):
            there = [one for one in found if one.lang == lang]
            if there:
                return there
        return found


def _is_locked(guild: discord.Guild | None, thread_id: int) -> bool:
    """Return whether a thread is locked, as far as Discord has told; an archived one may not be."""
    thread = guild.get_thread(thread_id) if guild is not None else None
    return thread is not None and thread.locked
