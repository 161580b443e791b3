"""What moderators decide about connections: once, and what follows from it."""

from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.store.audit import record_act
from bot.store.dreams import journal, messages
from bot.store.dreams.journal import Decision, Found
from bot.store.dreams.messages import Role
from bot.store.times import to_text


def decide(
    db: Database, number: int, decision: Decision, by: int, now: datetime
) -> Literal["done", "gone"] | Found:
    """Record what a moderator decides about a connection, and intend the messages that ask.

    Returns:
        What came of it; the connection itself if somebody decided before.
    """
    found = journal.get(db, number)
    if found is None:
        return "gone"
    if found.decision is not None:
        return found
    threads: dict[Role, int] = {}
    if decision == "asked":
        sides: dict[Role, journal.Side] = {"a": found.a, "b": found.b}
        threads = {role: one.thread.id for role, one in sides.items() if one.thread}
        if not (found.stands and threads):
            return "gone"
    db.execute(
        "update connections set decision = ?, decided_at = ? where id = ?",
        [decision, to_text(now), number],
    )
    detail = ""
    if decision in {"never_a", "never_b"}:
        side = found.a if decision == "never_a" else found.b
        detail = side.slug
        db.execute(
            "insert or ignore into dreamless_essays (guild_id, essay_id, since) values (?, ?, ?)",
            [found.guild_id, side.essay_id, to_text(now)],
        )
    record_act(
        db, found.guild_id, by, journal.ACTS[decision], now, subject_id=number, detail=detail
    )
    for role, thread in threads.items():
        messages.intend(db, found.guild_id, role, now, connection_id=number, channel_id=thread)
    messages.touch(db, connection_id=number)
    return "done"
