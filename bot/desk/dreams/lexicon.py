"""Which words mean little between two texts, and which belong to a field of life.

All are lists of words by language (`common_words.toml`, `fields.toml`, and those by which questions
find other words), compared by their stems. In a language without a list only rare words tie two
texts.
"""

import tomllib
from functools import cache
from pathlib import Path

from bot.core.text.folding import fold_long
from bot.core.text.stems import stems, term_of
from bot.desk.passages.word_lists import alike

SHORTEST = 3
"""Letters of a stem that is told from others; a shorter one must be the whole word of the list."""


@cache
def common_terms() -> frozenset[str]:
    """Return the stems, each with its language, of words that tie nothing."""
    lists = tomllib.loads(Path(__file__).with_name("common_words.toml").read_text(encoding="utf-8"))
    return frozenset(
        term_of(stem, lang)
        for lang, words in lists.items()
        for word in words.split()
        for stem in stems(word, lang)
    )


def is_everyday(term: str) -> bool:
    """Return whether a stem, with its language, is of a word that has others in everyday use.

    That few have used such a word so far does not make it telling.
    """
    lang, _, stem = term.partition("_")
    return stem in alike(lang)


def fields_of(term: str) -> frozenset[str]:
    """Return the fields that a stem with its language belongs to."""
    return _fields().get(term, frozenset())


@cache
def _fields() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for name, languages in lists.items():
        for lang, words in languages.items():
            for word in words.split():
                for stem in stems(word, lang):
                    if len(stem) >= SHORTEST or stem == fold_long(word):
                        found.setdefault(term_of(stem, lang), set()).add(name)
    common = common_terms()
    return {term: frozenset(names) for term, names in found.items() if term not in common}
