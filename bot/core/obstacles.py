"""What stands in the way of publishing, as a sentence that names the next step.

Discord's codes are those of its own list (docs/discord-facts.md#error-codes); the sentences are in
`bot.core.phrases`.
"""

from dataclasses import dataclass
from typing import Final

from bot.core.phrases import Phrases, phrases

TAG_REQUIRED: Final = 40067
INVALID_FORM: Final = 50035
TITLE_BLOCKED: Final = 200001

FOR_A_PERSON = {
    TAG_REQUIRED: "tag_required",
    INVALID_FORM: "invalid_form",
    TITLE_BLOCKED: "title_blocked",
    10003: "channel_gone",
    50001: "no_access",
    50008: "wrong_kind",
    50013: "no_permission",
    50024: "wrong_kind",
    60003: "two_factor",
    160002: "no_history",
    160005: "thread_locked",
    160006: "too_many_threads",
    200000: "content_blocked",
    240000: "link_blocked",
}
"""Phrases for the codes that only a person can do something about."""

PASSING = {
    20016: "too_fast",
    20028: "too_fast",
    20029: "too_fast",
    30046: "too_fast",
    40062: "too_fast",
    50083: "thread_asleep",
    130000: "overloaded",
}
"""Phrases for the codes that pass by themselves."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in the way.

    Attributes:
        phrase: The name of its sentence among the phrases.
        needs_person: Whether it does not pass by itself.
        values: What is filled into the sentence, by name.
    """

    phrase: str
    needs_person: bool = False
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, say: Phrases | None = None) -> str:
        """Return the sentence in a language, in English if none is given."""
        text: str = getattr(say or phrases("en"), self.phrase)
        return text.format(**dict(self.values))


def from_code(code: int, status: int, detail: str, channel: str) -> Obstacle:
    """Return what a refusal of Discord's means.

    Args:
        code: Discord's, 0 if it gave none.
        status: Of HTTP.
        detail: Which fields Discord names, if any.
        channel: What the channel is called.
    """
    phrase = FOR_A_PERSON.get(code) or PASSING.get(code) or "refused"
    values = (
        ("code", str(code)),
        ("status", str(status)),
        ("detail", detail),
        ("channel", channel),
    )
    return Obstacle(phrase, code not in PASSING, values)
