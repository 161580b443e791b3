"""The nights that `python -m tests.eval.dream` measures: what is planted, and what is found."""

from pathlib import Path

from tests.eval.dream import NIGHTS, index_of, methods, read


def test_a_pair_is_planted_once_and_its_responses_are_of_different_essays() -> None:
    data = read()
    posts = {str(number): one["post"] for number, one in enumerate(data.responses, 1)}
    ends = [end for one in data.planted for end in one.pair if end in posts]
    assert len(ends) == len(set(ends))
    for one in data.planted:
        assert len({posts.get(end, end) for end in one.pair}) == 2


def test_more_is_found_than_by_rare_words_alone(tmp_path: Path) -> None:
    data = read()
    compared = methods(data, index_of(data, tmp_path))

    def found(method: str) -> int:
        shown = {night: set(compared[method](night)) for night in range(NIGHTS)}
        return sum(one.kind != "decoy" and one.pair in shown[one.night] for one in data.planted)

    assert found("ours") > found("rare words") >= found("chance")
