"""The words that somebody searches for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.search_words import MOST_WORDS, folded, search_words, spellings


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("The River's bed", ("the", "river", "s", "bed")),
        ("  IŞIK  ışık ", ("işik", "ışık")),
        ("İçinde", ("içinde",)),
        ("maps maps", ("maps",)),
        ("—!?", ()),
    ],
)
def test_words_are_in_lower_case_without_signs(typed: str, words: tuple[str, ...]) -> None:
    assert search_words(typed) == words


def test_only_so_many_words_are_looked_for() -> None:
    assert len(search_words(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS


def test_words_are_folded_for_essays() -> None:
    assert folded(("ışık", "crème", "straße")) == ("isik", "creme", "strasse")


def test_a_word_is_tried_with_and_without_dots() -> None:
    assert set(spellings("ışık")) == {"isik", "ısik", "isık", "ısık", "ışık"}
    assert spellings("map") == ("map",)
    assert spellings("straße") == ("strasse", "straße")


@given(word=st.text(alphabet="iıİIabß", min_size=1, max_size=60))
def test_spellings_are_few(word: str) -> None:
    assert 1 <= len(spellings(word)) <= 33
