"""Starts, kills and restarts the bot in one schedule, and waits until it is idle."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.crash.essay import Essay
from tests.crash.fork_server import TOKEN
from tests.crash.guild import make_place
from tests.crash.history import History
from tests.crash.invariants import look_into, numbers_in, numbers_of, read
from tests.crash.shared_state import SPENT, SharedState

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, Message, Remote
    from tests.crash.fork_server import ForkServer
    from tests.crash.schedules import Schedule

PATIENCE = 15.0
SETTLED = 2.0
"""Seconds that a drawn schedule waits for what may never come, in its middle."""

NOTICED = 10.0
"""The same for a written schedule: there it comes, however busy the machine is."""

LOOK_AGAIN = 0.006
ANSWERED = 1.2
"""Seconds until an interaction has failed in a drawn schedule."""

ANSWERED_IF_WRITTEN = 3.0
"""The same in a written one: Discord's own, which would be most of a drawn schedule's life."""

REFUSED = 2
"""How a bot ends that cannot use its database, or does not own it (any more)."""

UNFINISHED = """
select count(*) from publications join posts on posts.id = post_id
where over_at is null and (settled <> posts.digest or settled = '' or waiting_for is not null)
"""
KEPT = "select text from responses union select text from drafts"
"""An answer that the database refused is a draft of its reader's."""

OWED = "select 1 from notes where key = 'scrub owed'"
GAPS = "select thread_id, lacking from gaps where ended_at is null"


@dataclass
class Running:
    """A process of the bot.

    Attributes:
        may_refuse: Whether it may find that another owns the database, or that it is locked.
        is_frozen: Whether it is stopped, and may go on.
        lives: READYs that it had heard when the connection was last broken on purpose.
        swept: Sweeps that it had ended by then.
    """

    pid: int
    shared: SharedState
    may_refuse: bool = False
    is_frozen: bool = False
    lives: int = 0
    swept: int = 0


@dataclass
class Lifecycle:
    """A sandbox, an essay, and a bot that dies and comes back.

    Attributes:
        history: What happened.
        spent: Requests, by what for.
        bot: The process that owns the database; None while it is dead.
        standby: A second one, which waits for the first to end.
    """

    fork_server: ForkServer
    schedule: Schedule
    folder: Path
    without: str | None = None
    history: History = field(default_factory=History)
    spent: dict[str, int] = field(default_factory=dict)
    bot: Running | None = None
    standby: Running | None = None

    async def set_the_stage(self, remote: Remote, address: str) -> None:
        """Make the guild, its people, and the essay."""
        self.remote = remote
        answered = ANSWERED_IF_WRITTEN if self.schedule.script else ANSWERED
        await remote.post("set_limits", first_response=answered)
        self.place = await make_place(remote, is_forum=self.schedule.is_forum)
        self.channel = self.place.channel
        self.essay = Essay(self.folder / "posts", is_swapped=self.schedule.is_swapped)
        self.essay.write()
        self.database = self.folder / "afterword.db"
        self.settings = {
            "token": TOKEN,
            "content": str(self.essay.folder),
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
        self._states = 0

    def start(self, *, last: bool = False) -> None:
        """Start the bot, which will own the database."""
        self.bot = self.launch(
            kill_at=self.kills.pop(0) if self.kills and not last else 0,
            may_sweep=not self.schedule.sweeps_late and not last,
        )

    def launch(self, *, kill_at: int = 0, may_sweep: bool, standby: bool = False) -> Running:
        """Start a process of the bot, with a shared state of its own."""
        self._states += 1
        name = f"shared-{self._states}"
        shared = SharedState(self.folder / name)
        shared["kill_at"], shared["may_sweep"], shared["is_busy"] = kill_at, int(may_sweep), 1
        self.history.lives += 1
        pid = self.fork_server.start_bot(
            folder=str(self.folder),
            settings=self.settings,
            without=self.without,
            shared=name,
            standby=standby,
        )
        return Running(pid, shared)

    @property
    def shared(self) -> SharedState:
        """Of the bot; all zero while it is dead."""
        return self.bot.shared if self.bot else SharedState(self.folder / "nobody")

    @property
    def patience(self) -> float:
        """Seconds that an act in the middle of the schedule waits for the bot."""
        return NOTICED if self.schedule.script else SETTLED

    @property
    def is_alive(self) -> bool:
        """Whether the bot runs; a death is remembered."""
        if self.bot is not None:
            status = self.fork_server.status(self.bot.pid)
            if status is not None:
                self._ended_by_itself(self.bot, status)
                self.die()
        return self.bot is not None

    @property
    def can_act(self) -> bool:
        """Whether the bot runs and is not stopped."""
        return self.is_alive and self.bot is not None and not self.bot.is_frozen

    def _ended_by_itself(self, bot: Running, status: int) -> None:
        was_killed = bot.shared["kill_at"] and status == -signal.SIGKILL
        if was_killed:
            self.history.kills += 1
        elif not (bot.may_refuse and status == REFUSED):
            self.history.wrong.append(f"the bot ended by itself, with {status}")

    def die(self) -> None:
        """Go on without the bot that has ended: with a standby, or with nobody for a while."""
        if self.bot is not None:
            self.count(self.bot)
            look_into(self)
        self.bot, self.standby = self.standby, None
        self.history.is_down = self.bot is None
        self.asleep = self.chance.randint(0, 3)

    def count(self, bot: Running) -> None:
        """Add up what a process spent."""
        for name in SPENT:
            self.spent[name] = self.spent.get(name, 0) + bot.shared[name]

    async def end(self, number: int = signal.SIGKILL) -> None:
        """Kill the bot, or stop it well."""
        if not self.is_alive or self.bot is None:
            return
        bot = self.bot
        if number == signal.SIGKILL:
            self.history.kills += 1
        elif bot.is_frozen:
            os.kill(bot.pid, signal.SIGCONT)
        allowed = {0, REFUSED} if bot.may_refuse else {0}
        allowed |= {-signal.SIGKILL} if bot.shared["kill_at"] else set()
        has_begun = bot.shared["lives"] > 0
        status = await asyncio.to_thread(self.fork_server.kill, bot.pid, number)
        if number == signal.SIGTERM and has_begun and status not in allowed:
            self.history.wrong.append(f"SIGTERM ended the bot with {status}")
        self.die()

    async def end_standby(self) -> None:
        """End the second bot, if there is one."""
        second, self.standby = self.standby, None
        if second is not None:
            self.fork_server.kill(second.pid)
            self.count(second)

    async def follow(self) -> None:
        """Let a bot that lives follow what was given back, without a new connection."""
        await self.until(lambda: self.is_settled() and not self.rows(GAPS))
        if self.is_alive and (open_gaps := self.rows(GAPS)):
            self.history.wrong.append(f"gaps are not closed: {open_gaps}")
        await self.look_at_bytes()
        look_into(self)

    async def look_at_bytes(self) -> None:
        """Make sure that what is kept no more stands in no corner of the database's files."""
        if not await self.until(lambda: not self.rows(OWED)):
            return
        kept = {text for (text,) in self.rows(KEPT)}
        for number in numbers_in(self.folder) - numbers_of(kept):
            self.history.wrong.append(f"text {number} is kept no more and stands in the file")

    async def come_back(self) -> None:
        """Let the bot come back for good, catch up, settle and sweep; then stop it."""
        await self.end_standby()
        await self.end(signal.SIGTERM)
        self.start(last=True)
        self.history.is_down = False
        await self.until(lambda: self.shared["lives"] > 0 and self.is_settled())
        self.history.kept_before_sweep = self.kept_ids()
        self.shared["may_sweep"] = 1
        await self.until(lambda: self.shared["swept"] > 0 and self.is_settled())
        await self.until_quiet()
        await self.look_at_bytes()
        await self.end(signal.SIGTERM)

    async def until_quiet(self) -> None:
        """Wait until nothing was busy for a while, files and events included."""
        await asyncio.sleep(0.25)  # the watcher of files gathers changes for a moment
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < 10 and time.monotonic() < end:
            quiet = quiet + 1 if self.is_settled() else 0
            await asyncio.sleep(LOOK_AGAIN)

    async def until(self, holds: Any, patience: float = PATIENCE) -> bool:
        """Wait until something holds, while the bot can do something about it."""
        end = time.monotonic() + patience
        while not holds():
            if not self.can_act:
                return False
            if time.monotonic() > end:
                if patience == PATIENCE:
                    self.history.wrong.append("the bot did not come to rest")
                return False
            await asyncio.sleep(LOOK_AGAIN)
        return True

    def is_settled(self) -> bool:
        """Whether the bot has nothing to do."""
        shared = self.shared
        if shared["is_busy"] or shared["behind"]:
            return False
        rows = self.rows(UNFINISHED)
        counted = "publications" if self.essay.is_public else "channels where opened_at is not null"
        there = self.rows(f"select count(*) from {counted}")  # noqa: S608  # one of two
        return bool(rows and there and rows[0][0] == 0 and there[0][0] > 0)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query of the database finds."""
        return read(self.database, query, *values)

    def kept_ids(self) -> set[int]:
        """Return the ids of the messages that are kept."""
        return {row[0] for row in self.rows("select source_id from responses")}

    async def thread(self) -> Channel | None:
        """Return the essay's thread, if there is one."""
        threads = await self.remote.threads_in(self.channel)
        return threads[0] if threads else None

    async def messages(self) -> list[Message]:
        """Return what stands in the essay's thread."""
        thread = await self.thread()
        return await self.remote.messages_in(thread) if thread else []
