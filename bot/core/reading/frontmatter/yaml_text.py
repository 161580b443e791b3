"""YAML as it was written: every scalar stays the text that its author typed.

YAML 1.1 makes ``no`` False, ``12:30:00`` 45000 and ``2024`` a number; in a title, a slug or a tag
all three are mistakes. What a scalar means is for those to say who know its key.
"""

import re
from typing import TypeAlias, cast

import yaml

from bot.core.reading.frontmatter.nesting import MAX_DEPTH

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML was built without libyaml: the same events, more slowly
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_VALUES = 20_000
"""Values once aliases are followed: ten times what real front matter has; a bomb has millions."""

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""What YAML holds when scalars stay text."""

_PLAIN = r"[A-Za-z0-9](?:[\w./+()!?;%@$^~*&,' -]|:(?=[\w/]))*(?<! )"
_IN_LIST = r"\"[^\"\\\n]*\"|'[^'\n]*'|[A-Za-z0-9][\w./+-]*(?: [\w./+-]+)*"
_WORDS = re.compile(_PLAIN, re.ASCII)
_QUOTED = re.compile(r"\"[^\"\\\t]*\"|'[^'\t]*'")
_LIST = re.compile(rf"\[ *(?:(?:{_IN_LIST})(?: *, *(?:{_IN_LIST}))*)? *\]", re.ASCII)
_LISTED = re.compile(_IN_LIST, re.ASCII)
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_]*):(?: +(.*?))? *", re.ASCII)
_ITEM = re.compile(r"( *)- +(\S.*?) *", re.ASCII)
_NOT_SIMPLE = object()
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class YamlError(ValueError):
    """YAML that cannot be read.

    Attributes:
        line: One-based, within the text that was given.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def read_yaml(text: str) -> Value:
    """Return the first document of `text` as dicts, lists, strings and None.

    Raises:
        YamlError: It is not YAML, nests deeper than `MAX_DEPTH`, or explodes through aliases.
    """
    simple = _simple(text)
    if simple is not None:
        return simple
    try:
        loader = _Loader(text)
        try:
            return _Reading(loader).document()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        is_open = error.context is not None and "quoted" in error.context  # where it began, then
        mark = (error.context_mark if is_open else None) or error.problem_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(reason, mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlError(str(error).splitlines()[0], 1) from None


def _simple(text: str) -> dict[str, Value] | None:
    """Return what nearly all front matter is, keys with a word or a list of words; None otherwise.

    It saves three quarters of the time that YAML's own parser takes, and reads no line that this
    would read otherwise: a test compares the two.
    """
    values: dict[str, Value] = {}
    items: list[Value] = []
    key = indent = ""
    is_bare = False
    for line in text.split("\n"):
        if found := _PAIR.fullmatch(line):
            key = found[1]
            value = _simple_value(found[2])
            values[key] = cast("Value", value)
            is_bare = not found[2]
        elif found := _ITEM.fullmatch(line):
            value = _simple_value(found[2])
            if is_bare:
                values[key] = items = []
                indent, is_bare = found[1], False
            if values.get(key) is not items or found[1] != indent or isinstance(value, list):
                return None
            items.append(cast("Value", value))
        elif line:
            return None
        else:
            continue
        if value is _NOT_SIMPLE:
            return None
    return values or None


def _simple_value(text: str | None) -> object:
    """Return what a simple value is, `_NOT_SIMPLE` if only YAML itself can tell."""
    if not text:
        return None
    if _WORDS.fullmatch(text):
        return None if text in _NULLS else text
    if _QUOTED.fullmatch(text):
        return text[1:-1]
    if text[0] != "[" or not _LIST.fullmatch(text):
        return _NOT_SIMPLE
    inner = text[1:-1].strip(" ")
    parts = _LISTED.findall(inner)
    return [part[1:-1] if part[0] in "\"'" else None if part in _NULLS else part for part in parts]


class _Reading:
    """One pass over the events of a document."""

    def __init__(self, loader: yaml.CBaseLoader) -> None:
        self._loader = loader
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._values = 0

    def document(self) -> Value:
        """Return the value of the first document, None if there is none."""
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        return self._value(self._next(), 0)

    def _next(self) -> yaml.Event:
        return cast("yaml.Event", self._loader.get_event())  # None only after the stream's end

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._values += 1
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in _NULLS
            return self._named(event.anchor, None if is_null else event.value, 1)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth >= MAX_DEPTH:
            raise YamlError(f"it is nested more than {MAX_DEPTH} deep", _line(event))
        before = self._values - 1
        opened = cast("yaml.CollectionStartEvent", event)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        value: Value = self._sequence(depth + 1) if is_list else self._mapping(depth + 1)
        return self._named(opened.anchor, value, self._values - before)

    def _named(self, anchor: str | None, value: Value, weight: int) -> Value:
        if anchor:
            self._anchors[anchor] = (value, weight)
        return value

    def _alias(self, event: yaml.AliasEvent) -> Value:
        if event.anchor not in self._anchors:
            raise YamlError(f"nothing before it is named &{event.anchor}", _line(event))
        value, weight = self._anchors[event.anchor]
        self._values += weight
        if self._values > MAX_VALUES:
            raise YamlError("its aliases multiply beyond measure", _line(event))
        return value

    def _sequence(self, depth: int) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            values.append(self._value(event, depth))
        return values

    def _mapping(self, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._value(event, depth)
            value = self._value(self._next(), depth)
            if isinstance(key, (list, dict)):
                raise YamlError("a key is a list or a mapping", _line(event))
            if key == "<<":  # YAML 1.1 merges mappings here; a key of its own wins
                for source in value if isinstance(value, list) else [value]:
                    merged = {**(source if isinstance(source, dict) else {}), **merged}
            else:
                values[key or ""] = value
        return {**merged, **values} if merged else values


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
