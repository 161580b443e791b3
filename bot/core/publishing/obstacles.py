"""What stands in the way of publishing, as a sentence that names the next step.

The sentences are in `bot.core.phrases`.
"""

from dataclasses import dataclass

from bot.core import discord_codes as codes
from bot.core.phrases import Counted, Phrases, phrases

FOR_A_PERSON = {
    codes.TAG_REQUIRED: "tag_required",
    codes.INVALID_FORM: "invalid_form",
    codes.TITLE_BLOCKED: "title_blocked",
    codes.UNKNOWN_CHANNEL: "channel_gone",
    codes.MISSING_ACCESS: "no_access",
    codes.NOT_A_TEXT_CHANNEL: "wrong_kind",
    codes.MISSING_PERMISSIONS: "no_permission",
    codes.WRONG_CHANNEL_TYPE: "wrong_kind",
    codes.TWO_FACTOR_REQUIRED: "two_factor",
    codes.HISTORY_REQUIRED: "no_history",
    codes.THREAD_LOCKED: "thread_locked",
    codes.TOO_MANY_THREADS: "too_many_threads",
    codes.CONTENT_BLOCKED: "content_blocked",
    codes.LINK_BLOCKED: "link_blocked",
}
"""Phrases for the codes that only a person can do something about."""

PASSING = {
    codes.SLOW_MODE: "too_fast",
    codes.CHANNEL_RATE_LIMIT: "too_fast",
    codes.SERVER_RATE_LIMIT: "too_fast",
    codes.TOO_MANY_EDITS: "too_fast",
    codes.RESOURCE_RATE_LIMIT: "too_fast",
    codes.THREAD_ARCHIVED: "thread_asleep",
    codes.OVERLOADED: "overloaded",
}
"""Phrases for the codes that pass by themselves."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in the way.

    Attributes:
        phrase: The name of its sentence among the phrases.
        needs_person: Whether it does not pass by itself.
        values: What is filled into the sentence, by name; ``names`` are permissions, as the API
            calls them, and ``count`` is a number.
    """

    phrase: str
    needs_person: bool = False
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def for_person(cls, phrase: str, **values: object) -> "Obstacle":
        """Return one that only a person can remove."""
        filled_in = tuple((name, str(value)) for name, value in values.items())
        return cls(phrase, needs_person=True, values=filled_in)

    def sentence(self, say: Phrases | None = None) -> str:
        """Return the sentence in a language, in English if none is given."""
        say = say or phrases("en")
        text: str | Counted = getattr(say, self.phrase)
        values: dict[str, str] = dict(self.values)
        if "names" in values:
            values["names"] = ", ".join(map(say.permission, values["names"].split(", ")))
        if isinstance(text, Counted):
            return text.format(count=int(values.pop("count")), **values)
        return text.format(**values)


def from_code(code: int, status: int, detail: str, channel: str) -> Obstacle:
    """Return what a refusal of Discord's means.

    Args:
        code: Discord's, 0 if it gave none.
        status: Of HTTP.
        detail: Which fields Discord names, if any.
        channel: What the channel is called.
    """
    phrase = FOR_A_PERSON.get(code) or PASSING.get(code) or "refused"
    values = {"code": str(code), "status": str(status), "detail": detail, "channel": channel}
    return Obstacle(phrase, code not in PASSING, tuple(values.items()))
