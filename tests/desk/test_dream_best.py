from hypothesis import given
from hypothesis import strategies as st

from bot.core.connection import End
from bot.desk.dreams.best import Best, Found

ENDS = st.builds(
    End, st.integers(1, 3), st.none() | st.integers(1, 3), st.none() | st.integers(0, 2)
)
FOUND = st.builds(
    Found,
    st.sampled_from(["pair", "bridge", "question"]),
    ENDS,
    ENDS,
    st.just(tuple[str, ...]),
    st.none(),
    st.sampled_from([0.1, 0.5, 0.5, 0.9]),
)


def in_order(end: End) -> tuple[int, int, int]:
    return end.post_id, end.response_id or 0, end.position or 0


@given(st.lists(FOUND), st.integers(1, 5))
def test_the_best_are_those_that_all_in_order_begin_with(
    given_ones: list[Found], most: int
) -> None:
    best = Best(most)
    for one in given_ones:
        best.take(one)
    every = sorted(given_ones, key=lambda one: (-one.score, in_order(one.a), in_order(one.b)))
    assert best.found() == every[:most]
    assert best.least == (every[most - 1].score if len(every) >= most else 0.0)


def test_of_equal_worth_a_passage_comes_before_a_response() -> None:
    best = Best(2)
    for end in (End(1, 2, None), End(1, None, 3)):
        best.take(Found("pair", end, End(2, 1, None), tuple[str, ...], None, 0.5))
    assert [one.a for one in best.found()] == [End(1, None, 3), End(1, 2, None)]
