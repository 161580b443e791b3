"""Injects faults: into requests, events, answers, the database, and single messages."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

from tests.crash.lifecycle import Lifecycle

if TYPE_CHECKING:
    from bot.sandbox import Message

CALLBACK = "/callback$"
SAID = "(MESSAGE|INTERACTION)_.*|THREAD_CREATE"
"""Events that come late, twice or mixed. What a guild or a thread is and allows comes in order: a
newer state that is overtaken by an older one would be believed until the next connection.
"""

LATE = 0.15
"""Seconds that a late request takes; the bot waits longer before it believes that none comes."""

HELD = 3600.0
"""The same where the bot does not wait: until the schedule lets it arrive."""


class Faults(Lifecycle):
    """Disturbs requests, events, answers and the database.

    Attributes:
        holding: Another program's connection, which holds the database.
    """

    holding: sqlite3.Connection | None = None

    async def _rest(self, kind: str, method: str, path: str, times: str) -> None:
        seconds = HELD if self.without == "arrival" else LATE
        await self.remote.fault(kind, method=method, path=path, times=int(times), seconds=seconds)

    async def _arrive(self) -> None:
        """Let the requests and events that are late arrive now."""
        await self.remote.clear_faults()

    async def _see_thread(self) -> None:
        """Wait until the essay has a thread."""
        await self.remote.until(self.thread, self.patience)

    async def _refuse(self, code: str, times: str) -> None:
        """Refuse the answers to interactions, as if they came too late."""
        await self.remote.refuse(int(code), method="POST", path=CALLBACK, times=int(times))

    async def _refuse_submit(self, code: str) -> None:
        """Refuse the answer to the next form that is sent, not the one that opens it."""
        await self.remote.refuse(int(code), method="POST", path=CALLBACK, skip=1)

    async def _gateway(self, what: str) -> None:
        if self.bot is not None:
            self.bot.lives, self.bot.swept = self.shared["lives"], self.shared["swept"]
        resumable = what == "resumable"
        await self.remote.post(
            "gateway", what="invalidate" if resumable else what, resumable=resumable
        )

    async def _events(self, kind: str, times: str, name: str = SAID, seconds: str = "0.08") -> None:
        await self.remote.event_fault(kind, name, times=int(times), seconds=float(seconds))

    async def _again(self) -> None:
        """Let Discord tell once more of an interaction that is done."""
        if self.history.answers:
            await self.remote.deliver_again(self.chance.choice(self.history.answers))

    async def _lie(self, kind: str, about: str, times: str, skip: str) -> None:
        seed = self.chance.randrange(1000)
        await self.remote.answer_wrongly(kind, about, times=int(times), skip=int(skip), seed=seed)

    async def _spoil(self, keys: str) -> None:
        """Let a message of a reader be one that the bot cannot read."""
        said = [each for each in await self.messages() if not each.by_bot and each.type == 0]
        if said:
            await self.spoil(self.chance.choice(said), keys)

    async def spoil(self, message: Message, keys: str) -> None:
        """Let the bot get a message without some keys."""
        history = self.history
        history.ever_spoilt.add(message.id)
        history.spoilt.setdefault(message.id, message.id in self.kept_ids())
        await self.remote.drop_keys(message, *keys.split())

    async def _heal(self) -> None:
        """Let every message be one that the bot can read."""
        for message in await self.messages():
            if message.id in self.history.spoilt:
                await self.remote.drop_keys(message)
                del self.history.spoilt[message.id]

    async def _hold(self, seconds: str) -> None:
        """Hold the database for a while, as a backup does, or an editor of SQLite files."""
        if self.holding is not None or not self.database.exists():
            return
        db = sqlite3.connect(
            f"file:{self.database}?mode=rw", uri=True, isolation_level=None, timeout=0.2
        )
        try:
            db.execute("begin immediate")
        except sqlite3.Error:
            db.close()
            return
        self.holding = db
        if self.bot is not None:
            self.bot.may_refuse = True  # one that is starting finds it locked
        asyncio.get_running_loop().call_later(float(seconds), self.let_go, db)

    async def _let_go(self) -> None:
        self.let_go(self.holding)

    def let_go(self, db: sqlite3.Connection | None) -> None:
        """Hold the database no more."""
        if db is not None and db is self.holding:
            db.rollback()
            db.close()
            self.holding = None
