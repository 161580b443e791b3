"""`afterword settings --confirm-cut`: exactly the posts that were listed are withdrawn."""

import os
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.core.post import Post
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.file.owner import Ownership
from tests.cli.conftest import AFTERWORD, GUILD, NOW, Type


def post(slug: str) -> Post:
    title = f"On {slug} \x1b[31m"
    return Post(path=f"{slug}.md", lang="en", slug=slug, title=title, essay=slug, digest=slug)


def find(database: Path, *slugs: str) -> None:
    """Have the bot read a blog in which only some posts are."""
    with closing(open_database(database)) as db, db.atomic():
        record_posts(db, [post(slug) for slug in slugs], NOW)


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(Database(database)) as db:
        return list(db.execute(query).fetchall())


def withdrawn(database: Path) -> set[str]:
    return {row[0] for row in rows(database, "select slug from posts where removed_at is not null")}


@pytest.fixture
def cut(database: Path) -> Path:
    """A blog that lost two of its four posts, one of which has a thread."""
    find(database, "rain", "snow", "fog", "hail")
    find(database, "fog", "hail")
    assert withdrawn(database) == set()
    return database


def test_exactly_what_is_missing_is_listed_and_withdrawn(type_in: Type, cut: Path) -> None:
    ran = type_in("settings", "--confirm-cut", "--yes", "--database", cut)
    assert ran.status == 0
    assert [word for word in ("en:rain", "en:snow", "en:fog") if word in ran.out] == [
        "en:rain", "en:snow"
    ]  # fmt: skip
    assert "\x1b" not in ran.out
    assert "2 posts are withdrawn." in ran.err
    assert withdrawn(cut) == {"rain", "snow"}
    assert rows(cut, "select settled from publications") == [("again",)]
    assert rows(cut, "select guild_id, actor_id, act, detail from audit") == [
        (GUILD, 0, "confirmed a cut", "2")
    ]
    again = type_in("settings", "--confirm-cut", "--yes", "--database", cut)
    assert (again.status, again.out) == (0, "")
    assert "No post is missing" in again.err


def test_it_asks_and_a_no_changes_nothing(cut: Path) -> None:
    asked = subprocess.run(  # noqa: S603  # ours
        [AFTERWORD, "settings", "--confirm-cut", "--json", "--database", cut],
        input=b"n\n", capture_output=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 1
    assert b"2 posts are withdrawn, of 4. Go on? [y/N]" in asked.stderr
    assert [line.split(b'"')[3] for line in asked.stdout.splitlines()] == [b"en:rain", b"en:snow"]
    assert withdrawn(cut) == set()


def test_what_changed_after_it_was_listed_is_not_confirmed(cut: Path) -> None:
    asking = subprocess.Popen(  # noqa: S603  # ours
        [AFTERWORD, "settings", "--confirm-cut", "--database", cut],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    assert asking.stdin is not None
    assert asking.stderr is not None
    said = b""
    while b"[y/N]" not in said:
        said += os.read(asking.stderr.fileno(), 1000)
    find(cut)  # the others went meanwhile
    asking.stdin.write(b"y\n")
    _, told = asking.communicate()
    assert asking.returncode == 2
    assert b"Other posts are missing now than were listed, so nothing was done." in told
    assert withdrawn(cut) == set()


def test_a_bot_that_uses_the_file_and_more_than_a_cut_are_sentences(
    type_in: Type, cut: Path
) -> None:
    for more in (("pace=daily",), ("--guild", str(GUILD))):
        ran = type_in("settings", "--confirm-cut", "--yes", *more, "--database", cut)
        assert (ran.status, "A cut is confirmed alone" in ran.err) == (2, True)
    bot = Ownership(cut)
    bot.take()
    used = subprocess.run(  # noqa: S603  # ours; another process
        [AFTERWORD, "settings", "--confirm-cut", "--yes", "--database", cut],
        capture_output=True, check=False,
    )  # fmt: skip
    bot.release()
    assert used.returncode == 2
    assert b"Stop that one, and confirm it again." in used.stderr
    assert withdrawn(cut) == set()
