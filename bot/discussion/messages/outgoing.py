"""A message as we want it: values first, Discord's objects at the last moment.

Views are made without callbacks and already stopped, so that discord.py keeps none of them: the
dynamic items of `bot.cogs` answer every button, before and after a restart
(docs/discord-facts.md#buttons-after-a-restart).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import discord

from bot.core.custom_ids import CustomId
from bot.core.markup import shorten
from bot.core.publishing.publication import Key, Kind, Wanted

LABEL = 80
OPTION = 100
OPTIONS = 25
"""Lengths of a button's label and of a select's option, options in a select
(docs/discord-facts.md#component-limits).
"""

Tone = Literal["primary", "secondary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button: it has either a custom_id or an address."""

    label: str
    custom_id: str | None = None
    url: str | None = None
    tone: Tone = "secondary"
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """A menu of one choice; options are pairs of label and value."""

    custom_id: str
    placeholder: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options of a menu; `about` stands below its label."""

    label: str
    value: str
    about: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu that shows what is chosen, and may take several options or none."""

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class PlaceMenu:
    """A menu of the server's channels; one of them may be chosen, or none if that is allowed."""

    custom_id: str
    placeholder: str
    chosen: int | None
    with_forums: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class RoleMenu:
    """A menu of the server's roles, of which one may be chosen, or none."""

    custom_id: str
    placeholder: str
    chosen: int | None


Row = tuple[Button, ...] | Select | Menu | PlaceMenu | RoleMenu


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message of a thread, or a private one.

    Attributes:
        kind: What it is for, if the ledger keeps it.
        position: Its place among the messages of its kind.
        prompt_id: The prompt that it asks.
        response_id: The response that it shows.
        mentions: Roles that it mentions when it is sent; an edit mentions nobody.
    """

    content: str = ""
    embed: discord.Embed | None = None
    rows: tuple[Row, ...] = ()
    kind: Kind = Kind.BODY
    position: int = 0
    prompt_id: int | None = None
    response_id: int | None = None
    quiet_links: bool = field(default=False)
    mentions: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        """The message's name in its publication."""
        return (self.kind, self.position)

    @property
    def shown_as(self) -> str:
        """What `preview` calls it: card, body or prompt."""
        return "card" if self.kind is Kind.STARTER else str(self.kind)

    @property
    def digest(self) -> str:
        """What stands for everything that readers see of it."""
        seen = json.dumps(
            [self.content, self.embed.to_dict() if self.embed else None, self.components()],
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.blake2b(seen.encode(), digest_size=16).hexdigest()

    @property
    def wanted(self) -> Wanted:
        """The same, as the ledger speaks of it."""
        return Wanted(self.kind, self.position, self.digest)

    def components(self) -> list[dict[str, Any]]:
        """Return the components as Discord's JSON."""
        return [{"type": 1, "components": _children(row)} for row in self.rows]

    def view(self) -> discord.ui.View | None:
        """Return the components as a view that discord.py does not keep; None without any."""
        if not self.rows:
            return None
        view = discord.ui.View(timeout=None)
        for row, items in enumerate(self.rows):
            for item in _items(items, row):
                view.add_item(item)
        view.stop()
        return view

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for a send that takes what is not there as absent."""
        arguments: dict[str, Any] = {"content": self.content or None}
        if self.embed is not None:
            arguments["embed"] = self.embed
        view = self.view()
        if view is not None:
            arguments["view"] = view
        if self.mentions:
            roles = [discord.Object(role) for role in self.mentions]
            allowed = discord.AllowedMentions.none()
            allowed.roles = roles
            arguments["allowed_mentions"] = allowed
        if self.quiet_links:
            arguments["suppress_embeds"] = True
        return arguments

    def changes(self) -> dict[str, Any]:
        """Return the keyword arguments for an edit, which removes what is not there."""
        return {"content": self.content or None, "embed": self.embed, "view": self.view()}


def without_button(message: discord.Message | None, kind: CustomId) -> discord.ui.View | None:
    """Return the buttons of a message but for those of a kind; None if no other is left."""
    view = discord.ui.View.from_message(message) if message is not None else discord.ui.View()
    for item in view.children:
        if kind.fullmatch(getattr(item, "custom_id", None) or ""):
            view.remove_item(item)
    view.stop()
    return view if view.children else None


def _items(row: Row, number: int) -> Sequence[discord.ui.Item[Any]]:
    if isinstance(row, Menu):
        return [menu_item(row, number)]
    if isinstance(row, PlaceMenu):
        return [place_item(row, number)]
    if isinstance(row, RoleMenu):
        return [_role_item(row, number)]
    if isinstance(row, Select):
        options = [
            discord.SelectOption(label=shorten(label, OPTION) or "…", value=value)
            for label, value in row.options[:OPTIONS]
        ]
        return [
            discord.ui.Select(
                custom_id=row.custom_id, placeholder=row.placeholder, options=options, row=number
            )
        ]
    return [
        discord.ui.Button(
            label=shorten(button.label, LABEL),
            custom_id=button.custom_id,
            url=button.url,
            disabled=button.disabled,
            style=discord.ButtonStyle.link if button.url else discord.ButtonStyle[button.tone],
            row=number,
        )
        for button in row
    ]


def menu_item(menu: Menu, number: int | None = None) -> discord.ui.Select[Any]:
    """Return a menu as discord.py has it, for a message or a form."""
    return discord.ui.Select(
        custom_id=menu.custom_id,
        placeholder=menu.placeholder,
        min_values=menu.least,
        max_values=menu.most,
        required=menu.least > 0,
        options=[
            discord.SelectOption(
                label=shorten(one.label, OPTION) or "…",
                value=one.value,
                description=shorten(one.about, OPTION) or None,
                default=one.chosen,
            )
            for one in menu.options[:OPTIONS]
        ],
        row=number,
    )


def place_item(menu: PlaceMenu, number: int | None = None) -> discord.ui.ChannelSelect[Any]:
    """Return a menu of channels as discord.py has it, for a message or a form."""
    kinds = [discord.ChannelType.text, *([discord.ChannelType.forum] if menu.with_forums else [])]
    return discord.ui.ChannelSelect(
        custom_id=menu.custom_id,
        placeholder=menu.placeholder,
        channel_types=kinds,
        min_values=menu.least,
        required=menu.least > 0,
        default_values=_defaults(menu.chosen, discord.SelectDefaultValueType.channel),
        row=number,
    )


def _role_item(menu: RoleMenu, number: int) -> discord.ui.RoleSelect[Any]:
    return discord.ui.RoleSelect(
        custom_id=menu.custom_id,
        placeholder=menu.placeholder,
        min_values=0,
        default_values=_defaults(menu.chosen, discord.SelectDefaultValueType.role),
        row=number,
    )


def _defaults(
    chosen: int | None, kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=chosen, type=kind)] if chosen else []


def _children(row: Row) -> list[dict[str, Any]]:
    return [dict(item.to_component_dict()) for item in _items(row, 0)]
