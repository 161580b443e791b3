"""Plain text shows as itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import escape, unescape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* _b_ ~c~ |d| `e` [f](g)", "\\*a\\* \\_b\\_ \\~c\\~ \\|d\\| \\`e\\` \\[f]\u200b(g)"),
        ("<@1> <#1> <t:1> </a:1>", "\\<\\@1> \\<\\#1> \\<t:1> \\<\\/a:1>"),
        ("<:a:1> :smile: 10:30", "\\<\\:a:1> \\:smile: 10:30"),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("https://a.example", "https:\u200b//a.example"),
        ("# a", "\\# a"),
        ("#a", "\\#a"),
        ("-# a", "\\-# a"),
        ("- a", "\\- a"),
        ("  - a", "  \\- a"),
        ("1. a", "1\\. a"),
        ("> a", "\\> a"),
        ("a - b > c # d 1. e", "a - b > c # d 1. e"),
        ("1.5 -a", "1.5 -a"),
        ("a\n- b", "a\n\\- b"),
        ("a\\b", "a\\\\b"),
    ],
)
def test_what_discord_would_read_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text(alphabet="ab \n\\*_~`|[]()<>@#:/-+.1é\u200d😀"))
def test_nothing_but_backslashes_and_zero_width_spaces_is_added(text: str) -> None:
    assert re.sub(r"\\(\W|_)", r"\1", escape(text).replace("\u200b", "")) == text


@given(st.text())
def test_a_line_stays_a_line(text: str) -> None:
    assert escape(text).count("\n") == text.count("\n")


@given(st.text(alphabet="ab \n\\*_~`|[]()<>@#:/-+.1é😀"))
def test_what_is_escaped_can_be_read_again(text: str) -> None:
    assert unescape(escape(text)) == text
