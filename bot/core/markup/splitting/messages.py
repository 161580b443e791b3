"""Packs blocks into as few messages as they fit in, cut where a reader would pause."""

from collections.abc import Sequence
from itertools import accumulate

from bot.core.markup.errors import show_errors
from bot.core.markup.runs import plain_text
from bot.core.markup.splitting.segments import MeasuredBlock, Segment, assemble, segments, wrapped
from bot.core.markup.writing.blocks import Block, Rendered, compose

MESSAGE_LIMIT = 2000
"""Code points in a message's content (docs/discord-facts.md#message-limits)."""

PAGE_LIMIT = 1800
EXCERPT_LIMIT = 700

_A_MESSAGE = 1_000_000
_NEVER = 10_000
_MOST_PIECES = 100
"""Pieces in a message among which the best cut is searched; real essays have 70 at most."""


@show_errors()
def split(rendered: Rendered, limit: int = MESSAGE_LIMIT) -> tuple[str, ...]:
    """Return the essay as messages of at most ``limit`` code points, as few as possible.

    Among the ways to cut it into that few, the one is taken whose cuts come before headings,
    else between paragraphs, else between sentences. A heading is never the last line of a message.

    Args:
        limit: At least 600, so that any link fits.

    Raises:
        CannotShowError: It cannot be shown.
    """
    blocks = [MeasuredBlock(wrapped(block, limit)) for block in rendered.blocks]
    pieces = list(segments(blocks, limit))
    room = surplus = limit
    messages: list[str] = []
    while room > 0 and surplus > 0:
        messages = [
            compose(assemble(blocks, pieces[start], pieces[end - 1]))
            for start, end in _packed(blocks, pieces, room)
        ]
        surplus = max((len(message) for message in messages), default=0) - limit
        room -= max(surplus, 0)
    return tuple(message for message in messages if message.strip())


def pages(rendered: Rendered, limit: int = PAGE_LIMIT) -> tuple[str, ...]:
    """Return the essay as private pages, which leave room for a line of their own."""
    return split(rendered, limit)


@show_errors()
def excerpt(rendered: Rendered, limit: int = EXCERPT_LIMIT) -> str:
    """Return the opening of the essay, in whole blocks or sentences, with "…" if more follows."""
    if _signs(rendered) <= limit and len(rendered.text) <= limit:
        return rendered.text
    blocks = [MeasuredBlock(wrapped(block, limit - 2)) for block in rendered.blocks]
    pieces = segments(blocks, limit - 2)
    first = next(pieces, None)
    if first is None:  # nothing but code of spaces
        return ""
    before = best = first
    best_cost = float("inf")
    for piece in pieces:
        text = compose(assemble(blocks, first, before))
        if len(text) > limit - 2:
            break
        cost = _cut_cost(blocks, before, piece) + 10 * (1 - len(text) / limit)
        if cost <= best_cost:
            best, best_cost = before, cost
        before = piece
    opening = assemble(blocks, first, best)
    return compose(opening) + ("\n…" if opening[-1].kind == "code" else " …")


def _signs(rendered: Rendered) -> int:
    """Return how many characters that are no space an essay has at least; writing it takes long."""
    texts = (text for one in rendered.blocks for text in (one.code, plain_text(one.runs)))
    return sum(len(text) - sum(map(text.count, " \n\t")) for text in texts)


def _packed(
    blocks: Sequence[MeasuredBlock], pieces: Sequence[Segment], limit: int
) -> list[tuple[int, int]]:
    """Return the stretches of pieces that make the messages: the cheapest way to cut."""
    count = len(pieces)
    added = [0] + [_length_added(blocks, pieces[n - 1], pieces[n]) for n in range(1, count)]
    upto = list(accumulate(added))
    places = _places(blocks, pieces, upto, limit)
    cost = [0.0] + [float("inf")] * count
    origin = [0] * (count + 1)
    for number, start in enumerate(places[:-1]):
        cut = _cut_cost(blocks, pieces[start - 1], pieces[start]) if start else 0
        begun = cost[start] + _A_MESSAGE + cut
        before = pieces[start].length - upto[start]
        for following in range(number + 1, len(places)):
            end = places[following]
            length = before + upto[end - 1]
            if length > limit and following > number + 1:
                break
            total = begun + (1 - length / limit)
            if total < cost[end]:
                cost[end], origin[end] = total, start
    stretches: list[tuple[int, int]] = []
    end = count
    while end:
        stretches.append((origin[end], end))
        end = origin[end]
    return stretches[::-1]


def _places(
    blocks: Sequence[MeasuredBlock], pieces: Sequence[Segment], upto: Sequence[int], limit: int
) -> Sequence[int]:
    """Return the pieces that may begin a message, and the number of them all at the end.

    That is each, unless they are so small that more than `_MOST_PIECES` fit into a message, as in
    verse of one word a line: then only some, since the search takes each together with each.
    """
    count = len(pieces)
    if not count or count * limit <= _MOST_PIECES * upto[-1]:
        return range(count + 1)
    places = [0]
    for number in range(1, count):
        last = places[-1]
        length = upto[number] - upto[last]
        is_enough = length >= limit // _MOST_PIECES
        if (is_enough and _cut_cost(blocks, pieces[number - 1], pieces[number]) < _NEVER) or (
            pieces[last].length + length > limit
        ):
            places.append(number)
    return [*places, count]


def _length_added(blocks: Sequence[MeasuredBlock], before: Segment, piece: Segment) -> int:
    """Return by how much a piece lengthens a message that holds the one before it."""
    cuttable = blocks[piece.block]
    block = cuttable.block
    quoted = 2 * bool(block.quote)
    if before.block != piece.block:
        return piece.length + block.gap + quoted * (block.gap - 1)
    if block.kind == "code":
        return len(cuttable.lines[piece.start]) + 1 + len(block.indent) + quoted
    return piece.length + 1


def _cut_cost(blocks: Sequence[MeasuredBlock], before: Segment, piece: Segment) -> float:
    """Return how much it hurts to begin a message with a piece; 0 is a heading."""
    block, last = blocks[piece.block].block, blocks[before.block].block
    if before.block == piece.block:
        return 25 if block.kind == "code" else 12 if block.indent or block.quote else 9
    if "heading" in {last.kind, block.kind}:
        return _NEVER if last.kind == "heading" else 0
    lead_in = 6 if _ends_with_colon(last) else 0
    if block.kind == "small":
        return 3 if last.kind == "small" else 15
    between = 2 if block.gap > 1 else 4 if block.kind == "item" else 6
    return between + lead_in


def _ends_with_colon(block: Block) -> bool:
    return next((run.text for run in reversed(block.runs) if run.text), "").endswith(":")
