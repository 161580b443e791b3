"""Buttons and menus that still work after a restart.

Each is known by its custom_id alone (`bot.core.custom_ids`), so nothing is registered for a
message and nothing is kept in memory (docs/discord-facts.md#buttons-after-a-restart).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord
from discord import ui
from discord.ext import commands

from bot.client import AfterwordBot, answer_error
from bot.core.custom_ids import CustomId
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post

Interaction = discord.Interaction[AfterwordBot]
Press = Callable[[Interaction, re.Match[str]], Awaitable[None]]


def pressed(kind: CustomId, press: Press) -> type[ui.DynamicItem[ui.Item[Any]]]:
    """Return the dynamic item that calls `press` for every custom_id of a kind.

    discord.py only logs what a dynamic item raises, so its errors are answered here.
    """

    class Pressed(ui.DynamicItem[ui.Item[Any]], template=kind.pattern):
        def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
            super().__init__(item)
            self.match = match

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(item, match)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            try:
                await press(interaction, self.match)
            except Exception as error:  # noqa: BLE001  # the edge: whatever it is, it is answered
                await answer_error(interaction, error)

    return Pressed


class PressedCog(commands.Cog):
    """A cog with buttons: they work as long as it is loaded."""

    def __init__(self, bot: AfterwordBot, presses: Mapping[CustomId, Press]) -> None:
        """Take what each custom_id does."""
        self.bot = bot
        self._items = [pressed(kind, press) for kind, press in presses.items()]

    async def cog_load(self) -> None:
        """Let the buttons be pressed."""
        self.bot.add_dynamic_items(*self._items)

    async def cog_unload(self) -> None:
        """Take them away."""
        self.bot.remove_dynamic_items(*self._items)

    def named_post(self, interaction: Interaction, post_id: str | None) -> Post:
        """Return the post that a button or a menu names.

        Raises:
            AfterwordError: It is gone.
        """
        post = self.bot.blog.catalog.by_id(int(post_id)) if post_id and post_id.isdigit() else None
        if post is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        return post


def chosen(interaction: Interaction) -> str | None:
    """Return the value chosen in a menu; None if a button was pressed."""
    data: Mapping[str, Any] = interaction.data or {}
    values = data.get("values") or []
    return str(values[0]) if values else None
