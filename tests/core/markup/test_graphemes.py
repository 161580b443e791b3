"""A text is never cut inside what a reader sees as one sign."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.splitting.graphemes import boundaries, floor

SIGNS = (
    "e\u0301", "👩‍🚀", "👍🏽", "❤\ufe0f", "1\ufe0f\u20e3", "🇹🇷", "🏴\U000e0067\U000e0062\U000e007f",
    "\r\n", "\u1112\u1161\u11ab", "하\u11ab", "\u1100가", "ｶﾞ", "क\u093f",
)  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_one_sign_is_not_cut(sign: str) -> None:
    assert list(boundaries(sign)) == []
    assert list(boundaries(f"{sign}a{sign}")) == [len(sign), len(sign) + 1]


def test_two_flags_are_cut_between() -> None:
    assert list(boundaries("🇹🇷🇩🇪")) == [2]


@pytest.mark.parametrize(("offset", "expected"), [(0, 0), (1, 0), (2, 2), (3, 3), (9, 4)])
def test_the_floor_is_the_last_place_to_cut(offset: int, expected: int) -> None:
    assert floor("🇹🇷ab", offset) == expected


@given(st.text())
def test_all_parts_make_the_whole(text: str) -> None:
    cuts = [0, *boundaries(text), len(text)]
    assert cuts == sorted(cuts)
    assert "".join(text[a:b] for a, b in pairwise(cuts)) == text
