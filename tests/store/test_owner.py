"""One owner per database, and what becomes of an owner that was replaced."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store import key_values
from bot.store import store as store_module
from bot.store.file.database import DatabaseError, open_database
from bot.store.file.owner import (
    Holder,
    OwnedError,
    Ownership,
    ReplacedError,
    current_holder,
    lock_path,
)
from bot.store.file.presence import GoneError
from bot.store.key_values import get_value, set_value
from bot.store.store import Store

pytestmark = pytest.mark.encrypted_too


HOLD = """
import sys
from pathlib import Path
from bot.store.file.owner import Ownership
ownership = Ownership(Path(sys.argv[1]))
ownership.take()
print("taken", flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).parents[2]


@contextmanager
def held_elsewhere(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process own a database."""
    with subprocess.Popen(  # noqa: S603  # this Python
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused_and_told_who_the_owner_is(path: Path) -> None:
    with held_elsewhere(path) as process:
        with pytest.raises(OwnedError) as refusal:
            Ownership(path).take()
        assert f"process {process.pid} on " in str(refusal.value)
        assert "--standby" in str(refusal.value)
        assert current_holder(path) == refusal.value.holder


def test_a_kill_frees_the_database_at_once_and_its_lock_file_stays(path: Path) -> None:
    with held_elsewhere(path) as process:
        process.kill()
        process.wait()
        assert current_holder(path) is None
        ownership = Ownership(path)
        ownership.take()
        assert lock_path(path).exists()
        ownership.release()
        ownership.release()
    assert lock_path(path).exists()


def test_who_only_asks_disturbs_nobody(path: Path) -> None:
    assert current_holder(path) is None
    assert not lock_path(path).exists()


@pytest.mark.parametrize("written", [b"", b"rubbish", b"\xff\xfe\x00", b"[1, 2]", b'{"host": 1}'])
def test_whatever_stands_in_the_lock_file_it_can_be_taken_and_refused(
    path: Path, written: bytes
) -> None:
    lock_path(path).write_bytes(written)
    with held_elsewhere(path):
        lock_path(path).write_bytes(written)
        with pytest.raises(OwnedError) as refusal:
            Ownership(path).take()
        assert refusal.value.holder == Holder()


@pytest.mark.parametrize("how", ["link", "relative", "folder"])
def test_a_database_is_one_by_whatever_name_it_is_reached(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    open_database(path).close()
    monkeypatch.chdir(tmp_path)
    other = {
        "link": tmp_path / "link.db",
        "relative": Path(path.name),
        "folder": tmp_path / "folder" / ".." / path.name,
    }[how]
    (tmp_path / "folder").mkdir()
    if how == "link":
        other.symlink_to(path)
    with held_elsewhere(path), pytest.raises(OwnedError):
        Ownership(other).take()


def test_two_databases_in_one_folder_have_two_owners(path: Path) -> None:
    with held_elsewhere(path):
        other = Ownership(path.with_name("other.db"))
        other.take()
        other.release()


def test_a_place_without_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="make its folder"):
        Ownership(tmp_path / "missing" / "afterword.db").take()


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_an_owner_whose_lock_file_is_not_there_any_more_notices(path: Path, how: str) -> None:
    told: list[str] = []
    ownership = Ownership(path)
    ownership.when_replaced(lambda: told.append("replaced"))
    ownership.take()
    ownership.require()
    lock_path(path).unlink()
    if how == "replaced":
        lock_path(path).touch()
    for _ in range(2):
        with pytest.raises(ReplacedError, match="Nothing more is written or sent"):
            ownership.require()
    assert told == ["replaced"]
    ownership.release()


async def test_a_store_writes_nothing_once_another_owns_its_file(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the lock says: network file systems may give it to two."""
    monkeypatch.setattr(store_module, "TOKEN_SECONDS", 0)
    await store.write(set_value, "key", "mine")
    with open_database(path) as other:
        set_value(other, key_values.OWNER, "somebody else")
        other.conn.commit()
    with pytest.raises(ReplacedError):
        await store.write(set_value, "key", "mine again")
    assert await store.read(get_value, "key") == "mine"


async def test_the_newest_store_of_a_process_is_the_owner(store: Store, path: Path) -> None:
    """A bot may be left without being closed, and another be made: a harness does that."""
    first, second = store, Store(path)
    await second.open()
    await second.write(set_value, "key", "second")
    with pytest.raises(ReplacedError):
        await first.write(set_value, "key", "first")
    await first.close()
    await second.write(set_value, "key", "still second")
    await second.close()


@pytest.mark.parametrize("how", ["removed", "replaced", "log removed"])
async def test_nothing_counts_as_written_into_a_file_that_nobody_will_find(
    store: Store, path: Path, how: str
) -> None:
    await store.write(set_value, "key", "before")
    file = path.with_name(f"{path.name}-wal") if how == "log removed" else path
    aside = path.with_name("aside")
    file.rename(aside)
    if how == "replaced":
        shutil.copy(aside, file)
    with pytest.raises(sqlite3.OperationalError, match="is gone, or another file"):
        await store.write(set_value, "key", "lost")
    with pytest.raises(GoneError):
        await store.write_within(1, set_value, "key", "lost")
    aside.replace(file)
    await store.write(set_value, "key", "after")
    assert await store.read(get_value, "key") == "after"
