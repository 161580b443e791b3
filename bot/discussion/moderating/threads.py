"""A moderator closes, reopens or locks the thread of an essay."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import discord

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.publishing.obstacles import from_code
from bot.core.text.folding import fold
from bot.discussion.collecting.collector import Collector
from bot.discussion.permissions import may_manage_threads
from bot.discussion.publishing.publisher import Publisher
from bot.endpoint import NO_ANSWER
from bot.store import threads
from bot.store.audit import Act
from bot.store.ledger import publications
from bot.store.store import Store
from bot.store.threads import Home, Started

Deed = Literal["close", "reopen", "lock"]

ACTS: dict[Deed, Act] = {
    "close": "closed a thread",
    "reopen": "reopened a thread",
    "lock": "locked a thread",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The thread of an essay, and where it stands."""

    thread: discord.Thread
    home: Home

    def is_already(self, deed: Deed) -> bool:
        """Return whether a deed would change nothing."""
        thread = self.thread
        is_open = not thread.archived and not thread.locked
        return {"close": thread.archived, "reopen": is_open, "lock": thread.locked}[deed]


class ThreadModeration:
    """Changes a thread in Discord, then records what Discord has confirmed."""

    def __init__(
        self, client: discord.Client, store: Store, collector: Collector, publisher: Publisher
    ) -> None:
        self._client = client
        self._store = store
        self._collector = collector
        self._publisher = publisher

    async def offered(self, guild_id: int, typed: str) -> list[Started]:
        """Return essays with a thread in a guild, for what has been typed of their titles."""
        found = await self._store.read(threads.started, guild_id)
        return [one for one in found if fold(typed.strip()) in fold(one.title)]

    async def place(
        self, interaction: discord.Interaction[Any], essay: str | None, say: Phrases
    ) -> Place:
        """Return the thread that a moderator means: an essay's, or the one that they are in.

        Raises:
            AfterwordError: It is no essay's, it is gone, or they or the bot may not manage it.
        """
        guild_id = interaction.guild_id or 0
        thread_id = interaction.channel_id or 0
        if essay is not None:
            thread_id = await self._named(guild_id, essay)
        home = self._collector.threads.get(thread_id)
        if home is None or home.guild != guild_id:
            raise AfterwordError(say.thread_elsewhere)
        thread = await self._thread(thread_id)
        if thread is None or thread.parent is None:
            raise AfterwordError(say.thread_gone)
        if not may_manage_threads(thread, interaction.user):
            raise AfterwordError(say.only_moderators)
        if not may_manage_threads(thread, thread.guild.me):
            channel = f"<#{thread.parent_id}>"
            raise AfterwordError(say.thread_lacks.format(channel=channel))
        return Place(thread, home)

    async def change(self, place: Place, deed: Deed, by: int, say: Phrases) -> None:
        """Close, reopen or lock a thread, in its turn with what is published there.

        Raises:
            AfterwordError: Discord refuses it, or did not answer.
        """
        publication = place.home.publication
        async with self._publisher.turn(publication):
            await self._edit(place.thread, deed, say)
            now, act = datetime.now(UTC), ACTS[deed]
            is_withdrawn = await self._publisher.is_withdrawn(publication)
            await self._store.write(
                publications.moderated, place.home, act, by, now, is_withdrawn=is_withdrawn
            )

    async def _edit(self, thread: discord.Thread, deed: Deed, say: Phrases) -> None:
        try:
            if deed == "close":
                await thread.edit(archived=True)
            elif deed == "reopen":
                await thread.edit(archived=False, locked=False)
            else:
                was_archived = thread.archived
                if was_archived:  # or it takes no change (docs/discord-facts.md#archived-threads)
                    await thread.edit(archived=False)
                await thread.edit(locked=True, archived=was_archived)
        except NO_ANSWER as error:
            raise AfterwordError(say.thread_refused.format(reason=say.no_answer)) from error
        except discord.HTTPException as error:
            channel = f"<#{thread.parent_id}>"
            obstacle = from_code(error.code, error.status, f"code {error.code}", channel)
            reason = obstacle.sentence(say)
            raise AfterwordError(say.thread_refused.format(reason=reason)) from error

    async def _named(self, guild_id: int, essay: str) -> int:
        """Return the thread of the essay that is called so; 0 for none."""
        wanted = fold(essay.strip())
        for one in await self._store.read(threads.started, guild_id):
            slug = one.name.partition(":")[2]
            if wanted in map(fold, (f"#{one.post_id}", one.name, slug, one.title)):
                return one.thread_id
        return 0

    async def _thread(self, thread_id: int) -> discord.Thread | None:
        """Return a thread as it is now: discord.py forgets one that is archived."""
        try:
            found = await self._client.fetch_channel(thread_id)
        except (discord.HTTPException, *NO_ANSWER):
            return None
        return found if isinstance(found, discord.Thread) else None
