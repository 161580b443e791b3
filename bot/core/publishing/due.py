"""Which essays get a thread now, which wait, and which go to the shelf."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core.post import Post
from bot.core.publishing.quiet import QuietHours, after_quiet
from bot.core.publishing.selection import EVERY_ESSAY, Selection

FLOOD = 5
"""More essays than this at once are held, and a moderator is asked: no run floods a channel."""

FirstRun = Literal["none"] | int | date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a channel may get a thread.

    Attributes:
        apart: The least time between two starts.
        most: The most starts in a period.
        period: A rolling window that ends now.
    """

    apart: timedelta
    most: int
    period: timedelta


RHYTHMS = {
    "each": Rhythm(timedelta(hours=1), 3, timedelta(days=1)),
    "daily": Rhythm(timedelta(days=1), 1, timedelta(days=1)),
    "weekly": Rhythm(timedelta(weeks=1), 1, timedelta(weeks=1)),
}
"""The paces that a channel can have."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a channel now.

    Attributes:
        start: Essays whose thread starts now, in this order.
        shelve: Essays that stay readable and get no thread by themselves.
        hold: Essays that would flood the channel; a moderator decides.
        again: When the next essay's turn comes; None if no essay waits for the pace.
    """

    start: tuple[Post, ...] = ()
    shelve: tuple[Post, ...] = ()
    hold: tuple[Post, ...] = ()
    again: datetime | None = None


def is_public(post: Post, now: datetime) -> bool:
    """Return whether a post is an essay that readers may see: no draft, not early, not expired."""
    if post.kind != "essay" or post.draft:
        return False
    is_early = post.due is not None and post.due > now
    is_over = post.expires is not None and post.expires <= now
    return not is_early and not is_over


def due_for_thread(
    posts: Iterable[Post],
    lang: str,
    known: Collection[int],
    now: datetime,
    selection: Selection = EVERY_ESSAY,
) -> list[Post]:
    """Return the essays that are new to a channel, best first.

    Essays that end on a question go first, then the newest: when a slot passes over some, these
    are the ones to keep.

    Args:
        posts: Stored, so that each has an ``essay_id``.
        lang: The channel's language; an essay that has no post in it is not due there.
        known: Ids of essays that have a thread, had one, are shelved or held in this channel.
        now: Aware.
        selection: Which essays the channel's moderators want; the others count for nothing.
    """
    waiting = [
        post
        for post in posts
        if post.lang == lang
        and post.essay_id not in known
        and is_public(post, now)
        and selection.takes(post)
    ]
    return sorted(waiting, key=_rank, reverse=True)


def plan_first_run(posts: Sequence[Post], first_run: FirstRun) -> Plan:
    """Return what to do when a channel is used for the first time.

    The operator's number starts that many now, at any pace; above `FLOOD` a moderator is asked.
    An essay without a date starts only on request.

    Args:
        posts: What `due_for_thread` returned.
        first_run: ``none``, how many to start, or the day from which on they start.
    """
    chosen = _choose([post for post in posts if post.due is not None], first_run)
    rest = tuple(post for post in posts if post not in chosen)
    if len(chosen) > FLOOD:
        return Plan(shelve=rest, hold=_oldest_first(chosen))
    return Plan(start=_oldest_first(chosen), shelve=rest)


def plan_next(
    posts: Sequence[Post],
    pace: str,
    starts: Sequence[datetime],
    now: datetime,
    quiet: QuietHours | None = None,
) -> Plan:
    """Return what to do about the essays that are new to a channel.

    An essay without a date starts only on request. Essays beyond the next slots go to the shelf at
    once, not to a queue: those that gather while a channel waits never count as a flood.

    Args:
        posts: What `due_for_thread` returned.
        pace: A key of `RHYTHMS`.
        starts: When threads started by themselves in this channel, in any order, aware. One in the
            future was recorded by a clock that was wrong, and holds nothing up.
        now: Aware.
        quiet: Nothing starts in these hours; what is due then starts when they are over.
    """
    starts = [start for start in starts if start <= now]
    undated = tuple(post for post in posts if post.due is None)
    dated = [post for post in posts if post.due is not None]
    if not dated:
        return Plan(shelve=undated)
    if len(dated) > FLOOD:
        return Plan(shelve=undated, hold=_oldest_first(dated))
    rhythm = RHYTHMS[pace]
    opens = after_quiet(quiet, next_slot(rhythm, starts, now))
    recent = sum(1 for start in starts if start > opens - rhythm.period)
    places = rhythm.most - recent
    kept, passed_over = dated[:places], (*undated, *dated[places:])
    if opens > now:
        return Plan(shelve=passed_over, again=opens)
    again = after_quiet(quiet, now + rhythm.apart) if len(kept) > 1 else None
    return Plan(start=(kept[0],), shelve=passed_over, again=again)


def next_slot(rhythm: Rhythm, starts: Sequence[datetime], now: datetime) -> datetime:
    """Return when a thread may start next, from now on."""
    recent = sorted(start for start in starts if start > now - rhythm.period)
    if not recent:
        return now
    opens = recent[-1] + rhythm.apart
    if len(recent) >= rhythm.most:
        opens = max(opens, recent[-rhythm.most] + rhythm.period)
    return max(opens, now)


def _choose(posts: Sequence[Post], first_run: FirstRun) -> list[Post]:
    if isinstance(first_run, date):
        return [post for post in posts if post.due and post.due.date() >= first_run]
    return [] if first_run == "none" else list(posts[: int(first_run)])


def _rank(post: Post) -> tuple[bool, bool, float, str]:
    seconds = post.due.timestamp() if post.due else 0.0
    return bool(post.questions), post.due is not None, seconds, post.slug


def _oldest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(sorted(posts, key=lambda post: (post.due is not None, post.due, post.slug)))
