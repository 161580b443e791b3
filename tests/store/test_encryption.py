"""An encrypted file: what opens it, what is refused and how, and what its bytes say."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.core.response import Captured
from bot.store.file import database
from bot.store.file.database import DatabaseError, connect, open_database, open_for_reading
from bot.store.file.migrations import NAMES, migrations
from bot.store.key_values import get_value, set_value
from bot.store.responses import queries
from bot.store.responses.collected import Deleted, collect
from bot.store.store import Store
from tests.store.conftest import World
from tests.store.encryption import KEY, OTHER_KEY, encrypted, found_in_bytes

WORDS = (
    "xylophonequartz", "marginalia", "reader 500", "Readers", "dreams", "biological", "responses",
    "create table", "fts5", "SQLite format 3", KEY.raw.hex(),
)  # fmt: skip
"""What a test writes, names of tables, and what every plain file begins with."""


@pytest.fixture
def is_encrypted() -> bool:
    return True


def say(world: World, *texts: str) -> list[Captured]:
    return [world.message(3000 + number, text) for number, text in enumerate(texts)]


async def test_the_bytes_of_file_log_and_copies_say_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = world.path.parent
    shutil.copy(world.path, folder / "plain.db")
    store = Store(world.path)
    await store.open()
    await store.write(collect, say(world, "xylophonequartz", "Marginalia! " * 400), {}, world.now)
    words = queries.Filter(words="marginalia")
    assert len(await store.read(queries.listing, words)) == 1
    assert world.path.with_name("afterword.db-wal").stat().st_size > 0
    assert not found_in_bytes(folder, WORDS)
    await store.scrub()
    await store.close()

    @migrations(name="9999_later")
    def later(db: Database) -> None:
        db.execute("create table later (id integer primary key) strict")

    monkeypatch.setattr(database, "NAMES", (*NAMES, "9999_later"))
    try:
        open_database(world.path).close()
    finally:
        migrations._migrations.pop()
    copy = folder / "afterword.db.before-9999_later"
    assert not found_in_bytes(folder, WORDS)
    with closing(connect(encrypted(copy))) as db:
        assert len(queries.listing(db, words)) == 1


def test_the_words_would_be_found_in_a_plain_file(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "plain.db")) as db:
        set_value(db, "key", "xylophonequartz")
        found = {word for _, word in found_in_bytes(tmp_path, WORDS)}
    assert {"xylophonequartz", "create table", "SQLite format 3"} <= found


@pytest.mark.parametrize("opens", [open_database, open_for_reading])
def test_a_wrong_key_a_missing_key_and_a_key_too_many_are_told_apart(
    world: World,
    tmp_path: Path,
    opens: Callable[[Path], Database],
    capfd: pytest.CaptureFixture[str],
) -> None:
    world.db.close()
    before = world.path.read_bytes()
    plain = tmp_path / "plain.db"
    open_database(plain).close()
    refused = {
        "The key does not open": encrypted(world.path, OTHER_KEY),
        "or it is encrypted: set AFTERWORD_DATABASE_KEY_FILE": Path(world.path),
        "is not encrypted, and a key is set: type `afterword encrypt`": encrypted(plain),
    }
    for sentence, path in refused.items():
        with pytest.raises(DatabaseError, match=sentence) as refusal:
            opens(path)
        assert KEY.raw.hex() not in str(refusal.value)
        assert OTHER_KEY.raw.hex() not in str(refusal.value)
    assert world.path.read_bytes() == before
    assert capfd.readouterr() == ("", "")
    open_database(plain).close()


def test_a_log_that_a_death_left_survives_a_wrong_key(world: World, tmp_path: Path) -> None:
    """SQLite brings the log into the file when the last connection closes, if it may."""
    set_value(world.db, "key", "in the log alone")
    other = tmp_path / "dead" / "afterword.db"
    other.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{world.path}{ending}", f"{other}{ending}")
    for path in (other, encrypted(other, OTHER_KEY)):
        with pytest.raises(DatabaseError):
            open_database(path)
    with closing(open_database(encrypted(other))) as db:
        assert get_value(db, "key") == "in the log alone"
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_without_the_package_a_sentence_says_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    monkeypatch.delitem(sys.modules, "bot.store.file.encrypted", raising=False)
    import bot.store.file  # noqa: PLC0415  # the attribute would be found, too

    monkeypatch.delattr(bot.store.file, "encrypted", raising=False)
    with pytest.raises(DatabaseError, match=r"pip install 'afterword\[encryption\]'"):
        open_database(path)
    open_database(Path(path)).close()


async def test_a_plain_database_needs_no_other_driver(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import bot.app, bot.cli.run; "
        "from bot.store.file.database import open_database; "
        "open_database(Path(sys.argv[1])).close(); print('sqlcipher3' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(tmp_path / "plain.db"),
        stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2], env=os.environ,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert out == b"False\n"


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("select * from nowhere", sqlite3.OperationalError),
        ("insert into notes (key) values (null)", sqlite3.IntegrityError),
        ("select ?", sqlite3.ProgrammingError),
    ],
)
def test_errors_are_those_of_sqlite3(
    db: Database, tmp_path: Path, sql: str, kind: type[sqlite3.Error]
) -> None:
    with closing(open_database(tmp_path / "plain.db")) as plain, pytest.raises(kind) as expected:
        plain.execute(sql)
    for execute in (db.execute, db.conn.execute, db.conn.cursor().execute):
        with pytest.raises(kind) as raised:
            execute(sql)
        assert type(raised.value) is type(expected.value)
        codes = [getattr(one.value, "sqlite_errorcode", 0) & 0xFF for one in (raised, expected)]
        assert codes[0] == codes[1]


def test_an_error_while_rows_are_fetched_is_one_of_sqlite3(db: Database) -> None:
    query = "select abs(value) from (select 1 as value union all select -9223372036854775808)"
    fetches: tuple[Callable[[Any], object], ...] = (
        lambda cursor: cursor.fetchall(),
        lambda cursor: cursor.fetchmany(2),
        lambda cursor: (cursor.fetchone(), cursor.fetchone(), cursor.fetchone()),
        list,
    )
    for fetch in fetches:
        with pytest.raises(sqlite3.OperationalError, match="overflow"):
            fetch(db.execute(query))


def test_a_damaged_page_is_refused_in_words(world: World) -> None:
    world.db.close()
    with world.path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        for offset in range(4096 * 2 + 100, file.tell(), 4096):
            file.seek(offset)
            file.write(b"damaged")
    with pytest.raises(DatabaseError, match="restore a copy"):
        open_database(world.path)


def test_what_does_not_fit_is_sorted_in_memory_and_not_in_a_plain_file(db: Database) -> None:
    assert db.execute("pragma temp_store").fetchone() == (2,)


async def test_what_a_reader_deletes_leaves_the_encrypted_copies(world: World) -> None:
    with world.db.atomic():
        world.collect(*say(world, "xylophonequartz", "snow"))
    for ending in ("before-0006_desk_views", "bak"):
        world.db.execute("vacuum into ?", [f"{world.path}.{ending}"])
    store = Store(world.path)
    await store.open()
    await store.write(collect, [Deleted(3000)], {}, world.now)
    assert await store.scrub()
    await store.close()
    for ending in ("", ".before-0006_desk_views", ".bak"):
        with closing(open_for_reading(encrypted(Path(f"{world.path}{ending}")))) as db:
            assert [one.text for one in queries.listing(db)] == ["snow"]
