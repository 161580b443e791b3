"""Reading a thread of ours, and asking about the messages in it that were not seen."""

from dataclasses import dataclass

import discord

from bot.discussion.collecting.capture import capture, reactions_of
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.deletion_checks import CheckResult, DeletionChecks
from bot.discussion.collecting.history import PAGE, BadMessage, History
from bot.store.responses.reactions import ReactionsSeen
from bot.store.store import Store
from bot.store.threads import Home


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """Reads threads, gives what readers wrote in them to the collector, and asks for the rest."""

    client: discord.Client
    store: Store
    collector: Collector
    history: History
    deletions: DeletionChecks

    def place(self, home: Home, thread_id: int) -> discord.PartialMessageable:
        """Return a thread as a place to read."""
        return self.client.get_partial_messageable(thread_id, guild_id=home.guild)

    async def read(
        self, home: Home, thread_id: int, *, after: int, until: int | None = None
    ) -> set[int]:
        """Read a thread after a message; return the ids of all messages that Discord showed.

        Args:
            until: The newest id that is known to exist; reading goes on while pages do not reach
                it.

        Raises:
            discord.HTTPException: Discord does not let the bot read.
        """
        ids: set[int] = set()
        seen: dict[int, dict[str, int]] = {}
        async for message in self.history.after(self.place(home, thread_id), after, until=until):
            ids.add(message.id)
            if isinstance(message, BadMessage):
                continue
            self._collect(message)
            seen[message.id] = reactions_of(message)
            if len(seen) == PAGE:  # soon, before newer reactions are told of
                self.collector.add(ReactionsSeen(seen))
                seen = {}
        if seen:
            self.collector.add(ReactionsSeen(seen))
        return ids

    async def read_one(self, home: Home, thread_id: int, message_id: int) -> CheckResult:
        """Ask for one message of a thread."""
        found = await self.deletions.message(home, self.place(home, thread_id), message_id)
        if found.message is not None:
            self._collect(found.message)
        return found

    def _collect(self, message: discord.Message) -> None:
        captured = capture(self.client, message)
        if captured is not None:
            self.collector.add(captured)
