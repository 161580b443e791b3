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
    "nonce": ("repeated post", TEXT, "misplaced: the body is"),
    "marker": ("lost confirmation", FORUM, "doubled_threads"),
    "intent": ("lost confirmation", FORUM, "doubled_threads"),
    "tombstone": ("late message", TEXT, "was deleted and is kept"),
    "catch-up": ("two gaps", TEXT, "was not there after catching up"),
    "mark": ("two gaps", TEXT, "the mark"),
    "existence": ("holes history", FORUM, "is concluded to be gone"),
    "gap": ("view taken by role", TEXT, "the mark"),
    "bad message": ("message that cannot be read any more", TEXT, "did not come to rest"),
    "told texts": ("emptied", TEXT, "lost: the newest text"),
    "once": ("interaction again", TEXT, "risen"),
    "shown anyway": ("interaction that is no longer known", TEXT, "shown are"),
    "in doubt": ("deleted in doubt", TEXT, "shown are"),
    "arrival": ("late start", FORUM, "doubled_threads"),
    "owner": ("second run", TEXT, "a second bot ended with None"),
    "fence": ("stopped and replaced", TEXT, "an owner that was replaced ended with"),
    "certainty": ("database held", TEXT, "risen"),
    "scrub": ("delete mine", TEXT, "stands in the file"),
    "path": ("release swapped", TEXT, "has not noticed that the essay was revised"),
}
"""A script and the kind of channel in which a missing protection shows, and how it shows."""


def test_every_protection_has_its_schedule() -> None:
    assert EXPOSED.keys() == PROTECTIONS.keys()


@pytest.mark.parametrize("name", EXPOSED)
def test_without_a_protection_its_schedule_fails(fork_server: ForkServer, name: str) -> None:
    script, is_forum, shows = EXPOSED[name]
    verdict, _ = run(fork_server, seed_of(script, is_forum=is_forum), without=name)
    assert any(shows in why for why in verdict.why), verdict.why
