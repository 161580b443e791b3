"""Faults on demand: what networks and busy servers do, and answers that are not so."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.sandbox.faults.wrong_answers import WrongAnswer, WrongAnswers

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(StrEnum):
    """What can happen to a request.

    The first two happen after its change was made. A late request is made all the same, seconds
    later, whether its client still waits or not; one that is dropped and late loses its connection
    at once. The others happen instead of the change.
    """

    DROP_AFTER_COMMIT = "drop_after_commit"
    ERROR_AFTER_COMMIT = "error_after_commit"
    LATE = "late"
    DROPPED_AND_LATE = "dropped_and_late"
    DROP_BEFORE_COMMIT = "drop_before_commit"
    ERROR_BEFORE_COMMIT = "error_before_commit"
    REFUSE = "refuse"
    RATE_LIMIT = "rate_limit"
    SLOW = "slow"
    SILENCE = "silence"


class EventKind(StrEnum):
    """What can happen to events on the gateway."""

    DUPLICATE = "duplicate"
    SHUFFLE = "shuffle"
    DELAY = "delay"


FLUSH = 1.0
"""Seconds after which held events go out, even if fewer came than were to be shuffled."""


@dataclass(slots=True)
class Fault:
    """A fault for the next requests that match.

    Attributes:
        method: A regular expression for the whole method.
        path: A regular expression found in the path below the API's root.
        times: How many requests it still hits.
        status: For the errors; 0 is 500, or what a refusal's code is sent with.
        seconds: How slow or late, or how long a rate limit lasts.
        skip: How many requests that match pass unharmed before.
        code: Discord's, for a refusal.
        field: Which field of the body a refusal with 50035 is about.
    """

    kind: Kind
    method: str = ".*"
    path: str = ""
    times: int = 1
    status: int = 0
    seconds: float = 1.0
    skip: int = 0
    code: int = 0
    field: str = ""

    def matches(self, method: str, path: str) -> bool:
        """Return whether it hits a request."""
        hit = re.fullmatch(self.method, method) and re.search(self.path, path)
        return self.times > 0 and hit is not None


@dataclass(slots=True)
class EventFault:
    """A fault for the next events.

    Attributes:
        name: A regular expression for the whole name of the event.
        times: How many events it still hits.
        copies: How often a duplicated event comes again.
        seconds: How late a delayed event comes.
    """

    kind: EventKind
    times: int = 1
    copies: int = 1
    seconds: float = 0.1
    name: str = ".*"

    def matches(self, name: str) -> bool:
        """Return whether it hits an event."""
        return self.times > 0 and re.fullmatch(self.name, name) is not None


class Faults:
    """The faults that are waiting, and how many have happened.

    Attributes:
        happened: How often each kind of fault and wrong answer was met.
        wrong_answers: The answers that will be wrong.
    """

    def __init__(self, seed: int = 0) -> None:
        self.happened: Counter[str] = Counter()
        self.wrong_answers = WrongAnswers(self.happened)
        self._requests: list[Fault] = []
        self._events: list[EventFault] = []
        self._held: list[Callable[[], None]] = []
        self._late: list[Callable[[], None]] = []
        self._random = random.Random(seed)  # noqa: S311 - an order, not a secret

    def add(self, fault: Fault | EventFault | WrongAnswer) -> None:
        """Let a fault wait for its moment."""
        if isinstance(fault, Fault):
            self._requests.append(fault)
        elif isinstance(fault, WrongAnswer):
            self.wrong_answers.add(fault)
        else:
            self._events.append(fault)

    def clear(self) -> None:
        """Forget the faults that still wait, and let held events and what is late go on."""
        self._requests.clear()
        self._events.clear()
        self.wrong_answers.clear()
        self._flush()
        for act in tuple(self._late):
            self._do_late(act)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that a request runs into, counted."""
        for fault in self._requests:
            if fault.matches(method, path):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                self.happened[fault.kind] += 1
                return fault
        return None

    def pass_on(self, name: str, send: Callable[[], None]) -> None:
        """Send an event, or do to it what the first waiting fault says."""
        fault = next((each for each in self._events if each.matches(name)), None)
        if fault is None:
            send()
            return
        fault.times -= 1
        self.happened[fault.kind] += 1
        if fault.kind is EventKind.DUPLICATE:
            for _ in range(1 + fault.copies):
                send()
        elif fault.kind is EventKind.DELAY:
            self.delay(send, fault.seconds)
        else:
            self._hold(send, last=fault.times == 0)

    def delay(self, act: Callable[[], None], seconds: float) -> None:
        """Do something seconds later, or as soon as the faults are cleared."""
        self._late.append(act)
        asyncio.get_running_loop().call_later(seconds, self._do_late, act)

    def _do_late(self, act: Callable[[], None]) -> None:
        if act in self._late:
            self._late.remove(act)
            act()

    def _hold(self, send: Callable[[], None], *, last: bool) -> None:
        self._held.append(send)
        if last:
            self._flush()
        elif len(self._held) == 1:
            asyncio.get_running_loop().call_later(FLUSH, self._flush)

    def _flush(self) -> None:
        held, self._held = self._held, []
        self._random.shuffle(held)
        for send in held:
            send()
