from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.folding import fold


def test_turkish_letters_fold_to_one() -> None:
    assert fold("İSTANBUL") == fold("istanbul") == fold("ıstanbul") == fold("ISTANBUL")


def test_accents_case_and_space_fold_away() -> None:
    assert fold("  Crème   BRÛLÉE ") == "creme brulee"
    assert fold("Straße") == "strasse"
    assert fold("\uff26\uff35\uff2c\uff2c") == "full"  # in full width


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
