"""Answers that wait for a moderator before they are shown: which do, and why."""

from datetime import timedelta
from typing import Literal, NamedTuple

Review = Literal["waiting", "approved", "declined"]
"""How an answer stands with the moderators; one that need not be looked at has none."""

Because = Literal["approval", "flood"]
"""Why it waits: every answer is looked at here, or many came within a minute."""

FLOOD = timedelta(seconds=60)
MOST_ANSWERS = 10
MOST_OF_READER = 3
"""Answers that are shown in a server within `FLOOD`, of all readers and of one; more are held."""


class Standing(NamedTuple):
    """How an answer stands with the moderators.

    Attributes:
        because: Why it waits, or waited.
    """

    review: Review | None = None
    because: Because | None = None


NOT_ASKED = Standing()
"""No moderator has to look at it."""


def is_flood(others: int, own: int) -> bool:
    """Return whether one more answer is too many.

    Args:
        others: Answers to be shown that came to the server within `FLOOD` before it.
        own: Those of them that its reader wrote.
    """
    return others >= MOST_ANSWERS or own >= MOST_OF_READER


def reviewed_as(
    before: Standing,
    *,
    is_changed: bool,
    was_shown: bool,
    shown: bool,
    approval: bool,
    flood: bool,
) -> Standing:
    """Return how an answer stands that was handed in, for the first time or again.

    What a moderator declined waits again once its text is another. What waits goes on waiting,
    though its server no longer asks for approval. What its reader does not want in the thread
    waits for nobody.

    Args:
        before: How it stood.
        is_changed: Whether its text is another than the one that was kept, or none was.
        was_shown: Whether its reader wanted it in the thread before.
        shown: Whether they do now.
        approval: Whether every answer in the server is looked at.
        flood: Whether it is one too many.
    """
    if before.review == "declined":
        return Standing("waiting", "approval") if is_changed and shown else before
    if before.review == "approved" and not is_changed:
        return before
    if not shown:
        return NOT_ASKED
    if before.review == "waiting" or (was_shown and not is_changed):
        return before
    if approval:
        return Standing("waiting", "approval")
    return Standing("waiting", "flood") if flood else NOT_ASKED
