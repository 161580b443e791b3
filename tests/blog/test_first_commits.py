"""A note without a date has that of the commit which first brought it."""

import shutil
from pathlib import Path

import pytest

from bot.blog.files.first_commits import first_commits, head_of
from bot.blog.files.reading import read_folder
from tests.blog.conftest import NOW, OpenBlog
from tests.blog.repository import Repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "blog")


def days(folder: Path) -> dict[str, int]:
    return {path: date.day for path, date in first_commits(folder).items()}


def test_a_file_is_as_old_as_its_first_commit_under_any_name(repository: Repository) -> None:
    long = "It rained all night, and in the morning the roofs were white. " * 9
    repository.commit(2, **{"a": long, "notes/yağmur": "Text.", 'notes/a "b"': "Text."})
    repository.commit(3, a=long + "More.", b="Text of b.")
    repository.git("mv", "a.md", "notes/c.md")
    repository.commit(4)
    assert days(repository.path) == {
        "notes/c.md": 2, "b.md": 3, "notes/yağmur.md": 2, 'notes/a "b".md': 2
    }  # fmt: skip
    assert days(repository.path / "notes") == {"c.md": 4, "yağmur.md": 2, 'a "b".md': 2}


def test_without_a_history_nothing_is_dated(repository: Repository, tmp_path: Path) -> None:
    assert head_of(repository.path) == ""
    repository.commit(2, a="Text.")
    repository.commit(3, b="Text.")
    source = repository.path.as_uri()
    repository.git("clone", "--quiet", "--depth=1", source, str(tmp_path / "copy"))
    assert head_of(repository.path)
    assert head_of(tmp_path / "copy") == ""
    assert head_of(tmp_path) == ""


def test_a_command_that_reads_a_folder_dates_its_notes_as_the_bot_does(
    repository: Repository,
) -> None:
    repository.commit(2, a="Text.")
    (post,) = read_folder(repository.path).posts
    assert post.date is not None
    assert post.date.day == 2


async def test_a_blog_dates_what_names_no_date_and_keeps_it_when_a_text_changes(
    repository: Repository, open_blog: OpenBlog
) -> None:
    repository.commit(2, a="Text.", b="---\ndate: 2023-05-06\n---\nText.")
    blog = await open_blog(repository.path)
    dates = {post.slug: post.date and post.date.date().isoformat() for post in blog.catalog.posts}
    assert dates == {"a": "2024-01-02", "b": "2023-05-06"}
    text = "It rained.\n\nWhat do you hear in it?"
    (repository.path / "a.md").write_text(text, encoding="utf-8")
    await blog.reread({"a.md"})
    (post,) = [post for post in blog.catalog.posts if post.slug == "a"]
    assert post.date is not None
    assert post.date.day == 2
    assert [question.text for question in post.questions] == ["What do you hear in it?"]
    repository.commit(5, c="Text.")
    await blog.refresh(NOW)
    (post,) = [post for post in blog.catalog.posts if post.slug == "c"]
    assert post.date is not None
    assert post.date.day == 5


def test_nothing_that_the_repository_configures_is_run(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(2, a="Text.")
    run = tmp_path / "run.sh"
    run.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    run.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "pager.log"):
        repository.git("config", key, str(run))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "core.hooksPath", str(tmp_path))
    assert days(repository.path) == {"a.md": 2}
    assert not (tmp_path / "ran").exists()
