"""What is to be decided for the channels, and what was decided, each in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.post import Post, Prompt
from bot.core.publishing.due import Plan
from bot.store.ledger import channels
from bot.store.ledger.channels import Channel, Hold
from bot.store.ledger.decisions import decided_essays
from bot.store.ledger.publications import intend, not_begun, unfinished


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about a channel's next thread.

    Attributes:
        known: Essays that have a thread, had one, are shelved or held there, or were skipped.
        starts: When threads started by themselves there, newest first.
        holds: What is held there and not yet decided.
        not_begun: The posts of publications that were due by themselves, and of which nothing was
            ever sent, by the publications' ids.
    """

    channel: Channel
    known: frozenset[int]
    starts: tuple[datetime, ...]
    holds: tuple[Hold, ...]
    not_begun: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that may have to be done now: channels to plan, and publications to go on with."""

    channels: tuple[Situation, ...]
    unfinished: tuple[int, ...]


def situation(db: Database, channel: Channel) -> Situation:
    """Return what decides about a channel's next thread."""
    return Situation(
        channel,
        frozenset(channels.known_essays(db, channel.id) | set(decided_essays(db, channel.id))),
        tuple(channels.starts(db, channel.id)),
        tuple(channels.holds(db, channel.id)),
        not_begun(db, channel.id),
    )


def agenda(db: Database, guild_ids: Iterable[int]) -> Agenda:
    """Return what may have to be done; publications can be gone on with in these guilds."""
    situations = tuple(situation(db, channel) for channel in channels.channels(db))
    return Agenda(situations, tuple(each for one in guild_ids for each in unfinished(db, one)))


def record_plan(
    db: Database,
    channel_id: int,
    plan: Plan,
    prompts: Mapping[Post, Sequence[Prompt]],
    now: datetime,
) -> list[int]:
    """Record a plan: what is shelved and held, and the intent to start what starts.

    Args:
        prompts: What each post to start will ask.

    Returns:
        The publications to start, in order.
    """
    channels.shelve(db, channel_id, _essays(plan.shelve), now)
    if plan.hold:
        channels.hold(db, channel_id, _essays(plan.hold), now)
    channels.open_channel(db, channel_id, now)
    return [
        intend(db, channel_id, post, prompts[post], asked_by=None, now=now) for post in plan.start
    ]


def _essays(posts: Sequence[Post]) -> list[int]:
    return [post.essay_id for post in posts if post.essay_id is not None]
