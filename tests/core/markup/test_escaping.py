"""Plain text shows as itself."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.markup import escape, escape_around_links, unescape
from bot.core.markup.escaping import URL


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://example.org/a_b_c now", "see https://example.org/a_b_c now"),
        ("*see* https://example.org/*x*", r"\*see\* https://example.org/*x\*"),
        ("[text](https://example.org/)", "\\[text]\u200b(https://example.org/)"),
        ("https://example.org/\n# loud", "https://example.org/\n\\# loud"),
        ("https://example.org/ # quiet", "https://example.org/ # quiet"),
        ("# loud", r"\# loud"),
    ],
)
def test_links_in_what_a_reader_wrote_can_still_be_followed(text: str, shown: str) -> None:
    assert escape_around_links(text) == shown


@given(st.text(alphabet="ab_*[](:/#\n hts.@<>|`\\", max_size=60))
def test_what_is_escaped_around_links_reads_back(text: str) -> None:
    assume("\\" not in "".join(URL.findall(text)))
    assert unescape(escape_around_links(text)) == text
