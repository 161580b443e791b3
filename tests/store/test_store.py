"""The threads that own connections: transactions, order, cancellation, closing, other programs."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store.file.database import DatabaseError, open_for_reading
from bot.store.key_values import get_value, set_value
from bot.store.store import Store
from tests.store.encryption import another_program

pytestmark = pytest.mark.encrypted_too


def append(db: Database, word: str) -> None:
    set_value(db, "words", f"{get_value(db, 'words') or ''}{word} ")


async def test_what_is_written_can_be_read(store: Store) -> None:
    await store.write(set_value, "key", "value")
    await store.write(set_value, key="key", value="another")
    assert await store.read(get_value, "key") == "another"
    assert await store.read(get_value, "missing") is None


async def test_writes_run_in_the_order_in_which_they_were_made(store: Store) -> None:
    words = [str(number) for number in range(50)]
    await asyncio.gather(*(store.write(append, word) for word in words))
    assert (await store.read(get_value, "words") or "").split() == words


async def test_an_exception_rolls_back_everything_its_function_did(store: Store) -> None:
    def fail(db: Database) -> None:
        set_value(db, "first", "written")
        db.table("notes").insert({"key": "second", "value": "written"})
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fail)
    assert await store.read(get_value, "first") is None
    assert await store.read(get_value, "second") is None
    await store.write(set_value, "third", "written")
    assert await store.read(get_value, "third") == "written"


async def test_a_written_value_is_on_disk_when_the_call_returns(store: Store) -> None:
    await store.write(set_value, "key", "value")
    with closing(another_program(store.path)) as other:
        kept = other.execute("select value from notes where key = 'key'").fetchall()
        assert kept == [("value",)]


@pytest.mark.parametrize("started", [False, True])
async def test_who_stops_waiting_neither_loses_nor_doubles_a_write(
    store: Store, *, started: bool
) -> None:
    may_go_on, is_running = threading.Event(), threading.Event()

    def block(_db: Database) -> None:
        is_running.set()
        may_go_on.wait(10)

    def slow(db: Database) -> None:
        if started:
            block(db)
        append(db, "once")

    blocker = None if started else asyncio.create_task(store.write(block))
    waiting = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(is_running.wait, 10)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    may_go_on.set()
    if blocker is not None:
        await blocker
    await store.write(append, "after")
    assert await store.read(get_value, "words") == "once after "


async def test_reading_refuses_to_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await store.read(set_value, "key", "value")


async def test_a_read_sees_one_snapshot(store: Store) -> None:
    await store.write(set_value, "key", "before")
    has_read, was_written = threading.Event(), threading.Event()

    def read_twice(db: Database) -> tuple[str | None, str | None]:
        first = get_value(db, "key")
        has_read.set()
        was_written.wait(10)
        return first, get_value(db, "key")

    reading = asyncio.create_task(store.read(read_twice))
    await asyncio.to_thread(has_read.wait, 10)
    await store.write(set_value, "key", "after")
    was_written.set()
    assert await reading == ("before", "before")
    assert await store.read(get_value, "key") == "after"


async def test_a_write_that_reads_first_waits_for_another_program(store: Store) -> None:
    has_read = threading.Event()
    outcome: list[str] = []

    def interfere() -> None:
        has_read.wait(10)
        with closing(another_program(store.path)) as other:
            try:
                other.execute("insert into notes (key, value) values ('other', 'program')")
                other.commit()
                outcome.append("written")
            except sqlite3.OperationalError as error:
                outcome.append(str(error))

    thread = threading.Thread(target=interfere)
    thread.start()

    def read_then_write(db: Database) -> None:
        get_value(db, "key")
        has_read.set()
        thread.join(10)
        set_value(db, "key", "value")

    await store.write(read_then_write)
    assert outcome == ["database is locked"]
    assert await store.read(get_value, "key") == "value"


@pytest.mark.encrypted_too(yes=False)
async def test_another_process_reads_beside_the_bot(store: Store) -> None:
    await store.write(set_value, "key", "value")
    program = (
        "import sys; from pathlib import Path; "
        "from bot.store.file.database import open_for_reading; "
        "db = open_for_reading(Path(sys.argv[1])); print(db.table('notes').get('key')['value']); "
        "db.close()"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, str(store.path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "value\n"


async def test_a_reader_in_this_process_sees_what_the_bot_writes_later(store: Store) -> None:
    with closing(open_for_reading(store.path)) as db:
        await store.write(set_value, "key", "value")
        assert get_value(db, "key") == "value"


async def test_a_closed_store_refuses_calls_and_can_be_opened_again(path: Path) -> None:
    store = Store(path)
    with pytest.raises(RuntimeError):
        await store.write(set_value, "key", "value")
    await store.close()
    for turn in ("first", "second"):
        await store.open()
        assert store.is_open
        await store.write(append, turn)
        await asyncio.gather(*(store.read(get_value, "words") for _ in range(5)))
        await store.close()
        await store.close()
        assert not store.is_open
        with pytest.raises(RuntimeError):
            await store.read(get_value, "words")
    with closing(open_for_reading(path)) as db:
        assert get_value(db, "words") == "first second "


async def test_closing_finishes_what_was_asked_for(store: Store, path: Path) -> None:
    words = [str(number) for number in range(20)]
    writes = [asyncio.create_task(store.write(append, word)) for word in words]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writes)
    with closing(open_for_reading(path)) as db:
        assert (get_value(db, "words") or "").split() == words


async def test_a_store_that_cannot_open_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    store = Store(tmp_path / "missing" / "afterword.db")
    with pytest.raises(DatabaseError, match="make its folder"):
        await store.open()
    assert not store.is_open
    left = [t for t in set(threading.enumerate()) - before if t.name.startswith("store")]
    assert left == []


async def test_closing_leaves_one_file_and_its_lock(store: Store, path: Path) -> None:
    await store.write(set_value, "key", "value")
    await store.close()
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}
