"""Every text that the bot has is said somewhere, and in every language."""

import re
import string
from dataclasses import fields
from pathlib import Path

import pytest

from bot.core.phrases import LANGUAGES, Phrases

BOT = Path(__file__).parents[2] / "bot"
TEXTS = [field.name for field in fields(Phrases) if field.name != "permissions"]


def test_no_text_is_left_over() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in BOT.rglob("*.py")
        if path.parent.name != "phrases"
    )
    said = set(re.findall(r"\w+", code))
    assert [name for name in TEXTS if name not in said] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_language_fills_in_the_same_names(name: str) -> None:
    def names(say: Phrases) -> set[str]:
        parsed = string.Formatter().parse(getattr(say, name))
        return {field for _, field, _, _ in parsed if field}

    known = {frozenset(names(say)) for say in LANGUAGES.values()}
    assert len(known) == 1


def test_every_language_names_the_same_permissions() -> None:
    assert len({frozenset(say.permissions) for say in LANGUAGES.values()}) == 1
