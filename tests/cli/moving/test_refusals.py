"""Moving house keeps every choice: who refused there is refused here, and the other way round."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.core.consent import Wording
from bot.core.response import Captured
from bot.store.file.database import open_database
from bot.store.file.scrubbing import debt
from bot.store.responses import choices, refusals
from bot.store.responses.answers import forget_reader
from bot.store.responses.collected import collect
from bot.store.responses.refusals import KEY
from tests.cli.conftest import GUILD, NOW, THREAD, Type
from tests.cli.moving.conftest import ADA, LATER, SECRET, Moves, joined, rows
from tests.cli.moving.test_discord import DEFNE, exported, message

TRACES = ("Ada", SECRET, "Drums.", str(ADA))


def refuse(database: Path, reader: int = ADA) -> None:
    db = open_database(database)
    with db.atomic():
        choices.refuse(db, GUILD, reader, Wording("No"), LATER)
    db.close()


def write(database: Path, reader: int, text: str, number: int = 900) -> None:
    db = open_database(database)
    with db.atomic():
        one = Captured(THREAD + number, GUILD, THREAD, reader, "Somebody", text, LATER)
        collect(db, [one], {}, LATER)
    db.close()


def texts(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as db:
        return [row[0] for row in db.execute("select text from responses")]


def traces(database: Path) -> list[str]:
    """Return what is left of what Ada wrote in the bytes of a database, once that is scrubbed."""
    with closing(open_database(database)) as db:
        db.execute("insert into responses_fts(responses_fts) values ('optimize')")
        db.conn.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    return [trace for trace in TRACES[:3] if trace.encode() in database.read_bytes()]


def test_a_refusal_moves_with_its_key_and_holds(moves: Moves, house: Path, tmp_path: Path) -> None:
    refuse(house)
    data = moves.export(house)
    assert [trace for trace in TRACES if trace in data.decode()] == []
    new = tmp_path / "new.db"
    assert moves.take_in(data, new).status == 0
    write(new, ADA, "after the move")
    write(new, ADA + 1, f"as <@{ADA}> said", 901)
    assert "after the move" not in texts(new)
    assert "as @someone said" in texts(new)
    with closing(open_database(new)) as db:
        found = choices.choices_of(db, GUILD, ADA)
    assert found.refusal is not None
    assert found.refusal.wording.text == "No"


def test_an_old_file_brings_back_nobody_who_refused_since(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    old = moves.export(house)
    new = tmp_path / "new.db"
    assert moves.take_in(old, new).status == 0
    refuse(new)
    with closing(sqlite3.connect(new)) as db, db:  # as if tombstones did not say so already
        db.execute("delete from tombstones")
    ran = moves.take_in(old, new)
    assert ran.status == 0
    assert "2 stay away: their readers said no to keeping" in ran.out
    with closing(sqlite3.connect(new)) as db:
        for table in ("responses", "choices", "nicknames"):
            query = f"select 1 from {table} where reader_id = ?"  # noqa: S608
            assert db.execute(query, [ADA]).fetchone() is None
    assert traces(new) == []


def test_who_refused_there_is_deleted_here(moves: Moves, house: Path, tmp_path: Path) -> None:
    write(house, ADA + 1, f"as <@{ADA}> said")
    there = tmp_path / "there.db"
    shutil.copy(house, there)
    refuse(there)
    refuse(house, ADA + 50)  # this database has a key of its own
    with closing(sqlite3.connect(there)) as db, db:
        db.execute("delete from tombstones")
    ran = moves.take_in(moves.export(there), house)
    assert ran.status == 0
    assert "2 stay away: " in ran.out
    assert "as @someone said" in texts(house)
    assert not set(texts(house)) & {SECRET, "Drums."}
    with closing(open_database(house)) as here:
        assert refusals.refuses(here, GUILD, ADA)
        assert refusals.refuses(here, GUILD, ADA + 50)
        keys = here.execute("select count(*) from notes where key like ?", [f"{KEY}%"]).fetchone()
    assert keys == (2,)


def test_a_refusal_that_was_made_again_there_holds_here(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    refuse(house)
    there = tmp_path / "there.db"
    shutil.copy(house, there)
    with closing(open_database(house)) as db, db.atomic():
        choices.agree(db, GUILD, ADA, Wording("Yes"), NOW)
    assert moves.take_in(moves.export(there), house).status == 0
    with closing(open_database(house)) as db:
        assert refusals.refuses(db, GUILD, ADA)
        assert choices.choices_of(db, GUILD, ADA).keep is None  # nor a row that names them


def test_a_later_yes_is_not_undone_by_an_old_file(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    refuse(house)
    old = moves.export(house)
    new = tmp_path / "new.db"
    assert moves.take_in(old, new).status == 0
    with closing(open_database(new)) as db, db.atomic():
        choices.agree(db, GUILD, ADA, Wording("Yes"), LATER.replace(year=2999))
    assert moves.take_in(old, new).status == 0
    with closing(open_database(new)) as db:
        assert not refusals.refuses(db, GUILD, ADA)


def test_a_note_that_pretends_to_be_a_key_is_refused(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    found = rows(moves.export(house))
    forged = {"table": "notes", "key": f"{KEY}00", "value": "no key"}
    ran = moves.take_in(joined(moves.export(house), [forged, *found]), tmp_path / "new.db")
    assert ran.status != 0
    assert "is no key of refusals" in ran.err


def test_choices_are_known_by_what_they_say(moves: Moves, house: Path) -> None:
    data = moves.export(house)
    assert moves.take_in(data, house).status == 0
    assert rows(moves.export(house), "choices") == rows(data, "choices")


def test_an_old_thread_leaves_out_who_refused(
    type_in: Type, database: Path, tmp_path: Path
) -> None:
    refuse(database, DEFNE)
    file = tmp_path / "chat.json"
    talk = (message(1, "Defne’s secret."), message(2, f"As <@{DEFNE}> says.", ADA, reply_to=1))
    file.write_text(json.dumps(exported(*talk)), encoding="utf-8")
    ran = type_in("import", "--discord", file, "--database", database)
    assert ran.out.startswith("1 messages are new")
    assert "1 stay away: their readers said no to keeping" in ran.out
    assert "As @someone says." in texts(database)
    left = b"".join(path.read_bytes() for path in tmp_path.glob(f"{database.name}*"))
    assert b"secret." not in left
    assert str(DEFNE).encode() not in left


def test_an_old_file_brings_back_no_choice_of_who_deleted_everything(
    moves: Moves, house: Path
) -> None:
    old = moves.export(house)
    assert rows(old, "choices")
    with closing(open_database(house)) as db, db.atomic():
        forget_reader(db, ADA, None, LATER)
    assert moves.take_in(old, house).status == 0
    assert rows(moves.export(house), "choices") == []


def test_a_choice_that_was_taken_back_there_is_taken_back_here(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.db"
    shutil.copy(house, there)
    with closing(open_database(there)) as db, db.atomic():
        choices.forget_choices(db, GUILD, ADA)
    assert moves.take_in(moves.export(there), house).status == 0
    assert rows(moves.export(house), "choices") == []
    with closing(open_database(house)) as db:
        assert debt(db) is not None


def test_who_refused_there_has_no_draft_left_here(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.db"
    shutil.copy(house, there)
    refuse(there)
    with closing(open_database(house)) as db, db.atomic():
        forget_reader(db, ADA, None, LATER)
        for reader, text in ((ADA, "begun"), (ADA + 1, f"as <@{ADA}> said")):
            query = "insert into drafts select ?, id, ?, ? from prompts limit 1"
            db.execute(query, [reader, text, LATER.isoformat()])
    assert moves.take_in(moves.export(there), house).status == 0
    with closing(open_database(house)) as db:
        assert db.execute("select text from drafts").fetchall() == [("as @someone said",)]
