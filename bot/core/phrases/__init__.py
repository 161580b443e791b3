"""What the bot says, in each language it speaks.

A public text is in the post's language, a private one in the reader's, a notice in the server's.
A language that is missing here is answered in English.
"""

from bot.core.phrases.english import ENGLISH
from bot.core.phrases.texts import Phrases
from bot.core.phrases.turkish import TURKISH

__all__ = ["LANGUAGES", "Phrases", "phrases"]

LANGUAGES = {"en": ENGLISH, "tr": TURKISH}


def phrases(lang: str | None) -> Phrases:
    """Return the phrases of a language, or of its base language, or English.

    Args:
        lang: A post's language or a reader's locale, such as ``tr``, ``pt-BR`` or None.
    """
    base = (lang or "en").lower().replace("_", "-").split("-")[0]
    return LANGUAGES.get(base, ENGLISH)
