"""What was deleted, as far as files that were exported before must lose it, and the purge."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.store.file.persons import PLACES
from bot.store.ledger.publications import unsettle
from bot.store.responses.collected import bury
from bot.store.times import to_text

LARGEST = 2**63 - 1
"""What SQLite's INTEGER holds."""

BATCH = 200
"""Responses that are deleted in one transaction."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A response that was deleted, by its bare id.

    Attributes:
        because: Why, as `bot.core.response.Why` says.
    """

    post: str
    lang: str
    response: int
    erased_at: str
    because: str


WANTED = "(:post is null or :post in (posts.slug, posts.lang || ':' || posts.slug))"

ERASURES = f"""
select posts.slug, posts.lang, response_id, erased_at, because from erasures
join publications on publications.id = publication_id join posts on posts.id = post_id
where {WANTED} order by posts.slug, posts.lang, response_id
"""  # noqa: S608  # no value in it, here and below

KEPT = f"""
from responses join publications on publications.id = responses.publication_id
join posts on posts.id = post_id
where {WANTED} and (:before is null or responses.created_at < :before)
"""


def erasures(db: Database, post: str | None = None) -> list[Erasure]:
    """Return what was deleted, of all essays or of one."""
    return [Erasure(*row) for row in db.execute(ERASURES, {"post": post})]


def is_known(db: Database, post: str) -> bool:
    """Return whether there is or was such an essay."""
    query = f"select 1 from posts where {WANTED} limit 1"  # noqa: S608
    return db.execute(query, {"post": post}).fetchone() is not None


def count_kept(db: Database, post: str | None, before: datetime | None) -> int:
    """Return how many responses a purge would delete."""
    (count,) = db.execute(f"select count(*) {KEPT}", _values(post, before)).fetchone()
    return int(count)


def purge(db: Database, post: str | None, before: datetime | None, now: datetime) -> int:
    """Delete some responses of an essay, from before a time, or both; return how many.

    The bot takes answers that were shown out of their threads when it runs next.
    """
    rows = db.execute(
        f"select responses.source_id, responses.publication_id {KEPT} limit {BATCH}",
        _values(post, before),
    ).fetchall()
    bury(db, [row[0] for row in rows], now, "purge")
    for publication_id in {row[1] for row in rows}:
        unsettle(db, publication_id)
    return len(rows)


def _values(post: str | None, before: datetime | None) -> dict[str, str | None]:
    return {"post": post, "before": None if before is None else to_text(before)}


class Known:
    """What the database says today of a row that was exported earlier."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._erased = {row[0] for row in db.execute("select response_id from erasures")}

    def is_erased(self, response_id: int) -> bool:
        """Return whether a response was deleted since."""
        return response_id in self._erased

    def is_known(self, response_id: int) -> bool:
        """Return whether a response is of this database, or was."""
        return self.is_erased(response_id) or self.text(response_id) is not None

    def is_from_here(self, publications: Collection[str]) -> bool:
        """Return whether any of some publications, by ids as text, is one of this database."""
        rows = self._db.execute("select cast(id as text) from publications").fetchall()
        return any(row[0] in publications for row in rows)

    def text(self, response_id: int) -> str | None:
        """Return the words of a response as they are now; None if it is not here."""
        if not 0 <= response_id <= LARGEST:
            return None
        row = self._db.execute("select text from responses where id = ?", [response_id]).fetchone()
        return None if row is None else str(row[0])

    def forgotten(self, table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
        """Yield the columns of a row with somebody whom the database has there no more.

        Yields:
            A column, and whether the row stays without them.
        """
        for place in PLACES:
            if place.table != table or row.get(place.column) in {None, "0"}:
                continue
            columns = (*place.keys, place.column)
            where = " and ".join(f"{name} = ?" for name in columns)
            query = f"select 1 from {table} where {where}"  # noqa: S608  # our own names
            if not self._db.execute(query, [row.get(name) for name in columns]).fetchone():
                yield place.column, place.stays
