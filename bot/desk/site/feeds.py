"""Feeds of what may be quoted: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from bot.desk.site.markup import as_html, plain_line
from bot.desk.site.posts import MADE_BY, Shown, as_json, shown_responses
from bot.desk.web_addresses import web_address
from bot.store.desk.site import SitePost

ATOM, JSON_FEED = "afterword.atom", "afterword.json"
"""What the files are called."""

MOST = 50
"""Responses in a feed, the newest first."""

EMPTY_SINCE = "2026-01-01T00:00:00+00:00"
"""When a feed without entries was last changed: the clock's time would change it each time."""

UNNAMED = {"tr": "Bir okur"}
UNNAMED_IN_ENGLISH = "A reader"
"""Atom wants an author of each entry."""

NOBODYS = "afterword.invalid"
"""The host of a blog whose address is unknown."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """A response in a feed.

    Attributes:
        at: A whole time; one without a name bears the beginning of its month.
        changed: When it was last edited, or `at`.
        url: The essay's page, with the place of the response on it; if that is unknown, its
            place in the thread.
        place: Its place in the thread; None if that is gone.
    """

    id: str
    lang: str
    title: str
    by: str | None
    text: str
    html: str
    at: str
    changed: str
    url: str | None
    place: str | None


def feed_files(posts: Sequence[SitePost], home: str | None) -> dict[str, bytes]:
    """Return the feeds by the names of their files; the same posts give the same bytes.

    Args:
        home: The blog's address without a slash at its end; None if it is unknown.
    """
    host = _host(posts, home)
    found = _entries(posts, host)
    return {ATOM: _atom(found, host, home), JSON_FEED: _json_feed(found, host, home)}


def _host(posts: Iterable[SitePost], home: str | None) -> str:
    """Return whose names the ids are: the blog's host, or one that nobody has."""
    known = [home] if home else [post.url for post in posts if web_address(post.url)]
    return min((host for one in known if one and (host := _host_of(one))), default=NOBODYS)


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # a bracket without its end
        return None


def _entries(posts: Iterable[SitePost], host: str) -> list[Entry]:
    """Return the newest responses, the newest first. Only what is shown decides the order."""
    said = [(_whole(one.at), post, one) for post in posts for one in shown_responses(post)]
    said.sort(key=lambda each: (each[0], each[1].lang, each[1].slug, each[2].id), reverse=True)
    return [_entry(post, one, host) for _, post, one in said[:MOST]]


def _entry(post: SitePost, one: Shown, host: str) -> Entry:
    place = "/".join(quote(part, safe="") for part in (post.lang, post.slug, one.id))
    page = f"{post.url}#afterword-{one.id}" if web_address(post.url) else one.url
    asked = f"<p><strong>{escape(one.question)}</strong></p>\n" if one.question else ""
    title, at = plain_line(post.title), _whole(one.at)
    return Entry(
        id=f"tag:{host},2026:afterword/{place}",
        lang=post.lang,
        title=f"{one.by}: {title}" if one.by else title,
        by=one.by,
        text=f"{one.question}\n\n{one.text}" if one.question else one.text,
        html=asked + as_html(one.text),
        at=at,
        changed=max(one.edited_at or at, at),
        url=page,
        place=one.url,
    )


def _whole(at: str) -> str:
    return at if "T" in at else f"{at}-01T00:00:00.000+00:00"


def _atom(found: list[Entry], host: str, home: str | None) -> bytes:
    feed = ET.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", _feed_id(host))
    _add(feed, "title", _title(host))
    _add(feed, "updated", max((one.changed for one in found), default=EMPTY_SINCE))
    _add(feed, "generator", MADE_BY)
    if home:
        _add(feed, "link", rel="alternate", href=f"{home}/")
        _add(feed, "link", rel="self", href=f"{home}/{ATOM}")
    for one in found:
        entry = ET.SubElement(feed, "entry", {_LANG: one.lang})
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        author = ET.SubElement(entry, "author")
        _add(author, "name", one.by or UNNAMED.get(one.lang, UNNAMED_IN_ENGLISH))
        _add(entry, "published", one.at)
        _add(entry, "updated", one.changed)
        if one.url:
            _add(entry, "link", rel="alternate", href=one.url)
        if one.place and one.place != one.url:
            _add(entry, "link", rel="related", href=one.place)
        _add(entry, "content", one.html, type="html")
    ET.indent(feed)
    text: str = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _json_feed(found: list[Entry], host: str, home: str | None) -> bytes:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(host),
        "home_page_url": f"{home}/" if home else None,
        "feed_url": f"{home}/{JSON_FEED}" if home else None,
        "items": [_present(_item(one)) for one in found],
        "_afterword": {"about": _feed_id(host), "made_by": MADE_BY},
    }
    return as_json(_present(feed))


def _item(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": one.url,
        "external_url": one.place if one.place != one.url else None,
        "title": one.title,
        "content_html": one.html,
        "content_text": one.text,
        "date_published": one.at,
        "date_modified": one.changed,
        "authors": [{"name": one.by}] if one.by else None,
        "language": one.lang,
    }


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _feed_id(host: str) -> str:
    return f"tag:{host},2026:afterword/responses"


def _title(host: str) -> str:
    return "What readers said" if host == NOBODYS else f"{host}: what readers said"
