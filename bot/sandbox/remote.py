"""A sandbox through its control API, in this process or another."""

from __future__ import annotations

from bot.sandbox.control_client import ControlError
from bot.sandbox.fault_client import FaultClient
from bot.sandbox.world_client import WorldClient

__all__ = ["ControlError", "Remote"]


class Remote(WorldClient, FaultClient):
    """Drives a sandbox: makes its world, watches it, causes faults."""
