"""What a form asks a reader, and what stands in it when it opens."""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.core.consent import Quote
from bot.store.ledger.prompts import Asked, get_prompt
from bot.store.responses import refusals
from bot.store.responses.answers import Answer, answer_to
from bot.store.responses.drafts import Draft, get_draft
from bot.store.responses.keeping import quote_default


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader is asked in a form.

    Attributes:
        earlier: What they answered before; None if nothing.
        thread_id: Where it is asked; None if there is no thread, or none any more.
        quote: Whether and how they want to be quoted where they do not say; None if they never did.
        is_refused: Whether nothing of theirs is to be kept, so that no answer is taken.
        draft: What they handed in since, and could not be kept.
        shown: Whether they want it shown, which a moderator who hides it does not change.
    """

    asked: Asked
    earlier: Answer | None
    thread_id: int | None
    quote: Quote | None = None
    is_refused: bool = False
    shown: bool = True
    draft: Draft | None = None


def get_form(db: Database, prompt_id: int, reader_id: int) -> Form | None:
    """Return what a reader is asked by a prompt; None if there is no such prompt."""
    asked = get_prompt(db, prompt_id)
    if asked is None:
        return None
    (guild_id, thread_id) = db.execute(
        "select guild_id, iif(over_at is null, thread_id, null) from publications "
        "join channels on channels.id = channel_id where publications.id = ?",
        [asked.publication_id],
    ).fetchone()
    earlier = answer_to(db, prompt_id, reader_id)
    wanted = db.execute(
        "select shown from responses where id = ?", [earlier.id if earlier else 0]
    ).fetchone()
    return Form(
        asked,
        earlier,
        thread_id,
        quote_default(db, guild_id, reader_id),
        refusals.refuses(db, guild_id, reader_id),
        shown=bool(wanted[0]) if wanted else True,
        draft=get_draft(db, prompt_id, reader_id),
    )
