"""Plays a schedule: what the author, three readers and a moderator do, and what breaks."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox import Remote
from bot.sandbox.control.client.remote import ControlError
from tests.crash.author import Author
from tests.crash.faults import Faults
from tests.crash.invariants import look_into
from tests.crash.moderator import Moderator
from tests.crash.owners import Owners
from tests.crash.readers import HOLD, Readers
from tests.crash.rights import Rights

if TYPE_CHECKING:
    from tests.crash.scripts import Act

Refused = (ControlError, TimeoutError, aiohttp.ClientError)


class Player(Readers, Moderator, Author, Rights, Owners, Faults):
    """Plays one schedule; `history` is then what happened, to be compared with what is kept."""

    async def play(self) -> None:
        """Play it to the end: given back, caught up, swept, settled."""
        sandbox_pid, address = self.fork_server.start_sandbox(self.folder)
        try:
            async with Remote(address) as remote:
                await self.set_the_stage(remote, address)
                for kind, status, seconds, skip, times in self.schedule.faults:
                    await self.remote.fault(
                        kind, status=status, seconds=seconds, skip=skip, times=times
                    )
                self.start()
                for act in self.schedule.acts:
                    await self._live_on()
                    await self._do(act)
                await self.finish()
                await self.look()
        finally:
            self.let_go(self.holding)
            for process in (self.bot, self.standby, self.former):
                if process is not None:
                    self.fork_server.kill(process.pid)
            self.fork_server.kill(sandbox_pid)

    async def finish(self) -> None:
        """Give back and heal all, and let the bot follow: as it is, and after a last start."""
        self.let_go(self.holding)
        await self.remote.clear_faults()
        await self.end_others()
        await self.give_rights_back()
        with suppress(ControlError):
            await self._wake()
        if not self.schedule.stays_spoilt:
            await self._heal()
        if self.is_alive:
            await self.follow()
        await self.come_back()

    async def look(self) -> None:
        """Remember what Discord shows in the end."""
        history, remote = self.history, self.remote
        threads = await remote.threads_in(self.channel)
        history.threads = [thread.id for thread in threads]
        history.names = [thread.name for thread in threads]
        history.starters = await remote.messages_in(self.channel)
        history.messages = []
        for thread in threads:
            history.messages += await remote.messages_in(thread)
        log = await remote.get("requests", limit=0)
        history.unknown = log["unknown"]
        history.faults = await remote.happened()

    async def _live_on(self) -> None:
        """Start a bot that died, after readers have had some time without it."""
        if self.is_alive:
            return
        if self.asleep > 0:
            self.asleep -= 1
            if self.is_watched:  # the script says what happens meanwhile
                return
            reader = str(self.chance.randrange(3))
            verb = self.chance.choice(("say", "reply", "edit", "delete", "say"))
            await self._do((verb, reader, "0")[: 3 if verb == "reply" else 2])
            return
        self.start()
        self.history.is_down = False

    async def _do(self, act: Act) -> None:
        verb, *values = act
        self.history.acts[verb] += 1
        with suppress(*Refused):
            await getattr(self, f"_{verb}")(*values)

    async def _look_into(self) -> None:
        look_into(self)

    async def _settle(self) -> None:
        await asyncio.sleep(HOLD)
        await self.until(self.is_settled, self.patience)

    async def _kill(self, asleep: str = "") -> None:
        """Kill the bot, and let it sleep for so many acts, else for as many as chance has it."""
        await self.end()
        if self.bot is None:
            self.asleep = int(asleep) if asleep else self.asleep
            self.is_watched = bool(asleep)

    async def _stop(self) -> None:
        self.let_go(self.holding)
        await self.end(signal.SIGTERM)

    async def _wait_for_life(self) -> None:
        """Wait until the bot has caught up after its start, or after its connection was broken."""

        def has_caught_up() -> bool:
            bot = self.bot
            return bot is not None and bot.shared["lives"] > bot.lives and not bot.shared["is_busy"]

        await self.until(has_caught_up, self.patience)

    async def _see_sweep(self) -> None:
        """Wait until the bot, if it may, has swept since its connection was broken."""
        bot = self.bot
        if bot is not None and bot.shared["may_sweep"]:
            await self.until(lambda: bot.shared["swept"] > bot.swept, self.patience)

    async def _wait(self) -> None:
        await asyncio.sleep(5 * HOLD)

    async def _lose(self) -> None:
        """Lose the database while the threads are still there."""
        self.let_go(self.holding)
        await self._end_former()
        await self.end_standby()
        await self.end()
        messages = await self.messages()
        self.history.lose(messages)
        for path in self.folder.glob("afterword.db*"):
            path.unlink()
