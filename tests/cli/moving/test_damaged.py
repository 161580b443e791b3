"""`import` of a file that is damaged, or is anybody's: a sentence, and nothing changed."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk.everything import MOST_BYTES
from bot.store.file.migrations import NAMES
from tests.cli.moving.conftest import Moves, change, joined, rows

HEAD = {"format": "afterword", "version": 1, "schema": list(NAMES), "rows": 0}


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"", "is no export of Afterword"),
        (b"{", "is no export of Afterword"),
        (b'{"guild": {}}', "type --discord, too"),
        (HEAD | {"version": 2}, "another version"),
        (HEAD | {"schema": [*NAMES, "0099_later"]}, "a newer version of Afterword: install"),
        (HEAD | {"schema": list(NAMES[:-1])}, "an older version of Afterword: start this one"),
        (HEAD | {"schema": 5}, "another version"),
        (HEAD | {"rows": -1}, "Line 1 lacks its count"),
        (HEAD | {"rows": True}, "Line 1 lacks its count"),
        (HEAD | {"rows": 10**15}, "Line 2 is missing: the file was cut short"),
        (b"x" * (MOST_BYTES + 10), "Line 1 has more than"),
    ],
)
def test_a_file_that_is_none_makes_no_database(
    moves: Moves, tmp_path: Path, head: Any, says: str
) -> None:
    data = head if isinstance(head, bytes) else json.dumps(head).encode() + b"\n"
    ran = moves.take_in(data, tmp_path / "new.db")
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("table", "values", "says"),
    [
        ("responses", {"reader_id": "1"}, "refers to a row that is neither before it nor here"),
        ("responses", {"reader_id": 1}, "has something in reader_id"),
        ("responses", {"reader_id": "1" * 25}, "has something in reader_id"),
        ("responses", {"reader_id": "01"}, "has something in reader_id"),
        ("responses", {"reader_id": "²"}, "has something in reader_id"),
        ("responses", {"text": "a\0b"}, "has something in text"),
        ("responses", {"text": None}, "has something in text"),
        ("responses", {"text": ["a"]}, "has something in text"),
        ("responses", {"created_at": "yesterday"}, "has something in created_at"),
        ("responses", {"created_at": "2026-03-01T12:00:00"}, "has something in created_at"),
        ("responses", {"shown": 2}, "holds a value that its table does not take"),
        ("responses", {"shown": True}, "has something in shown"),
        ("responses", {"shown": 1.0}, "has something in shown"),
        ("responses", {"words": "x"}, "has other columns than its table"),
        ("responses", {"table": "readings"}, "is of no table that moves"),
        ("responses", {"table": "sqlite_schema"}, "is of no table that moves"),
        ("responses", {"table": ["responses"]}, "is of no table that moves"),
        ("responses", {"table": "guilds"}, "stands behind later tables"),
        ("posts", {"aliases": "[1]"}, "has something in aliases"),
        ("posts", {"aliases": "{"}, "has something in aliases"),
        ("publications", {"obstacle": '{"phrase": "x"}'}, "has something in obstacle"),
        ("publications", {"tags": "null"}, "has something in tags"),
        ("notes", {"key": "owner"}, "belongs to one running bot"),
        ("notes", {"key": "commands of 5"}, "belongs to one running bot"),
        ("consents", {"purpose": "train"}, "holds a value that its table does not take"),
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_changed(
    moves: Moves, house: Path, tmp_path: Path, table: str, values: dict[str, Any], says: str
) -> None:
    data = moves.export(house)
    bad = change(data, table, values)
    number = next(n for n, one in enumerate(rows(data), 2) if one["table"] == table)
    ran = moves.take_in(bad, tmp_path / "new.db")
    assert (ran.status, ran.out) == (2, "")
    assert f"Line {number} " in ran.err
    assert says in ran.err
    assert "Nothing was changed" in ran.err
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("raw", [b'"\\ud800"', b"\xff", b"NaN", b"[" * 5000, b"1e999999"])
def test_what_is_no_json_is_named_by_its_line(
    moves: Moves, house: Path, tmp_path: Path, raw: bytes
) -> None:
    lines = moves.export(house).splitlines(keepends=True)
    lines[5] = b'{"table":"posts","title":' + raw + b"}\n"
    ran = moves.take_in(b"".join(lines), tmp_path / "new.db")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("afterword: Line 6 ")


@pytest.mark.parametrize("cut", [-1, -40, 900])
def test_a_file_that_was_cut_short_or_goes_on_changes_nothing(
    moves: Moves, house: Path, tmp_path: Path, cut: int
) -> None:
    data = moves.export(house)
    lines = data.splitlines(keepends=True)
    for bad in (data[:cut] if cut != -1 else b"".join(lines[:-1]), data + lines[-1]):
        ran = moves.take_in(bad, tmp_path / "new.db")
        assert (ran.status, "Line " in ran.err) == (2, True)
        assert not (tmp_path / "new.db").exists()


VALUES: st.SearchStrategy[object] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.just([])
    | st.sampled_from(["0", "1", "2026-03-01T12:00:00+00:00", "rain", str(2**63 - 1)])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_any_change_of_a_file_is_taken_in_or_refused_in_a_sentence(
    moves: Moves, house: Path, tmp_path: Path, data: st.DataObject
) -> None:
    before = moves.export(house)
    found = rows(before)
    row = data.draw(st.sampled_from(found))
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(VALUES)
    copy = tmp_path / "copy.db"
    shutil.copy(house, copy)
    ran = moves.take_in(joined(before, found), copy)
    assert ran.status in {0, 2}
    assert "Traceback" not in ran.err
    if ran.status:
        assert moves.export(copy) == before
    else:
        assert moves.take_in(before, copy).status == 0
