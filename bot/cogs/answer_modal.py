"""The modal in which a reader answers, and reading what was submitted."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui
from discord.utils import format_dt

from bot.cogs.buttons import form_values
from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discussion.answering.answers import Submitted
from bot.store.responses.answer_forms import Form

LONGEST = 1500
"""Code points of an answer: it fits a message together with its question."""

QUESTION = 3500
"""Code points of the question shown above; a form takes 4,000
(docs/discord-facts.md#form-limits).
"""

TEXT, SHOW, QUOTE, NAMED = "text", "show", "quote", "named"


class AnswerModal(ui.Modal):
    """Asks for an answer, whether to show it, and whether and how it may be quoted.

    With the question above it is what a form takes at most: five parts
    (docs/discord-facts.md#form-limits).

    It is stopped at once, so that discord.py does not keep it: submissions are taken by their
    custom_id (docs/discord-facts.md#forms-after-a-restart).
    """

    def __init__(self, form: Form, say: Phrases) -> None:
        asked, earlier = form.asked, form.earlier
        super().__init__(
            title=say.modal_title,
            timeout=None,
            custom_id=custom_ids.MODAL(asked.id, earlier.id if earlier else 0),
        )
        self.add_item(ui.TextDisplay(_head(form, say)))
        self.add_item(
            ui.Label(
                text=say.modal_answer,
                component=ui.TextInput(
                    custom_id=TEXT,
                    style=discord.TextStyle.paragraph,
                    max_length=LONGEST,
                    default=_text(form),
                ),
            )
        )
        self.add_item(
            ui.Label(text=say.modal_show, component=ui.Checkbox(custom_id=SHOW, default=form.shown))
        )
        quoted = earlier.may_quote if earlier else form.quote in {"by_name", "without_name"}
        self.add_item(
            ui.Label(text=say.modal_quote, component=ui.Checkbox(custom_id=QUOTE, default=quoted))
        )
        named = earlier.named if quoted and earlier else form.quote != "without_name"
        self.add_item(
            ui.Label(text=say.modal_named, component=ui.Checkbox(custom_id=NAMED, default=named))
        )
        self.stop()


def _text(form: Form) -> str | None:
    """Return what stands in the field: what its reader wrote last."""
    if form.draft is not None:
        return form.draft.text
    return form.earlier.text if form.earlier else None


def _head(form: Form, say: Phrases) -> str:
    """Return the question, and what its reader should know before they answer."""
    lines = [shorten(escape(form.asked.text), QUESTION)]
    if form.asked.seal.until is not None:
        date = format_dt(form.asked.seal.until, "D")
        lines.append(f"-# {say.sealed_form.format(date=date)}")
    if form.draft is not None:
        date = format_dt(form.draft.saved_at, "f")
        lines.append(f"-# {say.draft_in_form.format(date=date)}")
    return "\n".join(lines)


def read_submit(data: Mapping[str, Any]) -> Submitted:
    """Return what was entered in an `AnswerModal`, from Discord's raw payload.

    The text is cut to what the modal allows; a client could send more.
    """
    values = form_values(data)
    return Submitted(
        text=str(values.get(TEXT) or "").strip()[:LONGEST],
        shown=values.get(SHOW) is True,
        may_quote=values.get(QUOTE) is True,
        named=values.get(NAMED) is True,
    )
