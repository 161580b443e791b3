"""Answers that wait for a moderator: which they are, and what was decided about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlite_utils import Database

from bot.core.custom_ids import digest
from bot.core.review import Because
from bot.store.audit import Act, record_act
from bot.store.ledger import pending_answers
from bot.store.times import from_text, to_text

Decision = Literal["approve", "decline"]

DECIDED: dict[Decision, Act] = {
    "approve": "approved an answer",
    "decline": "declined an answer",
}

MOST_AT_ONCE = 100
"""Answers that are approved by one press: they are shown one after another."""

WAITING = "responses.guild_id = :guild and review = 'waiting' and hidden_at is null"
"""What a moderator took out of the thread, or whose reader was banned, waits for nobody."""

GIVEN_AT = "coalesce(responses.edited_at, responses.created_at)"


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that waits.

    Attributes:
        id: The response's.
        essay: The title of the essay.
        question: None for our own invitation.
        place: Which it is among those that wait, from 1.
        sealed_until: When it would be shown; None for at once.
    """

    id: int
    essay: str
    question: str | None
    reader_name: str
    text: str
    because: Because
    place: int
    given_at: datetime
    sealed_until: datetime | None


class Crowd(NamedTuple):
    """How many answers wait for moderators in a guild.

    Attributes:
        total: How many there are.
        newest: When the newest of them was given; None if none waits.
        of_flood: How many of them came with too many others.
    """

    total: int
    newest: datetime | None
    of_flood: int


class OfEssay(NamedTuple):
    """How many answers to an essay's questions wait, and when the oldest was given."""

    title: str
    total: int
    oldest: datetime


CROWD = f"""
select count(*), max({GIVEN_AT}), coalesce(sum(review_because = 'flood'), 0)
from responses where {WAITING}
"""  # noqa: S608  # no value in it, here and below

BY_ESSAY = f"""
select posts.title, count(*), min({GIVEN_AT}) from responses
join publications on publications.id = responses.publication_id
join posts on posts.id = post_id
where {WAITING} group by publications.essay_id order by min(responses.id)
"""  # noqa: S608

NEXT = f"""
select responses.id, posts.title, iif(prompts.is_ours, null, prompts.text),
  coalesce(nullif(nicknames.name, ''), readers.name), responses.text, review_because,
  (
    select count(*) from responses as other where other.guild_id = :guild
    and other.review = 'waiting' and other.hidden_at is null and other.id <= responses.id
  ),
  {GIVEN_AT}, iif(sealed, sealed_until, null)
from responses join publications on publications.id = responses.publication_id
join posts on posts.id = post_id join prompts on prompts.id = prompt_id
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where {WAITING} order by responses.id <= :after, responses.id limit 1
"""  # noqa: S608

OLDEST = f"""
select id from responses where {WAITING} and {GIVEN_AT} <= :until order by id limit :most
"""  # noqa: S608


def crowd(db: Database, guild_id: int) -> Crowd:
    """Return how many answers wait in a guild."""
    total, newest, of_flood = db.execute(CROWD, {"guild": guild_id}).fetchone()
    return Crowd(total, from_text(newest) if newest else None, of_flood)


def by_essay(db: Database, guild_id: int) -> list[OfEssay]:
    """Return for which essays answers wait in a guild, the one with the oldest answer first."""
    rows = db.execute(BY_ESSAY, {"guild": guild_id})
    return [OfEssay(title, total, from_text(oldest)) for title, total, oldest in rows]


def next_held(db: Database, guild_id: int, after: int = 0) -> Held | None:
    """Return the answer that waits after another, oldest first; after the last comes the first.

    Args:
        after: The other's id, whether or not it still waits.
    """
    row = db.execute(NEXT, {"guild": guild_id, "after": after}).fetchone()
    if row is None:
        return None
    response_id, essay, question, name, text, because, place, given_at, sealed_until = row
    until = from_text(sealed_until) if sealed_until else None
    return Held(
        response_id, essay, question, name, text, because, place, from_text(given_at), until
    )


class Decided(NamedTuple):
    """What became of a decision.

    Attributes:
        outcome: ``done``; ``before`` if somebody had decided; ``changed`` if its reader has
            written another text since it was looked at; ``gone`` if it does not wait any more.
        by: Who had decided, for ``before``; 0 if they had themselves forgotten.
        as_: What they had decided.
        publication_id: Of the answer, for ``done``.
    """

    outcome: Literal["done", "before", "changed", "gone"]
    by: int = 0
    as_: Decision = "approve"
    publication_id: int = 0


def decide(
    db: Database,
    guild_id: int,
    response_id: int,
    decision: Decision,
    moderator_id: int,
    now: datetime,
    *,
    seen: str | None = None,
) -> Decided:
    """Record what a moderator decided about an answer; the first decision counts.

    Args:
        seen: The digest of what they read (`bot.core.custom_ids`); None for whatever it says.
    """
    row = db.execute(
        "select review, reviewed_by, text, publication_id, hidden_at is not null from responses "
        "where id = ? and guild_id = ?",
        [response_id, guild_id],
    ).fetchone()
    if row is None or row[4] or row[0] is None:
        return Decided("gone")
    review, by, text, publication_id, _ = row
    if review != "waiting":
        return Decided("before", by or 0, "approve" if review == "approved" else "decline")
    if seen is not None and seen != digest(text):
        return Decided("changed")
    _settle(db, response_id, decision, moderator_id)
    record_act(db, guild_id, moderator_id, DECIDED[decision], now, subject_id=response_id)
    return Decided("done", publication_id=publication_id)


def approve_all(
    db: Database, guild_id: int, moderator_id: int, until: datetime, now: datetime
) -> list[int]:
    """Approve the oldest answers that wait, no more than `MOST_AT_ONCE`; return their ids.

    Args:
        until: Those that were given later, or changed, go on waiting: nobody could have seen them.
    """
    values = {"guild": guild_id, "until": to_text(until), "most": MOST_AT_ONCE}
    rows = db.execute(OLDEST, values).fetchall()
    for row in rows:
        _settle(db, row[0], "approve", moderator_id)
    if rows:
        detail = str(len(rows))
        record_act(db, guild_id, moderator_id, DECIDED["approve"], now, detail=detail)
    return [row[0] for row in rows]


def _settle(db: Database, response_id: int, decision: Decision, moderator_id: int) -> None:
    review = "approved" if decision == "approve" else "declined"
    db.execute(
        "update responses set review = ?, reviewed_by = ? where id = ?",
        [review, moderator_id, response_id],
    )
    pending_answers.add(db, response_id)
