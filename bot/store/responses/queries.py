"""Reading responses back: for an author, for a search, for the reader who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlite_utils import Database

from bot.core.response import Response
from bot.core.text.folding import fold
from bot.store.responses.readers import sound
from bot.store.responses.standing import OPEN
from bot.store.times import to_text

STANDING = f"""
(
  select own.shown = 1 and {OPEN.replace("responses.", "own.")}
  from responses as own where own.id = cast({{id}} as integer)
) as shown,
(
  select hidden_at is not null from responses as own where own.id = cast({{id}} as integer)
) as hidden,
coalesce((
  select granted from consents where response_id = cast({{id}} as integer) order by id desc limit 1
), 0) and {{may_leave}} as may_quote,
coalesce((
  select named from consents where response_id = cast({{id}} as integer) order by id desc limit 1
), 0) as named,
exists (select 1 from highlights where response_id = cast({{id}} as integer)) as highlighted,
exists (select 1 from consents where response_id = cast({{id}} as integer)) as was_asked,
(select json_group_object(emoji, count) from (
  select emoji, count from reactions where response_id = cast({{id}} as integer)
  order by count desc, emoji
)) as reactions
"""  # noqa: S608  # no value in it
"""How a response stands. A join would undo the order of the view."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which responses are wanted; what is None asks for nothing.

    Attributes:
        post: The slug of an essay, or ``lang:slug``.
        prompts: Ids of prompts, one of which is answered.
        readers: Ids of readers, one of whom wrote it.
        since: Aware; written then or later.
        after_id: Kept after the response with this id.
        until_id: Kept no later than the response with this id.
        words: All of them stand in it, whatever their case and accents. Any text is safe.
        ids: It is one of these.
    """

    post: str | None = None
    essay_id: int | None = None
    guild_id: int | None = None
    prompts: tuple[int, ...] | None = None
    readers: tuple[int, ...] | None = None
    since: datetime | None = None
    after_id: int | None = None
    until_id: int | None = None
    highlighted: bool = False
    words: str | None = None
    ids: tuple[int, ...] | None = None


EVERYTHING = Filter()

CONDITIONS = {
    "post": ":post in (view.post, view.lang || ':' || view.post)",
    "guild_id": "view.guild = cast(:guild_id as text)",
    "since": "view.created_at >= :since",
    "after_id": "cast(view.id as integer) > :after_id",
    "until_id": "cast(view.id as integer) <= :until_id",
    "essay_id": """cast(view.id as integer) in (
        select responses.id from responses
        join publications on publications.id = publication_id where essay_id = :essay_id
    )""",
    "prompts": """cast(view.id as integer) in (
        select id from responses where prompt_id in (select value from json_each(:prompts))
    )""",
    "readers": """cast(view.id as integer) in (
        select id from responses where reader_id in (select value from json_each(:readers))
    )""",
    "highlighted": "cast(view.id as integer) in (select response_id from highlights)",
    "words": """cast(view.id as integer) in (
        select rowid from responses_fts where responses_fts match :words
    )""",
    "ids": "cast(view.id as integer) in (select value from json_each(:ids))",
}
"""What each field of a `Filter` asks of a row of the view."""

IS_OPEN = f"""
(
  select {OPEN.replace("responses.", "own.")}
  from responses as own where own.id = cast(view.id as integer)
)
"""  # noqa: S608  # no value in it, here and below
"""An author quotes nothing that a moderator declined, or that still waits."""

LISTING = f"""
select view.*, {STANDING.format(id="view.id", may_leave=IS_OPEN)} from responses_by_question as view
"""  # noqa: S608  # no value in it

IDS = "select view.id from responses_by_question as view"

OF_READER = f"""
select posts.slug as post, posts.lang, posts.title,
  iif(prompts.is_ours, null, prompts.text) as question,
  coalesce(nullif(nicknames.name, ''), readers.name) as reader_name,
  responses.id, responses.text, responses.created_at, responses.edited_at, responses.source,
  {STANDING.format(id="responses.id", may_leave="true")}, responses.guild_id as guild,
  responses.thread_id as thread, responses.reader_id as reader, null as url
from responses
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
left join prompts on prompts.id = responses.prompt_id
where responses.reader_id = ? and responses.text <> ''
  and responses.guild_id = coalesce(?, responses.guild_id)
order by responses.created_at
"""  # noqa: S608  # the same


def listing(db: Database, wanted: Filter = EVERYTHING) -> list[Response]:
    """Return responses as `responses_by_question` orders them, without those that are hidden."""
    where, values = _conditions(db, wanted)
    return [_response(row) for row in db.query(f"{LISTING} where {where}", values)]


def matching(db: Database, wanted: Filter = EVERYTHING) -> set[int]:
    """Return the ids of the responses that `listing` returns, in less time."""
    if wanted == EVERYTHING:
        rows = db.execute("select id from responses where hidden_at is null and text <> ''")
        return {row[0] for row in rows}
    return set(_ids(db, wanted))


def page(db: Database, wanted: Filter, number: int, size: int) -> tuple[list[Response], int, int]:
    """Return a page of `listing`, its number counted from 0, and how many there are in all.

    Of a page that is not there, the nearest is returned. How responses stand is asked of those on
    the page alone.
    """
    ids = _ids(db, wanted)
    number = max(0, min(number, (len(ids) - 1) // size))
    shown = ids[number * size : (number + 1) * size]
    marks = ", ".join("?" * len(shown))  # a subquery would have the whole view made first
    rows = db.query(f"{LISTING} where cast(view.id as integer) in ({marks})", shown)
    return [_response(row) for row in rows], number, len(ids)


def _ids(db: Database, wanted: Filter) -> list[int]:
    where, values = _conditions(db, wanted)
    return [int(row[0]) for row in db.execute(f"{IDS} where {where}", values)]


def _conditions(db: Database, wanted: Filter) -> tuple[str, dict[str, Any]]:
    """Return what `wanted` asks of a row of the view, and the values in it."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in CONDITIONS}
    asked = [name for name, value in values.items() if value is not None and value is not False]
    if wanted.words is not None:
        values["words"] = _as_words(db, wanted.words)
        if not values["words"]:
            return "false", {}
    if wanted.since is not None:
        values["since"] = to_text(wanted.since)
    for name in ("prompts", "readers", "ids"):
        values[name] = orjson.dumps(values[name]).decode()
    where = " and ".join(CONDITIONS[name] for name in asked) or "true"
    return where, {name: values[name] for name in asked}


def newest(db: Database, guild_id: int | None = None) -> int:
    """Return the id of the response that was kept last, here or anywhere; 0 if there is none."""
    (found,) = db.execute(
        "select coalesce(max(id), 0) from responses where guild_id = coalesce(?, guild_id)",
        [guild_id],
    ).fetchone()
    return int(found)


def count_older(db: Database, guild_id: int, moment: datetime) -> int:
    """Return how many responses of a guild are older than a moment."""
    (count,) = db.execute(
        "select count(*) from responses where guild_id = ? and created_at < ?",
        [guild_id, to_text(moment)],
    ).fetchone()
    return int(count)


def readers_called(db: Database, name: str, guild_id: int | None = None) -> tuple[int, ...]:
    """Return the readers who have a name somewhere, whatever its case and accents, or an id.

    Whoever is called exactly so comes alone; else everybody whose name contains it.

    Args:
        guild_id: Where they responded, and are called so; None for anywhere.
    """
    rows = db.execute(
        "select id, name from readers where :guild is null or id in "
        "(select reader_id from responses where guild_id = :guild) "
        "union select reader_id, name from nicknames where :guild is null or (guild_id = :guild "
        "and reader_id in (select reader_id from responses where guild_id = :guild))",
        {"guild": guild_id},
    )
    return _called(name, [(row[0], row[1]) for row in rows])


def prompts_called(
    db: Database,
    text: str,
    post: str | None = None,
    essay_id: int | None = None,
    guild_id: int | None = None,
) -> tuple[int, ...]:
    """Return the prompts with a text, whatever its case and accents, in all essays or in one.

    Whatever reads exactly so comes alone; else every prompt that contains it.
    """
    rows = db.execute(
        "select prompts.id, prompts.text from prompts "
        "join publications on publications.id = publication_id "
        "join posts on posts.id = publications.post_id "
        "where not is_ours and (:guild is null or "
        "channel_id in (select id from channels where guild_id = :guild)) "
        "and (:post is null or :post in (slug, lang || ':' || slug)) "
        "and (:essay is null or publications.essay_id = :essay)",
        {"post": post, "essay": essay_id, "guild": guild_id},
    )
    return _called(text, [(row[0], row[1]) for row in rows])


def reader_names(db: Database) -> list[str]:
    """Return all names that readers go by, in alphabetical order."""
    rows = db.execute(
        "select name from readers union select name from nicknames where name <> '' order by name"
    )
    return [row[0] for row in rows]


def question_texts(db: Database, post: str | None = None) -> list[str]:
    """Return the texts of the prompts, in all essays or in one, in alphabetical order."""
    rows = db.execute(
        "select distinct prompts.text from prompts "
        "join publications on publications.id = publication_id "
        "join posts on posts.id = publications.post_id "
        "where not is_ours and (:post is null or :post in (slug, lang || ':' || slug)) order by 1",
        {"post": post},
    )
    return [row[0] for row in rows]


def _called(wanted: str, known: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    looked_for = fold(wanted)
    folded = [(number, fold(name)) for number, name in known]
    exact = {number for number, name in folded if name == looked_for or str(number) == wanted}
    near = {number for number, name in folded if looked_for and looked_for in name}
    return tuple(sorted(exact or near))


def answered(db: Database, guild_id: int) -> list[int]:
    """Return the ids of the essays with responses in a guild, the one answered last first."""
    rows = db.execute(
        "select essay_id from responses join publications on publications.id = publication_id "
        "where responses.guild_id = ? and hidden_at is null and text <> '' "
        "group by essay_id order by max(responses.created_at) desc",
        [guild_id],
    )
    return [row[0] for row in rows]


def ids_with(db: Database, words: str, *, hidden: bool = False) -> list[int]:
    """Return the ids of the responses that contain all the words.

    Args:
        hidden: Whether those count too that are hidden.
    """
    query = _as_words(db, words)
    if not query:
        return []
    rows = db.execute(
        "select id from responses_fts join responses on id = responses_fts.rowid "
        "where responses_fts match ? and (hidden_at is null or ?)",
        [query, hidden],
    )
    return [row[0] for row in rows]


def of_reader(db: Database, reader_id: int, guild_id: int | None = None) -> list[Response]:
    """Return all that is kept of a reader, hidden or not, here or everywhere, oldest first."""
    return [_response(row) for row in db.query(OF_READER, [reader_id, guild_id])]


def _as_words(db: Database, text: str) -> str:
    """Return any text as a full-text query for its words; "" if it has none."""
    return str(db.quote_fts(sound(text).replace("\ufffd", " ")))


def _response(row: dict[str, Any]) -> Response:
    return Response(
        id=int(row["id"]),
        post=row["post"],
        lang=row["lang"],
        title=row["title"],
        guild=int(row["guild"]),
        thread=int(row["thread"]),
        question=row["question"],
        reader=int(row["reader"]),
        reader_name=row["reader_name"],
        text=row["text"],
        created_at=row["created_at"],
        edited_at=row["edited_at"],
        source=row["source"],
        url=row["url"],
        shown=bool(row["shown"]),
        hidden=bool(row["hidden"]),
        may_quote=bool(row["may_quote"]),
        named=bool(row["named"]),
        highlighted=bool(row["highlighted"]),
        was_asked=bool(row["was_asked"]),
        reactions=orjson.loads(row["reactions"]),
    )
