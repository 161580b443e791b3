"""The nights that `python -m tests.eval.dream` measures: what is planted, and what is found."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.eval.dream import NIGHTS, Data, index_of, methods, read, read_held_out


@pytest.mark.parametrize("read_nights", [read, read_held_out])
def test_a_pair_is_planted_once_and_its_responses_are_of_different_essays(
    read_nights: Callable[[], Data],
) -> None:
    data = read_nights()
    posts = {str(number): one["post"] for number, one in enumerate(data.responses, 1)}
    ends = [end for one in data.planted for end in one.pair if end in posts]
    assert len(ends) == len(set(ends))
    for one in data.planted:
        assert len({posts.get(end, end) for end in one.pair}) == 2


def test_the_held_out_nights_hold_as_many_decoys_as_connections() -> None:
    data = read_held_out()
    kinds = Counter(one.kind for one in data.planted)
    assert kinds == {"word": 12, "variant": 12, "bridge": 12, "question": 12, "decoy": 48}
    assert {one["post"] for one in data.responses} <= data.essays.keys()
    nights = Counter(one["night"] for one in data.responses)
    assert nights == dict.fromkeys(range(NIGHTS), 40)
    for one in data.planted:
        last = max(data.responses[int(end) - 1]["night"] for end in one.pair if end.isdigit())
        assert one.night == last


def test_more_is_found_than_by_rare_words_alone(tmp_path: Path) -> None:
    data = read()
    compared = methods(data, index_of(data, tmp_path))

    def found(method: str) -> int:
        shown = {night: set(compared[method](night)) for night in range(NIGHTS)}
        return sum(one.kind != "decoy" and one.pair in shown[one.night] for one in data.planted)

    assert found("ours") > found("rare words") >= found("chance")
