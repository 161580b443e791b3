import asyncio

from bot.discussion import background
from bot.discussion.background import RetriedTask


class Attempts:
    """Attempts that are let through one by one, each with its outcome."""

    def __init__(self) -> None:
        self.begun = 0
        self.outcomes: asyncio.Queue[bool] = asyncio.Queue()

    async def __call__(self) -> bool:
        self.begun += 1
        return await self.outcomes.get()

    def succeed(self) -> None:
        self.outcomes.put_nowait(item=True)

    def fail(self) -> None:
        self.outcomes.put_nowait(item=False)


async def rest() -> None:
    """Let every task run as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


def tasks() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name() == "again"]


async def test_what_succeeds_is_attempted_once_and_leaves_no_task() -> None:
    attempts = Attempts()
    again = RetriedTask(attempts, "again")
    again.wake()
    attempts.succeed()
    await rest()
    assert attempts.begun == 1
    assert tasks() == []


async def test_what_is_woken_during_an_attempt_is_attempted_once_more() -> None:
    attempts = Attempts()
    again = RetriedTask(attempts, "again")
    again.wake()
    await rest()
    again.wake()
    again.wake()
    attempts.succeed()
    attempts.succeed()
    await rest()
    assert attempts.begun == 2
    assert tasks() == []


async def test_what_is_woken_during_a_pause_is_attempted_at_once() -> None:
    attempts = Attempts()
    again = RetriedTask(attempts, "again")
    again.wake()
    attempts.fail()
    await rest()
    assert (attempts.begun, len(tasks())) == (1, 1)
    again.wake()
    attempts.succeed()
    await rest()
    assert attempts.begun == 2
    assert tasks() == []


async def test_what_fails_is_attempted_again_without_being_woken() -> None:
    pause, background.FIRST_PAUSE = background.FIRST_PAUSE, 0.0
    try:
        attempts = Attempts()
        RetriedTask(attempts, "again").wake()
        attempts.fail()
        attempts.fail()
        attempts.succeed()
        await rest()
        await rest()
        assert attempts.begun == 3
        assert tasks() == []
    finally:
        background.FIRST_PAUSE = pause


async def test_what_is_cancelled_stops() -> None:
    attempts = Attempts()
    again = RetriedTask(attempts, "again")
    again.wake()
    await rest()
    again.cancel()
    await rest()
    assert tasks() == []
