"""Records as an author or a program takes them away: JSON Lines, CSV, Markdown."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from bot.core.response import Response
from bot.core.text.control_characters import visible, visible_line

KEYS = (
    "id", "post", "lang", "guild", "thread", "question", "reader", "reader_name", "text",
    "created_at", "edited_at", "source", "url", "shown", "hidden", "may_quote", "named",
    "highlighted", "reactions",
)  # fmt: skip
"""The keys of a response, in the order of the design's table; new ones come last."""

_FORMULA = re.compile(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]")
_MARKUP = re.compile(r"[\\`*_{}%\[\]<>#|~&!$^]|(?<=[A-Za-z]):(?=/)|(?<=\w)@|(?<=[Ww]{3})\.")
_LINE_START = re.compile(r"^(\d{0,9})([-+=:.)])")
_LINE_END = re.compile(r"\r\n|\r|\n")


def record(response: Response) -> dict[str, Any]:
    """Return a response with ids as strings, missing values null, times ISO 8601 with offset."""
    values = {key: getattr(response, key) for key in KEYS} | {"reactions": {**response.reactions}}
    return values | {key: str(values[key]) for key in ("id", "guild", "thread", "reader")}


def marks(response: Response) -> list[str]:
    """Return words for how a response stands: is it shown, may it be quoted, what others felt.

    A message needs none of the first: it stands in its thread. Only "by name" allows a name.
    """
    shown = "shown" if response.shown and not response.hidden else "not shown"
    return [
        *([shown] if response.source == "answer" else []),
        *(["may be quoted"] if response.may_quote else []),
        *(["by name"] if response.may_quote and response.named else []),
        *(["highlighted"] if response.highlighted else []),
        *([response.reacted] if response.reactions else []),
    ]


def json_lines(responses: Sequence[Response]) -> str:
    """Return one JSON object a line."""
    return "".join(f"{orjson.dumps(record(response)).decode()}\n" for response in responses)


def as_csv(records: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """Return a table with a head line; lists are joined by semicolons, what is missing is empty.

    Control characters are seen, since a CSV is looked at in a terminal and in a spreadsheet alike;
    only JSON is exact. A text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180; a bare \r is quoted then
    writer.writerow(keys)
    for one in records:
        writer.writerow([cell(one[key]) for key in keys])
    return file.getvalue()


def as_markdown(responses: Sequence[Response]) -> str:
    """Return a section for each essay, and in it a section for each of its questions.

    Each response is a quote, a line for the author (who wrote it, when, how it stands), and what
    may be pasted with the quote: the attribution that its reader chose, or that there is none.
    What readers wrote is data: it is escaped, so that CommonMark shows it letter by letter.
    """
    lines: list[str] = []
    post, question = ("", ""), ""
    for response in responses:
        if (response.post, response.title) != post:
            post, question = (response.post, response.title), ""
            lines += [f"# {escaped(_flat(response.title))}", ""]
        asked = response.question or "Without a question"
        if asked != question:
            question = asked
            lines += [f"## {escaped(_flat(question))}", ""]
        lines += [*_quoted(response.text), ""]
        given = ", ".join([response.created_at, *marks(response)])
        lines += [f"{escaped(_flat(response.reader_name))}, {given}", ""]
        lines += [_attribution(response), ""]
    return "\n".join(lines)


def _attribution(response: Response) -> str:
    """Return who is named beneath a quote, with its date and its address.

    Whoever wants no name on a quote gets a coarse date, and the address of the whole thread.
    """
    link = f", {response.url}" if response.url else ""
    if response.may_quote and response.named:
        return f"— {escaped(_flat(response.reader_name))}, {response.created_at[:10]}{link}"
    if response.may_quote:
        thread = f"https://discord.com/channels/{response.guild}/{response.thread}"
        return f"— a reader, {response.created_at[:7]}, {thread}"
    asked = "Its reader did not agree to be quoted"
    unasked = "Its reader was not asked whether it may be quoted"
    was_asked = response.was_asked or response.source == "answer"  # a form asks
    return f"{asked if was_asked else unasked}{link}"


def escaped(line: str) -> str:
    """Return a line as Markdown that says exactly this, wherever it stands.

    Nothing in it becomes a link, and no site generator finds a shortcode or a tag in it.
    """
    line = visible_line(line)
    text = line.lstrip(" \t")
    indent = "&nbsp;" * (len(line) - len(text))
    return indent + _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))


def _quoted(text: str) -> Iterator[str]:
    """Yield the lines of a quote in which every line break stays."""
    lines = [visible(line).rstrip() for line in _LINE_END.split(text.strip(" \t\r\n"))]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        is_inside = line and after
        yield f"> {escaped(line)}\\" if is_inside else f"> {escaped(line)}".rstrip()


def cell(value: Any) -> Any:  # noqa: ANN401  # a cell is whatever JSON holds
    """Return a value as it stands in a CSV: see `as_csv`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        value = [f"{key} {count}" for key, count in value.items()]
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    value = visible(value) if isinstance(value, str) else value
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _flat(text: str) -> str:
    return " ".join(visible(text).split())
