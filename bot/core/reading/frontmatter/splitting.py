"""Front matter: taking the metadata off the top of a post.

python-frontmatter's handlers do the splitting. They are narrowed here where it fails silently: on
TOML without the ``toml`` package, a byte order mark, a block closed by ``...`` or never closed, and
on metadata that is no mapping.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from bot.core.reading.frontmatter.nesting import (
    NestedError,
    refuse_deep_brackets,
    refuse_deep_values,
)
from bot.core.reading.frontmatter.yaml_text import YamlError, read_yaml

MAX_CHARACTERS = 200_000
"""Of metadata: a hundred times the largest seen in a survey of 24,345 files."""

_LINE_IN_TOML = re.compile(r"line (\d+)")
_TOP_KEY = re.compile(r"^(\"[^\"\n]+\"|'[^'\n]+'|[A-Za-z_][\w.-]*)[ \t]*:(?=\s)", re.MULTILINE)
_TOML_LINE = re.compile(r"(?:\s*(?:#.*)?\n)*\s*(?:\[|[\w\"'.-]+[ \t]*=)")
_JSON_SIGN = re.compile(r'(?P<key>"(?:\\.|[^"\\\n])*")(?=\s*:)|"(?:\\.|[^"\\\n])*"|[\[\]{}]')


Form = Literal["YAML", "TOML", "JSON", "lines", ""]


class FrontMatter(NamedTuple):
    r"""A file taken apart.

    Attributes:
        metadata: Keys in lower case; scalars as written, except TOML's dates and booleans.
        body: The Markdown below it, with ``\n`` at the end of each line.
        line: One-based number of the body's first line in the file.
        head: The metadata as text, below the fence.
        head_line: One-based number of the first line of `head` in the file.
        heading: The body's own title, which is taken off it where the metadata names none.
        form: What the metadata is written in; "lines" of a key each, and "" if there is none.
    """

    metadata: dict[str, Any]
    body: str
    line: int
    head: str = ""
    head_line: int = 1
    heading: str = ""
    form: Form = ""

    def repeated(self) -> list[tuple[str, int]]:
        """Return each key of YAML's or JSON's top level that stands there again, with its line."""
        names = _TOP_KEY.findall(self.head.lower())
        is_quoted = "\n'" in self.head or '\n"' in self.head
        if self.head[:1] != "{" and len(set(names)) == len(names) and not is_quoted:
            return []  # as nearly always
        seen: set[str] = set()
        found: list[tuple[str, int]] = []
        for key, start in _top_keys(self.head):
            if key in seen:
                found.append((key, self.head_line + self.head.count("\n", 0, start)))
            seen.add(key)
        return found

    def line_of(self, key: str) -> int | None:
        """Return the line in the file that sets `key`; None if there is none."""
        found = re.search(rf"(?mi)^[\s\"']*{re.escape(key)}[\"']?[ \t]*[:=]", self.head)
        return self.head_line + self.head.count("\n", 0, found.end()) if found else None


def _top_keys(head: str) -> Iterator[tuple[str, int]]:
    """Yield the keys of the top level, in lower case, with where each begins."""
    depth = 1
    if head[:1] != "{":
        if _TOML_LINE.match(head):  # whose own reader refuses such keys
            return
        for found in _TOP_KEY.finditer(head):
            yield found[1].strip("\"'").lower(), found.start()
        return
    for found in _JSON_SIGN.finditer(head, 1):
        if found["key"] and depth == 1:
            yield str(json.loads(found["key"])).lower(), found.start()
        depth += (found[0] in "{[") - (found[0] in "}]")


class FrontMatterError(ValueError):
    """Front matter that cannot be read.

    Attributes:
        line: One-based, in the file.
        advice: What to do, one sentence.
        rest: What could be saved of the file: the keys that stand on lines of their own, the body.
    """

    def __init__(self, message: str, line: int, advice: str, rest: FrontMatter) -> None:
        super().__init__(message)
        self.line = line
        self.advice = advice
        self.rest = rest


class _Yaml(YAMLHandler):
    """YAML between ``---`` and ``---`` or ``...``, its scalars as written."""

    FM_BOUNDARY = re.compile(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **_: object) -> Any:  # noqa: ANN401  # the library's own signature
        return read_yaml(fm)


class _Toml(BaseHandler):
    """TOML between ``+++`` and ``+++``, read by Python itself."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, Any]:
        refuse_deep_brackets(fm)
        values = tomllib.loads(fm, parse_float=str)
        refuse_deep_values(values)
        return values


class _Json(JSONHandler):
    """A JSON object at the very top, as long as its braces say."""

    def split(self, text: str) -> tuple[str, str]:
        refuse_deep_brackets(text)
        _, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text)
        return text[:end], text[end:]

    def load(self, fm: str, **_: object) -> Any:  # noqa: ANN401  # the library's own signature
        return json.loads(fm, parse_int=str, parse_float=str)


_HANDLERS: tuple[tuple[re.Pattern[str], BaseHandler, Form], ...] = (
    (re.compile(r"-{3,}[ \t]*\n"), _Yaml(), "YAML"),
    (re.compile(r"\+{3,}[ \t]*\n"), _Toml(), "TOML"),
    (re.compile(r"\{\s*(?:\"|\}\s*(?:\n|$))"), _Json(), "JSON"),
)


def split(data: bytes | str, *, unfenced: bool = False) -> FrontMatter:
    """Take `data` apart into metadata and body.

    Bytes must be UTF-8 (see `bot.core.reading.decode` for others). A file without front matter
    has no metadata.

    Args:
        unfenced: Whether lines such as ``Title: Rain`` at the very top are metadata, as Pelican and
            MultiMarkdown have them.

    Raises:
        FrontMatterError: There is front matter, but it cannot be read.
    """
    text = data if isinstance(data, str) else data.decode("utf-8")
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = len(text) - len(text.lstrip("\n \t")) if text[:1] in {"\n", " ", "\t"} else 0
    for opening, handler, name in _HANDLERS:
        if opening.match(text, start):
            return _split(text[start:], text.count("\n", 0, start), handler, name)
    return _unfenced(text) if unfenced else FrontMatter({}, text, 1)


def _unfenced(text: str) -> FrontMatter:
    """Take lines with a key each off the top, up to an empty line; indented ones go on."""
    values: dict[str, Any] = {}
    key = ""
    head, _, _ = text[:MAX_CHARACTERS].partition("\n\n")
    for line in head.split("\n"):
        found = _UNFENCED_LINE.match(line)
        if found:
            key = found[1].lower()
            values[key] = found[2].strip()
        elif line[:1] in {" ", "\t"} and line.strip() and key:
            values[key] += f" {line.strip()}"
        else:
            return FrontMatter({}, text, 1)
    if "title" not in values:
        return FrontMatter({}, text, 1)
    body = text[len(head) :].lstrip("\n")
    first = 1 + text.count("\n", 0, len(text) - len(body))
    return FrontMatter(values, body, first, head, form="lines")


def _split(text: str, above: int, handler: BaseHandler, name: Form) -> FrontMatter:
    try:
        metadata, body = handler.split(text)
    except json.JSONDecodeError as error:
        raise _unreadable(name, _reason(error), above + error.lineno, text, above) from None
    except NestedError as error:
        raise _unreadable(name, str(error), above + 1, text, above) from None
    except ValueError:
        return _never_closed(text, above, name)
    line = above + text.count("\n", 0, len(text) - len(body)) + 2
    body = body.lstrip(" \t").removeprefix("\n")
    if len(metadata) > MAX_CHARACTERS:
        reason = f"it is longer than {MAX_CHARACTERS:,} characters"
        raise _unreadable(name, reason, above + 1, text, above)
    try:
        values = handler.load(metadata)
    except ValueError as error:
        at = above + _error_line(error, metadata)
        raise _unreadable(name, _reason(error), at, text, above) from None
    if values is None:
        return FrontMatter({}, body, line, form=name)
    if not isinstance(values, dict):
        message = "What stands between the fences at the top is no list of keys and values."
        advice = "Write keys and values there, or open the essay with '* * *' instead of '---'."
        raise FrontMatterError(message, above + 1, advice, FrontMatter({}, text, above + 1))
    keys = {str(key).lower(): value for key, value in values.items()}
    return FrontMatter(keys, body, line, metadata, above + 1, form=name)


def _never_closed(text: str, above: int, name: str) -> FrontMatter:
    rest = _salvage(text, above)
    if not rest.metadata:  # a thematic break over an essay without front matter
        return FrontMatter({}, text, above + 1)
    message = f"The {name} front matter is never closed."
    advice = "Close it with the fence that opens it, on a line of its own."
    raise FrontMatterError(message, above + 1, advice, rest)


def _unreadable(name: str, reason: str, line: int, text: str, above: int) -> FrontMatterError:
    message = f"The {name} front matter cannot be read: {reason}."
    advice = "Correct that line; a value with a colon, a quote or a brace in it wants quotes."
    return FrontMatterError(message, line, advice, _salvage(text, above))


def _reason(error: Exception) -> str:
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    return first.rstrip(".")


def _error_line(error: Exception, metadata: str) -> int:
    """Return the line of `error` within `metadata`, whose first line is the opening fence's."""
    if isinstance(error, YamlError):
        return min(error.line, metadata.count("\n") + 1)
    found = _LINE_IN_TOML.search(str(error))
    return int(found[1]) if found else 1


_UNFENCED_LINE = re.compile(r"([A-Za-z][\w-]*):[ \t]+(\S.*)$")

MAX_SALVAGED = 200
"""Lines of broken front matter that are looked at."""

_PLAIN_LINE = re.compile(r"([A-Za-z_]\w*)[ \t]*[:=][ \t]*(.*?)[ \t]*$")


def _salvage(text: str, above: int) -> FrontMatter:
    """Return the one-line keys of broken front matter, and what follows its fence or empty line."""
    values: dict[str, Any] = {}
    lines = text.split("\n")
    last = len(lines) - 1
    for number, line in enumerate(lines[1:MAX_SALVAGED], 1):
        found = _PLAIN_LINE.match(line)
        if found:
            values.setdefault(found[1].lower(), found[2].strip("\"'"))
        elif not line.strip() or line.startswith(("---", "+++")):
            last = number
            break
    return FrontMatter(values, "\n".join(lines[last + 1 :]), above + last + 2)
