"""A guild's responses as a night's dream compares them, and how much each of their words says.

The vocabulary is that of the essays: how rare a word is is counted in them, and responses are only
looked up. A word that no essay has counts by how few responses of the guild have it, for nothing
else.
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.text.language_detection import CERTAIN, guess, words_in
from bot.core.text.stems import stems, term_of
from bot.desk.dreams.lexicon import SHORTEST, common_terms, fields_of, is_everyday
from bot.store.dreams.material import Written, language_counts
from bot.store.passages.counts import count_passages_with, count_posts_with
from bot.store.passages.whole_posts import terms_of_posts

NAMED, OFTEN, ONCE = 0.15, 0.3, 0.6
"""What a word counts that the answered essay has in its title, tags or headings; in its text three
times; there at all. Such a word speaks of the essay, not of anything besides.
"""

FACTORS = (ONCE, OFTEN, NAMED)

SEVERAL = 3
"""Times that a word stands in an essay which it is often in."""

EVERYDAY = 0.4
"""What a word counts that everybody uses: two have it by chance."""

ESSAYS_AT_ONCE = 20_000
"""Essays of which it is kept what they are about, in some three kilobytes each."""

MEASURED_FIELD = 12.0
"""How fast a field counts less, the greater its share among the words of the answered essay."""


class Said(NamedTuple):
    """A response by the words that may tie it to another.

    Attributes:
        lang: The language that it is written in.
        terms: Numbers of its stems, each once, in order of the numbers.
        is_new: Whether it was written since the night before.
    """

    id: int
    post_id: int
    essay_id: int
    reader_id: int
    lang: str
    terms: "array[int]"
    is_new: bool


class Topic(NamedTuple):
    """What an essay is about: a response to it says that in any case.

    Attributes:
        terms: Numbers of the stems that it has, of those that responses have; in order.
        factors: What each of them counts, as a place in `FACTORS`.
        fields: The share of its words that belong to each field.
    """

    terms: "array[int]"
    factors: bytes
    fields: dict[str, float]


class Corpus:
    """What a night's dream looks at.

    Attributes:
        said: Every response, in order.
        terms: The stems, each with its language, by their numbers.
        holders: The responses that have a stem, as places in `said`, by the stem's number.
    """

    def __init__(self, db: Database, written: Iterable[Written]) -> None:
        self._db = db
        self.said: list[Said] = []
        self.terms: list[str] = []
        self.holders: list[array[int]] = []
        self.essays, self.passages = language_counts(db)
        self._numbers: dict[str, int] = {}
        self.count: Counter[str] = Counter()
        for one in written:
            self._take(one)
        self._in_essays = count_posts_with(db, self.terms)
        self._in_passages = count_passages_with(db, self.terms)
        self.weights = [self._weight(number) for number in range(len(self.terms))]
        self._count_fields()
        self.topic = lru_cache(ESSAYS_AT_ONCE)(self._read_topic)

    def _take(self, one: Written) -> None:
        lang = self._language(one)
        numbers = sorted({self._number(term_of(stem, lang)) for stem in stems(one.text, lang)})
        place = len(self.said)
        for number in numbers:
            self.holders[number].append(place)
        self.count[lang] += 1
        terms = array("i", numbers)
        said = Said(one.id, one.post_id, one.essay_id, one.reader_id, lang, terms, bool(one.is_new))
        self.said.append(said)

    def _language(self, one: Written) -> str:
        """Return the language that a response is written in: mostly the essay's."""
        own = one.lang.partition("-")[0]
        found = guess(words_in(one.text)) if len(self.essays) > 1 else None
        if found is None or found.certainty <= CERTAIN or found.code not in self.essays:
            return own
        return found.code

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self.terms)
            self.terms.append(term)
            self.holders.append(array("i"))
        return number

    def _weight(self, number: int) -> float:
        """Return how much a stem says, from 0 to 1: it is rare in essays, and in responses."""
        term = self.terms[number]
        lang, _, stem = term.partition("_")
        if term in common_terms() or stem.isdigit():
            return 0.0
        total = self.essays[lang]
        rare = math.log((total + 1) / (self._in_essays.get(term, 0) + 0.5))
        rare /= math.log(2 * (total + 1)) or 1.0
        others = self.count[lang] + 1
        known = math.log(others / len(self.holders[number])) / math.log(max(2.0, others / 2))
        said = math.pow(max(0.0, min(1.0, known)), 1.5)
        return max(0.0, rare) * said * (EVERYDAY if is_everyday(term) else 1.0)

    def rarity_in_passages(self, number: int) -> float:
        """Return how rare a stem is among passages, from 0 to 1; 0 if none has it."""
        found, total = self._passages_with(number)
        if not found:
            return 0.0
        return max(0.0, math.log((total + 1) / (found + 0.5)) / math.log(2 * (total + 1)))

    def share_of_passages(self, number: int) -> float:
        """Return the share of all passages of its language that have a stem."""
        found, total = self._passages_with(number)
        return found / max(1, total)

    def _passages_with(self, number: int) -> tuple[int, int]:
        """Return how many passages have a stem, and how many there are in its language."""
        term = self.terms[number]
        return self._in_passages.get(term, 0), self.passages[term.partition("_")[0]]

    def _count_fields(self) -> None:
        """Count how many responses each field stands in, and who has several of its words."""
        self._fields = [fields_of(term) for term in self.terms]
        counts: Counter[str] = Counter()
        self.speakers: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))
        for place, said in enumerate(self.said):
            words = Counter(name for number in said.terms for name in self._fields[number])
            counts.update(words.keys())
            for name in words:
                self.speakers[said.lang, name].append(place)
        total = len(self.said)
        self.field_rarity = {
            name: math.log((total + 1) / (count + 0.5)) / math.log((total + 1) / 1.5)
            for name, count in counts.items()
        }

    def fields(self, said: Said) -> dict[str, set[int]]:
        """Return the fields of a response, each with the stems that belong to it."""
        found: dict[str, set[int]] = defaultdict(set)
        for number in said.terms:
            for name in self._fields[number]:
                found[name].add(number)
        return found

    def number_of(self, term: str) -> int | None:
        """Return the number of a stem; None if no response has it."""
        return self._numbers.get(term)

    def is_told(self, number: int) -> bool:
        """Return whether a stem is long enough to be told from others."""
        return len(self.terms[number].partition("_")[2]) >= SHORTEST

    def factor(self, post_id: int, number: int) -> float:
        """Return what a stem counts in a response to an essay."""
        topic = self.topic(post_id)
        at = bisect_left(topic.terms, number)
        if at == len(topic.terms) or topic.terms[at] != number:
            return 1.0
        return FACTORS[topic.factors[at]]

    def field_factor(self, post_id: int, name: str) -> float:
        """Return what a field counts in a response to an essay."""
        return 1 / (1 + MEASURED_FIELD * self.topic(post_id).fields.get(name, 0.0))

    def _read_topic(self, post_id: int) -> Topic:
        post = terms_of_posts(self._db, {post_id}).get(post_id)
        if post is None:
            return Topic(array("i"), b"", {})
        counts = Counter(chain.from_iterable(post.passages))
        named = {*chain(post.title, post.about, *post.headings)}
        numbers = self._numbers
        found = {
            numbers[term]: 2 if term in named else int(count >= SEVERAL)
            for term, count in counts.items()
            if term in numbers
        }
        found |= {numbers[term]: 2 for term in named if term in numbers}
        terms = sorted(found)
        return Topic(array("i", terms), bytes([found[n] for n in terms]), _shares(counts))

    def pairs_in(self, said: Said, text: str) -> set[tuple[str, str]]:
        """Return the stems of a response that stand side by side."""
        return set(pairwise(term_of(stem, said.lang) for stem in stems(text, said.lang)))


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the share of an essay's words that belong to each field, of its stems' counts."""
    fields: Counter[str] = Counter()
    for term, count in counts.items():
        for name in fields_of(term):
            fields[name] += count
    total = fields.total() or 1
    return {name: count / total for name, count in fields.items()}
