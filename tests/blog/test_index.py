import os
import shutil
from pathlib import Path

import pytest

from bot.blog.files.reading import Contents, read_file
from bot.blog.index import Index, made_by
from bot.core.reading.posts import Reading
from bot.core.site import Cascade, Site


def asked(number: int) -> str:
    return f"---\ntitle: A\ndate: 2026-01-0{number}\n---\nText.\n\nWhat do you think of {number}?\n"


def written(root: Path, *numbers: int) -> Index:
    """Write essays; return an index that knows nothing of them yet."""
    for number in numbers:
        (root / f"{number}.md").write_text(asked(number))
    return Index(root)


def read(index: Index, site: Site | None = None, *, at_once: int | None = None) -> Contents:
    index.scan(site or Site())
    index.read(at_once=at_once)
    return index.contents()


def again(index: Index, root: Path, site: Site | None = None) -> Index:
    """Return the index of another process, which has what this one kept."""
    other = Index(root)
    if index.scan(site or Site()) == other.scan(site or Site()):
        other.adopt(index.take_unsaved().kept)
    return other


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths that are read from now on."""
    paths: list[str] = []

    def counted(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        paths.append(path)
        return read_file(root, path, site, questions=questions)

    monkeypatch.setattr("bot.blog.index.read_file", counted)
    return paths


def test_the_newest_essays_are_asked_first_and_the_others_later(tmp_path: Path) -> None:
    index = written(tmp_path, 1, 2, 3)
    contents = read(index, at_once=1)
    assert contents.pending == {"1.md", "2.md"}
    assert [len(post.questions) for post in contents.posts] == [0, 0, 1]
    assert {path: len(post.questions) for path, post in index.ask(1).items()} == {"2.md": 1}
    assert index.count_pending() == 1
    assert list(index.ask()) == ["1.md"]
    assert index.count_pending() == 0
    assert read(Index(tmp_path)).pending == frozenset()


def test_an_essay_that_has_a_thread_is_asked_at_once_however_old(tmp_path: Path) -> None:
    index = written(tmp_path, 1, 2, 3)
    index.scan(Site())
    assert index.read(at_once=1, first=["1.md", "gone.md"])
    assert index.contents().pending == {"2.md"}


@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_new: bool
) -> None:
    index, file = written(tmp_path, 1), tmp_path / "1.md"
    if not is_new:
        read(index)
        file.write_text(asked(1).replace("Text", "Other text"))

    def overtaken(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        found = read_file(root, path, site, questions=questions)
        file.write_text(asked(1).replace("title: A", "title: Another"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr("bot.blog.index.read_file", overtaken)
        read(index)
    assert read(again(index, tmp_path)).posts[0].title == "Another"
    assert read(index).posts[0].title == "Another"


def test_a_text_that_changed_is_read_alone(tmp_path: Path, reads: list[str]) -> None:
    index = written(tmp_path, 1, 2)
    read(index)
    reads.clear()
    (tmp_path / "1.md").write_text(asked(1) + "\nAnd what else do you keep?\n")
    found = index.reread(["1.md"])
    assert found is not None
    assert {path: len(post.questions) for path, post in found.items()} == {"1.md": 2}
    assert set(reads) == {"1.md"}
    assert index.reread([]) == {}


def test_a_file_that_an_editor_wrote_first_and_removed_changes_nothing(tmp_path: Path) -> None:
    index = written(tmp_path, 1)
    read(index)
    (tmp_path / "1.md").write_text(asked(1) + "\nAnd what else do you keep?\n")
    found = index.reread(["1.md.tmp", "1.md"])
    assert found is not None
    assert list(found) == ["1.md"]


@pytest.mark.parametrize("path", ["posts", ".data", "hugo.toml", "new.md"])
def test_a_folder_a_link_and_a_configuration_change_more_than_a_text(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "1.md").write_text(asked(1))
    (tmp_path / ".data").symlink_to("posts")
    index = Index(tmp_path)
    read(index)
    assert index.reread([path]) is None
    (tmp_path / "posts").rename(tmp_path / "essays")
    assert index.reread([path]) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("1.md", "---\ntitle: Renamed\n---\n"),
        ("1.md", "---\ntitle: [broken\n---\n"),
        ("1.md", None),
        ("3.md", asked(3)),
        ("_index.md", "---\ntitle: All\n---\nNew.\n"),
    ],
)
def test_more_than_a_text_that_changed_is_not_read_alone(
    tmp_path: Path, path: str, text: str | None
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.md").write_text(asked(number))
    (tmp_path / "_index.md").write_text("---\ntitle: All\n---\n")
    index = Index(tmp_path)
    read(index)
    if text is None:
        (tmp_path / path).unlink()
    else:
        (tmp_path / path).write_text(text)
    assert index.reread([path]) is None


def test_only_what_changed_is_read_again(tmp_path: Path, reads: list[str]) -> None:
    index = written(tmp_path, 1, 2)
    first = read(index)
    reads.clear()
    assert read(index) == first
    assert reads == []
    (tmp_path / "2.md").write_text(asked(2).replace("title: A", "title: Longer"))
    assert [post.title for post in read(index).posts] == ["A", "Longer"]
    assert set(reads) == {"2.md"}
    os.utime(tmp_path / "1.md", ns=(1, 1))
    assert len(read(index).posts) == 2
    assert set(reads) == {"1.md", "2.md"}


def test_a_file_that_was_touched_or_copied_is_no_news(tmp_path: Path, reads: list[str]) -> None:
    index = written(tmp_path, 1)
    first = read(index)
    reads.clear()
    os.utime(tmp_path / "1.md", ns=(1, 1))
    index.scan(Site())
    assert not index.read()
    assert reads == ["1.md"]  # and its questions were not looked for again
    shutil.copy2(tmp_path / "1.md", tmp_path / "copy")
    (tmp_path / "copy").replace(tmp_path / "1.md")
    index.scan(Site())
    assert not index.read()
    assert index.contents() == first


@pytest.mark.parametrize("is_new_process", [False, True])
def test_another_file_of_the_same_time_and_size_is_read(
    tmp_path: Path, *, is_new_process: bool
) -> None:
    """So they are in images and archives that are built to be the same each time."""
    for name, title in (("1.md", "Maps"), ("other", "Caps")):
        (tmp_path / name).write_text(f"# {title}\n")
        os.utime(tmp_path / name, ns=(1, 1))
    index = Index(tmp_path)
    assert [post.title for post in read(index).posts] == ["Maps"]
    (tmp_path / "other").replace(tmp_path / "1.md")
    if is_new_process:
        index = again(index, tmp_path)
    assert [post.title for post in read(index).posts] == ["Caps"]


def test_a_text_that_changed_is_read_under_all_its_names(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "1.md").write_text(asked(1))
    (tmp_path / "best.md").symlink_to("posts/1.md")
    index = Index(tmp_path)
    read(index)
    (tmp_path / "posts" / "1.md").write_text(asked(1) + "\nAnd what else do you keep?\n")
    found = index.reread(["posts/1.md"])
    assert found is not None
    assert {path: len(post.questions) for path, post in found.items()} == {
        "best.md": 2,
        "posts/1.md": 2,
    }


def test_a_file_that_is_away_when_its_questions_are_looked_for_is_asked_later(
    tmp_path: Path,
) -> None:
    index = written(tmp_path, 1)
    first = read(index, at_once=0)
    (tmp_path / "1.md").rename(tmp_path / "away")
    assert [post.path for post in index.ask().values()] == ["1.md"]
    assert index.count_pending() == 0
    assert index.contents().posts == first.posts
    (tmp_path / "away").rename(tmp_path / "1.md")
    (post,) = read(index).posts
    assert len(post.questions) == 1


def test_a_file_that_cannot_be_looked_at_is_news_once(tmp_path: Path) -> None:
    index = written(tmp_path, 1)
    index.scan(Site())
    (tmp_path / "1.md").unlink()
    assert index.read()
    assert not index.read()
    assert [fault.path for fault in index.contents().faults] == ["1.md"]


def test_another_process_reads_only_what_changed(tmp_path: Path, reads: list[str]) -> None:
    index = written(tmp_path, 1, 2, 3)
    first = read(index)
    reads.clear()
    other = again(index, tmp_path)
    assert not other.read()
    assert other.contents() == first
    assert reads == []
    assert other.take_unsaved() == ({}, set())
    (tmp_path / "1.md").write_text(asked(1).replace("title: A", "title: Longer"))
    (tmp_path / "3.md").unlink()
    assert [post.title for post in read(other).posts] == ["Longer", "A"]
    assert set(reads) == {"1.md"}
    unsaved = other.take_unsaved()
    assert (set(unsaved.kept), set(unsaved.gone)) == ({"1.md"}, {"3.md"})


def test_what_was_kept_while_questions_were_pending_is_kept_again_with_them(
    tmp_path: Path,
) -> None:
    index = written(tmp_path, 1)
    read(index, at_once=0)
    assert index.take_unsaved().kept["1.md"].reading.pending
    index.ask()
    post = index.take_unsaved().kept["1.md"].reading.post
    assert post is not None
    assert len(post.questions) == 1


def test_readings_are_made_by_the_code_the_site_and_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    site = Site(indexed=frozenset({("en", "a"), ("en", "b")}))
    before = made_by(tmp_path, site)
    assert before == made_by(tmp_path, Site(indexed=frozenset({("en", "b"), ("en", "a")})))
    monkeypatch.setattr("bot.blog.index.code_digest", lambda: "newer")
    given = Site(cascades=(Cascade("posts", "en", "", "", "", {"draft": "true"}),))
    sites = (site, Site(), given)
    assert len({before, made_by(other, site), *(made_by(tmp_path, one) for one in sites)}) == 5


def test_pages_are_read_again_when_their_section_gives_them_something_else(
    tmp_path: Path, reads: list[str]
) -> None:
    section = tmp_path / "posts" / "_index.md"
    section.parent.mkdir()
    section.write_text("---\ncascade: {draft: true}\n---\n")
    (tmp_path / "posts" / "a.md").write_text("---\ntitle: A\n---\n")
    site = Site(generator="hugo")
    index = Index(tmp_path)
    assert [post.draft for post in read(index, site).posts] == [True, True]
    reads.clear()
    assert [post.draft for post in read(index, site).posts] == [True, True]
    assert reads == []
    section.write_text("---\ncascade: {draft: false}\n---\n")
    assert [post.draft for post in read(index, site).posts] == [False, False]
    assert set(reads) == {"posts/_index.md", "posts/a.md"}


def test_another_site_is_read_anew(tmp_path: Path) -> None:
    index = written(tmp_path, 1)
    read(index)
    (post,) = read(index, Site(address="https://example.org")).posts
    assert post.url == "https://example.org/1/"


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    index = written(tmp_path, 1)
    read(index)
    (tmp_path / "1.md").unlink()
    assert read(index).posts == ()
