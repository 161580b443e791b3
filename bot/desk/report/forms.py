"""Forms opened against answers given: counted without anybody's name."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.desk.report.essays import Essay
from bot.desk.report.figures import LEAST_READERS, are_enough
from bot.store.desk.report import Asked, Said

MOST_ROWS = 12
"""Questions that have a row of their own."""

INVITATION = "Our own invitation, where an essay asks nothing"
FEW = f"Questions that fewer than {LEAST_READERS} readers answered, together"
OTHERS = "All other questions, together"


class Opened(NamedTuple):
    """How often the form of a question was opened, and what answers came of it since.

    Attributes:
        lang: Of the name, where it is a question's text.
    """

    name: str
    lang: str | None
    opened: int
    answers: tuple[Said, ...]


class Forms(NamedTuple):
    """What is known of forms.

    Attributes:
        since: From when openings are counted, aware; None if no form was ever opened.
        rows: Those that enough readers are behind, the most opened first; none if all is withheld.
    """

    since: datetime | None
    rows: tuple[Opened, ...]

    @property
    def opened(self) -> int:
        """How often a form was opened."""
        return sum(row.opened for row in self.rows)

    @property
    def answered(self) -> int:
        """How many answers were given."""
        return sum(len(row.answers) for row in self.rows)


def forms(essays: Sequence[Essay], asked: Sequence[Asked]) -> Forms:
    """Return forms opened against answers given, question by question.

    An answer from before its form was counted is left out, as is a row that few readers are behind:
    those go together, unless they still are too few.

    Args:
        asked: The prompts, which know since when.
    """
    since = {one.id: one.opened_since for one in asked if one.opened_since is not None}

    def given(said: Sequence[Said]) -> tuple[Said, ...]:
        return tuple(
            one
            for one in said
            if one.source == "answer" and one.prompt in since and one.at >= since[one.prompt]
        )

    found = [
        Opened(question.variants[0].text, question.variants[0].lang, question.opened,
               given(question.said))
        for essay in essays
        for question in (*essay.asked, *essay.former)
        if question.opened
    ]  # fmt: skip
    found.append(_together(INVITATION, [
        Opened("", None, essay.invitations or 0, given(essay.invited)) for essay in essays
    ]))  # fmt: skip
    known = sorted(
        (row for row in found if are_enough(row.answers)), key=lambda row: (-row.opened, row.name)
    )
    few = _together(FEW, [row for row in found if not are_enough(row.answers)])
    rows = known[:MOST_ROWS]
    if len(known) > MOST_ROWS:
        rows.append(_together(OTHERS, known[MOST_ROWS:]))
    if are_enough(few.answers):
        rows.append(few)
    return Forms(min(since.values(), default=None), tuple(rows))


def _together(name: str, rows: Sequence[Opened]) -> Opened:
    answers = tuple(one for row in rows for one in row.answers)
    return Opened(name, None, sum(row.opened for row in rows), answers)
