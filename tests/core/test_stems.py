"""Words that are one word to a reader have one stem, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.stems import LONGEST, stems, words_and_stems


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "forgetting maps", "Forget MAP"),
        ("en", "the reader’s map", "the reader's maps"),
        ("tr", "ISPARTA'nın ışıkları", "Isparta ışık"),
        ("tr", "ACININ ADALARI", "acının adaları"),
        ("tr", "İstanbul’da zekâlar", "istanbul zeka"),
        ("de", "Häuser", "hausern"),
        ("fr", "oubliées", "oublié"),
        ("pt-br", "mapas", "mapa"),
        ("xx", "Worte", "worte"),
        ("ja", "忘れる地図", "忘れる地図"),
    ],
)
def test_forms_of_a_word_have_one_stem(lang: str, one: str, other: str) -> None:
    assert stems(one, lang) == stems(other, lang)


def test_the_dotless_letter_is_another_before_stemming() -> None:
    assert stems("KIRIK", "tr") == stems("kırık", "tr")
    assert stems("IRAK", "en") == stems("irak", "en")


def test_words_stand_as_they_were_written() -> None:
    assert [word for word, _ in words_and_stems("Maps, forgotten.", "en")] == ["Maps", "forgotten"]


def test_what_has_no_spaces_is_taken_apart() -> None:
    assert stems("図書館x館", "ja") == ["図書", "書館", "x", "館"]


@given(st.text(max_size=200), st.sampled_from(["en", "tr", "ja", "xx", ""]))
def test_any_text_has_stems_without_spaces_or_marks(text: str, lang: str) -> None:
    for stem in stems(text, lang):
        assert stem
        assert len(stem) <= 4 * LONGEST
        assert " " not in stem
        assert '"' not in stem
