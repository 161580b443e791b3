"""What readers said about an essay in a question's words, and nothing that may not be shown."""

from __future__ import annotations

import pytest

from bot.store.finding.readers_said import readers_said
from bot.store.finding.search import Search
from tests.store.conftest import CHANNEL, GUILD, World


def found(world: World, *words: str, essays: tuple[int, ...] = (), most: int = 9) -> list[str]:
    essay = world.first.post.essay_id or 0
    wanted = Search(GUILD, (CHANNEL,), words)
    return [hit.excerpt for hit in readers_said(world.db, wanted, essays or (essay,), most)]


def test_responses_with_any_of_the_words_are_found_those_with_most_first(world: World) -> None:
    world.collect(
        world.message(9000, "A river and a name for it that is a river's own"),
        world.message(9001, "Rivers keep names"),
        world.message(9002, "A hill"),
    )
    assert found(world, "river", "name", "keep")[0] == "Rivers keep names"
    assert len(found(world, "river", "name")) == 2
    assert len(found(world, "river", most=1)) == 1
    assert found(world) == []


def test_other_essays_other_channels_and_other_guilds_have_none(world: World) -> None:
    world.collect(world.message(9000, "A river"))
    essay = world.first.post.essay_id or 0
    assert found(world, "river", essays=(essay + 1,)) == []
    for guild, channels in ((GUILD, ()), (GUILD + 1, (CHANNEL,))):
        wanted = Search(guild, channels, ("river",))
        assert readers_said(world.db, wanted, (essay,), 9) == []


@pytest.mark.parametrize(
    "change",
    [
        "update responses set hidden_at = 'then'",
        "update responses set review = 'waiting'",
        "update responses set review = 'declined'",
        "update responses set sealed = 1",
        "update threads set deleted_at = 'then'",
        "delete from responses",
    ],
)
def test_what_may_not_be_shown_is_not_found(world: World, change: str) -> None:
    world.collect(world.message(9000, "A river"))
    assert found(world, "river") == ["A river"]
    world.db.execute(change)
    assert found(world, "river") == []


def test_an_answer_is_found_as_long_as_its_message_stands(world: World) -> None:
    response = world.answer(text="A river")
    assert found(world, "river") == []
    assert response is not None
    world.show(response, 9100)
    assert found(world, "river") == ["A river"]
    world.db.execute("update messages set deleted_at = 'then' where response_id = ?", [response])
    assert found(world, "river") == []
