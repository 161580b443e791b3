"""Made-up essays of any number whose words are as rare and as common as those of real ones."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, product

WORDS = 60_000
PASSAGES = 22
"""A median essay of the first blog has so many, of so many words each:"""
LENGTH = 45
SUBJECTS = 40
"""Words of an essay that others hardly have; each stands in it several times."""

_SYLLABLES = [
    "".join(parts) for parts in product("bdfgklmnprstvz", "aeiou", ("", "", "n", "r", "l"))
]


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the words, the commonest first: the commoner, the shorter."""
    draw = random.Random(1)  # noqa: S311  # the same words each time
    made: dict[str, None] = {}
    while len(made) < WORDS:
        syllables = 1 + min(3, len(made).bit_length() // 5)
        made["".join(draw.choice(_SYLLABLES) for _ in range(syllables))] = None
    return tuple(made)


@cache
def _weights() -> list[float]:
    """Return how often each word comes, summed up: by Zipf's law."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))


def essays(count: int, seed: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Yield the title and the passages of so many essays."""
    draw = random.Random(seed)  # noqa: S311  # the same essays each time
    words, weights = vocabulary(), _weights()
    for _ in range(count):
        subjects = draw.sample(words[2_000:], SUBJECTS)
        passages = []
        for _ in range(PASSAGES):
            text = draw.choices(words, cum_weights=weights, k=LENGTH)
            text[: LENGTH // 5] = draw.choices(subjects, k=LENGTH // 5)
            draw.shuffle(text)
            passages.append(" ".join(text))
        yield " ".join(subjects[:3]), passages


def questions(count: int, essay: int, seed: int = 1) -> list[str]:
    """Return so many questions, each in words of one of so many essays and common ones."""
    draw = random.Random(seed)  # noqa: S311  # the same each time
    found = []
    for title, passages in essays(essay, seed):
        words = draw.sample(draw.choice(passages).split(), 5)
        found.append(" ".join([*words, *draw.choices(vocabulary()[:30], k=5), title.split()[0]]))
        if len(found) == count:
            break
    return found
