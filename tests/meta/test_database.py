"""docs/database.md and Datasette's metadata say what the database has, and nothing else."""

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from bot.desk.datasette.columns import described_tables, described_views
from bot.store.desk.canned import QUERIES
from bot.store.file.database import open_database
from bot.store.file.views import VIEWS
from tests.desk.datasette.conftest import VIEWS_OF_WORDS
from tests.meta.database import COMMAND, PAGE, with_blocks

DESCRIBED = described_views() | described_tables()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("schema") / "afterword.db")
    yield opened
    opened.close()


def columns(db: Database, name: str) -> list[str]:
    return [row[1] for row in db.execute(f"pragma table_info([{name}])")]


def test_every_view_and_table_is_described(db: Database) -> None:
    assert set(described_views()) == set(db.view_names())
    assert set(db.view_names()) == {*VIEWS, "responses_by_question", *VIEWS_OF_WORDS}
    kinds = db.execute("select name, type from pragma_table_list where schema = 'main'")
    tables = {name for name, kind in kinds if kind == "table" and name[:7] != "sqlite_"}
    assert set(described_tables()) == tables


@pytest.mark.parametrize("name", DESCRIBED)
def test_every_column_is_described_and_none_that_does_not_exist(db: Database, name: str) -> None:
    assert list(DESCRIBED[name].columns) == columns(db, name)
    assert all(text.endswith(".") for text in DESCRIBED[name].columns.values())
    assert DESCRIBED[name].description.endswith(".")


@pytest.mark.parametrize("name", described_views())
def test_what_is_said_of_a_view_names_its_columns(name: str) -> None:
    one = described_views()[name]
    assert {*one.identifies, *one.facets, one.sort_desc or "id"} <= {*one.columns, "id"}


@pytest.mark.parametrize("name", described_views())
def test_a_column_that_leads_to_a_person_is_held_back(name: str) -> None:
    personal = {"reader", "reader_name", "who", "highlighted_by", "asked_by", "author"}
    if name in {"all_responses", "highlighted_responses", "responses_by_question"}:
        personal.add("url")
    one = described_views()[name]
    assert personal & set(one.columns) <= set(one.identifies)


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_blocks(page), f"Run: {COMMAND}"
    assert all(f"`{name}`" in page for name in QUERIES)
