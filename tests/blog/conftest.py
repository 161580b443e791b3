import csv
import io
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.blog.blog import Blog
from bot.blog.files.reading import read_folder
from bot.store.store import Store

Row = tuple[str, datetime | None, bool, str]
Agree = Callable[[dict[str, str]], set[str]]
OpenBlog = Callable[..., Awaitable[Blog]]

NOW = datetime(2026, 6, 1, tzinfo=UTC)

BASE = "baseURL = 'https://example.org/'\n"
TWO = "[languages.en]\nweight = 1\n[languages.tr]\nweight = 2\n"


def page(title: str = "A page", **keys: str) -> str:
    return (
        f"---\ntitle: {title}\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + "---\nText\n"
    )


@pytest.fixture
async def store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """An open database beside the folder of the test."""
    opened = Store(tmp_path_factory.mktemp("store") / "afterword.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def open_blog() -> AsyncIterator[OpenBlog]:
    """What makes a blog with these arguments, reads it and closes it at the end."""
    opened: list[Blog] = []

    async def read(*arguments: Any, **options: Any) -> Blog:
        reading = {name: options.pop(name) for name in ("at_once", "first") if name in options}
        opened.append(Blog(*arguments, **options))
        await opened[-1].refresh(NOW, **reading)
        return opened[-1]

    yield read
    for blog in opened:
        blog.close()


@pytest.fixture
def agree(tmp_path: Path) -> Agree:
    """Return what writes a site and holds its pages against `hugo list all`, and lists them."""
    hugo = shutil.which("hugo")
    if hugo is None:
        pytest.skip("hugo is not installed")

    def compared(files: dict[str, str]) -> set[str]:
        write(tmp_path, files)
        theirs = dict(_hugos(hugo, tmp_path))
        assert dict(_ours(tmp_path)) == theirs
        return set(theirs)

    return compared


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _hugos(hugo: str, root: Path) -> Iterator[tuple[str, Row]]:
    done = subprocess.run(  # noqa: S603  # the program that was found, on files of this test
        [hugo, "list", "all"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = done.stdout[done.stdout.index("path,") :]  # warnings may come before
    for row in csv.DictReader(io.StringIO(listed)):
        date = datetime.fromisoformat(row["date"])
        is_dated = date.year > 1
        yield (
            row["path"],
            (
                row["title"],
                date.astimezone(UTC) if is_dated else None,
                row["draft"] == "true",
                row["permalink"],
            ),
        )


def _ours(root: Path) -> Iterator[tuple[str, Row]]:
    for post in read_folder(root, questions=False).posts:
        if not post.path.rpartition("/")[2].startswith("_index."):  # Hugo lists no sections
            title = post.title if post.titled else ""
            yield post.path, (title, post.date, post.draft, post.url or post.route)
