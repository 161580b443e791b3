"""Prints how many planted connections a night's dream finds, and how many decoys it falls for.

Run as ``python -m tests.eval.dream``. What is planted, and what only looks like it, stands in
``dreams/nights.txt``, on which the dream is developed, and in ``dreams/held_out/``: whoever wrote
that did not know how the bot dreams. Two numbers were chosen on its odd nights; its even nights
are for judging alone. Counted is what is among the first three connections of its night.
"""

import json
import math
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from itertools import combinations, cycle
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from bot.blog.files.reading import read_folder
from bot.core.dreams import end_of
from bot.core.text.stems import stems, term_of
from bot.desk.dreams.night import dream
from bot.desk.passages.opening import OpenIndex
from bot.store.passages.counts import count_posts, count_posts_with
from tests.eval.nights import GUILD, filled

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "dreams" / "nights.txt"
HELD_OUT = Path(__file__).parent / "dreams" / "held_out"
ESSAYS = (
    "content/posts/*.md",
    "tests/eval/linked/*.md",
    "tests/eval/ask_blog/content/*/posts/*.md",
    "tests/eval/dreams/held_out/content/*.md",
)
"""What the responses of the held-out nights are to."""

NIGHTS, SHOWN = 10, 3
FIRST = date(2026, 3, 2)

Pair = frozenset[str]
"""The numbers of two responses; or of one, and the path of the essay whose question it is."""


class Planted(NamedTuple):
    """A pair that is to be found, or that is not: then its kind is ``decoy``."""

    kind: str
    night: int
    pair: Pair


@dataclass
class Data:
    """What was read.

    Attributes:
        essays: Their files' text by path.
        responses: Those of all nights, each with its `night`, numbered from 1 as they stand.
    """

    essays: dict[str, str] = field(default_factory=dict)
    responses: list[dict[str, Any]] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def say(self, night: int, path: str, text: str) -> str:
        """Put a response into a night; return its number."""
        number = len(self.responses) + 1
        day = FIRST + timedelta(days=night)
        self.responses.append(
            {
                "post": path,
                "lang": lang_of(path),
                "reader": f"r{number}",
                "text": text,
                "created_at": f"{day}T12:00:00+00:00",
                "night": night,
            }
        )
        return str(number)


def lang_of(path: str) -> str:
    """Return the language of an essay."""
    return "tr" if path.endswith(".tr.md") else "en"


def read() -> Data:
    """Return the nights of development: pairs in turn, then what else readers say."""
    data = Data()
    paths: dict[str, str] = {}
    others: dict[str, list[str]] = {"en": [], "tr": []}
    nights = {"P": cycle(range(NIGHTS)), "D": cycle(range(NIGHTS))}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        mark, *values = (part.strip() for part in line.split("|"))
        if mark == "E":
            slug, lang, title, text, question = values
            body = f"---\ntitle: {title}\ndate: 2026-01-01\n---\n\n{text}\n\n{question}\n"
            paths[slug] = f"{slug}.{lang}.md"
            data.essays[paths[slug]] = body
        elif mark in nights:
            kind, one, text, other, more = values if mark == "P" else ["decoy", *values]
            night = next(nights[mark])
            ends = [data.say(night, paths[one], text)]
            other = paths[other]
            ends.append(other if more == "?" else data.say(night, other, more))
            data.planted.append(Planted(kind, night, frozenset(ends)))
        elif mark == "F":
            others[values[0]].append(values[1])
    _fill(data, others)
    return data


def _fill(data: Data, others: dict[str, list[str]]) -> None:
    """Put in what else readers say, each sentence once: one that comes twice would be a pair."""
    draw = random.Random(16)  # noqa: S311  # no secret
    for lang, texts in others.items():
        paths = sorted(path for path in data.essays if lang_of(path) == lang)
        for number, text in enumerate(texts):
            data.say(number % NIGHTS, draw.choice(paths), text)


def read_held_out() -> Data:
    """Return the nights whose writer did not know how the bot dreams."""
    data = Data()
    paths: dict[str, str] = {}
    for file in sorted(found for pattern in ESSAYS for found in ROOT.glob(pattern)):
        is_turkish = "tr" in (file.parent.parent.name, file.stem.rpartition(".")[2])
        path = f"{file.stem.removesuffix('.tr')}{'.tr' if is_turkish else ''}.md"
        paths[str(file.relative_to(ROOT))] = path
        data.essays[path] = file.read_text(encoding="utf-8")
    numbers: dict[str, str] = {}
    for one in _rows("responses.jsonl"):
        data.responses.append(one | {"post": paths[one["post"]], "night": one["night"] - 1})
        numbers[one["id"]] = str(len(data.responses))
    for pair in _rows("pairs.jsonl"):
        a = pair["a"]
        first = paths[a["post"]] if pair["kind"] == "question" else numbers[a]
        ends: Pair = frozenset((first, numbers[pair["b"]]))
        data.planted.append(Planted(pair["kind"], pair["night"] - 1, ends))
    return data


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (HELD_OUT / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def index_of(data: Data, root: Path) -> OpenIndex:
    """Write the essays below a folder; return the index of them with all responses."""
    for path, text in data.essays.items():
        (root / path).write_text(text, encoding="utf-8")
    return filled(read_folder(root), root, data.responses)


Dreams = Callable[[int], Sequence[Pair]]
"""Returns the first connections of a night."""


def ours(index: OpenIndex) -> Dreams:
    """Dream as the bot does."""
    paths = {post.id: post.path for post in index.catalog.posts}

    def first(number: int) -> Sequence[Pair]:
        night = FIRST + timedelta(days=number)
        since = end_of(night - timedelta(days=1), UTC) if number else None
        found = dream(index.db, index.catalog.posts, GUILD, night, UTC, since)
        return [
            frozenset(
                str(end.response_id) if end.response_id else paths[end.post_id]
                for end in (one.a, one.b)
            )
            for one in found[:SHOWN]
        ]

    return first


def words_of(data: Data) -> list[set[str]]:
    """Return the terms of each response."""
    return [
        {term_of(stem, one["lang"]) for stem in stems(one["text"], one["lang"])}
        for one in data.responses
    ]


def scored(
    data: Data, have: Sequence[set[str]], score: Callable[[set[str], set[str]], float]
) -> Dreams:
    """Rank all pairs of responses to different essays by what the two have."""

    def first(night: int) -> Sequence[Pair]:
        return [pair for _, pair in sorted(_all(night), key=lambda one: -one[0])[:SHOWN]]

    def _all(night: int) -> Iterator[tuple[float, Pair]]:
        there = [at for at, one in enumerate(data.responses) if one["night"] <= night]
        for one, other in combinations(there, 2):
            is_new = night in {data.responses[one]["night"], data.responses[other]["night"]}
            if is_new and data.responses[one]["post"] != data.responses[other]["post"]:
                value = score(have[one], have[other])
                yield value, frozenset((str(one + 1), str(other + 1)))

    return first


def methods(data: Data, index: OpenIndex) -> dict[str, Dreams]:
    """Return what is compared."""
    words = words_of(data)
    every = set().union(*words)
    counts, total = count_posts_with(index.db, every), count_posts(index.db)
    rare = {term: math.log((total + 1) / (counts.get(term, 0) + 0.5)) for term in every}
    draw = random.Random(16)  # noqa: S311  # no secret

    def summed(one: set[str], other: set[str]) -> float:
        return sum(rare[term] for term in one & other)

    def cosine(one: set[str], other: set[str]) -> float:
        lengths = [math.sqrt(sum(rare[t] ** 2 for t in each)) or 1.0 for each in (one, other)]
        return sum(rare[term] ** 2 for term in one & other) / math.prod(lengths)

    return {
        "chance": scored(data, words, lambda _one, _other: draw.random()),
        "shared tags": shared_tags(data, index),
        "whole texts": scored(data, words, cosine),
        "rare words": scored(data, words, summed),
        "ours": ours(index),
    }


def shared_tags(data: Data, index: OpenIndex) -> Dreams:
    """Rank pairs by the tags that their essays share, the rare ones first, ties by chance."""
    tags = {post.path: set(post.tags) for post in index.catalog.posts}
    counts = Counter(tag for some in tags.values() for tag in some)
    draw = random.Random(16)  # noqa: S311  # no secret

    def shared(one: set[str], other: set[str]) -> float:
        return sum(math.log(len(tags) / counts[tag]) for tag in one & other) + 1e-6 * draw.random()

    return scored(data, [tags[one["post"]] for one in data.responses], shared)


def table_of(title: str, data: Data, parts: dict[str, range]) -> Table:
    """Return what each method finds in some nights."""
    kinds = ("word", "variant", "bridge", "question", "decoy")
    table = Table("Method", "Nights", "Found", "Possible", *kinds, title=title)
    with tempfile.TemporaryDirectory() as folder:
        index = index_of(data, Path(folder))
        for name, first in methods(data, index).items():
            shown = {night: set(first(night)) for night in range(NIGHTS)}
            for label, nights in parts.items():
                some = [one for one in data.planted if one.night in nights]
                hits = Counter(one.kind for one in some if one.pair in shown[one.night])
                there = Counter(one.night for one in some if one.kind != "decoy")
                possible = sum(min(SHOWN, count) for count in there.values())
                found = hits.total() - hits["decoy"]
                row = [f"{hits[kind]}/{sum(one.kind == kind for one in some)}" for kind in kinds]
                table.add_row(name, label, str(found), str(possible), *row)
    return table


def main() -> None:
    """Print the tables."""
    halves = {"even": range(0, NIGHTS, 2), "odd": range(1, NIGHTS, 2)}
    console = Console()
    console.print(table_of("Among the first three: development", read(), halves))
    title = "Among the first three: written apart; two numbers were chosen on the odd nights"
    held_out = {"odd": range(0, NIGHTS, 2), "even (held out)": range(1, NIGHTS, 2)}
    console.print(table_of(title, read_held_out(), held_out))


if __name__ == "__main__":
    main()
