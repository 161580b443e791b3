"""Names of files, whatever a slug holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.site.names import file_name


@pytest.mark.parametrize("slug", ["rain", "can-ai-dream", "2026_01", "a" * 100, "0", "pt-br"])
def test_a_plain_slug_is_its_own_name(slug: str) -> None:
    assert file_name(slug) == slug


@pytest.mark.parametrize(
    ("slug", "left"),
    [
        ("../../etc/passwd", "etc-passwd"), ("/", "post"), ("", "post"), (".", "post"),
        ("..", "post"), (".git", "git"), ("a.b", "a-b"), ("CON", "con"), ("con", "con"),
        ("lpt1", "lpt1"), ("Rain", "rain"), ("a\\b", "a-b"), ("a b", "a-b"), ("ışık", "k"),
        ("雨", "post"), ("a" * 101, "a" * 60), ("-a", "a"), ("a\x00\n", "a"), ("\ud800", "post"),
        ("rain--0123456789ab", "rain-0123456789ab"), ("{{ x }}", "x"),
    ],
)  # fmt: skip
def test_any_other_is_what_is_left_of_it_and_a_digest(slug: str, left: str) -> None:
    assert re.fullmatch(re.escape(left) + "--[0-9a-f]{12}", file_name(slug))


@given(st.lists(st.text(max_size=12) | st.text("aA.-/", max_size=4), unique=True, max_size=8))
def test_no_two_slugs_share_a_file_anywhere(slugs: list[str]) -> None:
    names = [file_name(slug) for slug in slugs]
    assert len({name.casefold() for name in names}) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9_][a-z0-9_-]{0,99}", name) for name in names)
