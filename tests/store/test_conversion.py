"""A database that is encrypted, given another key, and decrypted: what it says, what is left."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.core.database_key import DatabaseKey
from bot.store.file import conversion
from bot.store.file.conversion import NoKeyError, convert, leftovers
from bot.store.file.database import (
    DatabaseError,
    LockedError,
    connect,
    open_database,
    open_for_reading,
)
from bot.store.key_values import set_value
from bot.store.responses.queries import Filter, listing
from tests.store.conftest import World
from tests.store.encryption import KEY, OTHER_KEY, encrypted, found_in_bytes

WORDS = ("xylophonequartz", "reader 500", "create table", "SQLite format 3")
ROOT = Path(__file__).parents[2]

KILLED = """
import os, sys
from pathlib import Path
from bot.core.database_key import DatabaseKey
from bot.store.file.conversion import convert
from tests.store.encryption import KEY

path, direction, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = 0

def count(event, arguments):
    global seen
    touches = any(str(path.parent) in str(argument) for argument in arguments)
    if touches and event in ("open", "os.rename", "os.link", "os.remove", "os.chmod", "os.chown"):
        seen += 1
        if seen == last:
            os._exit(9)

sys.addaudithook(count)
keys = ([None], KEY) if direction == "in" else ([KEY], None)
convert(path, *keys, lambda done, total: None)
"""
"""Dies just before the given one of its steps that change what stands in the folder."""


READING = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("select count(*) from notes").fetchone()
print("reads", flush=True)
sys.stdin.readline()
print(db.execute("select count(*) from responses").fetchone()[0])
"""


def nobody(_done: int, _total: int) -> None:
    """Hear of no progress."""


def texts(path: Path) -> set[str]:
    with closing(open_for_reading(path)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert len(listing(db, Filter(words="xylophonequartz"))) == 1
        return {one.text for one in listing(db)}


@pytest.fixture
def plain(world: World) -> Path:
    """A file with responses, two copies, and a log."""
    said = [world.message(3000 + n, text) for n, text in enumerate(("xylophonequartz", "snow"))]
    with world.db.atomic():
        world.collect(*said)
    world.db.execute("pragma user_version = 7")
    for name in ("0005_desk", "0007_control"):
        copy = world.path.with_name(f"{world.path.name}.before-{name}")
        world.db.execute("vacuum into ?", [str(copy)])
    world.db.close()
    return Path(world.path)


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {"afterword.db.lock"}


def test_everything_is_encrypted_rekeyed_and_decrypted(plain: Path) -> None:
    folder, before = plain.parent, files(plain.parent)
    kept = texts(plain)
    with closing(connect(plain)) as db:
        tables = {one.name: one.count for one in db.tables}
    plain.chmod(0o640)
    done = convert(plain, [None], KEY, nobody)
    assert (done.is_new, done.was_plain, done.copies, done.left) == (True, True, 2, [])
    assert not found_in_bytes(folder, WORDS)
    assert convert(plain, [None], KEY, nobody).is_new is False
    assert convert(plain, [None, KEY], OTHER_KEY, nobody).was_plain is False
    for path in (plain, *folder.glob("*.before-*")):
        assert texts(encrypted(path, OTHER_KEY)) == kept
        with pytest.raises(DatabaseError, match="The key does not open"):
            open_for_reading(encrypted(path))
    convert(plain, [OTHER_KEY], None, nobody)
    assert {text for path in (plain, *folder.glob("*.before-*")) for text in texts(path)} == kept
    assert plain.stat().st_mode & 0o777 == 0o640
    with closing(open_database(plain)) as db:
        assert db.execute("pragma user_version").fetchone() == (7,)
        assert {one.name: one.count for one in db.tables} == tables
        assert db.journal_mode == "wal"
    assert files(folder) == before


def test_what_only_the_log_holds_is_kept(world: World, tmp_path: Path) -> None:
    with world.db.atomic():
        world.collect(world.message(3000, "xylophonequartz"))
    dead = tmp_path / "dead" / "afterword.db"
    dead.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{world.path}{ending}", f"{dead}{ending}")
    convert(dead, [None], KEY, nobody)
    assert texts(encrypted(dead)) == {"xylophonequartz"}
    assert files(dead.parent) == {"afterword.db"}


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_death_at_any_step_leaves_one_whole_database(
    plain: Path, tmp_path: Path, direction: str
) -> None:
    kept, step, codes = texts(plain), 0, set()
    if direction == "out":
        convert(plain, [None], KEY, nobody)
    start = tmp_path / "start"
    shutil.copytree(plain.parent, start, ignore=shutil.ignore_patterns("start"))
    while 0 not in codes:
        step += 1
        folder = tmp_path / f"killed-{step}"
        shutil.copytree(start, folder)
        path = folder / "afterword.db"
        codes.add(_convert_in_a_process(path, direction, step))
        assert _readable(path) == kept
        known, wanted = (None, KEY) if direction == "in" else (KEY, None)
        convert(path, [known], wanted, nobody)
        assert texts(encrypted(path) if direction == "in" else path) == kept
        assert files(folder) == files(start)
        if direction == "in":
            assert not found_in_bytes(folder, WORDS)
    assert codes == {0, 9}
    assert step > 15


def _convert_in_a_process(path: Path, direction: str, last: int) -> int:
    command = [sys.executable, "-c", KILLED, str(path), direction, str(last)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)  # noqa: S603  # ours
    return done.returncode


def _readable(path: Path) -> set[str]:
    """Return what the one database says that stands there, with its key or without."""
    try:
        return texts(path)
    except DatabaseError:
        return texts(encrypted(path))


def test_a_name_that_the_database_has_too_is_not_overwritten(plain: Path) -> None:
    """As a process leaves it that died between the link and the replacement."""
    kept = texts(plain)
    plain.with_name(f"{plain.name}.afterword-replaced").hardlink_to(plain)
    convert(plain, [None], KEY, nobody)
    assert texts(encrypted(plain)) == kept
    assert leftovers(plain) == []


def test_a_program_that_reads_keeps_it_as_it_is(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "BUSY_SECONDS", 0.05)
    reading = subprocess.Popen(  # noqa: S603  # ours; a process does not see its own locks
        [sys.executable, "-c", READING, str(plain)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert reading.stdout is not None
    assert reading.stdout.readline() == b"reads\n"
    with pytest.raises(LockedError, match="close that program"):
        convert(plain, [None], KEY, nobody)
    assert reading.communicate(b"\n")[0] == b"2\n"
    assert len(texts(plain)) == 2


@pytest.mark.parametrize("damage", ["a row less", "no room", "cannot be written"])
def test_a_new_file_that_is_not_whole_changes_nothing(
    plain: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    before = {file.name: file.read_bytes() for file in plain.parent.iterdir()}
    if damage == "a row less":
        export = conversion._export

        def lossy(path: Path, old: Any, target: Path, new: DatabaseKey, tell: Any) -> Any:
            written = export(path, old, target, new, tell)
            with closing(connect(encrypted(target, new))) as db:
                db.execute("delete from responses where text = 'snow'")
            return written

        monkeypatch.setattr(conversion, "_export", lossy)
    elif damage == "no room":
        usage = shutil.disk_usage(plain)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    else:
        (plain.parent / f"{plain.name}.afterword-converting").mkdir()
    with pytest.raises(DatabaseError):
        convert(plain, [None], KEY, nobody)
    after = {file.name: file.read_bytes() for file in plain.parent.iterdir() if file.is_file()}
    assert {name: after[name] for name in before if ".before" in name} == {
        name: content for name, content in before.items() if ".before" in name
    }
    assert len(texts(plain)) == 2


def test_the_database_of_another_program_and_another_key_are_left(plain: Path) -> None:
    other = plain.with_name("other.db")
    Database(other).table("diary").insert({"day": "one"})
    with pytest.raises(DatabaseError, match="another program"):
        convert(other, [None], KEY, nobody)
    convert(plain, [None], OTHER_KEY, nobody)
    before = plain.read_bytes()
    with pytest.raises(NoKeyError, match="Nothing was changed"):
        convert(plain, [None], KEY, nobody)
    assert plain.read_bytes() == before


def test_a_copy_that_no_key_opens_is_named_and_left(plain: Path) -> None:
    copy = plain.with_name(f"{plain.name}.before-0001_first")
    copy.write_bytes(os.urandom(8192))
    before = copy.read_bytes()
    done = convert(plain, [None], KEY, nobody)
    assert (done.copies, done.left) == (2, [copy])
    assert copy.read_bytes() == before


def test_progress_is_told_for_a_large_file(plain: Path) -> None:
    with closing(open_database(plain)) as db, db.atomic():
        for number in range(5000):
            set_value(db, f"key {number}", os.urandom(2000).hex())
    told: list[tuple[int, int]] = []
    convert(plain, [None], KEY, lambda done, total: told.append((done, total)))
    assert max(told)[0] >= 6
    assert all(done <= total for done, total in told)


def test_a_path_that_is_a_link_is_converted_where_it_leads(plain: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "kept.db"
    link.parent.mkdir()
    link.symlink_to(plain)
    convert(link, [None], KEY, nobody)
    assert link.is_symlink()
    assert not found_in_bytes(plain.parent, WORDS)
    assert len(texts(encrypted(link))) == 2


def test_an_empty_log_does_not_stay_beside_the_new_file(world: World) -> None:
    with world.db.atomic():
        world.collect(world.message(3000, "xylophonequartz"))
    world.db.close()
    convert(Path(world.path), [None], KEY, nobody)
    assert files(world.path.parent) == {"afterword.db"}


def test_the_bytes_of_the_plain_file_are_overwritten(plain: Path) -> None:
    with plain.open("rb") as old:
        convert(plain, [None], KEY, nobody)
        left = old.read()
    assert len(left) > 10_000
    assert not left.strip(b"\x00")


def test_a_copy_by_any_name_is_converted_and_another_programs_file_is_not(plain: Path) -> None:
    copy, other = Path(f"{plain}.bak"), Path(f"{plain}.diary")
    shutil.copy(f"{plain}.before-0007_control", copy)
    Database(other).table("diary").insert({"day": "one"})
    assert convert(plain, [None], KEY, nobody).copies == 3
    assert texts(encrypted(copy)) == texts(encrypted(plain))
    assert Database(other).table("diary").count == 1
    assert convert(plain, [KEY], None, nobody).copies == 3
    assert texts(copy) == texts(plain)
