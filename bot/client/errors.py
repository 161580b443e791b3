"""The one place where errors of commands, buttons and modals are answered."""

import logging
import sqlite3
from typing import Any

import discord
from discord import app_commands

from bot import endpoint
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.answering.reader_writes import ToldError
from bot.discussion.answering.replies import is_lost

log = logging.getLogger(__name__)


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell who acted what went wrong, once and privately; a bug is logged with its traceback.

    Args:
        error: An `AfterwordError` is a refusal and its text is shown; anything else is a bug. What
            fails because the bot is being stopped is neither: the ledger knows how to go on.
    """
    if interaction.client.is_closed() or isinstance(error, ToldError):
        return
    if is_lost(error):
        log.info("Somebody could not be answered (%s)", type(error).__name__)
        return
    say = phrases(str(interaction.locale))
    if isinstance(error, AfterwordError):
        text = error.sentence(say)
    elif isinstance(error, app_commands.CheckFailure):
        text = say.may_not_use
    else:
        is_storage = isinstance(error, sqlite3.Error)
        log.error("A fault in an interaction", exc_info=None if is_storage else error)
        if is_storage:
            log.error("The database refuses: %s", error)
        text = say.apology
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.HTTPException, *endpoint.NO_ANSWER) as refused:
        log.info("An error could not be answered (%s)", type(refused).__name__)
