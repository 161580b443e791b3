"""A blog in a Git repository, copied with the real `git`."""

import os
import shutil
from pathlib import Path

import pytest

from bot.blog.blog import Blog, open_source
from bot.blog.files.git import LONGEST, GitError, GitSource
from tests.blog.conftest import NOW
from tests.blog.repository import Repository


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("needs the git command")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Repository(tmp_path / "origin")
    made.commit(a="# A\n\nText.")
    return made


def source(origin: Repository, end: str = "") -> GitSource:
    return GitSource(f"git+file://{origin.path}{end}", origin.path.parent / "a.db.content")


def pull(git: GitSource) -> bool:
    git.fetch()
    return git.check_out()


def copied(origin: Repository, end: str = "") -> GitSource:
    git = source(origin, end)
    pull(git)
    return git


def names(git: GitSource) -> list[str]:
    return sorted(path.name for path in git.folder.iterdir())


def test_a_copy_follows_its_repository(origin: Repository) -> None:
    git = source(origin)
    assert not git.has_copy
    assert pull(git)
    assert (git.has_copy, names(git)) == (True, ["a.md"])
    assert not pull(git)
    origin.commit(a=None, b="# B")
    assert pull(source(origin))
    assert names(git) == ["b.md"]


def test_only_the_newest_state_is_fetched(origin: Repository) -> None:
    for number in range(5):
        origin.commit(a=f"# {number}")
    git = copied(origin)
    assert git._run("rev-list", "--count", "HEAD") == "1"
    origin.commit(a="# Last")
    pull(git)
    assert git._run("rev-list", "--count", "HEAD") == "1"


def test_a_history_that_was_rewritten_is_followed(origin: Repository) -> None:
    git = copied(origin)
    origin.git("commit", "--quiet", "--amend", "--allow-empty", "--message=Other")
    assert pull(git)


def test_what_did_not_change_keeps_its_time(origin: Repository) -> None:
    git = copied(origin)
    before = (git.folder / "a.md").stat()
    origin.commit(b="# B")
    pull(git)
    after = (git.folder / "a.md").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_branch_and_a_folder_can_be_named(origin: Repository) -> None:
    origin.git("checkout", "--quiet", "-b", "drafts/new")
    (origin.path / "blog").mkdir()
    (origin.path / "blog/b.md").write_text("# B", encoding="utf-8")
    origin.commit()
    origin.git("checkout", "--quiet", "main")
    for end, expected in (
        ("#drafts/new", ["a.md", "blog"]),
        ("#drafts/new:blog/", ["b.md"]),
        ("#main", ["a.md"]),
        ("#:.", ["a.md"]),
    ):
        git = copied(origin, end)
        assert names(git) == expected, end


def test_what_somebody_left_among_the_files_goes(origin: Repository) -> None:
    git = copied(origin)
    (git.folder / "a.md").write_text("# Changed here", encoding="utf-8")
    (git.folder / "ghost.md").write_text("# Ghost", encoding="utf-8")
    origin.commit(b="# B")
    pull(git)
    assert names(git) == ["a.md", "b.md"]
    assert (git.folder / "a.md").read_text(encoding="utf-8") == "# A\n\nText."


def test_nothing_in_a_repository_is_run(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap, hooks = tmp_path / "trapped", tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{trap}'\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    config = tmp_path / "config"
    config.write_text(
        f'[core]\nhooksPath = {hooks}\nfsmonitor = "touch {trap}; false"\n'
        f'[filter "lfs"]\nsmudge = "touch {trap}; cat"\nrequired = true\n',
        encoding="utf-8",
    )
    (origin.path / ".gitattributes").write_text("*.md filter=lfs\n", encoding="utf-8")
    origin.commit(b="# B")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    git = copied(origin)
    assert (git.folder / "b.md").read_text(encoding="utf-8") == "# B"
    assert not trap.exists()


def test_a_hook_that_runs_us_does_not_lead_git_astray(
    origin: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin.git("checkout", "--quiet", "-b", "other")
    origin.commit(b="# B")
    origin.git("checkout", "--quiet", "main")
    monkeypatch.setenv("GIT_DIR", str(origin.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(origin.path / ".git/index"))
    before = (origin.path / ".git/index").read_bytes()
    (origin.path / "unsaved.md").write_text("# Mine", encoding="utf-8")
    git = copied(origin, "#other")
    assert names(git) == ["a.md", "b.md"]
    assert (origin.path / "unsaved.md").exists()
    assert (origin.path / ".git/index").read_bytes() == before


@pytest.mark.parametrize("age", [LONGEST + 1, -LONGEST - 30])
def test_a_lock_of_a_command_that_was_killed_is_removed_in_time(
    origin: Repository, age: float
) -> None:
    git = copied(origin)
    lock = git._git / "index.lock"
    lock.touch()
    origin.commit(b="# B")
    with pytest.raises(GitError, match=r"index\.lock"):
        pull(git)
    assert names(git) == ["a.md"]
    then = lock.stat().st_mtime - age
    os.utime(lock, (then, then))
    assert pull(git)


def test_a_repository_that_is_gone_leaves_the_copy_and_says_what_to_do(origin: Repository) -> None:
    git = copied(origin)
    shutil.rmtree(origin.path)
    with pytest.raises(GitError, match=r"cannot be copied \(fatal: .*\): check the address"):
        git.fetch()
    assert names(git) == ["a.md"]


def test_a_branch_that_does_not_exist_is_named_and_leaves_no_copy(origin: Repository) -> None:
    git = source(origin, "#main2")
    with pytest.raises(GitError, match="main2"):
        git.fetch()
    assert not git.has_copy


def test_nothing_is_run_after_a_stop(origin: Repository) -> None:
    git = source(origin)
    git.stop()
    with pytest.raises(GitError, match="stopped"):
        git.fetch()


def test_a_missing_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="install Git, or set AFTERWORD_CONTENT to a folder"):
        GitSource("git+https://example.org/blog.git", tmp_path).fetch()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GitError, match="beside its database"):
        GitSource("git+https://example.org/blog.git", tmp_path / "file").fetch()


@pytest.mark.parametrize("user", ["me:s3cr%40t", "t0ken"])
def test_a_password_is_shown_to_nobody(origin: Repository, user: str) -> None:
    """A port that nobody listens on refuses at once."""
    cache = origin.path.parent / "cache"
    git = GitSource(f"git+http://{user}@127.0.0.1:1/blog.git#main", cache)
    assert git.name == "git+http://127.0.0.1:1/blog.git#main"
    with pytest.raises(GitError) as raised:
        git.fetch()
    written = b"".join(file.read_bytes() for file in cache.rglob("*") if file.is_file()).decode()
    for text in (str(raised.value), written, str(git.folder)):
        for secret in (user, "s3cr", "t0ken"):
            assert secret not in text


def test_a_password_may_change_without_a_new_copy(tmp_path: Path) -> None:
    folders = {
        GitSource(f"git+https://{user}example.org/blog.git", tmp_path).folder
        for user in ("", "a:b@", "token@")
    }
    assert len(folders) == 1


@pytest.mark.parametrize(
    "content",
    [
        "git+https://",
        "git+https://example.org",
        "git+ext::sh -c touch% /tmp/x",
        "git+https://example.org/a b.git",
        "git+https://[/blog.git",
        "git+/folder/blog.git",
        "git+https://example.org/blog.git#--upload-pack=x",
        "git+https://example.org/blog.git#a..b",
        "git+https://example.org/blog.git#main:../other",
        "git+https://me:secret@example.org/blog.git#main: /..",
        "git+https://example.org/blog.git#main:C:\\",
    ],
)
def test_what_names_no_repository_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(GitError) as raised:
        GitSource(content, tmp_path)
    assert "secret" not in str(raised.value)


def test_a_setting_is_a_folder_or_a_repository(tmp_path: Path) -> None:
    assert open_source("content", tmp_path / "a.db") == Path("content")
    git = open_source("git+https://example.org/blog.git", tmp_path / "a.db")
    assert isinstance(git, GitSource)
    assert git.folder.is_relative_to(tmp_path / "a.db.content")
    assert not (tmp_path / "a.db.content").exists()


async def test_a_blog_is_read_from_its_copy(origin: Repository) -> None:
    blog = Blog(source(origin))
    assert blog.needs_pull
    assert await blog.pull()
    assert not blog.needs_pull
    await blog.refresh(NOW)
    blog.watch(lambda _: None)
    assert [post.title for post in blog.catalog.posts] == ["A"]
    assert (await blog.body(blog.catalog.posts[0])).markdown == "\n\nText."
    assert blog.name.startswith("git+file://")
    blog.close()


async def test_a_folder_is_never_pulled(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    assert not blog.needs_pull
    assert not await blog.pull()
    assert blog.name == str(tmp_path)
    blog.close()
