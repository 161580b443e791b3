"""Answers a question: the passages that answer, and what readers said where who asks can read."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.blog.indexed import digest_of
from bot.blog.indexing import Indexer
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.core.text.folding import fold
from bot.core.text.search_words import search_words
from bot.core.text.stems import stems
from bot.desk.passages.asking import Hit, Verdict, ask
from bot.discussion.asking.pace import Pace
from bot.discussion.asking.passages import Passages
from bot.discussion.lookup import PlaceLanguages, post_of
from bot.discussion.messages.asking import Answered, Quotation, answer_page, without_addresses
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import visible_to
from bot.store.finding.readers_said import readers_said
from bot.store.finding.search import Hit as SaidHit
from bot.store.finding.search import Search
from bot.store.ledger.decisions import withdrawn_essays
from bot.store.passages.index import indexed_digests
from bot.store.store import Store
from bot.store.threads import Home

Interaction = discord.Interaction[Any]

WHOLE_BLOG = "*"
"""What somebody chooses, or types, to ask more than the essay whose thread they are in."""

_TOKEN = re.compile(r"<[@#:a-z][^>\s]*>", re.IGNORECASE)
"""Discord's own way to write a mention, an emoji or a time."""

LONG = 4
"""Letters of a stem that can lose one and still say something."""

MOST_SAID = 3
"""Responses that stand below an answer."""


class Questions:
    """Answers questions, each from what its reader may see at that moment; keeps none of them."""

    def __init__(
        self,
        store: Store,
        blog: Blog,
        indexer: Indexer,
        languages: PlaceLanguages,
        passages: Passages,
    ) -> None:
        self._store = store
        self._blog = blog
        self._indexer = indexer
        self._languages = languages
        self._passages = passages
        self.pace = Pace()

    async def essay_asked(
        self, interaction: Interaction, typed: str | None, home: Home | None
    ) -> Post | None:
        """Return the essay that somebody asks; None for the whole blog.

        Args:
            typed: What they chose or typed; None for what is discussed here, or everything.
            home: Of the thread that they are in; None if it is no essay's.

        Raises:
            AfterwordError: No essay is called that, or it cannot be read now.
        """
        say = phrases(str(interaction.locale))
        if typed is None:
            return None if home is None else await self.essay_of(interaction, home.publication)
        if typed == WHOLE_BLOG or fold(typed) == fold(say.ask_whole_blog):
            return None
        langs = self._languages.of(interaction)
        post = self._blog.catalog.find(typed, langs, now=datetime.now(UTC))
        return await self._readable(interaction, post)

    async def essay_of(self, interaction: Interaction, publication_id: int) -> Post:
        """Return the essay that a thread is about.

        Raises:
            AfterwordError: It cannot be read now.
        """
        post = await post_of(self._store, self._blog, publication_id)
        return await self._readable(interaction, post)

    async def _readable(self, interaction: Interaction, post: Post | None) -> Post:
        withdrawn = await self._store.read(withdrawn_essays, interaction.guild_id or 0)
        if post is None or not self._passages.is_readable(post) or post.essay_id in withdrawn:
            raise AfterwordError(phrases(str(interaction.locale)).ask_not_readable)
        return post

    async def answer(self, interaction: Interaction, question: str, essay: Post | None) -> Outgoing:
        """Return the private answer to a question.

        Raises:
            AfterwordError: It has no words, or its reader asks too much at once.
        """
        say, now = phrases(str(interaction.locale)), interaction.created_at
        question = " ".join(question.split())
        if not search_words(question):
            raise AfterwordError(say.ask_no_words)
        if wait := self.pace.wait(interaction.guild_id or 0, interaction.user.id, now):
            raise AfterwordError(say.ask_too_often.format(count=wait))
        return answer_page(await self._answered(interaction, question, essay), say)

    async def _answered(
        self, interaction: Interaction, question: str, essay: Post | None
    ) -> Answered:
        loop, catalog = asyncio.get_running_loop(), self._blog.catalog
        withdrawn = await self._store.read(withdrawn_essays, interaction.guild_id or 0)
        every = await loop.run_in_executor(None, self._askable, essay, withdrawn)
        asked = every if self._indexer.is_done else await self._indexed(every)
        words = _TOKEN.sub(" ", without_addresses(question))
        verdict = await self._store.read(ask, words, catalog.languages, asked.keys())
        locale = str(interaction.locale).lower()
        langs = (locale, locale.partition("-")[0])
        quotations = await self._quoted(verdict, asked, langs)
        nearest = None
        if not quotations and verdict.nearest is not None:
            nearest = await self._quote(verdict.nearest, asked, langs)
        said = await self._said(interaction, verdict, quotations) if quotations else ()
        return Answered(
            question, essay, quotations, nearest, said, len(every) - len(asked), len(every)
        )

    async def _indexed(self, posts: dict[int, Post]) -> dict[int, Post]:
        """Return those of some essays that the index has as they are now."""
        known = await self._store.read(indexed_digests)
        return {key: post for key, post in posts.items() if known.get(key) == digest_of(post)}

    def _askable(self, essay: Post | None, withdrawn: set[int]) -> dict[int, Post]:
        """Return the essays that may be quoted: one in all its languages, or those of the blog."""
        catalog = self._blog.catalog
        posts = catalog.posts if essay is None else (essay, *catalog.translations(essay))
        readable = (post for post in posts if self._passages.is_readable(post))
        there = (post for post in readable if post.essay_id not in withdrawn)
        return {post.id: post for post in there if post.id is not None}

    async def _quoted(
        self, verdict: Verdict, asked: dict[int, Post], langs: tuple[str, ...]
    ) -> list[Quotation]:
        """Return what answers, each passage once in whatever languages it was found."""
        found: list[Quotation] = []
        for hit in verdict.hits:
            one = await self._quote(hit, asked, langs)
            if one is not None and not any(_overlap(one, other) for other in found):
                found.append(one)
        return found

    async def _quote(
        self, hit: Hit, asked: dict[int, Post], langs: tuple[str, ...]
    ) -> Quotation | None:
        post = asked.get(hit.post_id)
        return None if post is None else await self._passages.quote(post, hit.places, langs)

    async def _said(
        self, interaction: Interaction, verdict: Verdict, quotations: list[Quotation]
    ) -> list[SaidHit]:
        """Return responses with the question's words in threads that its reader can read."""
        channels = tuple(visible_to(interaction, history=True))
        langs = dict.fromkeys(one.post.lang for one in quotations)
        words = beginnings(verdict.words, tuple(langs))
        wanted = Search(interaction.guild_id or 0, channels, words)
        essays = [one.post.essay_id for one in quotations if one.post.essay_id is not None]
        return await self._store.read(readers_said, wanted, essays, MOST_SAID)


def _overlap(one: Quotation, other: Quotation) -> bool:
    return one.post.name == other.post.name and not set(one.places).isdisjoint(other.places)


def beginnings(words: Sequence[str], langs: Sequence[str]) -> tuple[str, ...]:
    """Return how the words of a question may begin in a text, with whatever comes after.

    A stem is cut where a letter may change behind it ("memory", "memories").
    """
    found: dict[str, None] = {}
    for word in words:
        every = [word.lower(), *(stem for lang in langs for stem in stems(word, lang))]
        found |= {one.removesuffix("i") if len(one) > LONG else one: None for one in every}
    return tuple(found)
