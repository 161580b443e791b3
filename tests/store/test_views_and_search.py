"""Reading back: the view, search, Datasette over the same file, and what deletion leaves."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from bot.core.publishing.publication import Kind
from bot.core.response import Response
from bot.store.file.migrations import index_text
from bot.store.file.views import VIEW
from bot.store.ledger import messages
from bot.store.responses.answers import forget_reader, keep_answer
from bot.store.responses.collected import Deleted, collect
from bot.store.responses.queries import Filter, answered, listing, of_reader
from bot.store.store import Store

pytestmark = pytest.mark.encrypted_too


def found(world: Any, words: str) -> list[str]:
    return [response.text for response in listing(world.db, Filter(words=words))]


def say(world: Any, *texts: str) -> None:
    batch = [world.message(3000 + number, text) for number, text in enumerate(texts)]
    with world.db.atomic():
        world.collect(*batch)


def test_a_response_is_listed_with_its_post_question_and_address(world: Any) -> None:
    asked_in = world.first.asked_in[1]
    world.collect(world.message(3000, "Sleep", parent=asked_in, edited=1))
    (response,) = listing(world.db)
    assert response == Response(
        id=response.id,
        post="dreams",
        lang="en",
        title="Dreams",
        guild=10,
        thread=1000,
        question="What would you give up?",
        reader=500,
        reader_name="reader 500",
        text="Sleep",
        created_at="2026-03-01T12:00:00.000+00:00",
        edited_at="2026-03-01T12:01:00.000+00:00",
        source="reply",
        url="https://discord.com/channels/10/1000/3000",
        shown=True,
        hidden=False,
        may_quote=False,
    )


def test_responses_are_listed_newest_post_first_and_by_question(world: Any) -> None:
    first, second = world.first, world.second
    batch = [
        world.message(3000, "unlinked"),
        world.message(3001, "to the second", parent=first.asked_in[1]),
        world.message(3002, "to the first", parent=first.asked_in[0]),
        world.message(3003, "elsewhere", thread=second.thread),
    ]
    world.collect(*batch)
    in_order = ["to the first", "to the second", "unlinked", "elsewhere"]
    assert [response.text for response in listing(world.db)] == in_order
    of_one = listing(world.db, Filter(essay_id=second.post.essay_id, guild_id=world.guild))
    assert [response.text for response in of_one] == ["elsewhere"]
    assert listing(world.db, Filter(guild_id=99)) == []


def test_essays_with_responses_are_those_of_a_guild_the_last_answered_first(world: Any) -> None:
    assert answered(world.db, world.guild) == []
    say(world, "to the first")
    assert answered(world.db, world.guild) == [world.first.post.essay_id]
    later = world.message(3050, "to the second", thread=world.second.thread)
    world.collect(later._replace(created_at=world.now + timedelta(minutes=1)))
    both = [world.second.post.essay_id, world.first.post.essay_id]
    assert answered(world.db, world.guild) == both
    assert answered(world.db, 99) == []
    with world.db.atomic():
        world.db.execute("update responses set hidden_at = created_at where source_id = 3050")
    assert answered(world.db, world.guild) == both[1:]


def test_an_answer_says_whether_it_is_shown_and_may_be_quoted(world: Any) -> None:
    for number, shown, may_quote in ((0, True, False), (1, False, True), (2, True, True)):
        said = f"owl {number}"
        world.answer(9000 + number, said, reader=500 + number, shown=shown, may_quote=may_quote)
    say(world, "owl")
    expected = {
        "owl 0": (True, False, False),
        "owl 1": (False, False, True),
        "owl 2": (True, False, True),
        "owl": (True, False, False),
    }
    for found in (listing(world.db), listing(world.db, Filter(words="owl"))):
        assert {one.text: (one.shown, one.hidden, one.may_quote) for one in found} == expected
    (own,) = of_reader(world.db, 501)
    assert (own.shown, own.hidden, own.may_quote) == (False, False, True)
    world.db.execute("update responses set hidden_at = created_at where text = 'owl 2'")
    (hidden,) = of_reader(world.db, 502)
    assert (hidden.shown, hidden.hidden, hidden.may_quote) == (True, True, True)


def test_our_own_invitation_is_no_question(world: Any) -> None:
    world.collect(world.message(3000, "hm", parent=world.first.asked_in[0]))
    world.db.execute("update prompts set is_ours = 1")
    assert [response.question for response in listing(world.db)] == [None]
    assert [response.question for response in of_reader(world.db, 500)] == [None]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        *((words, 1) for words in ("dreams", "DREAMS", "cafe", "CAFÉ naïve", "istanbul", "it's")),
        *((words, 1) for words in ('"of dreams"', 'dreams "')),
        *(
            (words, 0)
            for words in ('"dreams of"', "dreams AND sleep", "dreams OR nothing", "drea*")
        ),
        *((words, 0) for words in ("NOT NEAR(dreams)", "text:dreams", "", '""', "***", "missing")),
        ("; drop table responses; --", 0),
    ],
)
def test_words_are_searched_whatever_is_typed(world: Any, words: str, hits: int) -> None:
    say(world, "A café of dreams, naïve as it's", "İstanbul sleeps")
    assert len(found(world, words)) == hits


def test_search_follows_edits_and_deletions(world: Any) -> None:
    say(world, "alpha", "beta")
    world.collect(world.message(3000, "gamma", edited=1), Deleted(3001))
    assert [found(world, word) for word in ("alpha", "beta", "gamma")] == [[], [], ["gamma"]]


def test_search_works_after_a_transform_that_makes_its_triggers_again(world: Any) -> None:
    say(world, "alpha")
    world.db.execute("drop view responses_by_question")
    world.db.table("responses").disable_fts()
    world.db.table("responses").transform(types={"shown": int})  # refused in a transaction
    index_text(world.db)
    world.db.execute(VIEW)
    assert len(world.db.table("responses").triggers) == 3
    assert world.db.table("responses").strict
    say(world, "alpha", "beta")
    assert [found(world, word) for word in ("alpha", "beta")] == [["alpha"], ["beta"]]


def test_linking_leaves_the_words_alone_and_an_edit_does_not(world: Any) -> None:
    say(world, "alpha")
    before = world.db.execute("select sum(length(block)) from responses_fts_data").fetchone()
    world.db.execute("update responses set prompt_id = ?", [world.first.prompts[0]])
    after = world.db.execute("select sum(length(block)) from responses_fts_data").fetchone()
    assert before == after
    world.db.execute("update responses set text = 'beta'")
    assert [found(world, word) for word in ("alpha", "beta")] == [[], ["beta"]]


def test_a_reader_gets_everything_that_is_kept_of_them(world: Any) -> None:
    say(world, "one", "two")
    world.collect(world.message(3005, "other", reader=501))
    world.db.execute("update responses set hidden_at = 'x' where source_id = 3000")
    assert [response.text for response in of_reader(world.db, 500)] == ["one", "two"]
    assert [response.text for response in of_reader(world.db, 500, world.guild)] == ["one", "two"]
    assert of_reader(world.db, 500, 99) == []
    assert [response.text for response in listing(world.db)] == ["two", "other"]


@pytest.mark.encrypted_too(yes=False)
async def test_datasette_opens_the_view_and_every_id_is_text(world: Any) -> None:
    large = 2**62 + 1
    told = world.message(large, "Sleep", parent=world.first.asked_in[0])
    told = told._replace(reader_id=large + 1)
    with world.db.atomic():
        world.collect(told)
    datasette = Datasette([str(world.path)])
    await datasette.invoke_startup()
    answer = await datasette.client.get("/afterword/responses_by_question.json?_shape=array")
    assert answer.status_code == 200
    (row,) = answer.json()
    assert row["reader"] == str(large + 1)
    assert row["url"].endswith(f"/{large}")
    assert all(isinstance(row[name], str) for name in ("id", "guild", "thread", "reader"))
    searched = await datasette.client.get("/afterword/responses.json?_shape=array&_search=sleep")
    assert [one["text"] for one in searched.json()] == ["Sleep"]
    for database in datasette.databases.values():
        database.close()


@pytest.mark.encrypted_too(yes=False)
async def test_what_was_deleted_stands_nowhere_in_the_files(world: Any) -> None:
    store = Store(world.path)
    await store.open()
    secret = "xylophonequartz"  # one word of the index
    batch = [world.message(3000 + n, f"{secret} number {n} " * 20, reader=n % 3) for n in range(60)]
    await store.write(collect, batch, {}, world.now)
    answer, prompt = world.message(9000, secret, reader=1), world.first.prompts[0]
    await store.write(keep_answer, answer, prompt, shown=True, may_quote=True, wordings=("w", "n"))
    assert secret.encode() in everything(world.path)
    await store.write(forget_reader, 1, None, world.now)
    rest = [Deleted(message.source_id) for message in batch if message.reader_id != 1]
    await store.write(collect, rest, {}, world.now)
    await store.scrub()
    assert secret.encode() not in everything(world.path)
    await store.write(collect, [world.message(4000, "still here")], {}, world.now)
    assert [one.text for one in await store.read(listing, Filter(words="still"))] == ["still here"]
    await store.close()


def everything(path: Path) -> bytes:
    """Return the bytes of the file, its log and its shared memory."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


@pytest.mark.encrypted_too(yes=False)
def test_anybody_reads_the_file_with_plain_sqlite(world: Any) -> None:
    key = (Kind.BODY, 0)
    with world.db.atomic():
        say(world, "hello")
        messages.attempt(world.db, world.first.publication, key, "d", world.now)
    with closing(sqlite3.connect(world.path)) as plain:
        rows = plain.execute("select post, text, typeof(id) from responses_by_question").fetchall()
    assert rows == [("dreams", "hello", "text")]
