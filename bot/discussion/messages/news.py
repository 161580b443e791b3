"""What is new, by essay and question: for one author, and as a digest for a channel.

None of it has a reader's words or name, so that nothing has to be taken back from a digest when a
reader deletes theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import format_dt

from bot.core import custom_ids
from bot.core.custom_ids import short
from bot.core.markup import one_line
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Button, Outgoing, Select
from bot.discussion.messages.private import turns
from bot.store.desk.news import EssayNews, Linked

PAGE = 5
"""Essays on a page of what is new."""

TITLE = 90
QUESTION = 120
"""Code points of a title and a question at most."""

LISTED = 10
"""Questions of an essay, and lines of a digest's lists, at most."""

ROOM = 1000
ROOM_HIGHLIGHTS = 350
ROOM_UNANSWERED = 450
"""Code points of a digest's parts; together with its head they fit a message."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Between which responses something is new to an author.

    Attributes:
        at: When they looked last; None if they never did.
    """

    after_id: int
    until_id: int
    at: datetime | None


def news_page(essays: Sequence[EssayNews], seen: Seen, page: int, say: Phrases) -> Outgoing:
    """Return a page of the essays with new responses, and a menu that opens one of them."""
    if not essays:
        return Outgoing(content=_nothing(seen, say))
    last = (len(essays) - 1) // PAGE
    page = max(0, min(page, last))
    shown = essays[page * PAGE : (page + 1) * PAGE]
    lines = [
        say.news_since.format(since=format_dt(seen.at, "f")) if seen.at else say.news_first,
        f"-# {_count(essays, say)}",
    ]
    end = [f"-# {say.page.format(page=page + 1, pages=last + 1)}"] if last else []
    room = (MESSAGE - sum(len(line) + 1 for line in (*lines, *end))) // len(shown)
    for essay in shown:
        lines += _block(essay, room, say, links=False)
    between = (short(seen.after_id), short(seen.until_id))
    moment = short(int(seen.at.timestamp()) if seen.at else 0)
    options = tuple((essay.title, str(essay.essay_id)) for essay in shown)
    return Outgoing(
        content="\n".join([*lines, *end]),
        rows=(
            Select(custom_ids.UNREAD(*between), say.choose_news, options),
            *turns(page, last, lambda other: custom_ids.NEWS(short(other), *between, moment), say),
        ),
        quiet_links=True,
    )


def digest_message(
    digest_id: int,
    since: datetime,
    essays: Sequence[EssayNews],
    highlights: Sequence[Linked],
    unanswered: Sequence[Linked],
    say: Phrases,
) -> Outgoing:
    """Return a digest: what is new since a moment, and which questions nobody has answered."""
    lines = [say.digest_heading.format(since=format_dt(since, "D"))]
    if essays:
        lines.append(f"-# {_count(essays, say)}")
        lines += _blocks(essays, ROOM, say)
    if highlights:
        lines.append(say.digest_highlights.format(count=len(highlights)))
        titles = (f"- {one_line(one.title, TITLE)}{_link(one.url)}" for one in highlights)
        lines += _listed(titles, len(highlights), ROOM_HIGHLIGHTS, say)
    if unanswered:
        lines.append(say.digest_unanswered)
        asked = (
            f"- {one_line(one.text, QUESTION)} · {one_line(one.title, TITLE)}{_link(one.url)}"
            for one in unanswered
        )
        lines += _listed(asked, len(unanswered), ROOM_UNANSWERED, say)
    read = Button(say.digest_read, custom_ids.TOLD(digest_id), tone="primary")
    return Outgoing(content="\n".join(lines), rows=((read,),), quiet_links=True)


def _nothing(seen: Seen, say: Phrases) -> str:
    if seen.at is None:
        return say.responses_none
    return say.news_none.format(since=format_dt(seen.at, "f"))


def _count(essays: Sequence[EssayNews], say: Phrases) -> str:
    count = sum(essay.count for essay in essays)
    return say.news_count.format(count=count, essays=len(essays))


def _blocks(essays: Sequence[EssayNews], room: int, say: Phrases) -> list[str]:
    """Return as many essays as fit, the first in any case, and how many more there are."""
    lines: list[str] = []
    for number, essay in enumerate(essays):
        block = _block(essay, room, say, links=True)
        taken = sum(len(line) + 1 for line in (*lines, *block))
        if lines and (taken > room or number == LISTED):
            return [*lines, say.more.format(count=len(essays) - number)]
        lines += block
    return lines


def _block(essay: EssayNews, room: int, say: Phrases, *, links: bool) -> list[str]:
    """Return an essay with its number of responses, and below it the same of its questions."""
    first = f"**{one_line(essay.title, TITLE)}** · {essay.count}{_link(essay.url)}"
    answers = (
        f"- {each.count} · {one_line(each.question or say.no_question, QUESTION)}"
        f"{_link(each.url) if links else ''}"
        for each in essay.answers
    )
    return [first, *_listed(answers, len(essay.answers), room - len(first) - 1, say)]


def _listed(lines: Iterable[str], count: int, room: int, say: Phrases) -> list[str]:
    """Return the lines that fit, and how many more there are."""
    shown: list[str] = []
    room -= len(say.more.format(count=count)) + 3
    for line in lines:
        room -= len(line) + 1
        if room < 0 or len(shown) == LISTED:
            return [*shown, f"- {say.more.format(count=count - len(shown))}"]
        shown.append(line)
    return shown


def _link(url: str | None) -> str:
    return f" [↗]({url})" if url else ""
