"""Commands are shown in the locale of whoever looks, and received by their default names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.actions.interactions.localised import in_locale

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw

CHOICE = {"name": "daily", "name_localizations": {"de": "täglich"}, "value": "daily"}
OPTION: dict[str, Any] = {
    "type": 3,
    "name": "pace",
    "name_localizations": {"de": "tempo"},
    "description": "How often",
    "description_localizations": {"de": "Wie oft", "es-ES": "Cada cuánto"},
    "choices": [CHOICE],
}
COMMAND: dict[str, Any] = {
    "name": "setup",
    "description": "Choose",
    "description_localizations": {"de": "Wähle", "en-GB": "Chooose"},
    "options": [OPTION],
}
MENU = {"type": 3, "name": "Highlight", "name_localizations": {"de": "Hervorheben"}}


async def put(sandbox: Sandbox, raw: Raw, *commands: dict[str, Any]) -> str:
    path = f"/applications/{sandbox.state.application.id}/commands"
    assert (await raw("PUT", path, list(commands))).status == 200
    return path


async def test_a_client_shows_a_command_in_its_locale(
    sandbox: Sandbox, raw: Raw, place: Place
) -> None:
    await put(sandbox, raw, COMMAND, MENU)
    lena = await sandbox.member(place.guild, "Lena", locale="de")
    setup, menu = await lena.offered(place.channel)
    assert (setup["name_localized"], setup["description_localized"]) == ("setup", "Wähle")
    (option,) = setup["options"]
    assert (option["name_localized"], option["description_localized"]) == ("tempo", "Wie oft")
    assert option["choices"][0]["name_localized"] == "täglich"
    assert menu["name_localized"] == "Hervorheben"
    assert await lena.commands(place.channel) == ["setup", "Highlight"]


@pytest.mark.parametrize(
    ("locale", "command", "option"),
    [
        ("en-US", "Chooose", "How often"),
        ("es-419", "Choose", "Cada cuánto"),
        ("es-ES", "Choose", "Cada cuánto"),
        ("fr", "Choose", "How often"),
    ],
)
def test_a_locale_that_is_missing_has_its_fallback(locale: str, command: str, option: str) -> None:
    shown = in_locale(COMMAND, locale)
    assert shown["description_localized"] == command
    assert shown["options"][0]["description_localized"] == option


async def test_a_list_of_commands_has_localisations_only_if_asked(
    sandbox: Sandbox, raw: Raw
) -> None:
    path = await put(sandbox, raw, COMMAND)
    (plain,) = (await raw("GET", path)).body
    (whole,) = (await raw("GET", f"{path}?with_localizations=true")).body
    assert "localizations" not in str(plain)
    assert whole["options"][0]["choices"][0]["name_localizations"] == {"de": "täglich"}


async def test_the_longest_localisation_counts(sandbox: Sandbox, raw: Raw) -> None:
    long = {"de": "x" * 100, "fr": "y" * 100}
    choices = [{"name": str(n), "name_localizations": long, "value": str(n)} for n in range(25)]
    options = [OPTION | {"name": f"o{n}", "choices": choices} for n in range(4)]
    path = await put(sandbox, raw, COMMAND | {"options": options[:3]})
    assert (await raw("PUT", path, [COMMAND | {"options": options}])).code == 50035


@pytest.mark.parametrize("name", ["Tempo", "zwei wörter", "x" * 33, ""])
async def test_a_localised_name_of_an_option_follows_the_rule_of_names(
    sandbox: Sandbox, raw: Raw, name: str
) -> None:
    path = await put(sandbox, raw, COMMAND)
    wrong = COMMAND | {"options": [OPTION | {"name_localizations": {"de": name}}]}
    reply = await raw("PUT", path, [wrong])
    assert reply.body["errors"]["0"]["options"]["0"]["name_localizations"]["de"]["_errors"]
