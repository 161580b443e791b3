"""The plots of the page: what they show, what can be seen in them, and their numbers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from statistics import median

from bot.desk.report.endings import Comparison, Endings, Group
from bot.desk.report.essays import Essay, readers
from bot.desk.report.figures import LEAST_READERS, Bar, spread, unfolding
from bot.desk.report.forms import Forms
from bot.desk.report.plots import Plot, bars, columns, intervals, plot, ranked
from bot.desk.report.wording import counted, within
from bot.store.desk.report import Said

MOST_ESSAYS = 10
"""Essays in the plot of those that drew most responses."""

WITHHELD = f"withheld: fewer than {LEAST_READERS} readers"


def most_discussed(essays: Sequence[Essay]) -> Plot | None:
    """Return the essays with most responses; None for fewer than two."""
    found = sorted(
        ((len(said), len(readers(said)), essay.title) for essay in essays if (said := essay.said)),
        key=lambda row: (-row[0], row[2]),
    )
    if len(found) < 2:  # noqa: PLR2004  # one bar says nothing
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
    description = (
        f"Most responses, {most.size:,} of {len(said):,}, came "
        f"{'on' if timeline.unit == 'day' else 'in'} {of}{most.name}"
        + (f"; in {empty} of {counted(len(timeline.bars), timeline.unit)} none came." if empty
           else f"; some came in each {timeline.unit}.")
    )  # fmt: skip
    return plot(
        "unfolding", f"Responses by {timeline.unit}", description,
        (timeline.unit.capitalize(), "Responses"),
        [(bar.name, f"{bar.size:,}") for bar in timeline.bars], partial(columns, timeline.bars),
    )  # fmt: skip


def which_endings(found: Endings) -> Plot | None:
    """Return the kinds of endings with what they drew; None if there is nothing of any kind."""
    groups = [
        (comparison, group)
        for comparison in found.comparisons
        for group in comparison.groups
        if group.units
    ]
    rows: list[tuple[Comparison | None, Group]] = [*groups]
    if found.invitation is not None:
        rows.append((None, found.invitation))
    if not rows:
        return None
    most = max((one.estimate.high for _, one in rows if one.estimate), default=1.0)
    what = "Readers who answered, half of the time" if found.is_busy else "Share that was answered"
    return plot(
        "endings", what, " ".join(_seen(found)),
        ("Ending", "How many", "Answered", what, "As far as so few can tell"),
        [_row(group, found) for _, group in rows],
        partial(
            intervals, [(one.name, one.estimate, _instead(one)) for _, one in rows],
            most if found.is_busy else 1.0, found.shown,
        ),
    )  # fmt: skip


def _seen(found: Endings) -> list[str]:
    return [f"{one.about}: {one.verdict}" for one in found.comparisons]


def _instead(group: Group) -> str:
    return WITHHELD if group.answered is None else "too few for a range"


def _row(group: Group, found: Endings) -> tuple[str, ...]:
    name, units = group.name, f"{group.units:,}"
    if group.answered is None:
        return name, units, WITHHELD, "", ""
    if group.estimate is None:
        return name, units, f"{group.answered:,}", "", _instead(group)
    value, low, high = map(found.shown, group.estimate)
    return name, units, f"{group.answered:,}", value, f"{low} to {high}"


def forms_and_answers(found: Forms) -> Plot | None:
    """Return forms opened against answers given; None if that is withheld."""
    if not found.rows:
        return None
    description = (
        f"Forms were opened {counted(found.opened, 'time')}, and {counted(found.answered, 'answer')} "
        "came of it."
    )
    return plot(
        "forms", "Answers given, of forms opened", description,
        ("Question", "Forms opened", "Answers given"),
        [(row.name, f"{row.opened:,}", f"{len(row.answers):,}") for row in found.rows],
        partial(ranked, [(Bar(row.name, row.opened), len(row.answers)) for row in found.rows]),
    )  # fmt: skip
