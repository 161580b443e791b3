"""What the views and tables of the database mean, as `columns.toml` says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).with_name("columns.toml")


@dataclass(frozen=True, slots=True)
class Described:
    """A view or a table.

    Attributes:
        columns: What each column means, in the order of the columns.
        identifies: Columns that lead to a person.
        facets: Columns with few values, to choose from.
        sort_desc: The column by which it is sorted, the greatest value first.
    """

    description: str
    columns: Mapping[str, str]
    identifies: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort_desc: str | None = None

    @property
    def harmless(self) -> tuple[str, ...]:
        """The columns that lead to nobody."""
        return tuple(name for name in self.columns if name not in self.identifies)


@cache
def described_views() -> dict[str, Described]:
    """Return the views, by name."""
    return _described("views")


@cache
def described_tables() -> dict[str, Described]:
    """Return the tables, by name."""
    return _described("tables")


def _described(kind: str) -> dict[str, Described]:
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {name: _one(values, texts["shared"]) for name, values in texts[kind].items()}


def _one(values: Mapping[str, Any], shared: Mapping[str, str]) -> Described:
    return Described(
        values["description"],
        {name: text or shared[name] for name, text in values["columns"].items()},
        tuple(values.get("identifies", ())),
        tuple(values.get("facets", ())),
        values.get("sort_desc"),
    )
