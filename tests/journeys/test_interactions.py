"""An interaction counts once and comes to its end, whether or not its reader can be told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox.control.client.connection import ControlError
from bot.sandbox.state.permissions import EVERYONE, Permission
from tests.journeys.stage import KEEPS, Stage, message_of, press, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox import Channel

CALLBACK = "/callback$"


@pytest.fixture(autouse=True)
def no_fault_of_ours_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    records = caplog.get_records("call")
    assert [one.getMessage() for one in records if one.levelno >= logging.ERROR] == []


async def test_a_submit_that_comes_again_brings_a_withdrawn_answer_not_back(stage: Stage) -> None:
    thread = await stage.publish()
    done, _ = await stage.answer(stage.ada, await stage.prompt(thread), "The tickets.")
    shown = await stage.shown(thread, "The tickets.")
    await press(stage.ada, shown, "withdraw")
    await stage.sandbox.deliver_again(done)
    await stage.say_until_kept(stage.bora, thread, "Afterwards.")
    assert not [each for each in await stage.bot_says(thread) if "tickets" in each.content]


async def test_an_older_submit_overwrites_no_newer_one(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    first, _ = await stage.answer(stage.ada, prompt, "The first.")
    second, _ = await stage.answer(stage.ada, prompt, "The second.")
    for answer in (first, second, first):
        await stage.sandbox.deliver_again(answer)
    await stage.bora.say(thread, "Afterwards.")
    await stage.until_kept("The second.", "Afterwards.")
    await stage.shown(thread, "The second.")
    consents = stage.rows("select count(*) from consents")
    assert consents == [(1,)]


@pytest.mark.parametrize("code", [10062, 40060, 10015, 50027])
async def test_an_answer_whose_reader_cannot_be_told_is_kept_and_shown(
    stage: Stage, code: int
) -> None:
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.sandbox.refuse(code, method="POST", path=CALLBACK, times=5)
    await stage.ada.submit(opened, {"text": "The tickets."})
    await stage.shown(thread, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}


@pytest.mark.parametrize("kind", ["drop_after_commit", "error_before_commit"])
async def test_a_line_that_breaks_at_the_callback_costs_neither_the_answer_nor_its_showing(
    stage: Stage, kind: str
) -> None:
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.sandbox.fault(kind, method="POST", path=CALLBACK, status=503)
    done = await stage.ada.submit(opened, {"text": "The tickets."})
    await stage.shown(thread, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}
    assert said(done) == "Kept for the author, and shown in the thread."


async def test_a_withdrawal_whose_reader_cannot_be_told_is_done_in_public_too(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.sandbox.refuse(10062, method="POST", path=CALLBACK, times=5)
    await stage.ada.click(shown, label="Withdraw")
    await stage.sandbox.until(lambda: stage.kept() == {})
    await stage.until_hidden(thread, "tickets")


async def test_delete_mine_whose_reader_cannot_be_told_is_done_in_public_too(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.show_answer(stage.ada, thread, "The tickets.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    await stage.sandbox.refuse(10062, method="POST", path=CALLBACK, times=5)
    await stage.ada.click(sure, label="Delete mine here")
    await stage.until_hidden(thread, "tickets")
    assert stage.rows("select text from responses") == []


@pytest.mark.parametrize("client", ["desktop", "web"])
async def test_an_answer_in_a_thread_that_sleeps_is_kept_and_shown(
    stage: Stage, client: str
) -> None:
    thread = await stage.publish()
    await stage.put_to_sleep(thread)
    await stage.ada.use_client(client)
    await stage.show_answer(stage.ada, thread, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}


def is_closed(stage: Stage, thread: Channel) -> bool:
    """Return whether the bot knows that a thread is locked and sleeps."""
    known = stage.bot.get_channel(thread.id)
    return known is None or (isinstance(known, discord.Thread) and known.locked and known.archived)


async def test_what_was_entered_is_kept_though_its_thread_was_locked_and_put_to_sleep_meanwhile(
    stage: Stage,
) -> None:
    """Discord then takes no answer (docs/discord-facts.md#answers-in-archived-threads)."""
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.mo.lock(thread)
    await stage.put_to_sleep(thread)
    await stage.sandbox.until(lambda: is_closed(stage, thread))
    await stage.ada.submit(opened, {"text": "The tickets."})
    await stage.until_kept("The tickets.")
    assert not [each for each in await stage.bot_says(thread) if "tickets" in each.content]


async def test_a_press_that_never_comes_has_a_way_round_through_the_card(stage: Stage) -> None:
    """Web and phone wake a thread first (docs/discord-facts.md#presses-in-archived-threads)."""
    thread, prompt = await stage.publish_and_ask()
    await stage.put_to_sleep(thread)
    sends = int(Permission.SEND_MESSAGES_IN_THREADS)
    await stage.sandbox.permit(stage.guild, stage.guild, int(EVERYONE) & ~sends)
    await stage.ada.use_client("web")
    with pytest.raises(ControlError, match="50013"):
        await stage.ada.click(prompt, label="Answer")
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    assert "Answer" in card.buttons
    opened = await press(stage.ada, card, "answer")
    told = said(await stage.ada.submit(opened, {"text": "The tickets."}))
    assert told == "Kept for the author, but not shown: you may not write in this thread."
    assert stage.kept() == {"The tickets.": KEEPS}


async def test_buttons_under_an_answer_work_in_a_thread_that_sleeps_locked(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.mo.lock(thread)
    await stage.put_to_sleep(thread)
    await stage.ada.use_client("desktop")
    await stage.ada.click(shown, label="Withdraw")
    await stage.sandbox.until(lambda: stage.kept() == {})


@pytest.mark.parametrize("times", [6, 10])
async def test_an_answer_is_no_fault_of_ours_while_discord_takes_no_more_requests(
    stage: Stage, times: int
) -> None:
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.sandbox.fault(
        "rate_limit", method="POST", path=CALLBACK, times=times, seconds=0.001
    )
    done = await stage.ada.submit(opened, {"text": "The tickets."})
    await stage.shown(thread, "The tickets.")
    if times < 10:  # discord.py tries five times, and we do so twice
        assert said(done).startswith("Kept for the author, and shown")
    await stage.sandbox.clear_faults()
