"""A moderator who looks at answers before they are shown, and approves them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress

from tests.crash.claims import SAY
from tests.crash.lifecycle import Lifecycle

BRIEFLY = 0.5
"""Seconds that a change of the setting waits for whoever writes, or holds the database."""


class Moderator(Lifecycle):
    """Has answers wait, and approves them."""

    async def _approval(self, how: str) -> None:
        """Have the bot hold every answer from now on, or no more."""
        with suppress(sqlite3.Error):  # it is held, or there is none yet
            address = f"file:{self.database}?mode=rw"
            with closing(sqlite3.connect(address, uri=True, timeout=BRIEFLY)) as db, db:
                db.execute("update guilds set approval = ?", [how == "on"])

    async def _approve(self) -> None:
        """Approve the answer that has waited longest."""
        if not self.can_act:
            return
        opened = await self.place.moderator.command(self.channel, "review")
        page = opened.message
        if page is None or SAY.review_approve not in page.buttons:
            return
        before, found = page.content, re.search(r"Text \d+:", page.content)
        await self.place.moderator.click(page, label=SAY.review_approve)
        if not await self.until(lambda: page.content != before, self.patience):
            return
        if found is not None and page.content.startswith(SAY.review_approved.partition(":")[0]):
            self.history.approved.add(found[0])
