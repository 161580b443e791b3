"""Taking out of files that were exported earlier what was deleted since.

Three forms can be pruned: what `afterword export --all` wrote, JSON Lines of responses, and a CSV
of them. In each, a response has its own id, which is never used again.
"""

import codecs
import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from bot.core.errors import AfterwordError
from bot.core.text.control_characters import escape_in_json
from bot.desk.everything import FORMAT, MOST_BYTES
from bot.desk.export import cell
from bot.store.desk.erasures import Known
from bot.store.file.persons import PLACES

Row = dict[str, Any]

OF_RESPONSE = frozenset(
    {"consents", "highlights", "reactions", "quote_requests", "pending_answers"}
)
"""Tables whose rows go with the response that they are about."""

OF_RESPONSES = ("a_response_id", "b_response_id", "through_response_id")
"""Of a connection; it goes with any of these."""


WITH_PERSONS = frozenset(place.table for place in PLACES)
"""Tables whose rows name somebody: a file without any has nothing to lose."""


class NotPrunedError(AfterwordError):
    """A file that is none of those that can be pruned; nothing in it was changed."""

    def __init__(self) -> None:
        super().__init__(
            "is neither JSON Lines nor a CSV that Afterword wrote from this database, with an id "
            "for each response. Nothing in it was changed: write it again, or take the responses "
            "out by hand"
        )


@dataclass(slots=True)
class Pruned:
    """How many rows a file lost, and how many were changed.

    Attributes:
        known: Rows of responses that this database has or had.
        unknown: Rows of others, which stay.
    """

    removed: int = 0
    changed: int = 0
    known: int = 0
    unknown: int = 0

    def look_up(self, response_id: int, known: Known) -> None:
        """Count whether a response is of this database."""
        is_known = known.is_known(response_id)
        self.known += is_known
        self.unknown += not is_known

    def require_origin(self) -> None:
        """Refuse a file of which the database knows nothing; an empty one is anybody's.

        Raises:
            NotPrunedError: It is another database's.
        """
        if self.unknown and not self.known:
            raise NotPrunedError

    def count(self, line: bytes, row: Row, left: Row | None) -> bytes:
        """Count what became of a row; return its line, which is empty if it goes."""
        if left is None:
            self.removed += 1
            return b""
        if left == row:
            return line
        self.changed += 1
        return _line(left)


def prune(source: BinaryIO, target: BinaryIO, known: Known) -> Pruned:
    """Write a file without what was deleted since it was exported.

    Args:
        source: Can be read twice.

    Raises:
        NotPrunedError: It is not one of ours.
    """
    first = source.readline(MOST_BYTES)
    source.seek(0)
    if not first:
        return Pruned()
    if first.lstrip(codecs.BOM_UTF8).startswith(b"id,"):
        return _prune_csv(source, target, known)
    head = _object(first)
    if head.get("format") == FORMAT:
        return _prune_all(source, target, head, known)
    return _prune_lines(source, target, known)


def _prune_lines(source: BinaryIO, target: BinaryIO, known: Known) -> Pruned:
    pruned = Pruned()
    for line in source:
        row = _object(line)
        if "text" not in row:
            raise NotPrunedError
        left = _updated(row, known) if _is_kept(row, "id", known) else None
        pruned.look_up(int(row["id"]), known)
        target.write(pruned.count(line, row, left))
    pruned.require_origin()
    return pruned


def _prune_csv(source: BinaryIO, target: BinaryIO, known: Known) -> Pruned:
    text, pruned = io.TextIOWrapper(source, "utf-8-sig", newline=""), Pruned()
    try:
        head, *rows = list(csv.reader(text, strict=True))
        column = head.index("text")
        kept = [left for row in rows if (left := _left_in_csv(row, column, known, pruned))]
    except (ValueError, csv.Error, IndexError) as error:
        raise NotPrunedError from error
    finally:
        text.detach()
    pruned.require_origin()
    if not (pruned.removed or pruned.changed):
        source.seek(0)
        shutil.copyfileobj(source, target)
        return pruned
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([head, *kept])
    target.write(codecs.BOM_UTF8 + written.getvalue().encode())
    return pruned


def _left_in_csv(row: list[str], column: int, known: Known, pruned: Pruned) -> list[str]:
    """Return a row with the words that its response has today; nothing if it goes."""
    response_id = int(row[0])
    pruned.look_up(response_id, known)
    if known.is_erased(response_id):
        pruned.removed += 1
        return []
    text = known.text(response_id)
    words = row[column] if text is None else str(cell(text))
    pruned.changed += words != row[column]
    return [*row[:column], words, *row[column + 1 :]]


def _prune_all(source: BinaryIO, target: BinaryIO, head: Row, known: Known) -> Pruned:
    """Prune a file of `afterword export --all`, with whoever has nothing in it any more."""
    there: dict[str, set[Any]] = {"readers": set(), "nicknames": set(), "publications": set()}
    has_persons = False
    for _, row in _rows(source):
        has_persons = has_persons or row.get("table") in WITH_PERSONS
        if row.get("table") == "responses" and _is_kept(row, "id", known):
            there["readers"].add(row.get("reader_id"))
            there["nicknames"].add((row.get("guild_id"), row.get("reader_id")))
        elif row.get("table") == "publications":
            there["publications"].add(row.get("id"))
    if has_persons and not known.is_from_here(there["publications"]):
        raise NotPrunedError
    source.seek(0)
    pruned, kept = Pruned(), []
    for line, row in _rows(source):
        left = _left(row, known, there)
        kept.append(pruned.count(line, row, left))
    target.write(_line({**head, "rows": len(kept) - pruned.removed}))
    target.writelines(kept)
    return pruned


def _rows(source: BinaryIO) -> Iterator[tuple[bytes, Row]]:
    source.readline()
    for line in source:
        yield line, _object(line)


def _left(row: Row, known: Known, there: dict[str, set[Any]]) -> Row | None:
    """Return a row of a database as it is to be now; None if it goes."""
    table = str(row.get("table"))
    is_gone = (
        (table in OF_RESPONSE and not _is_kept(row, "response_id", known))
        or (table == "responses" and not _is_kept(row, "id", known))
        or (
            table == "connections"
            and any(row.get(key) and not _is_kept(row, key, known) for key in OF_RESPONSES)
        )
        or (table == "readers" and row.get("id") not in there[table])
        or (
            table == "nicknames" and (row.get("guild_id"), row.get("reader_id")) not in there[table]
        )
    )
    if is_gone:
        return None
    left = _updated(row, known) if table == "responses" else dict(row)
    for column, stays in known.forgotten(table, row):
        if not stays:
            return None
        left[column] = "0"
    if table == "messages" and row.get("response_id") and not _is_kept(row, "response_id", known):
        left["response_id"] = None
    return left


def _updated(row: Row, known: Known) -> Row:
    """Return a response with the words that it has today."""
    text = known.text(int(row["id"]))
    return dict(row) if text is None else {**row, "text": text}


def _is_kept(row: Row, key: str, known: Known) -> bool:
    found = row.get(key)
    if not isinstance(found, str) or not found.isdecimal():
        raise NotPrunedError
    return not known.is_erased(int(found))


def _object(line: bytes) -> Row:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise NotPrunedError from error
    if not isinstance(found, dict):
        raise NotPrunedError
    return found


def _line(values: Row) -> bytes:
    return escape_in_json(orjson.dumps(values).decode()).encode() + b"\n"
