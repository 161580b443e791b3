"""The short version of `make chaos`: each script once, and one in ten or fifty of the others."""

from __future__ import annotations

import pytest

from tests.crash.chaos import Players
from tests.crash.schedules import KILLS, RESTS, ROUND, WRITTEN, schedule_of, seed_of
from tests.crash.scripts import SCRIPTS

PUBLISHING = 160
"""Seeds that kill the bot while its essay is published."""

SEEDS = [  # odd strides: both kinds of channel take their turn
    *range(1, PUBLISHING, 11),
    *range(3, ROUND - WRITTEN, 49),
    *(seed_of(script, is_forum=bool(number % 2)) for number, script in enumerate(SCRIPTS)),
]
GROUPS = 8


@pytest.mark.parametrize("group", range(GROUPS))
def test_nothing_is_doubled_lost_or_risen(group: int) -> None:
    seeds = SEEDS[group::GROUPS]
    played = Players(seeds).play(workers=2)
    total = played.total
    assert total.why == []
    assert played.failed == []
    assert total.threads_found == total.threads_expected > 0
    assert total.responses_found >= total.responses_expected > 0  # an unanswered one may be kept
    assert f"| schedules | {len(seeds)} |" in str(played)


def test_a_seed_always_draws_the_same_schedule() -> None:
    assert [schedule_of(seed) for seed in range(2 * ROUND)] == [
        schedule_of(seed) for seed in range(2 * ROUND)
    ]


def test_a_round_dies_at_every_boundary_and_disturbs_every_call_of_both_kinds_of_channel() -> None:
    every = [schedule_of(seed) for seed in range(ROUND)]
    deaths = {(one.is_forum, one.kills) for one in every if one.family == "kill"}
    faults = {(one.is_forum, one.faults[0]) for one in every if one.family == "rest"}
    assert len(deaths) == KILLS
    assert len(faults) == RESTS
    assert sum(one.family == "written" for one in every) == WRITTEN
    assert {one.family for one in every} == {"kill", "rest", "wild", "written"}
