"""Nothing that readers or files say commands the operator's terminal; JSON stays exact."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.terminal.logs import set_up_logging
from bot.cli.terminal.output import console, say_line, write_table
from bot.core.response import Captured
from bot.store.file.database import open_database
from bot.store.responses.collected import collect
from tests.cli.conftest import GUILD, NOW, THREAD, Type, essay, write

NAME = "Ada\x1b]0;owned\x07"
SAID = "\x1b[2JGone.\r\u202eexe.\x9b31m\nA second line,\ta tab."
SEEN = ("Ada␛]0;owned␇", "␛[2JGone.␍<U+202E>exe.<U+009B>31m", "A second line,")
OBEYED = {chr(code) for code in (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0))} | set("\u202e")


@pytest.fixture
def loud(database: Path) -> Path:
    """A database in which a reader's name and words hold commands for a terminal."""
    db = open_database(database)
    with db.atomic():
        said = Captured(THREAD + 50, GUILD, THREAD, GUILD + 150, NAME, SAID, NOW)
        collect(db, [said], {}, NOW)
    db.close()
    return database


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Put the process's logging back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("bot", "discord"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_table_of_responses_commands_nothing(type_in: Type, loud: Path) -> None:
    out = type_in("responses", "--database", loud).out
    assert not set(out) & OBEYED
    assert "␛[2JGone." in out
    assert "<U+202E>" in out


def test_markdown_and_csv_show_what_is_not_to_be_seen(type_in: Type, loud: Path) -> None:
    csv = type_in("responses", "--format", "csv", "--database", loud).out
    assert not set(csv) - {"\r"} & OBEYED
    assert all(part in csv for part in SEEN)
    markdown = type_in("responses", "--format", "md", "--database", loud).out
    assert not set(markdown) & OBEYED
    for shown in ("Ada␛\\]0;owned␇", "␛\\[2JGone.", "\\<U+202E\\>exe.\\<U+009B\\>31m"):
        assert shown in markdown


def test_json_is_exact_and_commands_nothing(type_in: Type, loud: Path) -> None:
    ran = type_in("responses", "--json", "--database", loud)
    assert not set(ran.out) & OBEYED
    assert (NAME, SAID) in [(one["reader_name"], one["text"]) for one in ran.lines]


def test_a_refusal_shows_what_was_typed(type_in: Type, database: Path) -> None:
    ran = type_in("responses", "--database", database, "\x1b[2Jrian")
    assert "called ␛[2Jrian." in ran.err
    assert not set(ran.err) & OBEYED


@pytest.mark.parametrize("command", ["check", "posts", "preview"])
@pytest.mark.parametrize("order", ["\\e[2J", "\\x9b31m", "\\u202e"])
def test_what_a_file_says_commands_nothing(
    type_in: Type, tmp_path: Path, command: str, order: str
) -> None:
    write(tmp_path, "blog/a.md", essay(f'"Rain {order}"', "2026-01-02", "What do you hear?"))
    write(tmp_path, "blog/b\x1b[2J.md", '---\ntitle: "Open\n---\nText.\n')
    ran = type_in(command, tmp_path / "blog")
    assert not set(ran.out + ran.err) & OBEYED
    assert "b␛[2J.md" in ran.out + ran.err


def test_a_line_stays_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    say_line("a.md: Rain\nno fault\u2028here")
    assert capsys.readouterr().out == "a.md: Rain␊no fault<U+2028>here\n"


@pytest.mark.usefixtures("own_logging")
def test_a_log_line_and_a_traceback_command_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    log = logging.getLogger("bot.test")
    try:
        raise ValueError(NAME)  # noqa: TRY301  # its traceback is what is looked at
    except ValueError:
        log.exception("Of %s", "x\n12:00:00 INFO    All is well\x1b[2J")
    err = capsys.readouterr().err
    assert not set(err) & OBEYED
    assert err.splitlines()[0].endswith("Of x␊12:00:00 INFO    All is well␛[2J")
    assert "ValueError: Ada␛]0;owned␇" in err


def test_the_hook_for_faults_of_ours_shows_them(
    type_in: Type,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    type_in("--version")
    sys.excepthook(ValueError, ValueError(NAME), None)
    assert "ValueError: Ada␛]0;owned␇" in capsysbinary.readouterr().err.decode()


def test_whatever_is_given_to_the_console_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("Ada\x9b2J \x1b[2J", markup=False)
    write_table([{"name": ["a\x1b[2J", "b\u202e"]}], {"name": "Name"})
    out = capsys.readouterr().out
    assert not set(out) & OBEYED
    assert all(part in out for part in ("Ada<U+009B>2J ␛[2J", "a␛[2J", "b<U+202E>"))
