"""Which responses an author reads, as the buttons that turn the pages carry it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.custom_ids import LISTING, short

UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATEST = 36**6 - 1
"""Minutes that have room in a button: they end after four thousand years."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What was asked for; 0, None and False ask for nothing.

    Attributes:
        essay: The stored id of an essay.
        prompt: The id of a prompt that asks the question.
        since: Aware; in a button it is kept to the minute, and not before 1970.
        after_id: Responses that were kept after the one with this id.
        until_id: The newest that is listed, so that pages hold still while others come.
    """

    essay: int = 0
    prompt: int = 0
    reader: int = 0
    since: datetime | None = None
    after_id: int = 0
    until_id: int = 0
    highlighted: bool = False

    def custom_id(self, page: int) -> str:
        """Return the custom_id of a button that shows a page, counted from 0.

        Raises:
            ValueError: There are not that many pages.
        """
        minutes = 0
        if self.since is not None:
            minutes = min(max(1, (self.since - UNIX_EPOCH) // MINUTE), LATEST)
        numbers = (self.essay, page, self.prompt, self.reader, minutes, self.after_id)
        return LISTING(*map(short, numbers), short(self.until_id), int(self.highlighted))


def listing_of(match: re.Match[str]) -> Listing:
    """Return the listing that a button names."""
    minutes = int(match["since"], 36)
    return Listing(
        essay=int(match["essay"], 36),
        prompt=int(match["prompt"], 36),
        reader=int(match["reader"], 36),
        since=UNIX_EPOCH + minutes * MINUTE if minutes else None,
        after_id=int(match["after"], 36),
        until_id=int(match["until"], 36),
        highlighted=match["highlighted"] == "1",
    )
