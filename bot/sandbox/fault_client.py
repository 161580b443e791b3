"""Disturbing a sandbox from outside: faults of its requests and events."""

from __future__ import annotations

from bot.sandbox.control_client import ControlClient


class FaultClient(ControlClient):
    """Lets requests and events meet what networks and busy servers do."""

    async def fault(
        self,
        kind: str,
        *,
        method: str = ".*",
        path: str = "",
        times: int = 1,
        status: int = 500,
        seconds: float = 1.0,
        skip: int = 0,
    ) -> None:
        """Let the next requests that match meet a fault (see :mod:`bot.sandbox.faults`)."""
        fields = {"method": method, "path": path, "times": times, "status": status, "skip": skip}
        await self.post("fault", kind=kind, seconds=seconds, **fields)
