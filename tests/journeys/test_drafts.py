"""Drafts: an answer that could not be kept is in its reader's form the next time."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.discussion.answering import reader_writes
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said
from tests.journeys.test_choices import agree, refuse
from tests.journeys.test_disk import HANDED_BACK, held, refusing

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from bot.sandbox import Answer, Form, Message

DRAFTS = "select text from drafts"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again after a moment, not after five seconds."""
    monkeypatch.setattr(reader_writes, "RETRY_SECONDS", 0.05)


@contextmanager
def refusing_all(stage: Stage) -> Iterator[None]:
    """Let every new response and every draft fail, as on a disk that is full."""
    with refusing(stage):
        with stage.writing() as db:
            db.execute(
                "create trigger no_drafts before insert on drafts "
                "begin select raise(abort, 'the disk refuses'); end"
            )
        yield
        with stage.writing() as db:
            db.execute("drop trigger no_drafts")


async def opened(stage: Stage, prompt: Message) -> Form:
    """Open the form of a prompt as Ada."""
    form = (await press(stage.ada, prompt, "answer")).modal
    assert form is not None
    return form


def entered(form: Form) -> str:
    """Return what stands in a form's field."""
    (value,) = [
        each["component"]["value"]
        for each in form.components
        if each.get("component", {}).get("custom_id") == "text" and "value" in each["component"]
    ] or [""]
    return str(value)


async def test_what_could_not_be_kept_is_in_the_form_after_a_restart(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing(stage):
        _, told = await stage.answer(stage.ada, prompt, "The tickets.")
        assert told.startswith(HANDED_BACK)
        await stage.until_rows(DRAFTS)
    await stage.restart()
    form = await opened(stage, prompt)
    assert entered(form) == "The tickets."
    first, second = form.text.splitlines()
    assert first == KEEPS
    assert second.startswith("-# Your draft from <t:")
    bora = (await press(stage.bora, prompt, "answer")).modal
    assert bora is not None
    assert entered(bora) == ""
    await stage.ada.submit(form)
    await stage.until_kept("The tickets.")
    assert stage.rows(DRAFTS) == []
    again = await opened(stage, prompt)
    assert again.text == KEEPS


async def test_while_the_disk_refuses_the_draft_is_in_the_form_all_the_same(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing_all(stage):
        await stage.answer(stage.ada, prompt, "The tickets.")
        assert entered(await opened(stage, prompt)) == "The tickets."
        assert stage.rows(DRAFTS) == []
    await stage.until_rows(DRAFTS)
    assert entered(await opened(stage, prompt)) == "The tickets."


async def test_a_database_that_is_held_takes_the_draft_when_it_is_free(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    form = await opened(stage, prompt)
    with held(stage):
        told = said(await stage.ada.submit(form, {"text": "The tickets."}))
        assert told.startswith(HANDED_BACK)
    await stage.until_rows(DRAFTS)
    assert stage.kept() == {}


async def test_what_is_kept_at_the_second_try_leaves_no_draft_behind(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing_all(stage):
        await stage.answer(stage.ada, prompt, "The tickets.")
        with stage.writing() as db:
            db.execute("drop trigger refused")
        await stage.answer(stage.ada, prompt, "The stamps.")
        with stage.writing() as db:
            db.execute("create trigger refused before insert on responses begin select 1; end")
    await stage.until_kept("The stamps.")
    await stage.rounds.run()
    assert stage.rows(DRAFTS) == []
    assert entered(await opened(stage, prompt)) == "The stamps."


async def test_a_bot_that_is_stopped_tries_a_last_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_writes, "RETRY_SECONDS", 3600.0)
    prompt = await stage.prompt(await stage.publish())
    with refusing_all(stage):
        await stage.answer(stage.ada, prompt, "The tickets.")
        assert stage.rows(DRAFTS) == []
    await stage.stop()
    assert stage.rows(DRAFTS) == [("The tickets.",)]


async def test_a_bot_that_is_stopped_while_the_disk_refuses_ends_and_loses_the_draft_alone(
    stage: Stage,
) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing_all(stage):
        _, told = await stage.answer(stage.ada, prompt, "The tickets.")
        await stage.stop()
    assert told.endswith("```\nThe tickets.\n```")  # its reader has it
    await stage.start()
    assert entered(await opened(stage, prompt)) == ""


async def test_an_answer_to_a_question_that_is_gone_is_a_draft(stage: Stage) -> None:
    thread = await stage.publish()
    form = await opened(stage, await stage.prompt(thread))
    await stage.mo.delete_thread(thread)
    await stage.until_rows("select 1 from threads where deleted_at is not null")
    told = said(await stage.ada.submit(form, {"text": "The tickets."}))
    assert told.endswith("```\nThe tickets.\n```")
    await stage.until_rows(DRAFTS)


async def test_who_deletes_everything_has_no_draft(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    await stage.answer(stage.ada, prompt, "The tickets.")
    with refusing(stage, "update"):
        await stage.answer(stage.ada, prompt, "The stamps.")
        await stage.until_rows(DRAFTS)
    page = await stage.ada.command(stage.text, "privacy")
    sure = await stage.ada.click(message_of(page), label="Delete mine here")
    await stage.ada.click(message_of(sure), label="Delete mine here")
    await stage.until_kept()
    await stage.sandbox.until(lambda: stage.rows(DRAFTS) == [])


async def test_who_refuses_has_no_draft_left_even_after_a_yes(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing_all(stage):
        await stage.answer(stage.ada, prompt, "The tickets.")
        assert entered(await opened(stage, prompt)) == "The tickets."
        await refuse(stage, stage.ada)
        await agree(stage, stage.ada)
    assert entered(await opened(stage, prompt)) == ""
    assert stage.rows(DRAFTS) == []


@pytest.mark.parametrize("way", ["withdraw", "erase", "here", "everywhere"])
async def test_what_is_deleted_while_a_change_of_it_fails_does_not_come_back(
    stage: Stage, way: str
) -> None:
    prompt = await stage.prompt(thread := await stage.publish())
    await stage.answer(stage.ada, prompt, "The tickets.")
    shown = await stage.shown(thread, "The tickets.")
    deleting = await ready_to_delete(stage, shown, way)
    form = await opened(stage, prompt)
    with held(stage):
        changing = asyncio.create_task(stage.ada.submit(form, {"text": "The stamps."}))
        await stage.sandbox.until(lambda: stage.bot.discussion.answering.writes._pending)
        asked = asyncio.create_task(deleting())
        told = said(await changing)
        assert told.startswith(HANDED_BACK)
    await asked
    await stage.until_kept()
    await stage.stop()  # which tries a last time
    assert stage.rows(DRAFTS) == []
    await stage.start()
    assert entered(await opened(stage, prompt)) == ""


async def ready_to_delete(
    stage: Stage, shown: Message, way: str
) -> Callable[[], Coroutine[object, object, Answer]]:
    """Return the last click with which Ada deletes what she answered."""
    if way == "withdraw":
        return lambda: press(stage.ada, shown, "withdraw")
    page = message_of(await stage.ada.command(stage.text, "privacy"))
    if way == "erase":
        page = message_of(await press(stage.ada, page, "mine"))
        (response,) = stage.rows("select id from responses")[0]
        menu = custom_id(page, "choose-mine")
        assert menu is not None
        page = message_of(await stage.ada.select(page, [str(response)], custom_id=menu))
        return lambda: stage.ada.click(page, label="Delete it")
    label = f"Delete mine {way}"
    page = message_of(await stage.ada.click(page, label=label))
    return lambda: stage.ada.click(page, label=label)
