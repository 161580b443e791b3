"""What of all responses the page has room for: all of few, and of many the newest of each question.

A page of a hundred thousand responses would be read by nobody; one of two megabytes opens at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from bot.desk.report.essays import Edition, Essay, Question, readers
from bot.desk.report.quotes import EXCERPT, Quote, newest, quote
from bot.store.desk.report import Said, Thread

ROOM = 1_500_000
"""Bytes for essays, questions and responses; the rest of the page is small."""

PER_THREAD, PER_QUESTION, PER_RESPONSE = 290, 260, 300
"""Bytes of markup for each of these, besides titles and texts."""

TITLES = 3
"""How often a title stands with its thread, seen or unseen."""

FEWER = (5, 3, 2, 1, 0)
"""How many of each question's responses are tried, where all are too many."""

HIGHLIGHTS = 300_000
"""Bytes for highlights, which are quoted in full."""

MOST_UNANSWERED = 150
"""Unanswered questions that are listed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or what was said without one, with the responses that are shown.

    Attributes:
        question: None for what answers none.
        heading: What stands over it then.
        count: All of its responses.
        first_after: How long after its thread's start a question was answered first.
        quotes: Those that are shown: all, oldest first, or the newest first.
    """

    question: Question | None
    heading: str
    count: int
    readers: int
    first_after: timedelta | None
    quotes: tuple[Quote, ...]

    @property
    def shown(self) -> int:
        """How many of its responses are shown."""
        return len(self.quotes)


@dataclass(frozen=True, slots=True)
class Section:
    """An essay with what was asked and said."""

    essay: Essay
    editions: tuple[Edition, ...]
    count: int
    readers: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is shown.

    Attributes:
        essays: Those that are shown: all with responses, or the newest of them.
        each: How many responses of each question; None for all, in full.
        left_out: How many essays with responses are not shown.
    """

    essays: tuple[Essay, ...]
    each: int | None
    left_out: int


def extent(essays: Sequence[Essay]) -> Extent:
    """Return the most that there is room for."""
    found = tuple(essay for essay in essays if essay.said)
    for each in (None, *FEWER):
        if sum(_cost(essay, each) for essay in found) <= ROOM:
            return Extent(found, each, 0)
    room, kept = ROOM, 0
    for essay in found:
        room -= _cost(essay, 0)
        if room < 0:
            break
        kept += 1
    return Extent(found[:kept], 0, len(found) - kept)


def _cost(essay: Essay, each: int | None) -> int:
    """Return about how many bytes an essay takes."""
    titles = sum(len(thread.title.encode()) for thread in essay.threads)
    cost = PER_THREAD * len(essay.threads) + TITLES * titles
    for question, said in _lists(essay):
        cost += PER_QUESTION
        cost += sum(len(one.text.encode()) for one in question.variants) if question else 0
        for one in said if each is None else newest(said, each):
            text = one.text if each is None else one.text[:EXCERPT]
            cost += PER_RESPONSE + len(one.name.encode()) + len(text.encode())
    return cost


def _lists(essay: Essay) -> Iterator[tuple[Question | None, Sequence[Said]]]:
    """Yield what was said about each question of an essay, and without one."""
    for question in (*essay.asked, *essay.former):
        yield question, question.said
    for said in (essay.invited, essay.besides):
        if said:
            yield None, said


def sections(shown: Extent, threads: Mapping[int, Thread]) -> Iterator[Section]:
    """Yield the essays that are shown, with their responses."""
    for essay in shown.essays:
        parts = tuple(_parts(essay, shown.each, threads))
        said = essay.said
        yield Section(essay, tuple(essay.editions), len(said), len(readers(said)), parts)


def _parts(essay: Essay, each: int | None, threads: Mapping[int, Thread]) -> Iterator[Part]:
    most = None if each is None else EXCERPT
    for question, said in _lists(essay):
        chosen = said if each is None else newest(said, each)
        quotes = tuple(quote(one, threads[one.publication], most) for one in chosen)
        heading = ""
        if question is None:
            heading = "To our own invitation" if said is essay.invited else "Without a question"
        first_after = question.first_after if question else None
        yield Part(question, heading, len(said), len(readers(said)), first_after, quotes)


class Listed(NamedTuple):
    """The beginning of a list, and how many more there are."""

    shown: tuple[Quote, ...]
    left_out: int


def highlights(said: Sequence[Said], threads: Mapping[int, Thread]) -> Listed:
    """Return highlighted responses in full, newest first."""
    marked = [one for one in reversed(said) if one.is_highlighted]
    room, shown = HIGHLIGHTS, []
    for one in marked:
        room -= PER_RESPONSE + len(one.text.encode())
        if room < 0:
            break
        shown.append(quote(one, threads[one.publication]))
    return Listed(tuple(shown), len(marked) - len(shown))


class Unanswered(NamedTuple):
    """An essay with what it asks and nobody has answered."""

    essay: Essay
    questions: tuple[Question, ...]


class Waiting(NamedTuple):
    """Questions without an answer, and how many more there are."""

    shown: tuple[Unanswered, ...]
    left_out: int


def unanswered(essays: Sequence[Essay]) -> Waiting:
    """Return the questions without an answer, where a thread is still open; newest essay first."""
    shown, left = [], MOST_UNANSWERED
    total = 0
    for essay in essays:
        if all(thread.is_over for thread in essay.threads):
            continue
        found = [question for question in essay.asked if not question.said]
        total += len(found)
        if listed := tuple(found[: max(left, 0)]):
            shown.append(Unanswered(essay, listed))
        left -= len(listed)
    return Waiting(tuple(shown), total - MOST_UNANSWERED + left)
