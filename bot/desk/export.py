"""Responses as an author or a program takes them away: JSON Lines, CSV, Markdown."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import orjson

from bot.core.response import Response

KEYS = (
    "id",
    "post",
    "lang",
    "guild",
    "thread",
    "question",
    "reader",
    "reader_name",
    "text",
    "created_at",
    "edited_at",
    "source",
    "url",
)
"""The keys of a response, in the order of the design's table."""


def record(response: Response) -> dict[str, Any]:
    """Return a response with ids as strings, missing values null, times ISO 8601 with offset."""
    values = {key: getattr(response, key) for key in KEYS}
    return values | {key: str(values[key]) for key in ("id", "guild", "thread", "reader")}


def json_lines(responses: Sequence[Response]) -> str:
    """Return one JSON object a line."""
    return "".join(f"{orjson.dumps(record(response)).decode()}\n" for response in responses)


def as_csv(responses: Sequence[Response]) -> str:
    """Return a table with a head line.

    A text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, KEYS, lineterminator="\n")
    writer.writeheader()
    for response in responses:
        writer.writerow({key: _inert(value) for key, value in record(response).items()})
    return file.getvalue()


def as_markdown(responses: Sequence[Response]) -> str:
    """Return a section for each essay, and in it a section for each of its questions."""
    lines: list[str] = []
    post, question = "", ""
    for response in responses:
        if response.title != post:
            post, question = response.title, ""
            lines += [f"# {_flat(post)}", ""]
        asked = response.question or "Without a question"
        if asked != question:
            question = asked
            lines += [f"## {_flat(question)}", ""]
        lines += [f"> {line}" if line else ">" for line in response.text.splitlines()]
        lines += ["", f"{_flat(response.reader_name)}, {response.created_at}", ""]
    return "\n".join(lines)


def _inert(value: Any) -> Any:  # noqa: ANN401  # a cell is whatever JSON holds
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _flat(text: str) -> str:
    return " ".join(text.split())
