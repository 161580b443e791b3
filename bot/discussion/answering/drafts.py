"""Drafts that the database has yet to take: in memory, and tried again until it does.

An answer is held from the moment at which it is handed in, before it is known whether it can be
kept. Its reader may withdraw or delete meanwhile: then it does not become a draft, whatever fails.
What a process holds here is lost with it if it is killed: its reader then has the text that was
handed back to them. One that is stopped tries a last time.
"""

import asyncio
import logging
import sqlite3
from contextlib import suppress

from bot.core.response import Captured
from bot.discussion.answering import reader_writes
from bot.store.responses import drafts
from bot.store.responses.drafts import Draft
from bot.store.store import Store

log = logging.getLogger(__name__)

MOST = 1000
"""Drafts that are held at once; the oldest gives way."""

LAST_SECONDS = 1.0
"""So long a bot that is being stopped waits for each of them."""

Key = tuple[int, int]
"""A reader, and a prompt."""


class Drafts:
    """Holds drafts until the database has them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[Key, Captured] = {}
        self._held: dict[Key, Captured] = {}
        self._saving: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def begin(self, answer: Captured, prompt_id: int) -> None:
        """Hold an answer that is about to be kept; its reader's next one takes its place."""
        self._pending[answer.reader_id, prompt_id] = answer

    def end(self, answer: Captured, prompt_id: int, *, is_kept: bool) -> None:
        """Forget an answer that was kept; make it a draft if it was not, and nobody dropped it."""
        key = answer.reader_id, prompt_id
        if self._pending.get(key) is answer:
            del self._pending[key]
            if not is_kept:
                self._save(answer, prompt_id)
        held = self._held.get(key)
        if is_kept and held is not None and held.created_at <= answer.created_at:
            del self._held[key]

    def _save(self, answer: Captured, prompt_id: int) -> None:
        """Keep an answer that could not be kept, as soon as the database takes it."""
        self._held.pop((answer.reader_id, prompt_id), None)
        while len(self._held) >= MOST:
            self._held.pop(next(iter(self._held)))
        self._held[answer.reader_id, prompt_id] = answer
        is_idle = self._saving is None or self._saving.done()
        if is_idle and not self._closing.is_set():
            self._saving = asyncio.get_running_loop().create_task(self._save_all())

    def held(self, prompt_id: int, reader_id: int) -> Draft | None:
        """Return a draft that the database does not have yet."""
        answer = self._held.get((reader_id, prompt_id))
        return Draft(answer.text, answer.created_at) if answer else None

    def drop(self, prompt_id: int, reader_id: int) -> None:
        """Forget a draft that the database does not have yet, or an answer that may become one."""
        self._pending.pop((reader_id, prompt_id), None)
        self._held.pop((reader_id, prompt_id), None)

    def drop_all(self, reader_id: int, guild_id: int | None) -> None:
        """Forget a reader's drafts that the database does not have, in a guild or everywhere.

        So it does with answers that may become drafts.
        """
        for answers in (self._pending, self._held):
            for key, answer in list(answers.items()):
                if key[0] == reader_id and guild_id in {None, answer.guild_id}:
                    del answers[key]

    async def close(self) -> None:
        """Try a last time, and give up what the database does not take."""
        self._closing.set()
        if self._saving is not None:
            await self._saving
        for key in list(self._held)[: int(reader_writes.FAREWELL_SECONDS / LAST_SECONDS)]:
            with suppress(sqlite3.Error):
                await self._save_one(key)
        if self._held:
            log.error("%s drafts are lost: the database did not take them", len(self._held))

    async def _save_all(self) -> None:
        while self._held and not self._closing.is_set():
            key = next(iter(self._held))
            try:
                await self._save_one(key)
            except sqlite3.Error as error:
                if key in self._held:  # the next one first
                    self._held[key] = self._held.pop(key)
                log.info("A draft waits for the database: %s", error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), reader_writes.RETRY_SECONDS)

    async def _save_one(self, key: Key) -> None:
        answer = self._held.get(key)
        if answer is None:
            return
        await self._store.write_within(LAST_SECONDS, drafts.save, answer, key[1])
        if self._held.get(key) is answer:
            del self._held[key]
