"""Where a text stands, which says how long it may be, and texts that depend on a number.

The numbers are Discord's, in characters (docs/discord-facts.md#component-limits).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Most:
    """So many characters a text may have, before its braces are filled in."""

    characters: int


Text = Annotated[str, Most(1800)]
"""In a message, where names and titles come to it."""

Button = Annotated[str, Most(80)]
"""On a button."""

Label = Annotated[str, Most(45)]
"""Over a field of a form, or its title."""

Description = Annotated[str, Most(100)]
"""Under a field of a form, or one of the options of a select."""

Placeholder = Annotated[str, Most(150)]
"""In a select from which nothing is chosen."""


SEVERAL = 2


def _english(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


@dataclass(frozen=True, slots=True)
class Counted:
    """A text that depends on a number, which languages split into one, few and many.

    Attributes:
        one: In English, for one.
        many: In English, for any other number; ``{count}`` stands for it.
    """

    one: str
    many: str
    choose: Callable[[str, str, int], str] = field(default=_english, repr=False, compare=False)

    def format(self, *, count: int, **values: object) -> str:
        """Return the text for a number, with other values filled in by name.

        French and Portuguese say none as they say one: a form that leaves out the number then
        would say one.
        """
        text = self.choose(self.one, self.many, count)
        if count != 1 and "{count}" not in text:
            text = self.choose(self.one, self.many, SEVERAL)
        return text.format(count=count, **values)


Plural = Annotated[Counted, Most(1800)]
"""A text that depends on a number, in a message."""

PluralButton = Annotated[Counted, Most(80)]
"""The same on a button."""
