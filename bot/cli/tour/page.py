"""What the demo shows in a browser besides the guild: the tour's captions, and what is stored."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.core.errors import AfterwordError
from bot.desk.report.page import report
from bot.sandbox.control.client.objects import Ident, ident
from bot.sandbox.control.client.person import Person
from bot.sandbox.page.tour import Caption, Phase
from bot.sandbox.server import Sandbox
from bot.store.desk.report import material
from bot.store.file.database import open_for_reading

YOUR_TURN = (
    "Your turn: choose who you are at the top, answer a question, or type / to see the commands."
)

TABLES = {
    "responses_by_question": "select post, question, reader_name, text, source, created_at, "
    "edited_at from responses_by_question",
    "readers": "select cast(id as text) as id, name from readers",
    "consents": "select cast(response_id as text) as response, purpose, granted, wording, given_at "
    "from consents order by id",
    "tombstones": "select cast(source_id as text) as source, deleted_at from tombstones "
    "order by deleted_at desc",
    "publications": "select title, cast(thread_id as text) as thread, started_at, waiting_for, "
    "over_because from publications order by started_at desc",
}
"""What is shown of the database, by the name of the table or view; ids as text, as in its views."""

PLACE = re.compile(r'href="https://discord\.com/channels/\d+/')
"""The beginning of a link to a thread or a message; nothing that a reader writes looks so."""


def stored_tables(database: Path) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what the bot has stored, read from its file as another program would.

    Nothing, while there is no file yet.
    """
    try:
        db = open_for_reading(database)
    except AfterwordError:
        return {}
    with db:
        return {name: list(db.query(query)) for name, query in TABLES.items()}


def report_page(database: Path, address: str) -> bytes | None:
    """Return the author's report, whose links lead to a sandbox; None while there is no file yet.

    Args:
        address: The sandbox's.
    """
    try:
        db = open_for_reading(database)
    except AfterwordError:
        return None
    with db:
        written = report(material(db))
    return PLACE.sub(f'href="{address}/#', written).encode(errors="replace")


class Guide:
    """Captions a tour for those who watch its page, at a pace that they can follow.

    Args:
        paced: Whether to leave time to read, and to stop when a viewer wants to go on alone.
    """

    def __init__(self, sandbox: Sandbox, steps: int, *, paced: bool) -> None:
        self._show = sandbox.tour
        self._steps = steps
        self._paced = paced
        self._step = 0
        self._person: str | None = None
        self._channel: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether a viewer stopped the tour."""
        return self._paced and self._show.is_stopped

    async def begin(self, text: str, person: Person, channel: Ident) -> None:
        """Say what comes next, and show its place as the person who does it sees it."""
        self._step += 1
        self._person, self._channel = ident(person), ident(channel)
        await self._say(text, "begins")

    async def end(self, outcome: str, channel: Ident, phase: Phase) -> None:
        """Say what the result is and where it can be seen, or why it is not shown."""
        self._channel = ident(channel)
        await self._say(f"Not shown: {outcome}" if phase == "skipped" else outcome, phase)

    def over(self) -> None:
        """Let the viewers take over."""
        self._show.tell(Caption(YOUR_TURN, "over"))

    async def _say(self, text: str, phase: Phase) -> None:
        steps = self._steps
        self._show.tell(Caption(text, phase, self._step, steps, self._person, self._channel))
        if self._paced:
            await self._show.pause(seconds_to_read(text))


def seconds_to_read(text: str) -> float:
    """Return how long a caption stays: 25 characters a second, and time to look up."""
    return 1.2 + min(len(text), 140) / 25
