"""The kinds of values that settings have: each reads a text, and writes one that it reads back."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.text.folding import fold
from bot.core.text.languages import normal_code

NOTHING = frozenset({"", "-", "off", "no", "none", "never", "any", "all"})
"""What people type for none; each kind writes its own word for it."""

OPPOSITE = {"all": frozenset({"none", "no", "never"}), "none": frozenset({"all", "any"})}
"""Words that mean the opposite of what a list without any tag does, by its own word for that."""

LONGEST = 4000
"""Characters of a value: as many as a field of a form takes."""

SHOWN = 60
"""Characters of a wrong value in the sentence about it."""

MOST_TAGS, LONGEST_TAG = 50, 100
LARGEST_ID = 2**63 - 1

_HOURS = re.compile(r"(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?")  # people type either dash
_CODE = re.compile(r"(?=.{2,20}$)[a-z]{2,3}(-[a-z0-9]{2,8})*")  # as long as `/setup` takes it

DAY_HOURS = 24
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Kind(Protocol):
    """A kind of value."""

    def read(self, text: str, key: str, say: Phrases) -> Any:  # noqa: ANN401  # each kind has its own type
        """Return the value that a text means.

        Raises:
            AfterwordError: It means none; the sentence says what to type.
        """

    def write(self, value: Any) -> str:  # noqa: ANN401  # the same
        """Return the text of a value."""


def is_nothing(text: str) -> bool:
    """Return whether a text stands for none."""
    return text.strip().lower() in NOTHING


def short(text: str) -> str:
    """Return a text as it stands in a sentence about it."""
    line = " ".join(text.replace("`", "'").split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, text: str, key: str, say: Phrases) -> str:
        """Return the word."""
        word = text.strip().lower()
        if word not in self.options:
            options = ", ".join(f"`{one}`" for one in self.options)
            raise AfterwordError(
                say.setting_no_choice.format(key=key, options=options, text=short(text))
            )
        return word

    def write(self, value: str) -> str:
        """Return the word."""
        return value


class Switch:
    """On or off."""

    def read(self, text: str, key: str, say: Phrases) -> bool:
        """Return whether it is on."""
        word = text.strip().lower()
        if word in {"on", "yes", "true", "1"}:
            return True
        if word in {"off", "no", "false", "0"}:
            return False
        raise AfterwordError(
            say.setting_no_choice.format(key=key, options="`on`, `off`", text=short(text))
        )

    def write(self, value: bool) -> str:  # noqa: FBT001  # the one value that it is about
        """Return ``on`` or ``off``."""
        return "on" if value else "off"


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, or none.

    Attributes:
        nothing: What none is called.
    """

    most: int
    nothing: str

    def read(self, text: str, key: str, say: Phrases) -> int | None:
        """Return the days."""
        if is_nothing(text):
            return None
        word = text.strip()
        if not re.fullmatch(r"\d{1,6}", word, re.ASCII) or not 1 <= int(word) <= self.most:
            raise AfterwordError(
                say.setting_no_days.format(
                    key=key, most=self.most, nothing=self.nothing, text=short(text)
                )
            )
        return int(word)

    def write(self, value: int | None) -> str:
        """Return the number."""
        return self.nothing if value is None else str(value)


class Id:
    """The id of a channel, a role or a forum's tag, or none."""

    def read(self, text: str, key: str, say: Phrases) -> int | None:
        """Return the id; a mention of Discord's is read too."""
        if is_nothing(text):
            return None
        word = re.sub(r"^<(?:#|@&)(\d+)>$", r"\1", text.strip())
        if not re.fullmatch(r"\d{1,19}", word, re.ASCII) or not 0 < int(word) <= LARGEST_ID:
            raise AfterwordError(say.setting_no_id.format(key=key, text=short(text)))
        return int(word)

    def write(self, value: int | None) -> str:
        """Return the id."""
        return str(value) if value else "none"


class Hours:
    """Two hours of the day, from one until the other, or none."""

    def read(self, text: str, key: str, say: Phrases) -> tuple[int, int] | None:
        """Return the hours; 24 is 0."""
        if is_nothing(text):
            return None
        found = _HOURS.fullmatch(text.strip())
        start, end = (int(found[1]), int(found[2])) if found else (DAY_HOURS, DAY_HOURS)
        if max(start, end) > DAY_HOURS or start % DAY_HOURS == end % DAY_HOURS:
            raise AfterwordError(say.setting_no_hours.format(key=key, text=short(text)))
        return start % DAY_HOURS, end % DAY_HOURS

    def write(self, value: tuple[int, int] | None) -> str:
        """Return the hours as ``22-7``."""
        return "off" if value is None else f"{value[0]}-{value[1]}"


class Day:
    """A day, or none."""

    def read(self, text: str, key: str, say: Phrases) -> date | None:
        """Return the day."""
        if is_nothing(text):
            return None
        try:
            if _DAY.fullmatch(text.strip()):
                return date.fromisoformat(text.strip())
        except ValueError:
            pass  # there is no such day
        raise AfterwordError(say.setting_no_day.format(key=key, text=short(text)))

    def write(self, value: date | None) -> str:
        """Return the day as ``2026-01-01``."""
        return "any" if value is None else value.isoformat()


@dataclass(frozen=True, slots=True)
class Tags:
    """The blog's tags, folded.

    One with a comma in it stands in quotation marks, and so does one that alone would stand for
    none, such as ``"off"``.

    Attributes:
        nothing: What no tag at all is called.
    """

    nothing: str

    def read(self, text: str, key: str, say: Phrases) -> tuple[str, ...]:
        """Return the tags, each once."""
        if text.strip().lower() in OPPOSITE.get(self.nothing, ()):
            raise AfterwordError(
                say.setting_opposite.format(key=key, nothing=self.nothing, text=short(text))
            )
        if is_nothing(text):
            return ()
        tags = tuple(dict.fromkeys(fold(one) for one in _fields(text) if fold(one)))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise AfterwordError(
                say.setting_too_many_tags.format(key=key, most=MOST_TAGS, longest=LONGEST_TAG)
            )
        return tags

    def write(self, value: tuple[str, ...]) -> str:
        """Return the tags, with commas between them."""
        line = _line(value) if value else self.nothing
        return f'"{line}"' if value and is_nothing(line) else line


class TagIds:
    """Ids of a forum's tags by the blog's folded tags, as ``maps:123,memory:456``."""

    def read(self, text: str, key: str, say: Phrases) -> dict[str, int]:
        """Return the ids by tags."""
        if is_nothing(text):
            return {}
        found: dict[str, int] = {}
        for field in _fields(text):
            tag, _, ident = field.rpartition(":")
            if not fold(tag) or not re.fullmatch(r"\d{1,19}", ident.strip(), re.ASCII):
                raise AfterwordError(say.setting_no_tag_ids.format(key=key, text=short(field)))
            if not 0 < int(ident) <= LARGEST_ID or len(fold(tag)) > LONGEST_TAG:
                raise AfterwordError(say.setting_no_tag_ids.format(key=key, text=short(field)))
            found[fold(tag)] = int(ident)
        return found

    def write(self, value: Mapping[str, int]) -> str:
        """Return the pairs, with commas between them."""
        pairs = [f"{tag}:{ident}" for tag, ident in sorted(value.items())]
        return _line(pairs) if pairs else "none"


class Language:
    """The code of a language."""

    def read(self, text: str, key: str, say: Phrases) -> str:
        """Return the code; whether the blog has it is for the caller to say."""
        code = normal_code(text)
        if not _CODE.fullmatch(code):
            raise AfterwordError(say.setting_no_language.format(key=key, text=short(text)))
        return code

    def write(self, value: str) -> str:
        """Return the code."""
        return value


def _fields(text: str) -> list[str]:
    return next(csv.reader([" ".join(text.split())], skipinitialspace=True), [])


def _line(fields: tuple[str, ...] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(fields)
    return out.getvalue()
