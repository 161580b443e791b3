"""Processes that want the same database: a standby, a second run, an owner that was stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import time

from bot.store.file.owner import lock_path
from tests.crash.lifecycle import LOOK_AGAIN, PATIENCE, REFUSED, Lifecycle, Running


class Owners(Lifecycle):
    """Starts seconds, stops owners and lets them go on.

    Attributes:
        former: An owner that was stopped and replaced meanwhile.
    """

    former: Running | None = None

    async def _standby(self) -> None:
        """Start a bot that waits until the owner ends."""
        if self.standby is None and await self._has_owner():
            self.standby = self.launch(may_sweep=not self.schedule.sweeps_late, standby=True)

    async def _second(self) -> None:
        """Start a second bot, as if the first were forgotten: it is refused.

        If the owner was stopped and its lock file is gone, the second one owns the database.
        """
        if not await self._has_owner() or self.bot is None:
            return
        is_free = not lock_path(self.database).exists()
        second = self.launch(may_sweep=not self.schedule.sweeps_late)
        second.may_refuse = True  # the one that is stopped may hold a transaction open
        if not is_free:
            status = await self._status(second)
            if status == REFUSED:
                self.count(second)
            elif status is None and (ended := await self._status(self.bot)) is not None:
                if ended != REFUSED:  # else a fault had ended it, and it came too late to go on
                    self._ended_by_itself(self.bot, ended)
                self.count(self.bot)
                self.bot = second
            else:
                self.history.wrong.append(f"a second bot ended with {status}")
            return
        await self._end_former()
        self.former, self.bot = self.bot, second
        await self.until(lambda: second.shared["is_owner"], PATIENCE)

    async def _freeze(self, unlinked: str = "") -> None:
        """Stop the owner; its lock file may be removed meanwhile."""
        if self.bot is None or not self.can_act:
            return
        os.kill(self.bot.pid, signal.SIGSTOP)
        self.bot.is_frozen = True
        if unlinked:
            self.bot.may_refuse = True
            lock_path(self.database).unlink(missing_ok=True)

    async def _thaw(self) -> None:
        """Let who was stopped go on; one that was replaced meanwhile ends."""
        if self.former is not None:
            former = self.former
            os.kill(former.pid, signal.SIGCONT)
            status = await self._status(former)
            self.former = None
            self.count(former)
            if status != REFUSED:
                self.history.wrong.append(f"an owner that was replaced ended with {status}")
        elif self.bot is not None and self.bot.is_frozen:
            os.kill(self.bot.pid, signal.SIGCONT)
            self.bot.is_frozen = False

    async def _see_standby(self) -> None:
        """Wait until the second has taken over."""
        await self.until(lambda: self.shared["lives"] > 0)

    async def end_others(self) -> None:
        """Let the owner go on, and end whoever is not it."""
        await self._end_former()
        await self._thaw()
        await self.end_standby()

    async def _end_former(self) -> None:
        if self.former is not None:
            self.fork_server.kill(self.former.pid)
            self.count(self.former)
            self.former = None

    async def _has_owner(self) -> bool:
        """Wait until the bot owns the database; return whether it does."""
        await self.until(lambda: self.shared["is_owner"], self.patience)
        return self.is_alive and bool(self.shared["is_owner"])

    async def _status(self, process: Running) -> int | None:
        """Wait for the end of a process that should end by itself; return how it ended.

        None if it owns the database instead.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status = self.fork_server.status(process.pid)
            if status is not None:
                return status
            if process is not self.former and process.shared["lives"] > 0:
                return None
            await asyncio.sleep(LOOK_AGAIN)
        return self.fork_server.kill(process.pid)
