"""Which endings draw answers: generic or specific, first or later, one question or several.

What is compared stands side by side; nothing says that the one is a cause of the other.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.desk.report.essays import Essay, Question, readers
from bot.desk.report.figures import LEAST_READERS, Estimate, are_enough, median_of, wilson
from bot.desk.report.wording import percent
from bot.store.desk.report import Said

BUSY = 0.9
"""If so many questions are answered, how many readers answered tells more than whether any did."""

Unit = Sequence[Said]
"""What answers one question, or one essay's questions."""


class Group(NamedTuple):
    """Endings of one kind.

    Attributes:
        units: How many there are.
        answered: How many of them have an answer; None if that is withheld.
        estimate: The share that has one, or the median of readers who gave one; None if it is
            withheld, or if there are too few for an interval.
    """

    name: str
    units: int
    answered: int | None
    estimate: Estimate | None
    said: tuple[Said, ...]


class Comparison(NamedTuple):
    """Two kinds of endings side by side.

    Attributes:
        about: What they differ in.
        unit: What is counted: "question" or "essay".
        verdict: What can be said about it, in a sentence.
        ahead: The group that drew more, if that can be said.
    """

    about: str
    unit: str
    groups: tuple[Group, Group]
    verdict: str
    ahead: Group | None


class Endings(NamedTuple):
    """All that is compared.

    Attributes:
        is_busy: Whether readers are counted; else whether anybody answered.
        invitation: Essays that ask nothing, where our own invitation stands; None without any.
    """

    is_busy: bool
    comparisons: tuple[Comparison, ...]
    invitation: Group | None

    def shown(self, value: float) -> str:
        """Return a value of an estimate as people read it."""
        return f"{value:g}" if self.is_busy else percent(value)


def endings(essays: Sequence[Essay]) -> Endings:
    """Return which endings drew answers, and which differences are more than chance."""
    questions = [question for essay in essays for question in essay.asked]
    several = [essay for essay in essays if len(essay.asked) > 1]
    answered = sum(bool(question.said) for question in questions)
    is_busy = bool(questions) and answered >= BUSY * len(questions)

    def group(name: str, units: Sequence[Unit]) -> Group:
        return _group(name, units, is_busy=is_busy)

    generic = [one for one in questions if one.is_generic]
    specific = [one for one in questions if one.is_generic is False]
    first = [essay.asked[0] for essay in several]
    later = [question for essay in several for question in essay.asked[1:]]
    single = [_answers(essay) for essay in essays if len(essay.asked) == 1]
    inviting = [one.invited for one in essays if one.invitations is not None and not one.asked]
    return Endings(
        is_busy,
        (
            _compare(
                "Generic or specific",
                "question",
                group("Questions that only ask for an opinion", _said(generic)),
                group("Questions of the essay’s own", _said(specific)),
            ),
            _compare(
                "First or later, where an essay asks more than once",
                "question",
                group("First questions", _said(first)),
                group("Later questions", _said(later)),
            ),
            _compare(
                "One question or several",
                "essay",
                group("Essays that ask once", single),
                group("Essays that ask several times", [_answers(essay) for essay in several]),
            ),
        ),
        group("Essays that ask nothing: our own invitation", inviting) if inviting else None,
    )


def _said(questions: Sequence[Question]) -> list[Unit]:
    return [question.said for question in questions]


def _answers(essay: Essay) -> list[Said]:
    return [one for question in essay.asked for one in question.said]


def _group(name: str, units: Sequence[Unit], *, is_busy: bool) -> Group:
    said = tuple(one for unit in units for one in unit)
    if said and not are_enough(said):
        return Group(name, len(units), None, None, said)
    answered = sum(bool(unit) for unit in units)
    estimate = None
    if units:
        estimate = (
            median_of([len(readers(unit)) for unit in units])
            if is_busy
            else wilson(answered, len(units))
        )
    return Group(name, len(units), answered, estimate, said)


def _compare(about: str, unit: str, one: Group, other: Group) -> Comparison:
    verdict, ahead = "", None
    if not one.units or not other.units:
        verdict = "Nothing to compare yet: all are of one kind."
    elif one.answered is None or other.answered is None:
        verdict = f"Withheld: fewer than {LEAST_READERS} readers answered one of the two."
    elif one.estimate is None or other.estimate is None:
        verdict = "Too few to say."
    else:
        ahead = _ahead(one, one.estimate, other, other.estimate)
        verdict = (
            f"{ahead.name} drew more: the ranges do not overlap. Why, no count can tell."
            if ahead
            else "Too few to say which draws more: the ranges overlap."
        )
    return Comparison(about, unit, (one, other), verdict, ahead)


def _ahead(one: Group, first: Estimate, other: Group, second: Estimate) -> Group | None:
    if first.low > second.high:
        return one
    return other if second.low > first.high else None
