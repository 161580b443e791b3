"""`import`: what is known stays, and what was deleted stays away."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.core.post import Post
from bot.core.response import Captured
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.file.owner import Ownership
from bot.store.ledger import channels
from bot.store.responses.answers import forget_reader, keep_answer
from bot.store.responses.collected import Deleted, collect
from bot.store.responses.highlights import toggle_highlight
from tests.cli.conftest import AFTERWORD, GUILD, NOW, THREAD
from tests.cli.moving.conftest import ADA, LATER, SECRET, Moves, change, joined, rows


def forget(database: Path) -> None:
    db = open_database(database)
    with db.atomic():
        forget_reader(db, ADA, None, LATER)
    db.close()


def test_what_was_deleted_here_does_not_come_back(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    old = moves.export(house)
    shutil.copy(house, tmp_path / "copy.db")
    forget(tmp_path / "copy.db")
    without = moves.export(tmp_path / "copy.db")
    ran = moves.take_in(old, tmp_path / "copy.db")
    assert ran.status == 0
    assert "2 responses were deleted here, and stay away" in ran.out
    now = moves.export(tmp_path / "copy.db")
    assert [part for part in ("Ada", SECRET, "Drums.") if part in now.decode()] == []
    assert rows(now, "tombstones") == rows(without, "tombstones")
    assert rows(now, "consents") == rows(now, "highlights") == []
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert db.execute("select 1 from readers where id = ?", [ADA]).fetchone() is None


def test_what_was_deleted_there_is_deleted_here(moves: Moves, house: Path, tmp_path: Path) -> None:
    shutil.copy(house, tmp_path / "copy.db")
    forget(tmp_path / "copy.db")
    newer = moves.export(tmp_path / "copy.db")
    ran = moves.take_in(newer, house)
    assert "2 were deleted there, and are deleted here, too." in ran.out
    with closing(sqlite3.connect(house)) as db:
        assert db.execute("select count(*) from readers where id = ?", [ADA]).fetchone() == (0,)
        assert db.execute("select settled from publications").fetchone() == ("again",)
        assert db.execute("select 1 from notes where key = 'scrub owed'").fetchone()
        buried = db.execute("select because from tombstones where source_id = ?", [THREAD + 10])
        assert buried.fetchone() == ("reader",)


def test_what_is_new_there_comes_and_what_is_known_stays(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    shutil.copy(house, old)
    db = open_database(house)
    with db.atomic():
        new = Captured(THREAD + 70, GUILD, THREAD, GUILD + 170, "Dilek", "News.", LATER)
        collect(db, [new], {}, LATER)
        db.execute("update responses set text = 'Another.' where source_id = ?", [THREAD + 11])
    db.close()
    moves.take_in(moves.export(house), old)
    with closing(sqlite3.connect(old)) as kept:
        texts = {row[0] for row in kept.execute("select text from responses")}
    assert "News." in texts
    assert "Another." not in texts


def test_a_message_that_both_collected_is_one_and_keeps_what_came_with_it(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    both = (house, tmp_path / "copy.db")
    shutil.copy(*both)
    for path in both:  # each mints an id of its own
        db = open_database(path)
        with db.atomic():
            new = Captured(THREAD + 70, GUILD, THREAD, GUILD + 170, "Dilek", "News.", LATER)
            collect(db, [new], {}, LATER)
            if path == house:
                [[found]] = db.execute("select id from responses where text = 'News.'").fetchall()
                toggle_highlight(db, found, 1, NOW)
        db.close()
    assert moves.take_in(moves.export(house), both[1]).status == 0
    with closing(sqlite3.connect(both[1])) as kept:
        assert kept.execute(
            "select count(*), count(highlighted_at) from responses "
            "left join highlights on response_id = responses.id where text = 'News.'"
        ).fetchone() == (1, 1)  # fmt: skip


def test_the_newer_consent_counts_wherever_it_was_given(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    def consents(path: Path) -> list[tuple[int, str]]:
        with closing(sqlite3.connect(path)) as db:
            return db.execute("select granted, wording from consents order by id").fetchall()

    old = tmp_path / "old.db"
    shutil.copy(house, old)
    with closing(sqlite3.connect(house)) as db:
        db.execute(
            "insert into consents (response_id, purpose, granted, wording, given_at) "
            "select response_id, purpose, 0, 'Still?', ? from consents limit 1",
            [(LATER + timedelta(days=1)).isoformat()],
        )
        db.commit()
    new = moves.export(house)
    moves.take_in(moves.export(old), house)
    assert consents(house)[-1] == (0, "Still?")
    moves.take_in(new, old)
    assert consents(old)[-1] == (0, "Still?")
    moves.take_in(new, old)
    assert len(consents(old)) == len(consents(house))


def test_a_start_that_is_only_intended_here_is_known_from_there(moves: Moves, house: Path) -> None:
    data = moves.export(house)
    with closing(sqlite3.connect(house)) as db:
        db.execute("pragma foreign_keys=on")
        for table in ("quote_requests", "highlights", "consents", "gaps", "responses", "threads"):
            db.execute(f"delete from {table}")  # noqa: S608  # our own names
        db.execute("update publications set thread_id = null, started_at = null")
        db.execute("update messages set message_id = null, sent_at = null")
        db.execute("update dream_messages set message_id = null, sent_at = null")
        db.commit()
    assert moves.take_in(data, house).status == 0
    assert moves.export(house) == data


def test_the_channel_that_moderators_chose_here_stays(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    db = open_database(tmp_path / "other.db")
    with db.atomic():
        channels.join_guild(db, GUILD, "Readers", NOW)
        mine = channels.Channel(30, GUILD, is_forum=True, lang="en", pace="daily", body="full")
        channels.use_channel(db, mine, NOW)
    db.close()
    assert moves.take_in(moves.export(house), tmp_path / "other.db").status == 0
    with closing(sqlite3.connect(tmp_path / "other.db")) as kept:
        open_ones = kept.execute("select id from channels where closed_at is null").fetchall()
    assert open_ones == [(30,)]


def test_two_bots_that_read_one_blog_apart_are_not_mixed(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    db = open_database(tmp_path / "other.db")
    with db.atomic():
        post = Post(path="rain.md", lang="en", slug="rain", title="Rain", essay="rain", digest="")
        record_posts(db, [post], NOW)
    db.close()
    before = moves.export(tmp_path / "other.db")
    ran = moves.take_in(moves.export(house), tmp_path / "other.db")
    assert ran.status == 2
    assert "comes after the essay rain, which this database has found by itself" in ran.err
    assert "take the file into a new database" in ran.err
    assert moves.export(tmp_path / "other.db") == before


def test_a_database_in_use_is_left_alone(house: Path, moves: Moves, tmp_path: Path) -> None:
    data = moves.export(house)
    (tmp_path / "file").write_bytes(data)
    ownership = Ownership(house)
    ownership.take()
    ran = subprocess.run(  # noqa: S603  # ours; another process
        [AFTERWORD, "import", tmp_path / "file", "--database", house],
        capture_output=True, check=False,
    )  # fmt: skip
    ownership.release()
    assert ran.returncode == 2
    assert b"is in use by another Afterword (process " in ran.stderr
    assert b"Stop that one, and import again." in ran.stderr


def test_an_essay_that_is_called_otherwise_now_is_known_by_its_key(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    db = open_database(tmp_path / "other.db")
    with db.atomic():
        post = Post(path="a.md", lang="tr", slug="yagmur", title="Yağmur", essay="rain", digest="")
        record_posts(db, [post], NOW)
    db.close()
    ran = moves.take_in(moves.export(house), tmp_path / "other.db")
    assert (ran.status, "comes after the essay rain" in ran.err) == (2, True)


def test_another_thing_under_the_same_id_is_refused(moves: Moves, house: Path) -> None:
    data = moves.export(house)
    reader = next(one["id"] for one in rows(data, "readers") if one["id"] != str(ADA))
    ran = moves.take_in(change(data, "responses", {"reader_id": reader}), house)
    other = moves.take_in(change(data, "responses", {"reader_id": str(ADA)}), house)
    assert {ran.status, other.status} == {0, 2}
    assert "says something else of what is known here by the same id" in ran.err + other.err
    assert moves.export(house) == data


def test_what_was_concluded_here_and_is_certain_there_is_certain(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(house, copy)
    db = open_database(house)
    with db.atomic():
        collect(db, [Deleted(THREAD + 500)], {}, NOW)
    db.close()
    data = moves.export(house)
    moves.take_in(data, copy)
    assert moves.export(copy) == data


def answer(database: Path, number: int, agreed: tuple[bool, ...]) -> int:
    """Keep an answer of a new reader, who says again and again whether it may be quoted."""
    db = open_database(database)
    with db.atomic():
        [prompt] = db.execute("select id from prompts").fetchone()
        reader = Captured(THREAD + number, GUILD, THREAD, GUILD + 5000 + number, "D", "Yes.", NOW)
        for turn, may_quote in enumerate(agreed):
            again = reader._replace(source_id=THREAD + number + turn)
            keep_answer(db, again, prompt, shown=True, may_quote=may_quote, wordings=("May I?", ""))
        db.execute("update consents set given_at = ? where id = 1", [LATER.isoformat()])
        [found] = db.execute("select max(id) from responses").fetchone()
    db.close()
    return int(found)


def test_each_consent_stays_with_its_answer_and_the_last_word_is_the_last(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(house, copy)
    here = answer(copy, 3000, (True,))
    there = answer(house, 4000, (False, True, False))
    with closing(sqlite3.connect(house)) as db:  # a clock went back in between
        db.execute(
            "update consents set given_at = ? where id = (select max(id) from consents)",
            [(NOW - timedelta(days=9)).isoformat()],
        )
        db.commit()
    assert moves.take_in(moves.export(house), copy).status == 0
    with closing(sqlite3.connect(copy)) as kept:
        query = "select granted from consents where response_id = ? order by id"
        assert kept.execute(query, [here]).fetchall() == [(1,)]
        assert kept.execute(query, [there]).fetchall() == [(0,), (1,), (0,)]


def test_the_owner_of_the_database_is_the_import(moves: Moves, house: Path) -> None:
    moves.take_in(moves.export(house), house)
    with closing(sqlite3.connect(house)) as db:
        [token] = db.execute("select value from notes where key = 'owner'").fetchone()
    assert token != "a token"


def test_a_shown_answer_that_was_deleted_is_left_to_the_publisher_to_remove(
    moves: Moves, house: Path, tmp_path: Path
) -> None:
    data = moves.export(house)
    found = rows(data)
    said = next(one for one in found if one.get("source") == "answer")
    place = next(number for number, one in enumerate(found) if one["table"] == "tombstones")
    buried = found[place] | {"source_id": said["source_id"]}
    ran = moves.take_in(joined(data, [*found[:place], buried, *found[place:]]), tmp_path / "new.db")
    assert "1 responses were deleted here, and stay away" in ran.out
    with closing(sqlite3.connect(tmp_path / "new.db")) as db:
        assert db.execute("select response_id from messages where kind = 'answer'").fetchone() == (
            None,
        )
        assert db.execute("select settled from publications").fetchone() == ("again",)
        assert db.execute("select count(*) from consents").fetchone() == (0,)
