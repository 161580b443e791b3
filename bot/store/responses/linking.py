"""Which question a response answers, as a moderator chose it.

What was chosen stays: reading a thread again, or a late parent, does not undo it. The replies to
the response, which have their question from it, follow where nobody chose for them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson
from sqlite_utils import Database

from bot.store.audit import record_act
from bot.store.ledger import pending_answers
from bot.store.ledger.prompts import Asked, get_prompt, living
from bot.store.responses.highlights import meant

NONE = 0
"""Stands for no question where a response is said to answer none."""


@dataclass(frozen=True, slots=True)
class Linkable:
    """A response whose question can be chosen.

    Attributes:
        is_answer: It was given through a button: it always answers a question.
        prompt_id: What it answers now.
        prompts: What was asked in its thread.
    """

    id: int
    is_answer: bool
    prompt_id: int | None
    prompts: tuple[Asked, ...]


def linkable(
    db: Database, guild_id: int, message_id: int, answer_id: int | None = None
) -> Linkable | None:
    """Return the response of a guild that a message is or shows; None if it is no such thing.

    Args:
        answer_id: See `meant`.
    """
    response_id = meant(db, guild_id, message_id, answer_id)
    if response_id is None:
        return None
    [row] = db.execute(
        "select id, source = 'answer', prompt_id, publication_id from responses where id = ?",
        [response_id],
    )
    prompts = living(db, row[3])
    if row[2] is not None and row[2] not in {one.id for one in prompts}:
        retired = get_prompt(db, row[2])
        prompts += [retired] if retired else []
    return Linkable(row[0], bool(row[1]), row[2], tuple(prompts))


Linked = Literal["linked", "gone", "taken"]
"""What came of it: the response or the question may be gone, or the reader may have another answer
to that question, of which there is one.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of choosing a question.

    Attributes:
        publication_id: Of the answer whose message is to be changed; None if there is none.
    """

    linked: Linked
    publication_id: int | None = None


def link_response(
    db: Database, guild_id: int, response_id: int, prompt_id: int, by: int, now: datetime
) -> Outcome:
    """Have a response answer a question of its thread.

    Args:
        prompt_id: `NONE` if it answers none of them.
    """
    row = db.execute(
        "select source_id, source = 'answer', publication_id, reader_id from responses "
        "where id = ? and guild_id = ?",
        [response_id, guild_id],
    ).fetchone()
    if row is None:
        return Outcome("gone")
    source_id, is_answer, publication_id, reader_id = row
    prompt = get_prompt(db, prompt_id)
    if prompt_id == NONE and is_answer:
        return Outcome("gone")
    if prompt_id != NONE and (prompt is None or prompt.publication_id != publication_id):
        return Outcome("gone")
    other = db.execute(
        "select 1 from responses where source = 'answer' and prompt_id = ? and reader_id = ? "
        "and id <> ?",
        [prompt_id, reader_id, response_id],
    ).fetchone()
    if is_answer and other:
        return Outcome("taken")
    chosen = prompt_id or None
    db.execute(
        "update responses set prompt_id = ?, linked_by = ? where id = ?", [chosen, by, response_id]
    )
    above = _stands_as(db, response_id, source_id, is_answer=bool(is_answer))
    _lead_replies(db, publication_id, above, chosen)
    record_act(db, guild_id, by, "linked a response", now, subject_id=response_id)
    if not is_answer:
        return Outcome("linked")
    db.execute("update messages set prompt_id = ? where response_id = ?", [chosen, response_id])
    pending_answers.add(db, response_id)
    return Outcome("linked", publication_id)


def _stands_as(db: Database, response_id: int, source_id: int, *, is_answer: bool) -> list[int]:
    """Return the ids of the messages to which replies to a response reply."""
    if not is_answer:
        return [source_id]
    rows = db.execute(
        "select message_id from messages where response_id = ? and message_id is not null",
        [response_id],
    )
    return [row[0] for row in rows]


BELOW = """
with recursive below(source_id) as (
  select value from json_each(:above)
  union
  select responses.source_id
  from below cross join responses on responses.parent_id = below.source_id
  where responses.linked_by is null and responses.publication_id = :publication
  union
  select tombstones.source_id
  from below cross join tombstones on tombstones.parent_id = below.source_id
  where not tombstones.was_linked
)
select json_group_array(source_id) from below
where source_id not in (select value from json_each(:above))
"""
"""The replies to messages and on to the replies to those, but for those that somebody chose for."""


def _lead_replies(db: Database, publication_id: int, above: list[int], prompt: int | None) -> None:
    values = {"above": orjson.dumps(above).decode(), "publication": publication_id}
    [below] = db.execute(BELOW, values).fetchone()
    for table in ("responses", "tombstones"):
        db.execute(
            f"update {table} set prompt_id = ? "  # noqa: S608  # one of two
            "where source_id in (select value from json_each(?))",
            [prompt, below],
        )
