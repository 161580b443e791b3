"""Prints how many of the links that authors set between their essays a method finds by itself.

Run as ``python -m tests.eval.related [BLOG]...``; without a blog, over what the repository has. All
links are hidden from every method, with the words that they stand on. Of an author's links to other
essays in the same language, the share is counted whose target is among the first five.
"""

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.blog.files.reading import read_body, read_folder
from bot.blog.indexed import indexed_post, is_indexed
from bot.core.post import Post
from bot.core.reading.own_links import linked_addresses
from bot.core.reading.passages import passages
from bot.core.text.stems import stems
from bot.desk.passages.related import MOST, Relating
from bot.store.content.posts import record_posts
from bot.store.file.migrations import migrations
from bot.store.passages.index import index_posts

HERE = Path(__file__).parent
OURS = (HERE / "linked", HERE.parents[1] / "content", HERE.parents[1] / "docs")
"""What is measured where no blog is named: essays made for it, those of the demo, our notes."""

HIDDEN = re.compile(
    r"!?\[\[[^\]\n]*\]\]|!?\[[^\]\[]*\](?:\([^)\n]*\)|\[[^\]\n]*\])|^\s*\[[^\]\n]+\]:.*$"
    r"|<a\s[^>]*>.*?</a>|<https?:[^>\s]*>",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
"""A link as it is written, with its words."""

Ranking = Callable[[Post], Sequence[int]]
"""Returns the ids of the essays that go with one, the best first."""


@dataclass(frozen=True)
class Blog:
    """A blog whose links are known and hidden.

    Attributes:
        texts: The stems of each essay, by its id.
        links: The ids of the essays that each links to, in its own language.
    """

    name: str
    db: Database
    catalog: Catalog
    essays: list[Post]
    texts: dict[int, list[str]]
    links: dict[int, set[int]]


def read(root: Path, now: datetime) -> Blog:
    """Return a blog as the bot would index it if its author had set no link."""
    contents = read_folder(root, questions=False)
    db = Database(memory=True)
    migrations.apply(db)
    stored = record_posts(db, contents.posts, now).posts
    catalog = Catalog(stored, contents.site)
    essays = [post for post in stored if is_indexed(post) and catalog.is_public(post, now)]
    texts: dict[int, list[str]] = {}
    links: dict[int, set[int]] = {}
    for post in essays:
        body = read_body(root, post, contents.site).markdown
        hidden = HIDDEN.sub(" ", body)
        targets = (catalog.own_links.target(post, one) for one in linked_addresses(body))
        wanted = {one.id for one in targets if one in essays and one.lang == post.lang}
        links[_id(post)] = {key for key in wanted if key is not None}
        whole = "\n".join([post.title, *(one.text for one in passages(hidden))])
        texts[_id(post)] = stems(whole, post.lang)
        with db.conn:
            index_posts(db, [indexed_post(post, hidden)])
    return Blog(root.name, db, catalog, essays, texts, links)


def chance(blog: Blog) -> Ranking:
    """Return nothing in particular: what five essays find that are drawn blindly."""
    return lambda post: _others(blog, post)


def shared_tags(blog: Blog) -> Ranking:
    """Rank by shared tags, rare ones first."""
    count = Counter((post.lang, tag) for post in blog.essays for tag in post.tags)
    by_id = {_id(post): post for post in blog.essays}

    def rank(post: Post) -> Sequence[int]:
        scores = {
            key: sum(1 / count[post.lang, tag] for tag in {*post.tags} & {*by_id[key].tags})
            for key in _others(blog, post)
        }
        return _best(scores)

    return rank


def whole_texts(blog: Blog) -> Ranking:
    """Rank by the plain cosine of whole texts, their stems weighed by how rare they are."""
    vectors: dict[int, dict[str, float]] = {}
    sharing: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    totals = Counter(post.lang for post in blog.essays)
    for post in blog.essays:
        for stem in set(blog.texts[_id(post)]):
            sharing[post.lang, stem].append(_id(post))
    for post in blog.essays:
        vector = {
            stem: count
            * (math.log((1 + totals[post.lang]) / (1 + len(sharing[post.lang, stem]))) + 1)
            for stem, count in Counter(blog.texts[_id(post)]).items()
        }
        length = math.hypot(*vector.values()) or 1.0
        vectors[_id(post)] = {stem: weight / length for stem, weight in vector.items()}

    def rank(post: Post) -> Sequence[int]:
        scores = dict.fromkeys(_others(blog, post), 0.0)
        for stem, weight in vectors[_id(post)].items():
            for key in sharing[post.lang, stem]:
                if key in scores:
                    scores[key] += weight * vectors[key][stem]
        return _best(scores)

    return rank


def ours(blog: Blog) -> Ranking:
    """Rank as the bot does."""
    relating, now = Relating(blog.catalog), datetime.now(UTC)
    return lambda post: [_id(one.post) for one in relating.related(blog.db, post, now)]


METHODS: dict[str, Callable[[Blog], Ranking]] = {
    "chance": chance,
    "shared tags": shared_tags,
    "whole texts": whole_texts,
    "ours": ours,
}


def found(blog: Blog, method: str) -> float:
    """Return the share of links whose targets are among the first five."""
    total = sum(map(len, blog.links.values()))
    rank = METHODS[method](blog)
    hits = 0.0
    for post in blog.essays:
        wanted = blog.links[_id(post)]
        if wanted and method == "chance":
            hits += len(wanted) * min(1.0, MOST / max(1, len(_others(blog, post))))
        elif wanted:
            hits += len(wanted.intersection(rank(post)[:MOST]))
    return hits / total if total else 0.0


def _others(blog: Blog, post: Post) -> list[int]:
    return [_id(one) for one in blog.essays if one.lang == post.lang and one.essay != post.essay]


def _best(scores: dict[int, float]) -> list[int]:
    some = (key for key, score in scores.items() if score > 0)
    return sorted(some, key=lambda key: (-scores[key], key))[:MOST]


def _id(post: Post) -> int:
    return post.id or 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("blogs", type=Path, nargs="*", metavar="BLOG")
    now = datetime.now(UTC)
    table = Table("Blog", "Essays", "Links", *METHODS, title="Links found among the first five")
    rows: list[list[float]] = []
    for root in parser.parse_args().blogs or OURS:
        blog = read(root, now)
        links = sum(map(len, blog.links.values()))
        shares = [found(blog, method) for method in METHODS]
        if links:
            rows.append(shares)
        shown = [f"{share:.3f}" if links else "-" for share in shares]
        table.add_row(blog.name, str(len(blog.essays)), str(links), *shown)
    if len(rows) > 1:
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        table.add_row("mean", "", "", *(f"{mean:.3f}" for mean in means))
    Console().print(table)


if __name__ == "__main__":
    main()
