"""What moderators see of answers that wait: that there are some, and each of them privately."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from discord.utils import format_dt

from bot.core import custom_ids
from bot.core.markup import as_written, escape, one_line, quote, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE, QUOTED_QUESTION
from bot.discussion.messages.outgoing import Button, Outgoing
from bot.store.responses.review import MOST_AT_ONCE, Crowd, Held, OfEssay

MOST_ESSAYS = 10
"""Essays that are named of those whose answers wait."""

TITLE = 100
"""Code points of an essay's title in a line."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def notice(notice_id: int, crowd: Crowd, essays: Sequence[OfEssay], say: Phrases) -> Outgoing:
    """Return the one message that tells moderators what waits; no word of a reader is in it."""
    lines = [say.review_waits.format(count=crowd.total)]
    if crowd.of_flood:
        lines.append(say.review_flood.format(count=crowd.of_flood))
    for one in essays[:MOST_ESSAYS]:
        essay, since = one_line(one.title, TITLE), format_dt(one.oldest, "R")
        lines.append(f"- {say.review_essay.format(essay=essay, count=one.total, since=since)}")
    if len(essays) > MOST_ESSAYS:
        lines.append(f"- {say.more.format(count=len(essays) - MOST_ESSAYS)}")
    look = Button(say.review_look, custom_ids.LOOK(notice_id), tone="primary")
    return Outgoing(content=shorten("\n".join(lines), MESSAGE), rows=((look,),))


def page(held: Held | None, crowd: Crowd, say: Phrases, first: str = "") -> Outgoing:
    """Return the page of an answer that waits, with what can be done about it.

    Args:
        held: None if none waits.
        first: What became of the answer before it.
    """
    lead = f"{first}\n" if first else ""
    if held is None:
        return Outgoing(content=f"{lead}{say.review_none}")
    place = say.review_place.format(
        place=held.place,
        count=crowd.total,
        essay=one_line(held.essay, TITLE),
        since=format_dt(held.given_at, "R"),
    )
    head = [f"{lead}-# {place}"]
    if held.because == "flood":
        head.append(f"-# {say.review_because_flood}")
    if held.sealed_until is not None:
        sealed = say.review_sealed.format(date=format_dt(held.sealed_until, "D"))
        head.append(f"-# {sealed}")
    if held.question:
        head.append(quote(held.question, QUOTED_QUESTION))
    head.append(say.answered.format(reader=f"**{escape(held.reader_name)}**"))
    above = "\n".join(head) + "\n"
    text = shorten(as_written(held.text), MESSAGE - len(above))
    return Outgoing(content=above + text, rows=_buttons(held, crowd, say), quiet_links=True)


def _buttons(held: Held, crowd: Crowd, say: Phrases) -> tuple[tuple[Button, ...], ...]:
    approve = custom_ids.DECIDE(held.id, "approve", held.text)
    decline = custom_ids.DECIDE(held.id, "decline", held.text)
    first = [
        Button(say.review_approve, approve, tone="primary"),
        Button(say.review_decline, decline, tone="danger"),
    ]
    if crowd.total == 1 or crowd.newest is None:
        return (tuple(first),)
    first.append(Button(say.review_next, custom_ids.NEXT(held.id)))
    label = say.review_approve_all if crowd.total <= MOST_AT_ONCE else say.review_approve_oldest
    count = min(crowd.total, MOST_AT_ONCE)
    until = custom_ids.APPROVE_ALL((crowd.newest - EPOCH) // MILLISECOND)
    return tuple(first), (Button(label.format(count=count), until),)


def until_of(milliseconds: str) -> datetime:
    """Return the time that stands in the button that approves all.

    Raises:
        OverflowError: There is no such time.
    """
    return EPOCH + int(milliseconds) * MILLISECOND
