"""Packs blocks into as few messages as they fit in, cut where a reader would pause."""

from collections.abc import Sequence

from bot.core.markup.blocks import Block, Rendered, compose
from bot.core.markup.pieces import Piece, assemble, cut_into_pieces, fitted
from bot.core.markup.runs import plain_text

MESSAGE_LIMIT = 2000
"""Code points in a message's content (discord-facts.md, 1)."""

PAGE_LIMIT = 1800
EXCERPT_LIMIT = 700

_A_MESSAGE = 1_000_000
_NEVER = 10_000


def split(rendered: Rendered, limit: int = MESSAGE_LIMIT) -> tuple[str, ...]:
    """Return the essay as messages of at most ``limit`` code points, as few as possible.

    Among the ways to cut it into that few, the one is taken whose cuts come before headings,
    else between paragraphs, else between sentences. A heading is never the last line of a message.

    Args:
        rendered: The essay.
        limit: At least 600, so that any link fits.
    """
    blocks = [fitted(block, limit) for block in rendered.blocks]
    pieces = cut_into_pieces(blocks, limit)
    room = surplus = limit
    messages: list[str] = []
    while room > 0 and surplus > 0:
        messages = [
            compose(assemble(blocks, pieces[start:end]))
            for start, end in _packed(blocks, pieces, room)
        ]
        surplus = max((len(message) for message in messages), default=0) - limit
        room -= max(surplus, 0)
    return tuple(message for message in messages if message.strip())


def pages(rendered: Rendered, limit: int = PAGE_LIMIT) -> tuple[str, ...]:
    """Return the essay as private pages, which leave room for a line of their own."""
    return split(rendered, limit)


def excerpt(rendered: Rendered, limit: int = EXCERPT_LIMIT) -> str:
    """Return the opening of the essay, in whole blocks or sentences, with "…" if more follows."""
    blocks = [fitted(block, limit - 2) for block in rendered.blocks]
    if len(rendered.text) <= limit:
        return rendered.text
    pieces = cut_into_pieces(blocks, limit - 2)
    best, best_cost = 1, float("inf")
    for end in range(1, len(pieces)):
        text = compose(assemble(blocks, pieces[:end]))
        if len(text) > limit - 2:
            break
        cost = _cut_cost(blocks, pieces, end) + 10 * (1 - len(text) / limit)
        if cost <= best_cost:
            best, best_cost = end, cost
    return _ended(assemble(blocks, pieces[:best]))


def _ended(blocks: list[Block]) -> str:
    last = blocks[-1]
    text = compose(blocks)
    return f"{text}\n…" if last.kind == "code" else f"{text} …"


def _packed(blocks: Sequence[Block], pieces: Sequence[Piece], limit: int) -> list[tuple[int, int]]:
    """Return the stretches of pieces that make the messages: the cheapest way to cut."""
    count = len(pieces)
    added = [0] + [_length_added(blocks, pieces[n - 1], pieces[n]) for n in range(1, count)]
    cost = [0.0] + [float("inf")] * count
    origin = [0] * (count + 1)
    for start in range(count):
        begun = cost[start] + _A_MESSAGE + (_cut_cost(blocks, pieces, start) if start else 0)
        length = pieces[start].length
        for end in range(start + 1, count + 1):
            if end > start + 1:
                length += added[end - 1]
                if length > limit:
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


def _length_added(blocks: Sequence[Block], before: Piece, piece: Piece) -> int:
    """Return by how much a piece lengthens a message that holds the one before it."""
    block = blocks[piece.block]
    quoted = 2 * bool(block.quote)
    if before.block != piece.block:
        return piece.length + block.gap + quoted * (block.gap - 1)
    if block.kind == "code":
        line = block.code.split("\n")[piece.start]
        return len(line) + 1 + len(block.indent) + quoted
    return piece.length + 1


def _cut_cost(blocks: Sequence[Block], pieces: Sequence[Piece], number: int) -> float:
    """Return how much it hurts to begin a message with this piece; 0 is a heading."""
    before, piece = pieces[number - 1], pieces[number]
    block, last = blocks[piece.block], blocks[before.block]
    if before.block == piece.block:
        return 25 if block.kind == "code" else 12 if block.indent or block.quote else 9
    if "heading" in {last.kind, block.kind}:
        return _NEVER if last.kind == "heading" else 0
    lead_in = 6 if plain_text(last.runs).endswith(":") else 0
    if block.kind == "small":
        return 3 if last.kind == "small" else 15
    between = 2 if block.gap > 1 else 4 if block.kind == "item" else 6
    return between + lead_in
