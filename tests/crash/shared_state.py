"""Numbers that the player and the bot share in a mapped file; they outlive a kill -9."""

from __future__ import annotations

import mmap
import os
import signal
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "boundaries",  # between two steps that were passed in this life
    "kill_at",  # at this boundary the process ends; 0 for never
    "lives",  # READYs heard
    "behind",  # threads that still have to be caught up on
    "is_owner",  # whether it owns the database, as far as it knows
    "is_busy",  # whether something is being published, caught up on, swept or written
    "may_sweep",  # whether the player lets the bot sweep
    "swept",  # sweeps that ended, and read all that was due
    "publishing",  # requests spent, by what for
    "catching_up",
    "sweeping",
)
SPENT = ("publishing", "catching_up", "sweeping")

SIZE = struct.calcsize("q")


class SharedState:
    """Numbers in a file that two processes map."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(SIZE * len(NAMES)))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), SIZE * len(NAMES))

    def __getitem__(self, name: str) -> int:
        return int(struct.unpack_from("q", self._map, NAMES.index(name) * SIZE)[0])

    def __setitem__(self, name: str, value: int) -> None:
        struct.pack_into("q", self._map, NAMES.index(name) * SIZE, value)

    def count(self, name: str) -> None:
        """Add one."""
        self[name] += 1

    def pass_boundary(self) -> None:
        """Pass the boundary between two steps, or die there."""
        self.count("boundaries")
        if self["boundaries"] == self["kill_at"]:
            os.kill(os.getpid(), signal.SIGKILL)
