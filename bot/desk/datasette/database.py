"""The database as Datasette reads it, through connections that only read."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database

from bot.core.errors import AfterwordError
from bot.desk.datasette.columns import described_views
from bot.store.desk.held_back import (
    DeskConnection,
    Source,
    definition_of,
    open_part,
    open_whole,
    schema_version,
)

T = TypeVar("T")


class DeskDatabase(Database):
    """The live file or a copy of it, whole or with a part held back.

    Args:
        source: The file, or the copy.
        identities: Whether it is whole.
    """

    def __init__(self, datasette: Datasette, source: Source, *, identities: bool) -> None:
        is_file = isinstance(source, Path)
        super().__init__(datasette, path=str(source) if is_file else None, is_memory=not is_file)
        self._source = source
        self._is_whole = identities
        self._schema: int | None = None

    def connect(self, write: bool = False) -> DeskConnection:  # noqa: FBT001, FBT002  # Datasette's
        """Return a connection for one of Datasette's threads.

        Raises:
            AfterwordError: Somebody wants to write.
        """
        if write:
            raise AfterwordError("The desk only reads.")
        if self._is_whole:
            connection = open_whole(self._source)
        else:
            shown = {name: one.harmless for name, one in described_views().items()}
            connection = open_part(self._source, shown)
        self._schema = self._schema or schema_version(connection)
        self._all_file_connections.append(connection)
        return connection

    async def execute_fn(self, fn: Callable[[DeskConnection], T]) -> T:
        """Call a function in a thread, with its connection.

        Raises:
            sqlite3.OperationalError: The schema is another than at first, and what is held back
                was told by that.
        """

        def checked(connection: DeskConnection) -> T:
            if schema_version(connection) != self._schema:
                raise sqlite3.OperationalError(
                    "The database was brought up to date: end afterword desk, and start it again."
                )
            return fn(connection)

        result: T = await super().execute_fn(checked)
        return result

    async def execute(self, sql: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # Datasette's
        """Execute a query; what is wrong with it is said in the page alone, not in the terminal."""
        return await super().execute(sql, *args, **options | {"log_sql_errors": False})

    async def get_view_definition(self, view: str) -> str | None:
        """Return how the file defines a view that is shown."""
        if await super().get_view_definition(view) is None:
            return None
        return await self.execute_fn(lambda connection: definition_of(connection, view))

    async def attached_databases(self) -> list[object]:
        """Return no other database: the file is attached, and has a name that is never said."""
        return []

    async def hidden_table_names(self) -> list[str]:
        """Return the tables that Datasette lists last; where a part is held back there is none."""
        if not self._is_whole:
            return []
        names: list[str] = await super().hidden_table_names()
        return names
