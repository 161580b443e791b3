"""What moderators and operators read about threads that cannot be read."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.core.phrases import Phrases, phrases
from bot.store.responses.gaps import HIDDEN, OUTAGE, REMOVED, Gap

MOST_LISTED = 10
"""Threads that are named; of more, the number is said."""


def reason(lacking: Sequence[str], say: Phrases | None = None) -> str:
    """Return a sentence about what keeps a thread from being read, in English if not told."""
    say = say or phrases("en")
    sentences = {REMOVED: say.gap_removed, OUTAGE: say.gap_outage, HIDDEN: say.gap_hidden}
    for name in lacking:
        if name in sentences:
            return sentences[name]
    names = ", ".join(say.permission(name) for name in lacking)
    return say.gap_permissions.format(names=names)


def gap_lines(gaps: Sequence[Gap], say: Phrases) -> list[str]:
    """Return what moderators read about threads that cannot be read; nothing if all can be."""
    if not gaps:
        return []
    lines = [say.gap_heading]
    for gap in gaps[:MOST_LISTED]:
        line = say.gap_line.format(
            place=f"<#{gap.thread_id}>",
            since=format_dt(gap.since, "f"),
            reason=reason(gap.lacking, say),
        )
        lines.append(f"- {line}")
    if len(gaps) > MOST_LISTED:
        lines.append(f"- {say.more.format(count=len(gaps) - MOST_LISTED)}")
    return lines
