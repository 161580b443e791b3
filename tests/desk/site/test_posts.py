"""What a data file says: who appears, under which question, and how much is told of them."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import yaml

from bot.desk.site.posts import FEWEST_UNNAMED, as_json, as_yaml
from bot.store.ledger import publications
from bot.store.responses.answers import forget_reader, withdraw
from tests.desk.site.conftest import SAID, data_of, quotable, texts_of, three_unnamed
from tests.store.conftest import FIRST, GUILD, World

DISCORD = f"https://discord.com/channels/{GUILD}/{FIRST}"


def test_a_file_has_the_keys_that_were_promised_in_their_order(world: World) -> None:
    ada = quotable(world, 500, "Yes, **mostly**.", by="Ada", shown=True)
    world.show(ada, 4000)
    data = data_of(world)
    assert data is not None
    assert list(data)[:7] == ["post", "lang", "title", "url", "total", "questions", "others"]
    assert [list(one)[:2] for one in data["questions"]] == [["text", "responses"]] * 2
    [said] = data["questions"][0]["responses"]
    assert list(said)[:5] == ["id", "text", "html", "by", "at"]
    assert data == {
        "post": "dreams",
        "lang": "en",
        "title": "Dreams",
        "url": "https://essays.example.org/dreams/",
        "total": 1,
        "questions": [
            {
                "text": "Is dreaming biological?",
                "responses": [
                    {
                        "id": str(ada),
                        "text": "Yes, **mostly**.",
                        "html": '<p dir="auto">Yes, <strong>mostly</strong>.</p>',
                        "by": "Ada",
                        "at": "2026-03-01T12:00:00.000+00:00",
                        "url": f"{DISCORD}/4000",
                    }
                ],
                "url": f"{DISCORD}/1001",
            },
            {"text": "What would you give up?", "responses": [], "url": f"{DISCORD}/1002"},
        ],
        "others": [],
        "thread": DISCORD,
        "related": [],
        "made_by": "afterword export --site",
    }


def test_only_what_may_be_quoted_and_is_not_hidden_appears(world: World) -> None:
    world.collect(world.message(3000, "A message", reader=500))
    quotable(world, 500, "In", by="Ada")
    world.answer(9101, "Never agreed", reader=501)
    hidden = quotable(world, 502, "Hidden", by="Chen")
    world.db.execute("update responses set hidden_at = created_at where id = ?", [hidden])
    wordless = quotable(world, 503, "Wordless", by="Dora")
    world.db.execute("update responses set text = '' where id = ?", [wordless])
    quotable(world, 504, "\u202e\x07 ", by="Edda")
    quotable(world, 505, "Said yes first", by="Finn")
    world.answer(9300, "Said no then", reader=505, may_quote=False, at=world.now + LATER)
    data = data_of(world)
    assert texts_of(data) == ["In"]
    assert data is not None
    assert data["total"] == 1
    assert "Ada" in json.dumps(data)
    assert not re.search("Chen|Dora|Edda|Finn|Hidden|agreed", json.dumps(data))


LATER = timedelta(hours=1)


def test_two_without_a_name_do_not_appear_and_nothing_counts_them(world: World) -> None:
    without = data_of(world)
    for number, text in ((600, "One"), (601, "Two"), (602, "Three")):
        assert data_of(world) == without
        quotable(world, number, text, by=None)
    assert texts_of(data_of(world)) != []


def test_a_text_of_which_nothing_can_be_seen_is_no_third(world: World) -> None:
    three_unnamed(world, ("One", "Two", "\u202e\x07"))
    assert texts_of(data_of(world)) == []


def test_those_who_never_agreed_do_not_appear_however_many_they_are(world: World) -> None:
    for number in range(5):
        world.answer(9100 + number, f"No {number}", reader=510 + number, may_quote=False)
    assert texts_of(data_of(world)) == []
    for number in range(5):
        quotable(world, 520 + number, f"Yes {number}", by=None)
        at, reader = world.now + LATER, 520 + number
        world.answer(9700 + number, f"No {number}", reader=reader, may_quote=False, at=at)
    assert texts_of(data_of(world)) == []


def test_three_quotes_without_a_name_by_two_readers_do_not_appear(world: World) -> None:
    first, second = world.first.prompts
    quotable(world, 600, "One", by=None, prompt=first)
    quotable(world, 700, "Two", by=None, reader=600, prompt=second)
    quotable(world, 601, "Three", by=None)
    assert FEWEST_UNNAMED == 3
    assert texts_of(data_of(world)) == []


def test_those_without_a_name_do_not_hold_back_those_with_one(world: World) -> None:
    quotable(world, 500, "Mine", by="Ada")
    quotable(world, 600, "One", by=None)
    data = data_of(world)
    assert (texts_of(data), data and data["total"]) == (["Mine"], 1)


def test_one_without_a_name_leads_to_the_question_and_bears_the_month(world: World) -> None:
    for one, message in zip(three_unnamed(world), (4001, 4002, 4003), strict=True):
        world.db.execute("update responses set shown = 1 where id = ?", [one])
        world.show(one, message)
    data = data_of(world)
    assert data is not None
    said = data["questions"][0]["responses"]
    assert {(one["by"], one["at"], one["url"]) for one in said} == {
        (None, "2026-03", f"{DISCORD}/1001")
    }
    written = json.dumps(data)
    assert not re.search("400[123]|reader 60|600|T12", written)


def test_ids_and_order_of_those_without_a_name_say_nothing_of_when_they_came(world: World) -> None:
    forwards = _unnamed_after(world, list(SAID), first=600)
    backwards = _unnamed_after(world, list(reversed(SAID)), first=700)
    assert forwards == backwards
    ids = [one["id"] for one in forwards]
    assert ids == sorted(set(ids))


def _unnamed_after(world: World, texts: list[str], first: int) -> list[dict[str, Any]]:
    world.db.execute("delete from responses")
    for place, text in enumerate(texts):
        at = world.now + timedelta(minutes=place)
        quotable(world, first + place, text, by=None, at=at)
    data = data_of(world)
    assert data is not None
    found: list[dict[str, Any]] = data["questions"][0]["responses"]
    return found


def test_the_same_words_without_a_name_have_ids_of_their_own(world: World) -> None:
    three_unnamed(world, ("Yes", "Yes", "Yes"))
    data = data_of(world)
    assert data is not None
    ids = {one["id"] for one in data["questions"][0]["responses"]}
    assert len(ids) == 3


def test_a_name_of_which_nothing_can_be_seen_is_no_name(world: World) -> None:
    quotable(world, 500, "Whose?", by="\u202e\u2066")
    assert texts_of(data_of(world)) == []


def test_a_reader_is_called_as_in_the_server(world: World) -> None:
    quotable(world, 500, "Mine", by="ada1999")
    world.db.execute("insert into nicknames values (?, 500, 'Ada\u202e')", [GUILD])
    data = data_of(world)
    assert data is not None
    assert data["questions"][0]["responses"][0]["by"] == "Ada"


def test_answers_to_our_own_invitation_stand_under_no_question(world: World) -> None:
    quotable(world, 500, "Mine", by="Ada")
    world.db.execute("update prompts set is_ours = 1 where id = ?", [world.first.prompts[0]])
    data = data_of(world)
    assert data is not None
    assert [one["text"] for one in data["questions"]] == ["What would you give up?"]
    assert [(one["text"], one["url"]) for one in data["others"]] == [("Mine", DISCORD)]


@pytest.mark.parametrize("ended", ["retired_at", "withdrawn_at"])
def test_a_question_that_is_asked_no_more_stays_for_its_answers(world: World, ended: str) -> None:
    first, second = world.first.prompts
    quotable(world, 500, "Mine", by="Ada", prompt=second)
    when = f"update prompts set {ended} = '2026-03-02' where id in (?, ?)"  # noqa: S608
    world.db.execute(when, [first, second])
    data = data_of(world)
    assert data is not None
    assert [one["text"] for one in data["questions"]] == ["What would you give up?"]
    assert texts_of(data) == ["Mine"]


def test_a_post_with_a_thread_invites_before_anybody_answers(world: World) -> None:
    data = data_of(world, "machines")
    assert data is not None
    assert (data["total"], data["others"]) == (0, [])
    assert [one["text"] for one in data["questions"]] == [
        "Is dreaming biological?",
        "What would you give up?",
    ]
    assert data["thread"] == f"https://discord.com/channels/{GUILD}/2000"


def test_where_the_thread_is_gone_quotes_stay_and_lead_nowhere(world: World) -> None:
    ada = quotable(world, 500, "Mine", by="Ada", shown=True)
    world.show(ada, 4000)
    for one in (world.first, world.second):
        publications.end_thread(world.db, one.thread, world.now, "event")
    assert data_of(world, "machines") is None
    data = data_of(world)
    assert data is not None
    assert (data["thread"], texts_of(data), len(data["questions"])) == (None, ["Mine"], 1)
    assert data["questions"][0]["responses"][0]["url"] is None
    assert "discord.com" not in json.dumps(data)


def test_a_post_whose_file_is_gone_or_that_was_withdrawn_has_none(world: World) -> None:
    quotable(world, 500, "Mine", by="Ada")
    world.db.execute("update posts set removed_at = '2026-03-02' where slug = 'dreams'")
    publications.locked(world.db, world.second.publication, is_locked=True)
    assert data_of(world) is None
    assert data_of(world, "machines") is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example", "", "https://a b"])
def test_an_address_that_is_none_of_the_web_is_left_out(world: World, address: str) -> None:
    world.db.execute("update posts set url = ?", [address])
    data = data_of(world)
    assert data is not None
    assert data["url"] is None


def test_two_servers_come_together_question_by_question(world: World) -> None:
    add_other_server(world)
    quotable(world, 500, "Here", by="Ada")
    quotable(world, 501, "There", by="Bora", prompt=8001)
    data = data_of(world)
    assert data is not None
    assert [(one["text"], len(one["responses"])) for one in data["questions"]] == [
        ("Is dreaming biological?", 2),
        ("What would you give up?", 0),
        ("And only here?", 0),
    ]
    assert data["thread"] == DISCORD
    there = data["questions"][0]["responses"][1]
    assert there["url"] == "https://discord.com/channels/11/5000"
    assert as_json(data) == as_json(data_of(world) or {})


def add_other_server(world: World) -> None:
    """Discuss the first essay in another server too, which asks one question more."""
    for statement in OTHER_SERVER.split(";"):
        world.db.execute(statement)


OTHER_SERVER = """
insert into guilds (id, name, joined_at) values (11, 'Others', '2026');
insert into channels (id, guild_id, kind, lang, pace, body)
  values (21, 11, 'text', 'en', 'each', 'auto');
insert into publications (id, channel_id, essay_id, post_id, thread_id, title, intended_at)
  select max(publications.id) + 1, 21, posts.essay_id, posts.id, 5000, '', ''
  from publications, posts where slug = 'dreams';
insert into threads (id, guild_id, publication_id, seen_id)
  select 5000, 11, id, 1 from publications where thread_id = 5000;
insert into prompts (id, publication_id, position, text, is_ours)
  select 8001, id, 0, 'Is dreaming biological?', 0 from publications where thread_id = 5000 union
  select 8002, id, 1, 'And only here?', 0 from publications where thread_id = 5000
"""


def test_what_is_taken_back_is_gone(world: World) -> None:
    ada = quotable(world, 500, "Mine", by="Ada")
    quotable(world, 501, "Ours", by="Bora")
    three_unnamed(world)
    assert len(texts_of(data_of(world))) == 5
    withdraw(world.db, ada, 500, world.now)
    forget_reader(world.db, 501, None, world.now)
    forget_reader(world.db, 602, None, world.now)
    assert texts_of(data_of(world)) == []


HOSTILE = (
    "null", "yes", "2026-11", "1e5", "0o14", "!!python/object:os.system", "a: b", "- x", "#", "&a",
    "*a", "'", '"', "\\", "|", "%", "@", "`", "---", "...", "a\n---\nb", "\t", "{{ x }}", "<<", "=",
    "12:30:45", "\x85", "\u2028", "😀", "\ufeffx", "\u202eabc", "\x7f",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_yaml_says_what_json_says_and_has_no_tags(text: str) -> None:
    one = {"id": text, "by": None, "n": 3, "list": [], "inner": [{"text": text, "more": []}]}
    data = {"post": text, "questions": [one, one], "others": []}
    assert yaml.safe_load(as_yaml(data)) == json.loads(as_json(data)) == data
    assert not re.search(r"^[\s\w:-]*[!&*]", as_yaml(data).decode(), re.MULTILINE)
