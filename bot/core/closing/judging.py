"""Judging a sentence: whether it asks, whom, and whether it wants an answer."""

import re
from typing import NamedTuple

from bot.core.closing.addressing import is_addressed, is_open
from bot.core.closing.sentences import (
    ends_in_question_mark,
    is_quoted_end,
    sentences,
    without_title_marks,
)
from bot.core.closing.unasked import LEAD_IN, OFFER, RHETORIC, TAG, TO_ONESELF
from bot.core.closing.wording import ANSWER, GENERIC, INVITATION, OPEN_CODA

_DIALOGUE = ("—", "–", "― ", "-- ")  # open a line of dialogue
_LONGEST = 1_000  # characters: what goes on for longer was never told apart, and asks nothing
_UNMARKED = re.compile(r"(?:ますか|ですか|でしょうか|だろうか|ませんか|でしたか|ましたか)[。.]?$")


class Sentence(NamedTuple):
    """A sentence of an essay's end.

    Attributes:
        block: Which of the ending's blocks it stands in.
        is_addressed: It is a question that speaks to somebody.
        is_generic: It only asks for an opinion.
        is_open: Yes and no do not answer it.
        is_barred: It is an offer, rhetoric or dialogue, and no question to readers.
        is_own: The writer wonders about the writer: an essay's last word, or nobody's business.
    """

    text: str
    block: int
    is_question: bool = False
    is_addressed: bool = False
    is_generic: bool = False
    is_open: bool = False
    is_barred: bool = False
    is_own: bool = False

    @property
    def is_asking(self) -> bool:
        """Whether it is a question that may be put to readers."""
        return self.is_question and not self.is_barred


def judged(text: str, block: int, tongue: str | None) -> list[Sentence]:
    """Return the sentences of a block's `text`, in the language `tongue` if that is known."""
    is_spoken = text.startswith(_DIALOGUE)
    return [_judge(one, block, tongue, is_spoken=is_spoken) for one in sentences(text)]


def is_generic(text: str) -> bool:
    """Return whether `text` is a question that only asks for an opinion, in any language."""
    return GENERIC.match(text) is not None


def is_answer(text: str) -> bool:
    """Return whether a sentence answers the question before it, or goes on from it."""
    is_coda = INVITATION.search(text) or OPEN_CODA.match(text)
    return ANSWER.match(text) is not None and not is_coda


def _judge(text: str, block: int, tongue: str | None, *, is_spoken: bool) -> Sentence:
    is_asked = ends_in_question_mark(text) and not is_quoted_end(text)
    text = without_title_marks(text)
    if len(text) > _LONGEST or not (is_asked or _UNMARKED.search(text)):
        return Sentence(text, block)
    generic = is_generic(text)
    addressed = generic or is_addressed(text, tongue)
    is_own = not addressed and TO_ONESELF.search(text) is not None
    return Sentence(
        text,
        block,
        is_question=True,
        is_addressed=addressed,
        is_generic=generic,
        is_open=generic or is_open(text, tongue),
        is_barred=is_spoken or (not generic and _is_barred(text)),
        is_own=is_own,
    )


def _is_barred(text: str) -> bool:
    bare = LEAD_IN.sub("", text)
    return any(pattern.search(bare) for pattern in (OFFER, TAG, RHETORIC))
