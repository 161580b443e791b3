"""The ledger of publications: every thread of ours, intended before it is started."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.core.post import Post, Prompt
from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.publication import Publication, Wait
from bot.core.response import Because
from bot.store.audit import Act, record_act
from bot.store.ids import new_id
from bot.store.ledger.follow_roles import following
from bot.store.ledger.messages import messages_of
from bot.store.ledger.prompts import record_prompts
from bot.store.threads import Home
from bot.store.times import to_text

LIFT_SKIP = "delete from decisions where channel_id = ? and essay_id = ? and decision = 'skip'"


def intend(
    db: Database,
    channel_id: int,
    post: Post,
    prompts: Sequence[Prompt],
    *,
    asked_by: int | None,
    now: datetime,
    was_held: bool = False,
) -> int:
    """Record the intent to start an essay's thread; return the publication's id.

    An essay that has a publication in this channel keeps it: one essay, one thread a channel. If
    nothing was sent of it yet, it starts now because of the moderator.

    Args:
        prompts: What will be asked, in order.
        asked_by: The moderator who asked for it; None if it was due by itself.
        was_held: They decided about it with others, which the audit has as one act.
    """
    rows = db.execute(
        "select id from publications where channel_id = ? and essay_id = ?",
        [channel_id, post.essay_id],
    ).fetchall()
    if rows:
        publication_id = int(rows[0][0])
        if asked_by is not None and _take_over(db, channel_id, publication_id, asked_by):
            _asked_for(db, channel_id, post, publication_id, asked_by, now, was_held=was_held)
        return publication_id
    publication_id = new_id(now)
    followers = json.dumps([str(role) for role in following(db, channel_id, post)])
    db.execute(
        "insert into publications (id, channel_id, essay_id, post_id, title, asked_by, followers, "
        "intended_at) values (?, ?, ?, ?, '', ?, ?, ?)",
        [publication_id, channel_id, post.essay_id, post.id, asked_by, followers, to_text(now)],
    )
    record_prompts(db, publication_id, post, prompts, now)
    if asked_by is not None:
        _asked_for(db, channel_id, post, publication_id, asked_by, now, was_held=was_held)
    return publication_id


def _take_over(db: Database, channel_id: int, publication_id: int, by: int) -> bool:
    """Have what was due by itself start at a moderator's word; return whether it had not begun."""
    if publication_id not in not_begun(db, channel_id):
        return False
    db.execute("update publications set asked_by = ? where id = ?", [by, publication_id])
    unsettle(db, publication_id)
    return True


def _asked_for(
    db: Database,
    channel_id: int,
    post: Post,
    publication_id: int,
    by: int,
    now: datetime,
    *,
    was_held: bool,
) -> None:
    """Write down that a moderator starts an essay; what kept it from starting is taken back."""
    db.execute(LIFT_SKIP, [channel_id, post.essay_id])
    if was_held:
        return
    [(guild_id,)] = db.execute("select guild_id from channels where id = ?", [channel_id])
    record_act(db, guild_id, by, "started a thread", now, subject_id=publication_id)


def get_publication(
    db: Database, publication_id: int, answer_id: int | None = None
) -> Publication | None:
    """Return a publication with its messages, or with its starter's and those of one answer."""
    rows = db.query(
        "select publications.*, channels.kind as channel_kind from publications "
        "join channels on channels.id = channel_id where publications.id = ?",
        [publication_id],
    )
    for row in rows:
        return Publication(
            id=row["id"],
            channel_id=row["channel_id"],
            is_forum=row["channel_kind"] == "forum",
            thread_id=row["thread_id"],
            title=row["title"],
            tags=tuple(json.loads(row["tags"])),
            is_locked=None if row["locked"] is None else bool(row["locked"]),
            is_over=row["over_at"] is not None,
            messages=messages_of(db, publication_id, answer_id),
            lock_choice=row["lock_choice"],
        )
    return None


LockChoice = Literal["locked", "open"]

WORKING = ""
"""Stands for the digest while the publisher works; `AGAIN` for what has happened since."""

AGAIN = "again"


def begin(db: Database, publication_id: int) -> Publication | None:
    """Return a publication to work on; `settle` then knows whether it needs another step since."""
    db.execute("update publications set settled = ? where id = ?", [WORKING, publication_id])
    return get_publication(db, publication_id)


def unfinished(db: Database, guild_id: int) -> list[int]:
    """Return the publications of a guild that may need a step, oldest first.

    These are the ones whose file has changed, that wait for something, or in which an answer is
    to be shown, changed or removed; not those that a moderator skipped before they began.
    """
    rows = db.execute(
        "select publications.id from publications join channels on channels.id = channel_id "
        "join posts on posts.id = post_id where guild_id = ? and over_at is null "
        "and (settled <> posts.digest or waiting_for is not null or settled = '' or exists ("
        "select 1 from pending_answers where publication_id = publications.id)) "
        "and not (not exists (select 1 from messages where publication_id = publications.id) "
        "and exists (select 1 from decisions "
        "where decisions.channel_id = publications.channel_id "
        "and decisions.essay_id = publications.essay_id "
        "and decisions.body_digest = posts.body_digest)) "
        "order by publications.id",
        [guild_id],
    )
    return [row[0] for row in rows]


def not_begun(db: Database, channel_id: int) -> dict[int, int]:
    """Return what is due by itself in a channel and was never tried: posts, by publications."""
    rows = db.execute(
        "select id, post_id from publications where channel_id = ? and asked_by is null "
        "and thread_id is null and over_at is null and not exists ("
        "select 1 from messages where publication_id = publications.id)",
        [channel_id],
    )
    return dict(rows.fetchall())


def settle(db: Database, publication_id: int, digest: str) -> None:
    """Record that Discord shows what the post of this digest wants, unless it needs a step since.

    What changes while the publisher works would otherwise be taken for done.
    """
    db.execute(
        "update publications set settled = ? where id = ? and settled = ?",
        [digest, publication_id, WORKING],
    )


def unsettle(db: Database, publication_id: int) -> None:
    """Record that a publication needs a step, in the transaction that makes it so."""
    db.execute("update publications set settled = ? where id = ?", [AGAIN, publication_id])


def unsettle_expired(db: Database, post_ids: Sequence[int]) -> None:
    """Let the publications of posts that have expired by now be withdrawn."""
    db.conn.executemany(
        "update publications set settled = ? where post_id = ? and locked is not 1",
        [(AGAIN, post_id) for post_id in post_ids],
    )


def post_of(db: Database, publication_id: int) -> int | None:
    """Return the id of the post that a publication discusses."""
    rows = db.execute("select post_id from publications where id = ?", [publication_id]).fetchall()
    return int(rows[0][0]) if rows else None


def followers(db: Database, publication_id: int) -> tuple[int, ...]:
    """Return the roles that a publication's starter mentions, as far as they are still followed.

    They are those of the moment at which it was intended: a role that is made later changes no
    message that stands.
    """
    rows = db.execute(
        "select value from publications, json_each(followers) where publications.id = ? "
        "and cast(value as integer) in (select role_id from follow_roles) order by key",
        [publication_id],
    )
    return tuple(int(row[0]) for row in rows)


def record_thread(
    db: Database, publication_id: int, guild_id: int, thread_id: int, now: datetime
) -> None:
    """Record a publication's thread; its high-water mark begins at the starter message."""
    db.execute(
        "update publications set thread_id = ?, waiting_for = null, "
        "started_at = coalesce(started_at, ?) where id = ?",
        [thread_id, to_text(now), publication_id],
    )
    db.execute(
        "insert or ignore into threads (id, guild_id, publication_id, seen_id) values (?, ?, ?, ?)",
        [thread_id, guild_id, publication_id, thread_id],
    )


def described(db: Database, publication_id: int, title: str, tags: Sequence[str]) -> None:
    """Record a thread's name and tags as they were last set."""
    db.execute(
        "update publications set title = ?, tags = ? where id = ?",
        [title, json.dumps(tags, ensure_ascii=False), publication_id],
    )


def locked(db: Database, publication_id: int, *, is_locked: bool | None) -> None:
    """Record whether a thread is locked by us; None while that is being changed."""
    db.execute("update publications set locked = ? where id = ?", [is_locked, publication_id])


def choose_lock(db: Database, publication_id: int, choice: LockChoice | None) -> None:
    """Record what a moderator wants of a thread's lock, whatever becomes of its essay."""
    db.execute("update publications set lock_choice = ? where id = ?", [choice, publication_id])


def moderated(
    db: Database, home: Home, act: Act, by: int, now: datetime, *, is_withdrawn: bool = False
) -> None:
    """Record what a moderator did to a thread, as Discord has confirmed it.

    Args:
        is_withdrawn: The essay was taken back, so that only a moderator keeps its thread open.
    """
    if act == "locked a thread":
        locked(db, home.publication, is_locked=True)
        choose_lock(db, home.publication, "locked")
    elif act == "reopened a thread":
        locked(db, home.publication, is_locked=False)
        choose_lock(db, home.publication, "open" if is_withdrawn else None)
    record_act(db, home.guild, by, act, now, subject_id=home.publication)


def notice_key(publication_id: int) -> str:
    """Return the key of what moderators are told about a publication."""
    return f"publication {publication_id}"


def wait_for(db: Database, publication_id: int, waits: Wait | None) -> bool:
    """Record what a publication waits for, for `doctor` and moderators; return if that is new."""
    reason, obstacle = (waits.reason, waits.obstacle) if waits else (None, None)
    cursor = db.execute(
        "update publications set waiting_for = ?, obstacle = ? "
        "where id = ? and waiting_for is not ?",
        [reason, json.dumps(asdict(obstacle)) if obstacle else None, publication_id, reason],
    )
    return cursor.rowcount > 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publication that waits.

    Attributes:
        post: The essay's name.
        reason: In English.
        obstacle: The same in any language, if Discord or its settings are in the way.
        essay_id: The essay.
    """

    post: str
    reason: str
    obstacle: Obstacle | None
    essay_id: int = field(default=0, compare=False)


def waiting(db: Database, guild_id: int | None = None) -> list[Waiting]:
    """Return what waits, in a guild or in all."""
    rows = db.execute(
        "select posts.lang || ':' || posts.slug, waiting_for, obstacle, publications.essay_id "
        "from publications "
        "join posts on posts.id = post_id join channels on channels.id = channel_id "
        "where waiting_for is not null and over_at is null "
        "and guild_id = coalesce(?, guild_id) order by publications.id",
        [guild_id],
    )
    return [Waiting(row[0], row[1], obstacle_of(row[2]), row[3]) for row in rows]


def obstacle_of(known: str | None) -> Obstacle | None:
    """Return an obstacle as `wait_for` wrote it; None if there is none.

    Raises:
        ValueError, LookupError, TypeError: It wrote something else.
    """
    if known is None:
        return None
    read = json.loads(known)
    values = tuple((name, value) for name, value in read["values"])
    return Obstacle(read["phrase"], needs_person=read["needs_person"], values=values)


def end(db: Database, publication_id: int, because: str, now: datetime) -> None:
    """Record that a publication is over: its thread or its channel is gone. Responses stay."""
    db.execute(
        "update publications set over_at = coalesce(over_at, ?), over_because = ? where id = ?",
        [to_text(now), because, publication_id],
    )


def end_thread(db: Database, thread_id: int, now: datetime, because: Because) -> None:
    """Record that a thread was deleted; it stays deleted, unless that was only concluded."""
    db.execute(
        "update threads set deleted_at = coalesce(deleted_at, ?), deleted_because = "
        "iif(deleted_at is null or deleted_because = 'concluded', ?, deleted_because) "
        "where id = ?",
        [to_text(now), because, thread_id],
    )
    for row in db.execute("select publication_id from threads where id = ?", [thread_id]):
        end(db, row[0], "its thread was deleted", now)


def reopen_thread(db: Database, thread_id: int) -> bool:
    """Take back that a thread was deleted, if that was only concluded; return whether it was.

    All that was said in it is read again, so its high-water mark begins at the starter message.
    """
    rows = db.execute(
        "update threads set deleted_at = null, deleted_because = null, seen_id = id, "
        "swept_at = null where id = ? and deleted_because = 'concluded' returning publication_id",
        [thread_id],
    ).fetchall()
    for row in rows:
        db.execute(
            "update publications set over_at = null, over_because = null, settled = ? where id = ?",
            [AGAIN, row[0]],
        )
    return bool(rows)
