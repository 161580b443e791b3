"""The dream journal and the second questions, as the author's report reads them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.connection import Kind
from bot.store.dreams import journal
from bot.store.dreams.journal import Decision, Side
from bot.store.dreams.second_questions import SecondDecision
from bot.store.times import from_text

MOST = 100
"""Connections that the report reads, of the newest nights."""

ASKED_AGAIN = """
select prompt_id, publication_id, decision, decided_at from second_questions
where decision in ('asked', 'left_alone')
  and publication_id in (select value from json_each(:publications))
order by id
"""


class Ending(NamedTuple):
    """One end of a connection, or the third text.

    Attributes:
        response: The id of a response; None for the essay's own text.
        address: The essay's, on the blog; None if that is not known.
    """

    response: int | None
    title: str
    lang: str
    address: str | None


class Dreamt(NamedTuple):
    """A connection of the journal.

    Attributes:
        through: What both meet; None if they meet each other.
    """

    night: date
    kind: Kind
    a: Ending
    b: Ending
    through: Ending | None
    because: tuple[str, ...]
    decision: Decision | None


class AskedAgain(NamedTuple):
    """A prompt of a silent thread that was asked again, or left alone to compare."""

    prompt: int
    decision: SecondDecision
    at: datetime


class Dreams(NamedTuple):
    """What is known of dreams.

    Attributes:
        connections: The newest night first, and the best of it first.
        left_out: How many older connections there are.
    """

    connections: tuple[Dreamt, ...] = ()
    left_out: int = 0
    again: tuple[AskedAgain, ...] = ()


def dreams(db: Database, publications: Collection[int], responses: Collection[int]) -> Dreams:
    """Return the connections of which the report has every response, and the second questions.

    Args:
        publications: The threads that the report is about.
        responses: The ids of all responses that it may quote.
    """
    found = []
    kept = journal.kept(db, MOST)
    for one in kept:
        sides = (one.a, one.b, *((one.through,) if one.through else ()))
        said = {side.end.response_id for side in sides} - {None}
        if one.stands and said and said <= set(responses):
            through = _ending(one.through) if one.through else None
            ends = (_ending(one.a), _ending(one.b), through)
            found.append(Dreamt(one.night, one.kind, *ends, one.because, one.decision))
    (total,) = db.execute("select count(*) from connections").fetchone()
    wanted = {"publications": orjson.dumps(list(publications)).decode()}
    again = [
        AskedAgain(prompt, decision, from_text(at))
        for prompt, _, decision, at in db.execute(ASKED_AGAIN, wanted)
    ]
    return Dreams(tuple(found), total - len(kept), tuple(again))


def _ending(side: Side) -> Ending:
    return Ending(side.end.response_id, side.title, side.lang, side.url)
