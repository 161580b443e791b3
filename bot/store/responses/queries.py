"""Reading responses back: for an author, for a search, for the reader who wrote them."""

from typing import Any

from sqlite_utils import Database

from bot.core.response import Response

STANDING = """
(select shown from responses as own where own.id = cast({id} as integer)) as shown,
(select hidden_at is not null from responses as own where own.id = cast({id} as integer)) as hidden,
coalesce((
  select granted from consents where response_id = cast({id} as integer) order by id desc limit 1
), 0) as may_quote
"""
"""Whether a response is shown, and may be quoted. A join would undo the order of the view."""

LISTING = f"""
select view.*, {STANDING.format(id="view.id")} from responses_by_question as view
where (:guild is null or view.guild = :guild) and (:essay is null or cast(view.id as integer) in (
  select responses.id from responses
  join publications on publications.id = publication_id where essay_id = :essay
))
"""  # noqa: S608  # no value in it

SEARCH = f"""
select view.*, {STANDING.format(id="view.id")} from responses_fts
join responses on responses.rowid = responses_fts.rowid
join responses_by_question as view on view.id = cast(responses.id as text)
where responses_fts match ? order by rank limit ?
"""  # noqa: S608  # the same

OF_READER = f"""
select posts.slug as post, posts.lang, posts.title,
  iif(prompts.is_ours, null, prompts.text) as question,
  coalesce(nullif(nicknames.name, ''), readers.name) as reader_name,
  responses.*, {STANDING.format(id="responses.id")}, responses.guild_id as guild,
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


def listing(
    db: Database, essay_id: int | None = None, guild_id: int | None = None
) -> list[Response]:
    """Return responses as `responses_by_question` orders them.

    Args:
        essay_id: Of one essay only.
        guild_id: Of one guild only.
    """
    guild = None if guild_id is None else str(guild_id)
    return [_response(row) for row in db.query(LISTING, {"essay": essay_id, "guild": guild})]


def answered(db: Database, guild_id: int) -> list[int]:
    """Return the ids of the essays with responses in a guild, the one answered last first."""
    rows = db.execute(
        "select essay_id from responses join publications on publications.id = publication_id "
        "where responses.guild_id = ? and hidden_at is null and text <> '' "
        "group by essay_id order by max(responses.created_at) desc",
        [guild_id],
    )
    return [row[0] for row in rows]


def search(db: Database, words: str, limit: int = 20) -> list[Response]:
    """Return the responses that contain the words, best first; case and accents do not matter."""
    query = db.quote_fts(words)
    if not query:
        return []
    return [_response(row) for row in db.query(SEARCH, [query, limit])]


def of_reader(db: Database, reader_id: int, guild_id: int | None = None) -> list[Response]:
    """Return all that is kept of a reader, hidden or not, here or everywhere, oldest first."""
    return [_response(row) for row in db.query(OF_READER, [reader_id, guild_id])]


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
    )
