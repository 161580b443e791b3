"""What a night's dream looks at: the responses of a guild that may be used, and passages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.store.responses.standing import STANDS
from bot.store.times import to_text


class Written(NamedTuple):
    """A response that may be used.

    Attributes:
        lang: The language of the essay that it is about.
        is_new: Whether it was written since the night before.
    """

    id: int
    post_id: int
    essay_id: int
    lang: str
    reader_id: int
    text: str
    is_new: int


AT = "strftime('%Y-%m-%dT%H:%M:%f+00:00', responses.created_at)"
"""When a response was written, in UTC, whoever wrote the row."""

_WRITTEN = f"""
select responses.id, posts.id, posts.essay_id, posts.lang, responses.reader_id, responses.text,
  {AT} >= :since
from responses
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
where responses.guild_id = :guild and {AT} < :until and responses.text <> ''
  and {STANDS}
order by responses.id
"""  # noqa: S608  # no value in it


def written(
    db: Database, guild_id: int, since: datetime | None, until: datetime
) -> Iterator[Written]:
    """Yield the responses of a guild that stand in their threads, written before a time.

    Args:
        since: From when on a response is new; None if all are.
    """
    values = {
        "guild": guild_id,
        "since": to_text(since) if since is not None else "",
        "until": to_text(until),
    }
    for row in db.execute(_WRITTEN, values):
        yield Written(*row)


def guilds_with_responses(db: Database) -> list[int]:
    """Return the guilds in which anything was written."""
    rows = db.execute("select distinct guild_id from responses order by guild_id")
    return [guild_id for (guild_id,) in rows]


def times_written(db: Database, guild_id: int) -> list[str]:
    """Return when each response of a guild was written, the earliest first."""
    query = f"select {AT} as at from responses where guild_id = ? and text <> '' order by at"  # noqa: S608  # no value in it
    return [created_at for (created_at,) in db.execute(query, [guild_id])]


def answered_questions(db: Database, guild_id: int) -> set[tuple[int, str]]:
    """Return the questions that somebody in a guild answered: the post and the question's text."""
    rows = db.execute(
        "select distinct questions.post_id, questions.text from responses "
        "join prompt_questions on prompt_questions.prompt_id = responses.prompt_id "
        "join questions on questions.id = prompt_questions.question_id "
        "where responses.guild_id = ? and responses.text <> ''",
        [guild_id],
    )
    return {(post_id, text) for post_id, text in rows}


class Place(NamedTuple):
    """A passage in the index, with its stems."""

    id: int
    post_id: int
    position: int
    terms: list[str]


def passages_sharing(db: Database, terms: Sequence[str], limit: int) -> list[Place]:
    """Return the passages that share most with some stems, the best first.

    Args:
        terms: Rare ones: each is looked up, with all the passages that have it.
    """
    if not terms:
        return []
    query = "text : (" + " OR ".join(f'"{term}"' for term in terms) + ")"
    rows = db.execute(
        "select passages.id, post_id, position, passages.text from ("
        "select rowid as found, rank from passage_words where passage_words match ? "
        "order by rank, rowid limit ?) join passages on passages.id = found order by rank, found",
        [query, limit],
    )
    return [Place(key, post_id, position, text.split()) for key, post_id, position, text in rows]


def language_counts(db: Database) -> tuple[Counter[str], Counter[str]]:
    """Return how many essays and how many passages there are in each language, by primary tag."""
    posts, passages = Counter[str](), Counter[str]()
    for lang, in_posts, in_passages in db.execute(
        "select lang, count(distinct posts.id), count(passages.id) from indexed_posts "
        "join posts using (id) left join passages on passages.post_id = posts.id group by lang"
    ):
        posts[lang.partition("-")[0]] += in_posts
        passages[lang.partition("-")[0]] += in_passages
    return posts, passages


def response_of(db: Database, response_id: int) -> tuple[str, int]:
    """Return what a response says, and the message that it came by."""
    query = "select text, source_id from responses where id = ?"
    text, source_id = db.execute(query, [response_id]).fetchone()
    return str(text), int(source_id)
