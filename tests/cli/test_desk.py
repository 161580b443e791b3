"""`afterword desk`: the real command, read over HTTP on loopback."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.cli.conftest import AFTERWORD, GUILD, Start, run_program
from tests.store.encryption import KEY, OTHER_KEY


@pytest.fixture(autouse=True)
def can_be_interrupted() -> Iterator[None]:
    """Undo what a shell's background job inherits, and would pass on: that it ignores SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def running(*words: str | Path, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `afterword desk`, and give it with the address that it prints."""
    process = subprocess.Popen(  # noqa: S603  # our own command
        [AFTERWORD, "desk", "--port", "0", *words],
        cwd=folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("In a browser: http://127.0.0.1:"), process.communicate()
        yield process, line.split()[-1]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def read(address: str, **headers: str) -> str:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  # our own address
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # the same
        text: str = answer.read().decode()
        return text


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_shows_the_database_until_it_is_interrupted(
    clean: Path, database: Path, number: signal.Signals
) -> None:
    before = database.read_bytes(), files(clean)
    with running("--database", database, folder=clean) as (process, address):
        assert "Newest responses" in read(address)
        rows = read(f"{address}/responses_by_question.csv")
        assert "Drums." in rows
        assert "Ada" not in rows
        assert str(GUILD + 100) not in rows
        with pytest.raises(urllib.error.HTTPError, match="403"):
            read(address, Host="blog.example")
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "Stop it with Ctrl-C.\n")
    assert (database.read_bytes(), files(clean)) == before


def test_with_identities_it_shows_who_wrote_what(clean: Path, database: Path) -> None:
    with running("--database", database, "--identities", folder=clean) as (_, address):
        rows = read(f"{address}/responses_by_question.csv")
        assert "Ada" in rows
        assert str(GUILD + 100) in rows
        assert "readers" in read(address)


def test_a_port_that_is_taken_is_told(start: Start, database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = start("desk", "--port", str(port), "--database", database)
    assert ran.err == f"afterword: Port {port} is taken: choose another with --port.\n"
    assert ran.status == 2


def test_a_database_that_is_missing_is_told(start: Start, clean: Path) -> None:
    ran = start("desk", "--port", "0", "--database", clean / "none.db")
    assert (ran.status, ran.out) == (2, "")
    assert "There is no database at" in ran.err
    assert files(clean) == set()


def test_without_datasette_it_says_what_to_install(clean: Path, database: Path) -> None:
    without = "import sys; sys.modules['datasette'] = None; from bot.cli import main; main()"
    words = ["desk", "--database", str(database)]
    ran = run_program(sys.executable, "-c", without, *words, folder=clean, environment=os.environ)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "afterword: Datasette is not installed: type pip install 'afterword[desk]'.\n"
    )


def test_there_is_no_way_to_listen_elsewhere(start: Start) -> None:
    assert "desk" in COMMANDS
    assert start("desk", "--host", "0.0.0.0").status == 2  # noqa: S104  # it is refused


def test_an_encrypted_database_is_shown_as_a_copy_in_memory(
    clean: Path, database: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    assert start("encrypt", "--database", database).status == 0
    before = database.read_bytes(), files(clean)
    with running("--database", database, folder=clean) as (process, address):
        assert "Newest responses" in read(address)
        rows = read(f"{address}/responses_by_question.csv")
        assert "Drums." in rows
        assert "Ada" not in rows
        assert "Drums." in read(f"{address}/all_responses.csv?_search=drums")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "The database is encrypted, so this is a copy of it in memory" in errors
    assert (database.read_bytes(), files(clean)) == before
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", OTHER_KEY.raw.hex())
    ran = start("desk", "--database", database)
    assert (ran.status, "The key does not open" in ran.err) == (2, True)
