"""The made-up database is what it says, fits the schema, and is the same each time."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.file.database import open_for_reading
from bot.store.responses.queries import EVERYTHING, Filter, listing
from tests.bench.many_responses import write

FILLED = (
    "consents", "forms_opened", "highlights", "holds", "messages", "nicknames", "prompt_questions",
    "questions", "readers", "tombstones",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.db"
    write(path, responses=3_000, readers=200, essays=40)
    return path


def test_it_has_all_that_the_desk_reads(made: Path) -> None:
    with open_for_reading(made) as db:
        counts = {name: db[name].count for name in ("responses", "readers", "essays")}
        assert counts == {"responses": 3_000, "readers": 200, "essays": 40}
        assert [name for name in FILLED if not db[name].count] == []
        kinds = {row[0] for row in db.execute("select distinct source from responses")}
        langs = {row[0] for row in db.execute("select distinct lang from posts")}
        assert (kinds, langs) == ({"answer", "reply", "message"}, {"en", "tr"})
        hidden = db.execute("select count(*) from responses where hidden_at is not null").fetchone()
        assert len(listing(db, EVERYTHING)) == 3_000 - hidden[0] < 3_000
        found = listing(db, Filter(words="zeka"))
        assert {one.lang for one in found} == {"tr"}
        marked = {(one.may_quote, one.named) for one in listing(db) if one.source == "answer"}
        assert marked == {(False, False), (True, False), (True, True)}
        asked = {tuple(row) for row in db.execute("select is_ours, generic from prompts "
            "left join prompt_questions on prompt_id = prompts.id "
            "left join questions on questions.id = question_id")}  # fmt: skip
        assert asked == {(1, None), (0, 0), (0, 1)}
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_it_is_the_same_each_time(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    write(again, responses=3_000, readers=200, essays=40)
    with open_for_reading(made) as first, open_for_reading(again) as second:
        for name in (*FILLED, "responses", "posts", "prompts", "publications", "threads"):
            assert list(first[name].rows) == list(second[name].rows), name


def test_nothing_is_written_over(made: Path) -> None:
    with pytest.raises(FileExistsError):
        write(made)


def test_it_is_a_command(tmp_path: Path) -> None:
    path = tmp_path / "few.db"
    few = ("--responses", "20", "--readers", "3", "--essays", "2")
    command = (sys.executable, "-m", "tests.bench.many_responses", path, *few)
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own module
    assert b"few.db" in done.stdout
    with open_for_reading(path) as db:
        assert db["responses"].count == 20
