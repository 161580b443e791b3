"""What a reader reads about their choices, and what they are asked."""

from bot.core import custom_ids
from bot.core.consent import Wording, read_choice
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Button, Outgoing, Select
from bot.store.responses.choices import Choice, Choices
from bot.store.responses.refusals import Refusal

READ = 300
"""Code points of a wording that is shown again."""


def choices_card(choices: Choices, say: Phrases, *, first: str = "") -> Outgoing:
    """Return a reader's choices, since when and by which words they hold, and how to change them.

    Args:
        first: What is said above it, once something was changed.
    """
    parts = [
        first,
        say.choices_heading,
        f"**{say.choice_keep}**\n-# {_kept(choices, say)}",
        f"**{say.choice_quote}**\n-# {_quoted(choices, say)}",
        say.quotable_now.format(count=choices.quotable) if choices.quotable else "",
    ]
    options = tuple((label, value) for value, label in quote_labels(say).items())
    undo = [
        *([Button(say.withdraw_quotes, custom_ids.UNQUOTE())] if choices.quotable else []),
        *([Button(say.forget_choices, custom_ids.UNCHOOSE())] if choices.are_made else []),
        Button(say.privacy_back, custom_ids.PRIVACY()),
    ]
    rows: list[tuple[Button, ...] | Select] = [_keeping(choices, say)]
    if choices.refusal is None:
        rows.append(Select(custom_ids.DEFAULT(), say.choose_quote, options))
    rows.append(tuple(undo))
    return Outgoing(
        content=shorten("\n\n".join(part for part in parts if part), MESSAGE),
        rows=tuple(rows),
    )


def _keeping(choices: Choices, say: Phrases) -> tuple[Button, ...]:
    """Return the buttons for what was not chosen."""
    yes = Button(say.choice_keep_yes, custom_ids.KEEP("yes", 1))
    no = Button(say.choice_keep_no, custom_ids.KEEP("no", 0), tone="danger")
    if choices.refusal is not None:
        return (yes,)
    return (no,) if choices.keep is not None else (yes, no)


def refusal_question(count: int, say: Phrases) -> Outgoing:
    """Return the question whether a reader is sure that nothing of theirs is kept.

    Args:
        count: How many responses are deleted by it.
    """
    return Outgoing(
        content=say.choice_keep_sure.format(count=count),
        rows=(
            (
                Button(say.choice_keep_no, custom_ids.KEEP("no", 1), tone="danger"),
                Button(say.privacy_back, custom_ids.CHOICES()),
            ),
        ),
    )


def quote_request(response_id: int, say: Phrases) -> Outgoing:
    """Return the message that asks a writer whether a response may be quoted.

    It says neither who they are nor what they wrote: it stands below the response.
    """
    buttons = tuple(
        Button(label, custom_ids.QUOTE(response_id, value))
        for value, label in quote_labels(say).items()
    )
    return Outgoing(content=say.quote_asked, rows=(buttons,))


def quote_labels(say: Phrases) -> dict[str, str]:
    """Return what the three answers are called, by their values."""
    return {
        "by_name": say.quote_by_name,
        "without_name": say.quote_without_name,
        "no": say.quote_no,
    }


def agreement(say: Phrases) -> Wording:
    """Return what a reader reads who agrees that what they write is kept."""
    return read_choice(say.choice_keep, say.choice_keep_yes)


def refusal(say: Phrases) -> Wording:
    """Return what a reader reads who wants nothing of theirs to be kept."""
    return read_choice(say.choice_keep, say.choice_keep_no)


def quote_default(say: Phrases, quote: str) -> Wording:
    """Return what a reader reads who chooses whether they may be quoted from now on."""
    return read_choice(say.choice_quote, quote_labels(say)[quote])


def _kept(choices: Choices, say: Phrases) -> str:
    if choices.refusal is not None:
        return _made(say.choice_keep_no, choices.refusal, say, day_only=True)
    if choices.keep is not None:
        return _made(say.choice_keep_yes, choices.keep, say)
    return say.kept_after_yes if choices.keeping == "opt_in" else say.kept_until_no


def _quoted(choices: Choices, say: Phrases) -> str:
    if choices.quote is None:
        return say.quoted_if_asked
    return _made(quote_labels(say)[choices.quote.choice], choices.quote, say)


def _made(label: str, chosen: Choice | Refusal, say: Phrases, *, day_only: bool = False) -> str:
    """Return what was chosen, when, and by which words."""
    moment = int(chosen.at.timestamp())
    at = f"{chosen.at:%Y-%m-%d}" if day_only else f"<t:{moment}:f>"
    wording = escape(shorten(chosen.wording.text, READ))
    version = escape(chosen.wording.version)
    return say.choice_made.format(choice=label, at=at, version=version, wording=wording)
