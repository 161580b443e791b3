"""The bot on an encrypted database: what readers do, a restart, a standby, and a wrong key."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.errors import AfterwordError
from bot.sandbox import Sandbox
from bot.store.file.database import open_for_reading
from bot.store.responses.queries import listing
from tests.journeys.stage import KEEPS, Stage, press, said
from tests.journeys.test_run_command import ESSAY, afterword
from tests.store.encryption import KEY, OTHER_KEY, encrypted, found_in_bytes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORDS = ("xylophonequartz", "The tickets.", "Readers", KEEPS, "create table", "SQLite format 3")
PATIENCE = 30


@pytest.fixture
async def hidden(stage: Stage) -> AsyncIterator[Stage]:
    """A stage whose bot has the key, and whose tests read with it."""
    stage.settings["database_key"] = KEY.raw.hex()
    stage.database = encrypted(stage.database)
    yield stage
    await stage.stop()
    assert not bytes_of(stage)


def bytes_of(stage: Stage) -> set[tuple[str, str]]:
    """Return the words that stand in the files of the database."""
    found = found_in_bytes(stage.database.parent, WORDS)
    return {(name, word) for name, word in found if name.startswith("afterword.db")}


async def test_readers_find_no_difference(hidden: Stage, caplog: pytest.LogCaptureFixture) -> None:
    thread = await hidden.publish()
    await hidden.say_until_kept(hidden.ada, thread, "xylophonequartz")
    assert not bytes_of(hidden)
    shown = await hidden.show_answer(hidden.bora, thread, "The tickets.")
    await hidden.restart()
    assert (await press(hidden.bora, shown, "edit")).modal is not None
    assert hidden.kept() == {"xylophonequartz": None, "The tickets.": KEEPS}
    assert "Kept of you: 1 here" in said(await hidden.ada.command(hidden.text, "privacy"))
    await press(hidden.bora, shown, "withdraw")
    await hidden.until_kept("xylophonequartz")
    assert KEY.raw.hex() not in caplog.text


@pytest.mark.parametrize(
    ("key", "sentence"),
    [(OTHER_KEY.raw.hex(), "The key does not open"), (None, "or it is encrypted")],
)
async def test_with_another_key_or_none_the_bot_does_not_start(
    hidden: Stage, key: str | None, sentence: str
) -> None:
    await hidden.start()
    await hidden.stop()
    with pytest.raises(AfterwordError, match=sentence):
        await hidden.start(database=Path(hidden.database), database_key=key)
    await hidden.stop()
    await hidden.start()


async def test_a_standby_takes_over_with_the_key_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "maps.md").write_text(ESSAY)
    (tmp_path / "key").write_bytes(KEY.raw)
    (tmp_path / "key").chmod(0o644)
    database = tmp_path / "afterword.db"
    async with Sandbox() as sandbox:
        guild = await sandbox.guild()
        text = await sandbox.channel(guild, "essays")
        ada = await sandbox.member(guild, "Ada")
        settings: dict[str, Any] = {
            "cwd": str(tmp_path),
            "AFTERWORD_API": sandbox.api,
            "AFTERWORD_GATEWAY": sandbox.gateway,
            "DISCORD_TOKEN": sandbox.token,
            "AFTERWORD_CONTENT": str(tmp_path / "posts"),
            "AFTERWORD_DATABASE": str(database),
            "AFTERWORD_DATABASE_KEY_FILE": str(tmp_path / "key"),
            "AFTERWORD_CHANNEL": str(text.id),
        }

        async def threads() -> list[Any]:
            return await sandbox.threads_in(text)

        def kept() -> set[str]:
            with open_for_reading(encrypted(database)) as db:
                return {one.text for one in listing(db)}

        async with afterword("run", **settings) as owner:
            await sandbox.until(threads, PATIENCE)
            async with afterword("run", "--standby", **settings) as standby:
                owner.kill()
                _, errors = await owner.communicate()
                (thread,) = await threads()
                await ada.say(thread, "xylophonequartz")
                await sandbox.until(lambda: "xylophonequartz" in kept(), PATIENCE)
                assert not [one for one in found_in_bytes(tmp_path, WORDS) if "after" in one[0]]
                standby.send_signal(signal.SIGTERM)
                _, of_standby = await asyncio.wait_for(standby.communicate(), PATIENCE)
    assert standby.returncode == 0
    assert b"Every user of this machine may read the key in" in errors
    assert KEY.raw.hex().encode() not in errors + of_standby
