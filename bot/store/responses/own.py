"""What is kept of one reader, as `/privacy` tells them: counted, listed, and deleted one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.store.file.persons import PLACES
from bot.store.file.scrubbing import Debt, debt
from bot.store.file.views import URL
from bot.store.ledger import pending_answers
from bot.store.ledger.channels import get_guild
from bot.store.responses import drafts
from bot.store.responses.collected import bury
from bot.store.times import from_text, to_text

State = Literal["message", "shown", "private", "sealed", "waiting", "declined", "hidden"]
"""How a response stands: a message in its thread; an answer that is shown there, kept for the
author alone, shown with the others at a later time, or waits for a moderator, who may decline it or
take it out of the thread again.
"""

OWN = f"""
select responses.id, responses.guild_id, guilds.name as guild_name, posts.title,
  publications.essay_id, iif(prompts.is_ours, null, prompts.text) as question, responses.text,
  responses.created_at, prompts.sealed_until, {URL} as url, case
    when hidden_at is not null then 'hidden'
    when review = 'declined' then 'declined'
    when review = 'waiting' then 'waiting'
    when source <> 'answer' then 'message'
    when not shown then 'private'
    when responses.sealed then 'sealed'
    else 'shown' end as state,
  coalesce((
    select granted from consents where response_id = responses.id order by id desc limit 1
  ), 0) as may_quote,
  coalesce((
    select granted and named from consents where response_id = responses.id
    order by id desc limit 1
  ), 0) as named
from responses
join guilds on guilds.id = responses.guild_id
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
left join prompts on prompts.id = responses.prompt_id
where responses.reader_id = :reader and responses.text <> ''
"""  # noqa: S608  # no value in it, here and below

ESSAYS = f"""
select guild_id, guild_name, min(title), count(*), sum(state = 'shown'), sum(may_quote)
from ({OWN}) group by guild_id, essay_id order by guild_id <> :guild, guild_name, max(created_at)
desc
"""  # noqa: S608

LISTED = f"{OWN} and responses.guild_id = :guild order by responses.created_at desc, responses.id"

ONE = f"{OWN} and responses.id = :id"


@dataclass(frozen=True, slots=True)
class OfEssay:
    """How much of a reader is kept about one essay in one guild.

    Attributes:
        shown: Answers that stand in the thread.
        quotable: Responses that may be quoted on the blog.
    """

    guild_id: int
    guild_name: str
    title: str
    responses: int
    shown: int
    quotable: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a reader.

    Attributes:
        essays: Those of this guild first.
        drafts: How many answers were begun, here and everywhere.
        choices: How often they chose what is done with their words, here and everywhere.
        acts: In how many rows they stand as an author or a moderator, here and everywhere.
        retention_days: So old responses become here until they are deleted; None for ever.
        owed: Deletions, whoever's, that have not reached every corner yet.
    """

    guild_id: int
    essays: tuple[OfEssay, ...]
    drafts: tuple[int, int]
    choices: tuple[int, int]
    acts: tuple[int, int]
    retention_days: int | None = None
    owed: Debt | None = None

    def in_scope(self, *, is_here: bool) -> "Kept":
        """Return what is kept in this guild alone, or everywhere, with the counts of that."""
        place = 0 if is_here else 1
        essays = tuple(one for one in self.essays if not is_here or one.guild_id == self.guild_id)
        drafts, choices, acts = (
            (counts[place], counts[place]) for counts in (self.drafts, self.choices, self.acts)
        )
        return Kept(self.guild_id, essays, drafts, choices, acts, self.retention_days, self.owed)

    @property
    def responses(self) -> int:
        """How many responses are kept."""
        return sum(one.responses for one in self.essays)

    @property
    def is_anything(self) -> bool:
        """Whether anything is kept, of whatever kind."""
        return bool(self.essays or self.drafts[1] or self.choices[1] or self.acts[1])


@dataclass(frozen=True, slots=True)
class Own:
    """A response as its reader sees it.

    Attributes:
        sealed_until: When it is shown with the others, if that is still to come.
        url: Where it stands in Discord; None for an answer that is not shown.
    """

    id: int
    title: str
    question: str | None
    text: str
    created_at: datetime
    state: State
    sealed_until: datetime | None
    may_quote: bool
    named: bool
    url: str | None


def kept_of(db: Database, reader_id: int, guild_id: int, now: datetime) -> Kept:
    """Return what is kept of a reader, here and elsewhere."""
    values = {"reader": reader_id, "guild": guild_id, "now": to_text(now)}
    essays = tuple(OfEssay(*row) for row in db.execute(ESSAYS, values).fetchall())
    drafts, choices, acts = [0, 0], [0, 0], [0, 0]
    counts = {"drafts": drafts, "choices": choices}
    for place in PLACES:
        if place.table == "nicknames":
            continue
        found = db.execute(
            f"select coalesce(sum(({place.guild}) = :guild), 0), count(*) from {place.table} "  # noqa: S608
            f"where {place.column} = :reader",
            values,
        ).fetchone()
        count = counts.get(place.table, acts)
        count[0], count[1] = count[0] + found[0], count[1] + found[1]
    return Kept(
        guild_id,
        essays,
        (drafts[0], drafts[1]),
        (choices[0], choices[1]),
        (acts[0], acts[1]),
        get_guild(db, guild_id).retention_days,
        debt(db),
    )


def rest_of(db: Database, reader_id: int) -> list[dict[str, str | None]]:
    """Return what is kept of a reader besides responses: a row with its table and values as text.

    Of what they did as an author or a moderator, only what it was done to.
    """
    found = []
    for place in PLACES:
        if place.table == "nicknames":
            continue  # responses have the name
        columns = ", ".join(place.keys) if place.stays else "*"
        query = f"select {columns} from {place.table} where {place.column} = ?"  # noqa: S608
        for row in db.query(query, [reader_id]):
            values = {name: None if value is None else str(value) for name, value in row.items()}
            found.append({"table": place.table, "as": place.column, **values})
    return found


def own_responses(
    db: Database, reader_id: int, guild_id: int, page: int, size: int, now: datetime
) -> tuple[Sequence[Own], int, int]:
    """Return a page of a reader's responses in a guild, the newest first.

    Returns:
        The page, its number, which is the nearest that there is, and how many pages there are.
    """
    values = {"reader": reader_id, "guild": guild_id, "now": to_text(now)}
    (total,) = db.execute(f"select count(*) from ({LISTED})", values).fetchone()  # noqa: S608
    pages = max(1, -(-total // size))
    page = max(0, min(page, pages - 1))
    rows = db.query(f"{LISTED} limit {size} offset {page * size}", values)
    return [_own(row) for row in rows], page, pages


def own_response(db: Database, response_id: int, reader_id: int, now: datetime) -> Own | None:
    """Return a response of a reader's; None if there is none of theirs with this id."""
    values = {"reader": reader_id, "id": response_id, "now": to_text(now)}
    return next((_own(row) for row in db.query(ONE, values)), None)


def prompt_of(db: Database, response_id: int, reader_id: int) -> int | None:
    """Return the prompt that a response of a reader's answers; None if there is none of theirs."""
    row = db.execute(
        "select prompt_id from responses where id = ? and reader_id = ? and source = 'answer'",
        [response_id, reader_id],
    ).fetchone()
    return row[0] if row else None


def delete_own(db: Database, response_id: int, reader_id: int, now: datetime) -> list[int]:
    """Delete one response for its reader, and what they began to write in the place of an answer.

    Returns:
        The publication it was deleted from; nothing if there is none of theirs with this id.
    """
    row = db.execute(
        "select source_id, publication_id, iif(source = 'answer', prompt_id, null) from responses "
        "where id = ? and reader_id = ?",
        [response_id, reader_id],
    ).fetchone()
    if row is None:
        return []
    pending_answers.add(db, response_id)
    if row[2] is not None:
        drafts.drop(db, row[2], reader_id, now)
    bury(db, [row[0]], now, "reader")
    return [row[1]]


def _own(row: dict[str, object]) -> Own:
    is_sealed = row["state"] == "sealed"
    return Own(
        int(str(row["id"])),
        str(row["title"]),
        None if row["question"] is None else str(row["question"]),
        str(row["text"]),
        from_text(str(row["created_at"])),
        row["state"],  # type: ignore[arg-type]  # one of them: the query says so
        from_text(str(row["sealed_until"])) if is_sealed else None,
        bool(row["may_quote"]),
        bool(row["named"]),
        None if row["url"] is None else str(row["url"]),
    )
