"""The names of boxes, for shortcodes, components and lines of colons alike; lists of names."""

from collections.abc import Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning", bound=str)


def names(text: str) -> frozenset[str]:
    """Return the names in a list with spaces between them."""
    return frozenset(text.split())


def by_name(lists: Mapping[Meaning, str]) -> dict[str, Meaning]:
    """Return what each name stands for, from the list of names for each meaning."""
    return {name: meaning for meaning, text in lists.items() for name in names(text)}


NOTICES = names(
    "abstract admonition alert aside attention bug callout caution check danger error example "
    "failure faq hint important info message note notice question seealso success summary tip tldr "
    "todo warn warning"
)
QUOTES = names("blockquote cite epigraph pullquote quote")
FOLDS = names(
    "accordion accordionitem card collapse collapsible details expand fold spoiler tab tabitem "
    "toggle"
)
