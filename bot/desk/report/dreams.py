"""The dream journal, as the page shows it, and whether a question that is asked again helps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from bot.desk.report.figures import LEAST_READERS, are_enough
from bot.desk.report.quotes import EXCERPT, Quote, quote
from bot.desk.report.wording import counted, date_words, listed
from bot.store.desk.dreams import AskedAgain, Dreamt, Ending
from bot.store.desk.report import Material, Said, Thread

DECIDED = {
    None: "Nobody has decided about it yet.",
    "asked": "A moderator had it asked in the threads.",
    "dismissed": "A moderator dismissed it.",
    "never_a": "A moderator wants none for the first essay.",
    "never_b": "A moderator wants none for the second essay.",
}


class Shown(NamedTuple):
    """One end of a connection: a response, or an essay that is only named.

    Attributes:
        quote: None for an essay's own text.
    """

    ending: Ending
    quote: Quote | None


class Pair(NamedTuple):
    """A connection with both ends, its bridge, and what was decided."""

    ends: tuple[Shown, Shown]
    bridge: str
    through: Shown | None
    decided: str


class Night(NamedTuple):
    """A night with its connections, the best first."""

    name: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """All of it.

    Attributes:
        left_out: How many older connections there are.
        again: What is known of questions that were asked again, in sentences.
    """

    nights: tuple[Night, ...]
    left_out: int
    again: tuple[str, ...]

    @property
    def is_anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.nights or self.again)


def journal(material: Material, threads: Mapping[int, Thread]) -> Journal:
    """Return the journal, the newest night first."""
    said = {one.id: one for one in material.said}
    found = material.dreams
    nights = tuple(
        Night(date_words(night), tuple(_pair(one, said, threads) for one in group))
        for night, group in groupby(found.connections, key=lambda one: one.night)
    )
    return Journal(nights, found.left_out, tuple(_again(found.again, material.said)))


def _pair(one: Dreamt, said: Mapping[int, Said], threads: Mapping[int, Thread]) -> Pair:
    def shown(ending: Ending) -> Shown:
        response = said[ending.response] if ending.response is not None else None
        cited = quote(response, threads[response.publication], EXCERPT) if response else None
        return Shown(ending, cited)

    words = listed([f"“{word}”" for word in one.because]) if one.because else ""
    bridge = f"What ties them: {words}." if words else ""
    if one.through is not None:
        bridge = f"Both meet a third text, by {words}:" if words else "Both meet a third text:"
    through = shown(one.through) if one.through is not None else None
    return Pair((shown(one.a), shown(one.b)), bridge, through, DECIDED[one.decision])


def _again(again: Sequence[AskedAgain], said: Sequence[Said]) -> Iterator[str]:
    """Yield how many silent threads were asked again or left alone, and what came of it.

    How many were answered is withheld where fewer readers than elsewhere are behind it; none is a
    number that tells of nobody.
    """
    names = {"asked": "a question was asked again", "left_alone": "one was left alone, to compare"}
    for decision, name in names.items():
        chosen = {one.prompt: one.at for one in again if one.decision == decision}
        if not chosen:
            continue
        answers = [one for one in said if one.prompt in chosen and one.at > chosen[one.prompt]]
        answered = len({one.prompt for one in answers})
        came = f"{answered:,} of these were answered afterwards."
        if answers and not are_enough(answers):
            came = f"How many were answered is withheld: fewer than {LEAST_READERS} readers did."
        yield f"In {counted(len(chosen), 'silent thread')}, {name}. {came}"
