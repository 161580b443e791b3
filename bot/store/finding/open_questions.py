"""The questions that readers can answer now, the least answered first."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson
from sqlite_utils import Database


class OpenQuestion(NamedTuple):
    """A question that is asked in a thread now.

    Attributes:
        message_id: The message that asks it; None where one message asks several.
        answers: How many are kept, by whomever.
    """

    prompt_id: int
    text: str
    lang: str
    title: str
    essay_id: int
    thread_id: int
    message_id: int | None
    answers: int


WHERE_OPEN = """
from prompts
join publications on publications.id = prompts.publication_id
join channels on channels.id = publications.channel_id
join threads on threads.id = publications.thread_id
join posts on posts.id = publications.post_id
left join messages on messages.publication_id = prompts.publication_id
  and messages.kind = 'prompt' and messages.position = prompts.position
  and messages.deleted_at is null
where channels.guild_id = :guild and channels.id in (select value from json_each(:channels))
  and not prompts.is_ours and prompts.retired_at is null and prompts.withdrawn_at is null
  and publications.over_at is null and publications.locked is not 1
  and publications.lock_choice is not 'locked'
  and threads.deleted_at is null and posts.removed_at is null
"""

OPEN = f"""
select prompts.id, prompts.text, posts.lang, posts.title, publications.essay_id, threads.id,
  messages.message_id, (
    select count(*) from responses where prompt_id = prompts.id and hidden_at is null
    and responses.text <> '' and review is not 'declined'
  ) as answers
{WHERE_OPEN}
order by answers, publications.id desc, prompts.position
"""  # noqa: S608  # no value in it

IS_OPEN = f"select exists (select 1 {WHERE_OPEN} and prompts.id = :prompt)"


def open_questions(db: Database, guild_id: int, channels: Sequence[int]) -> list[OpenQuestion]:
    """Return the questions that are asked in the threads of some channels, least answered first.

    Our own invitations are none, nor is what was taken back or deleted. Of questions with as many
    answers, the newest essay's come first.
    """
    values = {"guild": guild_id, "channels": orjson.dumps(list(channels)).decode()}
    return [OpenQuestion(*row) for row in db.execute(OPEN, values)]


def is_open(db: Database, guild_id: int, channels: Sequence[int], prompt_id: int) -> bool:
    """Return whether a question is asked in a thread of one of some channels now."""
    values = {"guild": guild_id, "channels": orjson.dumps(list(channels)).decode()}
    return bool(db.execute(IS_OPEN, values | {"prompt": prompt_id}).fetchone()[0])
