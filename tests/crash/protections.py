"""Switching a protection off, so that the proof is known to be able to fail."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import discord.http
import discord.utils

from bot import endpoint
from bot.blog import location, watching
from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.publication import Observed
from bot.discussion.answering import replies
from bot.discussion.collecting import capture, catch_up
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.existence import Existence, Found, Verdict
from bot.discussion.collecting.history import History
from bot.discussion.collecting.second_look import Suspicion
from bot.discussion.publishing import publisher
from bot.discussion.publishing.steps import Steps
from bot.store.file import database, owner, scrubbing
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

    async def pretend(reading: Any) -> int:
        collector: Collector = reading.collector
        for thread_id in collector.behind:
            collector.caught_up(thread_id, collector.silence)
        return 0

    replace(catch_up, "catch_up", pretend)


def _intent() -> None:
    """Write a message down only after Discord has confirmed it."""
    attempt, record = Steps._attempt, Steps._record

    async def later(_self: Any, job: Any, message: Any) -> str:
        return custom_ids.nonce(job.publication.id, message.kind, message.position)

    async def recorded(self: Any, job: Any, found: Any) -> None:
        for key in found:
            await attempt(self, job, job.message(key))
        await record(self, job, found)

    replace(Steps, "_attempt", later)
    replace(Steps, "_record", recorded)


def _mark() -> None:
    """Let every event move the high-water mark, whether or not there is a gap before it."""

    def mark(self: Any, thread_id: int, message_id: int) -> None:
        self._marks[thread_id] = max(self._marks.get(thread_id, 0), message_id)
        self._start()

    replace(Collector, "mark", mark)


def _existence() -> None:
    """Take messages for deleted because no page shows them, however many they are."""

    async def gone(self: Any, home: Any, place: Any, message_id: int) -> Found:
        del self, home, place, message_id
        return Found(Verdict.GONE)

    async def all_at_once(self: Any, guild: Any, place_id: int, missing: Any) -> list[int]:
        del self, guild, place_id
        return sorted(missing)

    replace(Existence, "message", gone)
    replace(Suspicion, "may_ask", all_at_once)


def _gap() -> None:
    """Take what is heard after a right was missing for all that there is."""

    def expect(self: Any, guild_id: int | None = None, *, is_told_anew: bool = False) -> None:
        del self, guild_id, is_told_anew

    replace(Collector, "expect_gaps", expect)

    def cannot_read(self: Any, thread_id: int, lacking: Any, began: Any) -> None:
        del self, thread_id, lacking, began

    replace(Collector, "cannot_read", cannot_read)


def _bad_message() -> None:
    """Let a message that cannot be read cost the page, and the event."""

    def read(self: Any, place: Any, data: Any) -> Any:
        return endpoint.parsed(self._client, place, data)

    replace(History, "_read", read)


def _told_texts() -> None:
    """Let an edit that leaves no words say nothing."""
    replace(capture, "_is_told_texts", lambda _client, _message: False)


def _once() -> None:
    """Take an interaction each time that Discord tells of it."""
    replace(answers, "_is_news", lambda _db, _answer, _existing: True)


def _shown_anyway() -> None:
    """Let an answer go no further if its reader cannot be told."""
    replace(replies, "is_lost", lambda _error: False)
    replace(answers, "_unsettle_its_publication", lambda _db, _response_id: None)


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
