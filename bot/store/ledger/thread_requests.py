"""Threads that readers ask for: how many asked, and what moderators were told and decided.

Who asked is kept as a keyed hash alone (`bot.store.keyed_hash`), so that each is counted once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from bot.store.audit import record_act
from bot.store.ids import new_id
from bot.store.keyed_hash import reader_digest
from bot.store.times import to_text

Asking = Literal["counted", "known", "enough", "closed", "started"]
"""What came of asking: counted now or before, too much today, not wanted here, or started already.
"""

MOST_A_DAY = 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Request:
    """An essay whose thread readers ask for, and the message that tells moderators.

    Attributes:
        readers: How many have asked.
        thread_id: Where the essay is discussed by now; None if it is not.
        is_put_off: Whether a moderator said "not now".
        place_id: The channel in which moderators were told, or may have been; None before that.
        attempted_after: An id that is older than that message, by Discord's clock.
        message_id: None as long as it is not known that it was sent.
        shown: The digest of what the message says.
    """

    id: int
    guild_id: int
    channel_id: int
    essay_id: int
    readers: int
    thread_id: int | None
    is_put_off: bool
    place_id: int | None
    attempted_after: int
    message_id: int | None
    shown: str

    @property
    def is_decided(self) -> bool:
        """Whether there is nothing left to decide."""
        return self.is_put_off or self.thread_id is not None


SELECT = """
select request_notices.id, guild_id, request_notices.channel_id, request_notices.essay_id, (
    select count(*) from thread_requests
    where thread_requests.channel_id = request_notices.channel_id
    and thread_requests.essay_id = request_notices.essay_id
  ), thread_id, put_off_at is not null, place_id, attempted_after, message_id, shown
from request_notices
join channels on channels.id = request_notices.channel_id
join guilds on guilds.id = guild_id
left join publications on publications.channel_id = request_notices.channel_id
  and publications.essay_id = request_notices.essay_id
"""


def ask(
    db: Database, channel_id: int, essay_id: int, reader_id: int, now: datetime
) -> tuple[Asking, int]:
    """Count a reader who asks for the thread of an essay, and return how many have asked."""
    row = db.execute(
        "select guild_id, requests, exists (select 1 from publications where essay_id = :essay "
        "and channel_id = :channel) from channels join guilds on guilds.id = guild_id "
        "where channels.id = :channel and closed_at is null",
        {"channel": channel_id, "essay": essay_id},
    ).fetchone()
    if row is None or not row[1]:
        return "closed", 0
    if row[2]:
        return "started", 0
    digest = reader_digest(db, "thread requests", row[0], reader_id)
    outcome = _count(db, channel_id, essay_id, digest, now)
    if outcome == "counted":
        db.execute(
            "insert into request_notices (id, channel_id, essay_id) values (?, ?, ?) "
            "on conflict (channel_id, essay_id) do nothing",
            [new_id(now), channel_id, essay_id],
        )
    (count,) = db.execute(
        "select count(*) from thread_requests where channel_id = ? and essay_id = ?",
        [channel_id, essay_id],
    ).fetchone()
    return outcome, int(count)


def _count(db: Database, channel_id: int, essay_id: int, digest: str, now: datetime) -> Asking:
    """Count a reader, once an essay and few times a day: a hash is of one guild."""
    known = "select 1 from thread_requests where channel_id = ? and essay_id = ?"
    if db.execute(f"{known} and reader_digest = ?", [channel_id, essay_id, digest]).fetchone():
        return "known"
    (lately,) = db.execute(
        "select count(*) from thread_requests where reader_digest = ? and requested_at > ?",
        [digest, to_text(now - DAY)],
    ).fetchone()
    if lately >= MOST_A_DAY:
        return "enough"
    db.execute(
        "insert into thread_requests (channel_id, essay_id, reader_digest, requested_at) "
        "values (?, ?, ?, ?)",
        [channel_id, essay_id, digest, to_text(now)],
    )
    return "counted"


def counts(db: Database, guild_id: int) -> dict[int, int]:
    """Return how many readers asked for a thread in a guild's channel in use, by essay."""
    rows = db.execute(
        "select essay_id, count(*) from thread_requests join channels on channels.id = channel_id "
        "where guild_id = ? and closed_at is null group by essay_id",
        [guild_id],
    )
    return dict(rows.fetchall())


def unsettled(db: Database) -> list[Request]:
    """Return the requests about which moderators may have to be told something."""
    rows = db.execute(
        f"{SELECT} where settled_at is null and left_at is null order by request_notices.id"
    )
    return [_request(*row) for row in rows]


def get_request(db: Database, request_id: int) -> Request | None:
    """Return a request that a button names; None if there is none."""
    rows = db.execute(f"{SELECT} where request_notices.id = ?", [request_id])
    return next((_request(*row) for row in rows), None)


def put_off(db: Database, request: Request, moderator_id: int, slug: str, now: datetime) -> None:
    """Record that a moderator does not want an essay's thread now; readers can still ask."""
    changed = db.execute(
        "update request_notices set put_off_at = ? where id = ? and put_off_at is null",
        [to_text(now), request.id],
    ).rowcount
    if changed:
        record_act(
            db,
            request.guild_id,
            moderator_id,
            "put off a thread",
            now,
            subject_id=request.essay_id,
            detail=slug,
        )


def intend(db: Database, request_id: int, place_id: int, attempted_after: int) -> None:
    """Record that moderators are about to be told in a channel."""
    db.execute(
        "update request_notices set place_id = ?, attempted_after = ? where id = ?",
        [place_id, attempted_after, request_id],
    )


def sent(db: Database, request_id: int, message_id: int, shown: str) -> None:
    """Record the message that tells moderators, and what it says now."""
    db.execute(
        "update request_notices set message_id = ?, shown = ? where id = ?",
        [message_id, shown, request_id],
    )


def forget_place(db: Database, request_id: int) -> None:
    """Record that a message went with its channel, so that moderators are told anew."""
    db.execute(
        "update request_notices set place_id = null, attempted_after = 0, message_id = null, "
        "shown = '' where id = ?",
        [request_id],
    )


def settle(db: Database, request_id: int, now: datetime) -> None:
    """Record that moderators are told nothing more about a request."""
    db.execute("update request_notices set settled_at = ? where id = ?", [to_text(now), request_id])


def _request(*row: object) -> Request:
    values = list(row)
    values[6] = bool(values[6])
    return Request(*values)  # type: ignore[arg-type]  # as `SELECT` has them
