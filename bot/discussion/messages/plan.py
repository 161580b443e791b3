"""What moderators read about the essays of a channel: due, waiting, taken out, on the shelf."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.outgoing import Button, Outgoing

LINES = 12
"""On a page, with the longest titles and reasons within a message."""

TITLE, DETAIL = 60, 90
"""Code points of each in a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """How one essay stands.

    Attributes:
        state: In a word.
        detail: Why, by whom or when, as markup of ours; "" for nothing more.
    """

    state: str
    title: str
    detail: str = ""


def moment(when: datetime, style: discord.utils.TimestampStyle = "R") -> str:
    """Return a time as each reader's Discord shows it."""
    return discord.utils.format_dt(when, style)


def plan_page(channel_id: int, lines: Sequence[Line], number: int, say: Phrases) -> Outgoing:
    """Return a page of how the essays of a channel stand.

    Args:
        number: Counted from 0; of a page that is not there, the nearest is shown.
    """
    pages = max(1, -(-len(lines) // LINES))
    number = max(0, min(number, pages - 1))
    shown = lines[number * LINES : (number + 1) * LINES]
    told = [say.plan_heading.format(channel=f"<#{channel_id}>"), *map(_line, shown)]
    if not lines:
        told.append(say.plan_empty)
    if pages == 1:
        return Outgoing("\n".join(told))
    told.append(f"-# {say.page.format(page=number + 1, pages=pages)}")
    turn = (
        Button(say.newer, custom_ids.PLAN(max(0, number - 1)), disabled=number == 0),
        Button(say.older, custom_ids.PLAN(number + 1), disabled=number == pages - 1),
    )
    return Outgoing("\n".join(told), rows=(turn,))


def _line(line: Line) -> str:
    title = escape(shorten(" ".join(line.title.split()), TITLE))
    detail = f": {line.detail}" if line.detail else ""
    return f"- **{line.state}** · {title}{detail}"


def reason_shown(reason: str) -> str:
    """Return why an essay waits, short enough for a line."""
    return shorten(" ".join(reason.split()), DETAIL)
