"""Passages that stand side by side and answer alike are told as one answer."""

from bot.desk.passages.asking import (
    FAR,
    LONGEST_TOGETHER,
    MOST_TOGETHER,
    Candidate,
    Hit,
    answers,
)
from bot.desk.passages.likelihood import Features
from bot.desk.passages.question import Question
from bot.store.passages.finding import FoundPassage, Place

QUESTION = Question("en", (), frozenset(), 1.0)


def _found(
    position: int, score: float, heading: str = "", words: int = 5, post: int = 1
) -> Candidate:
    passage = FoundPassage(post, position, "", "", heading, " ".join(["word"] * words))
    features = Features(*(0.0 for _ in Features._fields))
    return Candidate(QUESTION, Place(post, position), passage, features, (), score)


def _told(*found: Candidate) -> list[tuple[int, range]]:
    return [(hit.post_id, hit.places) for hit in answers(found, 0.5)]


def test_what_stands_before_and_after_the_best_is_told_with_it_in_its_order() -> None:
    found = _found(4, 2.0), _found(9, 1.9), _found(5, 1.8), _found(3, 1.7)
    assert _told(*found) == [(1, range(3, 6)), (1, range(9, 10))]


def test_an_answer_of_several_passages_leaves_room_for_others() -> None:
    found = _found(4, 2.0), _found(5, 1.9), _found(10, 1.8), _found(20, 1.7), _found(30, 1.6)
    assert _told(*found) == [(1, range(4, 6)), (1, range(10, 11)), (1, range(20, 21))]


def test_another_heading_another_essay_and_what_stands_apart_are_answers_of_their_own() -> None:
    found = _found(4, 2.0, "Winter"), _found(5, 1.9, "Summer"), _found(5, 1.8, "Winter", post=2)
    assert _told(*found) == [(1, range(4, 5)), (1, range(5, 6)), (2, range(5, 6))]
    assert _told(_found(4, 2.0), _found(6, 1.9)) == [(1, range(4, 5)), (1, range(6, 7))]


def test_what_is_much_less_likely_is_not_told_with_the_best() -> None:
    assert _told(_found(4, 2.0), _found(5, 0.9)) == [(1, range(4, 5)), (1, range(5, 6))]
    few_better = [_found(at, 2.0, post=at) for at in range(2, 10)]
    assert _told(_found(4, 2.1), *few_better, _found(5, 2.0))[0] == (1, range(4, 5))


def test_what_is_far_less_likely_than_the_best_is_no_answer_beside_it() -> None:
    found = _found(4, 3.0), _found(9, 3.0 - FAR), _found(20, 2.9 - FAR)
    assert _told(*found) == [(1, range(4, 5)), (1, range(9, 10))]


def test_an_answer_of_several_passages_stays_short() -> None:
    many = [_found(4 + at, 2.0 - at / 10) for at in range(5)]
    assert _told(*many) == [(1, range(4, 4 + MOST_TOGETHER)), (1, range(7, 9))]
    long = _found(4, 2.0, words=LONGEST_TOGETHER), _found(5, 1.9)
    assert _told(*long) == [(1, range(4, 5)), (1, range(5, 6))]


def test_an_answer_is_as_sure_as_its_best_passage() -> None:
    first, second = answers((_found(4, 2.0), _found(9, 1.9), _found(5, 1.8)), 0.5)
    assert first == Hit(1, range(4, 6), 0.5)
    assert 0.4 < second.score < 0.5
