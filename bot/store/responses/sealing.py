"""Opening what was sealed: answers that waited for a day, shown together when it has come."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.ledger import pending_answers
from bot.store.ledger.publications import unsettle
from bot.store.times import to_text

AT_ONCE = 25
"""Answers to a question that are opened in one round: Discord takes about one message a second."""

DUE = """
select prompts.id, publication_id from prompts
join publications on publications.id = publication_id
where sealed_until <= :now and over_at is null and locked is not 1
  and not exists (select 1 from pending_answers where publication_id = publications.id)
order by sealed_until, prompts.id
"""
"""What an author took back stays sealed with its essay; what was opened before is shown first."""

SEALED = """
select id, shown and hidden_at is null and (review is null or review = 'approved')
from responses where prompt_id = ? and sealed = 1 order by id limit ?
"""
"""In the order of their writing."""


def open_due(db: Database, now: datetime) -> list[int]:
    """Open answers whose day has come, and leave it to the schedule to show them.

    A prompt with none left is sealed no longer. What is opened stays so, whatever day its essay's
    file names later.

    Returns:
        The answers that are to be shown.
    """
    opened: list[int] = []
    for prompt_id, publication_id in db.execute(DUE, {"now": to_text(now)}).fetchall():
        sealed = db.execute(SEALED, [prompt_id, AT_ONCE]).fetchall()
        for response_id, is_shown in sealed:
            db.execute("update responses set sealed = 0 where id = ?", [response_id])
            if is_shown:
                pending_answers.add(db, response_id)
                opened.append(response_id)
        if len(sealed) < AT_ONCE:
            db.execute("update prompts set sealed_until = null where id = ?", [prompt_id])
            unsettle(db, publication_id)  # its message says until when
    return opened
