"""What a message of ours is for, known by the custom_ids of its buttons and menus."""

import re

import discord

from bot.core import custom_ids
from bot.core.custom_ids import CustomId


def was_sent_unasked(message: discord.Message) -> bool:
    """Return whether a message is neither Discord's own notice nor a reply to a command."""
    return message.type is discord.MessageType.default and message.interaction_metadata is None


def prompt_button(message: discord.Message) -> re.Match[str] | None:
    """Return the button of a prompt's message, or of a starter that asks; it names the prompt."""
    is_other = answer_button(message) or button(message, custom_ids.WHY)  # asked a second time
    return None if is_other else button(message, custom_ids.ANSWER)


def answer_button(message: discord.Message) -> re.Match[str] | None:
    """Return the button that a shown answer has; it names the response and its reader."""
    return button(message, custom_ids.EDIT)


def is_body(message: discord.Message) -> bool:
    """Return whether a message holds a part of an essay: it asks for nothing by a button."""
    purposes = (
        custom_ids.ANSWER,
        custom_ids.EDIT,
        custom_ids.PICK,
        custom_ids.QUOTE,
        custom_ids.WHY,
    )
    return not any(button(message, purpose) for purpose in purposes)


def button(message: discord.Message, kind: CustomId) -> re.Match[str] | None:
    """Return the first match among the custom_ids of a message's buttons and menus."""
    for row in message.components:
        for child in row.children if isinstance(row, discord.ActionRow) else ():
            match = kind.fullmatch(child.custom_id or "")
            if match:
                return match
    return None
