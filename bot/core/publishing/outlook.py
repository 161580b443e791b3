"""What would start next in a channel and when, told before anything is changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.post import Post
from bot.core.publishing.due import (
    RHYTHMS,
    FirstRun,
    Plan,
    due_for_thread,
    is_public,
    next_slot,
    plan_first_run,
    plan_next,
)
from bot.core.publishing.quiet import QuietHours, after_quiet
from bot.core.publishing.selection import Selection


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would happen in a channel.

    Attributes:
        next: The essay that starts next; None if none waits.
        at: When; None if it starts at once.
        quiet_until: When the quiet hours are over that it is now; None if it is not.
        held: How many would start at once, so that a moderator is asked.
        shelved: How many would go to the shelf.
        taken: How many public essays may start there,
        count: and how many there are in the channel's language.
    """

    next: Post | None
    at: datetime | None
    quiet_until: datetime | None
    held: int
    shelved: int
    taken: int
    count: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides when an essay starts in a channel."""

    lang: str
    pace: str
    selection: Selection
    quiet: QuietHours | None


def look_ahead(
    posts: Sequence[Post],
    rules: Rules,
    known: Collection[int],
    starts: Sequence[datetime],
    first_run: FirstRun | None,
    now: datetime,
) -> Outlook:
    """Return what would happen.

    Args:
        posts: The blog's.
        known: Ids of essays that are not new to the channel.
        starts: When threads started by themselves there.
        first_run: What a new channel begins with; None if it was decided already.
        now: Aware.
    """
    essays = [post for post in posts if post.lang == rules.lang and is_public(post, now)]
    due = due_for_thread(posts, rules.lang, known, now, rules.selection)
    if first_run is None:
        plan = plan_next(due, rules.pace, starts, now, rules.quiet)
    else:
        plan = plan_first_run(due, first_run)
    over = after_quiet(rules.quiet, now)
    following, at = _following(plan, due, over, now)
    if following is None and not plan.hold:
        following, at = _future(posts, rules, known, starts, now)
    return Outlook(
        following,
        at,
        over if over > now else None,
        len(plan.hold),
        len(plan.shelve),
        sum(rules.selection.takes(post) for post in essays),
        len(essays),
    )


def _following(
    plan: Plan, due: Sequence[Post], over: datetime, now: datetime
) -> tuple[Post | None, datetime | None]:
    if plan.start:
        return plan.start[0], over if over > now else None
    if plan.again is None:
        return None, None
    return next(post for post in due if post not in plan.shelve), plan.again


def written_ahead(
    posts: Sequence[Post],
    lang: str,
    known: Collection[int],
    selection: Selection,
    now: datetime,
) -> list[tuple[datetime, Post]]:
    """Return the essays that start by themselves on a day to come, each with when, in order."""
    ahead = [
        (post.due, post)
        for post in posts
        if post.lang == lang
        and post.due is not None
        and post.due > now
        and is_public(post, post.due)
        and post.essay_id not in known
        and selection.takes(post)
    ]
    return sorted(ahead, key=lambda one: (one[0], one[1].slug))


def _future(
    posts: Sequence[Post],
    rules: Rules,
    known: Collection[int],
    starts: Sequence[datetime],
    now: datetime,
) -> tuple[Post | None, datetime | None]:
    """Return the first essay that is written ahead of its date, and when it would start."""
    ahead = written_ahead(posts, rules.lang, known, rules.selection, now)
    if not ahead:
        return None, None
    due, post = ahead[0]
    happened = [start for start in starts if start <= now]
    slot = next_slot(RHYTHMS[rules.pace], happened, due)
    return post, after_quiet(rules.quiet, slot)
