"""Recording what was decided for a channel, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.due import Plan
from bot.core.post import Post, Prompt
from bot.store.ledger import channels
from bot.store.ledger.publications import intend


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
