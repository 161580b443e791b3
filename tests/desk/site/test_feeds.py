"""The feeds, held against RFC 4287 and JSON Feed 1.1."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.desk.site.feeds import EMPTY_SINCE, MOST, feed_files
from bot.store.desk.site import site_posts
from bot.store.responses.answers import withdraw
from tests.desk.site.conftest import quotable, three_unnamed
from tests.store.conftest import World

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://essays.example.org"


def feeds(world: World, home: str | None = HOME) -> tuple[ET.Element, dict[str, Any]]:
    """Return both feeds, each of which has to be valid."""
    files = feed_files(site_posts(world.db), home)
    assert files == feed_files(site_posts(world.db), home)
    atom, listed = ET.fromstring(files["afterword.atom"]), json.loads(files["afterword.json"])  # noqa: S314  # ours
    is_valid_atom(atom)
    is_valid_json_feed(listed)
    return atom, listed


def is_valid_atom(feed: ET.Element) -> None:
    """Hold a feed against what RFC 4287 (4.1.1, 4.1.2) asks of feeds and entries."""
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for one in [feed, *feed.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            [text] = [part.text for part in one.findall(f"{ATOM}{name}")]
            assert text
        ids.append(one.findtext(f"{ATOM}id") or "")
        for name in ("updated", "published"):
            for part in one.findall(f"{ATOM}{name}"):
                assert datetime.fromisoformat(part.text or "").tzinfo
        alternates = [part for part in one.findall(f"{ATOM}link") if part.get("rel") == "alternate"]
        assert len(alternates) <= 1
        assert all(part.get("href") for part in one.findall(f"{ATOM}link"))
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        [content] = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[\w/.~%-]+", one) for one in ids)


def is_valid_json_feed(feed: dict[str, Any]) -> None:
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert "author" not in item  # of version 1.0
        assert None not in item.values()
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    assert all(key.startswith("_") or key in JSON_FEED_KEYS for key in feed)


JSON_FEED_KEYS = {"version", "title", "home_page_url", "feed_url", "items"}


def test_a_feed_says_who_said_what_where_and_when(world: World) -> None:
    ada = quotable(world, 500, "Yes, **mostly**.", by="Ada", shown=True)
    world.show(ada, 4000)
    atom, listed = feeds(world)
    [entry] = atom.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Ada: Dreams"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ada"
    assert entry.findtext(f"{ATOM}published") == "2026-03-01T12:00:00.000+00:00"
    assert entry.findtext(f"{ATOM}content") == (
        "<p><strong>Is dreaming biological?</strong></p>\n"
        '<p dir="auto">Yes, <strong>mostly</strong>.</p>'
    )
    links = {one.get("rel"): one.get("href") for one in entry.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"{HOME}/dreams/#afterword-{ada}",
        "related": "https://discord.com/channels/10/1000/4000",
    }
    [item] = listed["items"]
    assert (item["url"], item["external_url"]) == (links["alternate"], links["related"])
    assert item["authors"] == [{"name": "Ada"}]
    assert item["id"] == f"tag:essays.example.org,2026:afterword/en/dreams/{ada}"
    assert (listed["feed_url"], listed["home_page_url"]) == (f"{HOME}/afterword.json", f"{HOME}/")


def test_one_without_a_name_bears_its_months_first_day(world: World) -> None:
    quotable(world, 600, "One", by=None)
    quotable(world, 601, "Two", by=None)
    assert feeds(world)[1]["items"] == []
    world.db.execute("delete from responses")
    three_unnamed(world)
    atom, listed = feeds(world)
    assert {item["date_published"] for item in listed["items"]} == {"2026-03-01T00:00:00.000+00:00"}
    assert not any("authors" in item for item in listed["items"])
    assert atom.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00.000+00:00"
    assert {one.text for one in atom.iter(f"{ATOM}name")} == {"A reader"}
    assert "T12" not in ET.tostring(atom, encoding="unicode")


def test_the_newest_fifty_come_and_the_newest_first(world: World) -> None:
    for number in range(MOST + 2):
        at = world.now + timedelta(days=number)
        quotable(world, 700 + number, f"Number {number}", by=f"R{number}", at=at)
    atom, listed = feeds(world)
    texts = [item["content_text"].rpartition("\n")[2] for item in listed["items"]]
    assert texts == [f"Number {number}" for number in range(MOST + 1, 1, -1)]
    newest = (world.now + timedelta(days=MOST + 1)).isoformat(timespec="milliseconds")
    assert atom.findtext(f"{ATOM}updated") == newest


def test_an_edit_is_an_update(world: World) -> None:
    quotable(world, 500, "First", by="Ada")
    later = world.now + timedelta(days=3)
    world.answer(9900, "Then", reader=500, may_quote=True, named=True, at=later)
    [entry] = feeds(world)[0].iter(f"{ATOM}entry")
    said = "2026-03-04T12:00:00.000+00:00"
    assert (entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}published")) == (
        said,
        "2026-03-01T12:00:00.000+00:00",
    )


def test_what_is_taken_back_leaves_an_empty_feed(world: World) -> None:
    ada = quotable(world, 500, "Mine", by="Ada")
    assert len(feeds(world)[1]["items"]) == 1
    withdraw(world.db, ada, 500, world.now)
    atom, listed = feeds(world)
    assert (atom.findtext(f"{ATOM}updated"), listed["items"]) == (EMPTY_SINCE, [])


@pytest.mark.parametrize("slug", ["../../a b", "", "雨", "a\x00b\u202e", "<x>&'\""])
def test_any_slug_title_and_name_make_a_valid_feed(world: World, slug: str) -> None:
    quotable(world, 500, "]]> <b> & \ufffe \x0c", by=f"N{slug}")
    world.db.execute(
        "update posts set slug = ?, title = ? where slug = 'dreams'", [slug, slug + "x"]
    )
    world.db.execute("update posts set url = null")
    atom, listed = feeds(world, home=None)
    [entry] = atom.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id", "").startswith("tag:afterword.invalid,2026:afterword/en/")
    assert listed["items"][0]["url"] == "https://discord.com/channels/10/1000/1001"
