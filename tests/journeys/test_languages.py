"""Readers of several languages in one server: each is spoken to in theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.phrases import LANGUAGES, phrases
from bot.sandbox.validation.commands import SIZE, size
from tests.journeys.stage import Stage, message_of, press, said
from tests.sandbox.openapi import Contract, spec_path

if TYPE_CHECKING:
    from bot.sandbox import Person
    from bot.sandbox.state.json_types import JSON

LOCALES = ("de", "es-419", "es-ES", "fr", "pt-BR", "tr")
"""The locales of Discord's clients that are spoken besides English."""


@pytest.fixture
async def lena(stage: Stage) -> Person:
    return await stage.sandbox.member(stage.guild, "Lena", locale="de")


@pytest.fixture
async def caio(stage: Stage) -> Person:
    return await stage.sandbox.member(stage.guild, "Caio", locale="pt-BR")


async def test_private_texts_are_in_the_language_of_each_reader(
    stage: Stage, lena: Person, caio: Person
) -> None:
    thread, prompt = await stage.publish_and_ask()
    assert (await stage.answer(lena, prompt, "Die Fahrkarten."))[1] == (
        "Für den Autor aufbewahrt und im Thread gezeigt."
    )
    assert (await stage.answer(caio, prompt, "As passagens."))[1] == (
        "Guardada para quem escreveu o ensaio e mostrada no tópico."
    )
    shown = await stage.shown(thread, "passagens")
    form = (await press(caio, shown, "edit")).modal
    assert form is not None
    assert form.title == "Sua resposta"
    refused = await press(lena, shown, "edit")
    assert said(refused).startswith("Das kann nur, wer es geschrieben hat.")
    card = message_of(await lena.command(stage.text, "post", slug="maps"))
    assert card.buttons == ["Thread öffnen", "Antworten", "Lesen", "Hier teilen"]
    assert "Bisher 2 Antworten." in card.content


async def test_public_texts_are_in_the_language_of_the_essay(stage: Stage, lena: Person) -> None:
    stage.settings["language"] = "pt-br"
    stage.write(lang="pt-br", title="Mapas", asks="O que você guarda que não serve para ninguém?")
    await stage.start()
    thread = await stage.thread()
    starter = await stage.starter(thread)
    assert starter.content.startswith("Ele termina perguntando:\n")
    assert "-# As respostas no tópico ficam guardadas" in starter.content
    assert starter.buttons == ["Responder", "Ler"]
    shown = await stage.show_answer(lena, thread, "Die Fahrkarten.")
    assert "**Lena** responde" in shown.content
    assert shown.buttons == ["Responder também", "Editar", "Retirar"]


async def test_commands_are_offered_in_the_locale_of_who_types(
    stage: Stage, lena: Person, caio: Person
) -> None:
    await stage.publish()
    for who, description, option, menu in (
        (lena, "Zeigt einen Essay", "essay", "Hervorheben"),
        (caio, "Mostra um ensaio", "ensaio", "Destacar"),
        (stage.ada, "Show an essay", "slug", "Highlight"),
    ):
        offered = {each["name"]: each for each in await who.offered(stage.text)}
        assert offered["post"]["name_localized"] == "post"
        assert offered["post"]["description_localized"].startswith(description)
        assert offered["post"]["options"][0]["name_localized"] == option
        assert offered["Highlight"]["name_localized"] == menu
    found = message_of(await lena.command(stage.text, "post", slug="maps"))
    assert found.ephemeral  # sent by its default name, however it is shown


async def test_discord_takes_the_commands_in_every_language(stage: Stage) -> None:
    stage.settings["message_content"] = False  # one command more
    await stage.publish()
    commands = list(stage.sandbox.state.application.commands[0].values())
    assert {each["type"] for each in commands} == {1, 3}
    for command in commands:
        assert size(command) <= SIZE
        localised = command["name_localizations"]
        assert localised == {} if command["type"] == 1 else set(localised) == set(LOCALES)
        if command["type"] == 1:
            assert_complete(command)
    path = spec_path()
    if path is not None:
        assert Contract(path).faults(stage.sandbox.requests) == []


def assert_complete(thing: JSON) -> None:
    """Make sure that a command, and each option in it, says what it is for in every locale."""
    assert set(thing["description_localizations"]) == set(LOCALES), thing["name"]
    for option in thing.get("options", []):
        assert_complete(option)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_is_one_of_our_languages(locale: str) -> None:
    assert phrases(locale) is not phrases("en")
    assert {each.split("-")[0] for each in LOCALES} == set(LANGUAGES) - {"en"}
