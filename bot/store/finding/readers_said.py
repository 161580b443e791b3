"""What readers said about an essay in the words of a question, as far as it may be shown."""

import re
from collections.abc import Sequence

import orjson
from sqlite_utils import Database

from bot.core.text.folding import fold, fold_long
from bot.store.finding.search import PLACE, PLACES, STANDS_THERE, Hit, Search
from bot.store.times import from_text

LOOKED_AT = 300
"""So many of the newest responses to an essay are looked at: it takes some milliseconds."""

LEAST = 3
"""Letters of a beginning that is looked for; of a shorter one, nothing can be told."""

BEFORE, ALL = 8, 32
"""Words of an excerpt, and those of them that may stand before the first that was looked for."""

OF_ESSAYS = f"""
with newest as materialized (
  select id from responses where publication_id in (
    select publications.id from publications join channels on channels.id = channel_id
    where guild_id = :guild and essay_id in (select value from json_each(:essays))
  ) order by created_at desc limit {LOOKED_AT}
)
select responses.text, {PLACE}
from newest cross join responses on responses.id = newest.id {PLACES}
where {STANDS_THERE}
order by responses.created_at desc, responses.id desc
"""  # noqa: S608  # no value in it


def readers_said(db: Database, wanted: Search, essays: Sequence[int], most: int) -> list[Hit]:
    """Return responses to essays that have words which begin so, those with most of them first.

    Args:
        wanted: How the words begin, and which channels who asks can read.
        essays: Stored ids.
    """
    beginnings = [word for word in dict.fromkeys(map(fold, wanted.words)) if len(word) >= LEAST]
    if not beginnings:
        return []
    values = {
        "guild": wanted.guild_id,
        "channels": orjson.dumps(wanted.channels).decode(),
        "essays": orjson.dumps(list(essays)).decode(),
    }
    found: list[tuple[int, Hit]] = []
    for text, title, url, at in db.execute(OF_ESSAYS, values):
        words = text.split()
        has = [_begun(fold_long(word), beginnings) for word in words]
        count = len({one for one in has if one is not None})
        if count:
            first = next(number for number, one in enumerate(has) if one is not None)
            found.append((count, Hit(_excerpt(words, first), title, url, from_text(at))))
    found.sort(key=lambda one: -one[0])  # of as many, the newest stays first
    return [hit for _, hit in found[:most]]


def _begun(word: str, beginnings: Sequence[str]) -> str | None:
    """Return the first of some beginnings that a word has."""
    bare = re.sub(r"^\W+", "", word)
    return next((one for one in beginnings if bare.startswith(one)), None)


def _excerpt(words: Sequence[str], first: int) -> str:
    """Return what stands around a word, as it was written."""
    start = max(0, first - BEFORE)
    part = " ".join(words[start : start + ALL])
    return f"{'… ' if start else ''}{part}{' …' if len(words) > start + ALL else ''}"
