"""What is new in a guild: responses by essay and question, highlights, and what nobody answered."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.store.times import to_text

NEW = """
select publications.essay_id, posts.title, responses.thread_id,
  iif(prompts.is_ours, null, prompts.text) as question, count(*),
  min(iif(source = 'answer', message_id, source_id))
from responses
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
left join prompts on prompts.id = responses.prompt_id
left join messages on messages.response_id = responses.id and messages.deleted_at is null
where responses.guild_id = :guild and responses.id > :after and responses.id <= :until
  and hidden_at is null and responses.text <> ''
group by responses.publication_id, responses.thread_id, question
order by max(responses.id) desc
"""
"""The groups of each essay, the one with the newest response first."""

UNANSWERED = """
with asked as (
  select publications.essay_id, posts.title, prompts.text, thread_id, started_at,
    publications.id as publication, prompts.id as prompt, position,
    over_at is null and thread_id is not null and retired_at is null and withdrawn_at is null
      as is_open,
    exists (
      select 1 from responses where prompt_id = prompts.id and hidden_at is null and text <> ''
    ) as is_answered
  from prompts
  join publications on publications.id = publication_id
  join channels on channels.id = channel_id
  join posts on posts.id = post_id
  where channels.guild_id = ? and not is_ours
)
select title, text, max(thread_id),
  (select message_id from messages where messages.publication_id = publication
    and messages.prompt_id = prompt and kind = 'prompt' and deleted_at is null)
from asked
where is_open and (essay_id, text) not in (select essay_id, text from asked where is_answered)
group by essay_id, text
order by started_at desc, publication desc, position
"""
"""A question that was asked in two threads of an essay is answered if it was in one of them."""

HIGHLIGHTED = """
select posts.title, responses.thread_id, iif(source = 'answer', message_id, source_id)
from highlights
join responses on responses.id = highlights.response_id
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
left join messages on messages.response_id = responses.id and messages.deleted_at is null
where responses.guild_id = ? and highlighted_at > ? and highlighted_at <= ?
  and hidden_at is null and responses.text <> ''
order by highlighted_at desc, responses.id desc
"""


@dataclass(frozen=True, slots=True)
class NewAnswers:
    """New responses to a question.

    Attributes:
        question: None for those that answer none, as far as it is known.
        url: Where the first of them stands in Discord; None if none is shown.
    """

    question: str | None
    count: int
    url: str | None


@dataclass(frozen=True, slots=True)
class EssayNews:
    """New responses to an essay.

    Attributes:
        url: Where it is discussed.
        answers: By question, the one that was answered last first.
    """

    essay_id: int
    title: str
    url: str
    answers: tuple[NewAnswers, ...]

    @property
    def count(self) -> int:
        """How many responses are new."""
        return sum(each.count for each in self.answers)


class Linked(NamedTuple):
    """A question that nobody has answered, or a response that was highlighted.

    Attributes:
        text: The question; "" for a response, whose words are its reader's.
        url: Where it stands in Discord; None if it is not shown.
    """

    title: str
    text: str
    url: str | None


def news(db: Database, guild_id: int, after_id: int, until_id: int) -> list[EssayNews]:
    """Return the responses that were kept in a guild between two others, by essay and question.

    The essay with the newest response comes first. The words of readers are not in it.
    """
    found: dict[int, EssayNews] = {}
    values = {"guild": guild_id, "after": after_id, "until": until_id}
    for essay_id, title, thread_id, question, count, message_id in db.execute(NEW, values):
        thread = f"https://discord.com/channels/{guild_id}/{thread_id}"
        new = NewAnswers(question, count, f"{thread}/{message_id}" if message_id else None)
        known = found.get(essay_id) or EssayNews(essay_id, title, thread, ())
        found[essay_id] = replace(known, answers=_with(known.answers, new))
    return list(found.values())


def _with(known: tuple[NewAnswers, ...], new: NewAnswers) -> tuple[NewAnswers, ...]:
    """Return the answers with those of another thread, in which the same may have been asked."""
    if new.question not in {each.question for each in known}:
        return (*known, new)
    return tuple(
        replace(each, count=each.count + new.count, url=each.url or new.url)
        if each.question == new.question
        else each
        for each in known
    )


def unanswered(db: Database, guild_id: int) -> list[Linked]:
    """Return the questions of a guild's threads that nobody has answered, the newest first."""
    return [
        Linked(title, text, _url(guild_id, thread_id, message_id or thread_id))
        for title, text, thread_id, message_id in db.execute(UNANSWERED, [guild_id])
    ]


def highlighted(db: Database, guild_id: int, after: datetime, until: datetime) -> list[Linked]:
    """Return what was highlighted in a guild between two moments, the newest first."""
    values = [guild_id, to_text(after), to_text(until)]
    return [
        Linked(title, "", _url(guild_id, thread_id, message_id) if message_id else None)
        for title, thread_id, message_id in db.execute(HIGHLIGHTED, values)
    ]


def _url(guild_id: int, thread_id: int, message_id: int) -> str:
    return f"https://discord.com/channels/{guild_id}/{thread_id}/{message_id}"
