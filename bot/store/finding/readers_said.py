"""What readers said about an essay in the words of a question, as far as it may be shown."""

from collections.abc import Sequence

import orjson
from sqlite_utils import Database

from bot.store.finding.search import COLUMNS, SHOWN, Hit, Search, as_any
from bot.store.times import from_text

OF_ESSAYS = f"""{COLUMNS} {SHOWN}
and publications.essay_id in (select value from json_each(:essays))
order by responses_fts.rank, responses.id desc limit :most
"""  # noqa: S608  # no value in it


def readers_said(db: Database, wanted: Search, essays: Sequence[int], most: int) -> list[Hit]:
    """Return responses to essays that have any of some words, those that have most of them first.

    Args:
        wanted: The words, and which channels who asks can read.
        essays: Stored ids.
    """
    query = as_any(wanted.words)
    if not query:
        return []
    values = {
        "query": query,
        "guild": wanted.guild_id,
        "channels": orjson.dumps(wanted.channels).decode(),
        "essays": orjson.dumps(list(essays)).decode(),
        "most": most,
    }
    rows = db.execute(OF_ESSAYS, values)
    return [Hit(text, title, url, from_text(at)) for text, title, url, at in rows]
