"""What readers are asked before their words are kept or quoted, and in which version."""

from typing import Literal, NamedTuple

VERSION = "1"
"""Of the wordings below, in whatever language. It stands beside every choice that is kept.

If you change the English of one of them, raise it; `tests/core/test_consent.py` says so, too.
"""

WORDINGS = (
    "modal_quote",
    "modal_named",
    "choice_keep",
    "choice_keep_yes",
    "choice_keep_no",
    "choice_keep_sure",
    "choice_quote",
    "quote_by_name",
    "quote_without_name",
    "quote_no",
    "withdraw_quotes",
    "quote_asked",
)
"""The texts of `bot.core.phrases` that say what a reader agrees to."""

Quote = Literal["by_name", "without_name", "no"]
"""Whether and how a reader may be quoted on the blog."""


class Wording(NamedTuple):
    """What a reader read when they chose, in their language, and its version."""

    text: str
    version: str = VERSION


def read_choice(question: str, choice: str) -> Wording:
    """Return a question together with the button or the option that answered it."""
    return Wording(f"{question} {choice}")
