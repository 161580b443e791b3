"""Which question is which after its author reworded it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.publishing.align import SAME, _likeness, align

TEXTS = st.lists(
    st.lists(st.sampled_from(["what", "do", "you", "think", "of", "dreams"]), max_size=5).map(
        " ".join
    ),
    max_size=6,
)


def test_a_reworded_question_continues_the_old_one() -> None:
    old = ["Is dreaming biological?", "What do you think?"]
    assert align(old, ["Is dreaming fundamentally biological?", "What do you think?"]) == [0, 1]


def test_another_question_with_the_same_opening_is_another_question() -> None:
    assert align(["What do you think?"], ["What would you change?"]) == [None]


def test_questions_that_only_moved_are_followed() -> None:
    assert align(["first?", "second one?", "third?"], ["third?", "first?"]) == [2, 0]


def test_a_question_that_came_in_front_takes_nobodys_place() -> None:
    assert align(["Can machines dream?"], ["Who are you?", "Can machines dream?"]) == [None, 0]


def test_similar_questions_keep_their_order() -> None:
    old = ["Would you live on Mars alone?", "Would you live on Venus alone?"]
    new = ["Would you live on Mars now?", "Would you live on Venus now?"]
    assert align(old, new) == [0, 1]


def test_no_similar_question_crosses_one_that_stayed() -> None:
    old = ["Would you live on Mars alone?", "Why?"]
    assert align(old, ["Why?", "Would you live on Mars now?"]) == [1, None]


def test_a_text_without_spaces_is_compared_by_its_letters() -> None:
    assert align(["夢は生物学的ですか"], ["夢は本当に生物学的ですか"]) == [0]
    assert align(["夢は生物学的ですか"], ["あなたは誰"]) == [None]


def test_case_alone_makes_no_other_question() -> None:
    assert align(["IS DREAMING BIOLOGICAL?"], ["Is dreaming biological?"]) == [0]


def test_of_two_similar_ones_the_more_similar_is_continued() -> None:
    old = ["Would you go there by train?"]
    new = ["Would you go there by night train?", "Would you go there by train now or later?"]
    assert align(old, new) == [0, None]


@given(TEXTS, TEXTS)
def test_no_question_is_continued_twice_and_none_by_a_stranger(
    old: list[str], new: list[str]
) -> None:
    links = align(old, new)
    used = [link for link in links if link is not None]
    assert len(links) == len(new)
    assert len(set(used)) == len(used)
    for place, link in enumerate(links):
        assert link is None or _likeness(old[link], new[place]) >= SAME


@given(TEXTS, TEXTS)
def test_an_equal_text_is_always_continued(old: list[str], new: list[str]) -> None:
    kept = [link for link, text in zip(align(old, new), new, strict=True) if text in old]
    equal = [text for text in set(new) if text in old]
    assert sum(1 for link in kept if link is not None) >= len(equal)


@given(st.lists(st.sampled_from(["a b", "c d", "e f", "g h"]), unique=True))
def test_a_permutation_is_undone(old: list[str]) -> None:
    new = list(reversed(old))
    assert [old[link] for link in align(old, new) if link is not None] == new


@given(TEXTS)
def test_nothing_that_is_the_same_is_moved(texts: list[str]) -> None:
    unique = list(dict.fromkeys(texts))
    assert align(unique, unique) == list(range(len(unique)))
