"""What members do to make an interaction: commands, buttons, selects and forms."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import threads
from bot.sandbox.actions.interactions import (
    command_options,
    lifecycle,
    selections,
    submissions,
)
from bot.sandbox.state import permissions
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.interactions import Interaction, InteractionType
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import ClientKind, Message, MessageFlag, Thread
from bot.sandbox.state.permissions import Permission
from bot.sandbox.state.state import Event
from bot.sandbox.validation import components as kinds
from bot.sandbox.validation.components import walk

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Member
    from bot.sandbox.state.state import State

SLASH, MESSAGE_MENU = 1, 3
ATTACHMENT_LIMIT = 10 * 1024 * 1024
DEFAULT_MAX_VALUES = 1


def commands_for(state: State, member: Member, channel: Channel) -> list[JSON]:
    """Return the commands that a member is offered in a channel."""
    granted = permissions.in_channel(channel, member, state.now())
    bot_is_there = state.application.user.id in channel.guild.members
    if not bot_is_there or not granted & Permission.USE_APPLICATION_COMMANDS:
        return []
    if isinstance(channel, Thread) and channel.archived:
        return []
    known = state.application.commands
    everything = [*known.get(channel.guild.id, {}).values(), *known.get(0, {}).values()]
    return [each for each in everything if _may_use(each, granted)]


def _may_use(command: JSON, granted: int) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None or granted & Permission.ADMINISTRATOR:
        return True
    return int(needed) != 0 and granted & int(needed) == int(needed)


def run_command(
    state: State, member: Member, channel: Channel, name: str, given: JSON
) -> Interaction:
    """Run a slash command; a subcommand's name follows its command's, as in ``thread close``."""
    first, *rest = name.split()
    command = _find(state, member, channel, SLASH, first)
    options, path = command_options.spelt(command, rest)
    values, resolved = command_options.typed(options, given, channel.guild)
    data = _command_data(command, channel) | {"options": command_options.nested(path, values)}
    if resolved:
        data["resolved"] = resolved
    return _make(state, member, channel, InteractionType.COMMAND, data)


def autocomplete(
    state: State,
    member: Member,
    channel: Channel,
    name: str,
    focused: str,
    text: str,
    given: JSON,
) -> Interaction:
    """Type into an option and ask for suggestions."""
    first, *rest = name.split()
    command = _find(state, member, channel, SLASH, first)
    options, path = command_options.spelt(command, rest)
    values = command_options.half_typed(options, given, focused, text)
    data = _command_data(command, channel) | {"options": command_options.nested(path, values)}
    return _make(state, member, channel, InteractionType.AUTOCOMPLETE, data)


def use_menu(state: State, member: Member, message: Message, name: str) -> Interaction:
    """Use a message command; the bot gets the whole message, whatever its intents."""
    channel = message.channel
    command = _find(state, member, channel, MESSAGE_MENU, name)
    target, body = str(message.id), serialisation.message(message)
    data = _command_data(command, channel) | {
        "target_id": target,
        "resolved": {"messages": {target: body}},
    }
    return _make(state, member, channel, InteractionType.COMMAND, data)


def click(
    state: State,
    member: Member,
    message: Message,
    *,
    custom_id: str | None = None,
    label: str | None = None,
    client: ClientKind | None = None,
) -> Interaction:
    """Press a button, found by its custom_id or label, with one's own client or another."""
    _require_reach(state, member, message)
    for item in walk(message.components):
        named = custom_id in {None, item.get("custom_id")} and label in {None, item.get("label")}
        if item["type"] == kinds.BUTTON and named:
            break
    else:
        raise RefusedError(f"The message has no button {label or custom_id or ''}.")
    if item.get("disabled"):
        raise RefusedError("The button is disabled.")
    if "url" in item:
        raise RefusedError("The button is a link: it opens an address and tells the bot nothing.")
    _wake(state, member, message.channel, client)
    data = {"component_type": kinds.BUTTON, "custom_id": item["custom_id"], "id": item["id"]}
    return _make(state, member, message.channel, InteractionType.COMPONENT, data, message)


def select(
    state: State,
    member: Member,
    message: Message,
    values: list[str],
    *,
    custom_id: str | None = None,
    client: ClientKind | None = None,
) -> Interaction:
    """Choose in a select; without a custom_id in the message's first."""
    _require_reach(state, member, message)
    for item in walk(message.components):
        if item["type"] in kinds.SELECTS and custom_id in {None, item["custom_id"]}:
            break
    else:
        raise RefusedError(f"The message has no select {custom_id or ''}.")
    if item.get("disabled"):
        raise RefusedError("The select is disabled.")
    least = 1 if item.get("min_values") is None else item["min_values"]
    most = item.get("max_values") or DEFAULT_MAX_VALUES
    if not least <= len(values) <= most:
        raise RefusedError(f"Choose {least} to {most}, not {len(values)}.")
    guild_id = message.channel.guild.id
    missing = set(values) - selections.offered(state, member, guild_id, item)
    if missing:
        raise RefusedError(f"Not offered: {', '.join(sorted(missing))}.")
    data: JSON = {
        "component_type": item["type"],
        "custom_id": item["custom_id"],
        "id": item["id"],
        "values": values,
    }
    if item["type"] != kinds.SELECT:
        data["resolved"] = selections.resolved(state, member, guild_id, item, values)
    _wake(state, member, message.channel, client)
    return _make(state, member, message.channel, InteractionType.COMPONENT, data, message)


def submit(state: State, member: Member, opened_by: Interaction, values: JSON) -> Interaction:
    """Send a form that an interaction opened; it closes unless the bot fails to answer."""
    if opened_by.modal is None or opened_by.member is not member:
        raise RefusedError("There is no such form open.")
    data = submissions.submission(opened_by.modal, values)
    guild_id = opened_by.channel.guild.id
    objects = selections.resolved_in_form(state, member, guild_id, opened_by.modal, data)
    if objects:
        data["resolved"] = objects
    kind = InteractionType.MODAL
    return _make(state, member, opened_by.channel, kind, data, opened_by.source, opened_by)


def _find(state: State, member: Member, channel: Channel, kind: int, name: str) -> JSON:
    for command in commands_for(state, member, channel):
        if command["type"] == kind and command["name"] == name:
            return command
    sign = "/" if kind == SLASH else ""
    raise RefusedError(f"There is no command {sign}{name} here.")


def _command_data(command: JSON, channel: Channel) -> JSON:
    data: JSON = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = str(channel.guild.id)
    return data


def _require_reach(state: State, member: Member, message: Message) -> None:
    channel = message.channel
    granted = permissions.in_channel(channel, member, state.now())
    if not granted or message.reader not in {None, member.user.id}:
        raise RefusedError("The member cannot see that message.")
    alive = message.id in state.ephemeral or channel.messages.get(message.id)
    if not alive or message.has(MessageFlag.LOADING):
        raise RefusedError("The message has no components to use.")
    if message.author is not state.application.user:
        raise RefusedError("The message is not the bot's.")


def _wake(state: State, member: Member, channel: Channel, client: ClientKind | None) -> None:
    """Do what web and phone clients do before they send a press in an archived thread.

    They un-archive it with the member's own rights; where that is refused, the bot hears nothing.
    The desktop client leaves it as it is (docs/discord-facts.md#presses-in-archived-threads).

    Raises:
        DiscordError: 50013 if it is locked, or the member may not write in threads.
    """
    wakes = (client or member.user.client) is not ClientKind.DESKTOP
    if wakes and isinstance(channel, Thread) and channel.archived:
        threads.update(state, member, channel, {"archived": False})


def _make(
    state: State,
    member: Member,
    channel: Channel,
    kind: InteractionType,
    data: JSON,
    source: Message | None = None,
    opened_by: Interaction | None = None,
) -> Interaction:
    interaction = Interaction(
        state.clock.snowflake(),
        f"aW50ZXJhY3Rpb246{secrets.token_urlsafe(48)}",
        kind,
        member,
        channel,
        state.now(),
        data,
        source,
        opened_by,
    )
    state.interactions[interaction.id] = interaction
    state.interactions_by_token[interaction.token] = interaction
    interaction.event = payload(state, interaction)
    loop = asyncio.get_running_loop()
    loop.call_later(state.limits.first_response, lifecycle.fail, state, interaction)
    deliver(state, interaction)
    return interaction


def deliver(state: State, interaction: Interaction) -> None:
    """Tell the bot of an interaction, for the first time or again: events come once or more."""
    guild = interaction.channel.guild
    state.emit(Event("INTERACTION_CREATE", interaction.event, guild, to_people=False))


def payload(state: State, interaction: Interaction) -> JSON:
    """Return INTERACTION_CREATE's payload."""
    member, channel, guild = interaction.member, interaction.channel, interaction.channel.guild
    app = state.application
    granted = permissions.in_channel(channel, member, state.now())
    bot = guild.members.get(app.user.id)
    own = permissions.in_channel(channel, bot, state.now()) if bot else 0
    body: JSON = {
        "id": str(interaction.id),
        "application_id": str(app.id),
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "channel_id": str(channel.id),
        "channel": serialisation.channel(channel) | {"permissions": str(granted)},
        "member": serialisation.member(member) | {"permissions": str(granted)},
        "locale": member.user.locale,
        "app_permissions": str(own),
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(guild.id)},
        "context": 0,
        "attachment_size_limit": ATTACHMENT_LIMIT,
    }
    if interaction.source is not None:
        body["message"] = serialisation.message(interaction.source)
    return body
