"""Answers fit what Discord takes, whatever the essay, the question and the names are."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import unescape
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.messages.asking import (
    DESCRIPTION,
    WHOLE,
    Answered,
    Quotation,
    answer_page,
    at_sentence,
    quoted,
    shown_passage,
)
from bot.discussion.messages.compose import MESSAGE
from bot.store.finding.search import Hit

SIGNS = st.sampled_from(list("*_`|[]()<>@:#~\\-. \nabcıİğ?!。"))
TEXTS = st.text(alphabet=SIGNS, min_size=1, max_size=60)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@st.composite
def quotations(draw: st.DrawFn) -> Quotation:
    title, heading, text = draw(TEXTS), draw(TEXTS), draw(TEXTS)
    times = draw(st.integers(1, 200))
    post = Post("a.md", "en", "a", title * 5, "a", url="https://blog.example/a/", id=1)
    url = f"https://blog.example/a/#:~:text={'x' * draw(st.integers(0, 2000))}"
    return Quotation(post, range(3, 5), heading * 4, text * times, url)


@given(
    found=st.lists(quotations(), min_size=1, max_size=3),
    said=st.lists(TEXTS, max_size=3),
    question=TEXTS,
)
def test_a_private_answer_fits(found: list[Quotation], said: list[str], question: str) -> None:
    url = "https://discord.com/channels/1234567890123456789/1234567890123456789/1234567890123456789"
    hits = [Hit(text * 9, text * 9, url, NOW) for text in said]
    answered = Answered(question * 5, None, found, said=hits, unread=2, essays=9)
    page = answer_page(answered, phrases("en"))
    assert page.embed is not None
    assert page.embed.description is not None
    assert len(page.embed.description) <= DESCRIPTION
    assert len(page.embed) <= 6000
    assert all(len(button.get("url", "")) <= 512 for button in page.components()[0]["components"])


@given(found=quotations(), question=TEXTS, reader=TEXTS)
def test_a_shown_answer_fits_and_links_nowhere_that_the_asker_chose(
    found: Quotation, question: str, reader: str
) -> None:
    asked = f"{question} https://evil.example/{question} www.evil.example discord.gg/evil"
    message = shown_passage(found, asked, reader[:32], 5, "en")
    assert len(message.content) <= MESSAGE
    head = message.content.partition("\n> ")[0]
    assert "://" not in head
    assert "evil" not in unescape(head)


@given(text=TEXTS, times=st.integers(1, 100), limit=st.integers(40, 300))
def test_a_quote_shows_the_beginning_of_the_text(text: str, times: int, limit: int) -> None:
    shown = quoted(text * times, limit)
    assert len(shown) <= limit
    assert all(line.startswith(">") for line in shown.split("\n"))


def test_a_long_passage_is_cut_where_a_sentence_ends() -> None:
    sentence = "One says this. "
    assert at_sentence(sentence * 4, 32) == "One says this. One says this. …"
    assert at_sentence("word " * 20, 12) == "word word…"
    assert at_sentence("v. 1.5 and", 100) == "v. 1.5 and"
    assert quoted("Short.", WHOLE) == "> Short."
