"""What is said about connections fits a message, whatever stands in it."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.connection import End
from bot.core.phrases import phrases
from bot.discussion.messages.dreams import Texts, asked, draft
from bot.store.dreams.journal import Found, Side, Thread

MESSAGE = 2000
SAY = phrases("tr")
TEXTS = st.text(max_size=3000)


def side(number: int, title: str, *, is_essay: bool, by: str) -> Side:
    return Side(
        end=End(number, None if is_essay else number, 3 if is_essay else None),
        essay_id=number,
        lang="en",
        slug="slug",
        title=title,
        url=f"https://example.org/({number})/" + "a" * 480,
        text=None if is_essay else "",
        stands=True,
        may_quote=True,
        by=by,
        message_id=2**62,
        thread=Thread(number, 2**62, 2**62, "en"),
    )


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=9), st.sampled_from("re"))
def test_every_message_fits_and_keeps_its_links_whole(
    title: str, a: str, b: str, through: str, words: list[str], kind: str
) -> None:
    is_essay = kind == "e"
    first = side(1, title, is_essay=False, by=title)
    second = side(2, title, is_essay=is_essay, by=title)
    third = side(3, title, is_essay=True, by="")
    found = Found(
        1, 2**62, date(2026, 3, 1), "bridge", first, second, third, tuple(words), 1.0, None, None
    )
    texts = Texts(a, b, through)
    for message in (
        draft(found, texts, SAY),
        asked(5, found, "a", texts, SAY),
        asked(5, found, "b", texts, SAY),
    ):
        assert 0 < len(message.content) <= MESSAGE
        assert message.content.count("](https://") == message.content.count("[↗](https://") > 0
    if is_essay:
        assert "https://example.org/%282%29/" in asked(5, found, "a", texts, SAY).content


def test_an_address_that_is_too_long_is_left_out() -> None:
    first = side(1, "Maps", is_essay=False, by="")
    long = replace(
        side(2, "Roads", is_essay=True, by=""), url="https://a.org/" + "a" * 3000, thread=None
    )
    found = Found(1, 9, date(2026, 3, 1), "pair", first, long, None, (), 1.0, None, None)
    message = draft(found, Texts("One.", "Two."), phrases("en"))
    assert "**Roads**\n> Two." in message.content
