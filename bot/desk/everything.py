"""All that a database holds as one file of JSON Lines, to move house (docs/moving.md).

The first line says what the file is; each other line is a row: its table, and its columns in the
order of the schema. Nothing in it depends on when or where it was written, so that the same data
gives the same bytes. Read back, it may be anybody's: every line is bounded, and so is every value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NoReturn

import orjson
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.core.text.control_characters import escape_in_json
from bot.store.desk.tables import TABLES, Column, count_rows, rows_of
from bot.store.file.migrations import NAMES
from bot.store.ledger.publications import obstacle_of

FORMAT, VERSION = "afterword", 1

MOST_BYTES = 4 * 1024 * 1024
"""Of a line; a response has some thousands."""

LARGEST = 2**63 - 1
"""What SQLite's INTEGER holds."""

_ID = re.compile(r"0|[1-9]\d{0,18}")
_TIME = re.compile(r"_at$|_since$|^date$")
_LISTS = frozenset({"aliases", "tags", "lacking", "followers"})

COPY_WHOLE = "export again with `afterword export --all`, and copy the file whole"

Row = dict[str, Any]


class DamagedError(AfterwordError):
    """A line of the file cannot be taken in; nothing was changed."""

    def __init__(self, line: int, why: str, advice: str = COPY_WHOLE) -> None:
        super().__init__(f"Line {line} {why}. Nothing was changed: {advice}.")


def lines_of(db: Database, tell: Callable[[int, int], object] = lambda *_: None) -> Iterator[bytes]:
    """Yield the lines of a database: a head, and a row each.

    Args:
        db: In a transaction, so that all rows are of one moment.
        tell: Is called with how many rows are done, and of how many.
    """
    total = count_rows(db)
    yield _line({"format": FORMAT, "version": VERSION, "schema": NAMES, "rows": total})
    done = 0
    for table in TABLES:
        for row in rows_of(db, table):
            yield _line({"table": table, **row})
            done += 1
            if done % 1000 == 0:
                tell(done, total)


def _line(values: Row) -> bytes:
    return escape_in_json(orjson.dumps(values).decode()).encode() + b"\n"


class ExportFile:
    """A file that may be an export.

    Args:
        file: Read line by line: the whole never stands in memory.

    Attributes:
        count: How many rows it says that it has.

    Raises:
        AfterwordError: It is none, or of another version.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = self._read(1)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise AfterwordError(
                "That file is no export of Afterword, which `afterword export --all` writes. For "
                "JSON of DiscordChatExporter, type --discord, too."
            )
        schema = head.get("schema")
        if head.get("version") != VERSION or not isinstance(schema, list):
            raise AfterwordError(_OTHER.format(which="another", advice="install that one here"))
        if set(map(str, schema)) - set(NAMES):
            raise AfterwordError(_OTHER.format(which="a newer", advice="install that one here"))
        if schema != list(NAMES):
            advice = "start this one on that database once, and export again"
            raise AfterwordError(_OTHER.format(which="an older", advice=advice))
        self.count = head["rows"] if _is_whole(head.get("rows")) else _damaged(1, "lacks its count")

    def rows(self, columns: Mapping[str, Sequence[Column]]) -> Iterator[tuple[int, str, Row]]:
        """Yield each row with its line's number and its table; values are as the columns say.

        Raises:
            DamagedError: A line is not as this module writes it, or lines are missing.
        """
        number, place = 1, 0
        for number in range(2, self.count + 2):
            found = self._read(number)
            if not isinstance(found, dict):
                _damaged(number, "is of no table that moves")
            table = found.pop("table", None)
            if not isinstance(table, str) or table not in columns:
                _damaged(number, "is of no table that moves")
            if TABLES.index(table) < place:
                _damaged(number, f"is of the table {table}, and stands behind later tables")
            place = TABLES.index(table)
            yield number, table, _checked(number, found, columns[table])
        if self._file.readline(1):
            _damaged(number + 1, "is more than the first line counted")

    def _read(self, number: int) -> object:
        line = self._file.readline(MOST_BYTES + 1)
        if len(line) > MOST_BYTES:
            _damaged(number, f"has more than {MOST_BYTES} bytes")
        if not line and number > 1:
            _damaged(number, "is missing: the file was cut short")
        try:
            return orjson.loads(line)
        except orjson.JSONDecodeError:
            if number == 1:
                return None
            _damaged(number, "is no JSON")


_OTHER = "That file was written by {which} version of Afterword: {advice}. Nothing was changed."


def _damaged(line: int, why: str) -> NoReturn:
    raise DamagedError(line, why)


def _checked(number: int, row: Row, columns: Sequence[Column]) -> Row:
    """Return a row with its ids as integers."""
    if row.keys() != {column.name for column in columns}:
        _damaged(number, "has other columns than its table")
    checked: Row = {}
    for column in columns:
        value = row[column.name]
        if value is None and not column.is_required:
            checked[column.name] = None
        elif column.kind == "id" and _is_id(value):
            checked[column.name] = int(value)
        elif (
            (column.kind == "number" and _is_whole(value))
            or (column.kind == "real" and isinstance(value, float))
            or (column.kind == "text" and _is_sound(column.name, value))
        ):
            checked[column.name] = value
        else:
            _damaged(number, f"has something in {column.name} that does not belong there")
    return checked


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(_ID.fullmatch(value)) and int(value) <= LARGEST


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _is_sound(name: str, value: object) -> bool:
    """Return whether a value is a text, and a time or a list where the bot reads one."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        if _TIME.search(name):
            return datetime.fromisoformat(value).tzinfo is not None
        if name in _LISTS:
            read = orjson.loads(value)
            return isinstance(read, list) and all(isinstance(one, str) for one in read)
        if name == "obstacle":
            return obstacle_of(value) is not None
    except (ValueError, TypeError, LookupError):
        return False
    return True
