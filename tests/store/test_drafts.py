"""Drafts: what could not be kept waits for its reader, and for nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.store.file import scrubbing
from bot.store.responses import answers, drafts, refusals
from bot.store.responses.answer_forms import get_form
from bot.store.responses.collected import ThreadDeleted
from bot.store.responses.drafts import Draft
from tests.store.conftest import GUILD

MINUTE = timedelta(minutes=1)


def save(
    world: Any, text: str = "A draft", source: int = 9000, at: datetime | None = None, **how: Any
) -> bool:
    answer = world.message(source, text, reader=how.get("reader", 500))
    given = answer._replace(created_at=at or world.now)
    return drafts.save(world.db, given, how.get("prompt", world.first.prompts[0]))


def found(world: Any) -> Draft | None:
    return drafts.get_draft(world.db, world.first.prompts[0], 500)


def test_a_draft_is_in_its_readers_form_and_in_nobody_elses(world: Any) -> None:
    assert save(world)
    prompt = world.first.prompts[0]
    form = get_form(world.db, prompt, 500)
    assert form is not None
    assert form.draft == Draft("A draft", world.now)
    for prompt_id, reader in ((prompt, 501), (world.first.prompts[1], 500)):
        other = get_form(world.db, prompt_id, reader)
        assert other is not None
        assert other.draft is None


def test_the_newest_draft_counts(world: Any) -> None:
    save(world, "One", at=world.now + MINUTE)
    save(world, "Two", 9001, at=world.now + 2 * MINUTE)
    save(world, "Late", 9002, at=world.now)
    assert found(world) == Draft("Two", world.now + 2 * MINUTE)


@pytest.mark.parametrize("act", ["keep", "withdraw", "forget"])
def test_a_draft_goes_when_an_answer_is_kept_or_withdrawn(world: Any, act: str) -> None:
    later = world.now + 2 * MINUTE
    response = world.answer() if act == "withdraw" else 0
    save(world, source=9001, at=world.now + MINUTE)
    assert found(world) is not None
    if act == "keep":
        world.answer(9002, "Kept", at=later)
    elif act == "withdraw":
        answers.withdraw(world.db, response, 500, later)
    else:
        answers.forget_reader(world.db, 500, GUILD, later)
    assert found(world) is None
    assert scrubbing.debt(world.db) is not None


def test_what_was_taken_or_followed_or_withdrawn_is_no_draft(world: Any) -> None:
    response = world.answer(9000, at=world.now + MINUTE)
    assert not save(world, source=9000)
    assert not save(world, source=9001, at=world.now)
    answers.withdraw(world.db, response, 500, world.now + 2 * MINUTE)
    assert not save(world, source=9000)
    assert found(world) is None


def test_there_is_no_draft_for_a_question_that_never_was(world: Any) -> None:
    assert not save(world, prompt=77)


def test_a_draft_stays_when_the_thread_is_gone(world: Any) -> None:
    world.collect(ThreadDeleted(world.first.thread))
    assert world.answer(9000) is None
    assert save(world, source=9000)


def test_who_refused_has_no_draft(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "refuses", lambda *_: True)
    assert not save(world)
    assert world.db.table("drafts").count == 0


def test_an_old_draft_goes(world: Any) -> None:
    save(world)
    drafts.expire(world.db, world.now + drafts.AGE)
    assert found(world) is not None
    drafts.expire(world.db, world.now + drafts.AGE + MINUTE)
    assert found(world) is None
    assert scrubbing.debt(world.db) is not None
