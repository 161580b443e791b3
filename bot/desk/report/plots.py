"""Plots as SVG that takes the page's colours, is named for screen readers, and holds no script.

Each is drawn twice, for a wide and a narrow page: text in a picture does not wrap, and would be too
small to read if the picture shrank. Why no library draws them:
docs/decisions/0017-draw-plots-ourselves.md.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from bot.core.markup.shortening import shorten
from bot.core.text.control_characters import visible_line
from bot.desk.report.figures import Bar, Estimate

WIDTHS = {"wide": 640, "narrow": 330}
"""Of a drawing, in units of its own, by the name of its class."""

LETTER = 6.9
"""About how wide a letter of a label is: labels are cut, not measured."""

LINE, TICK, BESIDE = 26, 18, 104
"""Height of a row of bars and of a line of labels, and width of labels beside bars."""

VALUES = 64
"""Width that is left for the number at the end of a bar."""

TALL, RADIUS = 150, 5
"""Height of columns, and half the width of a dot."""

TEXT = Markup('<text x="{:.1f}" y="{:.1f}" class="{}" text-anchor="{}">{}</text>')
BOX = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}"/>')
RULE = Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="{}"/>')
DOT = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}" class="dot"/>')
SVG = Markup(
    '<svg class="{name}" viewBox="0 0 {width} {height:.0f}" role="img" '
    'aria-labelledby="{key}-{name}-title {key}-{name}-desc">'
    '<title id="{key}-{name}-title">{title}</title>'
    '<desc id="{key}-{name}-desc">{description}</desc>{body}</svg>'
)

Drawing = tuple[Markup, float]
"""What is in a picture, and how high it is."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot, and the numbers in it.

    Attributes:
        key: Tells its ids from those of others in the page.
        title: What it shows.
        description: What can be seen in it, in a sentence.
        caption: What stands beside it: the description, unless the page says that already.
        head: The head of the table beneath it; its first column names the rows.
        rows: The table's, as text.
        drawings: The plot for a wide and for a narrow page.
    """

    key: str
    title: str
    description: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drawings: tuple[Markup, ...]


def plot(
    key: str,
    title: str,
    description: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    draw: Callable[[float], Drawing],
    caption: str = "",
) -> Plot:
    """Return a plot; `draw` is given the width of each of its drawings."""
    drawings = []
    for name, width in WIDTHS.items():
        body, height = draw(width)
        named = {"key": key, "name": name, "title": title, "body": body}
        seen = visible_line(description)
        drawings.append(SVG.format(width=width, height=height, description=seen, **named))
    said = caption or description
    return Plot(key, title, description, said, head, tuple(rows), tuple(drawings))


def bars(found: Sequence[Bar], width: float) -> Drawing:
    """Draw a bar for each row, with its short name beside it."""
    most = max(bar.size for bar in found) or 1
    room = width - BESIDE - VALUES

    def parts() -> Iterator[Markup]:
        for number, bar in enumerate(found):
            y, length = number * LINE, room * bar.size / most
            yield TEXT.format(BESIDE - 10, y + 17, "name", "end", bar.name)
            if bar.size:
                yield BOX.format(BESIDE, y + 4, max(length, 1.0), LINE - 9, "bar")
            yield TEXT.format(BESIDE + length + 7, y + 17, "value", "start", f"{bar.size:,}")

    return Markup().join(parts()), len(found) * LINE


def ranked(found: Sequence[tuple[Bar, int | None]], width: float) -> Drawing:
    """Draw a bar for each row, with its long name above it.

    Args:
        found: Each bar, and how much of it is filled; None for all.
    """
    most = max(bar.size for bar, _ in found) or 1
    room, line = width - VALUES, LINE + TICK

    def parts() -> Iterator[Markup]:
        for number, (bar, part) in enumerate(found):
            y, length = number * line, room * bar.size / most
            values = f"{bar.size:,}" if part is None else f"{part:,} of {bar.size:,}"
            yield _long(0, y + 14, bar.name, width)
            if part is not None:
                yield BOX.format(0.5, y + 20.5, max(length, 1.0), 13, "hollow")
            filled = length if part is None else min(room * part / most, length)
            if filled:
                yield BOX.format(0, y + 20, max(filled, 1.0), 14, "bar")
            yield TEXT.format(min(length + 7, room + 7), y + 31, "value", "start", values)

    return Markup().join(parts()), len(found) * line


def columns(found: Sequence[Bar], width: float) -> Drawing:
    """Draw a column for each row, from left to right, with a few of their short names below."""
    most = max(bar.size for bar in found) or 1
    step = width / len(found)
    thick = min(step * 0.82, 40.0)

    def parts() -> Iterator[Markup]:
        top = TICK + 4
        yield RULE.format(0, top, width, top, "grid")
        yield TEXT.format(0, TICK - 3, "value", "start", f"{most:,}")
        for number, bar in enumerate(found):
            height = TALL * bar.size / most
            if bar.size:
                left = number * step + (step - thick) / 2
                yield BOX.format(left, top + TALL - height, thick, height, "bar")
        yield RULE.format(0, top + TALL, width, top + TALL, "axis")
        for number in _ticked(len(found), width):
            middle = (number + 0.5) * step
            side = LETTER * len(found[number].tick) / 2
            x = min(max(middle, side), width - side)
            yield TEXT.format(x, top + TALL + TICK, "name", "middle", found[number].tick)

    return Markup().join(parts()), TALL + 3 * TICK


def _ticked(count: int, width: float) -> list[int]:
    """Return which columns are named: the first, the last, and some evenly between."""
    most = max(2, int(width // 110))
    if count <= most:
        return list(range(count))
    return [round(number * (count - 1) / (most - 1)) for number in range(most)]


class Row(NamedTuple):
    """An estimate to draw.

    Attributes:
        estimate: None if there is none.
        value: What is written at the end of its line.
        is_first: Whether it begins a group of rows.
    """

    name: str
    estimate: Estimate | None
    value: str
    is_first: bool


def intervals(
    found: Sequence[Row], most: float, shown: Callable[[float], str], width: float
) -> Drawing:
    """Draw a dot for each estimate on a common scale, and a line between what it may be.

    Args:
        most: The end of the scale, which begins at nothing.
        shown: Says a value of the scale.
    """
    places: list[float] = []
    for row in found:
        gap = LINE + TICK + (TICK if row.is_first else 0)
        places.append(places[-1] + gap if places else 0)
    bottom = places[-1] + LINE + TICK + 4

    def x(value: float) -> float:
        return RADIUS + (width - 2 * RADIUS) * min(value / most, 1)

    def parts() -> Iterator[Markup]:
        for row, y in zip(found, places, strict=True):
            yield _long(0, y + 14, row.name, width - LETTER * len(row.value))
            yield TEXT.format(width, y + 14, "value", "end", row.value)
            yield RULE.format(0, y + 28, width, y + 28, "grid")
            if row.estimate is not None:
                low, high = x(row.estimate.low), x(row.estimate.high)
                yield RULE.format(low, y + 28, high, y + 28, "range")
                yield DOT.format(x(row.estimate.value), y + 28, RADIUS)
        yield RULE.format(0, bottom, width, bottom, "axis")
        for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
            yield TEXT.format(width * share, bottom + TICK, "name", anchor, shown(most * share))

    return Markup().join(parts()), bottom + TICK + 6


def _long(x: float, y: float, name: str, width: float) -> Markup:
    """Return a label that is cut to a width, and keeps its direction to itself."""
    label = shorten(visible_line(name), int(width / LETTER))
    return TEXT.format(x, y, "long", "start", f"\u2068{label}\u2069")
