# ruff: noqa: RUF001  # the marks of other scripts are meant
import os
from pathlib import Path

import pytest

from bot.blog.files.reading import Contents, content_paths, read_folder
from bot.blog.index import Index
from bot.blog.site.configuration import Overrides, read_site
from bot.blog.site.main_language import MOST_READ, Sample
from bot.blog.summary import summarise
from tests.blog.conftest import write

JA = "これは私が書いた随筆です。昨日は雨が降っていて、ずっと家で本を読んでいました。"
ZH = "这是我写的一篇文章。昨天下雨了，我一直在家里看书，写了一点东西。"
EN = "This is an essay of mine. Yesterday it rained, and I stayed at home and read a book."
CS = "Tohle je můj článek. Včera pršelo, a tak jsem zůstal doma a četl jsem si knihu."
TR = "Bu benim yazdığım bir deneme. Dün yağmur yağdı, ben de evde kalıp kitap okudum."
NOISE = "\n\n[como](https://example.com.br/que/para) `os que` com.br\n\n```\npara que com os\n```\n"


def site_of(root: Path, texts: dict[str, int], folder: str = "") -> Contents:
    """Return what is read of a folder that holds so many posts of each text."""
    for number, (text, count) in enumerate(texts.items()):
        for each in range(count):
            post = f"---\ntitle: P{number} {each}\ndate: 2026-01-02\n---\n{text}\n"
            write(root, {f"{folder}p{number}-{each}.md": post})
    return read_folder(root)


def languages(contents: Contents) -> set[str]:
    return {post.lang for post in contents.posts}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({JA: 9}, "ja"),
        ({ZH: 8, EN: 4}, "zh"),
        ({CS: 3}, "cs"),
        ({TR + NOISE: 4, EN: 3}, "tr"),
        ({EN + NOISE: 4, TR: 3}, "en"),
        ({TR: 2, EN: 2}, "en"),
        ({"Kısa bir yazı.": 9, EN: 1}, "tr"),  # each is too short, and all together tell
        ({"OK": 3, "`pip install os que para`": 2}, "en"),
        ({"Vim, Emacs, Lisp": 9, TR: 1}, "en"),  # one of ten is not most of them
    ],
)
def test_a_site_that_names_no_language_has_that_of_most_posts(
    tmp_path: Path, texts: dict[str, int], code: str
) -> None:
    contents = site_of(tmp_path, texts)
    assert contents.site.language == code
    assert languages(contents) == {code}


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        ({"_config.yml": "title: 日記\n"}, "_posts/2026-01-02-"),
        ({"_config.yml": "source_dir: source\n"}, "source/_posts/"),
        ({"hugo.toml": "baseURL = 'https://example.org/'\n"}, "content/posts/"),
        ({"config.toml": "base_url = 'https://example.org/'\n"}, "content/blog/"),
        ({"astro.config.mjs": "export default {}\n"}, "src/content/blog/"),
        ({".eleventy.js": "module.exports = {}\n"}, "posts/"),
        ({}, "posts/"),
    ],
)
def test_whoever_builds_the_site(tmp_path: Path, files: dict[str, str], folder: str) -> None:
    write(tmp_path, files)
    contents = site_of(tmp_path, {JA: 4, EN: 2}, folder)
    assert contents.site.language == "ja"
    assert languages(contents) == {"ja"}


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "lang: en\n"},
        {"_config.yml": "source_dir: source\nlanguage: en\n"},
        {"hugo.toml": "defaultContentLanguage = 'en'\n"},
        {"hugo.toml": "languageCode = 'en-us'\n"},
        {"config.toml": "base_url = 'https://example.org/'\ndefault_language = 'en'\n"},
    ],
)
def test_a_language_that_is_named_holds_whatever_posts_are_in(
    tmp_path: Path, files: dict[str, str]
) -> None:
    write(tmp_path, files)
    folder = "source/_posts/" if "source" in str(files) else "content/posts/"
    folder = "_posts/2026-01-02-" if files.get("_config.yml") == "lang: en\n" else folder
    contents = site_of(tmp_path, {JA: 4}, folder)
    assert contents.site.language == "en"
    assert languages(contents) == {"en"}


def test_the_operator_knows_better(tmp_path: Path) -> None:
    site_of(tmp_path, {JA: 4})
    site = Overrides(language="tr").over(read_site(tmp_path)[0])
    assert read_folder(tmp_path, site=site).site.language == "tr"


def test_posts_that_name_their_language_keep_it_and_leave_the_others_theirs(tmp_path: Path) -> None:
    stated = f"---\ntitle: A\nlang: ja\n---\n{JA}\n"
    write(tmp_path, {f"{number}.md": stated for number in range(5)})
    write(tmp_path, {"6.ja.md": JA, "a.md": f"---\ntitle: B\n---\n{TR}\n"})
    contents = read_folder(tmp_path)
    assert contents.site.language == "tr"
    assert {post.path: post.lang for post in contents.posts}["a.md"] == "tr"
    (tmp_path / "a.md").unlink()
    assert read_folder(tmp_path).site.language == "ja"


def test_what_cannot_be_read_has_no_say(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"---\ntitle: [\n---\n{TR}\n", "b.md": f"{TR}\n"})
    (tmp_path / "c.md").symlink_to("nowhere.md")
    (tmp_path / "d.md").write_bytes(TR.encode("utf-16"))
    assert read_folder(tmp_path).site.language == "tr"


def test_a_post_is_asked_once_and_again_when_it_changes(tmp_path: Path) -> None:
    site_of(tmp_path, {TR: 1})
    file = tmp_path / "p0-0.md"
    known: dict[str, Sample] = {}

    def language() -> str:
        return content_paths(tmp_path, read_site(tmp_path)[0], [], known)[0].language

    assert language() == "tr"
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace(TR, EN), encoding="utf-8")
    os.truncate(file, before.st_size)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert language() == "tr"  # not read again, as the file looks the same
    os.utime(file)
    assert language() == "en"
    file.unlink()
    assert language() == "en"
    assert known == {}


def test_so_many_posts_are_asked_and_no_more(tmp_path: Path) -> None:
    site_of(tmp_path, {EN: MOST_READ + 20})
    known: dict[str, Sample] = {}
    content_paths(tmp_path, read_site(tmp_path)[0], [], known)
    assert len(known) == MOST_READ


def test_an_index_reads_all_again_when_the_language_of_most_changes(tmp_path: Path) -> None:
    site_of(tmp_path, {TR: 2})
    site, _ = read_site(tmp_path)
    index = Index(tmp_path)
    first = index.scan(site)
    index.read()
    assert languages(index.contents()) == {"tr"}
    site_of(tmp_path, {TR: 2, EN: 3})
    assert index.scan(site) != first
    index.read()
    assert languages(index.contents()) == {"en"}


def test_a_guess_is_told_and_nothing_advised(tmp_path: Path) -> None:
    contents = site_of(tmp_path, {TR * 4: 4, EN * 4: 1, CS: 1})
    summary = summarise(tmp_path, contents)
    assert summary.guessed == "tr"
    assert summary.in_other_language == (("p1-0.md", "en"),)  # the Czech one is too short to say
