"""What the bot says, in each language it speaks.

A public text is in the post's language, a private one in the reader's, a notice in the server's.
A language that is missing here is answered in English. A new text is a field with its English, in
the module of the part of the bot that says it (`Essays`, `Answers`, `Desk`, ...).
"""

from dataclasses import fields, replace
from functools import cache, partial

from bot.core.phrases.catalogue import LANGUAGES, base_language, command_text, translations
from bot.core.phrases.kinds import Counted
from bot.core.phrases.texts import Phrases

__all__ = ["LANGUAGES", "Counted", "Phrases", "command_text", "phrases"]


def phrases(lang: str | None) -> Phrases:
    """Return the phrases of a language, or of its base language, or English.

    Args:
        lang: A post's language or a reader's locale, such as ``tr``, ``pt-BR`` or None.
    """
    return _translated(base_language(lang))


@cache
def _translated(lang: str) -> Phrases:
    english, catalogue = Phrases(), translations(lang)
    texts: dict[str, str | Counted] = {}
    for field in fields(Phrases):
        text: str | Counted = getattr(english, field.name)
        if isinstance(text, Counted):
            choose = partial(catalogue.npgettext, field.name)
            texts[field.name] = replace(text, choose=choose)
        else:
            texts[field.name] = catalogue.pgettext(field.name, text)
    return Phrases(**texts)  # type: ignore[arg-type]  # each has the type of its English
