"""A connection with both of its ends, as they may be shown now."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson
from sqlite_utils import Database

from bot.core.connection import Connection, End, Kind
from bot.store.audit import Act
from bot.store.responses.standing import STANDS

Decision = Literal["asked", "dismissed", "never_a", "never_b"]

ACTS: dict[Decision, Act] = {
    "asked": "asked in two threads",
    "dismissed": "dismissed a connection",
    "never_a": "left out an essay",
    "never_b": "left out an essay",
}
"""What the audit says of each decision."""

SELECT = """
select id, guild_id, night, kind, a_post_id, a_response_id, a_position, b_post_id, b_response_id,
  b_position, through_post_id, through_response_id, through_position, because, score, decision, (
    select actor_id from audit where subject_id = connections.id
    and act in (select value from json_each(:acts)) order by audit.id desc limit 1
  )
from connections
"""

RESPONSE = f"""
select responses.publication_id, responses.text, {STANDS} and responses.text <> '', coalesce((
    select granted from consents where response_id = responses.id and purpose = 'quote'
    order by id desc limit 1
  ), 0), (
    select iif(named, coalesce(nullif(nicknames.name, ''), readers.name), null) from consents
    where response_id = responses.id and purpose = 'quote' and granted order by id desc limit 1
  ), iif(source = 'answer', (
    select max(message_id) from messages where response_id = responses.id and deleted_at is null
  ), source_id)
from responses join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where responses.id = ?
"""  # noqa: S608  # no value in it

THREAD = """
select publications.id, channel_id, thread_id, posts.lang from publications
join channels on channels.id = channel_id
join threads on threads.id = thread_id
join posts on posts.id = post_id
where channels.guild_id = :guild and over_at is null and threads.deleted_at is null
  and (publications.id = :publication
    or (:publication is null and publications.essay_id = :essay and closed_at is null))
order by publications.id desc limit 1
"""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where an end of a connection is discussed.

    Attributes:
        lang: In which language.
    """

    publication_id: int
    channel_id: int
    id: int
    lang: str


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a connection, as it is now.

    Attributes:
        title: Of the essay that it is from, or is about.
        url: The essay's address on the blog; None if it is not known.
        text: A response's words; None if it is the essay's own text, which is in its file.
        stands: Whether a response stands in its thread; an essay's own text does while its file is
            there.
        may_quote: Whether a response's writer agreed to be quoted.
        by: What they are called there, if they agreed to be named.
        message_id: Where a response stands.
        thread: None if it is discussed nowhere, or no more.
    """

    end: End
    essay_id: int
    lang: str
    slug: str
    title: str
    url: str | None
    text: str | None
    stands: bool
    may_quote: bool
    by: str | None
    message_id: int | None
    thread: Thread | None


@dataclass(frozen=True, slots=True)
class Found:
    """A connection of the journal.

    Attributes:
        through: The third text that both meet; None if it takes none.
        decided_by: The moderator; 0 for one who had themselves forgotten, None for nobody.
    """

    id: int
    guild_id: int
    night: date
    kind: Kind
    a: Side
    b: Side
    through: Side | None
    because: tuple[str, ...]
    score: float
    decision: Decision | None
    decided_by: int | None

    @property
    def stands(self) -> bool:
        """Whether both ends are still there to be shown."""
        return self.a.stands and self.b.stands and (self.through is None or self.through.stands)


def get(db: Database, number: int) -> Found | None:
    """Return a connection; None if it is gone, with one of its responses."""
    rows = db.execute(f"{SELECT} where id = :id", {"id": number, "acts": _acts()})
    return next((_found(db, row) for row in rows.fetchall()), None)


def kept(db: Database, most: int) -> list[Found]:
    """Return connections of the journal, the newest night first, and the best of it first."""
    rows = db.execute(
        f"{SELECT} order by night desc, score desc, id limit :most",
        {"most": most, "acts": _acts()},
    )
    return [_found(db, row) for row in rows.fetchall()]


def of_night(db: Database, guild_id: int, night: date) -> list[Found]:
    """Return the connections of a guild's night, the best first."""
    rows = db.execute(
        f"{SELECT} where guild_id = :guild and night = :night order by score desc, id",
        {"guild": guild_id, "night": night.isoformat(), "acts": _acts()},
    )
    return [_found(db, row) for row in rows.fetchall()]


def _acts() -> str:
    return orjson.dumps(list(ACTS.values())).decode()


def _found(db: Database, row: tuple[Any, ...]) -> Found:
    number, guild, night, kind, *ends, because, score, decision, by = row
    return Found(
        number,
        guild,
        date.fromisoformat(night),
        kind,
        _side(db, guild, _end(ends[0:3])),
        _side(db, guild, _end(ends[3:6])),
        None if ends[6] is None else _side(db, guild, _end(ends[6:9])),
        tuple(orjson.loads(because)),
        score,
        decision,
        by,
    )


def _end(values: list[Any]) -> End:
    return End(*values)


def _side(db: Database, guild_id: int, end: End) -> Side:
    essay, lang, slug, title, url, is_there = db.execute(
        "select essay_id, lang, slug, title, url, removed_at is null and missing_since is null "
        "from posts where id = ?",
        [end.post_id],
    ).fetchone()
    publication = text = by = message = None
    stands, may_quote = bool(is_there), False
    if end.response_id is not None:
        row = db.execute(RESPONSE, [end.response_id]).fetchone()
        publication, text, stands, may_quote, by, message = row
    values = {"guild": guild_id, "publication": publication, "essay": essay}
    thread = db.execute(THREAD, values).fetchone()
    return Side(
        end, essay, lang, slug, title, url, text, bool(stands), bool(may_quote), by, message,
        Thread(*thread) if thread else None,
    )  # fmt: skip


def connection_of(found: Found) -> Connection:
    """Return a connection of the journal as the dream found it."""
    through = found.through.end if found.through else None
    return Connection(found.kind, found.a.end, found.b.end, found.because, through, found.score)
