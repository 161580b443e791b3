"""What moderators and Discord take from the bot and give back: rights, membership, the server."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.sandbox.control.client.remote import ControlError
from bot.sandbox.state.models import OUTAGE
from bot.sandbox.state.permissions import INVITED
from tests.crash.guild import ALL_RIGHTS, RIGHTS
from tests.crash.lifecycle import GAPS, Lifecycle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WAYS = ("overwrite", "category", "role", "roles")
"""By an overwrite of the bot in the channel or in its category, by the permissions of a role of
the bot, or by taking that role away.
"""


class Rights(Lifecycle):
    """Takes, gives, and at the end gives all of it back."""

    async def _take(self, way: str, right: str) -> None:
        await self._set(way, RIGHTS[right])

    async def _give(self, way: str) -> None:
        await self._set(way, 0)

    async def _set(self, way: str, bits: int) -> None:
        """Take exactly these rights in a way."""
        remote, place = self.remote, self.place
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "overwrite": lambda: remote.deny_bot(place.channel, bits),
            "category": lambda: self._deny_in_category(bits),
            "role": lambda: remote.permit(place.guild, place.helper, ALL_RIGHTS & ~bits),
            "roles": lambda: remote.set_bot_roles(place.guild, [] if bits else [place.helper]),
        }
        await ways[way]()

    async def _deny_in_category(self, bits: int) -> None:
        bot = int((await self.remote.get("bot"))["id"])
        await self.remote.allow(self.place.category, bot, deny=bits)

    async def _fail(self, refusal: str = str(OUTAGE)) -> None:
        await self.remote.begin_outage(self.place.guild, refusal=int(refusal))

    async def _recover(self) -> None:
        await self.remote.end_outage(self.place.guild)

    async def _remove(self) -> None:
        await self.remote.remove_bot(self.place.guild)

    async def _invite(self, as_available: str = "") -> None:
        """Invite the bot again, unless it is there."""
        bot = (await self.remote.get("bot"))["id"]
        members = await self.remote.get("members", guild=str(self.place.guild.id))
        if all(each["user"]["id"] != bot for each in members):
            await self.remote.invite_bot(self.place.guild, INVITED, as_available=bool(as_available))

    async def _see_gap(self) -> None:
        """Wait until the bot knows that it cannot read the thread."""
        await self.until(lambda: self.rows(GAPS), self.patience)

    async def _see_no_gap(self) -> None:
        """Wait until the bot has read what was written meanwhile."""
        await self.until(lambda: not self.rows(GAPS), self.patience)

    async def give_rights_back(self) -> None:
        """Give back all that was taken."""
        with suppress(ControlError):
            await self._recover()
        await self._invite()
        for way in WAYS:
            await self._give(way)
