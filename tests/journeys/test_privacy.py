"""`/privacy`: how each response stands, what a deletion does, and when it is done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.discussion.answering import reader_writes
from bot.discussion.scheduling import retention
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said
from tests.store import erasure

if TYPE_CHECKING:
    from bot.sandbox import Answer, Message, Person

DONE = "It has left the file, its log, its index and the copies beside it."


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again after a moment, not after five seconds."""
    monkeypatch.setattr(reader_writes, "RETRY_SECONDS", 0.05)


async def privacy(stage: Stage, who: Person) -> Message:
    return message_of(await who.command(stage.text, "privacy"))


async def listed(stage: Stage, who: Person) -> Message:
    return message_of(await who.click(await privacy(stage, who), label="See each of them"))


async def delete_all(stage: Stage, who: Person, label: str = "Delete mine everywhere") -> Answer:
    sure = message_of(await who.click(await privacy(stage, who), label=label))
    return await who.click(sure, label=label)


async def until_done(stage: Stage, answer: Answer) -> None:
    await stage.sandbox.until(lambda: DONE in said(answer))


def states(page: Message) -> dict[str, str]:
    """Return the line under each quoted text."""
    lines = page.content.splitlines()
    return {lines[at][2:]: lines[at + 1] for at in range(len(lines)) if lines[at][:2] == "> "}


async def test_each_response_is_listed_with_how_it_stands_and_where(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    message = await stage.ada.say(thread, "A message.")
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.until_kept("A message.", "The tickets.")
    page = await listed(stage, stage.ada)
    assert page.ephemeral
    assert f"-# {KEEPS}" in page.content
    found = states(page)
    assert "kept, a message in the thread" in found["A message."]
    assert f"/{thread.id}/{message.id})" in found["A message."]
    assert "kept, shown in the thread" in found["The tickets."]
    assert f"/{thread.id}/{shown.id})" in found["The tickets."]
    await stage.answer(stage.ada, prompt, "The tickets.", show=False, quote=True)
    await stage.sandbox.until(
        lambda: not stage.rows("select 1 from messages where kind = 'answer'")
    )
    answer = states(await listed(stage, stage.ada))["The tickets."]
    assert "kept, not shown in the thread" in answer
    assert "may be published on the blog with your name" in answer
    assert "https://" not in answer


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ("update responses set review = 'waiting'", "kept, waits for a moderator"),
        ("update responses set review = 'declined'", "kept, not shown: a moderator declined it"),
        ("update responses set hidden_at = '2026-01-01'", "kept, hidden by a moderator"),
        (
            "update responses set sealed = 1; "  # noqa: ISC004  # one script
            "update prompts set sealed_until = '2999-01-01T00:00:00.000+00:00'",
            "kept, shown with all others <t:32472144000:f>",
        ),
        ("update consents set named = 0", "may be published on the blog without your name"),
        ("update consents set granted = 0", "kept, shown in the thread · [↗]"),
    ],
)
async def test_what_moderators_decided_is_said(stage: Stage, change: str, said_of_it: str) -> None:
    _, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "The tickets.", quote=True)
    await stage.until_rows("select 1 from messages where kind = 'answer' and message_id")
    with stage.writing() as db:
        db.executescript(change)
    found = states(await listed(stage, stage.ada))["The tickets."]
    assert said_of_it in found
    if "declined" in change or "hidden" in change or "granted" in change:
        assert "published" not in found


async def test_one_response_is_deleted_and_the_others_stay(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.ada.say(thread, "A message.")
    await stage.bora.say(thread, "Not hers.")
    await stage.until_kept("The tickets.", "A message.", "Not hers.")
    page = await listed(stage, stage.ada)
    [(response,)] = stage.rows("select id from responses where source = 'answer'")
    menu = custom_id(page, "choose-mine")
    await stage.restart()
    sure = message_of(await stage.ada.select(page, [str(response)], custom_id=menu))
    assert "> The tickets." in sure.content
    assert "does not reach" in sure.content
    back = message_of(await stage.ada.click(sure, label="Back"))
    assert "> A message." in back.content
    sure = message_of(await stage.ada.select(back, [str(response)], custom_id=menu))
    done = await stage.ada.click(sure, label="Delete it")
    await stage.sandbox.until(lambda: shown.deleted)
    await until_done(stage, done)
    assert sorted(stage.kept()) == ["A message.", "Not hers."]
    assert erasure.in_bytes(stage.database, ["The tickets."]) == []
    assert stage.rows("select response_id, because from erasures") == [(response, "reader")]


async def test_many_responses_are_read_page_by_page_and_back(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"Thought {number} {'*' * 400}" for number in range(9)]
    await stage.ada.say_all(thread, texts)
    await stage.until_kept(*texts)
    page = await listed(stage, stage.ada)
    read = page.content
    for number in (2, 3):
        page = message_of(await stage.ada.click(page, label="On"))
        assert page.content.endswith(f"Page {number} of 3")
        assert len(page.content) <= 2000
        read += page.content
    assert all(f"> Thought {number}" in read for number in range(9))
    card = message_of(await stage.ada.click(page, custom_id="aw:privacy"))
    assert "Kept of you: 9 here, 9 in all." in card.content


async def test_before_a_deletion_everything_is_counted(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "The tickets.", quote=True)
    await stage.ada.say(thread, "A message.")
    await stage.until_kept("The tickets.", "A message.")
    [(reader, prompt_id)] = stage.rows("select reader_id, prompt_id from responses where prompt_id")
    with stage.writing() as db:
        db.execute("insert into drafts values (?, ?, 'begun', '2026')", [reader, prompt_id])
        db.execute(
            "insert into choices (guild_id, reader_id, purpose, choice, wording, version, "
            "chosen_at) values (?, ?, 'keep', 'yes', 'w', '1', '2026')",
            [stage.guild.id, reader],
        )
        db.execute("update publications set asked_by = ?", [reader])
        db.execute("update guilds set retention_days = 30")
    card = await privacy(stage, stage.ada)
    assert "What you write here is deleted after 30 days." in card.content
    sure = message_of(await stage.ada.click(card, label="Delete mine here"))
    for line in (
        "- Maps: 2",
        "- One answer that you began and did not send.",
        "- Once you chose what is done with your words.",
        "- One thing that you did as an author or a moderator.",
        "One of them is shown in its thread",
        "One of them may be quoted on the blog",
    ):
        assert line in sure.content
    back = message_of(await stage.ada.click(sure, label="Back"))
    assert back.content == card.content
    done = await delete_all(stage, stage.ada, "Delete mine here")
    await until_done(stage, done)
    assert "Nothing of yours is kept" in (await privacy(stage, stage.ada)).content
    assert erasure.found(stage.database, [stage.ada.id, "The tickets.", "A message."]) == []


async def test_who_only_moderated_can_have_that_forgotten(stage: Stage) -> None:
    await stage.publish()
    with stage.writing() as db:
        db.execute("update publications set asked_by = ?", [stage.mo.id])
    card = await privacy(stage, stage.mo)
    assert "One thing that you did as an author or a moderator." in card.content
    await until_done(stage, await delete_all(stage, stage.mo))
    assert erasure.found(stage.database, [stage.mo.id]) == []


async def test_a_reader_hears_what_a_deletion_waits_for_and_when_it_is_done(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "quaggaokapi")
    with closing(sqlite3.connect(stage.database)) as db:
        db.execute("vacuum into ?", [f"{stage.database}.before-0007_control"])
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from responses").fetchall()
        done = await delete_all(stage, stage.ada)
        await stage.sandbox.until(lambda: "another program reads the database" in said(done))
        assert said(done).startswith("Being deleted: 1.")
        assert DONE not in said(done)
        assert stage.kept() == {}
        later = await privacy(stage, stage.ada)
        assert "is still being overwritten" in later.content
        other.execute("rollback")
    await until_done(stage, done)
    assert erasure.found(stage.database, [stage.ada.id, "quaggaokapi", "Ada"]) == []
    assert "is still being overwritten" not in (await privacy(stage, stage.ada)).content


async def test_a_copy_that_cannot_be_changed_is_said_to_reader_and_operator(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "quaggaokapi")
    copy = stage.database.with_name("afterword.db.before-0001_first")
    copy.write_bytes(b"damaged")
    done = await delete_all(stage, stage.ada)
    await stage.sandbox.until(lambda: "a copy beside the database cannot be" in said(done))
    assert f"the copy {copy}" in caplog.text
    copy.unlink()
    await until_done(stage, done)


async def test_a_bot_that_is_stopped_meanwhile_goes_on_after_it(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "quaggaokapi")
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from responses").fetchall()
        done = await delete_all(stage, stage.ada)
        await stage.sandbox.until(lambda: "another program" in said(done))
        await stage.stop()
        other.execute("rollback")
    await stage.start()
    await stage.rounds.run()
    await stage.sandbox.until(lambda: not stage.rows("select 1 from notes where key like 'scrub%'"))
    assert erasure.found(stage.database, [stage.ada.id, "quaggaokapi"]) == []


async def test_what_is_old_is_deleted_by_the_bot_and_leaves_its_thread(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LOOK_AGAIN", 0.0)
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.ada.say(thread, "A message.")
    await stage.bora.say(thread, "New enough.")
    await stage.until_kept("The tickets.", "A message.", "New enough.")
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat(timespec="milliseconds")
    with stage.writing() as db:
        db.execute("update responses set created_at = ? where text <> 'New enough.'", [old])
    await stage.rounds.run()
    assert len(stage.kept()) == 3, "no period was set"
    with stage.writing() as db:
        db.execute("update guilds set retention_days = 30")
    await stage.rounds.run()
    await stage.sandbox.until(lambda: shown.deleted)
    assert list(stage.kept()) == ["New enough."]
    audit = "select act, detail, actor_id from audit"
    assert stage.rows(audit) == [("deleted old responses", "2", 0)]
    await stage.restart()
    await stage.rounds.run()
    assert list(stage.kept()) == ["New enough."], "it still stands in Discord, and stays away"
    assert stage.rows(audit) == [("deleted old responses", "2", 0)]


async def test_what_is_withdrawn_is_overwritten_at_once_or_its_reader_hears_why_not(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    shown = await stage.show_answer(stage.ada, thread, "quaggaokapi")
    [(response,)] = stage.rows("select id from responses")
    await press(stage.ada, shown, "withdraw")
    assert stage.rows("select response_id, because from erasures") == [(response, "reader")]
    await stage.sandbox.until(lambda: not erasure.in_bytes(stage.database, ["quaggaokapi"]))
    await stage.answer(stage.ada, prompt, "okapiquagga")
    shown = await stage.shown(thread, "okapiquagga")
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from responses").fetchall()
        done = await press(stage.ada, shown, "withdraw")
        await stage.sandbox.until(lambda: "another program reads the database" in said(done))
        assert "okapiquagga" in said(done), "the text is handed back all the same"
        other.execute("rollback")
