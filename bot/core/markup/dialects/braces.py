"""Attributes in braces, as Pandoc, kramdown and remark write them: ``{#id .class key="value"}``."""

import re
from typing import NamedTuple

_ITEM = re.compile(
    r"\s*(?:#(?P<id>[^\s{}#]+)|\.(?P<class>[^\s{}.#=]+)"
    r"|(?P<key>[\w:@-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s{}\"']+))"
    r"|(?P<word>[\w:-]+|-))(?=[\s}.#])"
)


class Attributes(NamedTuple):
    """What stands in braces.

    Attributes:
        classes: In order, without their dots.
        values: By their keys in lower case; what follows ``#`` is the ``id``.
        words: What is neither, in order.
        end: Where the braces end in the text.
    """

    classes: tuple[str, ...]
    values: dict[str, str]
    words: tuple[str, ...]
    end: int


def read_attributes(text: str, start: int = 0, limit: int | None = None) -> Attributes | None:
    """Return the attributes that begin with the brace at `start`; None if there are none.

    Args:
        limit: Where they must have ended; the text's end if it is None.
    """
    limit = len(text) if limit is None else limit
    if not text.startswith("{", start):
        return None
    position = start + 1 + text.startswith((":", " :"), start + 1)
    classes: list[str] = []
    values: dict[str, str] = {}
    words: list[str] = []
    while found := _ITEM.match(text, position, limit):
        if found["class"]:
            classes.append(found["class"])
        elif found["id"]:
            values["id"] = found["id"]
        elif found["key"]:
            value = next(one for one in found.group("double", "single", "bare") if one is not None)
            values[found["key"].lower()] = value
        else:
            words.append(found["word"])
        position = found.end()
    while text[position : position + 1].isspace():
        position += 1
    if position >= limit or text[position] != "}":
        return None
    return Attributes(tuple(classes), values, tuple(words), position + 1)
