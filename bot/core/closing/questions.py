"""Closing questions: the sentences an essay ends on, put to its readers.

A wrong question in front of a community is worse than none: where the signs disagree, silence wins.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.core.closing.addressing import is_addressed
from bot.core.closing.blocks import Block, blocks_at_end, inline_text
from bot.core.closing.endings import Ending, ending
from bot.core.closing.judging import Sentence, is_answer, judged
from bot.core.closing.sentences import without_title_marks
from bot.core.closing.tongues import tongue
from bot.core.closing.unasked import ANNOUNCING, FOR_OTHERS
from bot.core.closing.wording import INVITATION, OPEN_CODA
from bot.core.post import Question

WINDOW = 4
"""Blocks from the end in which the last question must stand, lists counted as one."""

REACH = 12
"""Blocks from the end that are judged, each item of a list counted."""

LONGEST_CODA = 30
"""Words that may follow a question put to readers, besides invitations."""

SOON = 30
"""Characters within which an invitation has begun; later its words are about something else."""

SHORTEST_OPEN = 4
"""Words of a question to nobody in particular; a shorter one is an exclamation."""

_BOX = re.compile(r"\[[ xX]\]")
"""An item of a checklist begins with it."""

_OTHER_MARK = re.compile(r"[？؟⁇⁈⁉‽;;]|か。")
_READ = 8_000


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
    return "?" in end or (not end.isascii() and _OTHER_MARK.search(end) is not None)


def plain_text(markdown: str) -> str:
    """Return the plain text of a few lines of Markdown, on one line."""
    return " ".join(without_title_marks(inline_text(markdown)[0]).split())


def closing_questions(body: str) -> Closing:
    """Return the questions that `body`, Markdown without front matter, ends on."""
    if not has_mark(body):
        return NO_QUESTIONS
    blocks = blocks_at_end(body)
    spoken = [block.text for block in blocks if block.kind not in {"aside", "picture"}]
    speech = tongue(" ".join(spoken))
    last = ending(blocks, speech)
    if not last.blocks:
        return NO_QUESTIONS
    said = [
        one
        for index, block in enumerate(last.blocks)
        if block.kind in {"paragraph", "item"} and index >= len(last.blocks) - REACH
        for one in judged(block.text, index, speech)
    ]
    asked = _announced(last, said, speech) or _last_run(last, said)
    if not asked:
        return NO_QUESTIONS
    questions = tuple(Question(one.text, one.is_generic) for one in asked)
    return Closing(questions, _lines(blocks, last, said, asked))


def _announced(last: Ending, said: Sequence[Sentence], speech: str | None) -> list[Sentence]:
    """Return the questions of a last section or list whose heading or lead-in announces them."""
    asked = [one for one in said if one.is_asking]
    if _is_self_answered(said, last.blocks):
        return []
    if last.heading and ANNOUNCING.search(last.heading.text):
        if FOR_OTHERS.search(last.heading.text) or not asked:
            return []
        others = sum(_length(one.text) for one in said if not one.is_question)
        return asked if others <= 2 * sum(_length(one.text) for one in asked) else []
    return _announced_list(last.blocks, said, speech)


def _is_self_answered(said: Sequence[Sentence], blocks: Sequence[Block]) -> bool:
    """Return whether the author answers a question as soon as it is asked.

    What follows a list of questions follows all of them.
    """
    return any(
        a.is_question
        and not b.is_question
        and is_answer(b.text)
        and (a.block == b.block or blocks[a.block].kind != "item")
        for a, b in pairwise(said)
    )


def _announced_list(
    blocks: Sequence[Block], said: Sequence[Sentence], speech: str | None
) -> list[Sentence]:
    """Return the questions of a list at the very end that its lead-in puts to readers."""
    last_item = max((n for n, block in enumerate(blocks) if block.kind == "item"), default=-1)
    if last_item < 0:
        return []
    after = [one for one in said if one.block > last_item]
    if sum(_length(one.text) for one in after if not one.is_question and not _is_coda(one)) > (
        LONGEST_CODA // 3
    ):
        return []
    first = last_item
    while first and blocks[first - 1].group == blocks[last_item].group:
        first -= 1
    items = [one for one in said if first <= one.block <= last_item]
    asked = [one for one in items if one.is_asking]
    lead = [one for one in said if one.block == first - 1]
    lead_text = " ".join(one.text for one in lead[-2:])
    if not asked or len(asked) * 10 < len(items) * 6 or FOR_OTHERS.search(lead_text):
        return []
    if all(_BOX.match(one.text) for one in asked):
        return []
    is_for_readers = (
        any(is_addressed(one.text, speech) for one in lead[-1:])
        or ANNOUNCING.search(lead_text)
        or INVITATION.search(lead_text)
    )
    if not is_for_readers and not any(one.is_addressed for one in asked):
        return []
    led = [one for one in lead[-1:] if one.is_asking]
    return led + asked + [one for one in after if one.is_asking]


def _last_run(last: Ending, said: Sequence[Sentence]) -> list[Sentence]:
    """Return the last run of questions, if nothing but a coda follows it."""
    end = next((n for n in range(len(said) - 1, -1, -1) if said[n].is_question), None)
    if end is None:
        return []
    while end >= 0 and said[end].is_question and said[end].is_barred:
        end -= 1
    if end < 0 or not said[end].is_question:
        return []
    if last.blocks[said[end].block].kind == "item" or not _may_end(last, said, end):
        return []
    run = [said[end]]
    for index in range(end - 1, -1, -1):
        one = said[index]
        if last.blocks[one.block].kind == "item" or _breaks(last, one, run[0]):
            break
        if one.is_question:
            run.insert(0, one)
        elif not (index and said[index - 1].is_addressed and INVITATION.search(one.text)):
            break
    return run


def _breaks(last: Ending, one: Sentence, following: Sentence) -> bool:
    """Return whether a run cannot reach back from `following` to `one`."""
    if one.is_question and one.is_barred:
        return True
    between = last.blocks[one.block + 1 : following.block]
    return any(block.kind in {"quote", "aside", "item"} for block in between)


def _may_end(last: Ending, said: Sequence[Sentence], end: int) -> bool:
    """Return whether what follows the question at `end` lets it be the essay's last."""
    asked, after = said[end], said[end + 1 :]
    following = [one for one in last.blocks[asked.block + 1 :] if one.kind != "picture"]
    if any(block.kind in {"quote", "item", "aside"} for block in following):
        return False
    run = _run_before(said, end)
    is_put = any(one.is_addressed or _is_announced(one) for one in run)
    before = [one for one in said[:end] if one.block == asked.block]
    if not is_put and _is_self_answered(before, last.blocks):
        return False
    if any(one.is_own for one in run) and (after or not asked.is_open):
        return False
    if not after:
        return is_put or len(run) > 1 or _length(asked.text) >= SHORTEST_OPEN
    goes_on = after[0].block == asked.block and not _turns_away(after[0])
    if len(following) >= WINDOW or is_answer(after[0].text) or (goes_on and not is_put):
        return False
    left = [one for one in after if not _is_coda(one)]
    if len(left) < len(after):
        most = LONGEST_CODA if is_put else LONGEST_CODA // 3
    else:
        # An author may add an answer of their own to "which", but "Do you? Then ..." asks nobody.
        is_open = any(one.is_generic or one.is_open for one in run)
        is_apart = after[0].block > asked.block
        most = LONGEST_CODA * (is_open + is_apart) // 2 if is_put else -1
    return sum(_length(one.text) for one in left) <= most


def _is_announced(one: Sentence) -> bool:
    """Return whether a question's own lead-in says that it is one: "So my question is: ...?"."""
    lead, colon, _ = one.text.partition(":")
    return bool(colon) and ANNOUNCING.search(lead) is not None


def _turns_away(one: Sentence) -> bool:
    """Return whether the statement after a question in its paragraph leaves it to others.

    Any other goes on from the question, and so answers it.
    """
    return bool(OPEN_CODA.match(one.text) or INVITATION.search(one.text[:SOON]))


def _is_coda(one: Sentence) -> bool:
    """Return whether a statement invites answers, takes leave, or leaves the question open."""
    return bool(INVITATION.search(one.text) or OPEN_CODA.match(one.text))


def _run_before(said: Sequence[Sentence], end: int) -> Sequence[Sentence]:
    """Return the question at `end` with those right before it."""
    first = end
    while first and said[first - 1].is_asking:
        first -= 1
    return said[first : end + 1]


def _length(text: str) -> int:
    """Return the number of words; two ideographs count as one."""
    wide = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))
    return len(text.split()) + wide // 2


def _lines(
    blocks: Sequence[Block], last: Ending, said: Sequence[Sentence], asked: Sequence[Sentence]
) -> tuple[int, int] | None:
    """Return the lines of the blocks that hold the questions, if they hold nothing else."""
    first, final = asked[0].block, asked[-1].block
    if any(one not in asked for one in said if first <= one.block <= final):
        return None
    held = last.blocks[first : final + 1]
    if any(block.kind not in {"paragraph", "item"} for block in held):
        return None
    start, end = held[0].start, held[-1].end
    before = [block for block in blocks if block.end <= start]
    after = [block for block in blocks if block.start >= end]
    is_set_off = bool(before) and before[-1].kind == "rule"
    if is_set_off and (not after or after[0].kind == "rule"):
        start = before[-1].start
    return start, end
