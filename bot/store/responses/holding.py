"""Which answers are kept and not shown yet: their prompt is sealed, or a moderator looks first."""

from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.custom_ids import RANDOM_BITS
from bot.core.response import Captured
from bot.core.review import FLOOD, NOT_ASKED, Standing, is_flood, reviewed_as
from bot.store.audit import OF_THE_BOT, record_act
from bot.store.ids import new_id
from bot.store.ledger.channels import get_guild
from bot.store.times import to_text

RECENT = (int(FLOOD.total_seconds() * 1000) * 2) << RANDOM_BITS
"""Ids of a flood lie no further apart, though our clock and Discord's may differ."""


class Before(NamedTuple):
    """An answer as it was before its reader handed it in again.

    Attributes:
        is_wanted: Whether its reader wanted it in the thread, and nobody took it out.
        stands: Whether it stood there.
    """

    text: str = ""
    is_wanted: bool = False
    stands: bool = False
    standing: Standing = NOT_ASKED


NOTHING = Before()

ANSWER = """
select responses.id, responses.guild_id, responses.sealed, sealed_until
from responses join prompts on prompts.id = prompt_id
where prompt_id = ? and reader_id = ? and source = 'answer'
"""


def hold(
    db: Database, answer: Captured, prompt_id: int, before: Before | None, *, shown: bool
) -> None:
    """Decide whether an answer that is being kept waits, and write that down with it.

    What was shown is never sealed again.

    Args:
        before: As it was; None if it is the reader's first to this prompt.
    """
    row = db.execute(ANSWER, [prompt_id, answer.reader_id]).fetchone()
    if row is None:
        return
    response_id, guild_id, was_sealed, until = row
    was = before or NOTHING
    is_early = until is not None and to_text(answer.created_at) < until
    is_sealed = bool(was_sealed) or (is_early and not was.stands)
    standing = reviewed_as(
        was.standing,
        is_changed=before is None or was.text != answer.text,
        was_shown=was.is_wanted,
        shown=shown,
        approval=get_guild(db, guild_id).approval,
        flood=not (is_sealed or was.is_wanted) and _is_flood(db, answer, guild_id, response_id),
    )
    if standing != was.standing:
        db.execute("update responses set reviewed_by = null where id = ?", [response_id])
        if standing.because == "flood":
            _record_flood(db, guild_id, answer.created_at)
    db.execute(
        "update responses set sealed = ?, review = ?, review_because = ? where id = ?",
        [int(is_sealed), *standing, response_id],
    )


RECENT_ANSWERS = """
from responses where guild_id = :guild and id > :after and created_at > :since
  and source = 'answer'
"""


def _window(guild_id: int, at: datetime) -> dict[str, object]:
    return {"guild": guild_id, "after": new_id() - RECENT, "since": to_text(at - FLOOD)}


def _is_flood(db: Database, answer: Captured, guild_id: int, response_id: int) -> bool:
    """Return whether an answer is one too many among those that go into threads at once."""
    others, own = db.execute(
        f"select count(*), coalesce(sum(reader_id = :reader), 0) {RECENT_ANSWERS} "
        "and shown = 1 and sealed = 0 and id <> :id",
        _window(guild_id, answer.created_at) | {"reader": answer.reader_id, "id": response_id},
    ).fetchone()
    return is_flood(others, own)


def _record_flood(db: Database, guild_id: int, at: datetime) -> None:
    """Write down that answers are held, in one entry for all that come in one flood."""
    goes_on = db.execute(
        f"select 1 {RECENT_ANSWERS} and review_because = 'flood'", _window(guild_id, at)
    ).fetchone()
    if goes_on:
        query = "select max(id) from audit where guild_id = ? and act = 'held answers'"
        [(entry,)] = db.execute(query, [guild_id]).fetchall()
        if entry is not None:
            db.execute("update audit set detail = detail + 1 where id = ?", [entry])
            return
    record_act(db, guild_id, OF_THE_BOT, "held answers", at, detail="1")
