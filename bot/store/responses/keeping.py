"""Which messages may be kept: what its writer refused is left out before anything is stored.

A guild keeps messages until their writer refuses (`opt_out`), or only after they agreed (`opt_in`).
What was written before a yes, or while another mode held, is not taken in later by a page of
history. A message that is kept already may be edited.
"""

from collections.abc import Sequence

import orjson
from sqlite_utils import Database

from bot.core.consent import Quote
from bot.core.response import Captured
from bot.store.responses import refusals
from bot.store.times import to_text

ARE_LIMITED = """
select exists (select 1 from guilds where keeping = 'opt_in' or keeping_since is not null)
"""

AGREED = """
select json_extract(value, '$[0]') from json_each(:batch)
left join guilds on guilds.id = json_extract(value, '$[1]')
where json_extract(value, '$[0]') in (select source_id from responses)
  or json_extract(value, '$[3]') >=
    iif(guilds.keeping = 'opt_in', null, coalesce(guilds.keeping_since, ''))
  or json_extract(value, '$[3]') >= (
    select min(chosen_at) from choices where choices.guild_id = json_extract(value, '$[1]')
      and choices.reader_id = json_extract(value, '$[2]') and purpose = 'keep'
  )
"""
"""A reader who says no has no row of this purpose left (`bot.store.responses.choices.refuse`)."""

QUOTED = """
insert into consents
  (response_id, purpose, granted, named, wording, named_wording, given_at, version)
select responses.id, 'quote', 1, choices.choice = 'by_name', choices.wording, '',
  choices.chosen_at, choices.version
from responses join choices on choices.id = (
  select newest.id from choices as newest where newest.guild_id = responses.guild_id
    and newest.reader_id = responses.reader_id and newest.purpose = 'quote'
  order by newest.chosen_at desc, newest.id desc limit 1
)
where responses.source_id in (select value from json_each(:sources))
  and choices.choice <> 'no' and responses.created_at >= choices.chosen_at
  and not exists (select 1 from consents where response_id = responses.id)
"""


def keepable(
    db: Database, messages: Sequence[Captured], *, is_asked: bool = False
) -> list[Captured]:
    """Return the messages that may be kept, without mentions of those who refused.

    While nobody has refused and every guild keeps messages as it always did, it costs two looks at
    tables that are empty or short.

    Args:
        is_asked: Their writers ask for it, which is a yes to keeping them.
    """
    left = list(messages)
    if refusals.exist(db):
        left = _unrefused(db, messages, is_asked=is_asked)
    (are_limited,) = db.execute(ARE_LIMITED).fetchone()
    if is_asked or not are_limited or not left:
        return left
    rows = [(one.source_id, one.guild_id, one.reader_id, to_text(one.created_at)) for one in left]
    agreed = db.execute(AGREED, {"batch": orjson.dumps(rows).decode()}).fetchall()
    sources = {row[0] for row in agreed}
    return [one for one in left if one.source_id in sources]


def _unrefused(db: Database, messages: Sequence[Captured], *, is_asked: bool) -> list[Captured]:
    people = {(one.guild_id, one.reader_id) for one in messages}
    people |= {(one.guild_id, each) for one in messages for each in refusals.mentioned(one.text)}
    refused = refusals.among(db, people)
    left: list[Captured] = []
    for one in messages:
        ended_at = refused.get((one.guild_id, one.reader_id), "")
        if ended_at is not None and (is_asked or to_text(one.created_at) >= ended_at):
            unnamed = {
                each
                for each in refusals.mentioned(one.text)
                if refused.get((one.guild_id, each), "") is None
            }
            text = refusals.without_mentions(one.text, unnamed)
            left.append(one._replace(text=text) if unnamed else one)
    return left


def quote_by_default(db: Database, sources: Sequence[int]) -> None:
    """Record the consent of those who chose to be quoted, for what they wrote since.

    Args:
        sources: The messages that were kept; those with a consent of their own are left alone.
    """
    if db.execute("select 1 from choices where purpose = 'quote' limit 1").fetchone():
        db.execute(QUOTED, {"sources": orjson.dumps(sources).decode()})


def quote_default(db: Database, guild_id: int, reader_id: int) -> Quote | None:
    """Return whether and how a reader wants to be quoted where they do not say; None if unsaid."""
    row = db.execute(
        "select choice from choices where guild_id = ? and reader_id = ? and purpose = 'quote' "
        "order by chosen_at desc, id desc limit 1",
        [guild_id, reader_id],
    ).fetchone()
    return row[0] if row else None
