"""Cuts blocks into the smallest pieces that a message may begin or end with."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.markup.blocks import Block, compose
from bot.core.markup.graphemes import boundaries, floor
from bot.core.markup.runs import Run, plain_text

_CLOSERS = "\"'\u201d\u2019»)\\]"
_OPENERS = "\"'\u201c\u2018«(\\[¿¡\u2013\u2014-"
_SENTENCE_END = re.compile(
    rf"[.!?…؟]+[{_CLOSERS}]*\s+(?=[^\W_]|[{_OPENERS}])"
    "|[\u3002\uff01\uff1f]+[」』\u201d\u2019\uff09]*|\n"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a block: a sentence, a line of code, or more where nothing may be cut.

    Attributes:
        block: The index of the block it is part of.
        start: Its offset in the block's plain text, or its first line of code.
        end: Where it ends, excluded.
        length: Of the message that it would be by itself, in code points.
    """

    block: int
    start: int
    end: int
    length: int


def cut_into_pieces(blocks: Sequence[Block], limit: int) -> list[Piece]:
    """Return all pieces of all blocks, in order, none longer than a message."""
    return [
        piece
        for index, block in enumerate(blocks)
        for piece in (
            _pieces_of_code(index, block)
            if block.kind == "code"
            else _pieces_of_text(index, block, limit)
        )
    ]


def fitted(block: Block, limit: int) -> Block:
    """Return a block of code with its lines wrapped where one alone is over the limit."""
    if len(block.code) <= limit // 2:
        return block
    room = max(limit - len(compose([replace(block, code=".", lead=block.indent)])), 1)
    lines: list[str] = []
    for line in block.code.split("\n"):
        rest = line
        while len(rest) > room:
            cut = floor(rest, room) or room
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return replace(block, code="\n".join(lines))


def assemble(blocks: Sequence[Block], pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks, or parts of blocks, that a stretch of pieces covers."""
    first, last = pieces[0], pieces[-1]
    if first.block == last.block:
        return [part(blocks[first.block], first.start, last.end)]
    covered = list(blocks[first.block : last.block + 1])
    covered[0] = part(covered[0], first.start, None)
    covered[-1] = part(covered[-1], 0, last.end)
    return covered


def part(block: Block, start: int, end: int | None) -> Block:
    """Return a stretch of a block; what does not begin it has no marker of its own."""
    if start:
        block = replace(block, bullet="")
    lead = block.indent if start else block.lead
    if block.kind == "code":
        lines = block.code.split("\n")[start:end]
        while lines and not lines[0].strip():
            lines = lines[1:]
        return replace(block, code="\n".join(lines).rstrip(), lead=lead)
    if block.kind in {"heading", "small"}:
        lead = block.lead
    return replace(block, runs=_slice(block.runs, start, end), lead=lead)


def _slice(runs: Iterable[Run], start: int, end: int | None) -> tuple[Run, ...]:
    found: list[Run] = []
    offset = 0
    for run in runs:
        left = max(start - offset, 0)
        right = len(run.text) if end is None else min(end - offset, len(run.text))
        if left < right:
            found.append(replace(run, text=run.text[left:right]))
        offset += len(run.text)
    if found and found[0].kind == "text":
        found[0] = replace(found[0], text=found[0].text.lstrip())
    if found and found[-1].kind == "text":
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


def _pieces_of_code(index: int, block: Block) -> Iterator[Piece]:
    for number in range(block.code.count("\n") + 1):
        yield Piece(index, number, number + 1, _length(block, number, number + 1))


def _pieces_of_text(index: int, block: Block, limit: int) -> Iterator[Piece]:
    text = plain_text(block.runs)
    start = 0
    for end in [*_sentence_ends(block.runs, text), len(text)]:
        if not text[start:end].strip():
            continue
        length = _length(block, start, end)
        if length <= limit:
            yield Piece(index, start, end, length)
        else:
            yield from _pieces_of_sentence(index, block, start, end, limit)
        start = end


def _pieces_of_sentence(
    index: int, block: Block, start: int, end: int, limit: int
) -> Iterator[Piece]:
    text = plain_text(block.runs)
    free = _free(block.runs)
    spaces = [found.end() for found in _SPACE.finditer(text, start, end)]
    outside = [offset for offset in spaces if free(offset - 1)]
    signs = [start + offset for offset in boundaries(text[start:end])]
    while start < end:
        stop = end
        if _length(block, start, end) > limit:
            for offsets in (outside, spaces, signs):
                stop = _furthest(block, start, offsets, limit)
                if stop > start:
                    break
            else:
                stop = next((offset for offset in signs if offset > start), end)
        yield Piece(index, start, stop, _length(block, start, stop))
        start = stop


def _furthest(block: Block, start: int, offsets: Sequence[int], limit: int) -> int:
    """Return the last of the offsets up to which the text fits, or ``start``."""
    low = bisect_right(offsets, start)
    high = bisect_right(offsets, start + limit)
    first = low
    while low < high:
        middle = (low + high) // 2
        if _length(block, start, offsets[middle]) <= limit:
            low = middle + 1
        else:
            high = middle
    return offsets[low - 1] if low > first else start


def _length(block: Block, start: int, end: int) -> int:
    return len(compose([part(block, start, end)]))


def _sentence_ends(runs: Sequence[Run], text: str) -> list[int]:
    free = _free(runs)
    return [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if found.end() < len(text) and free(found.end() - 1)
    ]


def _free(runs: Sequence[Run]) -> Callable[[int], bool]:
    """Return a test whether the sign at an offset stands outside links, code and pictures."""
    starts: list[int] = []
    offset = 0
    for run in runs:
        starts.append(offset)
        offset += len(run.text)

    def is_free(at: int) -> bool:
        run = runs[bisect_right(starts, at) - 1]
        return run.kind == "text" and all(mark.kind != "link" for mark in run.marks)

    return is_free
