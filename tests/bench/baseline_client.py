"""The baseline: a discord.py client that does nothing, and offers everybody the same choices."""

import asyncio

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.bench.measured_client import Driven
from tests.bench.worker import JSON

CHOICES = [app_commands.Choice(name=f"An essay, number {n}", value=f"en:{n}") for n in range(25)]


class Floor(discord.Client):
    """Hears what the bot hears, with the same caches, and does nothing about it."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(post)

    async def setup_hook(self) -> None:
        """Tell Discord the one command."""
        await self.tree.sync()


@app_commands.command()
async def post(interaction: discord.Interaction, slug: str) -> None:
    """Show nothing."""
    await interaction.response.send_message(slug)


@post.autocomplete("slug")
async def offer(_interaction: discord.Interaction, _typed: str) -> list[app_commands.Choice[str]]:
    """Offer the same as ever."""
    return CHOICES


def make(how: JSON) -> Floor:
    """Return the client, which looks for Discord where it is told."""
    Route.BASE = how["api"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(how["gateway"])
    return Floor()


if __name__ == "__main__":
    asyncio.run(Driven(make).run())
