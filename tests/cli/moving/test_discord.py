"""`import --discord`: a thread from before the bot, from DiscordChatExporter's JSON."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk import chat_export
from bot.store.file.database import open_database
from bot.store.responses.answers import forget_reader
from bot.store.responses.collected import Deleted, collect
from bot.store.responses.queries import Filter, listing
from bot.store.threads import imported_threads, in_guild, threads
from tests.cli.conftest import GUILD, NOW, THREAD, Ran, Type
from tests.cli.moving.conftest import Moves

OLD = 1_200_000_000_000_000_000
DEFNE, EMRE = OLD + 1, OLD + 2

Take = Callable[..., Ran]


def message(
    number: int, text: str, author: int = DEFNE, reply_to: int | None = None, **more: Any
) -> dict[str, Any]:
    """Return a message as the exporter writes it, with what it says besides."""
    reference = {"type": "Default", "messageId": str(OLD + (reply_to or 0)), "guildId": str(GUILD),
                 "channelId": str(OLD)}  # fmt: skip
    return {
        "id": str(OLD + number),
        "type": "Default" if reply_to is None else "Reply",
        "timestamp": "2023-05-05T18:03:40.123+03:00",
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": {
            "id": str(author), "name": f"user{author - OLD}", "discriminator": "0000",
            "nickname": f"User {author - OLD}", "color": None, "isBot": False, "roles": [],
            "avatarUrl": "https://cdn.discordapp.com/embed/avatars/0.png",
        },
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [],
        **({} if reply_to is None else {"reference": reference}),
    } | more  # fmt: skip


def exported(
    *messages: dict[str, Any], name: str = "Rain", kind: str = "GuildPublicThread", at: int = OLD
) -> dict[str, Any]:
    return {
        "guild": {"id": str(GUILD), "name": "Readers", "iconUrl": "https://cdn.discordapp.com/a.png"},
        "channel": {"id": str(at), "type": kind, "categoryId": "20", "category": "essays",
                    "name": name, "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-03-01T12:00:00+03:00",
        "messages": list(messages),
        "messageCount": len(messages),
    }  # fmt: skip


TALK = (
    message(0, "", type="ThreadCreated"),
    message(1, "It drums on the roof."),
    message(2, "And on the ear.", EMRE, reply_to=1),
    message(3, "I keep statistics.", author=OLD + 9) | {
        "author": {"id": str(OLD + 9), "name": "Stats", "nickname": "Stats", "isBot": True}
    },
    message(4, "", EMRE),
    message(5, "Pinned a message.", EMRE, type="ChannelPinnedMessage"),
    message(6, "Look at this.", EMRE, forwardedMessage={"content": "Not theirs."}),
    message(7, "It is late.", timestampEdited="2023-05-06T00:00:00.1234567+00:00"),
)  # fmt: skip


@pytest.fixture
def take(type_in: Type, database: Path, tmp_path: Path) -> Take:
    def run(what: Any, *arguments: str) -> Ran:
        file = tmp_path / "chat.json"
        file.write_bytes(what if isinstance(what, bytes) else json.dumps(what, indent=2).encode())
        return type_in("import", "--discord", file, "--database", database, *arguments)

    return run


def kept(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(query, values).fetchall()


def test_what_people_wrote_comes_under_its_essay(take: Take, database: Path, type_in: Type) -> None:
    ran = take(exported(*TALK))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("3 messages are new, under the essay en:rain; 0 were")
    lines = type_in("responses", "--json", "rain", "--database", database).lines
    found = {one["text"]: one for one in lines if one["thread"] == str(OLD)}
    assert set(found) == {"It drums on the roof.", "And on the ear.", "It is late."}
    first, reply = found["It drums on the roof."], found["And on the ear."]
    assert first["created_at"] == "2023-05-05T15:03:40.123+00:00"
    assert first["url"] == f"https://discord.com/channels/{GUILD}/{OLD}/{OLD + 1}"
    assert (first["reader"], first["reader_name"]) == (str(DEFNE), "User 1")
    assert (first["source"], reply["source"]) == ("message", "reply")
    assert {(one["may_quote"], one["question"]) for one in found.values()} == {(False, None)}
    assert found["It is late."]["edited_at"] == "2023-05-06T00:00:00.123+00:00"
    assert kept(database, "select parent_id from responses where source_id = ?", OLD + 2) == [
        (OLD + 1,)
    ]
    assert kept(database, "select name from readers where id = ?", DEFNE) == [("user1",)]
    db = open_database(database)
    assert [one.text for one in listing(db, Filter(words="DRUMS on"))] == ["It drums on the roof."]
    db.close()


def test_the_bot_neither_reads_nor_plans_in_such_a_thread(take: Take, database: Path) -> None:
    db = open_database(database)
    [essay] = db.execute("select essay_id from posts where slug = 'snow'").fetchone()
    take(exported(*TALK, name="Snow"))
    assert OLD not in threads(db)
    assert imported_threads(db) == {OLD}
    assert in_guild(db, GUILD, [essay]) == {}
    [[channel]] = db.execute("select id from channels where closed_at is not null").fetchall()
    assert channel != OLD
    db.close()


@pytest.mark.parametrize(
    ("chat", "says"),
    [
        (exported(*TALK, name="RÁIN"), "under the essay en:rain"),
        (exported(*TALK, name="☔ rain!"), "under the essay en:rain"),
        (exported(message(1, "On <https://example.org/snow/?a#b>."), name="x"), "essay en:snow"),
        (exported(message(1, "https://example.org/snow-2/"), name="x"), "Name it with --post SLUG"),
        (exported(*TALK, name="weather"), "Neither the name “weather” nor an address"),
        (exported(*TALK, name="…"), "Name it with --post SLUG"),
    ],
)
def test_the_essay_is_found_by_name_or_address(
    take: Take, database: Path, chat: Any, says: str
) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("update posts set url = 'http://example.org/Snow' where slug = 'snow'")
        db.commit()
    ran = take(chat)
    assert says in ran.out + ran.err
    assert ran.status == (0 if "under" in says or "essay en" in says else 2)


def test_the_essay_can_be_named_and_has_to_be_where_several_fit(take: Take, database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("update posts set title = 'Weather'")
        db.commit()
    chat = exported(*TALK, name="Weather")
    assert "Name one: --post en:rain or en:snow." in take(chat).err
    assert "No essay that the bot has read is called hail." in take(chat, "--post", "hail").err
    assert "under the essay en:snow" in take(chat, "--post", "snow").out
    again = take(chat)
    assert again.out.startswith("0 messages are new, under the essay en:snow; 3 were known")
    assert "leave out --post" in take(chat, "--post", "en:rain").err


def test_what_was_deleted_stays_deleted_and_what_is_known_stays(take: Take, database: Path) -> None:
    take(exported(*TALK))
    db = open_database(database)
    with db.atomic():
        forget_reader(db, DEFNE, None, NOW)
        db.execute("update responses set text = 'Changed.' where source_id = ?", [OLD + 2])
        db.execute("update readers set name = 'Emre' where id = ?", [EMRE])
    db.close()
    ran = take(exported(*TALK, message(20, "One more.", EMRE)))
    assert ran.out.startswith("1 messages are new")
    texts = kept(database, "select text from responses where thread_id = ? order by source_id", OLD)
    assert texts == [("Changed.",), ("One more.",)]
    assert kept(database, "select name from readers where id in (?, ?)", DEFNE, EMRE) == [("Emre",)]


def test_a_thread_that_the_bot_reads_gets_only_what_it_lacks(take: Take, database: Path) -> None:
    before = kept(database, "select * from threads, publications, channels")
    talk = [
        message(THREAD + 10 - OLD, "Not what Ada said.", GUILD + 100 + OLD - OLD),
        message(THREAD + 1 - OLD, "As if from the prompt.", EMRE),
        message(THREAD + 3 - OLD, "A reply to Ada.", EMRE)
        | {"type": "Reply", "reference": {"messageId": str(THREAD + 10)}},
    ]
    ran = take(exported(*talk, name="anything", at=THREAD))
    assert ran.out.startswith("1 messages are new, under the essay en:rain; 2 were known")
    assert kept(database, "select * from threads, publications, channels") == before
    query = "select question from responses_by_question where text = 'A reply to Ada.'"
    assert kept(database, query) == [("What do you hear in it?",)]


def test_a_channel_of_essays_and_a_thread_that_was_deleted_are_refused(
    take: Take, database: Path
) -> None:
    assert "not a thread" in take(exported(*TALK, at=20)).err
    with closing(sqlite3.connect(database)) as db:
        db.execute("update threads set deleted_at = '', deleted_because = 'event'")
        db.commit()
    assert "stays deleted" in take(exported(*TALK, at=THREAD)).err


def test_a_server_that_the_bot_does_not_know_is_kept_as_one_that_it_is_not_in(
    take: Take, database: Path
) -> None:
    chat = exported(*TALK)
    chat["guild"] = {"id": "5", "name": "Elsewhere"}
    assert take(chat).status == 0
    assert kept(database, "select name, left_at is null from guilds where id = 5") == [
        ("Elsewhere", 0)
    ]


def test_nothing_to_keep_makes_nothing(take: Take, database: Path) -> None:
    assert take(exported(message(1, " "))).out.startswith("0 messages are new")
    assert kept(database, "select count(*) from publications") == [(1,)]


def test_it_moves_with_everything_else(
    take: Take, database: Path, moves: Moves, tmp_path: Path
) -> None:
    take(exported(*TALK))
    data = moves.export(database)
    assert moves.take_in(data, tmp_path / "new.db").status == 0
    assert moves.export(tmp_path / "new.db") == data
    db = open_database(tmp_path / "new.db")
    assert imported_threads(db) == {OLD}
    with db.atomic():
        collect(db, [Deleted(OLD + 1)], {}, NOW)
    db.close()
    assert b"It drums" not in moves.export(tmp_path / "new.db")


def damaged(**parts: Any) -> dict[str, Any]:
    return exported(TALK[1], TALK[1] | parts)


@pytest.mark.parametrize(
    ("chat", "says"),
    [
        (b"", "is no JSON"),
        (b'{"guild": {}', "is no JSON"),
        (b'{"guild": "\\ud800"}', "is no JSON"),
        (b"[" * 2000, "is no JSON"),
        ([], "guild in it is missing or damaged"),
        ({"guild": {"id": "1", "name": "a"}}, "channel in it is missing"),
        (exported() | {"messages": {}}, "messages in it is missing"),
        (exported() | {"guild": {"id": "0", "name": "Direct Messages"}}, "belong to no essay"),
        (exported() | {"guild": {"id": 1, "name": "a"}}, "guild in it is missing or damaged (id)"),
        (exported() | {"messages": [TALK[1], "hello"]}, "message 2 in it"),
        (damaged(author=None), "message 2 in it is missing or damaged"),
        (damaged(id="1e5"), "message 2 in it is missing or damaged (id)"),
        (damaged(id=str(2**63)), "(id)"),
        (damaged(id="-5"), "(id)"),
        (damaged(content=5), "(content)"),
        (damaged(content="a\0b"), "(content)"),
        (damaged(content="a" * 20_001), "(content)"),
        (damaged(timestamp="2023-05-05T18:03:40"), "(timestamp)"),
        (damaged(timestamp="0001-01-01T00:00:00+23:00"), "(timestamp)"),
        (damaged(timestampEdited=5), "(timestampEdited)"),
        (damaged(reference="1"), "message 2 in it"),
        (damaged(reference={"messageId": "x"}), "(messageId)"),
        (damaged(author=TALK[1]["author"] | {"name": "a" * 201}), "(name)"),
    ],
)
def test_a_damaged_export_changes_nothing(take: Take, database: Path, chat: Any, says: str) -> None:
    before = database.read_bytes()
    ran = take(chat)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert database.read_bytes() == before


def test_what_is_too_large_is_to_be_exported_in_parts(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_export, "MOST_BYTES", 100)
    assert "--partition 20mb" in take(exported(*TALK)).err


def test_without_a_database_there_are_no_essays(type_in: Type, clean: Path) -> None:
    (clean / "chat.json").write_text(json.dumps(exported(*TALK)))
    ran = type_in("import", "--discord", "chat.json", "--database", "new.db")
    assert (ran.status, "run the bot once" in ran.err) == (2, True)
    assert not (clean / "new.db").exists()
    assert type_in("import", "chat.json", "--post", "rain").status == 2


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["1", "Reply"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_any_export_is_taken_in_or_refused_in_a_sentence(take: Take, data: st.DataObject) -> None:
    chat = exported(*(dict(one) for one in TALK))
    place = data.draw(st.sampled_from([chat, chat["guild"], chat["channel"], *chat["messages"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    ran = take(chat)
    assert ran.status in {0, 2}
    assert "Traceback" not in ran.err
