"""Moderators read who did what, a page at a time."""

from dataclasses import replace

from bot.core.phrases import Phrases
from bot.core.text.folding import fold
from bot.discussion.messages.audit import PAGE, Asked, audit_page
from bot.discussion.messages.outgoing import Outgoing
from bot.store import audit
from bot.store.audit import ACTS, Act
from bot.store.store import Store


class Auditing:
    """Reads the audit of a guild."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def page(self, guild_id: int, asked: Asked, number: int, say: Phrases) -> Outgoing:
        """Return a page of acts, newest first; the first page fixes what the others are of."""
        read = self._store.read
        if not asked.until:
            newest = await read(audit.entries, guild_id, 1)
            asked = replace(asked, until=newest[0].id if newest else 0)
        entries = await read(
            audit.entries,
            guild_id,
            PAGE + 1,
            asked.until + 1,
            actor_id=asked.actor_id or None,
            act=asked.act,
            skip=number * PAGE,
        )
        subjects = await read(audit.subjects, guild_id, entries)
        return audit_page(entries, subjects, asked, number, say)


def acts_offered(typed: str, say: Phrases) -> list[tuple[str, Act]]:
    """Return the kinds of acts that may be meant, by what they are called."""
    called = [(say.act(act), act) for act in ACTS]
    return [(name, act) for name, act in called if fold(typed.strip()) in fold(name)]


def act_meant(typed: str, say: Phrases) -> Act | None:
    """Return the kind of act that was chosen or typed; None if it is none."""
    for name, act in acts_offered("", say):
        if fold(typed.strip()) in {fold(name), fold(act)}:
            return act
    return None
