"""The translations, as gettext keeps them: `locale/<language>.po` for people, `.mo` for programs.

`python -m tests.meta.catalogue --write` brings both up to date with the texts.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources

LANGUAGES = ("en", "de", "es", "fr", "pt", "tr")
"""Of each but English, the texts are in `locale`."""

COMMANDS = "command"
"""The context of names and descriptions of commands; that of any other text is its field's name."""


def base_language(lang: str | None) -> str:
    """Return which of the languages to speak: a language, its base language, or English.

    Args:
        lang: A post's language or a reader's locale, such as ``tr``, ``pt-BR`` or None.
    """
    base = (lang or "en").lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else "en"


@cache
def translations(lang: str) -> NullTranslations:
    """Return the translations of one of `LANGUAGES`; of English, those that change nothing."""
    if lang == "en":
        return NullTranslations()
    file = resources.files("bot.core.phrases").joinpath("locale", f"{lang}.mo")
    with file.open("rb") as compiled:
        return GNUTranslations(compiled)


def command_text(english: str, lang: str) -> str | None:
    """Return a text of a command in another language; None where English has to do.

    Args:
        english: The name or the text as the command has it.
        lang: A reader's locale, such as ``tr`` or ``pt-BR``.
    """
    translated = translations(base_language(lang)).pgettext(COMMANDS, english)
    return None if translated == english else translated
