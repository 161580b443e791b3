"""Feeds of what readers said: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bot.core.text.control_characters import visible_line
from bot.desk.site.posts import Data

MOST = 50
"""Responses in a feed, the newest first."""

ATOM = "http://www.w3.org/2005/Atom"
NOBODY = "A reader"
TITLE = "What readers answered"


class Entry(NamedTuple):
    """A response in a feed.

    Attributes:
        at: A whole time; of a response without a name it is the beginning of its month.
        title: The question, or the essay.
        home: The essay's address, or the thread's.
    """

    id: str
    at: str
    title: str
    by: str | None
    text: str
    html: str
    url: str
    home: str
    lang: str


def entries(posts: Iterable[Data]) -> list[Entry]:
    """Return the newest responses of data files, the newest first."""
    found = [
        entry
        for post in posts
        for question in [*post["questions"], {"text": None, "responses": post["others"]}]
        for entry in _of_question(post, question["text"], question["responses"])
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:MOST]


def _of_question(post: Data, question: str | None, responses: list[Data]) -> Iterable[Entry]:
    home = str(post["url"] or post["thread"] or "https://discord.com")
    authority = urlsplit(home).hostname or "discord.com"
    for one in responses:
        at = one["at"] if one["by"] is not None else f"{one['at']}-01T00:00:00+00:00"
        yield Entry(
            id=f"tag:{authority},2026:afterword/{one['id']}",
            at=at,
            title=question or post["title"],
            by=one["by"],
            text=one["text"],
            html=one["html"],
            url=one["url"] or home,
            home=home,
            lang=post["lang"],
        )


def as_atom(found: list[Entry]) -> bytes:
    """Return a feed as Atom; the same entries give the same bytes."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", TITLE)
    _add(feed, "id", f"tag:{_authority(found)},2026:afterword/responses")
    _add(feed, "updated", found[0].at if found else "1970-01-01T00:00:00+00:00")
    for one in found:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", one.lang)
        _add(entry, "title", one.title)
        _add(entry, "id", one.id)
        _add(entry, "updated", one.at)
        _add(ET.SubElement(entry, f"{{{ATOM}}}author"), "name", one.by or NOBODY)
        _add(entry, "link", None, href=one.url, rel="alternate")
        _add(entry, "link", None, href=one.home, rel="related")
        _add(entry, "content", one.html, type="html")
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def as_json_feed(found: list[Entry]) -> bytes:
    """Return a feed as JSON Feed; the same entries give the same bytes."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "external_url": one.home,
                "title": one.title,
                "content_html": one.html,
                "content_text": one.text,
                "date_published": one.at,
                "authors": [{"name": one.by or NOBODY}],
                "language": one.lang,
            }
            for one in found
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def _authority(found: list[Entry]) -> str:
    """Return the host of the blog; the first of them, where there are several."""
    hosts = sorted(urlsplit(one.home).hostname or "discord.com" for one in found)
    return hosts[0] if hosts else "discord.com"


def _add(parent: ET.Element, name: str, text: str | None, **attributes: str) -> None:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        element.text = visible_line(text) if name != "content" else text
