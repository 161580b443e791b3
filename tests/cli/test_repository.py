"""Commands on a blog in a Git repository: copied to where the bot keeps its copy."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.diagnosis.checks import check_content, check_database, read_or_fail
from bot.core.post import Post
from bot.settings import read_settings
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from tests.cli.conftest import NOW, Type


@pytest.fixture
def repository(blog: Path, clean: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a repository of the blog in the settings; return where its copies go."""
    if shutil.which("git") is None:
        pytest.skip("needs the git command")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(blog))
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "All")):
        subprocess.run(["git", *who, *arguments], check=True)  # noqa: S603, S607  # the real git
    monkeypatch.setenv("AFTERWORD_CONTENT", f"git+file://{blog}")
    return clean / "afterword.db.content"


def test_commands_read_a_copy_of_the_repository(type_in: Type, repository: Path) -> None:
    paths = [post["path"] for post in type_in("posts", "--json").lines]
    assert "content/posts/rain.md" in paths
    assert repository.is_dir()
    assert type_in("check").status == 0
    shown = [one["slug"] for one in type_in("preview", "--json").lines]
    assert "rain" in shown
    (found,) = check_content(read_or_fail(read_settings()))
    assert (found.state, found.text.split(" in ")[1][:9]) == ("ok", "git+file:")


def test_a_repository_that_cannot_be_copied_is_told(
    type_in: Type, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del repository
    monkeypatch.setenv("AFTERWORD_CONTENT", "git+http://me:s3cret@127.0.0.1:1/blog.git")
    ran = type_in("check")
    assert (ran.status, ran.out) == (2, "")
    assert "git+http://127.0.0.1:1/blog.git cannot be copied" in ran.err
    (found,) = check_content(read_or_fail(read_settings()))
    assert found.state == "fault"
    assert "s3cret" not in found.text + ran.err


def test_the_doctor_notes_what_is_missing(clean: Path) -> None:
    db = open_database(clean / "afterword.db")
    posts = [
        Post(path=f"{slug}.md", lang="en", slug=slug, title=slug, essay=slug, digest=slug)
        for slug in ("a", "b", "c")
    ]
    with db.atomic():
        record_posts(db, posts, NOW)
        record_posts(db, posts[:1], NOW + timedelta(days=1))
    db.close()
    notes = [one.text for one in check_database(read_settings()) if one.about == "content"]
    assert [text.split(" since")[0] for text in notes] == ["2 posts are missing"]
