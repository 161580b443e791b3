"""What a blog may show of what readers said, and how it stands in a data file."""

import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from bot.desk.site.feeds import ATOM, as_atom, as_json_feed, entries
from bot.desk.site.files import data_files, posts_data
from bot.desk.site.posts import FEWEST_UNNAMED, as_json, as_yaml
from bot.store.file.database import open_database
from bot.store.responses.answers import forget_reader, withdraw

THREAD = "https://discord.com/channels/10/1000"


def data(world: Any, slug: str = "dreams") -> dict[str, Any]:
    found = {one["post"]: one for one in posts_data(world.db, lambda *_: None)}
    return found[slug]


def said(world: Any, slug: str = "dreams") -> list[dict[str, Any]]:
    post = data(world, slug)
    return [one for question in post["questions"] for one in question["responses"]]


def unnamed(world: Any, count: int, *, first: int = 600) -> None:
    for number in range(first, first + count):
        world.answer(8000 + number, f"without a name {number}", reader=number, may_quote=True)


def test_a_post_says_what_was_asked_and_what_may_be_quoted(world: Any) -> None:
    response = world.answer(9000, "I **do**", may_quote=True, named=True)
    world.show(response, 7000)
    asked_in = world.first.asked_in
    assert data(world) == {
        "post": "dreams",
        "lang": "en",
        "title": "Dreams",
        "url": None,
        "total": 1,
        "questions": [
            {
                "text": "Is dreaming biological?",
                "responses": [
                    {
                        "id": str(response),
                        "text": "I **do**",
                        "html": "<p>I <strong>do</strong></p>",
                        "by": "reader 500",
                        "at": "2026-03-01T12:00:00.000+00:00",
                        "url": f"{THREAD}/7000",
                    }
                ],
                "url": f"{THREAD}/{asked_in[0]}",
            },
            {
                "text": "What would you give up?",
                "responses": [],
                "url": f"{THREAD}/{asked_in[1]}",
            },
        ],
        "others": [],
        "thread": THREAD,
    }


def test_without_a_yes_nothing_is_said_and_nobody_counts_it(world: Any) -> None:
    world.answer(9000, "secret", may_quote=False)
    world.collect(world.message(3000, "a plain message"))
    assert data(world)["total"] == 0
    assert said(world) == data(world)["others"] == []


def test_quotes_without_a_name_appear_only_together(world: Any) -> None:
    unnamed(world, FEWEST_UNNAMED - 1)
    world.answer(9000, "by name", may_quote=True, named=True)
    assert [one["text"] for one in said(world)] == ["by name"]
    assert data(world)["total"] == 1
    unnamed(world, 1, first=700)
    assert data(world)["total"] == 1 + FEWEST_UNNAMED


def test_one_reader_who_answers_everything_is_not_several(world: Any) -> None:
    for number, prompt in enumerate((*world.first.prompts, world.first.prompts[0])):
        world.answer(9000 + number, f"again {number}", prompt=prompt, may_quote=True)
    assert data(world)["total"] == 0


def test_a_quote_without_a_name_tells_neither_time_nor_place_nor_number(world: Any) -> None:
    unnamed(world, FEWEST_UNNAMED)
    ids = [row["id"] for row in world.db["responses"].rows]
    for number, response in enumerate(ids):
        world.show(response, 7000 + number)
    for one in said(world):
        assert (one["by"], one["at"]) == (None, "2026-03")
        assert one["url"] == f"{THREAD}/{world.first.asked_in[0]}"
        assert one["id"] not in set(map(str, ids))
    text = as_json(data(world)).decode()
    assert not [
        number
        for number in (*ids, *range(7000, 7003), *range(600, 603))
        if f'"{number}"' in text or f"/{number}" in text
    ]
    order = [one["id"] for one in said(world)]
    assert order == sorted(order)


def test_ids_without_a_name_cannot_be_guessed_without_the_key(world: Any) -> None:
    unnamed(world, FEWEST_UNNAMED)
    before = {one["text"]: one["id"] for one in said(world)}
    assert {one["text"]: one["id"] for one in said(world)} == before
    world.db.execute("update notes set value = 'another' where key = 'quote key'")
    after = {one["text"]: one["id"] for one in said(world)}
    assert not set(before.values()) & set(after.values())


def test_every_new_database_has_a_key_of_its_own(world: Any, tmp_path: Any) -> None:
    query = "select value from notes where key = 'quote key'"
    other = open_database(tmp_path / "other.db")
    assert other.execute(query).fetchone() != world.db.execute(query).fetchone()
    assert len(other.execute(query).fetchone()[0]) == 64
    other.close()


@pytest.mark.parametrize("how", ["deleted", "no", "hidden", "withdrawn", "edited away"])
def test_what_was_taken_back_is_gone(world: Any, how: str) -> None:
    response = world.answer(9000, "mine", may_quote=True, named=True)
    assert len(said(world)) == 1
    if how == "deleted":
        forget_reader(world.db, 500, None, world.now)
    elif how == "withdrawn":
        withdraw(world.db, response, 500, world.now)
    elif how == "no":
        world.answer(9001, "mine", may_quote=False, at=world.now + timedelta(minutes=1))
    elif how == "hidden":
        world.db.execute("update responses set hidden_at = created_at")
    else:
        world.db.execute("update responses set text = ''")
    assert (said(world), data(world)["total"]) == ([], 0)
    assert b"mine" not in as_json(data(world)) + as_yaml(data(world))
    posts = posts_data(world.db, lambda *_: None)
    assert b"mine" not in as_atom(entries(posts)) + as_json_feed(entries(posts))


def test_a_question_that_is_asked_no_more_stays_while_it_has_quotes(world: Any) -> None:
    world.answer(9000, may_quote=True, named=True)
    world.db.execute("update prompts set retired_at = 'then'")
    assert [one["text"] for one in data(world)["questions"]] == ["Is dreaming biological?"]


def test_our_own_invitation_is_no_question_of_the_essay(world: Any) -> None:
    world.answer(9000, may_quote=True, named=True)
    world.db.execute("update prompts set is_ours = 1 where position = 0")
    post = data(world)
    assert [one["text"] for one in post["questions"]] == ["What would you give up?"]
    assert [one["text"] for one in post["others"]] == ["I do"]


def test_a_post_without_a_thread_or_off_the_blog_has_no_file(world: Any) -> None:
    world.db.execute("update threads set deleted_at = 'then' where id = ?", [world.first.thread])
    world.db.execute("update posts set removed_at = 'then' where slug <> 'dreams'")
    assert posts_data(world.db, lambda *_: None) == []


def test_the_same_rows_are_the_same_bytes_in_every_form(world: Any) -> None:
    unnamed(world, 5)
    world.answer(9000, "=1+1 {{ x }} \u202e: - 'a'\n\"b\"", may_quote=True, named=True)
    world.db.execute("update posts set url = 'https://blog.example/' || slug")

    def everything() -> list[bytes]:
        posts = posts_data(world.db, lambda *_: None)
        files = [text for how in (True, False) for _, text in data_files(posts, yaml=how)]
        return [*files, as_atom(entries(posts)), as_json_feed(entries(posts))]

    before = everything()
    world.db.conn.commit()
    world.db.execute("vacuum")
    assert everything() == before
    for post in posts_data(world.db, lambda *_: None):
        assert json.loads(as_json(post)) == yaml.safe_load(as_yaml(post)) == post


def test_feeds_are_valid_and_have_the_newest_first(world: Any) -> None:
    unnamed(world, FEWEST_UNNAMED)
    world.answer(9000, "a <b> & c", may_quote=True, named=True, at=world.now + timedelta(days=1))
    world.db.execute("update posts set url = 'https://blog.example/' || slug")
    found = entries(posts_data(world.db, lambda *_: None))
    feed = ET.fromstring(as_atom(found))  # noqa: S314  # our own
    assert [one.tag for one in feed[:3]] == [
        f"{{{ATOM}}}{name}" for name in ("title", "id", "updated")
    ]
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-03-02T12:00:00.000+00:00"
    all_entries = feed.findall(f"{{{ATOM}}}entry")
    assert len(all_entries) == 1 + FEWEST_UNNAMED
    first = all_entries[0]
    assert first.findtext(f"{{{ATOM}}}content") == "<p>a &lt;b&gt; &amp; c</p>"
    ids = [one.findtext(f"{{{ATOM}}}id") or "" for one in all_entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:blog.example,2026:afterword/") for one in ids)
    assert {one.findtext(f"{{{ATOM}}}updated") for one in all_entries[1:]} == {
        "2026-03-01T00:00:00+00:00"
    }
    items = json.loads(as_json_feed(found))["items"]
    assert [one["id"] for one in items] == ids
    assert items[0]["content_text"] == "a <b> & c"


def test_only_web_addresses_are_given_to_a_page(world: Any) -> None:
    world.db.execute("update posts set url = 'javascript:alert(1)'")
    assert data(world)["url"] is None
