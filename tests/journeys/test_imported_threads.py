"""A thread from before the bot, which was imported: it is kept, and left alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.cli.import_ import import_chat
from tests.journeys.stage import message_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel
    from tests.journeys.stage import Stage

OLD_TEXTS = ("I always had paper maps.", "Me too.")


async def import_old_thread(stage: Stage, folder: Path) -> Channel:
    """Have people discuss an essay without the bot, and import that once it knows the essay."""
    thread = await stage.mo.start_thread(stage.text, "Maps")
    first = await stage.ada.say(thread, OLD_TEXTS[0])
    await stage.bora.say(thread, OLD_TEXTS[1], reply_to=first)
    stage.write("maps")
    await stage.start(first_run="none")
    await stage.until_read("maps")
    await stage.stop()
    messages = [
        {
            "id": str(one.id),
            "type": "Reply" if one.type else "Default",
            "timestamp": one.raw["timestamp"],
            "timestampEdited": None,
            "content": one.content,
            "author": {
                "id": one.raw["author"]["id"],
                "name": one.raw["author"]["username"],
                "isBot": one.by_bot,
            },
        }
        for one in await stage.sandbox.messages_in(thread)
        if one.type in {0, 19}
    ]
    chat = {
        "guild": {"id": str(stage.guild.id), "name": "A guild"},
        "channel": {"id": str(thread.id), "type": "GuildPublicThread", "name": "Maps"},
        "messages": messages,
    }
    file = folder / "chat.json"
    file.write_text(json.dumps(chat), encoding="utf-8")
    with file.open("rb") as source:
        assert import_chat(source, stage.database, None).new == len(OLD_TEXTS)
    return thread


async def test_an_essay_gets_its_own_thread_and_the_imported_one_is_left_alone(
    stage: Stage, tmp_path: Path
) -> None:
    old = await import_old_thread(stage, tmp_path)
    stage.sandbox.requests.clear()
    bot = await stage.start()
    await stage.mo.command(stage.text, "discuss", slug="maps")
    new, *_ = [one for one in await stage.threads(stage.text, 2) if one.id != old.id]
    await stage.ada.say(old, "Nobody keeps this.")
    await stage.ada.say(new, "This is kept.")
    await stage.until_kept(*OLD_TEXTS, "This is kept.")
    stage.write("maps", text="The first paragraph says something else now.")
    await bot.discussion.schedule.run()
    stage.write("maps", draft="true")
    await stage.sandbox.until(lambda: stage.rows("select 1 from publications where locked = 1"))
    touched = [one for one in stage.sandbox.requests if str(old.id) in one.path]
    assert touched == []
    assert len(stage.rows("select 1 from publications where locked = 1")) == 1


async def test_a_message_that_is_deleted_in_an_imported_thread_is_deleted_here(
    stage: Stage, tmp_path: Path
) -> None:
    old = await import_old_thread(stage, tmp_path)
    await stage.start(first_run="none")
    first = next(one for one in await stage.sandbox.messages_in(old) if one.content == OLD_TEXTS[0])
    await stage.ada.delete(first)
    await stage.until_kept(OLD_TEXTS[1])
    await stage.mo.delete_thread(old)
    await stage.until_kept()


async def test_a_reader_can_delete_what_was_imported(stage: Stage, tmp_path: Path) -> None:
    await import_old_thread(stage, tmp_path)
    await stage.start(first_run="none")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    assert "Kept of you: 1 here" in told.content
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    await stage.ada.click(sure, label="Delete mine here")
    await stage.until_kept(OLD_TEXTS[1])
