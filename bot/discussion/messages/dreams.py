"""Drafts for moderators about what was found at night, and what is asked in threads after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core import custom_ids
from bot.core.links import MOST_ON_BUTTON, encoded
from bot.core.markup import one_line, quote
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Button, Outgoing
from bot.store.dreams.journal import Found, Side
from bot.store.dreams.second_questions import Second

TITLE = 120
WORD = 40
WORDS = 6
DRAFTED = 420
"""Code points of a title, of a word and how many words, and of a text that a draft quotes."""

ASKED = 1000
"""Code points of what a question in a thread quotes."""

NEVER = 40
"""Code points of a title on a button."""


class Quoted(NamedTuple):
    """A text that is quoted, as far as there is room."""

    text: str


Part = str | Quoted
"""A line of a message, or what is quoted below it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the ends of a connection say, and the third text; "" where there is nothing to show."""

    a: str
    b: str
    through: str = ""


def draft(found: Found, texts: Texts, say: Phrases) -> Outgoing:
    """Return a connection as moderators see it, with buttons until one of them decides."""
    heads = {
        "pair": say.dream_pair,
        "bridge": say.dream_bridge,
        "question": say.dream_question,
    }
    parts: list[Part] = [heads[found.kind]]
    for side, text in ((found.a, texts.a), (found.b, texts.b)):
        parts += [_head(found.guild_id, side, say), Quoted(text)]
    parts += _bridge(found, texts, say)
    decided = decision_text(found, say)
    if decided:
        parts.append(say.dream_by_whom.format(who=who(found.decided_by, say), decision=decided))
    rows = () if decided else _choices(found, say)
    return Outgoing(_fitted(parts, DRAFTED), rows=rows, quiet_links=True)


def _bridge(found: Found, texts: Texts, say: Phrases) -> list[Part]:
    tied = words(found)
    if found.through is None:
        return [say.dream_because.format(words=tied)] if tied else []
    title = f"**{one_line(found.through.title, TITLE)}**"
    return [say.dream_through.format(title=title, words=tied or "—"), Quoted(texts.through)]


def _fitted(parts: Sequence[Part], most: int) -> str:
    """Return the lines of a message, with quotes as long as there is room for all of them.

    Args:
        most: Code points of a quote.
    """
    lines = [part for part in parts if not isinstance(part, Quoted)]
    quotes = [part for part in parts if isinstance(part, Quoted) and part.text.strip()]
    room = MESSAGE - sum(len(line) + 1 for line in lines) - len(quotes)
    limit = max(0, min(most, room // max(1, len(quotes))))
    shown = [
        quote(part.text, limit) if isinstance(part, Quoted) else part
        for part in parts
        if not isinstance(part, Quoted) or (part in quotes and limit)
    ]
    return "\n".join(shown)


def words(found: Found) -> str:
    """Return the words that tie a connection, as they stand in a sentence."""
    return ", ".join(f"*{one_line(word, WORD)}*" for word in found.because[:WORDS])


def who(moderator_id: int | None, say: Phrases) -> str:
    """Return who decided, as it stands in a message that mentions nobody."""
    return f"<@{moderator_id}>" if moderator_id else say.somebody


def decision_text(found: Found, say: Phrases) -> str:
    """Return what was decided about a connection; "" if nobody did."""
    if found.decision is None:
        return ""
    if found.decision == "asked":
        return say.dream_asked
    if found.decision == "dismissed":
        return say.dream_dismissed
    side = found.a if found.decision == "never_a" else found.b
    return say.dream_ruled_out.format(title=one_line(side.title, TITLE))


def _choices(found: Found, say: Phrases) -> tuple[tuple[Button, ...], ...]:
    number = found.id
    threads = [side.thread for side in (found.a, found.b) if side.thread]
    label = say.dream_ask if len(threads) > 1 else say.dream_ask_one
    ask = Button(label, custom_ids.DREAM(number, "asked"), tone="primary", disabled=not threads)
    dismiss = Button(say.dream_dismiss, custom_ids.DREAM(number, "dismissed"))
    never = tuple(
        Button(
            say.dream_never.format(title=_short(side.title)),
            custom_ids.DREAM(number, decision),
        )
        for side, decision in ((found.a, "never_a"), (found.b, "never_b"))
    )
    return ((ask, dismiss), never)


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= NEVER else f"{line[: NEVER - 1]}…"


def _head(guild_id: int, side: Side, say: Phrases) -> str:
    title, url = one_line(side.title, TITLE), side_url(guild_id, side)
    if url is None:
        return say.dream_side_unlinked.format(title=title)
    return say.dream_side.format(title=title, url=url)


def side_url(guild_id: int, side: Side) -> str | None:
    """Return where an end of a connection stands: a response in its thread, else the essay."""
    address = _address(side.url)
    if side.thread is None or (side.end.response_id is None and address):
        return address
    url = f"https://discord.com/channels/{guild_id}/{side.thread.id}"
    is_message = side.end.response_id is not None and side.message_id
    return f"{url}/{side.message_id}" if is_message else url


def _address(url: str | None) -> str | None:
    """Return an essay's address as it stands in a link in a text; None if it is too long for it."""
    address = encoded(url or "").replace("(", "%28").replace(")", "%29")
    return address if 0 < len(address) <= MOST_ON_BUTTON else None


def withdrawn(say: Phrases) -> Outgoing:
    """Return what is left of a draft when one of its texts is gone."""
    return Outgoing(say.dream_withdrawn)


def asked(
    number: int, found: Found, role: Literal["a", "b"], texts: Texts, say: Phrases
) -> Outgoing:
    """Return the question in the thread of one end, about the other.

    Words of a response stand in it only if their writer agreed to be quoted, and their name only
    if they agreed to that, too.

    Args:
        number: The message's, which stands in its button.
        say: In the language of the thread.
    """
    own, other = (found.a, found.b) if role == "a" else (found.b, found.a)
    text = texts.b if role == "a" else texts.a
    url = side_url(found.guild_id, other) or ""
    title = one_line(other.title, TITLE)
    if other.end.response_id is None:
        heading = say.dream_asks_question if _asks(found, other) else say.dream_asks_passage
        parts: list[Part] = [heading.format(title=title, url=url), Quoted(text)]
    elif other.may_quote:
        name = one_line(other.by, TITLE) if other.by else say.dream_asks_reader
        head = say.dream_asks_quote.format(who=name, title=title, url=url)
        parts = [head, Quoted(text)]
    else:
        parts = [say.dream_asks_link.format(title=title, url=url)]
    is_question = _asks(found, own)
    here = say.dream_asks_here_question if is_question else say.dream_asks_here_essay
    if own.end.response_id is not None:
        here = say.dream_asks_here.format(url=side_url(found.guild_id, own))
    why = Button(say.dream_asks_why, custom_ids.WHY(number))
    return Outgoing(_fitted([*parts, here], ASKED), rows=((why,),), quiet_links=True)


def _asks(found: Found, side: Side) -> bool:
    """Return whether an end is a question that nobody has answered, as its essay asks it."""
    return found.kind == "question" and side is found.a


def why(found: Found, role: Literal["a", "b"], say: Phrases) -> str:
    """Return why the bot asks; of words that may not be quoted, none is named."""
    other = found.b if role == "a" else found.a
    tied = words(found)
    may_name = other.end.response_id is None or other.may_quote
    if not (tied and may_name):
        return say.dream_why
    return f"{say.dream_why}\n{say.dream_because.format(words=tied)}"


def second_draft(second: Second, say: Phrases) -> Outgoing:
    """Return a prompt that may be asked again, as moderators see it."""
    url = f"https://discord.com/channels/{second.guild_id}/{second.thread_id}"
    url = f"{url}/{second.message_id}" if second.message_id else url
    head = say.second_draft.format(title=one_line(second.title, TITLE), url=url)
    lines = [head, quote(second.text, ASKED)]
    if second.decision is not None:
        decided = second_decision(second, say)
        lines.append(say.dream_by_whom.format(who=who(second.decided_by, say), decision=decided))
        return Outgoing("\n".join(lines), quiet_links=True)
    ask = Button(say.second_ask, custom_ids.SECOND(second.id, "asked"), tone="primary")
    dismiss = Button(say.second_dismiss, custom_ids.SECOND(second.id, "dismissed"))
    return Outgoing("\n".join(lines), rows=((ask, dismiss),), quiet_links=True)


def second_decision(second: Second, say: Phrases) -> str:
    """Return what was decided about a prompt."""
    return say.second_asked if second.decision == "asked" else say.second_dismissed


def second_asked(number: int, second: Second, say: Phrases) -> Outgoing:
    """Return the prompt as it is asked again, with the button that answers it.

    Args:
        number: The message's, which stands in its button.
        say: In the language of the thread.
    """
    answer = Button(say.answer, custom_ids.ANSWER(second.prompt_id), tone="primary")
    why_this = Button(say.dream_asks_why, custom_ids.WHY(number))
    text = f"{say.second_asks}\n**{one_line(second.text, ASKED)}**"
    return Outgoing(text, rows=((answer, why_this),))
