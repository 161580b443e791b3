"""An address opens a page where a text stands on it, whatever its characters are."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.fragments import text_fragment, with_fragment

URL = "https://example.org/maps/"


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Maps forget.", "text=Maps%20forget"),
        ("A well-kept map, R&D", "text=A%20well%2Dkept%20map%2C%20R%26D"),
        ("Harita unutur", "text=Harita%20unutur"),
        ("A dark green river bends where nobody lives", None),
        ("地図は忘れる。", "text=%E5%9C%B0%E5%9B%B3%E3%81%AF%E5%BF%98%E3%82%8C%E3%82%8B"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_a_short_text_is_looked_for_whole(text: str, fragment: str | None) -> None:
    expected = f"text={text.replace(' ', '%20')}" if fragment is None else fragment
    assert text_fragment(text) == expected


def test_a_long_text_is_looked_for_from_its_first_words_to_its_last() -> None:
    numbers = " ".join(f"w{number}" for number in range(30))
    assert text_fragment(numbers) == (
        "text=w0%20w1%20w2%20w3%20w4%20w5%20w6%20w7,w22%20w23%20w24%20w25%20w26%20w27%20w28%20w29"
    )


def test_neither_end_goes_from_one_block_of_the_page_into_another() -> None:
    assert text_fragment("There are two of them:\nthe rye that is sown\nthe wheat of the hill") == (
        "text=There%20are%20two%20of%20them,the%20wheat%20of%20the%20hill"
    )


def test_what_a_page_may_set_otherwise_is_not_looked_for() -> None:
    text = 'It\'s a map -- "old" and brown and torn, they said... in the drawer it stays'
    assert (
        text_fragment(text)
        == "text=and%20brown%20and%20torn%2C%20they,in%20the%20drawer%20it%20stays"
    )


def test_an_address_may_have_a_fragment_of_its_own() -> None:
    assert with_fragment(URL, "Maps") == f"{URL}#:~:text=Maps"
    assert with_fragment(f"{URL}#top", "Maps") == f"{URL}#top:~:text=Maps"
    assert with_fragment(URL, "!") == URL


@given(st.text(max_size=400))
def test_any_text_gives_a_fragment_that_says_what_it_means(text: str) -> None:
    fragment = text_fragment(text)
    if not fragment:
        return
    ends = fragment.removeprefix("text=").split(",")
    assert fragment.isascii()
    assert not set(" -&#") & set(fragment)
    assert 1 <= len(ends) <= 2
    for end in ends:
        assert unquote(end, errors="replace").strip()
