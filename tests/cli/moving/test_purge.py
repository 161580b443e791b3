"""`purge`: what was deleted is listed, and leaves the files that were exported before."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.file.database import open_database
from bot.store.file.owner import Ownership
from bot.store.responses.answers import forget_reader
from tests.cli.conftest import AFTERWORD, NOW, Type
from tests.cli.moving.conftest import ADA, LATER, SECRET, Moves, rows
from tests.store import erasure


def forget(database: Path) -> None:
    db = open_database(database)
    with db.atomic():
        forget_reader(db, ADA, None, LATER)
    db.close()


def texts(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as db:
        return [row[0] for row in db.execute("select text from responses order by id")]


def test_what_was_deleted_is_listed_by_its_bare_id(type_in: Type, house: Path) -> None:
    ran = type_in("purge", "--database", house, "--json")
    before = ran.lines
    assert ran.status == 0
    with closing(sqlite3.connect(house)) as db:
        found = db.execute("select id from responses where reader_id = ?", [ADA])
        ids = {str(row[0]) for row in found}
    forget(house)
    now = type_in("purge", "--database", house, "--json").lines
    new = [one for one in now if one not in before]
    assert {one["response"] for one in new} == ids
    assert {(one["post"], one["because"]) for one in new} == {("rain", "reader")}
    assert all(one["erased_at"] == LATER.isoformat(timespec="milliseconds") for one in new)
    table = type_in("purge", "--database", house)
    assert all(one in table.out for one in ids)
    assert "What only you can prune" in table.err
    [first, *_] = type_in("purge", "--database", house, "--format", "csv").rows
    assert set(first) == {"post", "lang", "response", "erased_at", "because"}


def test_a_file_of_everything_loses_what_was_deleted_and_is_taken_in(
    type_in: Type, moves: Moves, house: Path, tmp_path: Path
) -> None:
    moves.export(house)
    file = moves.folder / "house.jsonl"
    assert SECRET.encode() in file.read_bytes()
    forget(house)
    ran = type_in("purge", file, "--database", house)
    assert (ran.status, "rows removed" in ran.err) == (0, True)
    data = file.read_bytes()
    assert [one for one in (SECRET, "Ada", str(ADA)) if one.encode() in data] == []
    assert json.loads(data.splitlines()[0])["rows"] == len(rows(data))
    taken = type_in("import", file, "--database", tmp_path / "new.db")
    assert taken.status == 0
    again = type_in("purge", file, "--database", house)
    assert "0 rows removed, 0 changed" in again.err
    assert file.read_bytes() == data


@pytest.mark.parametrize("form", ["json", "csv"])
def test_responses_as_json_or_csv_lose_it(
    type_in: Type, house: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "responses.txt"
    with closing(sqlite3.connect(house)) as db, db:
        db.execute("update responses set text = 'older words' where reader_id <> ?", [ADA])
    file.write_bytes(type_in("responses", "--database", house, "--format", form).out.encode())
    with closing(sqlite3.connect(house)) as db, db:
        db.execute("update responses set text = '=new words' where reader_id <> ?", [ADA])
    forget(house)
    before = file.read_bytes()
    assert SECRET.encode() in before
    assert type_in("purge", file, "--database", house).status == 0
    data = file.read_bytes()
    assert [one for one in (SECRET, str(ADA)) if one.encode() in data] == []
    assert data[:3] == before[:3]
    assert b"older words" not in data
    assert (b",'=new words," in data) == (form == "csv")
    again = type_in("purge", file, "--database", house)
    assert f"{file}: 0 rows removed, 0 changed.\n" in again.err
    assert file.read_bytes() == data


@pytest.mark.parametrize("data", [b"# Markdown\n", b'{"a": 1}\n', b"id,b\nx,y\n", b"", b"[]\n"])
def test_any_other_file_stays_as_it_is(
    type_in: Type, house: Path, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "other"
    file.write_bytes(data)
    ran = type_in("purge", file, "--database", house)
    assert ran.status == (2 if data else 0)
    if data:
        assert f"{file} is neither JSON Lines nor a CSV" in ran.err
    assert file.read_bytes() == data


def test_a_file_of_another_database_stays_as_it_is(
    type_in: Type, moves: Moves, house: Path, tmp_path: Path
) -> None:
    data = moves.export(house)
    other = tmp_path / "other.db"
    open_database(other).close()
    assert type_in("purge", moves.folder / "house.jsonl", "--database", other).status == 2
    assert (moves.folder / "house.jsonl").read_bytes() == data


@pytest.mark.parametrize("form", ["json", "csv"])
def test_responses_of_another_database_stay_as_they_are(
    type_in: Type, house: Path, tmp_path: Path, form: str
) -> None:
    file, other = tmp_path / "responses.txt", tmp_path / "other.db"
    data = type_in("responses", "--database", house, "--format", form).out.encode()
    file.write_bytes(data)
    open_database(other).close()
    ran = type_in("purge", file, "--database", other)
    assert (ran.status, f"{file} is neither JSON Lines nor a CSV" in ran.err) == (2, True)
    assert file.read_bytes() == data
    number = b"9" * 30
    in_csv = number + b"," * data.splitlines()[0].count(b",") + b"\r\n"
    strange = b'{"id":"%s","text":""}\n' % number if form == "json" else in_csv
    file.write_bytes(data + strange)
    ran = type_in("purge", file, "--database", house)
    assert f"{file}: 0 rows removed, 0 changed. 1 are no responses of this database" in ran.err
    assert file.read_bytes() == data + strange


def test_what_is_refused_and_what_is_empty_does_not_stop_the_rest(
    type_in: Type, moves: Moves, house: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.db"
    open_database(empty).close()
    files = {name: tmp_path / name for name in ("none.jsonl", "none.csv", "none", "other", "all")}
    files["all"].write_bytes(moves.export(house))
    files["none"].write_bytes(moves.export(empty))
    files["none.jsonl"].write_bytes(b"")
    files["none.csv"].write_bytes(
        type_in("responses", "--database", empty, "--format", "csv").out.encode()
    )
    files["other"].write_bytes(b"# Markdown\n")
    before = {name: file.read_bytes() for name, file in files.items()}
    forget(house)
    ran = type_in("purge", *files.values(), "--database", house)
    assert ran.status == 2
    assert "One file is not pruned: see above." in ran.err
    for name in ("none.jsonl", "none.csv", "none"):
        assert f"{files[name]}: 0 rows removed, 0 changed." in ran.err
        assert files[name].read_bytes() == before[name]
    assert files["other"].read_bytes() == before["other"]
    assert SECRET.encode() not in files["all"].read_bytes()


def test_an_essay_is_purged_from_every_byte_and_copy(type_in: Type, house: Path) -> None:
    shutil.copy(house, f"{house}.before-0007_control")
    asked = subprocess.run(  # noqa: S603  # ours
        [AFTERWORD, "purge", "--essay", "rain", "--database", house],
        input=b"n\n", capture_output=True, check=False,
    )  # fmt: skip
    assert b"for good. Go on? [y/N]" in asked.stderr
    assert (asked.returncode, SECRET in " ".join(texts(house))) == (1, True)
    ran = type_in("purge", "--essay", "en:rain", "--yes", "--database", house, "--json")
    assert ran.status == 0
    assert "They have left the file, its log, its index and the copies beside it." in ran.err
    assert texts(house) == []
    assert "purge" in {one["because"] for one in ran.lines}
    assert erasure.found(house, [SECRET, "Ada of the drums"]) == []
    with closing(sqlite3.connect(house)) as db:
        assert db.execute("select settled from publications").fetchone() == ("again",)
        assert db.execute("select 1 from notes where key = 'scrub owed'").fetchone() is None
    assert (
        "No response that is kept is like that."
        in type_in("purge", "--essay", "rain", "--yes", "--database", house).err
    )


def test_what_is_from_before_a_day_is_purged(type_in: Type, house: Path) -> None:
    kept = [one for one in texts(house) if SECRET in one]
    assert len(kept) < len(texts(house))
    day = LATER.isoformat()
    assert type_in("purge", "--before", day, "--yes", "--database", house).status == 0
    assert texts(house) == kept
    assert NOW < LATER


def test_a_bot_that_uses_the_file_an_unknown_essay_and_a_wrong_day_are_sentences(
    type_in: Type, house: Path, tmp_path: Path
) -> None:
    before = texts(house)
    unknown = type_in("purge", "--essay", "nowhere", "--yes", "--database", house)
    assert (unknown.status, "No essay is called “nowhere”" in unknown.err) == (2, True)
    wrong = type_in("purge", "--before", "soon", "--yes", "--database", house)
    assert (wrong.status, "“soon” is no date" in wrong.err) == (2, True)
    missing = type_in("purge", "--database", tmp_path / "none.db")
    assert (missing.status, "There is no database" in missing.err) == (2, True)
    bot = Ownership(house)
    bot.take()
    used = subprocess.run(  # noqa: S603  # ours; another process
        [AFTERWORD, "purge", "--essay", "rain", "--yes", "--database", house],
        capture_output=True, check=False,
    )  # fmt: skip
    bot.release()
    assert used.returncode == 2
    assert b"Stop that one, and purge again." in used.stderr
    assert texts(house) == before
