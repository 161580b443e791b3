"""A bot goes on where another stopped, in a database that was imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.export import export_all
from bot.cli.import_ import import_all
from tests.journeys.stage import KEEPS, press, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage


def move(stage: Stage, folder: Path) -> None:
    """Take all that the bot's database holds to another, which is used from now on."""
    file, other = folder / "house.jsonl", folder / "other.db"
    export_all(stage.database, file)
    with file.open("rb") as source:
        import_all(source, other)
    export_all(other, folder / "again.jsonl")
    assert (folder / "again.jsonl").read_bytes() == file.read_bytes()
    stage.database = other


async def test_a_bot_on_an_imported_database_goes_on_where_the_first_stopped(
    stage: Stage, tmp_path: Path
) -> None:
    thread = await stage.publish()
    prompt = await stage.prompt(thread)
    await stage.ada.say(thread, "The stamps.", reply_to=prompt)
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    regretted = await stage.bora.say(thread, "I regret this.")
    await stage.until_kept("The stamps.", "The tickets.", "I regret this.")
    await stage.bora.delete(regretted)
    await stage.until_kept("The stamps.", "The tickets.")
    await stage.stop()
    before = stage.rows("select * from responses_by_question")
    move(stage, tmp_path)
    await stage.bora.say(thread, "Meanwhile.", reply_to=prompt)
    bot = await stage.start()
    await stage.until_kept("The stamps.", "The tickets.", "Meanwhile.")
    assert stage.kept() == dict.fromkeys(("The stamps.", "The tickets.", "Meanwhile."), KEEPS)
    assert set(before) <= set(stage.rows("select * from responses_by_question"))
    await bot.discussion.schedule.run()
    assert [one.id for one in await stage.threads(stage.text)] == [thread.id]
    assert (await press(stage.ada, shown, "edit")).modal is not None
    opened = await press(stage.mo, prompt, "answer")
    told = said(await stage.mo.submit(opened, {"text": "A button from before."}))
    assert told == "Kept for the author, and shown in the thread."
    await stage.shown(thread, "A button from before.")
    await press(stage.ada, shown, "withdraw")
    await stage.sandbox.until(lambda: shown.deleted)


async def test_an_answer_that_was_deleted_elsewhere_leaves_the_thread_after_an_import(
    stage: Stage, tmp_path: Path
) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.stop()
    move(stage, tmp_path)
    with stage.writing() as db:
        db.execute("pragma foreign_keys=on")
        db.execute(
            "insert into tombstones (source_id, deleted_at, because) "
            "select source_id, created_at, 'reader' from responses"
        )
        db.execute("delete from responses")
    first = stage.database.with_name("afterword.db")
    export_all(stage.database, tmp_path / "newer.jsonl")
    with (tmp_path / "newer.jsonl").open("rb") as source:
        assert import_all(source, first).buried == 1
    stage.database = first
    await stage.start()
    await stage.sandbox.until(lambda: shown.deleted)
    assert stage.kept() == {}
