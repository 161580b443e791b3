"""Who did what in a guild, and when: each act of a moderator or an author, and of the bot for them.

No text that a reader wrote stands in it, so that nothing has to be taken back when one is deleted.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.times import from_text, to_text

Act = Literal[
    "set up",
    "started a thread",
    "decided about held essays",
    "highlighted a response",
    "removed a highlight",
    "hid a response",
    "showed a response again",
    "linked a response",
    "asked to quote a response",
    "approved an answer",
    "declined an answer",
    "held answers",
    "took answers down",
    "took down a passage",
    "closed a thread",
    "reopened a thread",
    "locked a thread",
    "skipped an essay",
    "retried an essay",
    "withdrew an essay",
    "confirmed a cut",
    "made a role",
    "removed a role",
    "put off a thread",
    "deleted old responses",
    "asked in two threads",
    "dismissed a connection",
    "left out an essay",
    "asked a question again",
    "left a question alone",
]
"""What is written down; each has its words in `bot.core.phrases.moderation`."""

ACTS: tuple[Act, ...] = get_args(Act)

OF_THE_BOT = 0
"""Who did what the bot did by itself, such as deleting by age."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes:
        actor_id: Who did it; `OF_THE_BOT`, or somebody who had it forgotten.
        subject_id: What it was done to: a response, a publication, an essay, a channel or a role.
        detail: A setting and its value, a number, or a post's slug.
    """

    id: int
    guild_id: int
    at: datetime
    actor_id: int
    act: Act
    subject_id: int | None
    detail: str


def record_act(
    db: Database,
    guild_id: int,
    actor_id: int,
    act: Act,
    now: datetime,
    *,
    subject_id: int | None = None,
    detail: str = "",
) -> int:
    """Write down an act, in the transaction that does it; return the entry's id.

    If the guild has a channel for its log, the act is owed to it (`bot.store.ledger.act_log`);
    one that is chosen later is told nothing of what was before.
    """
    entry_id = new_id(now)
    db.execute(
        "insert into audit (id, guild_id, at, actor_id, act, subject_id, detail, told_at) "
        "values (:id, :guild, :at, :actor, :act, :subject, :detail, iif((select log_channel_id "
        "from guilds where id = :guild) is null, :at, null))",
        {
            "id": entry_id,
            "guild": guild_id,
            "at": to_text(now),
            "actor": actor_id,
            "act": act,
            "subject": subject_id,
            "detail": detail,
        },
    )
    return entry_id


def entries(
    db: Database,
    guild_id: int,
    limit: int,
    before: int | None = None,
    *,
    actor_id: int | None = None,
    act: Act | None = None,
    skip: int = 0,
) -> list[Entry]:
    """Return the newest acts in a guild, newest first.

    Args:
        before: Only older ones than this entry.
        actor_id: Only what this person did.
        act: Only acts of this kind.
        skip: So many of the newest are left out.
    """
    rows = db.execute(
        f"{ENTRY} where guild_id = ? and id < coalesce(?, 9223372036854775807) "
        "and actor_id = coalesce(?, actor_id) and act = coalesce(?, act) "
        "order by id desc limit ? offset ?",
        [guild_id, before, actor_id, act, limit, skip],
    )
    return [entry_of(*row) for row in rows]


ENTRY = "select id, guild_id, at, actor_id, act, subject_id, detail from audit"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was done to, as it can be led to.

    Attributes:
        title: Of the essay that it is about.
        thread_id: Where that is discussed; None if it is nowhere.
        message_id: Where a response stands in the thread; None if it is none, or does not.
        is_hidden: Whether it is a response that a moderator hid.
    """

    title: str
    thread_id: int | None
    message_id: int | None
    is_hidden: bool = False


SUBJECTS = """
select asked.value, coalesce(
    (select title from posts where posts.id = publications.post_id),
    (select title from posts where posts.essay_id = asked.value order by
      lang = (select lang from channels where guild_id = :guild and closed_at is null) desc, id)
  ), publications.thread_id, iif(responses.source <> 'answer', responses.source_id, (
    select message_id from messages where response_id = responses.id and deleted_at is null
  )), responses.hidden_by is not null
from json_each(:subjects) as asked
left join responses on responses.id = asked.value
left join publications on publications.id = coalesce(responses.publication_id, (
    select id from publications where id = asked.value
  ), (
    select publications.id from publications join channels on channels.id = channel_id
    where essay_id = asked.value and guild_id = :guild order by publications.id desc
  ))
"""
"""No two things have the same id: ours are minted, and those of Discord are larger."""


def subjects(db: Database, guild_id: int, read: Sequence[Entry]) -> dict[int, Subject]:
    """Return what acts were done to, by its id, as far as it is an essay's and still there."""
    ids = [one.subject_id for one in read if one.subject_id is not None]
    rows = db.execute(SUBJECTS, {"guild": guild_id, "subjects": json.dumps(ids)})
    return {
        row[0]: Subject(row[1], row[2], row[3], is_hidden=bool(row[4]))
        for row in rows
        if row[1] is not None
    }


def entry_of(
    entry_id: int,
    guild_id: int,
    at: str,
    actor_id: int,
    act: Act,
    subject_id: int | None,
    detail: str,
) -> Entry:
    """Return an act as `ENTRY` selects it."""
    return Entry(entry_id, guild_id, from_text(at), actor_id, act, subject_id, detail)
