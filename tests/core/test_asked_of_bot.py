"""Which messages put a question to the bot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asked_of_bot import LONGEST, asked_of_bot

NAMES = ["<@7>", "<@!7>", "<@&9>"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@7> what does it say about rivers?", "what does it say about rivers?"),
        ("<@!7>, what does it say about rivers", "what does it say about rivers"),
        ("  <@&9>  Why maps? ", "Why maps?"),
        ("What does it say about rivers? <@7>", "What does it say about rivers?"),
        ("<@7> I like it. But why maps? Thank you!", "I like it. But why maps? Thank you!"),
        ("<@7> nehirler hakkında ne diyor", "nehirler hakkında ne diyor"),
        ("<@7> Bu yazıda nehirler var mı?", "Bu yazıda nehirler var mı?"),
        ("<@7> Warum Karten", "Warum Karten"),
    ],
)
def test_a_mention_with_a_question_asks(text: str, question: str) -> None:
    assert asked_of_bot(text, NAMES) == question


@pytest.mark.parametrize(
    "text",
    [
        "What does it say about rivers?",
        "<@8> what does it say about rivers?",
        "<@7>",
        "<@7> <@7>",
        "<@7> ?",
        "<@7> I keep old tickets.",
        "I wonder why <@7> asks that?  I keep tickets.",
        "<@7> Isn't that odd? I keep tickets that nobody needs.",
        "What I keep is of no use. <@7>",
        "what does it say about rivers <@7>",
        "<@7> " + "why " * LONGEST + "?",
    ],
)
def test_what_says_something_is_no_question(text: str) -> None:
    assert asked_of_bot(text, NAMES) == ""


@given(text=st.text(alphabet="<@7>? .aİ\n", max_size=80))
def test_a_question_stands_in_its_message(text: str) -> None:
    asked = asked_of_bot(text, NAMES)
    assert asked in text
    assert len(asked) <= LONGEST
