"""The plots of the page: what they show, what can be seen in them, and their numbers."""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from statistics import median

from bot.desk.report.endings import Endings, Group
from bot.desk.report.essays import Essay, readers
from bot.desk.report.figures import LEAST_READERS, Bar, spread, unfolding
from bot.desk.report.forms import Forms
from bot.desk.report.plots import Plot, Row, bars, columns, intervals, plot, ranked
from bot.desk.report.wording import counted, within
from bot.store.desk.report import Said

MOST_ESSAYS = 10
"""Essays in the plot of those that drew most responses."""

WITHHELD = f"withheld: fewer than {LEAST_READERS} readers"
TOO_FEW = "too few for a range"

DOTS_OF_READERS = (
    "A dot is the number of readers that half of these endings reach; the line through it is the "
    "range in which that number lies, as far as so few can tell."
)
DOTS_OF_SHARES = (
    "A dot is the share of these endings that anybody answered; the line through it is the range "
    "in which that share lies, as far as so few can tell."
)


def most_discussed(essays: Sequence[Essay]) -> Plot | None:
    """Return the essays with most responses; None for fewer than two."""
    found = sorted(
        ((len(said), len(readers(said)), essay.title) for essay in essays if (said := essay.said)),
        key=lambda row: (-row[0], row[2]),
    )
    if len(found) <= 1:
        return None
    shown = found[:MOST_ESSAYS]
    (most, by, title), all_said = shown[0], sum(row[0] for row in found)
    description = (
        f"Most responses, {most:,} by {counted(by, 'reader')}, went to “{title}”; the "
        f"{len(shown)} essays shown have {sum(row[0] for row in shown):,} of all {all_said:,}."
    )
    return plot(
        "essays", "Essays with most responses", description, ("Essay", "Responses", "Readers"),
        [(title, f"{count:,}", f"{people:,}") for count, people, title in shown],
        partial(ranked, [(Bar(title, count), None) for count, _, title in shown]),
    )  # fmt: skip


def how_soon(said: Sequence[Said], delays: Mapping[int, timedelta]) -> Plot:
    """Return how long after their threads' starts responses came."""
    found = spread(delays[one.id] for one in said)
    most = max(found, key=lambda bar: bar.size)
    half = timedelta(seconds=median(delays[one.id].total_seconds() for one in said))
    description = (
        f"Half of all responses came within {within(half)}. Most, {most.size:,} of {len(said):,}, "
        f"came {_after(most.name)}."
    )
    return plot(
        "soon", "How soon after the thread’s start", description, ("After", "Responses"),
        [(bar.name, f"{bar.size:,}") for bar in found], partial(bars, found),
    )  # fmt: skip


def _after(name: str) -> str:
    """Return when responses of a bar came, as words for a sentence."""
    if name == "later":
        return "later than half a year"
    return name.replace("under", "in under") if name.startswith("under") else f"{name} after it"


def how_it_unfolded(said: Sequence[Said]) -> Plot:
    """Return responses by day, week, month or year, whichever gives a picture that can be read."""
    timeline = unfolding([one.at for one in said])
    most = max(timeline.bars, key=lambda bar: bar.size)
    of = {"week": "the week of ", "day": "", "month": "", "year": ""}[timeline.unit]
    empty = sum(not bar.size for bar in timeline.bars)
    at = "on" if timeline.unit == "day" else "in"
    description = (
        f"Most responses, {most.size:,} of {len(said):,}, came {at} {of}{most.name}; "
        + (f"{at} {empty} of {counted(len(timeline.bars), timeline.unit)} none came." if empty
           else f"some came {at} each {timeline.unit}.")
    )  # fmt: skip
    return plot(
        "unfolding", f"Responses by {timeline.unit}", description,
        (timeline.unit.capitalize(), "Responses"),
        [(bar.name, f"{bar.size:,}") for bar in timeline.bars], partial(columns, timeline.bars),
    )  # fmt: skip


def which_endings(found: Endings) -> Plot | None:
    """Return the kinds of endings with what they drew; None if nothing can be said of any."""
    groups = [
        [group for group in comparison.groups if group.units] for comparison in found.comparisons
    ]
    groups.append([found.invitation] if found.invitation else [])
    every = [group for pair in groups for group in pair]
    if not any(group.estimate for group in every):
        return None
    most = max((one.estimate.high for one in every if one.estimate), default=2.0)
    scale = math.ceil(most / 2) * 2 if found.is_busy else 1.0  # its middle is a whole number
    what = "Readers who answered" if found.is_busy else "Share that was answered"
    rows = [
        Row(group.name, group.estimate, _value(group, found), is_first=group is pair[0])
        for pair in groups
        for group in pair
    ]
    return plot(
        "endings", what,
        " ".join(f"{one.about}: {one.verdict}" for one in found.comparisons),
        ("Ending", "How many", "Answered", what, "Range"),
        [_cells(group, found) for group in every],
        partial(intervals, rows, scale, found.shown),
        DOTS_OF_READERS if found.is_busy else DOTS_OF_SHARES,
    )  # fmt: skip


def _value(group: Group, found: Endings) -> str:
    if group.answered is None:
        return "withheld"
    if found.is_busy:
        return found.shown(group.estimate.value) if group.estimate else TOO_FEW
    return f"{group.answered:,} of {group.units:,}"


def _cells(group: Group, found: Endings) -> tuple[str, ...]:
    name, units = group.name, f"{group.units:,}"
    if group.answered is None:
        return name, units, WITHHELD, "", ""
    if group.estimate is None:
        return name, units, f"{group.answered:,}", "", TOO_FEW
    value, low, high = map(found.shown, group.estimate)
    return name, units, f"{group.answered:,}", value, f"{low} to {high}"


def forms_and_answers(found: Forms) -> Plot | None:
    """Return forms opened against answers given; None if that is withheld."""
    if not found.rows:
        return None
    description = (
        f"Forms were opened {counted(found.opened, 'time')}, and "
        f"{counted(found.answered, 'answer')} came of it."
    )
    return plot(
        "forms", "Answers given, of forms opened", description,
        ("Question", "Forms opened", "Answers given"),
        [(row.name, f"{row.opened:,}", f"{len(row.answers):,}") for row in found.rows],
        partial(ranked, [(Bar(row.name, row.opened), len(row.answers)) for row in found.rows]),
    )  # fmt: skip
