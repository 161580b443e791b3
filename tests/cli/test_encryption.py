"""`encrypt`, `decrypt`, and every other command on an encrypted database."""

import os
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.diagnosis.encryption import check_encryption
from bot.core.response import Captured
from bot.settings import read_settings
from bot.store.file.database import open_database
from bot.store.file.owner import Ownership
from bot.store.responses.collected import collect
from tests.cli.conftest import AFTERWORD, GUILD, NOW, THREAD, Start, Type, write
from tests.store.encryption import KEY, OTHER_KEY, encrypted, found_in_bytes

WORDS = ("What do you hear", "reader_name", "create table", "SQLite format 3")


@pytest.fixture
def hidden(database: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same database, encrypted, with its key in the settings."""
    monkeypatch.setenv("AFTERWORD_DATABASE", str(database))
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    assert type_in("encrypt").status == 0
    assert not found_in_bytes(database.parent, WORDS)
    return database


def test_a_key_is_made_and_nobody_else_reads_it(
    database: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = database.parent
    ran = type_in("encrypt", "--make-key", "new.key", "--database", database)
    key = (folder / "new.key").read_text().strip()
    assert (ran.status, ran.err) == (0, "")
    assert f"AFTERWORD_DATABASE_KEY_FILE={folder / 'new.key'}" in ran.out
    assert key not in ran.out
    assert stat.S_IMODE((folder / "new.key").stat().st_mode) == 0o600
    assert not found_in_bytes(folder, WORDS)
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY_FILE", "new.key")
    assert "Drums." in type_in("responses", "--database", database).out
    again = type_in("encrypt", "--make-key", "new.key", "--database", database)
    assert again.status == 2
    assert "new.key exists already: to encrypt with the key in it, use --key-file" in again.err
    assert type_in("encrypt", "--database", database).out.endswith("with this key already.\n")


def test_a_key_is_changed_and_taken_away(hidden: Path, type_in: Type) -> None:
    (hidden.parent / "other.key").write_bytes(OTHER_KEY.raw)
    changed = type_in("encrypt", "--key-file", "other.key")
    assert f"{hidden} is encrypted with the new key." in changed.out
    assert "set AFTERWORD_DATABASE_KEY_FILE=" in changed.out
    wrong = type_in("responses")
    assert (wrong.status, wrong.out) == (2, "")
    assert "The key does not open" in wrong.err
    assert type_in("decrypt").status == 2
    plain = type_in("decrypt", "--key-file", "other.key")
    assert "is not encrypted any more" in plain.out
    refused = type_in("responses")
    assert refused.status == 2
    assert "is not encrypted, and a key is set" in refused.err
    assert type_in("decrypt").out == f"{hidden} was not encrypted.\n"


def test_a_copy_beside_it_is_converted_too(database: Path, type_in: Type) -> None:
    with closing(open_database(database)) as db:
        db.execute("vacuum into ?", [f"{database}.before-0007_control"])
    (database.parent / "key").write_text(KEY.raw.hex())
    said = type_in("encrypt", "--key-file", "key", "--database", database)
    assert "The copy beside it is encrypted, too." in said.out
    assert not found_in_bytes(database.parent, WORDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("encrypt",), "There is no key: `afterword encrypt --make-key FILE` writes a new one"),
        (("decrypt",), "There is no key: set AFTERWORD_DATABASE_KEY_FILE"),
        (("encrypt", "--key-file", "none"), "--key-file names none, which cannot be read"),
        (("encrypt", "--key-file", "short"), "--key-file names short, which holds no key"),
        (("encrypt", "--make-key", "no/key"), "cannot be written"),
        (("encrypt", "--make-key", "a", "--key-file", "b"), "Either --make-key or --key-file."),
        (
            ("encrypt", "--make-key", "a", "--database", "none.db"),
            "There is no database at none.db",
        ),
    ],
)
def test_what_cannot_be_done_is_refused(
    database: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("AFTERWORD_DATABASE", str(database))
    (database.parent / "short").write_text("abc")
    before = database.read_bytes()
    ran = type_in(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert database.read_bytes() == before
    assert not (database.parent / "a").exists()


def test_a_database_that_a_bot_owns_is_refused(database: Path, start: Start) -> None:
    ownership = Ownership(database)
    ownership.take()
    try:
        ran = start("encrypt", "--make-key", "key", "--database", database)
    finally:
        ownership.release()
    assert ran.status == 2
    assert "is in use by another Afterword" in ran.err
    assert "Stop that one, and try again" in ran.err
    assert not (database.parent / "key").exists()


def test_without_the_package_each_command_says_what_to_install(
    database: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.store.file.encrypted", None)
    import bot.store.file  # noqa: PLC0415  # the attribute would be found, too

    monkeypatch.delattr(bot.store.file, "encrypted", raising=False)
    monkeypatch.setenv("AFTERWORD_DATABASE", str(database))
    assert type_in("responses").status == 0
    assert "afterword[encryption]" in type_in("encrypt", "--make-key", "key").err
    assert not (database.parent / "key").exists()
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    for command in (("responses",), ("report", "-o", "r.html"), ("export", "--all", "-")):
        ran = type_in(*command)
        assert (ran.status, ran.out) == (2, "")
        assert "pip install 'afterword[encryption]'" in ran.err
        assert KEY.raw.hex() not in ran.err


def test_everything_that_reads_reads_it(hidden: Path, type_in: Type) -> None:
    folder = hidden.parent
    assert "Drums." in type_in("responses", "--search", "drums").out
    assert type_in("report", "-o", "report.html").status == 0
    assert "Drums." in (folder / "report.html").read_text()
    write(folder, "site/hugo.toml", 'baseURL = "https://example.org/"\n')
    shows = "import os; open('seen', 'w').write(repr(dict(os.environ)))"
    build = shlex.join([sys.executable, "-c", shows])
    assert type_in("export", "--site", "site", "--then", build).status == 0
    assert KEY.raw.hex() not in (folder / "site" / "seen").read_text()
    assert "Drums." in type_in("export", "--all", "-").out


def test_what_was_exported_is_imported_into_an_encrypted_file(hidden: Path, type_in: Type) -> None:
    assert type_in("export", "--all", "all.jsonl").status == 0
    new = hidden.parent / "new" / "house.db"
    new.parent.mkdir()
    assert type_in("import", "all.jsonl", "--database", new).status == 0
    assert not found_in_bytes(new.parent, WORDS)
    assert "Drums." in type_in("responses", "--database", new).out
    with closing(open_database(encrypted(new))) as db:
        assert db.table("responses").count == 3


def test_following_shows_what_comes(hidden: Path, clean: Path) -> None:
    process = subprocess.Popen(  # noqa: S603  # our own command
        [AFTERWORD, "responses", "--follow", "--format", "json"],
        cwd=clean, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(3)][-1]
        with closing(open_database(encrypted(hidden))) as db, db.atomic():
            written = Captured(
                source_id=THREAD + 50, guild_id=GUILD, thread_id=THREAD, reader_id=GUILD + 100,
                reader_name="Ada", text="Later.", created_at=NOW,
            )  # fmt: skip
            collect(db, [written], {}, NOW)
        assert "Later." in process.stdout.readline()
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def findings() -> Iterator[str]:
    for one in check_encryption(read_settings()):
        assert KEY.raw.hex() not in one.text
        yield f"{one.state}: {one.text}"


def test_the_doctor_finds_what_stands_unencrypted_beside_it(
    hidden: Path, monkeypatch: pytest.MonkeyPatch, type_in: Type
) -> None:
    assert list(findings()) == []
    open_database(hidden.parent / "plain.db").close()
    (hidden.parent / "plain.db").rename(f"{hidden}.before-0005_desk")
    hidden.with_name(f"{hidden.name}.afterword-replaced").write_bytes(b"Drums.")
    key = hidden.parent / "a.key"
    key.write_bytes(KEY.raw)
    key.chmod(0o644)
    monkeypatch.delenv("AFTERWORD_DATABASE_KEY")
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY_FILE", str(key))
    cut_short, copy, open_key = findings()
    assert "kept.db.afterword-replaced" in cut_short
    assert copy.startswith("fault: The database is encrypted, and kept.db.before-0005_desk")
    assert open_key.endswith(f"may read the key in {key}: type chmod 600 {key}")
    assert type_in("encrypt").status == 0
    key.chmod(0o400)
    assert list(findings()) == []


def test_the_doctor_says_what_is_wrong_with_a_key(
    hidden: Path, monkeypatch: pytest.MonkeyPatch, type_in: Type
) -> None:
    assert f"{hidden} keeps 3 responses" in type_in("doctor", "--format", "json").out
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", OTHER_KEY.raw.hex())
    ran = type_in("doctor", "--format", "json")
    assert ran.status == 1
    assert "The key does not open" in ran.out
    assert OTHER_KEY.raw.hex() not in ran.out + ran.err
    alive = type_in("doctor", "--alive")
    assert (alive.status, "The key does not open" in alive.out) == (1, True)
