"""Reading a file in a folder that nobody may write to: a copy, a backup, a snapshot."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.file.database import connect, open_database
from bot.store.key_values import set_value

pytestmark = pytest.mark.encrypted_too


NOBODY = 65534

READ = """
import os, sys
from pathlib import Path
from bot.core.errors import AfterwordError
from bot.store.file.database import connect, open_for_reading
from bot.store.key_values import get_value
connect(":memory:").close()  # what it imports, nobody may read where root's Python is
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
try:
    how = {"as_it_grows": True} if sys.argv[3:] else {}
    print(get_value(open_for_reading(Path(sys.argv[1]), **how), "key"))
except AfterwordError as error:
    sys.exit(str(error))
"""


def read_as_nobody(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Read a note in a process that may not write there: permissions do not bind root."""
    return subprocess.run(  # noqa: S603  # our own Python
        [sys.executable, "-c", READ, path, str(NOBODY), *more],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may read: pytest's own are its user's alone."""
    if sys.platform == "win32":
        pytest.skip("permissions of folders are Unix's")
    made = Path(tempfile.mkdtemp())
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def shut(folder: Path) -> None:
    """Let nobody write there."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


@pytest.mark.parametrize("name", ["afterword.db", "a copy #1?.db", "yedek %41 ğ.db"])
def test_a_copy_in_a_folder_that_cannot_be_written_is_read(folder: Path, name: str) -> None:
    path = folder / name
    with closing(open_database(path)) as db, db.atomic():
        set_value(db, "key", "kept")
    shut(folder)
    before = path.read_bytes()
    ran = read_as_nobody(path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "kept\n", "")
    assert path.read_bytes() == before
    assert [file.name for file in folder.iterdir()] == [name]


def test_what_would_never_change_is_not_followed(folder: Path) -> None:
    path = folder / "afterword.db"
    open_database(path).close()
    shut(folder)
    ran = read_as_nobody(path, "as it grows")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "get the right to read it and its folder" in ran.stderr


def test_an_empty_log_beside_it_is_no_hindrance(folder: Path) -> None:
    path = folder / "afterword.db"
    with closing(open_database(path)) as db, db.atomic():
        set_value(db, "key", "kept")
    (folder / "afterword.db-wal").touch()
    shut(folder)
    assert read_as_nobody(path).stdout == "kept\n"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_what_was_written_last_is_not_left_out_in_silence(folder: Path, ending: str) -> None:
    path = folder / "afterword.db"
    with closing(open_database(path)) as db:
        with db.atomic():
            set_value(db, "key", "before")
        if ending == "-wal":
            db.execute("pragma wal_checkpoint(truncate)")
            with db.atomic():
                set_value(db, "key", "last")
            log = (folder / "afterword.db-wal").read_bytes()
        else:
            log = b"a page that was not put back yet" * 32
    (folder / f"afterword.db{ending}").write_bytes(log)
    shut(folder)
    ran = read_as_nobody(path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"stands in afterword.db{ending} beside it" in ran.stderr
    assert "copy both files into a folder of your own" in ran.stderr


def test_a_log_whose_index_is_there_is_read_with_it(folder: Path) -> None:
    path = folder / "live.db"
    with closing(open_database(path)) as db:
        with db.atomic():
            set_value(db, "key", "last")
        folder.chmod(0o555)
        assert read_as_nobody(path).stdout == "last\n"


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_read_is_refused_in_a_sentence(folder: Path, what: str) -> None:
    path = folder / "afterword.db"
    open_database(path).close()
    (path if what == "file" else folder).chmod(0)
    ran = read_as_nobody(path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"The database {path} cannot be read (" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_immutable_connection_writes_nothing(path: Path) -> None:
    open_database(path).close()
    with closing(connect(path, immutable=True, read_only=True)) as db:
        assert db.table("readers").count == 0
        assert [file.name for file in path.parent.iterdir()] == [path.name]
