"""What a manager has chosen on the page of `/setup` and not applied yet.

A draft is named by its id alone, which stands in the buttons of one private message: nothing says
whose it is. It outlives a restart of the bot.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import orjson
from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.times import to_text

KEPT = timedelta(days=1)
"""So long a draft is kept; Discord lets a private message be changed for fifteen minutes after each
press, and people come back to it.
"""


def open_draft(db: Database, guild_id: int, now: datetime) -> int:
    """Begin a draft without changes, and remove those that are over; return its id."""
    db.execute("delete from setup_drafts where saved_at < ?", [to_text(now - KEPT)])
    draft_id = new_id(now)
    db.execute(
        "insert into setup_drafts (id, guild_id, changes, saved_at) values (?, ?, '{}', ?)",
        [draft_id, guild_id, to_text(now)],
    )
    return draft_id


def get_draft(db: Database, draft_id: int, guild_id: int) -> dict[str, str] | None:
    """Return the changes of a draft in a guild; None if it is over, or another guild's."""
    row = db.execute(
        "select changes from setup_drafts where id = ? and guild_id = ?", [draft_id, guild_id]
    ).fetchone()
    return None if row is None else dict(orjson.loads(row[0]))


def change_draft(
    db: Database, draft_id: int, changes: Mapping[str, str | None], now: datetime
) -> None:
    """Add changes to those of a draft; one that is None is taken back."""
    row = db.execute("select changes from setup_drafts where id = ?", [draft_id]).fetchone()
    if row is not None:
        merged = orjson.loads(row[0]) | dict(changes)
        kept = {key: text for key, text in merged.items() if text is not None}
        _keep(db, draft_id, kept, now)


def clear_draft(db: Database, draft_id: int, now: datetime) -> None:
    """Take back all changes of a draft."""
    _keep(db, draft_id, {}, now)


def _keep(db: Database, draft_id: int, changes: Mapping[str, str], now: datetime) -> None:
    db.execute(
        "update setup_drafts set changes = ?, saved_at = ? where id = ?",
        [orjson.dumps(changes).decode(), to_text(now), draft_id],
    )
