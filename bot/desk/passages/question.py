"""What a question looks for: its words without those that only ask, and what else may be meant."""

from collections.abc import Collection
from dataclasses import dataclass
from math import log

from rapidfuzz.distance import DamerauLevenshtein
from sqlite_utils import Database

from bot.core.text.folding import fold
from bot.core.text.stems import term_of, words_and_stems
from bot.desk.passages.word_lists import alike, asking_stems, stop_words
from bot.store.passages.counts import count_passages_with, count_posts_with
from bot.store.passages.finding import terms_between

MOST_WORDS = 24
"""Words of a question that are looked for; what is longer is a text."""

ALIKE, BEGINNING, MISSPELT = 0.6, 0.7, 0.8
"""What a word counts that means the same, begins the same, or is typed almost the same."""

_SHORT = 3
_TYPO_BEGINNING = 2
_MOST_OTHERS = 6
_LEAST_STEM = 4
_LONGEST_SUFFIX = 4
_ONE_SLIP = 7
"""Letters of a word up to which one slip of the fingers is looked for; two in a longer one."""

_OTHER_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question.

    Attributes:
        word: As it was typed.
        terms: Which terms of the index stand for it, with what each counts.
        counts: In how many passages each of them stands.
        rarity: From 0, in every passage, to 1, in one or none.
    """

    word: str
    terms: dict[str, float]
    counts: dict[str, int]
    rarity: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one language.

    Attributes:
        concepts: In its order.
        asked: Its stems, those that only ask too.
        familiarity: How many of all its words the essays of that language have, and how often.
    """

    lang: str
    concepts: tuple[Concept, ...]
    asked: frozenset[str]
    familiarity: float

    @property
    def weight(self) -> float:
        """How much all of its words count together."""
        return sum(concept.rarity for concept in self.concepts)

    def asks(self, what: str) -> bool:
        """Return whether it asks for something: a number, a reason and so on."""
        return not self.asked.isdisjoint(asking_stems(self.lang, what))


def read_question(db: Database, text: str, lang: str, total: int) -> Question:
    """Return what a question looks for in essays of a language.

    Args:
        lang: A primary tag.
        total: How many passages there are.
    """
    pairs = words_and_stems(text, lang)[: 2 * MOST_WORDS]
    stops = stop_words(lang)
    content: dict[str, str] = {}
    for word, stem in pairs:
        if fold(word) not in stops:
            content.setdefault(stem, word)
    if not content:
        content = {stem: word for word, stem in pairs}
    concepts = [
        concept
        for stem, word in list(content.items())[:MOST_WORDS]
        if (concept := _concept(db, word, stem, lang, total))
    ]
    asked = frozenset(stem for _, stem in pairs)
    counts = count_posts_with(db, [term_of(stem, lang) for stem in asked])
    familiarity = sum(log(1 + count) for count in counts.values())
    return Question(lang, tuple(concepts), asked, familiarity)


def _concept(db: Database, word: str, stem: str, lang: str, total: int) -> Concept | None:
    """Return a word with what stands for it; None if it is one that only asks, misspelt."""
    exact = term_of(stem, lang)
    terms = {term_of(one, lang): ALIKE for one in alike(lang).get(stem, ())} | {exact: 1.0}
    counts = count_passages_with(db, terms)
    spelt = {exact: 1.0}
    if lang in _SUFFIXES or exact not in counts:
        others = _spelt_otherwise(db, fold(word), stem, lang, is_known=exact in counts)
        if exact not in counts and _only_asks(fold(word), lang, others):
            return None
        spelt |= others
        terms = spelt | terms
        counts |= count_passages_with(db, spelt)
    count = max((counts.get(term, 0) for term in spelt), default=0)
    return Concept(
        word,
        {term: value for term, value in terms.items() if term in counts},
        counts,
        _rarity(count, total),
    )


def _only_asks(word: str, lang: str, others: Collection[str]) -> bool:
    """Return whether a word that no essay has is one that only asks, misspelt."""
    stops = stop_words(lang)
    if others:
        return not {term_of(one, lang) for one in stops}.isdisjoint(others)
    return any(
        abs(len(one) - len(word)) <= 1
        and (min(len(one), len(word)) > _SHORT or sorted(one) == sorted(word))
        and DamerauLevenshtein.distance(word, one, score_cutoff=1) <= 1
        for one in stops
    )


def _spelt_otherwise(
    db: Database, word: str, stem: str, lang: str, *, is_known: bool
) -> dict[str, float]:
    """Return what else the index may have for a word: with other suffixes, or spelt rightly."""
    if is_known:
        return _beginning_alike(db, word, stem, lang)
    if lang not in _SUFFIXES:
        return _misspelt(db, word, stem, lang) or _beginning_alike(db, word, stem, lang)
    return (
        _beginning_alike(db, word, stem, lang)
        or _misspelt(db, word, stem, lang)
        or _shorter(db, word, lang)
    )


_SUFFIXES = frozenset({"tr", "fi", "hu", "et", "eu", "az", "kk", "ko"})
"""Languages whose words are long with suffixes, not all of which a stemmer knows."""


def _rarity(count: int, total: int) -> float:
    return log((total + 1) / (count + 0.5)) / log((total + 1) / 0.5) if total else 1.0


def _beginning_alike(db: Database, word: str, stem: str, lang: str) -> dict[str, float]:
    """Return terms that are the same word with another suffix, as far as letters can tell."""
    if len(stem) <= _SHORT:
        return {}
    start = stem[: max(_SHORT, min(5, len(stem) - 2))]
    found: dict[str, float] = {}
    for term in _terms_from(db, start, lang):
        common = _common(term, word)
        least = max(_LEAST_STEM, round(0.75 * max(min(len(term), len(word)), len(stem) - 1)))
        if (
            term != stem
            and common >= min(least, len(term))
            and len(term) - common <= _LONGEST_SUFFIX
        ):
            found[term_of(term, lang)] = common / max(len(term), len(stem), common)
    best = sorted(found, key=found.__getitem__, reverse=True)[:_MOST_OTHERS]
    return {term: BEGINNING + 0.2 * (found[term] - 0.5) for term in best}


def _misspelt(db: Database, word: str, stem: str, lang: str) -> dict[str, float]:
    """Return terms that may be meant by a word that no essay has."""
    if min(len(word), len(stem)) <= _SHORT:
        return {}
    cutoff = 1 if len(word) <= _ONE_SLIP else 2
    starts = {stem[:_TYPO_BEGINNING], stem[1::-1], stem[0] + stem[2], stem[1:3]}
    distances: dict[str, int] = {}
    for start in starts:
        for term in _terms_from(db, start, lang, of_length=len(stem)):
            distance = min(
                DamerauLevenshtein.distance(term, one, score_cutoff=cutoff) for one in (stem, word)
            )
            if distance <= cutoff and len(term) > _SHORT:
                distances[term] = distance
    least = min(distances.values(), default=0)
    near = [term for term, distance in distances.items() if distance == least]
    return dict.fromkeys((term_of(term, lang) for term in near[:_MOST_OTHERS]), MISSPELT)


def _shorter(db: Database, word: str, lang: str) -> dict[str, float]:
    """Return the longest terms that a word begins with: its stem, where suffixes are misspelt."""
    begins = [term for term in _terms_from(db, word[:_SHORT], lang) if word.startswith(term)]
    begins.sort(key=len, reverse=True)
    return dict.fromkeys((term_of(term, lang) for term in begins[:2]), ALIKE)


def _terms_from(db: Database, start: str, lang: str, of_length: int | None = None) -> list[str]:
    first = term_of(start, lang)
    cut = len(first) - len(start)
    found = (term[cut:] for term in terms_between(db, first, first + "\uffff"))
    if of_length is None:
        return list(found)
    return [term for term in found if abs(len(term) - of_length) <= _OTHER_LENGTH]


def _common(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
