"""The text of a post is known again by itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.post import as_listed
from bot.core.reading.body_digest import LEAST_BYTES, body_digest
from bot.core.reading.posts import read_post
from bot.core.site import Site

TEXT = "The first paragraph says what there is to say about it.\n\nWhat do you keep of it?\n"


@pytest.mark.parametrize(
    "same",
    [
        TEXT.replace("\n", "\r\n"),
        f"\n\n{TEXT}\n",
        TEXT.replace("what there", "what\nthere"),
        TEXT.replace(" says", "  says"),
        TEXT.replace("\n\n", "\n\n\n"),
    ],
)
def test_how_a_text_is_broken_into_lines_does_not_matter(same: str) -> None:
    assert body_digest(same) == body_digest(TEXT) != ""


def test_a_word_matters() -> None:
    assert body_digest(TEXT.replace("say about", "tell about")) != body_digest(TEXT)


@pytest.mark.parametrize(
    "text", ["", "\n", "Coming soon.", "![The river at dawn](/images/river.jpg)", " " * 1000]
)
def test_a_short_text_says_nothing(text: str) -> None:
    assert body_digest(text) == ""


@given(st.text(max_size=LEAST_BYTES * 2))
def test_any_text_has_a_digest_or_none(text: str) -> None:
    assert len(body_digest(text)) in {0, 24}


def test_the_front_matter_and_the_path_do_not_matter() -> None:
    one = read_post("a.md", f"---\ntitle: A\n---\n{TEXT}".encode(), Site()).post
    other = read_post("b/c.md", f"+++\ntitle = 'B'\n+++\n\n{TEXT}".encode(), Site()).post
    assert one is not None
    assert other is not None
    assert one.body_digest == other.body_digest == body_digest(TEXT)
    assert one.digest != other.digest


def test_a_post_is_listed_as_before_when_its_text_changes() -> None:
    post = read_post("a.md", f"---\ntitle: A\n---\n{TEXT}".encode(), Site()).post
    assert post is not None
    assert as_listed(post) == as_listed(replace(post, body_digest="other"))
