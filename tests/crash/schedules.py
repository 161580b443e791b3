"""Schedules: what happens to one essay, drawn from a seed and replayed by it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.sandbox.faults.wrong_answers import WrongAnswerKind
from tests.crash.guild import RIGHTS
from tests.crash.rights import WAYS
from tests.crash.scripts import CALM, SCRIPTS, Act

ROUND = 1000
"""Seeds of one round: all boundaries, all REST faults, all scripts, and the wild rest."""

KILLS = 360
RESTS = 288
WRITTEN = 2 * len(SCRIPTS)
"""Seeds of a round, by family; what is left is wild. The written ones come last.

Each boundary, fault and script is played in a text channel and in a forum.
"""

STRIDE = 16
"""In a REST schedule, every call that is so far from the next is disturbed."""

REST_FAULTS = (
    ("drop_after_commit", "0", "0"),
    ("error_after_commit", "500", "0"),
    ("error_after_commit", "503", "0"),
    ("error_before_commit", "500", "0"),
    ("error_before_commit", "503", "0"),
    ("rate_limit", "0", "0.05"),
    ("rate_limit", "0", "3600"),  # longer than the bot waits
    ("silence", "0", "0"),
    ("dropped_and_late", "0", "0.15"),
)
"""Kind, status, seconds."""

READERS = ("0", "1", "2")
REVISIONS = (
    "retitle",
    "retitle",
    "grow",
    "grow",
    "shrink",
    "reword",
    "drop",
    "ask",
    "retag",
    "rename",
)
GATEWAY = ("drop", "reconnect", "invalidate", "resumable")
EVENTS = ("duplicate", "shuffle", "delay")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What happens in one run.

    Attributes:
        family: ``kill``, ``rest``, ``wild`` or ``written``.
        faults: REST faults: kind, status, seconds, how many calls pass before, how many it hits.
        kills: Boundaries at which the first lives end; 0 lets a life go on.
        sweeps_late: Whether the bot may sweep only at the end.
        is_swapped: Whether the content is a link to a release that is swapped.
        stays_spoilt: Whether messages that the bot cannot read stay so.
        script: The name of a written one.
    """

    seed: int
    family: str
    is_forum: bool
    acts: tuple[Act, ...]
    faults: tuple[tuple[str, int, float, int, int], ...] = ()
    kills: tuple[int, ...] = ()
    sweeps_late: bool = True
    is_swapped: bool = False
    stays_spoilt: bool = False
    script: str = ""

    @property
    def lies(self) -> bool:
        """Whether Discord says what is not so."""
        return any(verb == "lie" for verb, *_ in self.acts)

    @property
    def is_orderly(self) -> bool:
        """Whether events come in order, and history is what it is."""
        mixed = any(act[:2] in {("events", "shuffle"), ("events", "delay")} for act in self.acts)
        return not mixed and not self.lies

    @property
    def is_doubted(self) -> bool:
        """Whether Discord denies by its id what it has."""
        return any(verb == "lie" and how[0].startswith("unknown") for verb, *how in self.acts)


def schedule_of(seed: int) -> Schedule:
    """Return the schedule of a seed; a thousand seeds in a row hold every boundary and fault."""
    place = seed % ROUND
    is_forum = bool(place % 2)
    if place < KILLS:
        return Schedule(seed, "kill", is_forum, CALM, kills=(1 + place // 2,))
    if place < KILLS + RESTS:
        number = (place - KILLS) // 2
        kind, status, seconds = REST_FAULTS[number % len(REST_FAULTS)]
        first = number // len(REST_FAULTS)
        times = 1 if seed < ROUND else 1 + seed // ROUND % 6
        faults = tuple((kind, int(status), float(seconds), STRIDE, times) for _ in range(4))
        faults = ((kind, int(status), float(seconds), first, times), *faults)
        return Schedule(seed, "rest", is_forum, CALM, faults=faults)
    if place >= ROUND - WRITTEN:
        return _written(seed, list(SCRIPTS)[(place - ROUND + WRITTEN) // 2])
    return _wild(seed)


def seed_of(script: str, *, is_forum: bool) -> int:
    """Return the first seed that plays a script."""
    return ROUND - WRITTEN + 2 * list(SCRIPTS).index(script) + int(is_forum)


def _written(seed: int, script: str) -> Schedule:
    chance = random.Random(seed)  # noqa: S311  # a schedule, not a secret
    is_swapped = script == "release swapped" or (seed >= ROUND and chance.random() < 0.3)
    stays_spoilt = chance.random() < 0.5
    is_forum = bool(seed % 2)
    return Schedule(
        seed,
        "written",
        is_forum,
        SCRIPTS[script],
        sweeps_late=not is_forum,
        is_swapped=is_swapped,
        stays_spoilt=stays_spoilt,
        script=script,
    )


def _wild(seed: int) -> Schedule:
    chance = random.Random(seed)  # noqa: S311  # a schedule, not a secret
    acts: list[Act] = [("settle",)] if chance.random() < 0.6 else []
    acts += [_act(chance) for _ in range(chance.randint(10, 18))]
    for _ in range(chance.randint(1, 4)):
        acts.insert(chance.randrange(len(acts) + 1), _rare(chance))
    if chance.random() < 0.2:
        acts.insert(chance.randrange(len(acts)), ("lose",))
    return Schedule(
        seed,
        "wild",
        chance.random() < 0.5,
        tuple(acts),
        faults=tuple(_fault(chance) for _ in range(chance.choice((0, 1, 1, 2, 4)))),
        kills=tuple(chance.choice((0, chance.randint(1, 150))) for _ in range(3)),
        sweeps_late=chance.random() < 0.5,
        is_swapped=chance.random() < 0.3,
        stays_spoilt=chance.random() < 0.3,
    )


def _fault(chance: random.Random) -> tuple[str, int, float, int, int]:
    kind, status, seconds = chance.choice(REST_FAULTS)
    return kind, int(status), float(seconds), chance.randint(0, 30), chance.choice((1, 1, 2, 6))


def _act(chance: random.Random) -> Act:
    """What happens every day."""
    reader, prompt = chance.choice(READERS), chance.choice(("0", "1"))
    return _picked(
        chance,
        (5, ("say", reader)),
        (5, ("reply", reader, prompt)),
        (3, ("reply_answer", reader)),
        (3, ("reply_reader", reader)),
        (4, ("edit", reader)),
        (4, ("delete", reader)),
        (6, ("answer", reader, prompt)),
        (2, ("withdraw", reader)),
        (1, ("forget", reader, chance.choice(("here", "everywhere")))),
        (1, ("burst", reader)),
        (1, ("say_file", reader)),
        (1, ("empty", reader)),
        (1, ("client", reader, chance.choice(("desktop", "mobile")))),
        (6, ("revise", *chance.sample(REVISIONS, chance.randint(1, 2)))),
        (1, ("take_back",)),
        (2, ("bring_back",)),
        (2, ("archive", *chance.choice(((), (), ("locked",))))),
        (1, ("wake",)),
        (1, ("remove_answer",)),
        (1, ("remove_prompt",)),
        (2, ("approve",)),
        (3, ("kill",)),
        (1, ("stop",)),
        (3, ("gateway", chance.choice(GATEWAY))),
        (4, ("events", chance.choice(EVENTS), str(chance.randint(2, 5)))),
        (3, ("settle",)),
    )


def _rare(chance: random.Random) -> Act:
    """What goes wrong now and then."""
    reader, prompt = chance.choice(READERS), chance.choice(("0", "1"))
    way, right = chance.choice(WAYS), chance.choice(list(RIGHTS))
    kind = chance.choice(("drop_after_commit", "dropped_and_late"))
    lie = str(chance.choice([each for each in WrongAnswerKind if not each.startswith("unknown")]))
    return _picked(
        chance,
        (4, ("take", way, right)),
        (4, ("give", way)),
        (1, ("fail",)),
        (1, ("recover",)),
        (1, ("remove",)),
        (1, ("invite",)),
        (1, ("standby",)),
        (1, ("second",)),
        (1, ("freeze", *chance.choice(((), ("unlinked",))))),
        (2, ("thaw",)),
        (2, ("say_unreadable", reader, chance.choice(("type", "author")))),
        (2, ("spoil", "type")),
        (3, ("lie", lie, "history", str(chance.randint(1, 4)), str(chance.randint(0, 2)))),
        (2, ("again",)),
        (1, ("refuse", chance.choice(("10062", "40060")), "1")),
        (3, ("doubt", reader, prompt, kind, chance.choice(("withdraw", "forget", "edit")))),
        (1, ("hold", chance.choice(("0.3", "0.8", "1.5")))),
        (3, ("approval", chance.choice(("on", "on", "off")))),
    )


def _picked(chance: random.Random, *acts: tuple[int, Act]) -> Act:
    weights, every = zip(*acts, strict=True)
    picked: Act = chance.choices(every, weights)[0]
    return picked
