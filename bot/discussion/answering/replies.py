"""Answering who acted: what Discord does not take is nobody's fault, and stops nothing else."""

import logging
from http import HTTPStatus
from typing import Any

import discord

from bot.core.discord_codes import (
    ALREADY_ACKNOWLEDGED,
    INVALID_TOKEN,
    THREAD_ARCHIVED,
    UNKNOWN_INTERACTION,
    UNKNOWN_WEBHOOK,
)
from bot.endpoint import NO_ANSWER

log = logging.getLogger(__name__)

LOST = frozenset(
    {UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, INVALID_TOKEN, THREAD_ARCHIVED}
)
"""Discord's codes for an interaction that cannot be answered: it is too old, was answered before,
or stands in a thread that takes no answer (docs/discord-facts.md#answers-in-archived-threads).
"""

ATTEMPTS = 2
"""If the line breaks, or too much was asked of Discord, it is tried once more; Discord then says
whether the first try had come.
"""


def is_lost(error: BaseException) -> bool:
    """Return whether an error only means that who acted cannot be told anything."""
    return (
        isinstance(error, NO_ANSWER)
        or is_limited(error)
        or (isinstance(error, discord.HTTPException) and error.code in LOST)
    )


def is_limited(error: BaseException) -> bool:
    """Return whether Discord takes nothing for now, after all tries that discord.py makes."""
    status = error.status if isinstance(error, discord.HTTPException) else HTTPStatus.OK
    return status == HTTPStatus.TOO_MANY_REQUESTS


async def reply(
    interaction: discord.Interaction[Any], content: str, *, in_place: bool = False
) -> bool:
    """Answer privately, or change the private answer; return whether Discord took it.

    Args:
        in_place: Whether the answer takes the place of the private message whose button was
            pressed.

    Raises:
        discord.HTTPException: Discord refuses what is said, not that it is said.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(content=content, view=None)
            elif in_place:
                await interaction.response.edit_message(content=content, view=None)
            else:
                await interaction.response.send_message(content, ephemeral=True)
        except Exception as error:
            if not is_lost(error):
                raise
            if getattr(error, "code", None) == ALREADY_ACKNOWLEDGED:
                return attempt > 1
            is_final = isinstance(error, discord.HTTPException) and not is_limited(error)
            if is_final or attempt == ATTEMPTS:
                log.info("Somebody could not be answered (%s)", type(error).__name__)
                return False
        else:
            return True
    return False
