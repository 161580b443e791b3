"""The data file of a post: its questions, and under each what may be quoted.

A quote without a name must not be told whose it is by its time, its number or its place: it bears
the month, an id that only we can make, and the place of its question; it comes after those with a
name; and none appears before there are several.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from bot.core.text.control_characters import visible_line
from bot.desk.site.markup import as_html, is_web_address, plain
from bot.store.desk.quotes import AskedThere, Quote, SitePost

FEWEST_UNNAMED = 3
"""Readers of a post who are quoted without a name: fewer are not shown.

People of a small server know each other; Afterword's evidence has three as the least group that
systems of this kind show.
"""

Data = dict[str, Any]


def post_data(post: SitePost, key: bytes) -> Data | None:
    """Return what a page shows of a post; None if it has neither a thread nor a quote.

    The same rows give the same data, in the same order.

    Args:
        key: The secret of `bot.store.desk.quotes.quote_key`.
    """
    quotes = shown_quotes(post.quotes)
    if post.thread is None and not quotes:
        return None
    text_of = {one.id: one.text for one in post.asked}
    place_of = {one.id: one.url for one in post.asked}
    given: dict[str | None, list[Data]] = {}
    for quote in _ordered(quotes, key):
        text = text_of.get(quote.prompt_id or 0)
        place = place_of.get(quote.prompt_id or 0, quote.thread)
        given.setdefault(text, []).append(_response(quote, place, key))
    questions = [
        {"text": visible_line(text), "responses": given.pop(text, []), "url": url}
        for text, url in _questions(post.asked, given)
    ]
    return {
        "post": post.slug,
        "lang": post.lang,
        "title": visible_line(post.title),
        "url": post.url if is_web_address(post.url or "") else None,
        "total": len(quotes),
        "questions": questions,
        "others": given.get(None, []),
        "thread": post.thread,
    }


def shown_quotes(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes that appear: all with a name, and those without if they are enough."""
    unnamed = {one.reader_id for one in quotes if one.by is None}
    return [one for one in quotes if one.by is not None or len(unnamed) >= FEWEST_UNNAMED]


def as_json(data: Data) -> bytes:
    """Return data as JSON that people can read, UTF-8."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def as_yaml(data: Data) -> bytes:
    """Return data as YAML without anything of Python's own, UTF-8."""
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6)
    return text.encode()


def quote_id(quote: Quote, key: bytes) -> str:
    """Return an id that stays; of a quote without a name it says nothing."""
    if quote.by is not None:
        return str(quote.id)
    return hashlib.blake2b(str(quote.id).encode(), key=key, digest_size=10).hexdigest()


def _ordered(quotes: Sequence[Quote], key: bytes) -> list[Quote]:
    def place(quote: Quote) -> tuple[bool, str, str]:
        time = "" if quote.by is None else quote.created_at
        return quote.by is None, time, quote_id(quote, key)

    return sorted(quotes, key=place)


def _response(quote: Quote, place: str, key: bytes) -> Data:
    is_named = quote.by is not None
    return {
        "id": quote_id(quote, key),
        "text": plain(quote.text),
        "html": as_html(quote.text),
        "by": visible_line(quote.by) if quote.by is not None else None,
        "at": quote.created_at if is_named else quote.created_at[: len("2026-01")],
        "url": (quote.url or place) if is_named else place,
    }


def _questions(
    asked: Sequence[AskedThere], given: Mapping[str | None, object]
) -> list[tuple[str, str]]:
    """Return questions that are asked, or were and have quotes, with where; each text once."""
    places: dict[str, str] = {}
    for one in asked:
        if one.text is not None and (one.is_asked or one.text in given):
            places.setdefault(one.text, one.url)
    return list(places.items())
