"""What moderators read about who did what: in the log channel, and with `/audit`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.core import custom_ids
from bot.core.custom_ids import short
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.outgoing import Button, Outgoing, Select
from bot.store.audit import ACTS, OF_THE_BOT, Act, Entry, Subject

PAGE = 8
"""Acts on a page: so many of the longest lines fit into a message."""

TITLE, DETAIL = 50, 60
"""Code points of each in a line."""

BY_ITSELF: frozenset[Act] = frozenset(
    {"took answers down", "held answers", "deleted old responses", "confirmed a cut"}
)
"""What nobody but the bot, or its operator, does without a name."""

Subjects = Mapping[int, Subject]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which acts are asked for; 0 and None ask for nothing.

    Attributes:
        until: No newer than this entry, so that pages hold still.
    """

    actor_id: int = 0
    act: Act | None = None
    until: int = 0


def act_called(digest: str) -> Act | None:
    """Return the act that a custom_id names; None for all of them, or for one that is no more."""
    return next((act for act in ACTS if custom_ids.digest(act) == digest), None)


def line(entry: Entry, subjects: Subjects, say: Phrases) -> str:
    """Return an act in a line: when, who, what, and where it can be seen."""
    at = discord.utils.format_dt(entry.at, "f")
    who = f"<@{entry.actor_id}>"
    if entry.actor_id == OF_THE_BOT:
        who = say.audit_bot if entry.act in BY_ITSELF else say.somebody
    parts = [f"{at} {who}: **{say.act(entry.act)}**"]
    subject = subjects.get(entry.subject_id or 0)
    if subject is not None:
        parts.append(_where(entry.guild_id, subject))
    elif entry.detail:
        parts.append(escape(shorten(" ".join(entry.detail.split()), DETAIL)))
    return " · ".join(parts)


def _where(guild_id: int, subject: Subject) -> str:
    title = escape(shorten(" ".join(subject.title.split()), TITLE))
    if subject.thread_id is None:
        return title
    url = f"https://discord.com/channels/{guild_id}/{subject.thread_id}"
    return f"{title} {url}/{subject.message_id}" if subject.message_id else f"{title} {url}"


def log_message(entries: Sequence[Entry], subjects: Subjects, say: Phrases) -> Outgoing:
    """Return a message of the log, oldest act first; by its button it is found again."""
    more = Button(say.audit_more, custom_ids.LOGGED(entries[-1].id))
    text = "\n".join(line(entry, subjects, say) for entry in entries)
    return Outgoing(text, rows=((more,),), quiet_links=True)


def audit_page(
    entries: Sequence[Entry], subjects: Subjects, asked: Asked, number: int, say: Phrases
) -> Outgoing:
    """Return a page of acts, newest first.

    Args:
        entries: Those of the page, and one more if there is another page.
        number: Counted from 0.
    """
    shown = entries[:PAGE]
    if not shown:
        return Outgoing(say.audit_empty)
    text = "\n".join([say.audit_heading, *(f"- {line(one, subjects, say)}" for one in shown)])
    turn = (
        Button(say.newer, _turn(asked, max(0, number - 1)), disabled=number == 0),
        Button(say.older, _turn(asked, number + 1), disabled=len(entries) <= PAGE),
    )
    hidden = _hidden(shown, subjects)
    menus = (Select(custom_ids.UNHIDE(0), say.audit_show_again, hidden),) if hidden else ()
    return Outgoing(text, rows=(turn, *menus))


def _turn(asked: Asked, number: int) -> str:
    act = custom_ids.digest(asked.act) if asked.act else "0"
    return custom_ids.AUDIT(number, short(asked.until), short(asked.actor_id), act)


def _hidden(entries: Sequence[Entry], subjects: Subjects) -> tuple[tuple[str, str], ...]:
    """Return the responses that were hidden, and are, as options of a menu."""
    options: dict[int, str] = {}
    for entry in entries:
        subject = subjects.get(entry.subject_id or 0)
        if entry.act == "hid a response" and subject is not None and subject.is_hidden:
            label = f"{subject.title}, {entry.at:%Y-%m-%d %H:%M} UTC"
            options.setdefault(entry.subject_id or 0, label)
    return tuple((label, str(response)) for response, label in options.items())
