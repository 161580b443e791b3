"""Every act is found again, newest first, in its guild alone."""

from datetime import timedelta

import pytest

from bot.store import audit
from tests.store.conftest import NOW, World

pytestmark = pytest.mark.encrypted_too


def test_acts_are_read_back_newest_first(world: World) -> None:
    first = audit.record_act(world.db, world.guild, 7, "closed a thread", NOW, subject_id=3)
    later = NOW + timedelta(minutes=1)
    second = audit.record_act(world.db, world.guild, 8, "set up", later, detail="pace: daily")
    read = audit.entries(world.db, world.guild, 10)
    assert [one.id for one in read] == [second, first]
    assert (read[0].actor_id, read[0].act, read[0].detail) == (8, "set up", "pace: daily")
    assert (read[1].subject_id, read[1].at) == (3, NOW)
    assert [one.id for one in audit.entries(world.db, world.guild, 10, second)] == [first]
    assert len(audit.entries(world.db, world.guild, 1)) == 1


def test_another_guild_reads_nothing(world: World) -> None:
    audit.record_act(world.db, world.guild, 7, "set up", NOW)
    assert audit.entries(world.db, world.guild + 1, 10) == []
