"""Switching a protection off, so that the proof is known to be able to fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import discord.http
import discord.utils

from bot.core import custom_ids
from bot.core.publication import Observed
from bot.discussion import catch_up, publish
from bot.discussion.collect import Collector
from bot.discussion.steps import Steps
from bot.store import answers, responses

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

    replace(publish, "observe", blind)


def _tombstone() -> None:
    """Delete responses without keeping their ids."""
    bury = responses.bury

    def forget(db: Any, source_ids: Any, now: Any, because: Any) -> None:
        bury(db, source_ids, now, because)
        ids = json.dumps(list(source_ids))
        db.execute(
            "delete from tombstones where source_id in (select value from json_each(?))", [ids]
        )

    replace(responses, "bury", forget)
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


PROTECTIONS: dict[str, Callable[[], None]] = {
    "nonce": _nonce,
    "marker": _marker,
    "tombstone": _tombstone,
    "catch-up": _catch_up,
    "intent": _intent,
    "mark": _mark,
}


def replace(owner: object, name: str, by: object) -> None:
    """Put something else into the place of a function, in this process and for good."""
    setattr(owner, name, by)


def switch_off(name: str) -> None:
    """Switch a protection off in this process."""
    PROTECTIONS[name]()
