"""The catalogues have every text of the bot, and programs read what people edited."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.meta.catalogue import (
    LOCALE,
    TRANSLATED,
    as_mo,
    as_po,
    command_payloads,
    command_texts,
    current,
    merged,
    missing,
    template,
)

WRITE = "python -m tests.meta.catalogue --write"
NAMES_AN_ESSAY = "The essay's title, or the last part of its address"


@pytest.fixture
async def wanted(tmp_path: Path) -> Catalog:
    payloads = await command_payloads(tmp_path)
    return template(one.text for payload in payloads for one in command_texts(payload))


@pytest.mark.parametrize("lang", TRANSLATED)
async def test_every_text_is_translated(lang: str, wanted: Catalog) -> None:
    assert missing(merged(lang, wanted)) == []


@pytest.mark.parametrize("lang", TRANSLATED)
async def test_no_translation_is_left_over(lang: str, wanted: Catalog) -> None:
    assert (LOCALE / f"{lang}.po").read_bytes() == as_po(merged(lang, wanted)), WRITE


@pytest.mark.parametrize("lang", TRANSLATED)
def test_programs_read_what_people_edited(lang: str) -> None:
    assert (LOCALE / f"{lang}.mo").read_bytes() == as_mo(current(lang)), WRITE


async def test_every_command_calls_an_essay_by_the_same_option(tmp_path: Path) -> None:
    options = {
        (one["name"], option["name"])
        for one in await command_payloads(tmp_path)
        for option in one.get("options", [])
        if option["description"] == NAMES_AN_ESSAY
    }
    assert options == {(command, "slug") for command in ("post", "discuss", "responses")}
