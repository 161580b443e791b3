"""Words that hold sentences together, and say nothing about what an essay is about."""

import tomllib
from functools import cache
from pathlib import Path

from bot.core.text.stems import stems


@cache
def function_stems(lang: str) -> frozenset[str]:
    """Return the stems of a language's function words; none of a language without a list.

    Args:
        lang: A BCP 47 tag.
    """
    file = Path(__file__).with_suffix(".toml")
    words = tomllib.loads(file.read_text(encoding="utf-8")).get(lang.partition("-")[0], "")
    return frozenset(stems(words, lang))
