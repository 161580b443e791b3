"""What authors ask for in Discord: which responses, what is new, and what they highlight."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.listing import Listing
from bot.core.markup import one_line
from bot.core.phrases import Phrases
from bot.core.text.moments import moment
from bot.desk.attachments import Attachment, Form, attachment
from bot.discussion.messages.news import Seen, news_page
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.responses import PAGE, responses_page
from bot.store.desk import listings, naming
from bot.store.desk.news import news
from bot.store.responses import highlights, visits
from bot.store.store import Store
from bot.store.times import from_text

log = logging.getLogger(__name__)

OFFERED = 10
"""So many are named of those that may be meant."""

TYPED = 80
"""Code points of what was typed, in a sentence about it."""

NAMED = 120
"""Code points of each that may be meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an author typed; None asks for nothing.

    Attributes:
        question: Words of a question, or an offered choice.
        reader: A name or a part of it, an id, an offered choice or a mention.
        since: See `bot.core.text.moments`.
    """

    question: str | None = None
    reader: str | None = None
    highlighted: bool = False
    since: str | None = None


class AuthorDesk:
    """Reads responses for authors, and records what they did."""

    def __init__(self, store: Store, blog: Blog) -> None:
        self._store = store
        self._blog = blog

    async def listing(self, guild_id: int, essay: int, asked: Asked, say: Phrases) -> Listing:
        """Return the listing that an author means, of what is kept now.

        Args:
            essay: The stored id of an essay; 0 for all of them.

        Raises:
            AfterwordError: It is not clear what is meant; the sentence says what may be.
        """
        prompt = reader = 0
        if asked.question is not None:
            found = await self._store.read(
                naming.questions_called, guild_id, asked.question, essay or None
            )
            names = [f"{one.text} ({one.title})" for one in found]
            sentences = (say.question_unknown, say.question_unclear)
            prompt = found[_only(names, asked.question, sentences, say)].prompt
        if asked.reader is not None:
            readers = await self._store.read(naming.readers_meant, guild_id, asked.reader)
            names = [f"{one.name} (#{one.id})" for one in readers]
            sentences = (say.reader_unknown, say.reader_unclear)
            reader = readers[_only(names, asked.reader, sentences, say)].id
        wanted = Listing(
            essay, prompt, reader, self._since(asked.since, say), highlighted=asked.highlighted
        )
        return await self._store.read(listings.begin, guild_id, wanted)

    async def page(
        self, guild_id: int, listing: Listing, number: int, title: str, say: Phrases
    ) -> Outgoing:
        """Return a page of a listing.

        Args:
            number: Counted from 0.
            title: The essay's, "" if the listing is of all.
        """
        found = await self._store.read(listings.read_page, guild_id, listing, number, PAGE)
        return responses_page(title, found, listing, say)

    async def file(
        self, guild_id: int, listing: Listing, form: Form, slug: str
    ) -> Attachment | None:
        """Return a listing as a file, made off the event loop; None if nothing is in it."""
        found = await self._store.read(listings.read_all, guild_id, listing)
        if not found:
            return None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, attachment, found, form, slug)

    async def unseen(self, guild_id: int, author_id: int) -> Seen:
        """Return between which responses something is new to an author."""
        there = await self._store.read(visits.unseen, guild_id, author_id)
        at = from_text(there.last) if there.last else None
        return Seen(there.after_id, there.until_id, at)

    async def news(self, guild_id: int, seen: Seen, page: int, say: Phrases) -> Outgoing:
        """Return a page of what is new to an author."""
        found = await self._store.read(news, guild_id, seen.after_id, seen.until_id)
        return news_page(found, seen, page, say)

    async def record_visit(self, guild_id: int, author_id: int, seen: Seen) -> None:
        """Record that an author was shown what was new: it is not new to them any more."""
        until, now = seen.until_id, datetime.now(UTC)
        try:
            await self._store.write(visits.record_visit, guild_id, author_id, until, now)
        except sqlite3.Error as error:
            log.error("What an author saw stays new to them: %s", error)

    async def toggle_highlight(self, guild_id: int, message_id: int, by: int) -> bool | None:
        """Mark the response that a message is or shows, or take its mark away.

        Returns:
            Whether it is marked now; None if the message is no response of the guild's.
        """
        now = datetime.now(UTC)
        return await self._store.write(highlights.toggle_shown, guild_id, message_id, by, now)

    async def questions_offered(
        self, guild_id: int, typed: str, essay: int | None, limit: int
    ) -> list[naming.Question]:
        """Return questions for what has been typed so far."""
        return await self._store.read(naming.questions_offered, guild_id, typed, essay, limit)

    async def readers_offered(
        self, guild_id: int, typed: str, essay: int | None, limit: int
    ) -> list[naming.Reader]:
        """Return readers for what has been typed so far."""
        return await self._store.read(naming.readers_offered, guild_id, typed, essay, limit)

    def _since(self, typed: str | None, say: Phrases) -> datetime | None:
        if typed is None:
            return None
        since = moment(typed, datetime.now(UTC), self._blog.zone)
        if since is None:
            raise AfterwordError(say.since_unclear.format(text=one_line(typed, TYPED)))
        return since


def _only(names: Sequence[str], typed: str, sentences: tuple[str, str], say: Phrases) -> int:
    """Return the place of the only one that is meant.

    Args:
        sentences: About none, and about several.

    Raises:
        AfterwordError: There is none, or there are several; the sentence names these.
    """
    if len(names) == 1:
        return 0
    unknown, unclear = sentences
    sentence = (unclear if names else unknown).format(text=one_line(typed, TYPED))
    lines = [f"- {one_line(name, NAMED)}" for name in names[:OFFERED]]
    if len(names) > OFFERED:
        lines.append(f"- {say.more.format(count=len(names) - OFFERED)}")
    raise AfterwordError("\n".join([sentence, *lines]))
