"""The bot process of the crash tests: the real `afterword run`, with shorter waits.

What differs from production, and nothing else:

- it dies at a numbered boundary, and a sweep waits until the player lets it;
- discord.py's own sleeps between retries and reconnections take a fiftieth of their time;
- pauses of ours are short: the collector's and a reader's retry, the minute tick, restart, standby,
  catching up again, sweep, second look, the time that a request may be on its way, scrub;
- a locked file, a reader's write and an interaction's answer are waited for one second instead of
  five, two and three, in the same order; a reader's write is given up after a second instead of
  thirteen minutes;
- five messages out of sight are many, not twenty-five;
- the folder's path is compared ten times a second, not twice.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord.client
import discord.http
import discord.webhook.async_

from bot import app, endpoint
from bot.blog.files import watching
from bot.cli import run
from bot.client import AfterwordBot
from bot.core.errors import AfterwordError
from bot.discussion import background
from bot.discussion.answering import answers, reader_writes
from bot.discussion.collecting import backfill, catch_up, deletion_checks, sweep
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.publishing import publisher
from bot.discussion.scheduling import rounds
from bot.discussion.scheduling.schedule import Schedule
from bot.settings import Settings
from bot.store.file import database, scrubbing
from bot.store.responses import batch_writer
from bot.store.store import Store
from tests.crash.protections import replace, switch_off
from tests.crash.shared_state import SharedState

if TYPE_CHECKING:
    from collections.abc import Iterator

READY = 0.03
"""Seconds after the last guild until READY; Discord's two seconds would be most of a life."""

HASTE = 0.02
"""What discord.py's sleeps are multiplied with."""

ANSWER_SECONDS = 1.0
TICK = 0.1

ARRIVAL = 0.4
"""Seconds that a request may be on its way; the late ones of a schedule take less."""

PROMPT = 0.4
"""Seconds until a reader is told that something is not written yet."""

GLANCE = 0.005

log = logging.getLogger(__name__)
_purpose: ContextVar[str] = ContextVar("purpose", default="publishing")


class _Hasty:
    """The asyncio module as three modules of discord.py see it: with short sleeps."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, delay: float, result: object = None) -> object:
        return await asyncio.sleep(delay * HASTE, result)


def live(
    *,
    folder: str,
    settings: dict[str, Any],
    without: str | None = None,
    shared: str = "shared",
    standby: bool = False,
) -> int:
    """Run the bot until it is told to stop, or dies; return its exit status.

    Args:
        folder: Where the shared state is, and the log.
        settings: For `bot.settings.Settings`.
        without: A protection that is switched off (see `tests.crash.protections`).
        shared: The name of the shared state's file.
        standby: Wait while another process owns the database.
    """
    place = Path(folder)
    logging.basicConfig(
        filename=place / "bot.log",
        level=logging.INFO,
        force=True,
        format="%(relativeCreated)8d %(process)d %(name)s %(message)s",
    )
    logging.getLogger("discord").setLevel(logging.WARNING)
    numbers = SharedState(place / shared)
    _hurry()
    _watch_boundaries(numbers)
    if without is not None:
        switch_off(without)
    _watch_reading(numbers)
    _wait_for_leave(numbers)
    chosen = Settings(**settings, _env_file=None)
    try:
        asyncio.run(_serve(numbers, chosen, standby=standby))
    except AfterwordError as error:
        log.error("%s", error)  # its sentence says all
        return 2
    return 0


async def _serve(shared: SharedState, settings: Settings, *, standby: bool) -> None:
    bots: list[AfterwordBot] = []

    def create(settings: Settings) -> AfterwordBot:
        bot = app.create_bot(settings)
        bot._connection.guild_ready_timeout = READY
        bots[:] = [bot]
        return bot

    replace(run, "create_bot", create)
    glancing = asyncio.create_task(_glance(shared, bots))
    try:
        await run.serve(settings, settings.read_token(), standby=standby)
    finally:
        glancing.cancel()


async def _glance(shared: SharedState, bots: list[AfterwordBot]) -> None:
    """Keep the shared state up to date with what the bot is doing."""
    while True:
        if bots:
            bot = bots[0]
            locks = [*bot.discussion.publisher._locks.values(), bot.discussion.schedule._running]
            is_busy = (
                any(lock.locked() for lock in locks) or not bot.discussion.collector.writer.is_idle
            )
            is_busy |= bool(bot.discussion.answering.writes._pending)
            shared["is_busy"] = int(is_busy or not bot.is_ready())
            shared["behind"] = len(bot.discussion.collector.tracked.behind)
            shared["is_owner"] = int(bot.store.is_open)
        await asyncio.sleep(GLANCE)


def _hurry() -> None:
    for module in (discord.client, discord.http, discord.webhook.async_):
        replace(module, "asyncio", _Hasty())

    async def at_once(_self: Any, _shard: int | None, *, initial: bool = False) -> None:
        del initial

    replace(discord.Client, "before_identify_hook", at_once)  # five seconds
    replace(endpoint, "ANSWER_SECONDS", ANSWER_SECONDS)
    replace(batch_writer, "RETRY_SECONDS", TICK)
    replace(database, "BUSY_SECONDS", 0.8)
    replace(sweep, "PAUSE", 0.0)
    replace(background, "FIRST_PAUSE", TICK)
    replace(background, "LONGEST_PAUSE", 4 * TICK)
    replace(publisher, "ARRIVAL_SECONDS", ARRIVAL)
    replace(answers, "ANSWER_SECONDS", 2 * PROMPT)
    replace(reader_writes, "PROMPT_SECONDS", PROMPT)
    replace(reader_writes, "RETRY_SECONDS", TICK)
    replace(reader_writes, "GIVE_UP_SECONDS", 1.0)
    replace(reader_writes, "FAREWELL_SECONDS", 1.0)
    replace(deletion_checks, "MAX_FIRST_CHECK", 5)
    replace(deletion_checks, "SECOND_CHECK", timedelta(seconds=TICK))
    replace(backfill, "SOON", GLANCE)
    replace(scrubbing, "SCRUB_AFTER", timedelta(seconds=4 * TICK))
    replace(watching, "AWAKE_MILLISECONDS", 100)
    replace(run, "PAUSES", (0.05, 0.1, 0.2))
    replace(run, "STANDBY_SECONDS", TICK / 2)
    load = AfterwordBot.load_extension

    async def loaded(self: AfterwordBot, name: str, *, package: str | None = None) -> None:
        await load(self, name, package=package)
        if name.endswith("publishing"):
            cog: Any = self.get_cog("Publishing")
            cog.rounds.tick.change_interval(seconds=TICK)

    replace(AfterwordBot, "load_extension", loaded)


def _watch_boundaries(shared: SharedState) -> None:
    """Die before or after each transaction and each request; count requests by their purpose."""
    write: Any = Store.write
    for_signs = (rounds.sign_of_life,)

    async def written(self: Store, function: Any, *args: Any, **kwargs: Any) -> Any:
        if function in for_signs:  # each tick leaves one: they would hide the steps
            return await write(self, function, *args, **kwargs)
        shared.pass_boundary()
        result = await write(self, function, *args, **kwargs)
        shared.pass_boundary()
        return result

    replace(Store, "write", written)
    for owner in (discord.http.HTTPClient, discord.webhook.async_.AsyncWebhookAdapter):
        replace(owner, "request", _watched(getattr(owner, "request"), shared))  # noqa: B009  # two classes


def _watched(request: Any, shared: SharedState) -> Any:
    async def requested(*args: Any, **kwargs: Any) -> Any:
        shared.pass_boundary()
        shared.count(_purpose.get())
        result = await request(*args, **kwargs)
        shared.pass_boundary()
        return result

    return requested


@contextmanager
def _spent_on(purpose: str) -> Iterator[None]:
    """Count the requests that are made meanwhile under a purpose."""
    token = _purpose.set(purpose)
    try:
        yield
    finally:
        _purpose.reset(token)


def _watch_reading(shared: SharedState) -> None:
    read = catch_up.catch_up

    async def catching_up(*args: Any, **kwargs: Any) -> int:
        try:
            with _spent_on("catching_up"):
                return await read(*args, **kwargs)
        finally:
            shared.count("lives")

    replace(catch_up, "catch_up", catching_up)
    started = Schedule.run

    async def running(self: Schedule) -> None:
        with _spent_on("publishing"):
            await started(self)

    replace(Schedule, "run", running)


def _wait_for_leave(shared: SharedState) -> None:
    sweeps = Sweeper.run

    async def sweeping(self: Sweeper) -> bool:
        while not shared["may_sweep"]:  # noqa: ASYNC110  # the player is another process
            await asyncio.sleep(GLANCE)
        with _spent_on("sweeping"):
            is_done = await sweeps(self)
        shared["swept"] += int(is_done)
        return is_done

    replace(Sweeper, "run", sweeping)
