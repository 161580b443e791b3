"""Opening the file: what is refused and how, migrations, copies, full-text search."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store.file import database
from bot.store.file.database import DatabaseError, connect, open_database, open_for_reading
from bot.store.file.migrations import NAMES, migrations
from bot.store.key_values import get_value, set_value
from tests.store.encryption import another_program, encrypted

pytestmark = pytest.mark.encrypted_too


@pytest.fixture
def old_file(path: Path) -> Path:
    with closing(open_database(path)) as db, db.atomic():
        set_value(db, "key", "before")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A migration of a later Afterword, taken back after the test; it fails when told to."""
    orders: list[str] = []

    @migrations(name="9999_later")
    def later_migration(db: Database) -> None:
        db.execute("create table later (id integer primary key) strict")
        if "fail" in orders:
            db.execute("insert into nowhere values (1)")

    monkeypatch.setattr(database, "NAMES", (*NAMES, "9999_later"))
    yield orders
    migrations._migrations.pop()


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_every_migration_is_listed_in_its_order() -> None:
    assert [migration.name for migration in migrations._migrations] == list(NAMES)
    assert sorted(NAMES) == list(NAMES)


def test_a_new_file_has_strict_tables_and_a_write_ahead_log(db: Database) -> None:
    assert db.journal_mode == "wal"
    kinds = dict(db.execute("select name, type from pragma_table_list").fetchall())
    ours = [table for table in db.tables if kinds[table.name] == "table" and table.name[0] != "_"]
    assert len(ours) > 10
    assert all(table.strict for table in ours)


def test_a_connection_keeps_promises_about_durability_and_deletion(path: Path) -> None:
    with closing(connect(path)) as db:
        said = {
            name: db.execute(f"pragma {name}").fetchone()[0]
            for name in ("synchronous", "secure_delete", "foreign_keys", "query_only")
        }
    assert said == {"synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "query_only": 0}


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "afterword.db"
    with pytest.raises(DatabaseError, match="make its folder") as refusal:
        open_database(path)
    assert str(path) in str(refusal.value)
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["", "file/afterword.db"], ids=["a folder", "below a file"])
def test_a_place_for_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(DatabaseError, match="cannot be opened for writing"):
        open_database(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_read_only_file_is_refused(old_file: Path) -> None:
    old_file.chmod(0o400)
    with pytest.raises(DatabaseError, match="the right to write"):
        open_database(old_file)


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("attempt to write a readonly file", "the right to write there"),
        ("database or disk is full", "free space"),
    ],
)
def test_what_sqlite_refuses_is_refused_with_its_reason(
    path: Path, reason: str, advice: str
) -> None:
    assert advice in str(database._refusal(path, sqlite3.OperationalError(reason)))


def test_a_file_that_is_no_database_is_left_as_it_was(path: Path, *, is_encrypted: bool) -> None:
    path.write_text("Dear diary, " * 500)
    before = path.read_bytes()
    sentence = "The key does not open" if is_encrypted else "not a sound SQLite file"
    for opens in (open_database, open_for_reading):
        with pytest.raises(DatabaseError, match=sentence):
            opens(path)
    assert path.read_bytes() == before
    assert files(path.parent) == {path.name}


def test_the_database_of_another_program_is_left_as_it_was(path: Path) -> None:
    with closing(another_program(path)) as other:
        other.execute("create table diary (day text)")
    before = path.read_bytes()
    for opens in (open_database, open_for_reading):
        with pytest.raises(DatabaseError, match="another program"):
            opens(path)
    assert path.read_bytes() == before


def test_a_first_start_that_was_cut_short_is_taken_up_again(path: Path) -> None:
    with closing(connect(path)) as db:
        migrations.ensure_migrations_table(db)
    with closing(open_database(path)) as db:
        assert db.table("responses").exists()


def test_the_database_of_a_newer_version_is_left_as_it_was(old_file: Path) -> None:
    with closing(connect(old_file)) as db:
        row = {"migration_set": "afterword", "name": "9999_newer", "applied_at": "later"}
        db.table("_sqlite_migrations").insert(row)
    before = old_file.read_bytes()
    with pytest.raises(DatabaseError, match=r"newer Afterword \(9999_newer\)"):
        open_database(old_file)
    with pytest.raises(DatabaseError, match="Nothing was changed"):
        open_for_reading(old_file)
    assert old_file.read_bytes() == before


def test_a_locked_file_is_named_after_a_wait(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with closing(another_program(old_file)) as other:
        other.execute("pragma locking_mode=exclusive")
        other.execute("begin exclusive")
        other.execute("delete from notes")
        with pytest.raises(DatabaseError, match="locked by another program"):
            open_database(old_file)


def test_reading_wants_a_file_that_is_there(path: Path) -> None:
    with pytest.raises(DatabaseError, match="run the bot first"):
        open_for_reading(path)
    assert not path.exists()


def test_reading_changes_nothing(old_file: Path) -> None:
    with closing(open_for_reading(old_file)) as db:
        assert get_value(db, "key") == "before"
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            set_value(db, "key", "after")


def test_reading_an_older_file_asks_for_the_bot(old_file: Path, later: list[str]) -> None:
    assert later == []
    with pytest.raises(DatabaseError, match="made by an older Afterword"):
        open_for_reading(old_file)


def test_opening_again_changes_nothing_and_copies_nothing(old_file: Path) -> None:
    with closing(open_database(old_file)) as db:
        assert get_value(db, "key") == "before"
    assert files(old_file.parent) == {old_file.name}


def test_a_copy_is_left_before_a_later_migration(
    old_file: Path, later: list[str], *, is_encrypted: bool
) -> None:
    assert later == []
    (old_file.parent / f"{old_file.name}.before-9999_later.unfinished").write_text("cut short")
    (old_file.parent / f"{old_file.name}.before-9999_later").write_text("of an earlier try")
    with closing(open_database(old_file)) as db:
        assert db.table("later").exists()
        set_value(db, "key", "after")
    copy = old_file.with_name(f"{old_file.name}.before-9999_later")
    assert files(old_file.parent) == {old_file.name, copy.name}
    with closing(connect(encrypted(copy) if is_encrypted else copy)) as db:
        assert not db.table("later").exists()
        assert get_value(db, "key") == "before"


def test_a_new_file_needs_no_copy(path: Path, later: list[str]) -> None:
    assert later == []
    open_database(path).close()
    assert files(path.parent) == {path.name}


def test_a_migration_that_fails_changes_nothing(old_file: Path, later: list[str]) -> None:
    later.append("fail")
    with pytest.raises(DatabaseError, match="nowhere"):
        open_database(old_file)
    later.clear()
    with closing(connect(old_file)) as db:
        assert not db.table("later").exists()
        assert get_value(db, "key") == "before"
    with closing(open_database(old_file)) as db:
        assert db.table("later").exists()
