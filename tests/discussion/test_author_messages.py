"""What authors read fits a message, whatever readers and essays are called and say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Listing
from bot.core.phrases import LANGUAGES, Phrases, phrases
from bot.core.response import Response
from bot.discussion.messages.news import Seen, digest_message, news_page
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.responses import responses_page
from bot.store.desk.listings import Page
from bot.store.desk.news import EssayNews, Linked, NewAnswers

MESSAGE = 2000
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LARGEST = 2**63 - 1
URL = f"https://discord.com/channels/{LARGEST}/{LARGEST}"
HOSTILE = ["*_" * 1500, "> # @everyone [x](y) " * 200, "\n" * 900 + "x", "💥" * 2000, "a" * 3000]
texts = st.sampled_from(HOSTILE) | st.text(max_size=300)
saying = st.sampled_from([phrases(lang) for lang in LANGUAGES])

RESPONSE = Response(
    id=1,
    post="maps",
    lang="en",
    title="Maps",
    guild=LARGEST,
    thread=LARGEST,
    question=None,
    reader=1,
    reader_name="Ada",
    text="The tickets.",
    created_at=NOW.isoformat(),
    edited_at=None,
    source="answer",
    url=f"{URL}/{LARGEST}",
    may_quote=True,
    highlighted=True,
)

responses = st.builds(
    replace,
    st.just(RESPONSE),
    post=st.sampled_from("abc"),
    title=texts,
    question=st.none() | texts,
    reader_name=texts,
    text=texts,
    shown=st.booleans(),
)
links = st.builds(Linked, texts, texts, st.none() | st.just(f"{URL}/{LARGEST}"))
answers = st.builds(
    NewAnswers, st.none() | texts, st.integers(1, 10**6), st.none() | st.just(f"{URL}/{LARGEST}")
)
essays = st.builds(
    EssayNews,
    st.integers(1, LARGEST),
    texts,
    st.just(URL),
    st.lists(answers, min_size=1, max_size=15).map(tuple),
)


def fits(message: Outgoing) -> None:
    """A message that Discord takes."""
    assert 0 < len(message.content) <= MESSAGE
    assert len(message.rows) <= 5
    assert "@everyone" not in message.content
    message.view()


@given(
    st.lists(responses, max_size=5),
    texts,
    saying,
    st.sampled_from([Listing(7, until_id=LARGEST), Listing(since=NOW, until_id=LARGEST)]),
    st.integers(0, 10**5),
)
def test_a_page_of_responses_fits_with_every_link(
    shown: list[Response],
    title: str,
    say: Phrases,
    listing: Listing,
    number: int,
) -> None:
    page = Page(shown, number, 10**6)
    message = responses_page(title if listing.essay else "", page, listing, say)
    fits(message)
    assert message.content.count(f"[↗]({URL}/{LARGEST})") == len(shown)
    assert message.content.endswith(say.page.format(page=number + 1, pages=200_000))


@pytest.mark.parametrize("say", [phrases(lang) for lang in LANGUAGES], ids=LANGUAGES)
def test_five_responses_that_need_all_room_keep_heads_and_quotes(say: Phrases) -> None:
    shown = [
        replace(RESPONSE, post=str(n), title=HOSTILE[0], question=f"{n}{HOSTILE[0]}",
                reader_name=HOSTILE[0], text=HOSTILE[4], shown=False)
        for n in range(5)
    ]  # fmt: skip
    wanted = Listing(since=NOW, highlighted=True, until_id=LARGEST)
    lines = responses_page("", Page(shown, 0, 10), wanted, say).content.splitlines()
    assert sum(line.startswith("### ") and len(line) > 20 for line in lines) == 5
    assert sum(line.startswith("**") and len(line) > 20 for line in lines) == 5
    assert sum(line.startswith("> ") and len(line) > 40 for line in lines) == 5


@given(st.lists(essays, max_size=30), st.none() | st.just(NOW), st.integers(0, 9), saying)
def test_a_page_of_news_fits(
    found: list[EssayNews], at: datetime | None, page: int, say: Phrases
) -> None:
    message = news_page(found, Seen(LARGEST, LARGEST, at), page, say)
    fits(message)
    assert bool(message.rows) == bool(found)


@given(
    st.integers(1, LARGEST),
    st.lists(essays, max_size=30),
    st.lists(links, max_size=30),
    st.lists(links, max_size=30),
    saying,
)
def test_a_digest_fits(
    number: int, new: list[EssayNews], marked: list[Linked], asked: list[Linked], say: Phrases
) -> None:
    fits(digest_message(number, NOW - timedelta(days=1), new, marked, asked, say))


def test_a_digest_says_how_much_it_leaves_out() -> None:
    say = phrases("en")
    new = [
        EssayNews(n, f"Essay {n}", URL, (NewAnswers(f"Question {n}?", 2, None),))
        for n in range(40)
    ]  # fmt: skip
    asked = [Linked("Maps", f"Which {n}?", f"{URL}/{LARGEST}") for n in range(40)]
    content = digest_message(1, NOW, new, [], asked, say).content
    assert "-# Responses: 80. Essays: 40." in content
    shown = content.count("**Essay ")
    assert 5 <= shown < 40
    assert f"… and {40 - shown} more" in content
    listed = content.count("- Which ")
    assert 2 <= listed < 40
    assert content.endswith(f"- … and {40 - listed} more")


def test_an_essay_alone_is_named_however_long_its_questions_are() -> None:
    answers_to_one = tuple(NewAnswers(HOSTILE[0], 1, f"{URL}/{LARGEST}") for _ in range(15))
    one = EssayNews(1, HOSTILE[0], URL, answers_to_one)
    content = digest_message(1, NOW, [one, one], [], [], phrases("en")).content
    assert content.count(f"[↗]({URL})") == 1
    assert "- … and " in content
