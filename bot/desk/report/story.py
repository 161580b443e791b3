"""The text that leads: sentences that are computed, each with a response that it cites."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from bot.desk.report.endings import Comparison, Endings
from bot.desk.report.essays import Essay, Question, readers
from bot.desk.report.figures import are_enough
from bot.desk.report.quotes import NOTE, Quote, pick, quote
from bot.desk.report.wording import counted, lasting, span, within
from bot.store.desk.report import Said, Thread

MOST_SENTENCES = 7

LONG_AFTER = timedelta(days=14)
"""From how long after a thread's start on a response is remarkably late."""


class Named(NamedTuple):
    """A question's text, which keeps its language and direction to itself."""

    text: str
    lang: str


Words = tuple[str | Named, ...]


class Sentence(NamedTuple):
    """A sentence, and the response in the note beside it.

    Attributes:
        label: What that response is.
    """

    words: Words
    label: str
    note: Quote


class Claim(NamedTuple):
    """A sentence, and the responses of which it may cite any."""

    words: Words
    label: str
    citable: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Told:
    """What sentences are computed from.

    Attributes:
        said: Oldest first.
        delays: How long after its thread's start each response came, by its id.
    """

    essays: Sequence[Essay]
    said: Sequence[Said]
    delays: Mapping[int, timedelta]
    threads: Mapping[int, Thread]
    endings: Endings


def story(told: Told) -> list[Sentence]:
    """Return a handful of sentences; none if nothing was said. No response is cited twice.

    Sentences that can cite but one response choose first.
    """
    claims = [found for claim in CLAIMS if (found := claim(told))] if told.said else []
    used: set[int] = set()
    sentences: dict[int, Sentence] = {}
    for place, claim in sorted(enumerate(claims), key=lambda each: len(each[1].citable) > 1):
        cited = pick(claim.citable, used)
        if cited is not None:
            used.add(cited.id)
            note = quote(cited, told.threads[cited.publication], NOTE)
            sentences[place] = Sentence(claim.words, claim.label, note)
    return [sentences[place] for place in sorted(sentences)][:MOST_SENTENCES]


def _all(told: Told) -> Claim:
    people = counted(len(readers(told.said)), "reader")
    responses = counted(len(told.said), "response")
    read = {told.threads[one.publication].essay for one in told.said}
    essays = counted(len(read), "essay")
    when = span(told.said[0].at, told.said[-1].at)
    label = "The newest response" if len(told.said) > 1 else "The response"
    return Claim((f"{people} wrote {responses} to {essays}, {when}.",), label, told.said[-1:])


def _most_answered(told: Told) -> Claim | None:
    questions = [one for essay in told.essays for one in essay.asked if one.said]
    if not questions:
        return None
    most = max(questions, key=lambda one: (one.readers, len(one.said)))
    by = counted(most.readers, "reader")
    words = (
        ("No question was answered by more readers than ", _named(most), f": {by}.")
        if len(questions) > 1
        else (_named(most), f" was answered by {by}.")
    )
    return Claim(words, "One of the answers", most.said)


def _named(question: Question) -> Named:
    return Named(question.variants[0].text, question.variants[0].lang)


def _soon(told: Told) -> Claim | None:
    quickest = min(told.said, key=lambda one: (told.delays[one.id], one.id))
    first = lasting(told.delays[quickest.id])
    label = f"The quickest, after {first}"
    if not are_enough(told.said):
        return Claim((f"The quickest response came {first} after its thread’s start.",),
                     "The quickest response", [quickest])  # fmt: skip
    seconds = median(told.delays[one.id].total_seconds() for one in told.said)
    half = within(timedelta(seconds=seconds))
    return Claim((f"Half of all responses came within {half} of their thread’s start.",),
                 label, [quickest])  # fmt: skip


def _ending(told: Told) -> Claim | None:
    found = (one for one in told.endings.comparisons if one.ahead is not None)
    comparison = next(found, None)
    if comparison is None or comparison.ahead is None:
        return None
    return Claim((_against(comparison, told.endings),), "One of those answers",
                 comparison.ahead.said)  # fmt: skip


def _against(comparison: Comparison, found: Endings) -> str:
    """Return the difference between two groups in a sentence."""
    more, less = comparison.groups
    if more is not comparison.ahead:
        more, less = less, more
    value, other = (found.shown(one.estimate.value) for one in (more, less) if one.estimate)
    how = (
        f"half of them reached {value} readers or more, against {other}"
        if found.is_busy
        else f"{value} were answered, against {other}"
    )
    return f"{more.name} drew more than {less.name[0].lower()}{less.name[1:]}: {how}."


def _returning(told: Told) -> Claim | None:
    if not are_enough(told.said):
        return None
    essays: dict[int, set[int]] = defaultdict(set)
    for one in told.said:
        essays[one.reader].add(told.threads[one.publication].essay)
    back = [reader for reader, read in essays.items() if len(read) > 1]
    if not back:
        return None
    keenest = max(back, key=lambda reader: (len(essays[reader]), -reader))
    words = f"{len(back):,} of {counted(len(essays), 'reader')} wrote about more than one essay."
    label = f"One of them, who wrote about {len(essays[keenest])}"
    return Claim((words,), label, [one for one in told.said if one.reader == keenest])


def _highlighted(told: Told) -> Claim | None:
    marked = [one for one in told.said if one.is_highlighted]
    if not marked:
        return None
    are = "response is" if len(marked) == 1 else "responses are"
    return Claim((f"{len(marked):,} {are} highlighted.",), "Highlighted", marked)


def _longest(told: Told) -> Claim | None:
    if not are_enough(told.said):
        return None
    longest = max(told.said, key=lambda one: (len(one.text), -one.id))
    half = median(len(one.text) for one in told.said)
    words = (
        f"The longest response has {counted(len(longest.text), 'character')}; half of all have "
        f"{half:,.0f} or fewer."
    )
    return Claim((words,), "The longest response", [longest])


def _late(told: Told) -> Claim | None:
    latest = max(told.said, key=lambda one: (told.delays[one.id], -one.id))
    after = told.delays[latest.id]
    if after < LONG_AFTER:
        return None
    words = f"The latest response came {lasting(after)} after its thread’s start."
    return Claim((words,), "The latest response", [latest])


CLAIMS: tuple[Callable[[Told], Claim | None], ...] = (
    _all, _most_answered, _soon, _ending, _returning, _highlighted, _longest, _late,
)  # fmt: skip
"""What is said, in order; what would cite nothing new is left out."""
