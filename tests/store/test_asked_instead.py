"""A message that its writer edited into a question to the bot is no response any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store.file.scrubbing import debt
from bot.store.responses.collected import AskedInstead
from tests.store.conftest import NOW, World, written

pytestmark = pytest.mark.encrypted_too

LATER = NOW + timedelta(minutes=5)


def texts(world: World) -> list[str]:
    return [row[0] for row in world.db.execute("select text from responses")]


def test_its_text_goes_and_is_overwritten(world: World) -> None:
    world.collect(written(9000, "I keep tickets."))
    assert debt(world.db) is None
    world.collect(AskedInstead(9000, LATER))
    assert texts(world) == [""]
    assert debt(world.db) is not None


def test_a_later_edit_counts_and_an_earlier_one_does_not(world: World) -> None:
    world.collect(written(9000, "I keep tickets."))
    world.collect(AskedInstead(9000, LATER), written(9000, "Earlier", edited=3))
    assert texts(world) == [""]
    world.collect(written(9000, "I keep maps.", edited=7))
    assert texts(world) == ["I keep maps."]
    world.collect(AskedInstead(9000, LATER))
    assert texts(world) == ["I keep maps."]


def test_nothing_is_kept_of_what_was_always_a_question(world: World) -> None:
    world.collect(AskedInstead(9000, LATER))
    assert texts(world) == []
    assert list(world.db.execute("select * from tombstones")) == []
