"""Closing questions: the sentences an essay ends on, put to its readers.

A wrong question in front of a community is worse than none: what the model is not sure of is not
asked.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.closing import model
from bot.core.closing.blocks import Block, blocks_at_end, inline_text
from bot.core.closing.features import (
    Place,
    Sentence,
    asked_words,
    candidates,
    features,
    run_on,
    said_in,
)
from bot.core.closing.sentences import without_title_marks
from bot.core.post import Question

_OTHER_MARK = re.compile(r"[？؟⁇⁈⁉‽;;]|か[。.]?\s|か。")
_READ = 8_000


class Candidate(NamedTuple):
    """A sentence of an essay's end that may be a question to its readers.

    Attributes:
        text: As readers see it.
        probability: That it is one.
        is_asked: Whether it is asked in public.
    """

    text: str
    sentence: Sentence
    probability: float
    is_asked: bool

    @property
    def is_unsure(self) -> bool:
        """Whether its author should say."""
        low, high = model.asked().unsure
        return low <= self.probability < high


class Closing(NamedTuple):
    """What an essay ends on.

    Attributes:
        questions: In order; () for more than half of all essays.
        lines: The body's lines ``[start, end)`` that hold nothing but these questions, and the
            thematic break that sets them off; None if they stand among other text.
    """

    questions: tuple[Question, ...]
    lines: tuple[int, int] | None = None


NO_QUESTIONS = Closing(())


def has_mark(body: str) -> bool:
    """Return whether the end of `body` holds anything that could end a question."""
    end = body[-_READ:]
    return "?" in end or (not end.isascii() and _OTHER_MARK.search(f"{end}\n") is not None)


def plain_text(markdown: str) -> str:
    """Return the plain text of a few lines of Markdown, on one line."""
    return " ".join(without_title_marks(inline_text(markdown)[0]).split())


def closing_questions(body: str) -> Closing:
    """Return the questions that `body`, Markdown without front matter, ends on."""
    if not has_mark(body):
        return NO_QUESTIONS
    blocks = blocks_at_end(body)
    said = said_in(blocks)
    asked = [one for one in judged(blocks, said) if one.is_asked]
    if not asked:
        return NO_QUESTIONS
    questions = tuple(Question(one.text, is_generic(one.text)) for one in asked)
    return Closing(questions, _lines(blocks, said, [one.sentence for one in asked]))


def doubtful(body: str) -> list[Candidate]:
    """Return what may be the questions of `body`, if the model is unsure of any of them."""
    if not has_mark(body):
        return []
    blocks = blocks_at_end(body)
    likely = [one for one in judged(blocks, said_in(blocks)) if one.is_asked or one.is_unsure]
    return likely if any(one.is_unsure for one in likely) else []


def judged(blocks: Sequence[Block], said: Sequence[Sentence]) -> list[Candidate]:
    """Return which of an essay's last sentences may be questions to its readers, in order."""
    numbers = candidates(said)
    learned = model.asked()
    likely = [learned.probability(features(Place(blocks, said, number))) for number in numbers]
    asked = chosen(likely, run_on(said, numbers), learned.sure, learned.beside)
    return [
        Candidate(without_title_marks(said[number].text), said[number], probability, is_asked)
        for number, probability, is_asked in zip(numbers, likely, asked, strict=True)
    ]


def chosen(
    likely: Sequence[float], runs_on: Sequence[bool], sure: float, beside: float
) -> list[bool]:
    """Return which questions are asked: the sure ones, and beside one of these what is likely.

    Args:
        likely: The probability of each.
        runs_on: Whether nothing stands between each and the one before it.
    """
    asked = [one >= sure for one in likely]
    pairs = [(number - 1, number) for number in range(1, len(asked)) if runs_on[number]]
    for left, right in pairs:
        asked[right] |= asked[left] and likely[right] >= beside
    for left, right in reversed(pairs):
        asked[left] |= asked[right] and likely[left] >= beside
    return asked


def is_generic(text: str) -> bool:
    """Return whether `text` is a question that only asks for an opinion, in any language."""
    learned = model.generic()
    return learned.probability(set(asked_words(text))) >= learned.sure


def _lines(
    blocks: Sequence[Block], said: Sequence[Sentence], asked: Sequence[Sentence]
) -> tuple[int, int] | None:
    """Return the lines of the blocks that hold the questions, if they hold nothing else."""
    first, final = asked[0].block, asked[-1].block
    held = blocks[first : final + 1]
    others = (one for one in said if first <= one.block <= final and one not in asked)
    if asked[0].place or any(others):  # more stands there, or was not read
        return None
    if any(block.kind not in {"paragraph", "item"} for block in held):
        return None
    start, end = held[0].start, held[-1].end
    before = [block for block in blocks if block.end <= start]
    after = [block for block in blocks if block.start >= end]
    is_set_off = bool(before) and before[-1].kind == "rule"
    if is_set_off and (not after or after[0].kind == "rule"):
        start = before[-1].start
    return start, end
