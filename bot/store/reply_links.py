"""Which prompt a reply answers: through its parent, and its parent's parent, in any order.

A link goes from a prompt's message, or from a shown answer, to the replies to it and on to the
replies to those. It goes through messages that were deleted too: their tombstones keep what they
replied to, and nothing else. It never leaves the thread of the prompt, and never undoes what a
moderator chose (`bot.store.responses.linking`).
"""

import orjson
from sqlite_utils import Database

WITH_REPLIES = """
with recursive linked(source_id, prompt_id) as (
  {first}
  union
  select responses.source_id, linked.prompt_id
  from linked cross join responses on responses.parent_id = linked.source_id
  where responses.prompt_id is null and responses.linked_by is null and responses.publication_id =
    (select publication_id from prompts where prompts.id = linked.prompt_id)
  union
  select tombstones.source_id, linked.prompt_id
  from linked cross join tombstones on tombstones.parent_id = linked.source_id
  where tombstones.prompt_id is null and not tombstones.was_linked
)
select json_group_array(json_array(source_id, prompt_id)) from linked
"""
"""What a link reaches; the cross joins keep SQLite from reading every response first.

It is one row: for each row that SQLite hands over it lets go of the interpreter, and waits for
milliseconds until a busy event loop gives it back.
"""

KNOWN_BY_PARENT = """
select batch.source_id, prompts.id from (
  select
    json_extract(value, '$[0]') as source_id,
    json_extract(value, '$[1]') as thread_id,
    json_extract(value, '$[2]') as parent_id
  from json_each(:batch)
) as batch
cross join threads on threads.id = batch.thread_id
cross join prompts on prompts.publication_id = threads.publication_id
  and prompts.id = coalesce(
    (select prompt_id from messages
      where message_id = batch.parent_id and kind in ('prompt', 'answer')),
    (select prompt_id from dream_messages
      join second_questions on second_questions.id = second_question_id
      where message_id = batch.parent_id and role = 'again'),
    (select prompt_id from responses where source_id = batch.parent_id),
    (select prompt_id from tombstones where source_id = batch.parent_id)
  )
where not exists (
  select 1 from responses as own where own.source_id = batch.source_id and linked_by is not null
  union all
  select 1 from tombstones as own where own.source_id = batch.source_id and was_linked
)
"""
"""Replies whose parent asks a prompt, shows an answer to it, or answers it itself."""


def link_batch(db: Database, batch: list[tuple[int, int, int]]) -> None:
    """Link messages that reply to something, and the replies to them that came before.

    Args:
        batch: Each message's id, its thread's, and its parent's.
    """
    if batch:
        first = WITH_REPLIES.format(first=KNOWN_BY_PARENT)
        _link(db, first, {"batch": orjson.dumps(batch).decode()})


def link_replies(db: Database, message_id: int, prompt_id: int) -> None:
    """Link the replies that came before the id of a prompt's message, or of a shown answer."""
    replies = WITH_REPLIES.format(first="select :message, :prompt")
    _link(db, replies, {"message": message_id, "prompt": prompt_id})


def _link(db: Database, query: str, values: dict[str, int | str]) -> None:
    [links] = db.execute(query, values).fetchone()
    for table in ("responses", "tombstones") if links != "[]" else ():
        db.execute(
            f"update {table} set prompt_id = json_extract(value, '$[1]') "  # noqa: S608  # one of two
            "from json_each(:links) where source_id = json_extract(value, '$[0]') "
            "and +prompt_id is null",  # the plus keeps SQLite from the index over all without
            {"links": links},
        )
