"""Translations say what the English says: its values, its code and its names."""

import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import get_type_hints

import pytest
from babel import Locale

from bot.core.phrases import Phrases
from bot.core.phrases.catalogue import COMMANDS
from bot.core.phrases.kinds import Most
from bot.core.text.language_detection import CERTAIN, guess, words_in
from tests.meta.catalogue import (
    LOCALE,
    PLURALS,
    TRANSLATED,
    CommandText,
    command_payloads,
    command_texts,
    current,
)

SAME = tomllib.loads((Path(__file__).parent / "same_in_english.toml").read_text(encoding="utf-8"))
HINTS = get_type_hints(Phrases, include_extras=True)
ENGLISH = Phrases()

LETTERS_TO_TELL = 60
"""With fewer, a language is not told apart from its neighbours."""

CODE = re.compile(r"`([^`]+)`")
COMMAND = re.compile(r"(?<![\w/`])/[a-z]+\b")
MARKS = re.compile(r"\*\*|^### |\*|★|-#", re.MULTILINE)
VALUE = re.compile(r"\{\w+\}")
LETTER = re.compile(r"[^\W\d_]")
OPTION_NAME = re.compile(r"[-_'\w]{1,32}")


@dataclass(frozen=True)
class Translation:
    """A form of a text: English for that number, and what a language makes of it."""

    lang: str
    context: str
    english: str
    text: str

    def __str__(self) -> str:
        return f"{self.lang} {self.context}: {self.text}"


@cache
def translations(lang: str) -> tuple[Translation, ...]:
    """Return every form of every text: in each language the first is for one, the last for many."""
    return tuple(_translations(lang))


def _translations(lang: str) -> Iterator[Translation]:
    for message in current(lang):
        if isinstance(message.id, str):
            if message.id:
                yield Translation(lang, message.context or "", message.id, str(message.string))
            continue
        for english, text in zip(message.id, message.string or (), strict=True):
            yield Translation(lang, message.context or "", english, text)


def every() -> list[Translation]:
    return [one for lang in TRANSLATED for one in translations(lang)]


def names_of(lang: str, context: str) -> dict[str, str]:
    return {one.english: one.text for one in translations(lang) if one.context == context}


@pytest.fixture
async def commands(tmp_path: Path) -> list[CommandText]:
    return [text for each in await command_payloads(tmp_path) for text in command_texts(each)]


def values(text: str) -> Counter[str]:
    return Counter(field for _, field, _, _ in string.Formatter().parse(text) if field)


def test_every_value_is_filled_in_as_often_as_in_english() -> None:
    many = {one.context: one.english for one in every()}  # the last form of each
    for one in every():
        wanted = values(one.english)
        if "{count}" in many[one.context] and "{count}" not in one.english:
            wanted |= values(one.text) & Counter({"count": 1})  # one may be said as a number, too
        assert values(one.text) == wanted, str(one)


def test_every_file_belongs_to_a_language_and_every_language_has_its_file() -> None:
    assert {path.stem for path in LOCALE.glob("*.po")} == set(TRANSLATED)
    assert {path.stem for path in LOCALE.glob("*.mo")} == set(TRANSLATED)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_form_of_a_number_is_there_and_chosen_as_the_language_wants_it(lang: str) -> None:
    catalogue = current(lang)
    assert catalogue.plural_forms == PLURALS[lang]
    for message in catalogue:
        if not isinstance(message.id, str):
            forms = list(message.string or ())
            assert len(forms) == catalogue.num_plurals == 2, message.context
            assert all(forms), message.context
    is_one = Locale.parse({"pt": "pt_BR"}.get(lang, lang)).plural_form
    rule = re.fullmatch(r"nplurals=2; plural=\((n [!>]=? 1)\);", catalogue.plural_forms)
    assert rule is not None
    for number in range(200):
        is_many = number > 1 if ">" in rule[1] else number != 1
        assert is_many == (is_one(number) != "one"), number


def test_what_is_left_in_english_is_a_word_of_the_language_too() -> None:
    alike = {
        (one.lang, one.english)
        for one in every()
        if one.text == one.english and LETTER.search(VALUE.sub("", one.english))
    }
    listed = {(lang, text) for lang, texts in SAME.items() for text in texts}
    for lang, text in sorted(alike):
        assert {(lang, text), ("all", text)} & listed, f"{lang}: {text}"
    needed = alike | {("all", text) for _, text in alike}
    assert listed <= needed, listed - needed


def test_long_texts_are_in_their_language() -> None:
    for one in every():
        words = words_in(VALUE.sub(" ", CODE.sub(" ", one.text))).replace("Afterword", "")
        found = guess(words) if len(words) >= LETTERS_TO_TELL else None
        if found is not None:
            assert found.code != "en", f"{found}: {one}"
            assert found.certainty < CERTAIN or found.code == one.lang, f"{found}: {one}"


def test_code_and_commands_stay_as_they_are(commands: list[CommandText]) -> None:
    options = {text.text for text in commands if text.is_option}
    for one in every():
        called = names_of_commands[one.lang]

        def as_called(code: str, called: dict[str, str] = called) -> str:
            name, colon, rest = code.partition(":")
            return f"{called[name]}{colon}{rest}" if name in options else code

        assert Counter(CODE.findall(one.text)) == Counter(
            map(as_called, CODE.findall(one.english))
        ), str(one)
        assert Counter(COMMAND.findall(one.text)) == Counter(COMMAND.findall(one.english)), str(one)
        if one.context != COMMANDS:
            assert Counter(MARKS.findall(one.text)) == Counter(MARKS.findall(one.english)), str(one)


def test_a_text_names_buttons_menus_and_permissions_as_its_language_does(
    commands: list[CommandText],
) -> None:
    menus = {text.text for text in commands if text.is_menu}
    shown = {getattr(ENGLISH, field.name): field.name for field in fields(Phrases)}
    for one in every():
        say = {other.context: other.text for other in translations(one.lang)}
        named = [*re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", one.english)]
        named += [menu for menu in menus if f"Apps > {menu}" in one.english]
        for name in named:
            own = names_of_commands[one.lang][name] if name in menus else say[shown[name]]
            assert own in one.text, f"{own}: {one}"
        left = one.english if not one.context.startswith("permission_") else ""
        for english, context in sorted(permissions().items(), key=lambda each: -len(each[0])):
            if english in left:
                left = left.replace(english, "")
                assert say[context] in one.text, f"{say[context]}: {one}"


def permissions() -> dict[str, str]:
    return {
        getattr(ENGLISH, field.name): field.name
        for field in fields(Phrases)
        if field.name.startswith("permission_")
    }


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_command_fits_where_it_stands(lang: str, commands: list[CommandText]) -> None:
    for text in commands:
        own = names_of_commands[lang][text.text]
        assert 0 < len(own) <= text.most, f"{lang} {text.where}: {own}"
        if text.is_option:
            assert OPTION_NAME.fullmatch(own), f"{lang} {text.where}: {own}"
            assert own == own.lower(), f"{lang} {text.where}: {own}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_options_and_choices_beside_each_other_have_different_names(
    lang: str, commands: list[CommandText]
) -> None:
    beside: dict[tuple[str, ...], list[str]] = {}
    for text in commands:
        if text.is_option or text.is_choice:
            where = text.where[:-1] if text.is_option else text.where
            beside.setdefault(where, []).append(names_of_commands[lang][text.text])
    for where, names in beside.items():
        assert len(set(names)) == len(names), f"{lang} {where}: {names}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_texts_fit_where_they_stand_in_each_form(lang: str) -> None:
    for one in translations(lang):
        if one.context != COMMANDS:
            (most,) = (each for each in HINTS[one.context].__metadata__ if isinstance(each, Most))
            assert 0 < len(one.text) <= most.characters, str(one)


names_of_commands = {lang: names_of(lang, COMMANDS) for lang in TRANSLATED}
