"""Which passages answer a question: a stand-in until the ranking is there."""

from collections.abc import Collection
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.text.stems import stems

SHORT = 3


class Hit(NamedTuple):
    """A passage that was found."""

    post_id: int
    position: int
    score: float


class Verdict(NamedTuple):
    """What a question finds; `words` are the stems that were looked for."""

    hits: tuple[Hit, ...]
    nearest: Hit | None
    words: tuple[str, ...]


def ask(db: Database, question: str, langs: Collection[str], posts: Collection[int]) -> Verdict:
    """Return the passages of some posts that answer a question."""
    words = {
        f"{lang}_{stem}": stem
        for lang in langs
        for stem in stems(question, lang)
        if len(stem) > SHORT
    }
    if not words:
        return Verdict((), None, ())
    query = " OR ".join(f'"{word}"' for word in words)
    rows = db.execute(
        "select passages.post_id, passages.position, -rank, passages.text from passage_words "
        "join passages on passages.id = passage_words.rowid where passage_words match ? "
        "order by rank limit 50",
        [query],
    ).fetchall()
    rows = [row for row in rows if row[0] in posts]
    found = [Hit(*row[:3]) for row in rows]
    sure = [
        hit
        for hit, row in zip(found, rows, strict=True)
        if len(set(row[3].split()) & set(words)) > 1
    ]
    return Verdict(tuple(sure[:3]), found[0] if found else None, tuple(set(words.values())))
