"""Every text that the bot has is said somewhere, and fits where it stands in every language."""

import re
import string
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.core.phrases import LANGUAGES, Counted, Phrases, command_text, phrases
from bot.core.phrases.kinds import Most

BOT = Path(__file__).parents[2] / "bot"
TEXTS = [field.name for field in fields(Phrases)]
HINTS = get_type_hints(Phrases, include_extras=True)


def test_no_text_is_left_over() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in BOT.rglob("*.py")
        if path.parent.name != "phrases"
    )
    said = set(re.findall(r"\w+", code))
    named = [name for name in TEXTS if not name.startswith(("permission_", "act_"))]
    assert [name for name in named if name not in said] == []


def forms(say: Phrases, name: str) -> list[str]:
    text: str | Counted = getattr(say, name)
    if isinstance(text, str):
        return [text]
    return [text.choose(text.one, text.many, count) for count in (1, 2, 5, 1_000_000)]


def values(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("name", TEXTS)
def test_every_language_fills_in_the_same_names(name: str) -> None:
    for lang in LANGUAGES:
        for text in forms(phrases(lang), name):
            assert values(text) - {"count"} == values(forms(Phrases(), name)[-1]) - {"count"}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_fits_where_it_stands(lang: str, name: str) -> None:
    (most,) = (one for one in HINTS[name].__metadata__ if isinstance(one, Most))
    assert all(0 < len(text) <= most.characters for text in forms(phrases(lang), name))


def test_a_text_depends_on_a_number_as_its_language_wants_it() -> None:
    assert phrases("en").responses.format(count=1) == "One response so far."
    assert phrases("en").responses.format(count=2) == "2 responses so far."
    assert phrases("tr").responses.format(count=2) == "Şimdilik 2 yanıt."
    assert phrases("fr").responses.format(count=1) == "Une réponse pour l'instant."
    assert phrases("fr").responses.format(count=0) == "0 réponses pour l'instant."


def test_a_language_that_is_missing_is_answered_in_english() -> None:
    assert phrases("ja") is phrases(None) is phrases("en-GB")
    assert phrases("tr-TR") is phrases("tr")
    assert phrases("pt-BR") is phrases("pt-PT") is phrases("pt")


def test_a_command_s_text_is_found_by_the_base_of_a_locale() -> None:
    assert command_text("Keep this response", "tr") == "Bu yanıtı sakla"
    assert command_text("Keep this response", "en-GB") is None
    assert command_text("No such text", "tr") is None
