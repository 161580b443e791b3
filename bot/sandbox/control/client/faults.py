"""Disturbing a sandbox from outside: faults of its requests, its events and its answers."""

from __future__ import annotations

from collections import Counter

from bot.sandbox.control.client.connection import ControlClient
from bot.sandbox.control.client.objects import Ident, Message, ident


class FaultClient(ControlClient):
    """Lets requests, events and answers meet what networks and busy servers do."""

    async def fault(
        self,
        kind: str,
        *,
        method: str = ".*",
        path: str = "",
        times: int = 1,
        status: int = 0,
        seconds: float = 1.0,
        skip: int = 0,
    ) -> None:
        """Let the next requests that match meet a fault (see :mod:`bot.sandbox.faults.faults`)."""
        fields = {"method": method, "path": path, "times": times, "status": status, "skip": skip}
        await self.post("fault", kind=kind, seconds=seconds, **fields)

    async def refuse(
        self,
        code: int,
        *,
        method: str = ".*",
        path: str = "",
        field: str = "",
        times: int = 1,
        seconds: float = 1.0,
        skip: int = 0,
    ) -> None:
        """Refuse the next requests that match with one of Discord's codes, in its own words.

        Args:
            field: Which field of the body a 50035 is about: ``name``.
            seconds: When to come again, for a code that is sent with 429.
        """
        fields = {"method": method, "path": path, "field": field, "times": times, "skip": skip}
        await self.post("fault", kind="refuse", code=code, seconds=seconds, **fields)

    async def answer_wrongly(
        self,
        kind: str,
        about: str = "history",
        *,
        place: Ident | None = None,
        times: int = 1,
        skip: int = 0,
        seed: int = 0,
    ) -> None:
        """Answer the next GETs wrongly (see :mod:`bot.sandbox.faults.wrong_answers`).

        Args:
            kind: ``empty``, ``short``, ``reordered``, ``repeated``, ``holes``; or a refusal:
                ``no_access``, ``unknown_channel``, ``unknown_message``, ``unknown_guild``,
                ``server_error``.
            about: ``history``, ``archived``, ``active``, ``message`` or ``channel``.
            place: Only about this channel, or this guild for ``active``.
            seed: Draws what is left out, cut or mixed up.
        """
        where = None if place is None else ident(place)
        fields = {"about": about, "place": where, "times": times, "skip": skip, "seed": seed}
        await self.post("wrong_answer", kind=kind, **fields)

    async def drop_keys(self, message: Message, *keys: str) -> None:
        """Let the bot get a message without some keys from now on, in history and events.

        Without ``type`` or ``author`` discord.py cannot read it. No keys heal it.
        """
        fields = {"channel": str(message.channel_id), "message": str(message.id)}
        await self.post("drop_keys", keys=list(keys), **fields)

    async def event_fault(
        self,
        kind: str,
        name: str = ".*",
        *,
        times: int = 1,
        copies: int = 1,
        seconds: float = 0.1,
    ) -> None:
        """Let the next events be duplicated, shuffled or delayed; ``name`` is a pattern."""
        fields = {"name": name, "times": times, "copies": copies, "seconds": seconds}
        await self.post("event_fault", kind=kind, **fields)

    async def deliver_again(self, answer: Ident) -> None:
        """Tell the bot of an interaction once more, word for word: what was pressed or sent."""
        await self.post("deliver_again", interaction=ident(answer))

    async def clear_faults(self) -> None:
        """Forget the faults and wrong answers that still wait."""
        await self.post("clear_faults")

    async def happened(self) -> Counter[str]:
        """Return how many faults and wrong answers of each kind have happened."""
        return Counter(await self.get("faults"))
