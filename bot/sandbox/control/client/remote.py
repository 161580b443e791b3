"""A sandbox through its control API, in this process or another."""

from __future__ import annotations

from bot.sandbox.control.client.connection import ControlError
from bot.sandbox.control.client.faults import FaultClient
from bot.sandbox.control.client.world import WorldClient

__all__ = ["ControlError", "Remote"]


class Remote(WorldClient, FaultClient):
    """Drives a sandbox: makes its world, watches it, causes faults."""
