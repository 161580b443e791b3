"""What moderators decide about answers that wait, and what becomes of it."""

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.publishing.publication import Done, Wait
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.reviewing.notice import ReviewNotices
from bot.store.responses import answers, review
from bot.store.responses.review import Crowd, Decided, Decision, Held
from bot.store.store import Store

log = logging.getLogger(__name__)

SHOW_SECONDS = 2.5
"""So long a moderator waits to hear that an answer is shown; it goes on behind that."""

WRITE_SECONDS = 8.0
"""A decision that the database takes longer for was not made, and its moderator hears so."""


class Page(NamedTuple):
    """An answer that waits, if any does, and how many do."""

    held: Held | None
    crowd: Crowd


class Outcome(NamedTuple):
    """What a decision led to.

    Attributes:
        shown: Whether the answer is in its thread now, or why not yet; None if it is not to be.
        is_sealed: Whether it waits for its day.
    """

    decided: Decided
    shown: Wait | Done | None = None
    is_sealed: bool = False


class Reviews:
    """Shows moderators what waits, and does what they decide."""

    def __init__(self, store: Store, publisher: Publisher, notices: ReviewNotices) -> None:
        self._store = store
        self._publisher = publisher
        self._showing: set[asyncio.Task[Wait | Done]] = set()
        self.notices = notices

    async def page(self, guild_id: int, after: int = 0) -> Page:
        """Return the answer that waits after another, and how many wait."""
        return await self._store.read(_page, guild_id, after)

    async def decide(
        self, guild_id: int, response_id: int, decision: Decision, moderator_id: int, seen: str
    ) -> Outcome:
        """Record a decision about an answer as it was seen, and show what was approved.

        Raises:
            sqlite3.Error: It is not recorded, and never will be.
        """
        decided = await self._store.write_within(
            WRITE_SECONDS,
            review.decide,
            guild_id,
            response_id,
            decision,
            moderator_id,
            datetime.now(UTC),
            seen=seen,
        )
        self.notices.changed(guild_id)
        if decided.outcome != "done" or decision != "approve":
            return Outcome(decided)
        answer = await self._store.read(answers.get_answer, response_id)
        if answer is None or not answer.is_shown:
            return Outcome(decided, is_sealed=answer is not None and bool(answer.sealed_until))
        return Outcome(decided, await self._show(decided.publication_id, response_id))

    async def approve_all(self, guild_id: int, moderator_id: int, until: datetime) -> int:
        """Approve what waited at a time; return how many answers that are.

        They are shown by the next round.

        Raises:
            sqlite3.Error: Nothing is recorded, and never will be.
        """
        found = await self._store.write_within(
            WRITE_SECONDS, review.approve_all, guild_id, moderator_id, until, datetime.now(UTC)
        )
        self.notices.changed(guild_id)
        return len(found)

    async def _show(self, publication_id: int, response_id: int) -> Wait | Done:
        showing = asyncio.ensure_future(self._show_at_last(publication_id, response_id))
        self._showing.add(showing)
        showing.add_done_callback(self._showing.discard)
        done, _ = await asyncio.wait({showing}, timeout=SHOW_SECONDS)
        return showing.result() if done else Wait("Discord has yet to answer.")

    async def _show_at_last(self, publication_id: int, response_id: int) -> Wait | Done:
        """Show an answer; what fails now is done by the schedule."""
        try:
            return await self._publisher.show_answer(publication_id, response_id)
        except sqlite3.Error as error:
            log.error("Answer %s is shown later: %s", response_id, error)
            return Wait(str(error))


def _page(db: Database, guild_id: int, after: int) -> Page:
    return Page(review.next_held(db, guild_id, after), review.crowd(db, guild_id))
