"""A narrow table is drawn with spaces."""

import pytest

from bot.core.markup.writing.tables import monospaced, width


def test_columns_stand_under_each_other() -> None:
    assert monospaced([["a", "bb"], ["ccc", ""], ["d"]]) == "a    bb\n───  ──\nccc\nd"


def test_numbers_stand_at_the_right_end_of_their_column() -> None:
    drawn = monospaced([["a", "bb"], ["c", "1"], ["d", "10"]], {1})
    assert drawn == "a  bb\n─  ──\nc   1\nd  10"


def test_wide_signs_take_two_columns() -> None:
    assert monospaced([["漢", "b"], ["cc", "d"]]) == "漢  b\n──  ─\ncc  d"


@pytest.mark.parametrize(("columns", "is_drawn"), [(40, True), (41, False)])
def test_a_table_is_drawn_if_a_phone_shows_it(columns: int, is_drawn: bool) -> None:  # noqa: FBT001 (pytest passes it by name)
    assert (monospaced([["a", "b" * (columns - 3)]]) is not None) == is_drawn


def test_nothing_is_no_table() -> None:
    assert monospaced([]) is None


def test_combining_marks_take_no_column() -> None:
    assert width("e\u0301") == 1
