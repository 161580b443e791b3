"""Without any one of its protections the bot fails a schedule: the proof can fail.

With all of them it passes each (see `test_schedules`).
"""

from __future__ import annotations

import pytest

from tests.crash.chaos import run
from tests.crash.fork_server import ForkServer
from tests.crash.protections import PROTECTIONS
from tests.crash.schedules import seed_of

TEXT, FORUM = False, True

EXPOSED = {
    "nonce": ("repeated post", TEXT),
    "marker": ("lost confirmation", FORUM),
    "intent": ("lost confirmation", FORUM),
    "tombstone": ("late message", TEXT),
    "catch-up": ("two gaps", TEXT),
    "mark": ("two gaps", TEXT),
    "existence": ("holes history", FORUM),
    "gap": ("view taken by role", TEXT),
    "bad message": ("message that cannot be read any more", TEXT),
    "told texts": ("emptied", TEXT),
    "once": ("interaction again", TEXT),
    "shown anyway": ("interaction that is no longer known", TEXT),
    "in doubt": ("deleted in doubt", TEXT),
    "arrival": ("late start", FORUM),
    "owner": ("second run", TEXT),
    "fence": ("stopped and replaced", TEXT),
    "certainty": ("database held", TEXT),
    "scrub": ("delete mine", TEXT),
    "path": ("release swapped", TEXT),
}
"""A script, and the kind of channel, that shows that a protection is missing."""

ATTEMPTS = 5
"""Some faults show only if two processes meet at the right moment: a busy machine takes several."""


def test_every_protection_has_its_schedule() -> None:
    assert EXPOSED.keys() == PROTECTIONS.keys()


@pytest.mark.parametrize("name", EXPOSED)
def test_without_a_protection_the_same_schedules_fail(fork_server: ForkServer, name: str) -> None:
    script, is_forum = EXPOSED[name]
    seed = seed_of(script, is_forum=is_forum)
    assert any(run(fork_server, seed, without=name)[0].why for _ in range(ATTEMPTS))
