"""The example in the sandbox's README is a test that passes."""

from __future__ import annotations

import re
import runpy
import sys
import textwrap
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import discord
import pytest
from discord import app_commands

import bot.sandbox

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place

README = Path(bot.sandbox.__file__).with_name("README.md")


class Again(discord.ui.View):
    @discord.ui.button(label="Again")
    async def again(
        self, interaction: discord.Interaction, button: discord.ui.Button[Again]
    ) -> None:
        del button
        text = f"Hello again, {interaction.user.display_name}!"
        await interaction.response.send_message(text, ephemeral=True)


class Greeter(discord.Client):
    """A bot of somebody else's, with one command."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        @self.tree.command()
        async def greet(interaction: discord.Interaction) -> None:
            """Say hello."""
            text = f"Hello, {interaction.user.display_name}!"
            await interaction.response.send_message(text, view=Again(), ephemeral=True)

        await self.tree.sync()


@pytest.fixture
def blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


async def test_the_example_passes(
    blocks: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    example = tmp_path / "test_my_bot.py"
    example.write_text(blocks[0], encoding="utf-8")
    my_bot = ModuleType("my_bot")
    my_bot.__dict__["MyBot"] = Greeter
    monkeypatch.setitem(sys.modules, "my_bot", my_bot)
    tests = runpy.run_path(str(example))
    await tests["test_a_greeting_is_private_and_can_be_repeated"](monkeypatch)


async def test_the_faults_are_ones_that_there_are(
    blocks: list[str], sandbox: Sandbox, place: Place, tmp_path: Path
) -> None:
    example = tmp_path / "faults.py"
    body = textwrap.indent(blocks[1], "    ")
    example.write_text(f"async def cause(sandbox, guild):\n{body}", encoding="utf-8")
    await runpy.run_path(str(example))["cause"](sandbox, place.guild)
