"""What a program that plays in the sandbox shows to those who watch its page."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from bot.sandbox.state.json_types import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.sandbox.gateway.streams import Streams

Row = dict[str, Value]
Stored = dict[str, list[Row]]
"""Tables by name, each a list of rows."""

Phase = Literal["begins", "done", "skipped", "failed", "over"]


@dataclass(frozen=True, slots=True)
class Caption:
    """A line about what happens on the page.

    Attributes:
        text: What happens, or what came of it.
        phase: A step begins, is done, is left out or has failed; or the tour is over.
        step: Its number, from 1.
        steps: How many there are.
        person: Id of who acts; the page looks through their eyes.
        channel: Id of the channel or thread where it happens.
    """

    text: str
    phase: Phase = "begins"
    step: int = 0
    steps: int = 0
    person: str | None = None
    channel: str | None = None


class Tour:
    """The captions of a tour, the viewers' wish to end it, and what the bot has stored."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._stopped = asyncio.Event()
        self._watched = asyncio.Event()
        self._tables: Callable[[], Mapping[str, Sequence[Mapping[str, Value]]]] | None = None
        self._report: Callable[[], bytes | None] | None = None
        self.last: Caption | None = None
        streams.on_viewer = self._watched.set

    @property
    def is_watched(self) -> bool:
        """Whether a page is open."""
        return self._streams.has_viewers

    @property
    def is_stopped(self) -> bool:
        """Whether a viewer wants to go on alone."""
        return self._stopped.is_set()

    @property
    def is_touring(self) -> bool:
        """Whether captions are still to come."""
        return self.last is not None and self.last.phase != "over" and not self.is_stopped

    @property
    def has_stored(self) -> bool:
        """Whether somebody says what the bot has stored."""
        return self._tables is not None

    @property
    def has_report(self) -> bool:
        """Whether somebody writes a report of what the bot has stored."""
        return self._report is not None

    def tell(self, caption: Caption) -> None:
        """Show a caption on every page that is open, and on those that open later."""
        self.last = caption
        self._streams.publish("CAPTION", self.view())

    def stop(self) -> None:
        """End the tour after its present step."""
        if self.is_touring:
            self._stopped.set()
            self._streams.publish("CAPTION", self.view())

    def view(self) -> Row:
        """Return the last caption, and whether more are to come."""
        caption = None if self.last is None else asdict(self.last)
        return {"caption": caption, "touring": self.is_touring, "stopped": self.is_stopped}

    async def until_watched(self, seconds: float) -> bool:
        """Wait for the first page to open; return whether one did in time."""
        return await _within(self._watched, seconds)

    async def pause(self, seconds: float) -> None:
        """Leave viewers time to read; no time passes without viewers, or once they said stop."""
        if self.is_watched:
            await _within(self._stopped, seconds)

    def offer_stored(
        self, tables: Callable[[], Mapping[str, Sequence[Mapping[str, Value]]]]
    ) -> None:
        """Take a function that reads what the bot has stored; it is called in a thread."""
        self._tables = tables

    async def stored(self) -> Stored:
        """Return what the bot has stored now; nothing if nobody says."""
        if self._tables is None:
            return {}
        tables = await asyncio.to_thread(self._tables)
        return {name: [dict(row) for row in rows] for name, rows in tables.items()}

    def offer_report(self, write: Callable[[], bytes | None]) -> None:
        """Take a function that writes a report as HTML, or None; it is called in a thread."""
        self._report = write

    async def report(self) -> bytes | None:
        """Return the report as it is now; None if there is none."""
        return None if self._report is None else await asyncio.to_thread(self._report)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
