"""The lives of the bot in one schedule: started, killed, started again, brought to rest."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.remote import ControlError
from tests.crash.board import NAMES, Board
from tests.crash.essay import Essay
from tests.crash.memory import Memory
from tests.crash.zygote import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, Guild, Person, Remote
    from tests.crash.draw import Schedule
    from tests.crash.zygote import Zygote

MODERATES = 1 << 34 | 1 << 13 | 1 << 5
"""Manage threads, messages and the server (discord-facts.md, 6)."""

PATIENCE = 15.0
SETTLED = 2.0
"""Seconds that a settled bot is waited for in the middle of a schedule."""

LOOK_AGAIN = 0.006
ANSWERED = 1.2
"""Seconds until an interaction has failed: Discord's three would be most of a life."""

UNFINISHED = """
select count(*) from publications join posts on posts.id = post_id
where over_at is null and (settled <> posts.digest or settled = '' or waiting_for is not null)
"""


@dataclass
class Lives:
    """A sandbox, an essay, and a bot that dies and comes back.

    Attributes:
        memory: What happened.
        spent: Requests, by what for.
        pid: Of the bot; 0 while it is dead.
    """

    zygote: Zygote
    schedule: Schedule
    folder: Path
    without: str | None = None
    memory: Memory = field(default_factory=Memory)
    spent: dict[str, int] = field(default_factory=dict)
    pid: int = 0

    async def set_the_stage(self, remote: Remote, address: str) -> None:
        """Make the guild, its people, and the essay."""
        self.remote = remote
        await remote.post("set_limits", first_response=ANSWERED)
        self.guild: Guild = await remote.guild()
        if self.schedule.is_forum:
            self.channel: Channel = await remote.forum(self.guild, "essays", ["maps", "memory"])
        else:
            self.channel = await remote.channel(self.guild, "essays")
        names = ("Ada", "Bora", "Chen")
        self.readers: list[Person] = [await remote.member(self.guild, name) for name in names]
        self.mo: Person = await remote.member(self.guild, "Mo", permissions=MODERATES)
        content = self.folder / "posts"
        content.mkdir()
        self.essay = Essay(content)
        self.essay.write()
        self.board = Board(self.folder / "board")
        self.database = self.folder / "afterword.db"
        self.settings = {
            "token": TOKEN,
            "content": str(content),
            "database": str(self.database),
            "channel": self.channel.id,
            "body": "full",
            "api": f"{address}/api/v10",
            "gateway": f"{address.replace('http', 'ws', 1)}/",
        }
        self.kills = list(self.schedule.kills)
        self.chance = random.Random(self.schedule.seed)  # noqa: S311  # a schedule, not a secret
        self.asleep = 0
        self.read_before: list[tuple[Any, ...]] = []
        self.is_watched = False

    def start(self, *, last: bool = False) -> None:
        for name in NAMES:
            if name in {"publishing", "catching_up", "sweeping"}:
                self.spent[name] = self.spent.get(name, 0) + self.board[name]
            self.board[name] = 0
        self.board["kill_at"] = self.kills.pop(0) if self.kills and not last else 0
        self.board["may_sweep"] = int(not self.schedule.sweeps_late and not last)
        self.board["is_busy"] = 1
        self.memory.lives += 1
        self.pid = self.zygote.start_bot(
            folder=str(self.folder), settings=self.settings, without=self.without
        )

    @property
    def is_alive(self) -> bool:
        """Whether the bot runs; a death is remembered."""
        if self.pid and self.zygote.status(self.pid) is not None:
            self._die()
        return bool(self.pid)

    def _die(self) -> None:
        self.pid = 0
        self.memory.kills += 1
        self.memory.is_down = True
        self.asleep = self.chance.randint(0, 3)

    async def end(self, number: int = signal.SIGKILL) -> None:
        if self.is_alive:
            has_begun = self.board["lives"] > 0
            allowed = {0, -signal.SIGKILL} if self.board["kill_at"] else {0}
            status = self.zygote.kill(self.pid, number)
            if number == signal.SIGTERM and has_begun and status not in allowed:
                self.memory.wrong.append(f"SIGTERM ended the bot with {status}")
            self._die()

    async def finish(self) -> None:
        """Let the bot come back for good, catch up, settle and sweep; then stop it."""
        await self.remote.post("clear_faults")
        for thread in await self.remote.threads_in(self.channel):
            with suppress(ControlError):
                await self.mo.unarchive(thread)
        if self.is_alive:
            await self.end(signal.SIGTERM)
            self.memory.kills -= 1
        self.start(last=True)
        self.memory.is_down = False
        await self.until(lambda: self.board["lives"] > 0 and self.is_settled())
        self.memory.kept_before_sweep = self.kept_ids()
        self.board["may_sweep"] = 1
        await self.until(lambda: self.board["swept"] > 0 and self.is_settled())
        await self.until_quiet()
        for name in ("publishing", "catching_up", "sweeping"):
            self.spent[name] = self.spent.get(name, 0) + self.board[name]
        await self.end(signal.SIGTERM)
        self.memory.kills -= 1

    async def until_quiet(self) -> None:
        """Wait until nothing was busy for a while, files and events included."""
        await asyncio.sleep(0.25)  # the watcher of files gathers changes for a moment
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < 10 and time.monotonic() < end:
            quiet = quiet + 1 if self.is_settled() else 0
            await asyncio.sleep(LOOK_AGAIN)

    async def until(self, holds: Any, patience: float = PATIENCE) -> bool:
        end = time.monotonic() + patience
        while not holds():
            if not self.is_alive:
                return False
            if time.monotonic() > end:
                if patience == PATIENCE:
                    self.memory.wrong.append("the bot did not come to rest")
                return False
            await asyncio.sleep(LOOK_AGAIN)
        return True

    def is_settled(self) -> bool:
        board = self.board
        if board["is_busy"] or board["behind"]:
            return False
        rows = self.rows(UNFINISHED)
        counted = "publications" if self.essay.is_public else "channels where opened_at is not null"
        there = self.rows(f"select count(*) from {counted}")  # noqa: S608  # one of two
        return bool(rows and there and rows[0][0] == 0 and there[0][0] > 0)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the database as another program would; nothing while there is none."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
                return db.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def kept_ids(self) -> set[int]:
        return {row[0] for row in self.rows("select source_id from responses")}
