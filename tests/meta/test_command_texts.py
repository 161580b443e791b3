"""What commands say in other languages belongs to commands that exist."""

from pathlib import Path
from typing import Any

import pytest

from bot.app import create_bot
from bot.core.command_texts import LANGUAGES, command_text
from bot.settings import Settings

NAMES_AN_ESSAY = "The essay's title, or the last part of its address"


async def _payloads(folder: Path) -> list[dict[str, Any]]:
    settings = Settings(
        content=str(folder), database=folder / "x.db", message_content=False, _env_file=None
    )
    bot = create_bot(settings)
    for name in bot._extensions:
        if name != "bot.cogs.publishing":
            await bot.load_extension(name)
    return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


async def _texts(folder: Path) -> set[str]:
    payloads = await _payloads(folder)
    texts = [str(one["name"]) for one in payloads]
    texts += [str(one.get("description")) for one in payloads]
    texts += [str(each["description"]) for one in payloads for each in one.get("options", [])]
    return set(texts)


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_translated_text_is_one_that_a_command_has(lang: str, tmp_path: Path) -> None:
    assert LANGUAGES[lang].keys() <= await _texts(tmp_path)


async def test_every_command_calls_an_essay_by_the_same_option(tmp_path: Path) -> None:
    options = {
        (one["name"], option["name"])
        for one in await _payloads(tmp_path)
        for option in one.get("options", [])
        if option["description"] == NAMES_AN_ESSAY
    }
    assert options == {(command, "slug") for command in ("post", "discuss", "responses")}


def test_a_text_is_found_by_the_base_of_a_locale() -> None:
    assert command_text("Keep this response", "tr") == "Bu yanıtı sakla"
    assert command_text("Keep this response", "en-GB") is None
    assert command_text("No such text", "tr") is None
