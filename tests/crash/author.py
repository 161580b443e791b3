"""What the author does to the essay."""

from __future__ import annotations

from tests.crash.lifecycle import NOTICED, Lifecycle

READ = "select digest from posts order by id"
"""The essays as the bot has read them."""


class Author(Lifecycle):
    """Revises the essay, takes it back and publishes it again."""

    async def _revise(self, *how: str) -> None:
        self.read_before = self.rows(READ)
        for each in how:
            self.essay.revise(each)
        self.essay.write()

    async def _see_revision(self) -> None:
        """Wait until the bot has read the essay as it was revised last."""
        is_seen = await self.until(lambda: self.rows(READ) != self.read_before, NOTICED)
        if not is_seen and self.can_act:
            self.history.wrong.append("the bot has not noticed that the essay was revised")

    async def _take_back(self) -> None:
        self.essay.is_public = False
        self.essay.write()

    async def _bring_back(self) -> None:
        self.essay.is_public = True
        self.essay.write()
