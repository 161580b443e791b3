"""Answers that are not so: what a bot must not believe at once, when a test asks for it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from collections import Counter


class WrongAnswerKind(StrEnum):
    """What an answer can say that is not so: the first five change a list, the others refuse."""

    EMPTY = "empty"
    SHORT = "short"
    REORDERED = "reordered"
    REPEATED = "repeated"
    HOLES = "holes"
    NO_ACCESS = "no_access"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_MESSAGE = "unknown_message"
    UNKNOWN_GUILD = "unknown_guild"
    SERVER_ERROR = "server_error"


CODES = {
    WrongAnswerKind.NO_ACCESS: 50001,
    WrongAnswerKind.UNKNOWN_CHANNEL: 10003,
    WrongAnswerKind.UNKNOWN_MESSAGE: 10008,
    WrongAnswerKind.UNKNOWN_GUILD: 10004,
    WrongAnswerKind.SERVER_ERROR: 0,
}
"""What each kind that refuses answers; 0 is a plain 500."""


class Subject(StrEnum):
    """What a wrong answer is about."""

    HISTORY = "history"
    MESSAGE = "message"
    CHANNEL = "channel"
    ARCHIVED = "archived"
    ACTIVE = "active"


SUBJECTS = {
    "/channels/{channel_id}/messages": Subject.HISTORY,
    "/channels/{channel_id}/messages/{message_id}": Subject.MESSAGE,
    "/channels/{channel_id}": Subject.CHANNEL,
    "/channels/{channel_id}/threads/archived/public": Subject.ARCHIVED,
    "/guilds/{guild_id}/threads/active": Subject.ACTIVE,
}
"""Which GET answers can be wrong."""


SEVERAL = 2
"""How many things a list needs to be cut short or mixed up."""


@dataclass(slots=True)
class WrongAnswer:
    """What the next answers to a GET get wrong.

    Attributes:
        about: Which answers.
        place: Only those about this channel, or this guild for active threads; None is any.
        times: How many answers it still changes.
        skip: How many answers that match are true before.
        seed: Of what is drawn at random, which the same seed draws again.
    """

    kind: WrongAnswerKind
    about: Subject = Subject.HISTORY
    place: int | None = None
    times: int = 1
    skip: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind not in CODES and self.about in {Subject.MESSAGE, Subject.CHANNEL}:
            raise ValueError(f"A {self.about} is not a list: it cannot be {self.kind}.")

    def changed(self, true: list[Value], last: list[Value], drawing: random.Random) -> list[Value]:
        """Return a list as it is answered; ``last`` is what was answered before."""
        if self.kind is WrongAnswerKind.REPEATED:
            return last
        if self.kind is WrongAnswerKind.REORDERED:
            mixed = drawing.sample(true, len(true))
            return mixed if mixed != true else mixed[::-1]
        if self.kind is WrongAnswerKind.EMPTY or len(true) < SEVERAL:
            return []
        if self.kind is WrongAnswerKind.SHORT:
            return true[: drawing.randrange(1, len(true))]
        kept = drawing.sample(range(len(true)), drawing.randrange(1, len(true)))
        return [true[index] for index in sorted(kept)]


class WrongAnswers:
    """The wrong answers that wait for their requests.

    Args:
        happened: Counts each, as ``empty_history``.
    """

    def __init__(self, happened: Counter[str]) -> None:
        self._happened = happened
        self._waiting: list[tuple[WrongAnswer, random.Random]] = []
        self._last: dict[str, list[Value]] = {}

    def add(self, wrong: WrongAnswer) -> None:
        """Let a wrong answer wait for its request."""
        self._waiting.append((wrong, random.Random(wrong.seed)))  # noqa: S311 - an order

    def clear(self) -> None:
        """Answer rightly again."""
        self._waiting.clear()
        self._last.clear()

    def answered(self, method: str, template: str, params: dict[str, str], answer: Value) -> Value:
        """Return what is answered to a request: rightly, or as the first that waits has it.

        Raises:
            DiscordError: A refusal.
        """
        about = SUBJECTS.get(template) if self._waiting and method == "GET" else None
        if about is None:
            return answer
        place = params.get("channel_id") or params.get("guild_id", "")
        found = self._next(about, int(place))
        if found is not None and found[0].kind in CODES:
            raise _refusal(found[0].kind)
        items = answer if isinstance(answer, list) else answer.get("threads", [])
        key = f"{about} {place}"
        if found is not None:
            wrong, drawing = found
            items = wrong.changed(items, self._last.get(key, items), drawing)
            answer = items if isinstance(answer, list) else _with_threads(answer, items)
        self._last[key] = items
        return answer

    def _next(self, about: Subject, place: int) -> tuple[WrongAnswer, random.Random] | None:
        for wrong, drawing in self._waiting:
            if wrong.times > 0 and wrong.about is about and wrong.place in {None, place}:
                if wrong.skip:
                    wrong.skip -= 1
                    continue
                wrong.times -= 1
                self._happened[f"{wrong.kind}_{about}"] += 1
                return wrong, drawing
        return None


def _with_threads(answer: JSON, threads: list[Value]) -> JSON:
    ids = {each["id"] for each in threads}
    members = [each for each in answer["members"] if each["id"] in ids]
    has_more = answer["has_more"] and bool(threads)
    return {"threads": threads, "members": members, "has_more": has_more}


def _refusal(kind: WrongAnswerKind) -> DiscordError:
    code = CODES[kind]
    return (
        DiscordError(code) if code else DiscordError(0, status=500, message="500: a wrong answer")
    )
