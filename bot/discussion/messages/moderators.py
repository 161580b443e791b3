"""What moderators are told and asked about the channel that they set up."""

from collections.abc import Sequence

from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.core.publishing.publication import Done, Wait
from bot.discussion.messages.outgoing import OPTIONS, Button, Outgoing, Select
from bot.discussion.messages.private import thread_url
from bot.store.ledger.channels import Channel, Decision, Hold
from bot.store.ledger.publications import Waiting
from bot.store.responses.hiding import Hidden
from bot.store.responses.linking import NONE, Linkable, Linked

MOST_WAITING = 10
"""Essays that are named of those that wait."""

QUOTED = 300
"""Code points of a question, in a sentence about it."""


def setup_summary(channel: Channel, shelved: int, say: Phrases) -> str:
    """Return how a channel is set up.

    Args:
        channel: As it was chosen.
        shelved: How many essays are on its shelf.
    """
    return say.setup_summary.format(
        lang=channel.lang, channel=f"<#{channel.id}>", pace=channel.pace, count=shelved
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


def hidden_notice(changed: Hidden, say: Phrases) -> Outgoing:
    """Return what became of a response; an answer that was hidden has no message left to press."""
    if not changed.is_hidden:
        return Outgoing(say.shown_again)
    if not changed.is_answer:
        return Outgoing(say.hidden_message)
    again = Button(say.show_again, custom_ids.UNHIDE(changed.id))
    return Outgoing(say.hidden_answer, rows=((again,),))


def link_question(found: Linkable, say: Phrases) -> Outgoing:
    """Return the question to moderators which question a response answers."""
    none = () if found.is_answer else ((say.link_none, str(NONE)),)
    options = tuple((one.text, str(one.id)) for one in found.prompts)
    now = next((one.text for one in found.prompts if one.id == found.prompt_id), say.link_none)
    told = say.link_now.format(question=f"*{escape(shorten(now, QUOTED))}*")
    custom_id = custom_ids.LINK(found.id)
    menu = Select(custom_id, say.link_placeholder, (*options[: OPTIONS - len(none)], *none))
    return Outgoing(f"{say.link_choose}\n{told}", rows=(menu,))


def link_outcome(linked: Linked, question: str | None, say: Phrases) -> str:
    """Return what came of choosing a question; None is none of them."""
    if linked == "taken":
        return say.link_taken
    if linked == "gone":
        return say.link_gone
    if question is None:
        return say.linked_none
    return say.linked.format(question=escape(shorten(question, QUOTED)))
