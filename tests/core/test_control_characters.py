"""Control characters are seen, not obeyed."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.visible import escape_in_json, visible, visible_line

OBEYED = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - {"\n", "\t"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKING = {"\u2028", "\u2029"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[2JAda", "␛[2JAda"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31mred", "<U+009B>31mred"),
        ("over\rwritten\x08\x7f", "over␍written␈␡"),
        ("gpj.\u202eexe", "gpj.<U+202E>exe"),
        ("\u2067isolated\u2069", "<U+2067>isolated<U+2069>"),
        ("left\u200eto\u200fright", "left<U+200E>to<U+200F>right"),
        ("\x00\u2028", "␀<U+2028>"),
    ],
)
def test_what_commands_a_terminal_is_seen(written: str, shown: str) -> None:
    assert visible(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "Two\nlines,\tand a tab.",
        "Türkçe, 日本語, 한국어",
        "👩\u200d👩\u200d👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☕\ufe0f",
        "می\u200cخواهم",  # noqa: RUF001  # Persian
        "שלום\u200f!",
        "مرحبا \u200e(v2)\u200f",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & (OBEYED | TURNING | BREAKING)
    assert visible(shown) == shown
    assert not {char for char in shown if unicodedata.category(char) == "Cc"} - {"\n", "\t"}


@given(st.text())
def test_a_line_stays_one_line(text: str) -> None:
    assert len(visible_line(text).splitlines()) <= 1


def test_a_line_break_of_either_kind_is_one_break() -> None:
    assert visible("one\r\ntwo") == "one\ntwo"
    assert visible_line("one\r\ntwo\nthree") == "one␊two␊three"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_stays_exact_and_commands_nothing(text: str) -> None:
    line = escape_in_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(line) == {"text": text}
    assert not set(line) & (OBEYED | TURNING | BREAKING | {"\n", "\t"})
