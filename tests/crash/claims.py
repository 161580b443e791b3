"""What a reader was told, read as a claim about what is stored."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.core.phrases import phrases

if TYPE_CHECKING:
    from bot.sandbox import Answer

SAY = phrases("en")


class Claim(Enum):
    """What an act came to, as its reader was told."""

    DONE = auto()
    NOT_DONE = auto()
    UNKNOWN = auto()


def _starts(*sentences: str) -> tuple[str, ...]:
    return tuple(each.partition("{")[0] for each in sentences)


DONE = _starts(
    SAY.kept_and_shown,
    SAY.kept_privately,
    SAY.not_shown,
    SAY.shown_later,
    SAY.kept_waits,
    SAY.kept_waits_again,
    SAY.kept_flood,
    SAY.kept_declined,
    SAY.kept_sealed,
    SAY.kept_sealed_waits,
    SAY.withdrawn,
    SAY.withdrawn_soon,
    SAY.privacy_forgotten,
    SAY.privacy_done,
)
NOT_DONE = _starts(
    SAY.handed_back,
    SAY.kept_newer,
    SAY.gone,
    SAY.no_thread_yet,
    SAY.not_withdrawn,
    SAY.not_deleted,
)
"""How the sentences begin; those that say "not yet" claim nothing."""


def claim_of(answer: Answer | None) -> Claim:
    """Return what a reader was told last about a submit, a withdrawal or *delete mine*."""
    said = words_of(answer)
    if said.startswith(DONE):
        return Claim.DONE
    return Claim.NOT_DONE if said.startswith(NOT_DONE) else Claim.UNKNOWN


def words_of(answer: Answer | None) -> str:
    """Return the last message that an act was answered with; nothing if there was none."""
    if answer is None or answer.failed:
        return ""
    every = [answer.message, *answer.followups]
    said = [each for each in every if each is not None and not each.deleted]
    return said[-1].content if said else ""


def is_apology(answer: Answer) -> bool:
    """Return whether a reader was told of a fault of ours."""
    return words_of(answer).startswith(SAY.apology)
