"""Prompts that nobody answered, in threads that are silent: offered to be asked again, once.

One thread in four is left alone, chosen by its id, so that a report can compare.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.core.dreams import SILENCE, is_left_alone
from bot.store.audit import record_act
from bot.store.dreams import messages
from bot.store.ids import new_id
from bot.store.times import to_text

SecondDecision = Literal["left_alone", "asked", "dismissed"]

SILENT = """
select publications.id, (
    select prompts.id from prompts
    where publication_id = publications.id and not is_ours
      and retired_at is null and withdrawn_at is null
      and not exists (select 1 from responses where prompt_id = prompts.id)
    order by prompts.position limit 1
  ) as prompt, coalesce((
    select max(created_at) from responses where publication_id = publications.id
  ), started_at) as since
from publications join channels on channels.id = channel_id
join threads on threads.id = thread_id
where channels.guild_id = :guild and closed_at is null and over_at is null
  and threads.deleted_at is null and started_at <= :before and coalesce(locked, 0) = 0
  and coalesce(lock_choice, 'open') = 'open'
  and publications.id not in (select publication_id from second_questions)
  and prompt is not null and since <= :before
order by since, publications.id
"""

SELECT = """
select second_questions.id, channels.guild_id, second_questions.publication_id, prompt_id,
  publications.channel_id, publications.thread_id, posts.lang, posts.title, posts.slug,
  prompts.text, second_questions.decision, (
    select message_id from messages where kind = 'prompt' and messages.prompt_id = prompts.id
    and messages.publication_id = publications.id and deleted_at is null
  ), publications.over_at is null and threads.deleted_at is null and retired_at is null
  and withdrawn_at is null, exists (select 1 from responses where prompt_id = prompts.id), (
    select actor_id from audit where subject_id = publications.id
    and act in ('asked a question again', 'left a question alone') order by audit.id desc limit 1
  )
from second_questions
join prompts on prompts.id = prompt_id
join publications on publications.id = second_questions.publication_id
join threads on threads.id = publications.thread_id
join channels on channels.id = channel_id
join posts on posts.id = post_id
where second_questions.id = ?
"""


@dataclass(frozen=True, slots=True)
class Second:
    """A prompt that may be asked again.

    Attributes:
        message_id: Where it was asked first; None if that message is gone.
        is_asked: Whether the essay and its thread still ask it.
        is_answered: Whether anybody has answered meanwhile.
        decided_by: The moderator; 0 for one who had themselves forgotten, None for nobody.
    """

    id: int
    guild_id: int
    publication_id: int
    prompt_id: int
    channel_id: int
    thread_id: int
    lang: str
    title: str
    slug: str
    text: str
    decision: SecondDecision | None
    message_id: int | None
    is_asked: bool
    is_answered: bool
    decided_by: int | None


def note(db: Database, guild_id: int, most: int, now: datetime) -> list[int]:
    """Note threads that are silent, the longest first; return what is to be offered.

    Threads that are left alone are noted in their turn, as long as there is room for another.

    Args:
        most: So many are to be offered.
    """
    offered: list[int] = []
    values = {"guild": guild_id, "before": to_text(now - SILENCE)}
    for publication, prompt, _ in db.execute(SILENT, values).fetchall():
        if len(offered) >= most:
            break
        number, is_left = new_id(now), is_left_alone(publication)
        db.execute(
            "insert into second_questions (id, publication_id, prompt_id, noted_at, decision, "
            "decided_at) values (?, ?, ?, ?, ?, ?)",
            [
                number,
                publication,
                prompt,
                to_text(now),
                "left_alone" if is_left else None,
                to_text(now) if is_left else None,
            ],
        )
        if not is_left:
            offered.append(number)
    return offered


def get(db: Database, number: int) -> Second | None:
    """Return a second question; None if there is none with this id."""
    row = db.execute(SELECT, [number]).fetchone()
    if row is None:
        return None
    values = list(row)
    values[12], values[13] = bool(row[12]), bool(row[13])
    return Second(*values)


def decide(
    db: Database,
    number: int,
    decision: Literal["asked", "dismissed"],
    by: int,
    now: datetime,
) -> Literal["done", "gone", "answered"] | Second:
    """Record what a moderator decides about a prompt, and intend the message that asks it.

    Returns:
        What came of it; the second question itself if somebody decided before.
    """
    found = get(db, number)
    if found is None or (decision == "asked" and not found.is_asked):
        return "gone"
    if found.decision is not None:
        return found
    if decision == "asked" and found.is_answered:
        return "answered"
    db.execute(
        "update second_questions set decision = ?, decided_at = ? where id = ?",
        [decision, to_text(now), number],
    )
    act: Literal["asked a question again", "left a question alone"] = (
        "asked a question again" if decision == "asked" else "left a question alone"
    )
    record_act(db, found.guild_id, by, act, now, subject_id=found.publication_id, detail=found.slug)
    if decision == "asked":
        messages.intend(
            db, found.guild_id, "again", now, second_id=number, channel_id=found.thread_id
        )
    messages.touch(db, second_id=number)
    return "done"
