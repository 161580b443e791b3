"""Drafts: answers that were handed in and could not be kept, until their reader tries again.

One is removed when its reader's answer is kept or withdrawn, with all that is kept of them, and by
age. Of a reader who refused that anything is kept there is none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.response import Captured
from bot.store.file.scrubbing import owe_scrub
from bot.store.responses import refusals
from bot.store.responses.readers import sound
from bot.store.responses.refusals import RefusedError
from bot.store.times import from_text, to_text

AGE = timedelta(days=14)
"""So long a draft waits for its reader."""


class Draft(NamedTuple):
    """What a reader finds in the form, and since when it waits for them."""

    text: str
    saved_at: datetime


WANTED = """
select exists (select 1 from prompts where id = :prompt)
  and not exists (select 1 from tombstones where source_id = :source)
  and not exists (select 1 from responses where source_id = :source)
  and not exists (
    select 1 from responses where prompt_id = :prompt and reader_id = :reader
    and source = 'answer' and coalesce(edited_at, created_at) >= :at
  )
"""
"""Whether an answer was neither taken, nor withdrawn, nor followed by another."""


def save(db: Database, answer: Captured, prompt_id: int) -> bool:
    """Keep an answer as its reader's draft; return whether there is a reason to.

    Args:
        answer: Its source is the interaction.
    """
    at = to_text(answer.created_at)
    values = {
        "prompt": prompt_id,
        "source": answer.source_id,
        "reader": answer.reader_id,
        "at": at,
    }
    if not db.execute(WANTED, values).fetchone()[0]:
        return False
    try:
        text = refusals.accepted(db, answer).text
    except RefusedError:
        return False
    of_before: list[int | str] = [answer.reader_id, prompt_id, at]
    _delete(db, "reader_id = ? and prompt_id = ? and saved_at <= ?", of_before, answer.created_at)
    db.execute(
        "insert or ignore into drafts (reader_id, prompt_id, text, saved_at) values (?, ?, ?, ?)",
        [answer.reader_id, prompt_id, sound(text), at],
    )
    return True


def get_draft(db: Database, prompt_id: int, reader_id: int) -> Draft | None:
    """Return a reader's draft for a prompt."""
    row = db.execute(
        "select text, saved_at from drafts where reader_id = ? and prompt_id = ?",
        [reader_id, prompt_id],
    ).fetchone()
    return Draft(row[0], from_text(row[1])) if row else None


def drop(db: Database, prompt_id: int, reader_id: int, now: datetime) -> None:
    """Remove a reader's draft for a prompt."""
    _delete(db, "reader_id = ? and prompt_id = ?", [reader_id, prompt_id], now)


def expire(db: Database, now: datetime) -> None:
    """Remove the drafts whose readers did not come back."""
    _delete(db, "saved_at < ?", [to_text(now - AGE)], now)


def _delete(db: Database, where: str, values: Sequence[int | str], now: datetime) -> None:
    if db.execute(f"delete from drafts where {where}", values).rowcount:  # noqa: S608  # our own
        owe_scrub(db, now)
