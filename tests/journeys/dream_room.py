"""Two essays with a response each, a channel for moderators, and what a night makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.core.connection import Connection, End
from bot.store.dreams import nights
from tests.journeys.stage import Stage, custom_id, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from bot.sandbox import Channel, Message

NIGHT = date(2026, 3, 2)
TICKETS, BRIDGE = "I keep the ferry tickets.", "The ferry was the only road we had."
ASK, DISMISS = "Ask in both threads", "Not this one"
AUDIT = "select act, actor_id from audit where act <> 'set up' order by id"


@dataclass
class Room:
    """Two essays with a response each, and a channel for moderators.

    Attributes:
        said: What Ada wrote about the maps, and Bora about the roads.
    """

    stage: Stage
    maps: Channel
    roads: Channel
    desk: Channel
    patch: pytest.MonkeyPatch
    said: list[Message] = field(default_factory=list)

    async def dream(self) -> None:
        """Have a night find that the two responses belong together, and tell moderators."""
        a, b = await self.ends()
        await self.record([Connection("pair", a, b, ("ferry",), None, 1.0)])

    async def record(self, found: Sequence[Connection], night: date = NIGHT) -> None:
        store, guild, now = self.stage.bot.store, self.stage.guild.id, datetime.now(UTC)
        assert await store.write(nights.begin, guild, night, now)
        await store.write(nights.record, guild, night, found, 3, now)
        await self.stage.rounds.run()

    async def ends(self) -> tuple[End, End]:
        rows = self.stage.rows(
            "select post_id, responses.id from responses "
            "join publications on publications.id = publication_id order by responses.id"
        )
        (a_post, a), (b_post, b) = rows
        return End(a_post, a, None), End(b_post, b, None)

    async def drafts(self) -> list[Message]:
        """Return what stands in the moderators' channel."""
        return [each for each in await self.stage.sandbox.messages_in(self.desk) if each.by_bot]

    async def draft(self) -> Message:
        (found,) = await self.drafts()
        return found

    async def asked(self, thread: Channel) -> list[Message]:
        """Return the questions that moderators approved, in a thread."""
        found = await self.stage.bot_says(thread)
        return [each for each in found if custom_id(each, "why")]

    async def press(self, label: str) -> str:
        """Let the moderator press a button of the draft; return what they are told."""
        return said(await self.stage.mo.click(await self.draft(), label=label))

    async def settled(self) -> None:
        """Wait until every message about the dream says what it is to say."""
        stale = "select 1 from dream_messages where stale > 0 and over_at is null"

        async def is_settled() -> bool:
            await self.stage.rounds.run()
            return not self.stage.rows(stale)

        await self.stage.sandbox.until(is_settled)


async def silent_room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return the room before anybody wrote in it."""
    stage.write("maps", date="2026-03-01")
    stage.write("roads", date="2026-02-01", asks="Which road do you miss?")
    await stage.start()
    await stage.until_read("roads")
    await stage.thread()
    await stage.mo.command(stage.text, "discuss", slug="roads")
    threads = {thread.name: thread for thread in await stage.threads(stage.text, 2)}
    desk = await stage.sandbox.channel(stage.guild, "desk")
    place = str(stage.text.id)
    await stage.mo.command(stage.text, "setup", channel=place, notices=str(desk.id))
    return Room(stage, threads["Maps"], threads["Roads"], desk, monkeypatch)


async def talking_room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return the room with a response of Ada's and one of Bora's."""
    silent = await silent_room(stage, monkeypatch)
    first = await stage.ada.say(silent.maps, TICKETS, reply_to=await stage.prompt(silent.maps))
    await stage.until_kept(TICKETS)
    second = await stage.bora.say(silent.roads, BRIDGE, reply_to=await stage.prompt(silent.roads))
    await stage.until_kept(TICKETS, BRIDGE)
    silent.said = [first, second]
    return silent
