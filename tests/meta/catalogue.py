"""The catalogue of translations: every text of the bot, brought up to date with the code.

    python -m tests.meta.catalogue           what is missing, by language
    python -m tests.meta.catalogue --write   bring the .po and .mo files up to date

A text is found again by its context (the field's name, or "command") and its English, so that no
translation outlives the English it was made from.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.app import create_bot
from bot.core.phrases.catalogue import COMMANDS, LANGUAGES
from bot.core.phrases.kinds import Counted
from bot.core.phrases.texts import Phrases
from bot.settings import Settings

LOCALE = Path(__file__).parents[2] / "bot" / "core" / "phrases" / "locale"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""In the header of a file for programs: the same texts give the same bytes."""

TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]

PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n != 1);",
}
"""Which form is for which number, as gettext says it; of none or one in French and in Brazil."""

SLASH = 1
SUBCOMMANDS = {1, 2}
MOST_NAME, MOST_TEXT = 32, 100


async def command_payloads(folder: Path) -> list[dict[str, Any]]:
    """Return the commands as Discord is told them, all that there are under any setting."""
    payloads: dict[str, dict[str, Any]] = {}
    for hears in (True, False):
        settings = Settings(
            content=str(folder), database=folder / "x.db", message_content=hears, _env_file=None
        )
        bot = create_bot(settings)
        for name in bot._extensions:
            if name != "bot.cogs.publishing":
                await bot.load_extension(name)
        payloads |= {one.name: one.to_dict(bot.tree) for one in bot.tree.get_commands()}
    return list(payloads.values())


@dataclass(frozen=True)
class CommandText:
    """A text of a command, and where it stands.

    Attributes:
        most: So many characters it may have (docs/discord-facts.md#command-limits).
        where: The command and, of an option, its names down to it.
    """

    text: str
    most: int
    where: tuple[str, ...]
    is_menu: bool = False
    is_option: bool = False
    is_choice: bool = False


def command_texts(payload: dict[str, Any], above: tuple[str, ...] = ()) -> list[CommandText]:
    """Return the texts of a command that are translated: of options too, and of options of options.

    What slash commands are called is the same in every language (decision 21).
    """
    name, kind, where = payload["name"], payload.get("type", SLASH), (*above, payload["name"])
    is_menu = not above and kind != SLASH
    is_option = bool(above) and kind not in SUBCOMMANDS
    texts = []
    if is_menu or is_option:
        texts.append(CommandText(name, MOST_NAME, where, is_menu, is_option))
    if not is_menu:
        texts.append(CommandText(payload["description"], MOST_TEXT, where))
    for option in payload.get("options", []):
        texts += command_texts(option, where)
    for choice in payload.get("choices", []):
        texts.append(CommandText(choice["name"], MOST_TEXT, where, is_choice=True))
    return texts


def template(texts: Iterable[str]) -> Catalog:
    """Return a catalogue without translations."""
    made = Catalog(domain="afterword", project="Afterword", fuzzy=False)
    english = Phrases()
    for field in fields(Phrases):
        text = getattr(english, field.name)
        if isinstance(text, Counted):
            made.add((text.one, text.many), context=field.name)
        else:
            made.add(text, context=field.name)
    for text in sorted(set(texts)):
        made.add(text, context=COMMANDS)
    return made


def _empty(lang: str) -> Catalog:
    made = Catalog(locale=lang, domain="afterword", project="Afterword", fuzzy=False)
    made.mime_headers = [("Plural-Forms", PLURALS[lang])]
    return made


def current(lang: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    path = LOCALE / f"{lang}.po"
    if not path.exists():
        return _empty(lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain="afterword")


def merged(lang: str, wanted: Catalog) -> Catalog:
    """Return the catalogue of a language with every text that is wanted, and no other."""
    known = current(lang)
    made = _empty(lang)
    for message in wanted:
        if not message.id:
            continue
        before = known.get(message.id, message.context)
        same = before is not None and before.id == message.id
        made.add(message.id, before.string if same and before else None, context=message.context)
    return made


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts of a catalogue that are not translated, each with its context."""
    return [
        f"{one.context}: {one.id if isinstance(one.id, str) else one.id[0]}"
        for one in catalogue
        if one.id and not (all(one.string) if isinstance(one.string, tuple) else one.string)
    ]


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as people edit it; the same catalogue gives the same bytes."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, omit_header=True, no_location=True)
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    head = f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n' + (
        '"Content-Type: text/plain; charset=utf-8\\n"\n' + plural + "\n"
    )
    return head.encode() + file.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    file = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = NEVER
    write_mo(file, catalogue)
    return file.getvalue()


def wanted_now() -> Catalog:
    """Return the texts that the code has."""
    with tempfile.TemporaryDirectory() as folder:
        payloads = asyncio.run(command_payloads(Path(folder)))
    return template(one.text for payload in payloads for one in command_texts(payload))


def main() -> None:
    """Say what is missing; with ``--write``, bring the files up to date first."""
    wanted = wanted_now()
    for lang in TRANSLATED:
        catalogue = merged(lang, wanted)
        if "--write" in sys.argv:
            LOCALE.mkdir(exist_ok=True)
            (LOCALE / f"{lang}.po").write_bytes(as_po(catalogue))
            reread = current(lang)
            (LOCALE / f"{lang}.mo").write_bytes(as_mo(reread))
        left = missing(catalogue)
        lines = [f"{lang}: {len(left)} missing", *(f"  {one}" for one in left)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
