"""Which texts a night may connect, whatever they share."""

from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.blog.files.reading import read_folder
from bot.core.connection import Connection
from bot.desk.dreams.night import dream
from tests.eval.nights import GUILD, filled

DAY = date(2026, 3, 1)
ESSAYS = {
    "trains": "Winter platforms fill. Conductors shrug while locomotives freeze.",
    "bread": "Dough rises slowly, demanding patience from bakers.",
    "chess": "Bishops close doors; kings perish move after move.",
    "birds": "Swallows return every April, nesting under eaves.",
}
"""They have no word in common: else they would be alike."""

FIRST = "My uncle kept a metronome beside the oven, and practised with it."
SECOND = "She set the metronome going in the carriage, and nobody practised sleeping after that."

Dream = Callable[..., list[Connection]]


@pytest.fixture
def dreamt(tmp_path: Path) -> Dream:
    """Return what dreams of responses, each an essay, a reader and a text."""

    def look_back(
        *said: tuple[str, str, str],
        front: str = "",
        change: dict[str, object] | None = None,
        essays: dict[str, str] = ESSAYS,
    ) -> list[Connection]:
        for slug, text in essays.items():
            (tmp_path / f"{slug}.md").write_text(
                f"---\ntitle: {slug.title()}\n{front}---\n{text}\n"
            )
        rows = [
            {"post": f"{slug}.md", "reader": who, "text": text, "created_at": f"{DAY}T12:00:00Z"}
            for slug, who, text in said
        ]
        index = filled(read_folder(tmp_path), tmp_path, rows)
        db: Database = index.db
        if change is not None:
            db.table("responses").update(2, change)
        return dream(db, index.catalog.posts, GUILD, DAY, UTC)

    return look_back


def pairs(found: list[Connection]) -> list[set[int | None]]:
    return [{one.a.response_id, one.b.response_id} for one in found if one.kind == "pair"]


def test_two_readers_of_two_essays_are_connected_by_what_both_say(dreamt: Dream) -> None:
    found = dreamt(("bread", "Ada", FIRST), ("trains", "Bora", SECOND))
    assert pairs(found) == [{1, 2}]
    assert "metronome" in found[0].because


@pytest.mark.parametrize(
    "said",
    [
        (("bread", "Ada", FIRST), ("bread", "Bora", SECOND)),
        (("bread", "Ada", FIRST), ("trains", "Ada", SECOND)),
        (("bread", "Ada", FIRST), ("trains", "Bora", "Nothing of the kind ever happened here.")),
    ],
    ids=["one essay", "one reader", "nothing shared"],
)
def test_others_are_not(dreamt: Dream, said: tuple[tuple[str, str, str], ...]) -> None:
    assert pairs(dreamt(*said)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"hidden_at": "2026-03-01"},
        {"review": "waiting"},
        {"review": "declined"},
        {"sealed": 1},
        {"shown": 0},
        {"text": ""},
    ],
    ids=str,
)
def test_what_does_not_stand_in_its_thread_is_not_used(
    dreamt: Dream, change: dict[str, object]
) -> None:
    said = (("bread", "Ada", FIRST), ("trains", "Bora", SECOND))
    assert pairs(dreamt(*said, change=change)) == []


def test_a_word_that_everybody_uses_ties_less_than_one_of_a_trade(dreamt: Dream) -> None:
    found = dreamt(
        ("bread", "Ada", "Granny sold us a theodolite wrapped tightly in newspaper."),
        ("trains", "Bora", "Nobody believed me that the theodolite was stolen."),
        ("chess", "Cem", "Upstairs somebody dropped a blanket during lunch."),
        ("birds", "Deniz", "Halfway home I found that my blanket had vanished."),
    )
    assert pairs(found) == [{1, 2}, {3, 4}]
    assert found[0].score > 2 * found[1].score


def test_essays_that_share_a_rare_tag_bring_no_news(dreamt: Dream) -> None:
    said = (("bread", "Ada", FIRST), ("trains", "Bora", SECOND))
    two = {slug: ESSAYS[slug] for slug in ("bread", "trains")}
    assert pairs(dreamt(*said, essays=two)) == [{1, 2}]
    assert pairs(dreamt(*said, essays=two, front="tags: [Waiting]\n")) == []


def test_essays_that_are_linked_bring_no_news(dreamt: Dream) -> None:
    said = (("bread", "Ada", FIRST), ("trains", "Bora", SECOND))
    linked = ESSAYS | {"bread": f"{ESSAYS['bread']} See [the trains](trains.md)."}
    assert pairs(dreamt(*said, essays=linked)) == []


def test_a_text_is_in_one_connection_of_a_night(dreamt: Dream) -> None:
    third = "Grandfather's metronome stands in the nest box; I practised whistling to it."
    found = dreamt(("bread", "Ada", FIRST), ("trains", "Bora", SECOND), ("birds", "Chen", third))
    ends = [end for one in found for end in (one.a, one.b)]
    assert found
    assert len(ends) == len(set(ends))


def test_an_idiom_that_both_use_counts_as_one_word(dreamt: Dream) -> None:
    apart = dreamt(
        ("bread", "Ada", "A red herring lay by the flour, smelling of vinegar."),
        ("trains", "Bora", "The herring went off in the carriage and the red seats kept it."),
    )
    idiom = dreamt(
        ("bread", "Ada", "A red herring lay by the flour, smelling of vinegar."),
        ("trains", "Bora", "The timetable was a red herring and the seats kept quiet."),
    )
    assert apart[0].score > idiom[0].score
