"""A sandbox in this process and a bot in another, for tests that inspect the sandbox."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.crash.invariants import read
from tests.crash.shared_state import SharedState

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, Guild, Person, Sandbox
    from tests.crash.fork_server import ForkServer


@dataclass
class Harness:
    """A sandbox in this process, and a bot in another."""

    fork_server: ForkServer
    sandbox: Sandbox
    guild: Guild
    channel: Channel
    ada: Person
    folder: Path
    settings: dict[str, str]
    pid: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "afterword.db"

    async def start(self) -> Channel:
        """Start the bot; return the essay's thread once everything stands in it."""
        self.wake(may_sweep=True)

        async def thread() -> Channel | None:
            settled = self.rows("select 1 from publications where settled <> ''")
            threads = await self.sandbox.threads_in(self.channel)
            return threads[0] if settled and threads else None

        started: Channel = await self.sandbox.until(thread)
        return started

    def wake(self, *, may_sweep: bool) -> SharedState:
        """Start the bot; return its shared."""
        shared = SharedState(self.folder / "shared")
        shared["may_sweep"], shared["is_busy"] = int(may_sweep), 1
        self.pid = self.fork_server.start_bot(folder=str(self.folder), settings=self.settings)
        return shared

    async def end(self, number: int) -> int:
        """End the bot while the sandbox goes on, so that it can say goodbye."""
        return await asyncio.to_thread(self.fork_server.kill, self.pid, number)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return read(self.database, query)

    def kept(self) -> list[str]:
        return [row[0] for row in self.rows("select text from responses order by text")]

    async def until_kept(self, *texts: str) -> None:
        """Wait until exactly these texts are kept."""
        await self.sandbox.until(lambda: self.kept() == sorted(texts))

    async def killed_with(self, text: str) -> Channel:
        """Start the bot, let it keep what Ada says, and kill it; return the essay's thread."""
        thread = await self.start()
        await self.ada.say(thread, text)
        await self.until_kept(text)
        await self.end(signal.SIGKILL)
        return thread

    def log(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    async def until_log(self, words: str) -> None:
        await self.sandbox.until(lambda: words in self.log())
