"""The filters of `responses`, and what it shows of responses that come later."""

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.response import Captured
from bot.desk.export import KEYS
from bot.store.file.database import open_database
from bot.store.responses.collected import Deleted, Event, collect
from tests.cli.conftest import AFTERWORD, GUILD, MARKDOWN, NOW, THREAD, Type

WAIT = 20.0


@pytest.fixture
def responses(type_in: Type, database: Path) -> Type:
    return lambda *arguments: type_in("responses", "--database", database, *arguments)


def write(database: Path, *events: Event) -> None:
    """Let a bot keep something."""
    db = open_database(database)
    with db.atomic():
        collect(db, events, {}, NOW)
    db.close()


def said(number: int, text: str, name: str = "Ada", at: datetime = NOW) -> Captured:
    return Captured(
        THREAD + number, GUILD, THREAD, GUILD + 100, name, text, at, parent_id=THREAD + 1
    )


def test_a_part_of_a_question_whatever_its_case_finds_what_answers_it(responses: Type) -> None:
    assert [one["text"] for one in responses("--json", "--question", "YOU HÉAR").lines] == [
        "Drums."
    ]
    assert responses("--json", "rain", "--question", "you hear").lines


@pytest.mark.parametrize("name", ["ada", "ÁDA", str(GUILD + 100)])
def test_a_reader_is_found_by_name_or_id(responses: Type, name: str) -> None:
    assert [one["reader_name"] for one in responses("--json", "--reader", name).lines] == ["Ada"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--reader", "Chenn"], "No reader is called “Chenn”. Did you mean “Chen”?"),
        (["--reader", "0000"], "No reader is called “0000”. An id would do, too."),
        (
            ["--question", "What do you see in it?"],
            "No question holds “What do you see in it?”. Did you mean “What do you hear in it?”?",
        ),
        (
            ["snow", "--question", "hear"],
            "No question of snow holds “hear”. Ask for a part of one.",
        ),
        (["--since", "yesterday"], "“yesterday” is no date: write 2026-03-01"),
    ],
)
def test_what_is_unknown_is_refused_with_near_misses(
    responses: Type, arguments: list[str], says: str
) -> None:
    ran = responses(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "\n" not in ran.err.rstrip()


def test_in_an_empty_database_nobody_is_unknown(type_in: Type, tmp_path: Path) -> None:
    open_database(tmp_path / "new.db").close()
    ran = type_in(
        "responses", "--database", tmp_path / "new.db", "--reader", "Ada", "--question", "a"
    )
    assert (ran.status, ran.out, ran.err) == (0, "", "No response is like that.\n")


def test_since_takes_what_was_written_then_or_later(responses: Type, database: Path) -> None:
    write(database, said(50, "Later.", at=NOW + timedelta(days=1)))

    def since(text: str) -> list[str]:
        return [
            one["text"] for one in responses("--json", "--reader", "Ada", "--since", text).lines
        ]

    assert since("2026-03-01") == since("2026-03-01T12:00Z") == ["Drums.", "Later."]
    assert since("2026-03-01T12:00:01") == since("2026-03-01T12:00-01:00") == ["Later."]
    assert since("1h") == []


def test_highlighted_finds_only_what_was_marked_and_every_form_says_so(
    responses: Type, database: Path
) -> None:
    ran = responses("--highlighted")
    assert (ran.out, ran.err) == ("", "No response is like that.\n")
    db = open_database(database)
    with db.atomic():
        db.execute(
            "insert into highlights select id, 0, created_at from responses where text = 'Drums.'"
        )
    db.close()
    assert [one["text"] for one in responses("--highlighted", "--json").lines] == ["Drums."]
    assert "highlighted" in responses("--highlighted").out
    assert "12:00:00.000+00:00, highlighted\n" in responses("--highlighted", "--format", "md").out


def test_words_are_found_without_accents_and_with_the_other_filters(
    responses: Type, database: Path
) -> None:
    write(database, said(50, "Les gouttes d’été.", "Zoé"), said(51, "Été en ville.", "Zoé"))
    assert len(responses("--json", "--search", "ETE").lines) == 2
    assert [one["text"] for one in responses("--json", "--search", "ville été").lines] == [
        "Été en ville."
    ]
    assert responses("--json", "--search", "drums", "--reader", "Chen").lines == []
    assert responses("--json", "--search", "drums", "--question", "hear", "rain").lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    text=st.text(
        st.characters(blacklist_categories=[]) | st.sampled_from("\"*():^-+\0'{}ANDORNEAR"),
        max_size=20,
    )
)
def test_any_words_are_safe(responses: Type, text: str) -> None:
    ran = responses("--json", f"--search={text}")
    assert ran.status == 0
    assert "Traceback" not in ran.err


def test_what_may_be_pasted_names_its_reader_as_they_chose(responses: Type, database: Path) -> None:
    link = f"https://discord.com/channels/{GUILD}/{THREAD}"

    def pasted() -> str:
        return responses("--format", "md", "--reader", "Ada").out.split("\n")[-2]

    assert pasted() == f"Its reader was not asked whether it may be quoted, {link}/{THREAD + 10}"
    db = open_database(database)

    def agree(granted: int, named: int) -> None:
        with db.atomic():
            db.execute(
                "insert into consents (response_id, purpose, granted, named, wording, given_at) "
                "select id, 'quote', ?, ?, '', '' from responses",
                [granted, named],
            )

    agree(1, 0)
    assert pasted() == f"— a reader, 2026-03, {link}"
    agree(1, 1)
    assert pasted() == f"— Ada, 2026-03-01, {link}/{THREAD + 10}"
    agree(0, 1)
    with db.atomic():
        db.execute("update responses set source = 'answer'")
    db.close()
    assert pasted() == "Its reader did not agree to be quoted"


@pytest.mark.parametrize("how", ["table", "json", "csv", "md"])
def test_the_same_data_gives_the_same_bytes(responses: Type, database: Path, how: str) -> None:
    write(database, *(said(50 + number, f"Again {number}.") for number in range(5)))
    first = responses("--format", how).out
    assert responses("--format", how).out == first
    with closing(sqlite3.connect(database)) as db:
        db.execute("vacuum")
        assert responses("--format", how).out == first
        columns = [row[1] for row in db.execute("pragma table_info(responses)")]
        rows = db.execute("select * from responses order by id desc").fetchall()
        db.execute("delete from responses")
        marks = ", ".join("?" * len(columns))
        db.executemany(f"insert into responses values ({marks})", rows)  # noqa: S608  # marks
        db.execute("reindex")
        db.commit()
    assert responses("--format", how).out == first


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_table_fits_the_terminal(database: Path, clean: Path, width: int) -> None:
    import fcntl  # noqa: PLC0415  # Unix has it
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    from rich.cells import cell_len  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    write(database, said(50, "雨の音が聞こえる。" * 9, "雨宮"), said(51, "👩‍👩‍👧‍👦🌧️" * 30, "🌧️"))
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    environment = {name: os.environ[name] for name in os.environ if name != "COLUMNS"}
    subprocess.run(  # noqa: S603  # ours
        [AFTERWORD, "responses", "--database", database],
        stdout=side, cwd=clean, env=environment | {"TERM": "xterm"}, check=True,
    )  # fmt: skip
    os.close(side)
    shown = os.read(main, 1_000_000).decode(errors="replace")
    os.close(main)
    lines = [Text.from_ansi(line).plain for line in shown.splitlines()]
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()).count("雨") >= 9


@contextmanager
def following(
    database: Path, *arguments: str, folder: Path
) -> Iterator[tuple["subprocess.Popen[bytes]", Callable[[str], str]]]:
    """Run `responses --follow`; yield it, and what reads until a text was printed."""
    environment = {name: os.environ[name] for name in os.environ if name != "COLUMNS"}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job may ignore it
    process = subprocess.Popen(  # noqa: S603  # ours
        [AFTERWORD, "responses", "--follow", "--database", database, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    stream = process.stdout
    os.set_blocking(stream.fileno(), False)
    seen = ""

    def until(text: str) -> str:
        nonlocal seen
        end = time.monotonic() + WAIT
        while text not in seen:
            assert time.monotonic() < end, seen
            select.select([stream], [], [], 0.1)
            seen += (stream.read() or b"").decode(errors="replace")
        return seen

    try:
        yield process, until
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for one process")
@pytest.mark.parametrize("how", ["table", "json", "csv", "md"])
def test_follow_shows_what_is_there_and_then_each_new_response_until_interrupted(
    database: Path, clean: Path, how: str
) -> None:
    with following(database, "--format", how, "--reader", "Ada", folder=clean) as (process, until):
        until("Drums.")
        write(database, said(50, "First news."), Deleted(THREAD + 10))
        until("First news.")
        write(database, Captured(THREAD + 51, GUILD, THREAD, GUILD + 101, "Bora", "Unasked.", NOW))
        write(database, said(52, "Second news."))
        seen = until("Second news.")
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=WAIT)
    assert (process.returncode, errors) == (0, b"")
    seen += rest.decode()
    assert "Unasked." not in seen
    assert seen.count("Drums.") == seen.count("First news.") == 1
    if how == "json":
        assert [json.loads(line)["text"] for line in seen.splitlines()] == [
            "Drums.", "First news.", "Second news.",
        ]  # fmt: skip
    if how == "csv":
        assert seen.count(",".join(KEYS)) == seen.count("\ufeff") == 1


def test_follow_keeps_no_words_in_the_log(database: Path, clean: Path) -> None:
    with following(database, "--json", folder=clean) as (_, until):
        until("Drums.")
        db = open_database(database)
        with db.atomic():
            collect(db, [said(50, "To be taken back.")], {}, NOW)
        until("To be taken back.")
        with db.atomic():
            collect(db, [Deleted(THREAD + 50)], {}, NOW)
        busy, *_ = db.execute("pragma wal_checkpoint(truncate)").fetchone()
        db.close()
    assert busy == 0


def test_follow_says_that_the_database_is_gone(database: Path, clean: Path) -> None:
    with following(database, "--json", folder=clean) as (process, until):
        until("Drums.")
        database.replace(database.with_name("moved.db"))
        open_database(database).close()
        _, errors = process.communicate(timeout=WAIT)
    assert process.returncode == 2
    assert b"is gone, or another file is in its place" in errors
    assert b"Traceback" not in errors


def test_follow_shows_what_comes_to_match_later(database: Path, clean: Path) -> None:
    with following(database, "--json", "--highlighted", folder=clean) as (_, until):
        db = open_database(database)
        with db.atomic():
            db.execute(
                "insert into highlights select id, 0, '' from responses where source = 'reply'"
            )
        db.close()
        assert MARKDOWN not in until("Drums.")
