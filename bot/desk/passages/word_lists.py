"""The lists of words beside the code: those that only ask, and those that mean much the same."""

import tomllib
from functools import cache
from pathlib import Path

from bot.core.text.folding import fold
from bot.core.text.stems import stems

FOLDER = Path(__file__).parent / "words"


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the words, folded, that a question has and an answer need not.

    Args:
        lang: A primary tag; none is known of most.
    """
    return frozenset(fold(word) for line in _lines(f"stop.{lang}.txt") for word in line.split())


@cache
def alike(lang: str) -> dict[str, tuple[str, ...]]:
    """Return for the stem of a word those of others that mean much the same in everyday use."""
    found: dict[str, dict[str, None]] = {}
    for line in _lines(f"alike.{lang}.txt"):
        group = stems(line, lang)
        for stem in group:
            found.setdefault(stem, {}).update(dict.fromkeys(one for one in group if one != stem))
    return {stem: tuple(others) for stem, others in found.items()}


@cache
def asking_stems(lang: str, what: str) -> frozenset[str]:
    """Return the stems by which a question of some sort, or its answer, is known.

    Args:
        lang: A primary tag; none is known of most.
        what: A key of ``words/asking.toml``.
    """
    return frozenset(stems(_asking().get(lang, {}).get(what, ""), lang))


@cache
def _asking() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "asking.toml").read_text(encoding="utf-8"))


def _lines(name: str) -> list[str]:
    file = FOLDER / name
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
