"""PRIVACY.md says what the code does: its tables, columns, settings, periods, commands, buttons."""

import re
from collections.abc import Iterator

import click
import pytest
from sqlite_utils import Database

from bot.cli import COMMANDS, cli
from bot.core.phrases import phrases
from bot.desk.site.posts import FEWEST_UNNAMED
from bot.discussion.scheduling.retention import LOOK_AGAIN
from bot.settings import Settings, variable
from bot.store.file.database import open_database
from bot.store.file.persons import PLACES
from bot.store.file.scrubbing import SCRUB_AFTER
from tests.meta.documents import ROOT

TEXT = (ROOT / "PRIVACY.md").read_text(encoding="utf-8")
WORDS = " ".join(TEXT.split())
NAMED = set(re.findall(r"`([a-z_]+)\.([a-z_]+)`", TEXT))
PERSON = re.compile(r"(^|_)(reader|author|actor|member|moderator|user)_(id|digest)$|_by$")
NO_PERSON = {("readings", "made_by"), ("prompts", "sealed_by")}
"""Columns that are called as if, and have no person in them: which code read a file, and whether a
file or a channel's setting sealed a question.
"""

OF_NOBODY = {
    "essays", "posts", "questions", "readings", "guilds", "channels", "shelf", "held_essays",
    "prompts", "prompt_questions", "messages", "threads", "pending_answers", "gaps", "absences",
    "notices", "review_notices", "request_notices", "setup_drafts", "forms_opened", "digests",
    "notes", "_sqlite_migrations", "indexed_posts", "passages", "post_links",
    "dream_nights", "dreamless_essays", "second_questions",
    "dream_messages",
}  # fmt: skip
"""Tables that are about essays, servers' settings and the bot's own messages."""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("privacy") / "afterword.db")
    yield opened
    opened.close()


def columns(db: Database) -> set[tuple[str, str]]:
    kinds = db.execute("select name, type from pragma_table_list where schema = 'main'").fetchall()
    tables = [name for name, kind in kinds if kind == "table" and name[:7] != "sqlite_"]
    return {
        (table, row[1]) for table in tables for row in db.execute(f"pragma table_info([{table}])")
    }


def test_every_column_that_leads_to_a_person_is_named(db: Database) -> None:
    personal = {one for one in columns(db) if PERSON.search(one[1])} - NO_PERSON
    assert personal | {("readers", "id"), ("readers", "name"), ("nicknames", "name")} <= NAMED
    assert {("responses", "text"), ("drafts", "text"), ("refusals", "digest")} <= NAMED


def test_every_such_column_is_forgotten(db: Database) -> None:
    ids = {one for one in columns(db) if PERSON.search(one[1]) and "digest" not in one[1]}
    places = {(place.table, place.column) for place in PLACES}
    assert ids - NO_PERSON == (places - {("audit", "subject_id")}) | {("responses", "reader_id")}
    for place in PLACES:
        keys = {row[1] for row in db.execute(f"pragma table_info([{place.table}])") if row[5]}
        assert keys == set(place.keys)


def test_every_table_is_named_or_is_about_nobody(db: Database) -> None:
    tables = {table for table, _ in columns(db)}
    assert tables == {table for table, _ in NAMED} | OF_NOBODY


def test_every_column_that_is_named_exists(db: Database) -> None:
    assert columns(db) >= NAMED


def test_every_setting_that_is_named_exists_and_has_the_default_that_is_said() -> None:
    known = {variable(field) for field in Settings.model_fields}
    assert set(re.findall(r"AFTERWORD_[A-Z_]+", TEXT)) <= known
    assert f"{Settings.model_fields['recheck'].default} days (`AFTERWORD_RECHECK`)" in WORDS


def test_the_periods_are_those_of_the_code() -> None:
    assert LOOK_AGAIN == 60 * 60
    assert "the bot looks each hour" in WORDS
    assert f"some {SCRUB_AFTER.seconds // 60} minutes later" in WORDS
    assert FEWEST_UNNAMED == 3
    assert "only when three people are quoted so" in WORDS


def test_no_table_of_the_dream_has_a_person_in_it(db: Database) -> None:
    dreamt = {"connections", "dreamt_pairs", "dream_messages", "second_questions", "dream_nights"}
    assert not {one for one in columns(db) if one[0] in dreamt and PERSON.search(one[1])}


def test_every_command_that_is_named_exists() -> None:
    for name in re.findall(r"`afterword (\w+)", TEXT):
        assert name in COMMANDS
        assert cli.get_command(click.Context(cli), name) is not None
    sources = "".join(path.read_text() for path in (ROOT / "bot/cogs").glob("*.py"))
    for name in re.findall(r"`/(\w+)", TEXT):
        assert re.search(rf"async def {name}\(\s*self,\s*interaction", sources)


def test_every_button_that_is_named_is_called_so() -> None:
    say = phrases("en")
    for label in (
        say.privacy_each, say.privacy_hand_over, say.privacy_here, say.privacy_everywhere, say.edit,
    ):  # fmt: skip
        assert f"*{label}*" in WORDS


def test_what_a_reader_is_told_names_the_same_corners() -> None:
    for corner in ("log", "index", "copies beside it"):
        assert corner in phrases("en").privacy_done
        assert corner in WORDS
