"""A reader goes, by refusing or by deleting, whatever their responses wait for just then."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import cli
from tests.journeys.stage import Stage, message_of
from tests.journeys.test_ask_to_quote import asked, questions, until_removed
from tests.journeys.test_choices import choose_quote, refuse
from tests.journeys.test_disk import refusing
from tests.journeys.test_privacy import DONE, delete_all
from tests.journeys.test_review import set_guild
from tests.journeys.test_sealing import in_days
from tests.store import erasure

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, Message

WORD = "quagga"
ASKS = "What do you keep? What do you lose? What do you give? What do you find?"
WAIT = ("waits", "declined", "sealed", "begun")
"""How the words end of what may not leave."""


async def fill(stage: Stage, thread: Channel) -> Message:
    """Let Ada have a response in every state; return the message that shows one."""
    desk = await stage.sandbox.channel(stage.guild, "desk")
    first, second, third, last = [
        one for one in await stage.bot_says(thread) if "Answer" in one.buttons
    ]
    message = await stage.ada.say(thread, f"{WORD} message")
    await stage.bora.say(thread, f"As <@{stage.ada.id}> says.", reply_to=message)
    await stage.answer(stage.ada, first, f"{WORD} shown")
    shown = await stage.shown(thread, f"{WORD} shown")
    await stage.until_rows("select 1 from responses where text like 'As %'")
    await asked(stage, thread, shown)
    await choose_quote(stage, stage.ada, "by_name")
    await stage.mo.menu(shown, "Highlight")
    await stage.bora.react(shown, "👍")
    await stage.ada.react(message, "👍")
    await stage.until_rows("select count(*) from reactions having count(*) = 2")
    set_guild(stage, approval=1, notices_channel_id=desk.id)
    await stage.answer(stage.ada, second, f"{WORD} waits", quote=True)
    await stage.answer(stage.ada, third, f"{WORD} declined", quote=True)
    day = f"{in_days(7)}T00:00:00.000+00:00"
    with stage.writing() as db:
        db.execute("update prompts set sealed_until = ? where position = 3", [day])
        db.execute("update responses set review = 'declined' where text like '%declined'")
    await stage.answer(stage.ada, last, f"{WORD} sealed", quote=True)
    assert stage.rows("select sealed from responses where text like '%sealed'") == [(1,)]
    with refusing(stage, "update"):
        await stage.answer(stage.ada, second, f"{WORD} begun")
        await stage.until_rows("select 1 from drafts")
    return shown


async def leave(stage: Stage, way: str) -> None:
    done = (
        await refuse(stage, stage.ada)
        if way == "refuses"
        else message_of(await delete_all(stage, stage.ada))
    )
    await stage.sandbox.until(lambda: DONE in done.content)


async def written(stage: Stage, target: Path, *command: str) -> bytes:
    """Return what a command writes about the database."""
    args = [*command, str(target), "--database", str(stage.database)]
    ran = await asyncio.to_thread(CliRunner().invoke, cli, args)
    assert ran.exit_code == 0, ran.output
    return everything_in(target)


def everything_in(target: Path) -> bytes:
    """Return the bytes of a file, or of all files in a folder."""
    files = [target] if target.is_file() else [one for one in target.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in files)


async def found_by_others(stage: Stage) -> str:
    return message_of(await stage.bora.command(stage.text, "search", words=WORD)).texts


@pytest.mark.parametrize("way", ["refuses", "deletes"])
async def test_nothing_is_left_of_who_goes_and_nothing_left_before_its_time(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    thread = await stage.publish(asks=ASKS)
    shown = await fill(stage, thread)
    site = tmp_path / "site"
    site.mkdir()
    found = await found_by_others(stage)
    on_the_blog = (await written(stage, site, "export", "--site")).decode()
    assert "shown" in found
    assert "message" in found
    assert not [one for one in WAIT if f"{WORD} {one}" in found + on_the_blog]

    await leave(stage, way)
    await stage.sandbox.until(lambda: shown.deleted)
    for question in await questions(stage, thread):
        await until_removed(stage, question)
    assert f"{WORD} " not in await found_by_others(stage)
    await stage.stop()
    traces: list[str | int] = [WORD, "Ada", stage.ada.id]
    assert erasure.found(stage.database, traces) == []
    assert WORD not in caplog.text
    for number, command in enumerate((("export", "--site"), ("export", "--all"), ("report", "-o"))):
        target = site if number == 0 else tmp_path / f"file-{number}"
        left = await written(stage, target, *command)
        assert left
        assert [one for one in traces if str(one).encode() in left] == [], command
