"""What readers chose in a guild: whether what they write is kept, and whether it may be quoted.

The newest choice of a purpose counts. A no to keeping leaves no row here: it is a refusal
(`bot.store.responses.refusals`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlite_utils import Database

from bot.core.consent import Quote, Wording
from bot.store.file.persons import PLACES
from bot.store.file.scrubbing import owe_scrub
from bot.store.ledger.channels import Keeping, get_guild
from bot.store.responses import refusals
from bot.store.responses.answers import forget_reader
from bot.store.responses.refusals import Refusal
from bot.store.times import from_text, to_text

LATEST_CONSENT = """
from consents join responses on responses.id = consents.response_id
where responses.guild_id = ? and responses.reader_id = ? and consents.granted
  and consents.id = (select max(id) from consents where response_id = responses.id)
"""

[OF_DRAFTS] = [f"({place.guild})" for place in PLACES if place.table == "drafts"]

WRITERS = (
    "select guild_id, reader_id from responses",
    *(f"select ({one.guild}), {one.column} from {one.table}" for one in PLACES if not one.stays),  # noqa: S608  # our own names
)
"""Everybody of whom something is kept that goes with them, by guild."""

MENTIONING = f"""
select distinct guild_id, text from responses where instr(text, '<@')
union select {OF_DRAFTS}, text from drafts where instr(text, '<@')
"""  # noqa: S608  # the same


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose, when, and what they read."""

    choice: Literal["yes"] | Quote
    at: datetime
    wording: Wording


@dataclass(frozen=True, slots=True)
class Choices:
    """How a reader's choices stand in a guild.

    Attributes:
        keeping: What holds for those who chose nothing.
        keep: Their yes to keeping; None if they said none.
        refusal: Their no to keeping; None if they said none.
        quote: Whether and how they may be quoted where they say nothing.
        kept: How many responses of theirs are kept here.
        quotable: How many of these may be quoted.
    """

    keeping: Keeping
    keep: Choice | None
    refusal: Refusal | None
    quote: Choice | None
    kept: int
    quotable: int

    @property
    def are_made(self) -> bool:
        """Whether a row says what they chose; a refusal names nobody."""
        return self.keep is not None or self.quote is not None


def choices_of(db: Database, guild_id: int, reader_id: int) -> Choices:
    """Return how a reader's choices stand in a guild."""
    reader = [guild_id, reader_id]
    (kept,) = db.execute(
        "select count(*) from responses where guild_id = ? and reader_id = ? and text <> ''", reader
    ).fetchone()
    (quotable,) = db.execute(
        f"select count(*) {LATEST_CONSENT} and responses.text <> ''",
        reader,  # no value in it
    ).fetchone()
    return Choices(
        get_guild(db, guild_id).keeping,
        _newest(db, guild_id, reader_id, "keep"),
        refusals.refusal(db, guild_id, reader_id),
        _newest(db, guild_id, reader_id, "quote"),
        kept,
        quotable,
    )


def agree(db: Database, guild_id: int, reader_id: int, wording: Wording, now: datetime) -> None:
    """Record that what a reader writes from now on may be kept.

    Args:
        now: By Discord's clock, as the times of messages are.
    """
    refusals.end(db, guild_id, reader_id, now)
    _choose(db, guild_id, reader_id, "keep", "yes", wording, now)


class Refused(NamedTuple):
    """What came of a refusal.

    Attributes:
        deleted: How many responses.
        publications: Those in whose threads something is to be removed or changed.
    """

    deleted: int
    publications: list[int]


def refuse(db: Database, guild_id: int, reader_id: int, wording: Wording, now: datetime) -> Refused:
    """Delete all that is kept of a reader in a guild, and keep nothing of theirs from now on."""
    changed = refusals.unmention(db, guild_id, reader_id)
    touched = forget_reader(db, reader_id, guild_id, now)
    refusals.record(db, guild_id, reader_id, wording, now)
    owe_scrub(db, now)
    return Refused(len(touched), [*touched, *changed])


def apply_refusals(db: Database, now: datetime) -> list[int]:
    """Bring what is kept into line with refusals that came from another database.

    Returns:
        The publications from which something was deleted, once for each response.
    """
    touched: list[int] = []
    people = {pair for query in WRITERS for pair in db.execute(query).fetchall()}
    for (guild_id, reader_id), ended_at in refusals.among(db, people).items():
        if ended_at is None:
            touched += forget_reader(db, reader_id, guild_id, now)
    for guild_id, text in db.execute(MENTIONING).fetchall():
        named = [(guild_id, one) for one in refusals.mentioned(text)]
        for person_id in refusals.holding(refusals.among(db, named)):
            refusals.unmention(db, guild_id, person_id)
            owe_scrub(db, now)
    return touched


def choose_quote(
    db: Database, guild_id: int, reader_id: int, quote: Quote, wording: Wording, now: datetime
) -> None:
    """Record whether and how a reader may be quoted where they say nothing, from now on."""
    _choose(db, guild_id, reader_id, "quote", quote, wording, now)


def withdraw_quotes(
    db: Database, guild_id: int, reader_id: int, wording: Wording, now: datetime
) -> int:
    """Let nothing be quoted that a reader wrote in a guild; return how many responses that are."""
    cursor = db.execute(
        "insert into consents (response_id, purpose, granted, named, wording, given_at, version) "
        f"select response_id, 'quote', 0, 0, ?, ?, ? {LATEST_CONSENT}",
        [wording.text, to_text(now), wording.version, guild_id, reader_id],
    )
    return cursor.rowcount


def forget_choices(db: Database, guild_id: int, reader_id: int) -> None:
    """Forget what a reader chose in a guild, as if they had never said yes, nor anything."""
    db.execute("delete from choices where guild_id = ? and reader_id = ?", [guild_id, reader_id])


def _choose(
    db: Database,
    guild_id: int,
    reader_id: int,
    purpose: Literal["keep", "quote"],
    choice: Literal["yes"] | Quote,
    wording: Wording,
    now: datetime,
) -> None:
    db.execute(
        "insert into choices (guild_id, reader_id, purpose, choice, wording, version, chosen_at) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        [guild_id, reader_id, purpose, choice, *wording, to_text(now)],
    )


def _newest(
    db: Database, guild_id: int, reader_id: int, purpose: Literal["keep", "quote"]
) -> Choice | None:
    row = db.execute(
        "select choice, chosen_at, wording, version from choices "
        "where guild_id = ? and reader_id = ? and purpose = ? "
        "order by chosen_at desc, id desc limit 1",
        [guild_id, reader_id, purpose],
    ).fetchone()
    return Choice(row[0], from_text(row[1]), Wording(row[2], row[3])) if row else None
