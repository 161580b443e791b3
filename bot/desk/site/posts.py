"""The data file of a post: its questions, and under each what may be quoted.

A quote without a name must not be told by its time, its id or its place: it bears the month, its id
is made of nothing but what the file says anyway, it stands in an order made of that too, and its
address is that of its question. None appears before there are several, and nothing counts those
that do not.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from bot.core.text.control_characters import escape_in_json
from bot.desk.passages.related import Named
from bot.desk.site.markup import as_html, plain, plain_line
from bot.desk.web_addresses import web_address
from bot.store.desk.site import Asked, Quote, SitePost

FEWEST_UNNAMED = 3
"""Readers who are quoted without a name in a post; if there are fewer, none of them is."""

MADE_BY = "afterword export --site"
"""Stands in every file of ours, under ``made_by``: by it, it is known again."""

_MONTH = len("2026-11")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A response as a page shows it.

    Attributes:
        question: The text of the question that it answers; None for none of the essay's own.
        at: A whole time, or the month of one without a name.
        edited_at: When it was last edited; None without a name.
        url: Where to go on from it; None if its thread is gone.
    """

    id: str
    question: str | None
    text: str
    by: str | None
    at: str
    edited_at: str | None
    url: str | None

    def data(self) -> Data:
        """Return it as in the file."""
        return {
            "id": self.id,
            "text": self.text,
            "html": as_html(self.text),
            "by": self.by,
            "at": self.at,
            "url": self.url,
        }


def post_data(post: SitePost, related: Iterable[Named] = ()) -> Data | None:
    """Return what a page shows of a post; None if it has neither a thread nor a quote.

    Args:
        related: What reads well with it.
    """
    shown = shown_responses(post)
    if post.thread is None and not shown:
        return None
    given: dict[str | None, list[Data]] = defaultdict(list)
    for one in shown:
        given[one.question].append(one.data())
    return {
        "post": post.slug,
        "lang": post.lang,
        "title": plain_line(post.title),
        "url": web_address(post.url),
        "total": len(shown),
        "questions": [
            {"text": text, "responses": given[text], "url": url}
            for text, url in _questions(post.asked, {one.question for one in shown})
        ],
        "others": given[None],
        "thread": post.thread,
        "related": [
            {
                "post": one.post.slug,
                "title": plain_line(one.post.title),
                "url": web_address(one.post.url),
                "because": [plain_line(word) for word in one.because],
            }
            for one in related
        ],
        "made_by": MADE_BY,
    }


def shown_responses(post: SitePost) -> list[Shown]:
    """Return what is quoted: those with a name in the order of time, then the others."""
    asked = {one.id: one for one in post.asked}
    named: list[Shown] = []
    unnamed: list[tuple[Quote, str]] = []
    for quote in post.quotes:
        text, by = plain(quote.text), plain_line(quote.by or "")
        if text and by:
            named.append(_named(quote, text, by, asked))
        elif text:
            unnamed.append((quote, text))
    if len({quote.reader_id for quote, _ in unnamed}) < FEWEST_UNNAMED:
        return named
    return [*named, *_unnamed(post, unnamed, asked)]


def _named(quote: Quote, text: str, by: str, asked: Mapping[int, Asked]) -> Shown:
    question, place = _question(quote, asked)
    return Shown(
        id=str(quote.id),
        question=question,
        text=text,
        by=by,
        at=quote.created_at,
        edited_at=quote.edited_at,
        url=quote.url or place,
    )


def _unnamed(
    post: SitePost, quotes: Iterable[tuple[Quote, str]], asked: Mapping[int, Asked]
) -> list[Shown]:
    """Return quotes without a name, by month and id, which only depend on what is shown of them."""
    said = []
    for quote, text in quotes:
        question, place = _question(quote, asked)
        said.append((quote.created_at[:_MONTH], question or "", place or "", text))
    seen: Counter[str] = Counter()
    found = []
    for at, question, place, text in sorted(said):
        seen[text] += 1
        parts = [post.lang, post.slug, text, seen[text]]
        number = hashlib.sha256(orjson.dumps(parts)).hexdigest()[:16]
        found.append(Shown(f"u{number}", question or None, text, None, at, None, place or None))
    return sorted(found, key=lambda one: (one.at, one.id))


def _question(quote: Quote, asked: Mapping[int, Asked]) -> tuple[str | None, str | None]:
    """Return which of the essay's questions a quote answers, and where that stands."""
    prompt = asked.get(quote.prompt_id or 0)
    if prompt is None or prompt.text is None:
        return None, quote.thread
    return plain_line(prompt.text) or None, prompt.url or quote.thread


def _questions(asked: Sequence[Asked], answered: set[str | None]) -> list[tuple[str, str | None]]:
    """Return each question once, with its place: those that are asked, then those that were."""
    places: dict[str, str | None] = {}
    for one in sorted(asked, key=lambda one: not one.is_asked):
        text = plain_line(one.text or "")
        if text and (one.is_asked or text in answered):
            places[text] = places.get(text) or one.url
    return list(places.items())


def as_json(data: Data) -> bytes:
    """Return data as JSON with an indent of two, in UTF-8."""
    return _inert(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()) + b"\n"


def as_yaml(data: Data) -> bytes:
    """Return data as YAML, in UTF-8.

    Every text is in quotes, as in JSON: so no parser, be it of YAML 1.1 or 1.2, takes one for a
    date, a number or a tag.
    """
    return _inert("\n".join(_yaml_lines(data))) + b"\n"


def _yaml_lines(data: Data) -> Iterable[str]:
    for key, value in data.items():
        if not isinstance(value, list) or all(isinstance(one, str) for one in value):
            yield f"{key}: {orjson.dumps(value).decode()}"
            continue
        yield f"{key}:"
        for one in value:
            first, *others = _yaml_lines(one)
            yield f"  - {first}"
            yield from (f"    {line}" for line in others)


def _inert(text: str) -> bytes:
    """Return JSON or YAML in which no terminal or parser finds a character that commands it."""
    text = escape_in_json(text)
    for sign in "\ufeff\ufffe\uffff":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode()
