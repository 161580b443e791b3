"""What of a database moves to another one: every table, in an order in which rows can be written.

Left out is what belongs to one process or can be read again:

- ``readings``: what was read of the blog's files, which stay where they are;
- ``absences``: what one bot did not see when it looked, before it looks a second time;
- ``drafts``: answers that could not be kept, which their writers alone may send again;
- ``setup_drafts``: what was chosen and not applied yet, in messages that only live for a day;
- ``indexed_posts``, ``passages`` and ``post_links``, which are made again of the blog's files;
- the full-text indexes, which are made again of the words;
- of ``notes``: who owns the file, its sign of life, what is still to be overwritten in it, and what
  Discord was told about commands;
- readers of whom no response is kept, and names in servers where none is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from bot.store.file.scrubbing import OWED
from bot.store.key_values import ALIVE, COMMANDS, OWNER

TABLES = (
    "notes", "refusals",
    "guilds", "essays", "posts", "questions", "channels", "shelf", "holds", "held_essays",
    "publications", "prompts", "prompt_questions", "threads", "tombstones", "readers", "nicknames",
    "responses", "consents", "highlights", "messages", "pending_answers", "gaps", "notices",
    "forms_opened", "author_visits", "digests",
    "erased_choices", "choices", "quote_requests", "review_notices",
    "follow_roles", "thread_requests", "request_notices", "reactions",
    "erasures", "decisions", "audit",
    "dream_nights", "dreamt_pairs", "connections", "dreamless_essays", "second_questions",
    "dream_messages",
)  # fmt: skip
"""A row refers only to rows of tables before its own; tombstones come before what they bury,
erased choices before the others, and refusals, with the keys in the notes, before everything that
may not come in.
"""

LEFT_OUT = frozenset(
    {"readings", "absences", "drafts", "setup_drafts", "indexed_posts", "passages", "post_links"}
)

KEYS_LEFT_OUT = frozenset({OWNER, ALIVE, OWED})
"""Of `notes`; so are all that begin with `COMMANDS`."""

NUMBERS = frozenset(
    {"position", "generic", "pending", "is_ours", "locked", "message_count", "total_sent", "shown",
     "granted", "named", "count", "sealed", "retention_days", "approval", "requests", "quiet_from",
     "quiet_until", "sealed_days", "dreams", "begun", "a_position", "b_position",
     "through_position", "stale"}
)  # fmt: skip
"""Integers that are no ids: JSON has them as numbers, and ids as strings."""

ONLY = {
    "readers": "exists (select 1 from responses where reader_id = readers.id)",
    "nicknames": "exists (select 1 from responses where responses.reader_id = nicknames.reader_id "
    "and responses.guild_id = nicknames.guild_id)",
    "notes": f"key not in ({', '.join(repr(key) for key in sorted(KEYS_LEFT_OUT))}) "
    f"and substr(key, 1, {len(COMMANDS)}) <> '{COMMANDS}'",
}
"""Which rows of a table move; all of the others."""


def moves(key: str) -> bool:
    """Return whether a key value moves."""
    return key not in KEYS_LEFT_OUT and not key.startswith(COMMANDS)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that moves.

    Attributes:
        is_key: Whether it is part of the primary key.
    """

    name: str
    kind: Literal["id", "number", "real", "text"]
    is_required: bool
    is_key: bool


def columns_of(db: Database, table: str) -> tuple[Column, ...]:
    """Return the columns of a table, in their order."""
    rows = db.execute(
        'select name, type, "notnull" or pk > 0, pk > 0 from pragma_table_info(?)', [table]
    )
    return tuple(
        Column(name, _kind(table, name, declared), bool(is_required), bool(is_key))
        for name, declared, is_required, is_key in rows.fetchall()
    )


def _kind(table: str, name: str, declared: str) -> Literal["id", "number", "real", "text"]:
    if declared == "REAL":
        return "real"
    if declared == "TEXT":
        return "text"
    is_id = name not in NUMBERS or (table, name) == ("messages", "position")  # an answer's id
    return "id" if is_id else "number"


def count_rows(db: Database) -> int:
    """Return how many rows move."""
    counts = (
        db.execute(f"select count(*) from {table} where {ONLY.get(table, 'true')}").fetchone()[0]  # noqa: S608  # our own names
        for table in TABLES
    )
    return sum(counts)


def rows_of(db: Database, table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that move, by primary key, with ids as text."""
    columns = columns_of(db, table)
    values = ", ".join(
        f"cast({one.name} as text)" if one.kind == "id" else one.name for one in columns
    )
    order = ", ".join(f"{table}.{one.name}" for one in columns if one.is_key)
    names = [one.name for one in columns]
    query = f"select {values} from {table} where {ONLY.get(table, 'true')} order by {order}"  # noqa: S608  # the same
    for row in db.execute(query):
        yield dict(zip(names, row, strict=True))
