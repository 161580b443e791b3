"""What readers are asked before their words are kept or quoted, and in which version."""

from typing import Literal, NamedTuple

VERSION = "1"
"""Of the texts in `bot.core.phrases` by which readers choose. It stands beside every choice.

Raise it if you change the English of one of them; `tests/core/test_consent.py` lists them.
"""

Quote = Literal["by_name", "without_name", "no"]
"""Whether and how a reader may be quoted on the blog."""


class Wording(NamedTuple):
    """What a reader read when they chose, in their language, and its version."""

    text: str
    version: str = VERSION


def read_choice(question: str, choice: str) -> Wording:
    """Return a question together with the button or the option that answered it."""
    return Wording(f"{question} {choice}")
