"""Made-up essays of any number whose words are as rare and as common as those of real ones."""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, product
from pathlib import Path

CONFIGURATION = """\
baseURL = "https://essays.example.org/"
title = "Essays"
defaultContentLanguage = "en"
"""

WORDS = 60_000
PASSAGES = 22
"""A median essay of the first blog has so many, of so many words each:"""
LENGTH = 45
SUBJECTS = 40
"""Words of an essay that others hardly have; each stands in it several times."""
SAID, ON_IT = 36, 4
"""Words of a response, and those of them that its essay is about."""

SECTION = 5
"""Passages under a heading."""

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


def responses(titles: Sequence[str], count: int, seed: int = 1) -> Iterator[tuple[int, str]]:
    """Yield so many responses to essays with these titles: the essay's place, and what is said.

    Half of what it says of a subject is of another essay's: things remind people of things.
    """
    draw = random.Random(seed)  # noqa: S311  # the same each time
    words, weights = vocabulary(), _weights()
    for _ in range(count):
        place = draw.randrange(len(titles))
        text = draw.choices(words, cum_weights=weights, k=SAID)
        for title in (titles[place], draw.choice(titles)):
            text += draw.choices(title.split(), k=ON_IT // 2)
        draw.shuffle(text)
        yield place, " ".join(text)


def write_essays(folder: Path, count: int) -> list[str]:
    """Write a site with so many essays into a folder; return their titles."""
    content = folder / "content" / "posts"
    content.mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIGURATION, encoding="utf-8")
    titles = []
    for number, (title, passages) in enumerate(essays(count)):
        front = f'---\ntitle: "{title}"\ndate: {2000 + number % 25}-{1 + number % 12:02}-11\n---\n'
        parts = [
            f"## {' '.join(passage.split()[:3])}\n\n{passage}."
            if at % SECTION == 1
            else f"{passage}."
            for at, passage in enumerate(passages)
        ]
        asked = f"And what of {' '.join(passages[-1].split()[:6])}?"
        text = "\n\n".join([front, *parts, asked])
        (content / f"essay-{number:05}.md").write_text(text + "\n", encoding="utf-8")
        titles.append(title)
    return titles
