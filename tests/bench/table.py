"""The table: what was measured, against which floor, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = ("work", "floor", "measured", "bound", "want", "verdict")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        values: Ratios to the floor, one a run; or milliseconds, where `unit` says so.
        bound: The value that must be kept to; None where nothing is asked.
        want: The value that we would like.
        is_rate: Whether more is better.
        why_not: Why it was not measured, if it was not.
    """

    work: str
    floor: str
    values: Sequence[float] = ()
    bound: float | None = None
    want: float | None = None
    unit: str = ""
    is_rate: bool = False
    why_not: str = ""

    @property
    def measured(self) -> float | None:
        """The median of all runs."""
        return median(self.values) if self.values else None

    def meets(self, limit: float | None) -> bool:
        """Return whether what was measured keeps to a limit; a limit that is not there is kept."""
        if self.measured is None or limit is None:
            return True
        seen = round(self.measured, 3)
        return seen >= limit if self.is_rate else seen <= limit

    @property
    def verdict(self) -> str:
        """What came of it, in a word."""
        if self.measured is None:
            return self.why_not
        if self.bound is None:
            return ""
        if not self.meets(self.bound):
            return "MISSED"
        return "kept" if self.want is None else "as wanted" if self.meets(self.want) else "kept"

    def cells(self) -> tuple[str, ...]:
        """Return it as the table shows it."""
        return (
            self.work,
            self.floor,
            self._show(self.measured),
            self._show(self.bound),
            self._show(self.want),
            self.verdict,
        )

    def _show(self, value: float | None) -> str:
        if value is None:
            return ""
        digits = f"{value:.3f}".rstrip("0").rstrip(".")
        return f"{digits} {self.unit}".strip()


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown, in columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    shown = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([shown[0], rule, *shown[1:]])
