"""What moderators are told and asked about the channel that they set up."""

from collections.abc import Sequence

from bot.core import custom_ids
from bot.core.phrases import Phrases
from bot.core.publishing.publication import Done, Wait
from bot.discussion.messages.outgoing import Button, Outgoing
from bot.discussion.messages.private import thread_url
from bot.store.ledger.channels import Channel, Decision, Hold
from bot.store.ledger.publications import Waiting

MOST_WAITING = 10
"""Essays that are named of those that wait."""


def setup_summary(channel: Channel, shelved: int) -> str:
    """Return how a channel is set up.

    Args:
        channel: As it was chosen.
        shelved: How many essays are on its shelf.
    """
    return (
        f"Essays in `{channel.lang}` are discussed in <#{channel.id}>, at the pace "
        f"`{channel.pace}`. On the shelf: {shelved}; `/discuss` starts one of them."
    )


def waiting_lines(waiting: Sequence[Waiting], say: Phrases) -> list[str]:
    """Return which essays wait and why; nothing if none does."""
    lines = [say.waits_heading] if waiting else []
    for each in waiting[:MOST_WAITING]:
        reason = each.obstacle.sentence(say) if each.obstacle else each.reason
        lines.append(f"- {say.waits_line.format(post=f'`{each.post}`', reason=reason)}")
    return lines


def discuss_outcome(
    guild_id: int, thread_id: int | None, outcome: Wait | Done, say: Phrases
) -> str:
    """Return what became of an essay whose thread a moderator asked for."""
    if thread_id is not None:
        return say.discussed_here.format(url=thread_url(guild_id, thread_id))
    if isinstance(outcome, Wait):
        why = outcome.obstacle.sentence(say) if outcome.obstacle else outcome.reason
        return say.it_waits.format(reason=why)
    return say.thread_stays_deleted


def hold_notice(held: Hold, say: Phrases) -> Outgoing:
    """Return the question to moderators about essays that would flood a channel."""
    count = len(held.essays)
    start, shelve = custom_ids.RELEASE(held.id, "start"), custom_ids.RELEASE(held.id, "shelve")
    return Outgoing(
        content=say.held_back.format(count=count, channel=f"<#{held.channel_id}>"),
        rows=(
            (
                Button(say.start_held.format(count=count), start),
                Button(say.shelve_held.format(count=count), shelve, tone="primary"),
            ),
        ),
    )


def hold_decided(held: Hold, decision: Decision, moderator: str, say: Phrases) -> str:
    """Return what a moderator decided about essays that were held."""
    text = say.held_started if decision == "start" else say.held_shelved
    return text.format(count=len(held.essays), moderator=moderator)
