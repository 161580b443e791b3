"""What moderators decided about essays in a channel: it does not start, or its thread is over.

A decision beats the essay's file until the text of that changes. From then on the row says only
what was decided once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.core.text.folding import fold
from bot.store.audit import Act, record_act
from bot.store.ledger.notices import resolve_notice
from bot.store.ledger.publications import notice_key, unsettle, wait_for
from bot.store.times import from_text, to_text

Kind = Literal["skip", "withdraw"]

ACTS: dict[Kind, Act] = {"skip": "skipped an essay", "withdraw": "withdrew an essay"}

OF_CHANNEL = """
coalesce(
  (select made.post_id from publications as made
    where made.channel_id = {channel} and made.essay_id = {essay}),
  (select found.id from posts as found join channels as place on place.id = {channel}
    where found.essay_id = {essay} order by found.lang <> place.lang,
    found.removed_at is not null, found.missing_since is not null, found.id limit 1)
)
"""
"""The post by which an essay is discussed in a channel, or would be."""

IN_FORCE = f"""
select decisions.* from decisions where body_digest = (
  select posts.body_digest from posts
  where posts.id = {OF_CHANNEL.format(channel="decisions.channel_id", essay="decisions.essay_id")}
)
"""  # noqa: S608  # no value in it


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay as a channel knows it.

    Attributes:
        name: Of the post by which it is discussed there, such as ``en:maps``.
        publication_id: None if it has none there.
        thread_id: None if it has no thread there.
        is_over: Whether its thread was deleted.
        decision: What a moderator decided, while that is in force.
    """

    id: int
    post_id: int
    name: str
    title: str
    publication_id: int | None = None
    thread_id: int | None = None
    is_over: bool = False
    decision: Kind | None = None


ESSAYS = f"""
select essays.id as id, posts.id as post_id, posts.lang || ':' || posts.slug as name,
  posts.title as title, publications.id as publication_id, publications.thread_id as thread_id,
  publications.over_at is not null as is_over, forced.decision as decision,
  publications.waiting_for as waiting_for, posts.date as date
from essays join posts on posts.id = {OF_CHANNEL.format(channel=":channel", essay="essays.id")}
left join publications
  on publications.channel_id = :channel and publications.essay_id = essays.id
left join ({IN_FORCE}) as forced
  on forced.channel_id = :channel and forced.essay_id = essays.id
where posts.lang = (select lang from channels where id = :channel)
  or publications.id is not null
"""  # noqa: S608


Verb = Literal["skip", "retry", "withdraw"]
"""What a moderator decides about an essay."""

OPEN_TO: dict[Verb, str] = {
    "skip": "thread_id is null and decision is null and not is_over and id not in "
    "(select essay_id from shelf where channel_id = :channel)",
    "retry": "decision is not null or (waiting_for is not null and not is_over)",
    "withdraw": "thread_id is not null and not is_over and decision is null",
}
"""Which essays each may be about, by the columns of `ESSAYS`."""


def essays(db: Database, channel_id: int, verb: Verb | None = None) -> list[Essay]:
    """Return the essays that a channel may discuss, or has discussed, the newest first.

    Args:
        verb: Only those about which this may be decided.
    """
    only = OPEN_TO[verb] if verb else "true"
    columns = "id, post_id, name, title, publication_id, thread_id, is_over, decision"
    rows = db.execute(
        f"select {columns} from ({ESSAYS}) where {only} order by date desc, post_id",  # noqa: S608
        {"channel": channel_id},
    )
    return [_essay(*row) for row in rows]


def _essay(
    essay_id: int,
    post_id: int,
    name: str,
    title: str,
    publication_id: int | None,
    thread_id: int | None,
    is_over: int,
    decision: Kind | None,
) -> Essay:
    over = bool(is_over)
    return Essay(essay_id, post_id, name, title, publication_id, thread_id, over, decision)


def named(db: Database, channel_id: int, name: str) -> Essay | None:
    """Return the essay that is called so in a channel: title, slug, ``lang:slug``, ``#post``."""
    wanted = fold(name.strip())
    for one in essays(db, channel_id):
        called = (f"#{one.post_id}", one.name, one.name.partition(":")[2], one.title)
        if wanted in map(fold, called):
            return one
    return None


def decide(
    db: Database, channel_id: int, essay: Essay, decision: Kind, by: int, now: datetime
) -> None:
    """Decide that an essay does not start, or that its thread is over.

    What is skipped is no longer held: those who start what is held do not start it.
    """
    db.execute(
        "insert into decisions (channel_id, essay_id, decision, body_digest, decided_by, "
        "decided_at) select ?, ?, ?, body_digest, ?, ? from posts where id = ? "
        "on conflict (channel_id, essay_id) do update set decision = excluded.decision, "
        "body_digest = excluded.body_digest, decided_by = excluded.decided_by, "
        "decided_at = excluded.decided_at",
        [channel_id, essay.id, decision, by, to_text(now), essay.post_id],
    )
    if decision == "skip":
        db.execute(
            "delete from held_essays where essay_id = ? and hold_id in "
            "(select id from holds where channel_id = ? and decision is null)",
            [essay.id, channel_id],
        )
        if essay.publication_id is not None:  # it waits for nothing any more
            wait_for(db, essay.publication_id, None)
            resolve_notice(db, notice_key(essay.publication_id))
    _record(db, channel_id, essay, ACTS[decision], by, now)


def retry(db: Database, channel_id: int, essay: Essay, by: int, now: datetime) -> None:
    """Take back what was decided about an essay, if anything was, and have it tried again."""
    db.execute(
        "delete from decisions where channel_id = ? and essay_id = ?", [channel_id, essay.id]
    )
    _record(db, channel_id, essay, "retried an essay", by, now)


def _record(db: Database, channel_id: int, essay: Essay, act: Act, by: int, now: datetime) -> None:
    if essay.publication_id is not None:
        unsettle(db, essay.publication_id)
    [(guild_id,)] = db.execute("select guild_id from channels where id = ?", [channel_id])
    record_act(db, guild_id, by, act, now, subject_id=essay.id, detail=essay.name)


def decision_on(db: Database, publication_id: int) -> Kind | None:
    """Return what is decided about a publication, while that is in force."""
    row = db.execute(
        f"select forced.decision from publications join ({IN_FORCE}) as forced "  # noqa: S608
        "on forced.channel_id = publications.channel_id "
        "and forced.essay_id = publications.essay_id where publications.id = ?",
        [publication_id],
    ).fetchone()
    return row[0] if row else None


def withdrawn_essays(db: Database, guild_id: int) -> set[int]:
    """Return the essays that moderators withdrew in a guild, while that is in force."""
    rows = db.execute(
        f"select essay_id from ({IN_FORCE}) where decision = 'withdraw' "  # noqa: S608
        "and channel_id in (select id from channels where guild_id = ?)",
        [guild_id],
    )
    return {row[0] for row in rows}


def decided_essays(db: Database, channel_id: int) -> dict[int, tuple[Kind, int, datetime]]:
    """Return what is decided about essays in a channel, by whom and when, by essay."""
    rows = db.execute(
        f"select essay_id, decision, decided_by, decided_at from ({IN_FORCE}) "  # noqa: S608
        "where channel_id = ?",
        [channel_id],
    )
    return {row[0]: (row[1], row[2], from_text(row[3])) for row in rows}
