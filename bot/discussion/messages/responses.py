"""What authors read of responses, privately: a page of them, each under its question."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.core.listing import Listing
from bot.core.markup import one_line, quote
from bot.core.phrases import Phrases
from bot.core.response import Response
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import turns
from bot.store.desk.listings import Page
from bot.store.times import from_text

PAGE = 5
"""Responses on a page of `/responses`."""

QUOTED = 280
"""How much of a response is quoted at most; less where five would not fit a message."""

LEAST_QUOTED = 40

HEADING = 240
"""Code points of a title or a question above responses; less where they would not fit."""

REACTED = 60
"""Code points of what readers reacted with; the most come first."""

NAME = 64
"""Code points of a reader's name: Discord's have 32, and each may need a backslash."""


def responses_page(title: str, page: Page, listing: Listing, say: Phrases) -> Outgoing:
    """Return a page of what readers wrote, each under the question it answers.

    Args:
        title: The essay's; "" if the listing is of all essays, which then are named.
    """
    last = max(0, (page.total - 1) // PAGE)
    first = [f"### {one_line(title, HEADING)}"] if title else []
    is_filtered = listing != Listing(listing.essay, until_id=listing.until_id)
    if is_filtered or not title:
        first.append(f"-# {_asked_for(page.total, listing, say)}")
    if not page.responses:
        first.append(say.no_match if is_filtered else say.responses_none)
    end = [f"-# {say.page.format(page=page.number + 1, pages=last + 1)}"] if last else []
    taken = sum(len(line) + 1 for line in (*first, *end))
    named = not title
    shown = _fitted(page.responses, MESSAGE - taken, say, named=named)
    return Outgoing(
        content="\n".join([*first, *shown, *end]),
        rows=turns(page.number, last, listing.custom_id, say),
        quiet_links=True,
    )


def _asked_for(total: int, listing: Listing, say: Phrases) -> str:
    """Return how many responses were found, and by what besides a question or a reader."""
    said = [say.found.format(count=total)]
    if listing.highlighted:
        said.append(say.is_highlighted)
    if listing.since is not None:
        said.append(say.written_since.format(since=format_dt(listing.since, "f")))
    return " · ".join(said)


def _fitted(responses: Sequence[Response], room: int, say: Phrases, *, named: bool) -> list[str]:
    """Return responses in so many code points: names and links whole, then headings, then quotes.

    Args:
        named: Whether essays are named above their responses.
    """
    feet = [_foot(response, say) for response in responses]
    heads = [
        _heads(*pair, named=named) for pair in zip([None, *responses], responses, strict=False)
    ]
    count = sum(map(len, heads))
    room -= sum(len(foot) + 1 for foot in feet) + len(feet) * (LEAST_QUOTED + 1)
    limit = min(HEADING, room // max(1, count) - len("****\n"))
    lines: list[list[str]] = [
        [f"{mark}{one_line(text, limit)}{end}" for mark, text, end in each] for each in heads
    ]
    room -= sum(len(line) + 1 for each in lines for line in each)
    quoted = min(QUOTED, LEAST_QUOTED + room // max(1, len(responses)))
    return [
        line
        for response, head, foot in zip(responses, lines, feet, strict=True)
        for line in (*head, quote(response.text, quoted), foot)
    ]


def _heads(
    before: Response | None, response: Response, *, named: bool
) -> list[tuple[str, str, str]]:
    """Return what is new above a response, each with what stands around it."""
    heads = []
    is_other = before is None or before.title != response.title or before.post != response.post
    if named and is_other:
        heads.append(("### ", response.title, ""))
    if (named and is_other) or before is None or before.question != response.question:
        mark = "**" if response.question else ""
        heads.append((mark, response.question or "—", mark))
    return heads


def _foot(response: Response, say: Phrases) -> str:
    """Return who wrote it and when, how an answer stands, and where it is."""
    shown = say.is_shown if response.shown and not response.hidden else say.is_not_shown
    said = [
        one_line(response.reader_name, NAME),
        format_dt(from_text(response.created_at), "f"),
        *([say.is_highlighted] if response.highlighted else []),
        *([one_line(response.reacted, REACTED)] if response.reactions else []),
        *([shown] if response.source == "answer" else []),
        *([say.may_be_quoted] if response.may_quote else []),
        *([say.by_name] if response.may_quote and response.named else []),
        *([f"[↗]({response.url})"] if response.url else []),
    ]
    return f"-# {' · '.join(said)}"
