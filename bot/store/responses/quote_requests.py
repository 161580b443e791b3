"""Asking a writer whether a response may be quoted: once, with an intent before it is sent.

A request stays here after its writer answered, so that nobody is asked twice about a response. It
goes with the response.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.core.consent import VERSION, Quote
from bot.store.audit import record_act
from bot.store.responses.highlights import shown_as
from bot.store.responses.standing import MAY_LEAVE
from bot.store.threads import Home
from bot.store.times import to_text

NotAsked = Literal["nothing", "asked", "quotable"]
"""Why nobody is asked: there is no response, its writer was asked before, or has agreed."""

Answered = Literal["recorded", "not_yours", "gone"]

STANDS = """
exists (
  select 1 from responses
  where responses.id = quote_requests.response_id and text <> '' and hidden_at is null
    and review is not 'declined'
)
"""

ASKABLE = f"""
select thread_id, coalesce((
    select granted from consents where response_id = responses.id order by id desc limit 1
  ), 0)
from responses join threads on threads.id = thread_id and deleted_at is null
where responses.id = ? and responses.guild_id = ? and {MAY_LEAVE}
"""  # noqa: S608  # no value in it, here and below

SELECT = f"""
select response_id, publications.id, threads.guild_id, channel_id, quote_requests.thread_id,
  source_message_id, attempted_after, message_id, lang, answered_at is null and {STANDS}
from quote_requests
join threads on threads.id = quote_requests.thread_id and threads.deleted_at is null
join publications on publications.id = threads.publication_id
join posts on posts.id = publications.post_id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a writer that is to be sent, was sent, or is to be removed.

    Attributes:
        source_message_id: The message that says or shows the response.
        attempted_after: An id that is older than its message, by Discord's clock.
        message_id: None until Discord confirmed it.
        lang: Of the thread's essay.
        is_wanted: Whether there is something to ask still.
    """

    response_id: int
    home: Home
    thread_id: int
    source_message_id: int
    attempted_after: int
    message_id: int | None
    lang: str
    is_wanted: bool


def intend(
    db: Database, guild_id: int, message_id: int, by: int, attempted_after: int, now: datetime
) -> Request | NotAsked:
    """Record that a writer is about to be asked about the response that a message is or shows."""
    response_id = shown_as(db, message_id)
    row = db.execute(ASKABLE, [response_id, guild_id]).fetchone()
    if row is None or response_id is None:
        return "nothing"
    if row[1]:
        return "quotable"
    if db.execute("select 1 from quote_requests where response_id = ?", [response_id]).fetchone():
        return "asked"
    db.execute(
        "insert into quote_requests (response_id, thread_id, source_message_id, asked_by, "
        "intended_at, attempted_after) values (?, ?, ?, ?, ?, ?)",
        [response_id, row[0], message_id, by, to_text(now), attempted_after],
    )
    return _requests(db, "response_id = ?", [response_id])[0]


def sent(db: Database, request: Request, message_id: int | None, now: datetime) -> None:
    """Record that a writer was asked; without an id, its message was deleted since."""
    changed = db.execute(
        "update quote_requests set message_id = ?, sent_at = ?, removed_at = iif(?, null, ?) "
        "where response_id = ? and sent_at is null returning asked_by",
        [message_id, to_text(now), message_id, to_text(now), request.response_id],
    )
    for (asked_by,) in changed.fetchall():
        guild_id, subject = request.home.guild, request.response_id
        record_act(db, guild_id, asked_by, "asked to quote a response", now, subject_id=subject)


def forget(db: Database, response_id: int) -> None:
    """Forget a request that was not sent, for certain, so that it can be made again."""
    db.execute(
        "delete from quote_requests where response_id = ? and message_id is null", [response_id]
    )


def removed(db: Database, response_id: int, now: datetime) -> None:
    """Record that the message of a request is gone; with its response, nothing is left of it."""
    db.execute(
        "update quote_requests set removed_at = ? where response_id = ?",
        [to_text(now), response_id],
    )
    db.execute(
        "delete from quote_requests where response_id = ? and response_id not in "
        "(select id from responses)",
        [response_id],
    )


def unfinished(db: Database) -> list[Request]:
    """Return the requests that are to be sent, or looked for, or whose message is to be removed."""
    stands = f"sent_at is not null and answered_at is null and {STANDS}"
    where = f"quote_requests.removed_at is null and not ({stands})"
    return _requests(db, where, [])


def answer(
    db: Database,
    response_id: int,
    guild_id: int,
    reader_id: int,
    message_id: int,
    quote: Quote,
    wordings: tuple[str, str],
    now: datetime,
) -> Answered:
    """Record what a writer answered about a response.

    Args:
        message_id: The message that asked them: they may answer before Discord confirmed it to us.
        wordings: What they were asked, and the button that they pressed.
    """
    row = db.execute(
        "select reader_id from responses where id = ? and guild_id = ? and text <> '' "
        "and hidden_at is null and id in (select response_id from quote_requests)",
        [response_id, guild_id],
    ).fetchone()
    if row is None:
        return "gone"
    if row[0] != reader_id:
        return "not_yours"
    is_granted, is_named = quote != "no", quote == "by_name"
    db.execute(
        "insert into consents (response_id, purpose, granted, named, wording, named_wording, "
        "given_at, version) values (?, 'quote', ?, ?, ?, ?, ?, ?)",
        [response_id, is_granted, is_named, *wordings, to_text(now), VERSION],
    )
    for request in _requests(db, "response_id = ? and sent_at is null", [response_id]):
        sent(db, request, message_id, now)
    db.execute(
        "update quote_requests set answered_at = ? where response_id = ?",
        [to_text(now), response_id],
    )
    return "recorded"


def _requests(db: Database, where: str, values: list[int]) -> list[Request]:
    rows = db.execute(f"{SELECT} where {where} order by response_id", values).fetchall()
    return [
        Request(
            response_id=row[0],
            home=Home(row[1], row[2], row[3]),
            thread_id=row[4],
            source_message_id=row[5],
            attempted_after=row[6],
            message_id=row[7],
            lang=row[8],
            is_wanted=bool(row[9]),
        )
        for row in rows
    ]
