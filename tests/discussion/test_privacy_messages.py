"""What a reader is told fits a message, however long everything in it is, in every language."""

from datetime import UTC, datetime

import pytest

from bot.core.phrases import LANGUAGES, phrases
from bot.discussion.messages.privacy import (
    PAGE,
    deletion_question,
    one_question,
    own_page,
    privacy_card,
)
from bot.store.file.scrubbing import Debt
from bot.store.responses.own import Kept, OfEssay, Own

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LARGEST = 2**63 - 1
LONG = "*and_more* " * 60
URL = f"https://discord.com/channels/{LARGEST}/{LARGEST}/{LARGEST}"


def own(state: str) -> Own:
    return Own(
        LARGEST, LONG, LONG, LONG, NOW, state, NOW, may_quote=True, named=True, url=URL  # type: ignore[arg-type]
    )  # fmt: skip


def kept(essays: int, guild: int = 1) -> Kept:
    one = OfEssay(guild, LONG, LONG, 12345, 12345, 12345)
    return Kept(1, (one,) * essays, (9, 9), (9, 9), (9, 9), 3650, Debt(NOW, ""))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["message", "shown", "sealed", "waiting", "declined", "private"])
def test_a_page_of_ones_own_fits(lang: str, state: str) -> None:
    say = phrases(lang)
    page = own_page([own(state)] * PAGE, 9998, 9999, say)
    assert len(page.content) <= 2000
    assert page.content.count(URL) == PAGE
    assert len(one_question(own(state), 0, say).content) <= 2000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("essays", [0, 1, 5, 500])
@pytest.mark.parametrize("guild", [1, 2])
def test_a_card_and_a_question_fit_and_say_how_many_more(
    lang: str, essays: int, guild: int
) -> None:
    say = phrases(lang)
    card = privacy_card(kept(essays, guild), say)
    question = deletion_question("everywhere", kept(essays, guild), say)
    for message in (card, question):
        assert len(message.content) <= 2000
    if essays == 500:
        assert "\n- …" in card.content
        assert "\n- …" in question.content
    assert len(card.rows) == 2
