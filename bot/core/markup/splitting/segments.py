"""Cuts blocks into the smallest segments that a message may begin or end with."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count

from bot.core.markup.runs import Run, plain_text
from bot.core.markup.splitting.graphemes import boundaries, floor
from bot.core.markup.writing.blocks import Block, compose

_CLOSERS = "\"'\u201d\u2019»)\\]"
_OPENERS = "\"'\u201c\u2018«(\\[¿¡\u2013\u2014-"
_SENTENCE_END = re.compile(
    rf"(?<![.!?…؟])[.!?…؟]++[{_CLOSERS}]*+\s++(?=[^\W_]|[{_OPENERS}])"
    "|[\u3002\uff01\uff1f]++[」』\u201d\u2019\uff09]*+|\n"
)
_SPACE = re.compile(r"\s+")

_MOST_GUESSES = 6
"""After so many, the place is looked for by halving: the markup is too uneven to tell from it."""


@dataclass(frozen=True, slots=True)
class Segment:
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


class MeasuredBlock:
    """A block that returns any part of itself in time that depends on that part alone.

    Attributes:
        density: How many characters of markup one of its text took where it was last measured.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.lines = block.code.split("\n") if block.kind == "code" else []
        lengths = (len(run.text) for run in block.runs)
        self._starts = list(accumulate(lengths, initial=0))
        self._lengths: dict[tuple[int, int], int] = {}
        self.density = 1.0

    def part(self, start: int, end: int | None) -> Block:
        """Return a stretch of the block; what does not begin it has no marker of its own."""
        block = self.block
        if not start and end is None and block.kind != "code":
            return block
        lead = block.lead
        if start:
            block = replace(block, bullet="")
            lead = block.indent
        if block.kind == "code":
            first, lines = 0, self.lines[start:end]
            while first < len(lines) and not lines[first].strip():
                first += 1
            return replace(block, code="\n".join(lines[first:]).rstrip(), lead=lead)
        if block.kind in {"heading", "small"}:
            lead = block.lead
        return replace(block, runs=self._slice(start, end), lead=lead)

    def length(self, start: int, end: int) -> int:
        """Return the length of the message that a stretch of the block would be by itself."""
        known = self._lengths.get((start, end))
        if known is None:
            known = self._lengths[start, end] = len(compose([self.part(start, end)]))
            self.density = max(known, 1) / (end - start)
        return known

    def is_free(self, at: int) -> bool:
        """Return whether the sign at an offset stands outside links, code and pictures."""
        run = self.block.runs[bisect_right(self._starts, at) - 1]
        return run.kind == "text" and run.link is None

    def _slice(self, start: int, end: int | None) -> tuple[Run, ...]:
        runs = self.block.runs
        end = self._starts[-1] if end is None else end
        found: list[Run] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(runs) and (offset := self._starts[index]) < end:
            run = runs[index]
            text = run.text[max(start - offset, 0) : end - offset]
            if text:
                found.append(replace(run, text=text) if len(text) < len(run.text) else run)
            index += 1
        if found and found[0].kind == "text" and found[0].text[:1].isspace():
            found[0] = replace(found[0], text=found[0].text.lstrip())
        if found and found[-1].kind == "text" and found[-1].text[-1:].isspace():
            found[-1] = replace(found[-1], text=found[-1].text.rstrip())
        return tuple(run for run in found if run.text)


def segments(blocks: Sequence[MeasuredBlock], limit: int) -> Iterator[Segment]:
    """Yield all pieces of all blocks, in order, none longer than a message."""
    for index, block in enumerate(blocks):
        if block.block.kind == "code":
            for line in range(len(block.lines)):
                yield Segment(index, line, line + 1, block.length(line, line + 1))
        else:
            yield from _pieces_of_text(index, block, limit)


def wrapped(block: Block, limit: int) -> Block:
    """Return a block of code with its lines wrapped where one alone is over the limit."""
    if len(block.code) <= limit // 2:
        return block
    room = max(limit - len(compose([replace(block, code=".", lead=block.indent)])), 1)
    lines: list[str] = []
    for line in block.code.split("\n"):
        start = 0
        while len(line) - start > room:
            cut = floor(line[start : start + room + 1], room) or room
            lines.append(line[start : start + cut])
            start += cut
        lines.append(line[start:])
    return replace(block, code="\n".join(lines))


def assemble(blocks: Sequence[MeasuredBlock], first: Segment, last: Segment) -> list[Block]:
    """Return the blocks, or parts of blocks, from one piece to another, both included."""
    if first.block == last.block:
        return [blocks[first.block].part(first.start, last.end)]
    between = [one.block for one in blocks[first.block + 1 : last.block]]
    opening = blocks[first.block].part(first.start, None)
    return [opening, *between, blocks[last.block].part(0, last.end)]


def _pieces_of_text(index: int, block: MeasuredBlock, limit: int) -> Iterator[Segment]:
    text = plain_text(block.block.runs)
    start = 0
    for end in _sentence_ends(block, text):
        if not text[start:end].strip():
            continue
        length = block.length(start, end)
        if length <= limit:
            yield Segment(index, start, end, length)
        else:
            yield from _pieces_of_sentence(index, block, text, (start, end), limit)
        start = end


def _pieces_of_sentence(
    index: int, block: MeasuredBlock, text: str, sentence: tuple[int, int], limit: int
) -> Iterator[Segment]:
    start, end = sentence
    spaces = [found.end() for found in _SPACE.finditer(text, start, end)]
    outside = [offset for offset in spaces if offset < end and block.is_free(offset - 1)]
    outside.append(end)
    signs = [start + offset for offset in boundaries(text[start:end])]
    while start < end:
        for offsets in (outside, spaces, signs):
            stop = _furthest(block, start, offsets, limit)
            if stop > start:
                break
        else:
            following = bisect_right(signs, start)
            stop = signs[following] if following < len(signs) else end
        yield Segment(index, start, stop, block.length(start, stop))
        start = stop


def _furthest(block: MeasuredBlock, start: int, offsets: Sequence[int], limit: int) -> int:
    """Return the last of the offsets up to which the text fits, or ``start``.

    Measuring is writing, so the place is guessed: from how much markup lengthened the text before,
    then from what was measured on both sides of it.
    """
    first = bisect_right(offsets, start)
    fits, over = first - 1, bisect_right(offsets, start + limit)
    fitting, too_long = (start, 0), (start + round(limit / block.density) + 1, limit + 1)
    for guesses in count():
        if over - fits <= 1:
            break
        share = (limit - fitting[1]) / (too_long[1] - fitting[1])
        guess = bisect_right(offsets, fitting[0] + (too_long[0] - fitting[0]) * share) - 1
        if guesses >= _MOST_GUESSES:
            guess = (fits + over) // 2
        guess = min(max(guess, fits + 1), over - 1)
        end = offsets[guess]
        length = block.length(start, end)
        if length > limit:
            over, too_long = guess, (end, length)
        else:
            fits, fitting = guess, (end, length)
            if too_long[0] <= end:  # it was a guess
                too_long = (end + round((limit + 1 - length) / block.density) + 1, limit + 1)
    return offsets[fits] if fits >= first else start


def _sentence_ends(block: MeasuredBlock, text: str) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text):
        if found.end() < len(text) and block.is_free(found.end() - 1):
            yield found.end()
    yield len(text)
