"""The bot's own reading along, without Discord, asked for one part after another."""

import asyncio
import random
import resource
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from bot.app import create_bot
from bot.blog.indexing import AT_ONCE
from bot.client import AfterwordBot
from bot.core.response import Captured
from bot.desk.passages.asking import ask
from bot.desk.passages.related import Relating
from bot.discussion.asking.passages import Passages
from bot.discussion.dreaming.look_back import LookBack
from bot.settings import Settings
from bot.store.dreams import nights
from bot.store.ledger import channels
from bot.store.passages.index import index_posts
from bot.store.responses.collected import collect
from bot.store.times import to_text
from tests.bench.measured_client import TICK
from tests.bench.prose import responses
from tests.bench.worker import JSON, serve

GUILD, CHANNEL, FIRST_READER = 1, 2, 1_000
NIGHT = date(2026, 3, 2)
BEFORE = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEW = 500
"""One response of so many was written since the night before."""

BATCH, PAUSE = 20, 0.05
"""So many messages are collected at once, while questions are asked, and after what pause."""


class Along:
    """A bot that has a database and a blog, and is never logged in."""

    bot: AfterwordBot

    async def open(self, content: str, database: str) -> None:
        settings = Settings(content=content, database=Path(database), _env_file=None)
        self.bot = create_bot(settings)
        await self.bot.store.open()
        await self.bot.blog.update()
        while self.bot.blog.pending:
            await self.bot.blog.ask()

    async def index(self) -> JSON:
        """Index all essays as `bot.blog.indexing` does, without its rests."""
        store, posts = self.bot.store, self.bot.blog.catalog.posts
        before = await store.read(_size)
        writes: list[float] = []
        began = time.monotonic()
        for start in range(0, len(posts), AT_ONCE):
            read = await self.bot.blog.indexed(posts[start : start + AT_ONCE])
            writing = time.monotonic()
            await store.write(index_posts, read)
            writes.append(time.monotonic() - writing)
        seconds = time.monotonic() - began
        size = await store.read(_size) - before
        return {"seconds": seconds, "writes": writes, "bytes": size}

    async def respond(self, titles: Sequence[str], count: int) -> None:
        """Have readers respond, the last of them since the night before."""
        by_title = {post.title: post for post in self.bot.blog.catalog.posts}
        posts = [by_title[title] for title in titles]
        places = [(post.id or 0, post.essay_id or 0, post.title) for post in posts]
        await self.bot.store.write(_respond, places, titles, count)
        await self.bot.store.write(_dream_before)

    async def questions(self, asked: Sequence[str], *, busy: bool) -> JSON:
        """Ask all essays one question after another, as a command does; return the seconds.

        Args:
            asked: The questions.
            busy: Collect messages meanwhile.
        """
        writing = asyncio.create_task(self._collect()) if busy else None
        passages = Passages(self.bot.blog)
        await self._ask(passages, asked[0])  # what is made once, with the first question
        waited = []
        for question in asked:
            began = time.monotonic()
            await self._ask(passages, question)
            waited.append(time.monotonic() - began)
        if writing is not None:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        return {"waited": waited}

    async def _ask(self, passages: Passages, question: str) -> None:
        catalog = self.bot.blog.catalog

        def readable() -> set[int]:
            return {post.id for post in catalog.posts if post.id and passages.is_readable(post)}

        asked = await asyncio.get_running_loop().run_in_executor(None, readable)
        verdict = await self.bot.store.read(ask, question, catalog.languages, asked)
        for hit in verdict.hits:
            post = catalog.by_id(hit.post_id)
            if post is not None:
                await passages.quote(post, hit.places)

    async def _collect(self) -> None:
        """Collect messages that belong to a later night, batch after batch."""
        numbers, thread = count(10**12), await self.bot.store.read(_a_thread)
        while True:
            at = datetime.now(UTC)
            batch = [
                Captured(next(numbers), GUILD, thread, FIRST_READER, "R", "What is said now.", at)
                for _ in range(BATCH)
            ]
            await self.bot.store.write(collect, batch, {}, at)
            await asyncio.sleep(PAUSE)

    async def relate(self, count: int) -> JSON:
        """Look for what reads well with some essays, as their cards do."""
        posts = random.Random(1).sample(self.bot.blog.catalog.posts, count)  # noqa: S311  # the same
        relating = Relating(self.bot.blog.catalog)
        waited = []
        for post in posts:
            began = time.monotonic()
            await self.bot.store.read(relating.related, post, datetime.now(UTC))
            waited.append(time.monotonic() - began)
        return {"waited": waited}

    async def dream(self) -> JSON:
        """Look back on a night; return how long that took, and how late the loop was meanwhile."""
        looking = asyncio.create_task(LookBack(self.bot.store.path, self.bot.blog)(GUILD, NIGHT))
        late: list[float] = []
        first = began = time.monotonic()
        while not looking.done():
            began = time.monotonic()
            await asyncio.sleep(TICK)
            late.append(time.monotonic() - began - TICK)
        seconds = time.monotonic() - first
        found = len(looking.result())
        kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        return {"seconds": seconds, "late": late, "kilobytes": kilobytes, "found": found}

    async def close(self) -> None:
        await self.bot.close()

    async def run(self) -> None:
        verbs = (self.open, self.index, self.respond, self.questions, self.relate, self.dream)
        await serve(*verbs, close=self.close)


def _size(db: Database) -> int:
    """Return the bytes of the file that are in use."""
    pages, free, size = (
        db.execute(f"pragma {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _a_thread(db: Database) -> int:
    return int(db.execute("select min(id) from threads").fetchone()[0])


def _respond(
    db: Database, posts: Sequence[tuple[int, int, str]], titles: Sequence[str], count: int
) -> None:
    channels.join_guild(db, GUILD, "Readers", BEFORE)
    channel = channels.Channel(CHANNEL, GUILD, is_forum=True, lang="en", pace="each", body="auto")
    channels.use_channel(db, channel, BEFORE)
    when = to_text(BEFORE)
    db.conn.executemany(
        "insert into publications (id, channel_id, essay_id, post_id, thread_id, title, "
        "intended_at) values (?, ?, ?, ?, ?, ?, ?)",
        (
            (n, CHANNEL, essay, post, n, title, when)
            for n, (post, essay, title) in enumerate(posts, 1)
        ),
    )
    db.conn.executemany(
        "insert into threads (id, guild_id, publication_id, seen_id) values (?, ?, ?, 0)",
        ((number, GUILD, number) for number, _ in enumerate(posts, 1)),
    )
    readers = max(2, count // 20)
    db.conn.executemany(
        "insert into readers (id, name) values (?, 'R')",
        ((FIRST_READER + number,) for number in range(readers)),
    )
    db.conn.executemany(
        "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
        "reader_id, text, created_at) values (?, ?, 'message', ?, ?, ?, ?, ?, ?)",
        (
            (n, n, GUILD, place + 1, place + 1, FIRST_READER + n * 7 % readers, text, _at(n, count))
            for n, (place, text) in enumerate(responses(titles, count), 1)
        ),
    )


def _at(number: int, count: int) -> str:
    """Return when a response was written: the last ones on the night's own day."""
    is_new = number > count - max(1, count // NEW)
    return to_text(BEFORE + timedelta(days=1 if is_new else -30))


def _dream_before(db: Database) -> None:
    """Record that the night before was looked back on."""
    night = NIGHT - timedelta(days=1)
    nights.begin(db, GUILD, night, BEFORE)
    nights.record(db, GUILD, night, [], 0, BEFORE)


if __name__ == "__main__":
    asyncio.run(Along().run())
