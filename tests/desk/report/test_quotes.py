"""Quotes are exact, and cut at their end alone; the best one speaks."""

import string

from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.control_characters import visible
from bot.desk.report.quotes import NOTE, newest, pick, quote
from tests.desk.report.conftest import Discussion


def one(text: str) -> Discussion:
    discussion = Discussion()
    discussion.thread(1, "Why?", lang="tr")
    discussion.say(text)
    return discussion


@given(st.text(alphabet=string.printable + "…é🧭\u202e", max_size=120), st.integers(2, 60))
def test_a_quote_is_the_text_or_how_it_begins(text: str, most: int) -> None:
    made = one(text)
    whole = visible(text).strip()
    found = quote(made.said[0], made.threads[0], most)
    assert whole.startswith(found.text)
    assert found.is_cut == (found.text != whole)
    assert len(found.text) <= most
    assert quote(made.said[0], made.threads[0]).text == whole


def test_a_cut_quote_has_one_paragraph_and_ends_at_a_word() -> None:
    made = one("A first paragraph of words.\n\nA second one.")
    found = quote(made.said[0], made.threads[0], NOTE)
    assert (found.text, found.is_cut) == ("A first paragraph of words.", True)
    found = quote(made.said[0], made.threads[0], 20)
    assert (found.text, found.is_cut) == ("A first paragraph", True)


def test_a_text_has_the_language_it_is_in_or_else_its_essay_s() -> None:
    made = one("I kept my grandmother's bus pass for thirty years.")
    assert quote(made.said[0], made.threads[0]).lang == "en"
    made = one("Hm.")
    assert quote(made.said[0], made.threads[0]).lang == "tr"


def test_a_highlight_speaks_or_else_the_longest_that_fits(discussion: Discussion) -> None:
    discussion.thread(1, "Why?")
    short = discussion.say("Short")
    fitting = discussion.say("w" * NOTE)
    discussion.say("w" * (NOTE + 1))
    assert pick(discussion.said, ()) == fitting
    assert pick(discussion.said[:2], {fitting.id}) == short
    assert pick(discussion.said[:1], {short.id}) is None
    marked = discussion.say("Marked", is_highlighted=True)
    assert pick(discussion.said, ()) == marked


def test_the_newest_come_first(discussion: Discussion) -> None:
    discussion.thread(1, "Why?")
    first, second, third = (discussion.say(text) for text in "abc")
    assert newest(discussion.said, 2) == [third, second]
    assert newest(discussion.said, 9) == [third, second, first]
    assert newest(discussion.said, 0) == []
