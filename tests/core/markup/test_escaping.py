"""Plain text shows as itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import as_written, escape, unescape, written


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
        ("#️⃣ a\n #⃣ b\n1️⃣ c", "#️⃣ a\n #⃣ b\n1️⃣ c"),
        ("#\ufe0f a\n#1️⃣", "\\#\ufe0f a\n\\#1️⃣"),
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
        ("*see* `it` and https://example.org/a_b", "*see* `it` and https://example.org/a_b"),
        ("- one\n- two\n1. three", "- one\n- two\n1. three"),
        ("[text](https://example.org/)", "[text]\u200b(https://example.org/)"),
        (
            "Yes.\n> What do you keep?\n**Bora** answers",
            "Yes.\n\\> What do you keep?\n**Bora** answers",
        ),
        (">>> all of it", "\\>>> all of it"),
        ("# loud\n## less\n-# small", "\\# loud\n\\## less\n\\-# small"),
        ("#maps and -1", "#maps and -1"),
        ("```\n# a comment\n> out\n```\n# loud", "```\n# a comment\n> out\n```\n\\# loud"),
        ("```\n# never closed", "```\n\\# never closed"),
        ("@everyone", "@\u200beveryone"),
    ],
)
def test_what_a_reader_wrote_keeps_its_markdown_and_imitates_no_line_of_ours(
    text: str, shown: str
) -> None:
    assert as_written(text) == shown
    assert written(shown) == text


@given(st.text(alphabet="ab_*[](:/#\n hts.@<>|`-", max_size=60))
def test_what_is_shown_as_written_reads_back(text: str) -> None:
    assert written(as_written(text)) == text
