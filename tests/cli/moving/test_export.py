"""`export --all`: everything that is kept, and nothing that was deleted."""

import json
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.desk.tables import KEYS_LEFT_OUT, LEFT_OUT, ONLY, TABLES
from bot.store.file.database import open_database
from bot.store.file.migrations import NAMES
from bot.store.responses.answers import forget_reader
from bot.store.responses.queries import Filter, listing
from tests.cli.conftest import AFTERWORD, GUILD, Start, Type
from tests.cli.moving.conftest import ADA, LATER, SECRET, Moves, rows


def every_table(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as db:
        names = {
            row[0] for row in db.execute("select name from pragma_table_list where type = 'table'")
        }
    return {one for one in names if not one.startswith(("sqlite_", "_sqlite_"))}


def test_every_table_moves_or_is_named_as_left_out(house: Path) -> None:
    assert every_table(house) == {*TABLES, *LEFT_OUT}
    assert set(ONLY) <= set(TABLES)
    assert len(set(TABLES)) == len(TABLES)


def test_what_is_left_out_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/moving.md").read_text(encoding="utf-8")
    assert [name for name in (*TABLES, *LEFT_OUT, *KEYS_LEFT_OUT) if f"`{name}`" not in page] == []


def test_an_export_is_a_head_and_a_row_a_line_with_ids_as_text(moves: Moves, house: Path) -> None:
    data = moves.export(house)
    found = rows(data)
    assert json.loads(data.splitlines()[0]) == {
        "format": "afterword", "version": 1, "schema": list(NAMES), "rows": len(found),
    }  # fmt: skip
    assert {one["table"] for one in found} == set(TABLES)
    assert [TABLES.index(one["table"]) for one in found] == sorted(
        TABLES.index(one["table"]) for one in found
    )
    numbers = {key for one in found for key, value in one.items() if isinstance(value, int)}
    assert not {key for key in numbers if key == "id" or key.endswith(("_id", "_by"))}
    [told] = rows(data, "notes")
    assert told == {"table": "notes", "key": "AFTERWORD_CHANNEL", "value": "20"}
    assert str(house).encode() not in data


def test_exported_imported_and_exported_again_is_the_same(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    data = moves.export(house)
    assert moves.export(house) == data
    ran = moves.take_in(data, tmp_path / "new.db")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{len(rows(data))} rows are new in {tmp_path}/new.db; 0 were known")
    assert moves.export(tmp_path / "new.db") == data
    assert moves.report(tmp_path / "new.db") == moves.report(house)
    again = moves.take_in(data, tmp_path / "new.db")
    assert again.out.startswith("0 rows are new")
    assert moves.export(tmp_path / "new.db") == data
    assert moves.take_in(data, house).status == 0
    assert moves.export(house) == data


def test_after_vacuum_and_in_another_order_the_bytes_are_the_same(
    moves: Moves, house: Path
) -> None:
    data = moves.export(house)
    with closing(sqlite3.connect(house)) as db:
        kept = db.execute("select * from tombstones order by source_id desc").fetchall()
        db.execute("delete from tombstones")
        db.executemany("insert into tombstones values (?, ?, ?, ?, ?, ?, ?)", kept)
        db.commit()
        db.execute("vacuum")
    assert moves.export(house) == data


def test_the_other_database_answers_and_finds_words(
    moves: Moves, house: Path, type_in: Type, tmp_path: Path
) -> None:
    before = type_in("responses", "--json", "--database", house).lines
    moves.take_in(moves.export(house), tmp_path / "new.db")
    assert type_in("responses", "--json", "--database", tmp_path / "new.db").lines == before
    db = open_database(tmp_path / "new.db")
    assert [one.text for one in listing(db, Filter(words="SENTENCE of"))] == [f"{SECRET}, again"]
    db.close()


def test_the_file_is_private_and_replaced_whole(moves: Moves, house: Path) -> None:
    file = moves.folder / "house.jsonl"
    file.write_text("old")
    file.chmod(0o644)
    moves.export(house)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(moves.folder.glob(".house*"))


@pytest.mark.parametrize("where", ["nowhere/house.jsonl", "."])
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    type_in: Type, house: Path, tmp_path: Path, where: str
) -> None:
    before = set(tmp_path.rglob("*"))
    ran = type_in("export", "--all", tmp_path / where, "--database", house)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert set(tmp_path.rglob("*")) - before <= {
        house.with_name("kept.db-shm"),
        house.with_name("kept.db-wal"),
    }


def test_a_failure_leaves_the_file_that_was_there(
    type_in: Type, house: Path, tmp_path: Path
) -> None:
    file = tmp_path / "house.jsonl"
    file.write_text("old")
    with closing(sqlite3.connect(house)) as db:
        db.execute("update readers set name = cast(x'ff' as text)")
        db.commit()
    ran = type_in("export", "--all", file, "--database", house)
    assert ran.status == 2
    assert file.read_text() == "old"
    assert not list(tmp_path.glob(".house*"))


def test_the_database_itself_is_not_written_over(type_in: Type, house: Path) -> None:
    before = house.read_bytes()
    ran = type_in("export", "--all", house, "--database", house)
    assert (ran.status, "is the database itself" in ran.err) == (2, True)
    assert house.read_bytes() == before


def test_a_dash_is_standard_output_and_input(start: Start, house: Path, moves: Moves) -> None:
    data = moves.export(house)
    ran = start("export", "--all", "-", "--database", house)
    assert (ran.out.encode(), ran.err) == (data, "")
    subprocess.run(  # noqa: S603  # ours
        [AFTERWORD, "import", "-", "--database", "new.db"],
        input=data, cwd=moves.folder, check=True, capture_output=True,
    )  # fmt: skip
    assert moves.export(moves.folder / "new.db") == data


def test_an_export_of_nothing_is_a_matter_of_usage(type_in: Type) -> None:
    ran = type_in("export")
    assert (ran.status, "Say what to export" in ran.err) == (2, True)


@pytest.mark.parametrize("guild", [None, GUILD])
def test_nothing_of_a_forgotten_reader_is_in_a_fresh_export(
    moves: Moves, house: Path, guild: int | None
) -> None:
    assert all(part.encode() in moves.export(house) for part in ("Ada of", SECRET, str(ADA)))
    db = open_database(house)
    with db.atomic():
        forget_reader(db, ADA, guild, LATER)
    db.close()
    data = moves.export(house).decode()
    assert [part for part in ("Ada", SECRET, "Drums", str(ADA)) if part in data] == []


def test_a_reader_without_responses_and_a_name_in_a_server_without_them_stay_here(
    moves: Moves, house: Path
) -> None:
    data = moves.export(house)
    with closing(sqlite3.connect(house)) as db:
        db.execute("insert into readers values (4321, 'Nobody')")
        db.execute("insert into guilds (id, name, joined_at) values (3, 'Other', '')")
        db.execute("insert into nicknames values (3, ?, 'Elsewhere')", [ADA])
        db.commit()
    assert rows(moves.export(house), "readers") == rows(data, "readers")
    assert rows(moves.export(house), "nicknames") == rows(data, "nicknames")
