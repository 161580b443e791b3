"""Counts of reactions: by event and by reading, never below nothing, and gone with the response."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.store.responses import queries
from bot.store.responses.collected import Deleted
from bot.store.responses.reactions import Reacted, ReactionsCleared, ReactionsSeen
from tests.store.conftest import World, undone

THUMB, HEART = "👍", "❤️"


def counts(world: World) -> dict[str, int]:
    [response] = queries.listing(world.db)
    return dict(response.reactions)


def test_events_add_and_take_away_and_never_below_nothing(world: World) -> None:
    world.collect(world.message(5000))
    add, take = Reacted(5000, THUMB, is_added=True), Reacted(5000, THUMB, is_added=False)
    world.collect(add, add, Reacted(5000, HEART, is_added=True))
    assert counts(world) == {THUMB: 2, HEART: 1}
    world.collect(take)
    assert counts(world) == {THUMB: 1, HEART: 1}
    world.collect(take, take, take)
    assert counts(world) == {HEART: 1}
    world.collect(add)
    assert counts(world) == {THUMB: 1, HEART: 1}


def test_a_message_that_comes_with_its_reactions_in_one_batch(world: World) -> None:
    world.collect(Reacted(5000, THUMB, is_added=True), world.message(5000))
    assert counts(world) == {THUMB: 1}


def test_reading_a_message_sets_what_it_says(world: World) -> None:
    world.collect(world.message(5000), *[Reacted(5000, THUMB, is_added=True)] * 3)
    world.collect(ReactionsSeen({5000: {HEART: 2}, 5001: {THUMB: 9}}))
    assert counts(world) == {HEART: 2}
    world.collect(ReactionsSeen({5000: {}}))
    assert counts(world) == {}


def test_clearing_one_emoji_or_all(world: World) -> None:
    world.collect(world.message(5000), ReactionsSeen({5000: {THUMB: 2, HEART: 1, "🤔": 1}}))
    world.collect(ReactionsCleared(5000, HEART))
    assert counts(world) == {THUMB: 2, "🤔": 1}
    world.collect(ReactionsCleared(5000))
    assert counts(world) == {}


def test_reactions_to_a_shown_answer_are_its_responses(world: World) -> None:
    world.show(world.answer() or 0, 7000)
    world.collect(Reacted(7000, THUMB, is_added=True))
    assert counts(world) == {THUMB: 1}
    world.collect(ReactionsSeen({7000: {HEART: 4}}))
    assert counts(world) == {HEART: 4}


def test_reactions_to_what_is_no_response_are_not_kept(world: World) -> None:
    world.collect(
        Reacted(world.first.asked_in[0], THUMB, is_added=True),
        Reacted(world.first.thread, THUMB, is_added=True),
        ReactionsSeen({world.first.asked_in[1]: {THUMB: 3}, 12345: {THUMB: 1}}),
    )
    assert list(world.db.query("select * from reactions")) == []


def test_counts_go_with_their_response(world: World) -> None:
    world.collect(world.message(5000), ReactionsSeen({5000: {THUMB: 2}}))
    world.collect(Deleted(5000), Reacted(5000, THUMB, is_added=True))
    assert list(world.db.query("select * from reactions")) == []


def test_the_most_come_first(world: World) -> None:
    world.collect(world.message(5000), ReactionsSeen({5000: {"a": 1, "b": 3, "<:own:12>": 2}}))
    [response] = queries.listing(world.db)
    assert list(response.reactions) == ["b", "<:own:12>", "a"]
    assert response.reacted == "b 3 :own: 2 a 1"


EVENTS = st.lists(
    st.one_of(
        st.builds(Reacted, st.just(5000), st.sampled_from("ab"), is_added=st.booleans()),
        st.builds(ReactionsCleared, st.just(5000), st.sampled_from(["a", None])),
        st.builds(
            lambda counts: ReactionsSeen({5000: counts}),
            st.dictionaries(st.sampled_from("ab"), st.integers(0, 3)),
        ),
    ),
    max_size=12,
)


@given(events=EVENTS)
def test_whatever_comes_is_counted_as_a_person_would(
    shared_world: World, events: list[object]
) -> None:
    expected: dict[str, int] = {}
    for event in events:
        match event:
            case Reacted(_, emoji, is_added):
                expected[emoji] = max(0, expected.get(emoji, 0) + (1 if is_added else -1))
            case ReactionsCleared(_, emoji):
                expected = {k: n for k, n in expected.items() if emoji not in (None, k)}
            case ReactionsSeen(seen):
                expected = dict(seen[5000])
    with undone(shared_world.db):
        shared_world.collect(shared_world.message(5000))
        for event in events:
            shared_world.collect(event)  # type: ignore[arg-type]
        assert counts(shared_world) == {k: n for k, n in expected.items() if n}
