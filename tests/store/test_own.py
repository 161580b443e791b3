"""What a reader is told of what is kept of them is theirs alone, and complete."""

from bot.store.file.scrubbing import owe_scrub
from bot.store.responses import own
from tests.store.conftest import NOW, World

ELSEWHERE = """
insert into guilds (id, name, joined_at) values (11, 'Elsewhere', '2026');
update responses set guild_id = 11 where text = 'there'
"""


def filled(world: World) -> None:
    world.collect(
        world.message(3000, "here"),
        world.message(3001, "there"),
        world.message(3002, "somebody else's", reader=501),
        world.message(3003, "in the second", thread=world.second.thread),
        world.message(3004, "gone"),
        world.message(3004, "", edited=1),
    )
    world.answer(3005, "an answer", may_quote=True)
    for statement in ELSEWHERE.split(";"):
        world.db.execute(statement)


def test_responses_are_counted_by_essay_those_of_this_guild_first(world: World) -> None:
    filled(world)
    kept = own.kept_of(world.db, 500, world.guild, NOW)
    counted = [(one.guild_name, one.title, one.responses) for one in kept.essays]
    assert sorted(counted[:2]) == [("Readers", "Dreams", 2), ("Readers", "Machines", 1)]
    assert counted[2:] == [("Elsewhere", "Dreams", 1)]
    assert (kept.responses, kept.in_scope(is_here=True).responses) == (4, 3)
    assert [(one.shown, one.quotable) for one in kept.essays if one.responses == 2] == [(1, 1)]
    assert kept.owed is not None, "what was edited away"
    other = own.kept_of(world.db, 502, world.guild, NOW)
    assert not other.is_anything


def test_a_debt_is_told(world: World) -> None:
    assert own.kept_of(world.db, 500, world.guild, NOW).owed is None
    owe_scrub(world.db, NOW)
    owed = own.kept_of(world.db, 500, world.guild, NOW).owed
    assert owed is not None
    assert owed.since == NOW


def test_a_page_is_of_this_guild_and_reader_the_newest_first(world: World) -> None:
    filled(world)
    found, page, pages = own.own_responses(world.db, 500, world.guild, 0, 2, NOW)
    assert (page, pages, len(found)) == (0, 2, 2)
    rest, page, _ = own.own_responses(world.db, 500, world.guild, 9, 2, NOW)
    assert page == 1, "the nearest that there is"
    assert {one.text for one in (*found, *rest)} == {"here", "in the second", "an answer"}
    assert own.own_responses(world.db, 502, world.guild, 5, 2, NOW) == ([], 0, 1)


def test_nobody_sees_or_deletes_what_is_another_readers(world: World) -> None:
    filled(world)
    [(response,)] = world.db.execute("select id from responses where reader_id = 501").fetchall()
    assert own.own_response(world.db, response, 500, NOW) is None
    assert own.delete_own(world.db, response, 500, NOW) == []
    assert own.own_response(world.db, response, 501, NOW) is not None
    assert own.delete_own(world.db, response, 501, NOW) == [world.first.publication]
    assert own.own_response(world.db, response, 501, NOW) is None
    assert world.db.execute("select 1 from readers where id = 501").fetchone() is None
    assert world.db.execute("select response_id, publication_id from erasures").fetchall() == [
        (response, world.first.publication)
    ]


def test_a_shown_answer_that_is_deleted_is_taken_out_of_its_thread(world: World) -> None:
    response = world.answer()
    assert response is not None
    world.show(response, 7000)
    world.settle()
    own.delete_own(world.db, response, 500, NOW)
    assert world.unfinished() == [world.first.publication]


def test_what_was_begun_in_the_place_of_an_answer_goes_with_it(world: World) -> None:
    world.collect(world.message(3000, "a message"))
    world.answer(3005, "an answer")
    world.db.execute(
        "insert into drafts values (500, ?, 'begun', ?)", [world.first.prompts[0], str(NOW)]
    )
    ids = dict(world.db.execute("select source, id from responses").fetchall())
    own.delete_own(world.db, ids["message"], 500, NOW)
    assert world.db.table("drafts").count == 1
    own.delete_own(world.db, ids["answer"], 500, NOW)
    assert world.db.table("drafts").count == 0


def test_what_is_kept_besides_responses_is_handed_over_too(world: World) -> None:
    prompt, publication = world.first.prompts[0], world.first.publication
    world.db.execute("insert into drafts values (500, ?, 'begun', '2026')", [prompt])
    world.db.execute("update publications set asked_by = 500 where id = ?", [publication])
    draft, act = own.rest_of(world.db, 500)
    assert (draft["table"], draft["text"]) == ("drafts", "begun")
    assert act == {"table": "publications", "as": "asked_by", "id": str(publication)}
    assert own.rest_of(world.db, 501) == []
