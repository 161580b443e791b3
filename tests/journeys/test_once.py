"""What goes wrong with one thing that the bot sends on its own does not stop the others."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import discord
import pytest

from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.once import Attempts
from bot.endpoint import UncertainError
from tests.journeys.test_review import ONE, answer, set_guild, told, until_told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.journeys.stage import Stage


def a_client() -> discord.Client:
    """Return a client that is not closed."""
    return discord.Client(intents=discord.Intents.none())


def failing(error: Exception) -> Callable[[], Awaitable[str]]:
    """Return work that fails."""

    async def work() -> str:
        raise error

    return work


async def done() -> str:
    """Work that is done."""
    return "done"


@pytest.mark.parametrize(
    "error", [LookupError(), NotShownError(), UncertainError(), TimeoutError()]
)
async def test_a_failed_attempt_is_made_again_at_once(error: Exception) -> None:
    attempts = Attempts(a_client())
    assert await attempts.attempt(1, "a test", failing(error)) is None
    assert not attempts.pauses(1)
    assert await attempts.attempt(2, "a test", done) == "done"


async def test_a_database_that_fails_stops_the_round() -> None:
    with pytest.raises(sqlite3.Error):
        await Attempts(a_client()).attempt(1, "a test", failing(sqlite3.Error()))


async def test_a_message_in_doubt_that_somebody_deleted_is_not_sent_again(
    stage: Stage,
) -> None:
    await stage.publish()
    desk = await stage.sandbox.channel(stage.guild, "desk")
    set_guild(stage, approval=1, notices_channel_id=desk.id)
    await answer(stage, stage.ada, "One.")
    message = await until_told(stage, desk, ONE)
    await stage.stop()
    with stage.writing() as db:
        db.execute("update review_notices set message_id = null, told = ''")
    await stage.mo.delete(message)
    await stage.start()
    await stage.until_rows("select 1 from review_notices where deleted_at is not null")
    await stage.rounds.run()
    assert await told(stage, desk) == []
    await answer(stage, stage.bora, "Two.")
    await until_told(stage, desk, "**2 answers wait")
