"""A plugin of Datasette: full-text search over the views that show what readers wrote."""

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.utils.asgi import Request

from bot.desk.datasette.columns import described_views
from bot.desk.datasette.database import DeskDatabase
from bot.store.desk.canned import WITH_WORDS


@hookimpl(trylast=True)  # Datasette's own search finds no index here, and takes the box away
def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> FilterArguments | None:
    """Return the condition for words that were typed into the box above a view."""
    one = described_views().get(table)
    is_ours = isinstance(datasette.get_database(database), DeskDatabase)
    if one is None or "text" not in one.columns or not is_ours:
        return None
    words = request.args.get("_search") or ""
    shown = {"supports_search": True, "search": words}
    if not words.strip():
        return FilterArguments([], extra_context=shown)
    condition = WITH_WORDS.format(name="search")
    return FilterArguments([condition], {"search": words}, [f"the text has “{words}”"], shown)
