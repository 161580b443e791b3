import os
from pathlib import Path

import pytest

from bot.blog.folder import read_file
from bot.blog.index import Index
from bot.core.reading.posts import Reading
from bot.core.site import Site


def asked(number: int) -> str:
    return f"---\ntitle: A\ndate: 2026-01-0{number}\n---\nText.\n\nWhat do you think of {number}?\n"


def test_the_newest_essays_are_asked_first_and_the_others_later(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"{number}.md").write_text(asked(number))
    index = Index(tmp_path)
    contents = index.read(Site(), at_once=1)
    assert contents.pending == {"1.md", "2.md"}
    assert [len(post.questions) for post in contents.posts] == [0, 0, 1]
    assert index.ask(1).pending == {"1.md"}
    assert index.ask().pending == frozenset()
    assert Index(tmp_path).read(Site()).pending == frozenset()


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.md").write_text(asked(number))
    index = Index(tmp_path)
    first = index.read(Site())
    read: list[str] = []

    def counted(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        read.append(path)
        return read_file(root, path, site, questions=questions)

    monkeypatch.setattr("bot.blog.index.read_file", counted)
    assert index.read(Site()) == first
    assert read == []
    (tmp_path / "2.md").write_text(asked(2).replace("title: A", "title: Longer"))
    assert [post.title for post in index.read(Site()).posts] == ["A", "Longer"]
    assert set(read) == {"2.md"}
    os.utime(tmp_path / "1.md", ns=(1, 1))
    assert len(index.read(Site()).posts) == 2
    assert set(read) == {"1.md", "2.md"}


def test_another_site_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text(asked(1))
    index = Index(tmp_path)
    index.read(Site())
    (post,) = index.read(Site(address="https://example.org")).posts
    assert post.url == "https://example.org/1/"


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text(asked(1))
    index = Index(tmp_path)
    index.read(Site())
    (tmp_path / "1.md").unlink()
    assert index.read(Site()).posts == ()
