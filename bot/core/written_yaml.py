"""YAML as it was written: every scalar stays the text that its author typed.

YAML 1.1 makes ``no`` False, ``12:30:00`` 45000 and ``2024`` a number; in a title, a slug or a tag
all three are mistakes. What a scalar means is for those to say who know its key.
"""

from typing import TypeAlias, cast

import yaml

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML was built without libyaml: the same events, more slowly
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 32
"""Deeper nesting than any front matter needs."""

MAX_VALUES = 20_000
"""Values once aliases are followed: ten times what real front matter has; a bomb has millions."""

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""What YAML holds when scalars stay text."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class WrittenError(ValueError):
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
        WrittenError: It is not YAML, nests deeper than `MAX_DEPTH`, or explodes through aliases.
    """
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
        raise WrittenError(reason, mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise WrittenError(str(error).splitlines()[0], 1) from None


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
            raise WrittenError(f"it is nested more than {MAX_DEPTH} deep", _line(event))
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
            raise WrittenError(f"nothing before it is named &{event.anchor}", _line(event))
        value, weight = self._anchors[event.anchor]
        self._values += weight
        if self._values > MAX_VALUES:
            raise WrittenError("its aliases multiply beyond measure", _line(event))
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
                raise WrittenError("a key is a list or a mapping", _line(event))
            if key == "<<":  # YAML 1.1 merges mappings here; a key of its own wins
                for source in value if isinstance(value, list) else [value]:
                    merged = {**(source if isinstance(source, dict) else {}), **merged}
            else:
                values[key or ""] = value
        return {**merged, **values} if merged else values


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
