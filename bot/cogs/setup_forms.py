"""The forms of the page of `/setup`, and reading what was submitted."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.cogs.buttons import form_values
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.markup import shorten
from bot.core.phrases import Phrases
from bot.core.server_settings.values import LONGEST, is_nothing
from bot.discussion.messages.outgoing import Menu, Option, PlaceMenu, menu_item, place_item
from bot.discussion.messages.setup.draft import Draft
from bot.discussion.messages.setup.page import capital
from bot.discussion.messages.setup.values import names, words

SHORT, DESCRIPTION = 20, 100
FROM, UNTIL = "quiet_from", "quiet_until"

TEXTS = {"which": ("tags_in", "tags_out", "from", "sealed"), "age": ("retention",)}
"""Which settings are texts in which form."""


def form(draft: Draft, page: str, which: str, zone: str, say: Phrases) -> ui.Modal:
    """Return a form, filled in with what would be set.

    It is stopped at once, so that discord.py does not keep it: submissions are taken by their
    custom_id (docs/discord-facts.md#forms-after-a-restart).

    Args:
        zone: The name of the site's time zone.
    """
    titles = {
        "quiet": say.form_quiet,
        "which": say.form_which,
        "age": say.form_age,
        "digest": say.form_digest,
    }
    custom_id = custom_ids.SETUP_MODAL(draft.id, page, which)
    modal = ui.Modal(title=titles[which], timeout=None, custom_id=custom_id)
    if which == "quiet":
        fields = _hours(draft, zone, say)
    elif which == "digest":
        fields = _digest(draft, say)
    else:
        fields = [_text(draft, key, say) for key in TEXTS[which]]
    for field in fields:
        modal.add_item(field)
    modal.stop()
    return modal


def _hours(draft: Draft, zone: str, say: Phrases) -> list[ui.Label[Any]]:
    quiet = draft.after.channel.quiet or (None, None)

    def label(key: str, text: str, about: str | None, chosen: int | None) -> ui.Label[Any]:
        options = tuple(
            Option(f"{hour:02}:00", str(hour), chosen=hour == chosen) for hour in range(24)
        )
        menu = menu_item(Menu(key, say.value_none, options, least=0))
        return ui.Label(text=text, description=about, component=menu)

    about = shorten(say.form_quiet_about.format(zone=zone), DESCRIPTION)
    return [
        label(FROM, say.form_quiet_from, about, quiet[0]),
        label(UNTIL, say.form_quiet_until, None, quiet[1]),
    ]


def _digest(draft: Draft, say: Phrases) -> list[ui.Label[Any]]:
    server = draft.after.guild
    options = tuple(
        Option(capital(text), word, chosen=word == server.digest)
        for word, text in words(say)["digest"].items()
    )
    chosen = server.digest_channel_id
    place = PlaceMenu(
        "digest_channel",
        say.value_as_notices,
        chosen if draft.guild.get_channel(chosen or 0) else None,
    )
    return [
        ui.Label(text=say.form_digest_often, component=menu_item(Menu("digest", "…", options))),
        ui.Label(
            text=say.form_digest_where,
            description=say.form_digest_about,
            component=place_item(place),
        ),
    ]


def _text(draft: Draft, key: str, say: Phrases) -> ui.Label[Any]:
    about = {
        "tags_in": say.form_tags_about,
        "tags_out": say.form_tags_about,
        "from": say.form_from_about,
        "sealed": say.form_sealed_about,
        "retention": say.form_age_about,
    }
    value = draft.after.texts()[key]
    is_list = key in {"tags_in", "tags_out"}
    label = say.form_age_days if key == "retention" else names(say)[key]
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=key,
        style=discord.TextStyle.paragraph if is_list else discord.TextStyle.short,
        default=None if is_nothing(value) else value[:LONGEST],
        required=False,
        max_length=LONGEST if is_list else SHORT,
    )
    return ui.Label(text=label, description=about[key], component=field)


def read_form(which: str, data: Mapping[str, Any], say: Phrases) -> dict[str, str]:
    """Return what a form sets, by the settings' keys, from Discord's raw payload.

    Raises:
        AfterwordError: Only one of two hours is chosen.
    """
    given = {key: str(value or "") for key, value in form_values(data).items()}
    if which == "quiet":
        start, end = given.get(FROM, ""), given.get(UNTIL, "")
        if bool(start) != bool(end):
            text = f"{start}-{end}"
            raise AfterwordError(say.setting_no_hours.format(key="quiet", text=text))
        return {"quiet": f"{start}-{end}" if start else "off"}
    if which == "digest":
        return {
            "digest": given.get("digest", ""),
            "digest_channel": given.get("digest_channel") or "none",
        }
    return {key: given.get(key, "") for key in TEXTS[which]}
