"""After *delete mine*, nothing of a reader is left: in no byte, in no row, in no copy, anywhere."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.response import Captured
from bot.desk.everything import lines_of
from bot.store.audit import record_act
from bot.store.file import copies, scrubbing
from bot.store.file.database import connect, copy_beside, open_database
from bot.store.file.migrations import NAMES, migrations
from bot.store.file.persons import PLACES
from bot.store.responses import answers
from bot.store.responses.collected import Deleted, collect
from bot.store.store import Store
from tests.store import erasure, test_upgrades
from tests.store.conftest import FIRST, GUILD, NOW, World

READER = 1_187_654_321_098_765_432
OTHERS = 1_100_000_000_000_000_000
ELSEWHERE = 11
NAME, NICKNAME, WORDS = "Zenobiaquill", "Zenonick", "quaggaokapi"
TRACES = (READER, NAME, NICKNAME, WORDS)

ACTED = f"""
insert into guilds (id, name, joined_at) values ({ELSEWHERE}, 'Elsewhere', '{NOW}');
insert into choices (guild_id, reader_id, purpose, choice, wording, version, chosen_at) values
  ({GUILD}, {READER}, 'keep', 'yes', 'w', '1', '{NOW}'),
  ({ELSEWHERE}, {READER}, 'quote', 'by_name', 'w', '1', '{NOW}');
insert into drafts values ({READER}, :prompt, 'quaggaokapi begun', '{NOW}');
insert into drafts values ({OTHERS}, :prompt, 'as <@{READER}> says', '{NOW}');
insert into author_visits values ({GUILD}, {READER}, 1, '{NOW}'), ({ELSEWHERE}, {READER}, 1, '{NOW}');
update publications set asked_by = {READER};
insert into holds (channel_id, held_at, decision, decided_by, decided_at)
  values (20, '{NOW}', 'start', {READER}, '{NOW}');
insert into decisions select 20, id, 'skip', '', {READER}, '{NOW}' from essays limit 1;
insert into follow_roles values ({GUILD}, 'tag', 'maps', 'Maps', 5, {READER}, '{NOW}');
update responses set linked_by = {READER}, hidden_by = {READER}, reviewed_by = {READER}
  where reader_id <> {READER};
insert into highlights select id, {READER}, '{NOW}' from responses where reader_id <> {READER} limit 3;
insert into quote_requests (response_id, thread_id, source_message_id, asked_by, intended_at)
  select id, thread_id, source_id, {READER}, '{NOW}' from responses where reader_id <> {READER} limit 1
"""  # noqa: E501, S608  # our own values
"""A reader who is an author and a moderator as well."""


def said(source: int, text: str, reader: int, name: str = "somebody") -> Captured:
    return Captured(source, GUILD, FIRST, reader, name, text, NOW, nickname="")


def fill(world: World) -> None:
    """Have many write in the order in which it comes, so that pages split, and rows move."""
    world.answer(READER - 1, f"{WORDS} answered", reader=READER, may_quote=True, named=True)
    drawn = random.Random(5)  # noqa: S311  # no secret
    events = []
    for number in range(600):
        reader = READER if number % 7 == 0 else OTHERS + drawn.randrange(10**12)
        name = NAME if reader == READER else f"reader {reader}"
        text = WORDS if reader == READER else "other words"
        if number % 50 == 1:
            text = f"I am with <@{READER}> and <@!{READER}>, and not alone"
        source = OTHERS + drawn.randrange(10**12)
        long = " and so on" * drawn.randrange(60)
        events.append(said(source, f"{text} {long}", reader, name)._replace(nickname=NICKNAME))
    events = [one if one.reader_id == READER else one._replace(nickname="") for one in events]
    for start in range(0, len(events), 20):
        world.collect(*events[start : start + 20])
    for statement in ACTED.split(";"):
        world.db.execute(statement, {"prompt": world.first.prompts[0]})
    record_act(world.db, GUILD, READER, "closed a thread", NOW, subject_id=READER)
    world.db.conn.commit()


@pytest.fixture
def filled(world: World) -> World:
    fill(world)
    world.db.execute("vacuum into ?", [f"{world.path}.before-0007_control"])
    world.db.execute("vacuum into ?", [f"{world.path}.bak"])
    return world


async def opened(world: World) -> Store:
    world.db.close()
    store = Store(world.path)
    await store.open()
    return store


def look(path: Path) -> erasure.Open:
    """Return what opens a database and its copies as the bot does, with its key if it has one."""
    return lambda file: connect(copy_beside(path, file)).conn


@pytest.mark.encrypted_too
async def test_nothing_of_a_reader_is_left_anywhere(filled: World) -> None:
    opens = look(filled.path)
    assert {one.split(" ")[0] for one in erasure.in_rows(filled.path, TRACES, opens)} == {
        str(one) for one in TRACES
    }
    store = await opened(filled)
    await store.write(answers.forget_reader, READER, None, NOW)
    assert await store.scrub()
    assert erasure.found(filled.path, TRACES, opens) == []
    exported = await store.read(lambda db: b"".join(lines_of(db)))
    assert [one for one in TRACES if str(one).encode() in exported] == []
    await store.close()
    assert erasure.found(filled.path, TRACES, opens) == []
    with closing(opens(Path(f"{filled.path}.before-0007_control"))) as copy:
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
        (left,) = copy.execute("select count(*) from responses").fetchone()
        assert left == 514
        found = "select count(*) from responses_fts where responses_fts match ?"
        assert copy.execute(found, ["other"]).fetchone()[0] > 400
        assert copy.execute(found, [WORDS]).fetchone() == (0,)


async def test_here_leaves_what_is_elsewhere(filled: World) -> None:
    store = await opened(filled)
    await store.write(answers.forget_reader, READER, GUILD, NOW)
    assert await store.scrub()
    assert erasure.found(filled.path, [NAME, NICKNAME, WORDS]) == []
    places = {one.partition(": ")[2] for one in erasure.in_rows(filled.path, [READER])}
    assert places == {"choices.reader_id", "author_visits.author_id"}
    guilds = await store.read(lambda db: db.execute("select guild_id from choices").fetchall())
    assert guilds == [(ELSEWHERE,)]
    await store.close()


async def test_words_in_gaps_of_pages_go_too(filled: World) -> None:
    """`secure_delete` leaves what stood where rows were before their page was split."""
    drawn = random.Random(7)  # noqa: S311  # no secret
    rows = filled.db.execute("select source_id from responses where source <> 'answer'").fetchall()
    sources = [row[0] for row in rows]
    marks = []
    store = await opened(filled)
    for minute in range(1, 4):
        drawn.shuffle(sources)
        for start in range(0, len(sources), 10):
            some = sources[start : start + 10]
            texts = [f"mark{minute}of{one}{' longer' * drawn.randrange(90)}" for one in some]
            marks += [text.partition(" ")[0] for text in texts]
            at = NOW.replace(minute=minute)
            pairs = zip(some, texts, strict=True)
            edits = [said(*pair, OTHERS)._replace(edited_at=at) for pair in pairs]
            await store.write(collect, edits, {}, NOW)
    await store.write(collect, [Deleted(source) for source in sources[::3]], {}, NOW)
    assert await store.scrub()
    kept = await store.read(lambda db: {row[0] for row in db.execute("select text from responses")})
    gone = {f"{mark} " for mark in marks} - {f"{text.partition(' ')[0]} " for text in kept}
    data = filled.path.read_bytes()
    assert [mark for mark in gone if mark.encode() in data] == []
    await store.close()


def test_every_place_is_filled_here(filled: World) -> None:
    for place in PLACES:
        query = f"select 1 from {place.table} where {place.column} = ?"  # noqa: S608
        assert filled.db.execute(query, [READER]).fetchone(), place


@pytest.mark.encrypted_too
@pytest.mark.parametrize("count", range(1, len(NAMES)))
async def test_a_copy_of_any_older_schema_loses_it_too(path: Path, count: int) -> None:
    with closing(connect(path)) as db:
        migrations.apply(db, stop_before=NAMES[count])
        for statement in test_upgrades.FIRST.split(";"):
            db.execute(statement)
        db.execute("update publications set asked_by = ?", [READER])
        db.execute("insert into readers values (?, ?)", [READER, NAME])
        db.execute("update responses set reader_id = ?, text = ?", [READER, f"{WORDS} and more"])
        db.execute("delete from readers where id = 500")
        db.conn.commit()
    store = Store(path)
    await store.open()
    [copy] = copies.copies_of(path)
    assert copy.name == f"afterword.db.before-{NAMES[count]}"
    assert erasure.in_rows(copy, TRACES, look(path))
    await store.write(answers.forget_reader, READER, None, NOW)
    assert await store.scrub()
    assert erasure.found(path, TRACES, look(path)) == []
    await store.close()


async def test_older_words_of_an_edited_response_leave_the_copies(filled: World) -> None:
    store = await opened(filled)
    [(source,)] = await store.read(
        lambda db: db.execute(
            "select source_id from responses where reader_id = ? and source <> 'answer' limit 1",
            [READER],
        ).fetchall()
    )
    edit = said(source, "calmer", READER, NAME)._replace(edited_at=NOW)
    await store.write(collect, [edit], {}, NOW)
    assert await store.scrub()
    with closing(sqlite3.connect(f"{filled.path}.bak")) as copy:
        query = "select text from responses where source_id = ?"
        assert copy.execute(query, [source]).fetchall() == [("calmer",)]
    await store.close()


async def test_a_copy_in_use_or_damaged_is_told_and_stays_owed(
    filled: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.file.database.BUSY_SECONDS", 0.01)
    copy = Path(f"{filled.path}.before-0007_control")
    store = await opened(filled)
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        other.execute("begin immediate")
        await store.write(answers.forget_reader, READER, None, NOW)
        assert not await store.scrub()
        assert store.hindrance == "copy"
        assert not await store.scrub()
        other.execute("rollback")
    assert caplog.text.count(f"the copy {copy}") == 1, "each minute's try does not tell again"
    assert await store.read(scrubbing.debt) is not None
    assert await store.scrub()
    assert erasure.found(filled.path, TRACES) == []
    copy.write_bytes(b"no database at all")  # noqa: ASYNC240  # nothing else happens meanwhile
    await store.write(answers.forget_reader, OTHERS, None, NOW)
    assert not await store.scrub()
    assert "file is not a database" in caplog.text
    copy.unlink()  # noqa: ASYNC240  # the same
    assert await store.scrub()
    await store.close()


async def test_what_a_death_cut_short_in_a_copy_is_gone_on_with(filled: World) -> None:
    copy = Path(f"{filled.path}.bak")
    store = await opened(filled)
    await store.write(answers.forget_reader, READER, None, NOW)
    with closing(connect(copy)) as db:
        db.execute(f"pragma user_version = {copies.UNSWEPT}")
    assert await store.scrub()
    with closing(connect(copy)) as db:
        assert db.execute("pragma user_version").fetchone() == (0,)
    await store.close()


@pytest.mark.encrypted_too
def test_what_is_no_copy_is_left_alone(filled: World) -> None:
    key = Path(f"{filled.path}.key")
    key.write_bytes(b"k" * 32)
    other = Path(f"{filled.path}.other")
    with closing(sqlite3.connect(other)) as db, db:
        db.execute(f"create table responses (who integer, name text default '{NAME}')")
    unfinished = Path(f"{filled.path}.before-0003_access.unfinished")
    unfinished.write_bytes(b"half")
    before = other.read_bytes()
    assert other in copies.copies_of(filled.path)
    assert copies.clean_copies(filled.path) == ()
    assert other.read_bytes() == before
    assert key.read_bytes() == b"k" * 32
    assert not unfinished.exists()


async def test_copies_beside_the_file_that_a_link_names_are_found(filled: World) -> None:
    link = filled.path.parent / "elsewhere" / "database"
    link.parent.mkdir()
    link.symlink_to(filled.path)
    assert [one.name for one in copies.copies_of(link)] == [
        "afterword.db.bak", "afterword.db.before-0007_control",
    ]  # fmt: skip


def test_the_search_finds_an_id_in_whatever_form(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create table keys (id integer primary key)")
        db.execute("create table ids (id integer)")
        db.execute("insert into keys values (?)", [READER])
    assert erasure.in_bytes(path, [READER]) == [f"{READER} in {path.name}"]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma secure_delete = on")
        db.execute("delete from keys")
        db.execute("insert into ids values (?)", [READER])
    assert erasure.in_bytes(path, [READER]) == [f"{READER} in {path.name}"]


def test_open_database_is_what_the_search_reads(world: World) -> None:
    found = erasure.in_rows(world.path, ["Readers"], lambda file: open_database(file).conn)
    assert found == ["Readers in afterword.db: guilds.name"]
