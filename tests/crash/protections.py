"""Switching a protection off, so that the proof is known to be able to fail."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import discord.http
import discord.utils

from bot import endpoint
from bot.blog import location
from bot.blog.blog import Blog
from bot.blog.files import watching
from bot.core.publishing.publication import Observed, Send, Start
from bot.discussion.answering import replies
from bot.discussion.collecting import capture, catch_up
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.deletion_checks import CheckResult, DeletionChecks
from bot.discussion.collecting.history import History
from bot.discussion.collecting.tracked_threads import TrackedThreads
from bot.discussion.publishing import publisher
from bot.discussion.publishing.steps import Steps, intended
from bot.store.file import database, owner, scrubbing
from bot.store.ledger import pending_answers
from bot.store.responses import answers, collected
from bot.store.store import Store, TooLateError

if TYPE_CHECKING:
    from collections.abc import Callable


def _nonce() -> None:
    """Send messages without the nonce that keeps discord.py's own retries from posting twice."""
    request = discord.http.HTTPClient.request

    async def requested(self: Any, route: Any, **kwargs: Any) -> Any:
        body = kwargs.get("json")
        if isinstance(body, dict):
            kwargs["json"] = {
                key: value for key, value in body.items() if key not in {"nonce", "enforce_nonce"}
            }
        return await request(self, route, **kwargs)

    replace(discord.http.HTTPClient, "request", requested)


def _marker() -> None:
    """Look for nothing that an earlier attempt may have left."""

    async def blind(*_args: Any, **_kwargs: Any) -> Observed:
        return Observed()

    replace(publisher, "observe", blind)


def _tombstone() -> None:
    """Delete responses without keeping their ids."""
    bury = collected.bury

    def forget(db: Any, source_ids: Any, now: Any, because: Any) -> None:
        bury(db, source_ids, now, because)
        ids = json.dumps(list(source_ids))
        db.execute(
            "delete from tombstones where source_id in (select value from json_each(?))", [ids]
        )

    replace(collected, "bury", forget)
    replace(answers, "bury", forget)


def _catch_up() -> None:
    """Take every thread for caught up."""

    async def pretend(reader: Any) -> int:
        tracked: TrackedThreads = reader.collector.tracked
        for thread_id in tracked.behind:
            tracked.close_gap(thread_id, tracked.gap_count)
        return 0

    replace(catch_up, "catch_up", pretend)


def _intent() -> None:
    """Write a message down only after Discord has confirmed it."""
    perform = Steps.perform

    async def performed(self: Any, step: Any, job: Any) -> Any:
        confirmed = await perform(self, step, job)
        late = intended(step, job, job.newest_known()) if isinstance(step, (Start, Send)) else []
        return [*late, *confirmed]

    replace(publisher, "intended", lambda _step, _job, _newest: [])
    replace(Steps, "perform", performed)


def _mark() -> None:
    """Let every event move the high-water mark, whether or not there is a gap before it."""

    def mark(self: Any, thread_id: int, message_id: int) -> None:
        marks = self.writer.marks
        marks[thread_id] = max(marks.get(thread_id, 0), message_id)
        self.writer.start()

    replace(Collector, "mark", mark)


def _existence() -> None:
    """Take messages for deleted because no page shows them, however many they are."""

    async def gone(self: Any, home: Any, place: Any, message_id: int) -> CheckResult:
        del self, home, place, message_id
        return CheckResult(exists=False)

    async def all_at_once(self: Any, guild: Any, place_id: int, missing: Any) -> list[int]:
        del self, guild, place_id
        return sorted(missing)

    replace(DeletionChecks, "message", gone)
    replace(DeletionChecks, "ids_to_check", all_at_once)


def _gap() -> None:
    """Take what is heard after a right was missing for all that there is."""

    replace(TrackedThreads, "expect_gaps", lambda *_args, **_kwargs: None)
    replace(TrackedThreads, "open_gap", lambda *_args: None)


def _bad_message() -> None:
    """Let a message that cannot be read cost the page, and the event."""

    def read(self: Any, place: Any, data: Any) -> Any:
        return endpoint.parsed(self._client, place, data)

    replace(History, "_read", read)


def _told_texts() -> None:
    """Let an edit that leaves no words say nothing."""
    replace(capture, "_receives_text", lambda _client, _message: False)


def _once() -> None:
    """Take an interaction each time that Discord tells of it."""
    replace(answers, "_is_news", lambda _db, _answer, _existing: True)


def _shown_anyway() -> None:
    """Let an answer go no further if its reader cannot be told."""
    replace(replies, "is_lost", lambda _error: False)
    replace(pending_answers, "add", lambda _db, _response_id: None)


def _in_doubt() -> None:
    """Forget what was sent without a confirmation, together with the answer that it shows."""
    bury = collected.bury

    def forget(db: Any, source_ids: Any, now: Any, because: Any) -> None:
        ids = json.dumps(list(source_ids))
        db.execute(
            "delete from messages where message_id is null and response_id in (select id from "
            "responses where source_id in (select value from json_each(?)))",
            [ids],
        )
        bury(db, source_ids, now, because)

    replace(answers, "bury", forget)


def _arrival() -> None:
    """Believe at once that a request without a confirmation has not arrived."""
    replace(publisher, "ARRIVAL_SECONDS", 0.0)


def _owner() -> None:
    """Share the database with whoever wants it."""
    replace(owner, "lock", lambda _descriptor: True)
    _fence()


def _fence() -> None:
    """Go on after being stopped as if nobody could have become the owner meanwhile."""
    replace(Store, "_require_token", lambda _self, _db: None)
    replace(Store, "_require_files", lambda _self: None)
    replace(owner.Ownership, "require", lambda _self: None)


def _certainty() -> None:
    """Tell a reader that nothing is kept while it still may be."""

    async def write_within(
        self: Any, seconds: float, function: Any, *args: Any, **kwargs: Any
    ) -> Any:
        writing = asyncio.ensure_future(self.write(function, *args, **kwargs))
        done, _ = await asyncio.wait({writing}, timeout=seconds)
        if not done:
            raise TooLateError
        return await writing

    replace(Store, "write_within", write_within)
    replace(database, "BUSY_SECONDS", 30.0)  # the write outlasts what its reader is told


def _scrub() -> None:
    """Delete rows, and leave their words where SQLite leaves them."""
    replace(scrubbing, "merge_text", lambda _db: None)
    replace(scrubbing, "cut_log", lambda _db: True)


def _path() -> None:
    """Watch a folder on the disk, wherever its path leads by now."""
    where: dict[Any, Any] = {}
    replace(watching, "locate", lambda folder: where.setdefault(folder, location.locate(folder)))

    async def looks_different(_self: Any) -> bool:
        return False

    replace(Blog, "looks_different", looks_different)


PROTECTIONS: dict[str, Callable[[], None]] = {
    "nonce": _nonce,
    "marker": _marker,
    "tombstone": _tombstone,
    "catch-up": _catch_up,
    "intent": _intent,
    "mark": _mark,
    "existence": _existence,
    "gap": _gap,
    "bad message": _bad_message,
    "told texts": _told_texts,
    "once": _once,
    "shown anyway": _shown_anyway,
    "in doubt": _in_doubt,
    "arrival": _arrival,
    "owner": _owner,
    "fence": _fence,
    "certainty": _certainty,
    "scrub": _scrub,
    "path": _path,
}


def replace(owner: object, name: str, by: object) -> None:
    """Put something else into the place of a function, in this process and for good."""
    setattr(owner, name, by)


def switch_off(name: str) -> None:
    """Switch a protection off in this process."""
    PROTECTIONS[name]()
