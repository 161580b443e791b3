"""Answers given through a prompt's button, consent to quote them, and the right to be forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.consent import VERSION
from bot.core.response import Captured
from bot.core.review import NOT_ASKED, Standing
from bot.store.file.persons import PLACES
from bot.store.file.scrubbing import owe_scrub
from bot.store.ids import new_id
from bot.store.ledger import pending_answers
from bot.store.ledger.publications import unsettle
from bot.store.responses import drafts, refusals
from bot.store.responses.collected import bury
from bot.store.responses.holding import Before, hold
from bot.store.responses.readers import remember_reader
from bot.store.responses.standing import STANDS
from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept and shown.

    Attributes:
        id: The response's.
        is_shown: Whether it stands in the thread, or is to: `bot.store.responses.standing` says so.
        may_quote: Whether its reader agreed to be quoted on the blog.
        named: Whether a quote may bear their name.
        is_wanted: Whether its reader wants it in the thread, and nobody took it out.
        standing: How it stands with the moderators.
        sealed_until: When it is shown together with the other answers; None if it does not wait.
    """

    id: int
    publication_id: int
    prompt_id: int
    question: str
    reader_id: int
    reader_name: str
    text: str
    is_shown: bool
    may_quote: bool
    named: bool = False
    is_wanted: bool = True
    standing: Standing = NOT_ASKED
    sealed_until: datetime | None = None


SELECT = f"""
select responses.id, responses.publication_id, prompt_id, prompts.text, responses.reader_id,
  coalesce(nullif(nicknames.name, ''), readers.name), responses.text,
  {STANDS}, coalesce((
    select granted from consents where response_id = responses.id order by id desc limit 1
  ), 0), coalesce((
    select named from consents where response_id = responses.id order by id desc limit 1
  ), 0), shown and hidden_at is null, review, review_because, iif(sealed, sealed_until, null)
from responses join prompts on prompts.id = prompt_id
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where source = 'answer'
"""  # noqa: S608  # no value in it


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an answer that was handed in, and what decides whether it may be shown.

    Attributes:
        answer: As it is kept now: a newer one of its reader may have come first.
        is_newest: Whether it says what was handed in, and nothing that came later.
        is_first: Whether no message has been tried for it: slow mode lets people edit.
        last_words: When its reader last wrote in its thread besides; None if never.
    """

    answer: Answer
    is_newest: bool
    channel_id: int
    thread_id: int | None
    is_first: bool
    last_words: datetime | None


INSERT_CONSENT = """
insert into consents (response_id, purpose, granted, named, wording, named_wording, given_at,
  version)
values (?, 'quote', ?, ?, ?, ?, ?, ?)
"""


def keep_answer(
    db: Database,
    answer: Captured,
    prompt_id: int,
    *,
    shown: bool,
    may_quote: bool,
    named: bool = False,
    wordings: tuple[str, str],
) -> Kept | None:
    """Keep an answer; a reader's second answer to a prompt edits the first.

    Interactions may come twice and out of order: one that was taken before, or that is older than
    what is kept, changes nothing.

    Args:
        answer: Its source is the interaction.
        named: Whether a quote may bear the reader's name.
        wordings: What the reader read when asked whether they may be quoted, and whether by name.

    Returns:
        None if there is no thread any more, or if the answer was taken before and is withdrawn.

    Raises:
        RefusedError: Its reader chose that nothing of theirs is kept.
    """
    answer = refusals.accepted(db, answer)
    existing = answer_to(db, prompt_id, answer.reader_id)
    if not _is_news(db, answer, existing):
        return _kept(db, existing, answer.text) if existing else None
    _write(db, answer, prompt_id, existing, shown=shown)
    kept = answer_to(db, prompt_id, answer.reader_id)
    if kept is None:
        _forget_name(db, answer.reader_id)
        return None
    pending_answers.add(db, kept.id)
    drafts.drop(db, prompt_id, answer.reader_id, answer.created_at)
    agreed = replace(kept, may_quote=may_quote, named=may_quote and named)
    _record_consent(db, existing, agreed, wordings, answer.created_at)
    return _kept(db, agreed, answer.text)


def _write(
    db: Database, answer: Captured, prompt_id: int, existing: Answer | None, *, shown: bool
) -> None:
    """Write an answer, new or in the place of its reader's earlier one, and whether it waits."""
    remember_reader(db, answer.reader_id, answer.reader_name, answer.guild_id, answer.nickname)
    before = None
    if existing is None:
        _insert(db, answer, prompt_id, shown=shown)
    else:
        before = Before(existing.text, existing.is_wanted, existing.is_shown, existing.standing)
        _replace(db, existing.id, answer, shown=shown)
    hold(db, answer, prompt_id, before, shown=shown)


def _consent(answer: Answer) -> tuple[bool, bool]:
    return answer.may_quote, answer.named


def _record_consent(
    db: Database,
    existing: Answer | None,
    answer: Answer,
    wordings: tuple[str, str],
    given_at: datetime,
) -> None:
    """Record what a reader agreed to, if they did not say the same before."""
    if existing is not None and _consent(existing) == _consent(answer):
        return
    values = [answer.id, *_consent(answer), *wordings, to_text(given_at), VERSION]
    db.execute(INSERT_CONSENT, values)


def _kept(db: Database, answer: Answer, text: str) -> Kept:
    [(channel_id, thread_id)] = db.execute(
        "select channel_id, thread_id from publications where id = ?", [answer.publication_id]
    ).fetchall()
    tried = db.execute(
        "select 1 from messages where publication_id = ? and kind = 'answer' and position = ?",
        [answer.publication_id, answer.id],
    ).fetchone()
    words = last_words(db, thread_id or 0, answer.reader_id, answer.id)
    return Kept(answer, answer.text == text, channel_id, thread_id, tried is None, words)


def _is_news(db: Database, answer: Captured, existing: Answer | None) -> bool:
    """Return whether an interaction was not taken before, nor anything that came after it."""
    taken = db.execute(
        "select 1 from tombstones where source_id = :id "
        "union all select 1 from responses where source_id = :id",
        {"id": answer.source_id},
    ).fetchone()
    if taken or existing is None:
        return not taken
    (newest,) = db.execute(
        "select coalesce(edited_at, created_at) from responses where id = ?", [existing.id]
    ).fetchone()
    return to_text(answer.created_at) >= str(newest)


def _replace(db: Database, response_id: int, answer: Captured, *, shown: bool) -> None:
    """Change an answer; the bare id of the interaction stays, so that it counts once."""
    db.execute(
        "insert or ignore into tombstones (source_id, deleted_at, because) values (?, ?, 'reader')",
        [answer.source_id, to_text(answer.created_at)],
    )
    owe_scrub(db, answer.created_at)
    db.execute(
        "update responses set text = ?, shown = ?, edited_at = ? where id = ?",
        [answer.text, int(shown), to_text(answer.created_at), response_id],
    )


def _insert(db: Database, answer: Captured, prompt_id: int, *, shown: bool) -> None:
    db.execute(
        "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
        "prompt_id, reader_id, text, shown, created_at) "
        "select ?, ?, 'answer', threads.guild_id, threads.id, threads.publication_id, prompts.id, "
        "?, ?, ?, ? from prompts join threads on threads.publication_id = prompts.publication_id "
        "where prompts.id = ? and threads.deleted_at is null",
        [
            new_id(),
            answer.source_id,
            answer.reader_id,
            answer.text,
            int(shown),
            to_text(answer.created_at),
            prompt_id,
        ],
    )


def answer_to(db: Database, prompt_id: int, reader_id: int) -> Answer | None:
    """Return a reader's answer to a prompt."""
    return _first(db, "and prompt_id = ? and responses.reader_id = ?", [prompt_id, reader_id])


def get_answer(db: Database, response_id: int) -> Answer | None:
    """Return an answer by its response's id."""
    return _first(db, "and responses.id = ?", [response_id])


def shown_answers(db: Database, publication_id: int) -> list[Answer]:
    """Return the answers of a publication that stand in its thread, or should."""
    rows = db.execute(
        f"{SELECT} and responses.publication_id = ? and {STANDS} order by responses.id",
        [publication_id],
    )
    return [_answer(row) for row in rows]


def do_not_show(db: Database, response_id: int) -> None:
    """Keep an answer out of its thread; no moderator has to look at it."""
    db.execute(
        "update responses set shown = 0, review = nullif(review, 'waiting') where id = ?",
        [response_id],
    )
    pending_answers.add(db, response_id)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An answer that is not kept any more.

    Attributes:
        stands: Whether a message shows it in the thread, or may.
    """

    answer: Answer
    stands: bool


def withdraw(db: Database, response_id: int, reader_id: int, now: datetime) -> Withdrawn | None:
    """Delete an answer for its reader; return what it was, or None if there is none of theirs.

    Its message is left to the publisher, whether or not Discord has confirmed it: the row in the
    ledger stays, with the message's id or its marker and no text.
    """
    where = "and responses.id = ? and responses.reader_id = ?"
    answer = _first(db, where, [response_id, reader_id])
    if answer is None:
        return None
    shown_as = db.execute(
        "select 1 from messages where response_id = ? and deleted_at is null", [response_id]
    ).fetchone()
    pending_answers.add(db, response_id)
    drafts.drop(db, answer.prompt_id, reader_id, now)
    rows = db.execute("select source_id from responses where id = ?", [response_id])
    bury(db, [row[0] for row in rows.fetchall()], now, "reader")
    return Withdrawn(answer, stands=shown_as is not None)


def last_words(db: Database, thread_id: int, reader_id: int, but: int) -> datetime | None:
    """Return when a reader last wrote in a thread, except for one response; None if never."""
    [(newest,)] = db.execute(
        "select max(created_at) from responses "
        "where thread_id = ? and reader_id = ? and shown = 1 and id <> ?",
        [thread_id, reader_id, but],
    ).fetchall()
    return from_text(newest) if newest else None


def forget_reader(db: Database, reader_id: int, guild_id: int | None, now: datetime) -> list[int]:
    """Delete all that is kept of a reader, in a guild or everywhere.

    The bare ids of what they wrote stay, as tombstones and as erasures. Words stand in the file's
    corners, and in the copies beside it, until `Store.scrub`.

    Returns:
        The publications it was deleted from, once for each response.
    """
    before = db.conn.total_changes
    rows = db.execute(
        "select source_id, publication_id from responses "
        "where reader_id = ? and guild_id = coalesce(?, guild_id)",
        [reader_id, guild_id],
    ).fetchall()
    bury(db, [row[0] for row in rows], now, "reader")
    for row in rows:
        unsettle(db, row[1])
    _forget_name(db, reader_id)
    _forget_acts(db, reader_id, guild_id)
    refusals.unmention(db, guild_id, reader_id)
    if db.conn.total_changes > before:
        owe_scrub(db, now)
    return [row[1] for row in rows]


def _forget_acts(db: Database, person_id: int, guild_id: int | None) -> None:
    """Forget somebody in what they chose, drafted, or did as an author or a moderator."""
    for place in PLACES:
        db.execute(place.forget, {"person": person_id, "guild": guild_id})


def _forget_name(db: Database, reader_id: int) -> None:
    db.execute(
        "delete from readers where id = :id "
        "and not exists (select 1 from responses where reader_id = :id)",
        {"id": reader_id},
    )


def _first(db: Database, where: str, values: list[int]) -> Answer | None:
    rows = db.execute(f"{SELECT} {where} limit 1", values).fetchall()
    return _answer(rows[0]) if rows else None


def _answer(row: tuple[Any, ...]) -> Answer:
    shown, may_quote, named, wanted = map(bool, row[7:11])
    review, because, sealed_until = row[11:]
    response_id, publication_id, prompt_id, question, reader_id, name, text = row[:7]
    return Answer(
        response_id,
        publication_id,
        prompt_id,
        question,
        reader_id,
        name,
        text,
        is_shown=shown,
        may_quote=may_quote,
        named=named,
        is_wanted=wanted,
        standing=Standing(review, because),
        sealed_until=from_text(sealed_until) if sealed_until else None,
    )
