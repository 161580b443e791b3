"""Taking in the rows of another database: what is known stays as it is, what was deleted stays so.

The rows come table by table in the order of `bot.store.desk.tables`, in one transaction; whoever
calls rolls it back where something is refused.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.store.desk.tables import Column, moves
from bot.store.file.scrubbing import owe_scrub
from bot.store.ledger.publications import unsettle
from bot.store.responses.choices import apply_refusals
from bot.store.responses.collected import bury
from bot.store.responses.refusals import KEY, cleaned, exist, is_key, refuses
from bot.store.times import to_text

Row = dict[str, Any]

SAME = {
    "posts": ("essay_id",),
    "questions": ("post_id",),
    "channels": ("guild_id",),
    "holds": ("channel_id",),
    "publications": ("channel_id", "essay_id"),
    "prompts": ("publication_id",),
    "threads": ("guild_id", "publication_id"),
    "responses": ("source_id", "thread_id", "reader_id"),
}
"""What a row that is known by its id has to say here, too: it is another thing otherwise."""

OF_A_RESPONSE = frozenset({"consents", "highlights", "quote_requests", "reactions"})
"""Tables whose rows are left out with their response."""

OF_RESPONSES = ("a_response_id", "b_response_id", "through_response_id")
"""A connection is left out with any of these."""

KNOWN_OTHERWISE = {
    "connections": "select 1 from connections where guild_id = :guild_id and pair = :pair "
    "and id <> :id",
    "second_questions": "select 1 from second_questions where publication_id = :publication_id "
    "and id <> :id",
    "dream_messages": "select 1 where :second_question_id is not null "
    "and :second_question_id not in (select id from second_questions)",
}
"""What was dreamt or asked again here by itself stays as it is here."""

FILLED_IN = {
    "publications": "thread_id",
    "messages": "message_id",
    "dream_messages": "message_id",
}
"""A row without this is known only as intended: what became of it comes from the file."""

NUMBERED_HERE = {
    "consents": "select 1 from consents where response_id = :response_id and (given_at > :given_at "
    "or (given_at = :given_at and granted = :granted and named = :named))",
    "pending_answers": "select 1 from pending_answers where response_id = :response_id",
    "gaps": "select 1 from gaps where thread_id = :thread_id "
    "and (began_at = :began_at or (ended_at is null and :ended_at is null))",
    "digests": "select 1 from digests where guild_id = :guild_id and intended_at = :intended_at",
    "choices": "select 1 from choices where guild_id = :guild_id and reader_id = :reader_id "
    "and purpose = :purpose and chosen_at = :chosen_at",
}
"""Tables whose ids are counted in each database anew, and by what a row of them is known.

They keep their ids where the table was empty, and get new ones elsewhere.
"""

ERASED = """
select 1 from erased_choices where guild_id = :guild_id and purpose = :purpose
  and chosen_at = :chosen_at
"""

ERASE_CHOICES = """
delete from choices
where (guild_id, purpose, chosen_at) in (select guild_id, purpose, chosen_at from erased_choices)
"""
"""What somebody took back there."""

REFUSED_AGAIN = """
update refusals set ended_at = null, wording = :wording, version = :version,
  refused_at = :refused_at
where digest = :digest and :ended_at is null and date(ended_at) <= date(:refused_at)
"""
"""A refusal that the file has and that ended here, unless that was on a later day."""

CLASHES = {
    "essays": "select id from essays where key = :key and id <> :id",
    "posts": "select id from posts where lang = :lang and slug = :slug and id <> :id "
    "and removed_at is null and :removed_at is null",
}
"""What else has the name of a row: two databases that read one blog apart, unless both know it."""


class ConflictError(AfterwordError):
    """A row cannot stand beside what is kept here.

    Attributes:
        advice: What to do; the text itself goes on after the number of a line.
    """

    def __init__(self, why: str, advice: str = "take the file into a new database") -> None:
        super().__init__(why)
        self.advice = advice


@dataclass(slots=True)
class Taken:
    """What came of the rows.

    Attributes:
        new: How many are new here.
        known: How many were known and stay as they are.
        left_out: How many responses stay away because they were deleted.
        buried: How many responses were deleted here because they were deleted there.
        refused: How many responses stay away, or were deleted here, because their reader refused.
    """

    new: int = 0
    known: int = 0
    left_out: int = 0
    buried: int = 0
    refused: int = 0


@dataclass(slots=True)
class Importer:
    """Takes in one row after another.

    Args:
        columns: Of each table.
    """

    db: Database
    columns: Mapping[str, tuple[Column, ...]]
    now: datetime
    taken: Taken = field(default_factory=Taken)
    _table: str = ""
    _was_empty: bool = False
    _ids: set[int] = field(default_factory=set)
    _new: list[int] = field(default_factory=list)
    _clashes: list[tuple[int, str]] = field(default_factory=list)
    _names: dict[int, int] = field(default_factory=dict)
    _left_out: set[int] = field(default_factory=set)
    _fresh: set[int] = field(default_factory=set)
    _readers: list[int] = field(default_factory=list)
    _guilds: set[int] = field(default_factory=set)

    def take(self, table: str, row: Row) -> None:
        """Take in a row.

        Raises:
            ConflictError: It cannot stand beside what is kept here, or refers to nothing.
        """
        if table != self._table:
            self._turn_to(table)
        try:
            prepared = self._prepared(table, row)
            if prepared is not None:
                self._place(table, prepared)
        except sqlite3.IntegrityError as error:
            raise _conflict(error) from error

    def finish(self) -> Taken:
        """Do what takes all rows; return what came of them.

        Raises:
            ConflictError: A name clashes.
        """
        self._turn_to("")
        self.db.conn.executemany(
            "delete from readers where id = ? "
            "and not exists (select 1 from responses where reader_id = readers.id)",
            [(reader,) for reader in self._readers],
        )
        return self.taken

    def _turn_to(self, table: str) -> None:
        after: dict[str, Callable[[], None]] = {
            "refusals": self._apply_refusals,
            "essays": self._refuse_clashes,
            "posts": self._refuse_clashes,
            "channels": self._close_channels,
            "tombstones": self._bury,
            "guilds": self._note_guilds,
            "readers": self._note_readers,
            "erased_choices": self._erase_choices,
            "responses": self._note_responses,
        }
        after.get(self._table, lambda: None)()
        self._table = table
        self._ids, self._new, self._clashes = set(), [], []
        if table in NUMBERED_HERE:
            found = self.db.execute(f"select 1 from {table} limit 1").fetchone()  # noqa: S608  # our own name
            self._was_empty = found is None

    def _prepared(self, table: str, row: Row) -> Row | None:
        """Return a row as it is to stand here; None if it is left out."""
        response = row.get("response_id")
        if table == "notes" and not moves(row["key"]):
            raise ConflictError("belongs to one running bot, and does not move")
        if table == "notes" and row["key"].startswith(KEY) and not is_key(row["key"], row["value"]):
            raise ConflictError("is no key of refusals", "export again")
        if table in {"choices", "nicknames", "author_visits"} and self._is_gone(table, row):
            return None
        if table == "responses" or table in KNOWN_OTHERWISE:
            return self._wanted(row) if table == "responses" else self._dreamt(table, row)
        if table in OF_A_RESPONSE and response in self._left_out:
            return None
        if response in self._left_out and table == "messages":
            unsettle(self.db, row["publication_id"])
            return row | {"response_id": None}
        if response in self._names:
            return row | {"response_id": self._names[response]}
        return row

    def _wanted(self, row: Row) -> Row | None:
        """Return a response, unless it was deleted or is refused, or is known by another id."""
        source = [row["source_id"]]
        deleted = self.db.execute("select 1 from tombstones where source_id = ?", source).fetchone()
        if deleted or self._is_refused(row):
            self._left_out.add(row["id"])
            if deleted:
                self.taken.left_out += 1
            else:
                self.taken.refused += 1
            return None
        known = self.db.execute("select id from responses where source_id = ?", source).fetchone()
        if known is not None and known[0] != row["id"]:
            self._names[row["id"]] = known[0]
            self.taken.known += 1
            return None
        return row | {"text": cleaned(self.db, row["guild_id"], row["text"])}

    def _dreamt(self, table: str, row: Row) -> Row | None:
        """Return a row about a dream, unless a response of it is left out or it is known here."""
        responses = {name: row[name] for name in OF_RESPONSES if name in row}
        if self._left_out.intersection(responses.values()):
            return None
        if self.db.execute(KNOWN_OTHERWISE[table], row).fetchone():
            self.taken.known += 1
            return None
        return row | {name: self._names.get(one, one) for name, one in responses.items()}

    def _is_gone(self, table: str, row: Row) -> bool:
        """Return whether a choice, a name or a visit stays away."""
        if table == "author_visits":  # of a guild that is known here, they may have been deleted
            return row["guild_id"] not in self._guilds
        is_erased = table == "choices" and self.db.execute(ERASED, row).fetchone()
        return bool(is_erased) or self._is_refused(row)

    def _is_refused(self, row: Row) -> bool:
        return refuses(self.db, row["guild_id"], row["reader_id"])

    def _place(self, table: str, row: Row) -> None:
        if table in NUMBERED_HERE:
            self._number(table, row)
            return
        keys = [one.name for one in self.columns[table] if one.is_key]
        where = " and ".join(f"{key} = :{key}" for key in keys)
        known = next(self.db.query(f"select * from {table} where {where}", row), None)  # noqa: S608  # our own names
        self._ids.add(row[keys[0]])
        if known is None:
            self._insert(table, row)
            self._new.append(row[keys[0]])
            if table in CLASHES:
                name = str(row.get("slug", row["key"]))
                found = self.db.execute(CLASHES[table], row).fetchall()
                self._clashes += [(other, name) for (other,) in found]
            return
        if any(known[name] != row[name] for name in SAME.get(table, ())):
            raise ConflictError("says something else of what is known here by the same id")
        filled = FILLED_IN.get(table)
        if filled and known[filled] is None and row[filled] is not None:
            values = ", ".join(f"{name} = :{name}" for name in row if name not in keys)
            self.db.execute(f"update {table} set {values} where {where}", row)  # noqa: S608  # the same
        elif table == "tombstones" and known["because"] == "concluded":
            query = "update tombstones set because = :because where source_id = :source_id"
            self.db.execute(query, row)
        elif table == "refusals":
            self.db.execute(REFUSED_AGAIN, row)
        self.taken.known += 1

    def _number(self, table: str, row: Row) -> None:
        """Take in a row of a table that counts its own ids."""
        if not self._was_empty:
            is_fresh = table == "consents" and row["response_id"] in self._fresh
            if not is_fresh and self.db.execute(NUMBERED_HERE[table], row).fetchone():
                self.taken.known += 1
                return
            row = row | {"id": None}
        self._insert(table, row)

    def _insert(self, table: str, row: Row) -> None:
        values = ", ".join(f":{name}" for name in row)
        self.db.execute(f"insert into {table} ({', '.join(row)}) values ({values})", row)  # noqa: S608  # our own names
        self.taken.new += 1

    def _apply_refusals(self) -> None:
        """Delete here what is refused there."""
        if exist(self.db):
            touched = apply_refusals(self.db, self.now)
            self.taken.refused += len(touched)
            for publication in set(touched):
                unsettle(self.db, publication)

    def _refuse_clashes(self) -> None:
        """Refuse two rows for one essay: they would be two discussions of it."""
        for other, name in self._clashes:
            if other not in self._ids:
                raise ConflictError(
                    f"comes after the essay {name[:100]}, which this database has found by itself "
                    "and knows under another id"
                )

    def _close_channels(self) -> None:
        """Leave each guild the channel that moderators chose here."""
        self.db.conn.executemany(
            "update channels set closed_at = ? where id = ? and closed_at is null and exists ("
            "select 1 from channels as other where other.guild_id = channels.guild_id "
            "and other.closed_at is null and other.id not in (select value from json_each(?)))",
            [(to_text(self.now), channel, str(self._new)) for channel in self._new],
        )

    def _bury(self) -> None:
        """Delete here what was deleted there; its replies still find their question."""
        self.db.execute(
            "update tombstones set parent_id = coalesce(tombstones.parent_id, kept.parent_id), "
            "prompt_id = coalesce(tombstones.prompt_id, kept.prompt_id) "
            "from responses as kept where kept.source_id = tombstones.source_id"
        )
        rows = self.db.execute(
            "select source_id, publication_id, because from responses "
            "join tombstones using (source_id)"
        ).fetchall()
        for because in ("event", "reader", "concluded"):
            bury(self.db, [row[0] for row in rows if row[2] == because], self.now, because)
        for publication in {row[1] for row in rows}:
            unsettle(self.db, publication)
        self.taken.buried = len(rows)

    def _erase_choices(self) -> None:
        if self.db.execute(ERASE_CHOICES).rowcount:
            owe_scrub(self.db, self.now)

    def _note_guilds(self) -> None:
        self._guilds = set(self._new)

    def _note_readers(self) -> None:
        self._readers = self._new

    def _note_responses(self) -> None:
        self._fresh = set(self._new)


def _conflict(error: sqlite3.IntegrityError) -> ConflictError:
    """Return what is wrong with a row."""
    text = str(error)
    if text.startswith("UNIQUE"):
        return ConflictError("is something that is known here under another id")
    again = "export again with `afterword export --all`"
    if text.startswith("FOREIGN KEY"):
        return ConflictError("refers to a row that is neither before it nor here", again)
    return ConflictError("holds a value that its table does not take", again)
