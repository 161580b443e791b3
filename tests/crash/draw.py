"""Schedules: what happens to one essay, drawn from a seed and replayed by it."""

from __future__ import annotations

import random
from dataclasses import dataclass

Act = tuple[str, ...]
"""A verb of `tests.crash.play.Player`, and its values."""

ROUND = 1000
"""Seeds of one round: all boundaries, all REST faults, and the wild rest."""

KILLS = 400
RESTS = 256
WRITTEN = 20
"""Seeds of a round, by family; what is left is wild. The written ones come last."""

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
)
"""Kind, status, seconds."""

CALM: tuple[Act, ...] = (
    ("settle",),
    ("reply", "0", "0"),
    ("say", "1"),
    ("answer", "2", "0"),
    ("settle",),
    ("reply_answer", "0"),
    ("edit", "0"),
    ("revise", "grow", "reword", "retitle"),
    ("settle",),
    ("answer", "2", "0"),
    ("answer", "1", "1"),
    ("delete", "1"),
    ("withdraw", "1"),
    ("revise", "drop"),
    ("settle",),
    ("say", "0"),
)
"""One essay, published, discussed by three readers and edited, with time for the bot to follow."""

LATE_MESSAGE: tuple[Act, ...] = (
    ("settle",),
    ("events", "delay", "1"),
    ("say", "0"),
    ("delete", "0"),
    ("see_deletions",),
)
"""A message whose deletion is heard before it."""

TWO_GAPS: tuple[Act, ...] = (
    ("settle",),
    ("kill", "1"),
    ("say", "0"),
    ("rest", "error_before_commit", "GET", "/messages", "40"),
    ("wait_for_life",),
    ("say", "1"),
    ("wait",),
    ("kill", "0"),
)
"""A message of a gap that cannot be read yet, and one that is heard after it; then a death."""

REPEATED_POST: tuple[Act, ...] = (
    ("settle",),
    ("rest", "error_after_commit", "POST", "/messages", "1"),
    ("revise", "grow"),
    ("see_revision",),
    ("settle",),
    ("say", "0"),
)
"""A message that Discord takes and answers with an error, so that discord.py sends it again."""

LOST_CONFIRMATION: tuple[Act, ...] = (
    ("rest", "drop_after_commit", "POST", "/threads", "1"),
    ("settle",),
    ("say", "0"),
)
"""A thread that Discord starts without our hearing of it."""

SCRIPTS = (REPEATED_POST, LOST_CONFIRMATION, LATE_MESSAGE, TWO_GAPS)

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
    """

    seed: int
    family: str
    is_forum: bool
    acts: tuple[Act, ...]
    faults: tuple[tuple[str, int, float, int, int], ...] = ()
    kills: tuple[int, ...] = ()
    sweeps_late: bool = True


def draw(seed: int) -> Schedule:
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
        script = SCRIPTS[place // 2 % len(SCRIPTS)]
        return Schedule(seed, "written", is_forum, script)
    return _wild(seed)


def _wild(seed: int) -> Schedule:
    chance = random.Random(seed)  # noqa: S311  # a schedule, not a secret
    acts: list[Act] = [("settle",)] if chance.random() < 0.6 else []
    acts += [_act(chance) for _ in range(chance.randint(10, 18))]
    if chance.random() < 0.2:
        acts.insert(chance.randrange(len(acts)), ("lose",))
    kills = tuple(chance.choice((0, chance.randint(1, 150))) for _ in range(3))
    faults = tuple(_fault(chance) for _ in range(chance.choice((0, 1, 1, 2, 4))))
    return Schedule(
        seed, "wild", chance.random() < 0.5, tuple(acts), faults, kills, chance.random() < 0.5
    )


def _fault(chance: random.Random) -> tuple[str, int, float, int, int]:
    kind, status, seconds = chance.choice(REST_FAULTS)
    return kind, int(status), float(seconds), chance.randint(0, 30), chance.choice((1, 1, 2, 6))


def _act(chance: random.Random) -> Act:
    reader, prompt = chance.choice(READERS), chance.choice(("0", "1"))
    acts: tuple[tuple[int, Act], ...] = (
        (5, ("say", reader)),
        (5, ("reply", reader, prompt)),
        (3, ("reply_answer", reader)),
        (3, ("reply_reader", reader)),
        (4, ("edit", reader)),
        (4, ("delete", reader)),
        (6, ("answer", reader, prompt)),
        (2, ("withdraw", reader)),
        (1, ("burst", reader)),
        (6, ("revise", *chance.sample(REVISIONS, chance.randint(1, 2)))),
        (1, ("take_back",)),
        (2, ("bring_back",)),
        (2, ("archive",)),
        (1, ("remove_answer",)),
        (1, ("remove_prompt",)),
        (3, ("kill",)),
        (1, ("stop",)),
        (3, ("gateway", chance.choice(GATEWAY))),
        (4, ("events", chance.choice(EVENTS), str(chance.randint(2, 5)))),
        (3, ("settle",)),
    )
    weights, every = zip(*acts, strict=True)
    picked: Act = chance.choices(every, weights)[0]
    return picked
