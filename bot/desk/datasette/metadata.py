"""What Datasette says about the database: titles, what each column means, facets, queries."""

from typing import Any

from bot.desk.datasette.columns import Described, described_tables, described_views
from bot.store.desk.canned import QUERIES

TITLE = "What readers said"
STYLE = "/desk/desk.css"
"""Where the style sheet is served."""

HELD_BACK = "Names, ids and addresses that lead to readers, and hidden responses, are held back."
WHOLE = "Everything is shown: names, ids, and responses that are hidden from their threads."
NOT_SHOWN = "Held back: start afterword desk with --identities to see it."


def metadata(database: str, *, identities: bool) -> dict[str, Any]:
    """Return Datasette's metadata for the database of this name."""
    described = described_views() | (described_tables() if identities else {})
    tables = {name: _table(one, identities=identities) for name, one in described.items()}
    queries = {
        name: {
            "title": one.title,
            "description": one.description,
            "sql": one.sql,
            "hide_sql": True,
        }
        for name, one in QUERIES.items()
    }
    about = {"title": TITLE, "description": WHOLE if identities else HELD_BACK}
    return {
        **about,
        "extra_css_urls": [STYLE],
        "databases": {database: {**about, "tables": tables, "queries": queries}},
    }


def _table(one: Described, *, identities: bool) -> dict[str, Any]:
    held_back = () if identities else one.identifies
    table = {
        "description": _plain(one.description),
        "columns": {
            name: NOT_SHOWN if name in held_back else _plain(text)
            for name, text in one.columns.items()
        },
        "facets": list(one.facets),
    }
    return table | ({"sort_desc": one.sort_desc} if one.sort_desc else {})


def _plain(text: str) -> str:
    return text.replace("`", "'")
