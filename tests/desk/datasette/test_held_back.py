"""No name, no id of a reader and no hidden text comes out, whatever SQL or address is tried."""

import json
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from bot.desk.datasette.columns import described_tables, described_views
from bot.store.desk.held_back import TEXT, Source, open_part, open_whole
from tests.desk.datasette.conftest import HIDDEN, SECRETS, UNNAMED

VIEWS = list(described_views())
TABLES = {name: list(one.columns) for name, one in described_tables().items()}
INDEX = [
    "responses_fts",
    *(f"responses_fts_{part}" for part in ("data", "idx", "docsize", "config")),
]

IDENTIFYING = [
    (name, column) for name, one in described_views().items() for column in one.identifies
]

SQL = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8"))
OVERFLOW = "abs(-9223372036854775808)"

READ = (("name", "readers"), ("id", "main.readers"), ("text", "responses"))
HOSTILE = [
    *(sql.format(table=table) for sql in SQL["plain"] for table in (*TABLES, *INDEX)),
    *(
        SQL["same_name"].format(view=view, column=column, table=table)
        for view in VIEWS
        for column, table in READ
    ),
    *(
        SQL["full_join"].format(column=column, table=table)
        for table, columns in TABLES.items()
        for column in columns
    ),
    *SQL["others"],
]


@pytest.fixture(params=[False, True], ids=["live", "copied"])
def is_copied(request: pytest.FixtureRequest) -> bool:
    """What holds for the live file holds for the copy of an encrypted one."""
    return bool(request.param)


def leaked(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def rows_of(text: str) -> str:
    """Return an answer without the query that it repeats."""
    answer = json.loads(text)
    return json.dumps(answer if isinstance(answer, list) else answer.get("rows"))


async def leaks_of_sql(application: Datasette, form: str) -> dict[str, list[str]]:
    """Return what hostile SQL found, by the SQL."""
    found = {}
    for sql in HOSTILE:
        parameters = {"sql": sql, "_shape": "arrays", "_size": "max"}
        answer = await application.client.get(f"/afterword.{form}", params=parameters)
        assert answer.status_code in {200, 400, 500}, sql
        if answer.status_code == 200:
            text = rows_of(answer.text) if form == "json" else answer.text
            found[sql] = leaked(text)
    return {sql: leaks for sql, leaks in found.items() if leaks}


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_no_sql_finds_a_name_an_id_or_a_hidden_text(held_back: Datasette, form: str) -> None:
    assert await leaks_of_sql(held_back, form) == {}


async def test_the_same_sql_finds_them_where_nothing_is_held_back(whole: Datasette) -> None:
    leaks = await leaks_of_sql(whole, "json")
    assert {secret for found in leaks.values() for secret in found} == set(SECRETS)
    assert len(leaks) > 50
    for oracle in SQL["oracles"]:
        names = {"view": "all_responses", "column": "text"}
        there = await asked(whole, oracle, word="lighthouse", **names)
        assert there != await asked(whole, oracle, word="lighthomes", **names), oracle


@pytest.mark.parametrize(
    "view", [name for name, one in described_views().items() if "text" in one.columns]
)
async def test_no_error_tells_what_a_hidden_text_says(held_back: Datasette, view: str) -> None:
    for oracle in SQL["oracles"]:
        answers = [
            await asked(held_back, oracle, view=view, column="text", word=word)
            for word in ("lighthouse", "lighthomes")
        ]
        assert answers[0] == answers[1], oracle


async def asked(application: Datasette, oracle: str, **names: str) -> tuple[int, Any, str | None]:
    sql = oracle.format(overflow=OVERFLOW, **names)
    answer = await application.client.get("/afterword.json", params={"sql": sql})
    found = answer.json()
    return answer.status_code, found.get("rows"), found.get("error")


@pytest.mark.parametrize("name", UNNAMED)
async def test_no_error_tells_who_is_quoted_without_a_name(held_back: Datasette, name: str) -> None:
    for oracle in SQL["oracles"]:
        answers = [
            await asked(held_back, oracle, view="quotable_responses", column="name", word=word)
            for word in (name[:5], "Somebody")
        ]
        assert answers[0] == answers[1], oracle


ADDRESSES = [
    "/",
    "/.json",
    "/afterword",
    "/afterword?_show_hidden=1",
    "/afterword.json",
    "/afterword.db",
    *(f"/afterword/{name}{form}" for name in (*TABLES, *INDEX) for form in ("", ".json", ".csv")),
    *(f"/afterword/{name}{form}" for name in VIEWS for form in ("", ".json", ".csv?_stream=on")),
    *(
        f"/afterword/{view}{rest.format(column)}"
        for view, column in IDENTIFYING
        for rest in (
            ".json?_facet={0}",
            ".json?_facet_array={0}",
            ".json?_sort={0}",
            ".json?{0}__notnull=1",
            ".json?{0}__contains=7",
            ".json?_col={0}",
            ".blob?_blob_column={0}",
        )
    ),
    "/afterword/all_responses.json?hidden=1",
    "/afterword/all_responses.json?_search=hidden",
    "/afterword/all_responses.json?_search=hidden&_searchmode=raw",
    "/afterword/all_responses.json?_search=hidden&_fts_table=responses_fts&_fts_pk=id",
    "/afterword/all_responses.json?_search_text=hidden&_fts_table=responses_fts",
    "/afterword/all_responses.json?_where=1) union select name from readers --",
    "/afterword/all_responses.json?_where=exists (select name from main.readers)",
    '/afterword/all_responses.json?_through={"table":"readers","column":"name","value":"x"}',
    "/afterword/readers/1",
    "/afterword/readers/1.json",
    "/afterword/search_words.json?words=hidden",
    "/afterword/one_discussion.json?slug=dreams",
    "/afterword/agreed_to_be_quoted.json",
    "/afterword/what_moderators_did.json",
    "/afterword/newest_responses.csv",
    "/_internal",
    "/_internal/columns.json",
    "/_memory",
    "/-/databases.json",
    "/-/metadata.json",
    "/-/threads.json",
    "/-/plugins.json",
]


async def test_no_address_shows_a_name_an_id_or_a_hidden_text(held_back: Datasette) -> None:
    found = {}
    for address in ADDRESSES:
        answer = await held_back.client.get(address, follow_redirects=True)
        if leaks := leaked(answer.text):
            found[address] = leaks
    assert found == {}


async def test_what_is_harmless_is_shown(held_back: Datasette) -> None:
    async def rows(view: str) -> list[dict[str, Any]]:
        answer = await held_back.client.get(f"/afterword/{view}.json?_shape=array")
        found: list[dict[str, Any]] = answer.json()
        return found

    everything = await rows("all_responses")
    assert {row["text"] for row in everything} == {
        "An owl in the attic",
        "Quote me by name",
        "Quote me without",
    }
    assert {row["may_quote"] for row in everything} == {0, 1}
    assert [row["text"] for row in everything if row["highlighted"]] == ["An owl in the attic"]
    quotable = {row["text"]: (row["name"], row["url"]) for row in await rows("quotable_responses")}
    assert quotable["Quote me without"] == (None, None)
    assert quotable["Quote me by name"][0] == "Named Nora"
    acts = {row["act"] for row in await rows("moderator_acts")}
    assert acts == {
        "started a thread",
        "shelved a held essay",
        "highlighted a response",
        "hid an answer",
    }


async def test_no_search_tells_what_a_hidden_text_says(held_back: Datasette) -> None:
    for word in ("lighthouse", "hidden", "hidden lighthouse"):
        sql = f"select ids_with_words('{word}') as found"
        answer = await held_back.client.get("/afterword.json", params={"sql": sql})
        assert answer.json()["rows"] == [["[]"]]


def test_a_hidden_text_is_null_even_before_its_row_is_left_out(source: Source) -> None:
    """SQLite tries conditions in the order of the query, and does not promise that."""
    connection = open_part(source, {name: one.harmless for name, one in described_views().items()})
    text = TEXT.format(file=connection.file)
    hidden = f"select {text} from {connection.file}.responses as one where hidden_at is not null"  # noqa: S608  # ours
    assert connection.own(hidden).fetchall() == [(None,)]
    made = "select name from sqlite_temp_master where instr(sql, ?)"
    with_text = {name for name, one in described_views().items() if "text" in one.columns}
    assert {row[0] for row in connection.own(made, text)} == with_text
    connection.close()


def test_the_name_of_the_file_cannot_be_said(source: Source) -> None:
    connection = open_part(source, {"all_responses": ["text"]})
    (name,) = connection.execute("select name from pragma_database_list where seq = 2").fetchone()
    for spelling in SQL["of_file"]:
        for sql in (spelling.format(file=name), spelling.format(file=name.upper())):
            for execute in (connection.execute, connection.cursor().execute):
                with pytest.raises(sqlite3.OperationalError, match="no such table"):
                    execute(sql)
    connection.close()


async def test_with_identities_everything_is_shown(whole: Datasette) -> None:
    async def text(address: str) -> str:
        answer = await whole.client.get(address)
        assert answer.status_code == 200
        return str(answer.text)

    assert HIDDEN in await text("/afterword/all_responses.json?_search=lighthouse")
    assert HIDDEN in await text("/afterword/search_words.json?words=lighthouse")
    names = await text("/afterword/readers.json")
    assert "Zenobia Quill" in names
    everything = await text("/afterword/all_responses.json")
    assert {"Nick Nightjar", "Named Nora"} <= {
        one["reader_name"]
        for one in json.loads(await text("/afterword/all_responses.json?_shape=array"))
    }
    assert "991000000000000001" in await text("/afterword/moderator_acts.json")
    assert "991000000000000001" not in everything


@pytest.mark.parametrize("identities", [False, True])
def test_nothing_is_written(source: Source, identities: bool) -> None:  # noqa: FBT001
    shown: dict[str, list[str]] = {"all_responses": ["text"]}
    connection = open_whole(source) if identities else open_part(source, shown)
    statements = [
        "delete from responses",
        "create table more (a)",
        "create temp table more (a)",
        "insert into notes values ('a', 'b')",
        "pragma query_only = off",
        "pragma journal_mode = delete",
        "pragma schema_version = 7",
        "pragma user_version = 7",
        "vacuum",
        "begin",
        "savepoint a",
        "attach ':memory:' as other",
        "create virtual table temp.v using fts5vocab(main, 'responses_fts', 'row')",
    ]
    for sql in statements:
        with pytest.raises(sqlite3.DatabaseError, match=r"authoriz|readonly|cannot modify"):
            connection.execute(sql)
    connection.close()
