"""Plain text is shortened at a word and quoted line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import escape, one_line, quote, shorten


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one, two", 6, "one…"),
        ("unbreakable", 5, "unbr…"),
        ("👩‍🚀👩‍🚀", 5, "👩‍🚀…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
        ("🇹🇷🇩🇪", 3, "🇹🇷…"),
        ("👍🏽👍🏽", 2, "…"),
        ("text", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_word_or_else_between_signs(
    text: str, limit: int, expected: str
) -> None:
    assert shorten(text, limit) == expected


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_within_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_every_line_of_a_quote_is_quoted() -> None:
    assert quote("one\n\n> two", 100) == "> one\n> \n> \\> two"


@given(st.text(min_size=1), st.integers(10, 60))
def test_a_quote_is_within_its_limit_and_all_of_it_is_quoted(text: str, limit: int) -> None:
    quoted = quote(text, limit)
    assert len(quoted) <= limit
    assert all(line.startswith(">") for line in quoted.split("\n"))


@given(st.text(alphabet="*_ab \n"), st.integers(1, 60))
def test_one_line_is_within_its_limit_and_keeps_what_fits(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    flat = " ".join(text.split())
    if len(escape(flat)) <= limit:
        assert line == escape(flat)


def test_a_line_of_markup_is_cut_where_its_backslashes_end() -> None:
    assert one_line("*" * 50, 20) == "\\*" * 9 + "…"
