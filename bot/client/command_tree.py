"""The commands: translated, told to Discord when they change, their errors answered."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.client.errors import answer_error
from bot.core.phrases import command_text
from bot.store import key_values
from bot.store.store import Store

log = logging.getLogger(__name__)


ITS_NAME = {
    app_commands.TranslationContextLocation.command_name,
    app_commands.TranslationContextLocation.group_name,
}


class Translator(app_commands.Translator):
    """Offers the commands in the languages that the bot speaks."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text of a command in a reader's language; None leaves it in English.

        What a slash command is called stays, since texts for everybody name it (decision 21).
        """
        if context.location in ITS_NAME and not isinstance(context.data, app_commands.ContextMenu):
            return None
        return command_text(string.message, str(locale))


class AfterwordTree(app_commands.CommandTree[Any]):
    """The tree of the bot's commands."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer a refusal with its sentence, and anything else with one apology."""
        await answer_error(interaction, getattr(error, "original", error))


async def sync_changed(tree: app_commands.CommandTree[Any], store: Store) -> None:
    """Send the commands to Discord if they changed, or if Discord does not have them.

    A sync replaces all commands and counts against a daily limit
    (docs/discord-facts.md#command-sync).
    """
    translator = Translator()
    await tree.set_translator(translator)
    commands = tree.get_commands()
    payload = [await command.get_translated_payload(tree, translator) for command in commands]
    text = json.dumps(payload, sort_keys=True)
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    key = f"{key_values.COMMANDS}{tree.client.application_id}"
    if await store.read(key_values.get_value, key) == digest:
        there = {command.name for command in await tree.fetch_commands()}
        if there == {command.name for command in commands}:
            return
    await tree.sync()
    await store.write(key_values.set_value, key, digest)
    log.info("Told Discord about %s commands", len(payload))
