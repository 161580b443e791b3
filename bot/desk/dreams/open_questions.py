"""Questions that nobody answered, and responses elsewhere that speak to them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.post import Post
from bot.core.text.stems import stems, term_of
from bot.desk.dreams.corpus import Corpus, Said
from bot.desk.dreams.lexicon import fields_of
from bot.store.passages.whole_posts import terms_of_posts

LEAST = 0.1
"""What a shared word must say, from 0 to 1, to count at all."""

FADING, FIELDS = 0.6, 0.6
"""What each further field counts of the one before, and what fields count beside words."""

ALONE = 0.45
"""What a single shared word counts: a question has few, and they are anybody's."""


class Asked(NamedTuple):
    """The questions that an essay ends on, by their words.

    Attributes:
        terms: Numbers of their stems that responses have.
        fields: The fields that they speak of.
    """

    post: Post
    terms: frozenset[int]
    fields: frozenset[str]


class Spoken(NamedTuple):
    """An open question, and a response that speaks to it.

    Attributes:
        place: The response's.
        words: Numbers of the stems that both have, the weightiest first.
    """

    score: float
    asked: Asked
    place: int
    words: tuple[int, ...]


def open_questions(
    corpus: Corpus, posts: Iterable[Post], answered: set[tuple[int, str]]
) -> Iterator[Asked]:
    """Yield what essays ask that is not generic, and that nobody in the guild answered.

    Args:
        posts: Public essays with ids.
        answered: As `bot.store.dreams.material.answered_questions` returns them.
    """
    for post in posts:
        texts = [one.text for one in post.questions if not one.generic]
        if not texts or any((post.id or 0, text) in answered for text in texts):
            continue
        words = {term_of(stem, post.lang) for text in texts for stem in stems(text, post.lang)}
        numbers = frozenset(n for word in words if (n := corpus.number_of(word)) is not None)
        fields = frozenset(name for word in words for name in fields_of(word))
        if numbers:
            yield Asked(post, numbers, fields)


def spoken_to(corpus: Corpus, asked: Asked) -> Iterator[Spoken]:
    """Yield the new responses elsewhere that share words with a question."""
    lang = asked.post.lang.partition("-")[0]
    places: Counter[int] = Counter()
    for number in asked.terms:
        if corpus.weights[number] > LEAST and corpus.is_told(number):
            places.update(corpus.holders[number])
    for place in sorted(places):
        said = corpus.said[place]
        if said.is_new and said.lang == lang and said.essay_id != asked.post.essay_id:
            found = _spoken(corpus, asked, place, said)
            if found is not None:
                yield found


def _spoken(corpus: Corpus, asked: Asked, place: int, said: Said) -> Spoken | None:
    words = []
    for number in asked.terms & set(said.terms):
        weight = corpus.weights[number] * corpus.factor(said.post_id, number)
        if weight > LEAST and corpus.is_told(number):
            words.append((weight, number))
    words.sort(key=lambda item: (-item[0], corpus.terms[item[1]]))
    fields = sorted(
        (
            corpus.field_rarity[name] * corpus.field_factor(said.post_id, name)
            for name in corpus.fields(said)
            if name in asked.fields
        ),
        reverse=True,
    )
    of_fields = sum(weight * FADING**at for at, weight in enumerate(fields[:3]))
    weights = [weight for weight, _ in words[:4]]
    if not weights or (len(weights) == 1 and not fields):
        return None
    score = sum(weights) if len(weights) > 1 else ALONE * weights[0]
    return Spoken(score + FIELDS * of_fields, asked, place, tuple(n for _, n in words))


def place_of(db: Database, post: Post) -> int | None:
    """Return in which passage an essay asks its questions; None if it is not indexed."""
    found = terms_of_posts(db, {post.id or 0}).get(post.id or 0)
    if found is None or not found.passages:
        return None
    asked = {
        term_of(stem, post.lang) for one in post.questions for stem in stems(one.text, post.lang)
    }
    shared = [len(asked & set(passage)) for passage in found.passages]
    return max(range(len(shared)), key=lambda at: (shared[at], at))
