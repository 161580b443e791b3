"""`responses`, and what an author takes away with it."""

import csv
import io
import re
import sqlite3
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.core.response import Response
from bot.core.text.control_characters import visible
from bot.desk.export import KEYS, as_csv, as_markdown, escaped, marks, record
from bot.store.file.database import open_database
from tests.cli.conftest import FORMULA, GUILD, MARKDOWN, THREAD, Type

RESPONSE = Response(
    id=1,
    post="rain",
    lang="en",
    title="Rain",
    guild=GUILD,
    thread=THREAD,
    question="What do you hear in it?",
    reader=GUILD + 100,
    reader_name="Ada",
    text="Drums.",
    created_at="2026-03-01T12:00:00.000+00:00",
    edited_at=None,
    source="reply",
    url=None,
)


@pytest.fixture
def responses(type_in: Type, database: Path) -> Type:
    """Types `responses` about the database."""
    return lambda *arguments: type_in("responses", "--database", database, *arguments)


def test_responses_have_the_keys_that_were_promised_and_ids_as_text(responses: Type) -> None:
    ran = responses("--json")
    assert (ran.status, ran.err) == (0, "")
    assert all(tuple(one) == KEYS for one in ran.lines)
    ada = next(one for one in ran.lines if one["reader_name"] == "Ada")
    assert ada.pop("id").isdecimal()
    assert ada == {
        "post": "rain",
        "lang": "en",
        "guild": str(GUILD),
        "thread": str(THREAD),
        "question": "What do you hear in it?",
        "reader": str(GUILD + 100),
        "reader_name": "Ada",
        "text": "Drums.",
        "created_at": "2026-03-01T12:00:00.000+00:00",
        "edited_at": None,
        "source": "reply",
        "url": f"https://discord.com/channels/{GUILD}/{THREAD}/{THREAD + 10}",
        "shown": True,
        "hidden": False,
        "may_quote": False,
        "named": False,
        "highlighted": False,
        "reactions": {},
    }
    later = ("url", "shown", "hidden", "may_quote", "named", "highlighted", "reactions")
    assert KEYS[-7:] == later


def test_a_response_to_no_question_says_null(responses: Type) -> None:
    ran = responses("--json")
    plain = [one["question"] for one in ran.lines if one["reader_name"] != "Ada"]
    assert plain == [None, None]


def test_the_table_shows_texts_under_their_questions(responses: Type) -> None:
    ran = responses()
    assert ran.status == 0
    assert "What do you hear in it?" in ran.out
    assert "Drums." in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("name", ["rain", "en:rain"])
def test_responses_of_one_post_are_found_by_slug_and_language(responses: Type, name: str) -> None:
    assert len(responses("--json", name).lines) == 3


@pytest.mark.parametrize(
    ("shown", "may_quote", "words"),
    [
        (True, False, "shown"),
        (False, False, "not shown"),
        (True, True, "shown, may be quoted"),
        (False, True, "not shown, may be quoted"),
    ],
)
def test_every_form_says_how_an_answer_stands(
    responses: Type, database: Path, words: str, *, shown: bool, may_quote: bool
) -> None:
    db = open_database(database)
    with db.atomic():
        db.execute("update responses set source = 'answer', shown = ?", [int(shown)])
        for granted in (not may_quote, may_quote):  # the last word counts
            db.execute(
                "insert into consents (response_id, purpose, granted, wording, given_at) "
                "select id, 'quote', ?, '', created_at from responses",
                [int(granted)],
            )
    db.close()

    def shown_as(how: str) -> str:
        return responses("--format", how).out

    for row in responses("--format", "csv").rows:
        assert (row["shown"], row["may_quote"]) == (str(shown).lower(), str(may_quote).lower())
        assert row["hidden"] == "false"
    lines = responses("--json").lines
    assert {(one["shown"], one["may_quote"]) for one in lines} == {(shown, may_quote)}
    assert f"Ada, 2026-03-01T12:00:00.000+00:00, {words}\n" in shown_as("md")
    cells = {line.split("│")[-2].strip() for line in shown_as("table").splitlines() if "│" in line}
    assert cells - {""} == {"answer", *words.split(", ")}


def test_a_name_may_stand_on_a_quote_only_if_its_reader_says_so() -> None:
    assert "by name" not in marks(replace(RESPONSE, may_quote=True))
    assert marks(replace(RESPONSE, may_quote=True, named=True)) == ["may be quoted", "by name"]
    assert marks(replace(RESPONSE, named=True)) == []


@pytest.mark.parametrize("length", [30, 70, 130])
def test_the_slug_of_an_essay_is_never_broken(responses: Type, database: Path, length: int) -> None:
    slug = "-".join(["can-ai-dream"] * length)[:length].strip("-")
    db = open_database(database)
    with db.atomic():
        db.execute("update posts set slug = ? where slug = 'rain'", [slug])
    db.close()
    lines = responses().out.splitlines()
    assert sum(slug in line for line in lines) == 3
    assert any("Drums." in line for line in lines)


def test_a_message_stands_in_its_thread_and_says_no_more_of_it(responses: Type) -> None:
    table = responses().out
    assert "shown" not in table
    assert "quoted" not in table


def test_a_post_without_responses_says_so_beside_an_empty_answer(responses: Type) -> None:
    ran = responses("--json", "snow")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nobody has responded yet.\n")


def test_an_unknown_post_gets_near_misses_from_the_database(responses: Type) -> None:
    near = responses("en:rian")
    far = responses("zzzz")
    assert (near.status, near.out) == (2, "")
    assert "called en:rian. Did you mean rain?" in near.err
    assert (far.status, far.out) == (2, "")
    assert "`afterword posts` lists" in far.err


def test_the_database_is_the_one_of_the_settings_if_none_is_named(
    type_in: Type, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_DATABASE", str(database))
    assert len(type_in("responses", "--json").lines) == 3


def test_responses_are_read_while_the_bot_writes(responses: Type, database: Path) -> None:
    db = open_database(database)
    db.execute("begin immediate")
    db.execute("update responses set text = 'Not yet.'")
    try:
        texts = {one["text"] for one in responses("--json").lines}
    finally:
        db.execute("rollback")
        db.close()
    assert "Drums." in texts
    assert "Not yet." not in texts


def test_reading_changes_nothing(responses: Type, database: Path) -> None:
    before = database.read_bytes()
    responses()
    assert database.read_bytes() == before


def test_files_that_cannot_be_read_are_refused_in_a_sentence(
    type_in: Type, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.db").write_text("This is no database, but it is long enough to look at.")
    sqlite3.connect(tmp_path / "empty.db").close()
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("create table recipes (name text)")
    other.close()
    newer = open_database(database)
    migrations = next(name for name in newer.table_names() if "migrations" in name)
    row = next(iter(newer.table(migrations).rows)) | {"name": "9999_later"}
    newer.table(migrations).insert({key: row[key] for key in row if key != "id"})
    newer.close()
    said = {
        name: type_in("responses", "--database", tmp_path / name)
        for name in ("missing.db", "text.db", "other.db", "kept.db")
    }
    assert {(ran.status, ran.out) for ran in said.values()} == {(2, "")}
    assert "There is no database at" in said["missing.db"].err
    assert "is not a sound SQLite file" in said["text.db"].err
    assert "another program" in said["other.db"].err
    assert "newer Afterword (9999_later)" in said["kept.db"].err


def test_csv_holds_every_text_and_no_formula(responses: Type) -> None:
    ran = responses("--format", "csv")
    rows = {row["text"]: row for row in ran.rows}
    assert set(rows) == {"Drums.", MARKDOWN, f"'{FORMULA}"}
    assert rows[f"'{FORMULA}"]["reader_name"] == "'=Bora"
    assert rows["Drums."]["thread"] == str(THREAD)
    assert rows["Drums."]["edited_at"] == ""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_of_a_csv_starts_a_formula(text: str) -> None:
    table = as_csv([record(replace(RESPONSE, text=text, reader_name=text))], KEYS)
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    seen = visible(text)
    assert row["text"].removeprefix("'") in {seen, seen.removeprefix("'")}
    assert row["text"].lstrip()[:1] not in {"=", "+", "-", "@", "\uff1d"}


def test_markdown_groups_by_essay_and_question(responses: Type) -> None:
    ran = responses("--format", "md")
    headings = [line for line in ran.out.splitlines() if line.startswith("#")]
    assert headings == ["# Rain", "## What do you hear in it?", "## Without a question"]
    assert "> Drums.\n\nAda, 2026-03-01T12:00:00.000+00:00\n" in ran.out


def test_markdown_of_a_reader_is_data(responses: Type) -> None:
    ran = responses("--format", "md")
    page = MarkdownIt("gfm-like", {"linkify": False}).render(ran.out)
    assert not re.search(r"<(?:b|img|em|a|ol)\b", page)
    assert "# Loud" in page
    assert "&lt;b&gt;bold&lt;/b&gt; ![x](http://example.org/x.png) *star* @everyone" in page
    assert "1. one" in page


@given(st.text(st.sampled_from("ab1 .)-+=*_`~#>|<&;:/![](){}\\\"'$@^w\t"), max_size=30))
def test_an_escaped_line_says_exactly_what_it_said(line: str) -> None:
    page = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(line.rstrip()))
    )
    said = unescape(page.removeprefix("<p>").rstrip().removesuffix("</p>"))
    assert re.sub(r"\s", " ", said) == re.sub(r"\s", " ", line.rstrip())


@pytest.mark.parametrize("text", ["{{< x >}}", "{{% x %}}", "{% x %}", "{{ x }}", "<x>", "<% x %>"])
def test_no_site_generator_finds_anything_to_run(text: str) -> None:
    page = as_markdown([replace(RESPONSE, text=text, reader_name=text, title=text)])
    assert not re.search(r"\{\{|\{%|<%|(?<!\\)<", page)


@given(st.text(st.sampled_from("ab1. -+=#>*\\\n`"), max_size=40))
def test_a_quoted_text_stays_in_one_quote_with_its_lines(text: str) -> None:
    page = MarkdownIt("commonmark").render(as_markdown([replace(RESPONSE, text=text)]))
    tags = re.findall(r"<(/?\w+)", page)
    assert set(tags) <= {"h1", "/h1", "h2", "/h2", "blockquote", "/blockquote", "p", "/p", "br"}
    assert tags.count("blockquote") == 1
    quoted = page.partition("<blockquote>")[2].partition("</blockquote>")[0]
    shown = [line for line in unescape(re.sub(r"<[^>]+>", "", quoted)).split("\n") if line.strip()]
    wanted = [line.rstrip() for line in text.strip().split("\n") if line.strip()]
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in shown] == wanted


def test_reactions_are_counted_in_every_form() -> None:
    reacted = replace(RESPONSE, reactions={"👍": 2, "<:river:12>": 1})
    assert record(reacted)["reactions"] == {"👍": 2, "<:river:12>": 1}
    table = list(csv.DictReader(io.StringIO(as_csv([record(reacted)], KEYS))))
    assert table[0]["reactions"] == "👍 2; <:river:12> 1"
    assert marks(reacted)[-1] == "👍 2 :river: 1"
    assert "👍 2" in as_markdown([reacted])
