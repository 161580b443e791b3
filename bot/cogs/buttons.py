"""Buttons and menus that still work after a restart.

Each is known by its custom_id alone (`bot.core.custom_ids`), so nothing is registered for a
message and nothing is kept in memory (docs/discord-facts.md#buttons-after-a-restart).
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client import AfterwordBot, answer_error
from bot.core.custom_ids import CustomId
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.messages.outgoing import Outgoing

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
            await _answering(press, interaction, self.match)

    return Pressed


class PressedCog(commands.Cog):
    """A cog with buttons, and perhaps a message command: they work as long as it is loaded.

    Args:
        presses: What each custom_id does.
        menu: The message command.
    """

    def __init__(
        self,
        bot: AfterwordBot,
        presses: Mapping[CustomId, Press],
        menu: app_commands.ContextMenu | None = None,
    ) -> None:
        self.bot = bot
        self._items = [pressed(kind, press) for kind, press in presses.items()]
        self._menu = menu

    async def cog_load(self) -> None:
        """Let the buttons be pressed, and offer the command."""
        self.bot.add_dynamic_items(*self._items)
        if self._menu is not None:
            self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take them away."""
        self.bot.remove_dynamic_items(*self._items)
        if self._menu is not None:
            self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    def named_post(self, interaction: Interaction, post_id: str | None) -> Post:
        """Return the post that a button or a menu names.

        Raises:
            AfterwordError: It is gone.
        """
        post = self.bot.blog.catalog.by_id(int(post_id)) if post_id and post_id.isdigit() else None
        if post is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        return post


class FormCog(PressedCog):
    """A cog whose forms can be handed in, also those that were opened before a restart.

    discord.py itself would drop those (docs/discord-facts.md#forms-after-a-restart).

    Args:
        forms: What handing in a form does, by the form's custom_id.
    """

    def __init__(
        self,
        bot: AfterwordBot,
        presses: Mapping[CustomId, Press],
        forms: Mapping[CustomId, Press],
    ) -> None:
        super().__init__(bot, presses)
        self._forms = forms

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a form of this cog's."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        for kind, hand_in in self._forms.items():
            if match := kind.fullmatch(custom_id):
                await _answering(hand_in, interaction, match)


async def _answering(press: Press, interaction: Interaction, match: re.Match[str]) -> None:
    """Do what was pressed or handed in, and answer what goes wrong."""
    try:
        await press(interaction, match)
    except Exception as error:  # noqa: BLE001  # the edge: whatever it is, it is answered
        await answer_error(interaction, error)


def for_moderators(menu: app_commands.ContextMenu) -> app_commands.ContextMenu:
    """Offer a message command to those who may manage threads; it asks again when it is used."""
    menu.default_permissions = discord.Permissions(manage_threads=True)
    return menu


def chosen(interaction: Interaction) -> str | None:
    """Return the value chosen in a menu; None if a button was pressed."""
    data: Mapping[str, Any] = interaction.data or {}
    values = data.get("values") or []
    return str(values[0]) if values else None


def form_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form's fields hold, by their custom_ids, from Discord's raw payload.

    What is chosen in a menu is the first of its values; what is empty is None or "".
    """
    return dict(_values(data.get("components") or []))


def _values(components: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    for component in components:
        inner = [component["component"]] if "component" in component else []
        yield from _values([*inner, *component.get("components", [])])
        if "custom_id" in component:
            first = next(iter(component.get("values") or []), None)
            yield str(component["custom_id"]), component.get("value") if first is None else first


async def show_private(interaction: Interaction, message: Outgoing) -> None:
    """Put a message in the place of the private one that was pressed, or was promised."""
    if interaction.response.is_done():
        await interaction.edit_original_response(**message.changes())
    else:
        await interaction.response.edit_message(**message.changes())
