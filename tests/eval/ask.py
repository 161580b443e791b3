"""Prints how often a question finds the passage that answers it, beside simpler ways to look.

Run as ``python -m tests.eval.ask [FOLDER QUESTIONS]...``; without arguments, over the essays in
`ask_blog` and those that the bot comes with. Half of the questions are held out: nothing was fitted
on them. An answer that is withheld from a question that has one counts as wrong.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bot.core.reading.passages import told_together
from bot.core.text.stems import stems, term_of
from bot.desk.passages.asking import MOST_ANSWERS, ask
from bot.store.passages.finding import Place, passages_with
from tests.eval.asked_blog import OURS, AskedBlog, Labelled, is_right, opened

Told = tuple[int, range]
"""A post, and which of its passages are told as one."""

Scored = tuple[list[Told], float]
"""What is told, the best first, and how sure it is that it answers."""

BAR = 0.15
"""The share of unanswerable questions that a fitted threshold may let through."""


@dataclass(frozen=True)
class Outcome:
    """What became of a question: the rank of the first right passage, and how sure it was."""

    question: Labelled
    rank: int | None
    sure: float
    way: str


def chance(blog: AskedBlog, question: Labelled) -> Scored:
    draw = Random(question.text)  # noqa: S311  # no secret
    every = [_alone(post, at) for post in blog.among(question) for at in _places(blog, post)]
    return draw.sample(every, min(MOST_ANSWERS, len(every))), 1.0


def bm25(blog: AskedBlog, question: Labelled) -> Scored:
    terms = {term_of(stem, question.lang) for stem in stems(question.text, question.lang)}
    found = passages_with(blog.index.db, terms, blog.among(question), MOST_ANSWERS)
    return [_alone(*place) for place in found], _best_rank(blog, terms, found)


def _best_rank(blog: AskedBlog, terms: Iterable[str], found: Sequence[Place]) -> float:
    if not found:
        return -1.0
    [(score,)] = blog.index.db.execute(
        "select -bm25(passage_words, 2.0, 2.0, 1.0) from passage_words join passages "
        "on passages.id = passage_words.rowid where passage_words match ? "
        "and post_id = ? and position = ?",
        [" OR ".join(f'"{term}"' for term in terms), *found[0]],
    ).fetchall()
    return float(score)


def ours(blog: AskedBlog, question: Labelled) -> Scored:
    verdict = ask(blog.index.db, question.text, blog.langs, blog.among(question))
    return [(hit.post_id, hit.places) for hit in verdict.hits], float(bool(verdict.hits))


WAYS: dict[str, Callable[[AskedBlog, Labelled], Scored]] = {
    "chance": chance,
    "BM25": bm25,
    "ours": ours,
}


def outcomes(blog: AskedBlog) -> list[Outcome]:
    """Return what becomes of every question, each way."""
    found: list[Outcome] = []
    for question in blog.questions:
        gold = blog.gold(question)
        if question.answerable and not gold:
            Console(stderr=True).print(f"No passage of the blog answers {question.text!r}")
            continue
        for way, look in WAYS.items():
            told, sure = look(blog, question)
            texts = [told_together(blog.passages[post], places) for post, places in told]
            ranks = (rank for rank, text in enumerate(texts) if is_right(text, gold))
            found.append(Outcome(question, next(ranks, None), sure if told else -1.0, way))
    return found


def threshold(fitted: Iterable[Outcome]) -> float:
    """Return from where on BM25 answers: no more than a few of the unanswerable."""
    scores = sorted((one.sure for one in fitted if not one.question.answerable), reverse=True)
    return scores[int(BAR * len(scores))] if scores else 0.0


def row(some: Sequence[Outcome], least: float) -> list[str]:
    """Return a row's numbers: right first, right in three, and unanswerable answered."""
    able = [one for one in some if one.question.answerable]
    unable = [one for one in some if not one.question.answerable]
    said = [one for one in able if one.sure > least and one.rank is not None]
    first = sum(one.rank == 0 for one in said)
    wrong = sum(one.sure > least for one in unable)
    return [str(len(some)), _share(first, able), _share(len(said), able), _share(wrong, unable)]


def _share(count: int, of: Sequence[object]) -> str:
    return f"{count / len(of):.2f}" if of else "—"


def _alone(post: int, position: int) -> Told:
    return post, range(position, position + 1)


def _places(blog: AskedBlog, post: int) -> range:
    return range(len(blog.passages[post]))


def table(every: Sequence[Outcome]) -> Table:
    """Return the numbers: all ways on both halves, then ours by kind and language."""
    by_way = {way: [one for one in every if one.way == way] for way in WAYS}
    cut = threshold(one for one in by_way["BM25"] if not one.question.held_out)
    shown = Table("way", "questions", "n", "right first", "in three", "unanswerable answered")
    for half in (False, True):
        name = "held out" if half else "fitted"
        lines = {"chance": -0.5, "BM25": -0.5, "BM25, threshold": cut, "ours": 0.5}
        for way, least in lines.items():
            some = [o for o in by_way[way.split(",")[0]] if o.question.held_out == half]
            shown.add_row(way, name, *row(some, least))
    held = [one for one in by_way["ours"] if one.question.held_out]
    for key in ("kind", "lang"):
        for value in sorted({getattr(one.question, key) for one in held}):
            some = [one for one in held if getattr(one.question, key) == value]
            shown.add_row("ours", f"held out, {value}", *row(some, 0.5))
    for asked in (True, False):
        some = [one for one in held if bool(one.question.post) == asked]
        shown.add_row(
            "ours", f"held out, {'one essay' if asked else 'whole blog'}", *row(some, 0.5)
        )
    return shown


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="*", type=Path, help="folders, each with its questions")
    given = parser.parse_args().given
    pairs = list(zip(given[::2], given[1::2], strict=True)) or list(OURS)
    every = [one for folder, file in pairs for one in outcomes(opened(folder, file))]
    Console().print(table(every))


if __name__ == "__main__":
    main()
