"""Without any one of its protections the bot fails the same schedules: the proof can fail."""

from __future__ import annotations

import pytest

from tests.crash.chaos import run
from tests.crash.protections import PROTECTIONS
from tests.crash.zygote import Zygote

EXPOSED = {
    "nonce": 984,
    "marker": 987,
    "intent": 987,
    "tombstone": 980,
    "catch-up": 982,
    "mark": 982,
}
"""A seed that shows that a protection is missing."""

ATTEMPTS = 5
"""Some faults show only if two processes meet at the right moment: a busy machine takes several."""


def test_every_protection_has_its_seeds() -> None:
    assert EXPOSED.keys() == PROTECTIONS.keys()


@pytest.mark.parametrize("name", EXPOSED)
def test_without_a_protection_the_same_schedules_fail(zygote: Zygote, name: str) -> None:
    assert any(run(zygote, EXPOSED[name], without=name)[0].why for _ in range(ATTEMPTS))


@pytest.mark.parametrize("seed", sorted(set(EXPOSED.values())))
def test_with_all_of_them_they_do_not(zygote: Zygote, seed: int) -> None:
    assert run(zygote, seed)[0].why == []
