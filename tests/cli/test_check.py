"""`check`: what a folder was taken for, its faults, and what is worth knowing of it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Type, essay, write


def test_check_of_a_sound_folder_tells_only_its_summary(type_in: Type, blog: Path) -> None:
    ran = type_in("check", blog)
    assert ran.status == 0
    assert ran.out == (
        "Taken for: Hugo. Read: content/.\n"
        "3 essays (3 en, 1 tr), 2 with questions, 2 untranslated, 1 draft, 0 undated, "
        "0 other pages, 0 faults.\n"
    )


def test_the_summary_names_what_an_author_may_not_know(type_in: Type, tmp_path: Path) -> None:
    german = (
        "Der Regen fiel die ganze Nacht auf das Dach, und niemand im Haus konnte schlafen. " * 9
    )
    write(tmp_path, "posts/regen.md", essay("Regen", "2026-01-02", german))
    for number in range(7):
        again = essay(f"Rain {number}", "2026-01-02", "It fell.").replace("weather", "Weather")
        write(tmp_path, f"posts/rain-{number}.md", again)
    ran = type_in("check", tmp_path / "posts")
    assert "Seem to be in another language than the site says: regen.md (de).\n" in ran.out
    assert "Tags that differ only in case or accents: Weather / weather.\n" in ran.out


def test_the_summary_names_what_is_untranslated_of_a_blog_that_is_mostly_translated(
    type_in: Type, blog: Path
) -> None:
    assert "Untranslated" not in type_in("check", blog).out
    write(blog, "content/posts/snow.tr.md", essay("Kar", "2026-02-03", "Yağdı."))
    assert "Untranslated: content/posts/fog.md.\n" in type_in("check", blog).out


def test_the_summary_names_only_some_of_many(type_in: Type, blog: Path) -> None:
    for number in range(18):
        write(blog, f"content/posts/rain-{number:02}.md", essay("Rain", "2026-01-02", "It fell."))
    for number in range(9, 18):
        again = essay("Yağmur", "2026-01-02", "Yağdı.")
        write(blog, f"content/posts/rain-{number:02}.tr.md", again)
    write(blog, "content/posts/snow.tr.md", essay("Kar", "2026-02-03", "Yağdı."))
    assert "content/posts/rain-03.md and 5 more.\n" in type_in("check", blog).out


def test_the_summary_says_what_of_a_site_is_not_read_and_what_is_not_linked(
    type_in: Type, blog: Path
) -> None:
    write(blog, "hugo.toml", "title = 'No address'\n")
    write(blog, "content/posts/a.org", "#+TITLE: A\n")
    write(blog, "content/posts/b.html", "---\ntitle: B\n---\n<p>B</p>\n")
    write(blog, "content/posts/c.html", "<p>no page</p>\n")
    write(blog, "content/posts/d.org", "#+TITLE: D\n")
    write(blog, "content/posts/bundle/index.md", essay("Bundle", "2026-01-02", "It fell."))
    write(blog, "content/posts/bundle/e.org", "a page of the bundle\n")
    out = type_in("check", blog).out
    assert "Pages of the site that are not read, as only Markdown is: 2 .org, 1 .html.\n" in out
    assert "no address to link to: set it there, or AFTERWORD_SITE.\n" in out
    [*_, post] = type_in("posts", "--json", blog).lines
    assert post["url"] == "/posts/snow/"


BAD: dict[str, tuple[str | bytes, int | None, str]] = {
    "broken.md": ("---\ntitle: [broken\n---\nBody.\n", 3, "front matter cannot be read"),
    "latin.md": ("---\ntitle: Caf\xe9\n---\nBody.\n".encode("latin-1"), 2, "not UTF-8"),
    "open.md": ("---\ntitle: Open\nBody.\n", 1, "never closed"),
    "twice.md": (essay("Twice", "2026-01-02", "Why?", "slug: rain\n"), None, "content/posts/rain"),
    "binary.md": (b"\0\1\2\3", None, "binary"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_told_with_its_place_and_the_other_posts_are_unaffected(
    type_in: Type, blog: Path, name: str
) -> None:
    sound = type_in("posts", "--json", blog).lines
    text, line, words = BAD[name]
    write(blog, f"content/posts/{name}", text)
    checked, listed = type_in("check", blog), type_in("posts", "--json", blog)
    place = f"content/posts/{name}" + (f":{line}" if line else "")
    assert (checked.status, listed.status) == (1, 1)
    _, told, *_ = checked.out.splitlines()
    assert told.startswith(f"{place}: ")
    assert words in checked.out
    assert checked.out.endswith(" 1 fault.\n")
    assert listed.err.splitlines() == [told]
    assert [post for post in listed.lines if post in sound] == sound


def test_check_tells_all_faults_at_once_as_json_too(type_in: Type, blog: Path) -> None:
    for name, (text, _, _) in BAD.items():
        write(blog, f"content/posts/{name}", text)
    ran = type_in("check", "--json", blog)
    assert [list(fault) for fault in ran.lines] == [["path", "line", "message", "advice"]] * 5
    assert {fault["path"] for fault in ran.lines} == {f"content/posts/{name}" for name in BAD}
    assert ran.err.endswith(" 5 faults.\n")


def test_what_is_so_of_many_files_is_said_once_with_each_of_their_places(
    type_in: Type, blog: Path
) -> None:
    for number in range(4):
        text = "---\ntitle: A\ndate: 2026-01-02\ntitle: A\n---\nText.\n"
        write(blog, f"content/posts/twice-{number}.md", text)
    write(blog, "content/posts/broken.md", "---\ntitle: [broken\n---\nBody.\n")
    told = type_in("check", blog).out.splitlines()
    assert told[1].startswith("4 times: The key “title” stands twice in the front matter")
    assert told[2:6] == [f"  content/posts/twice-{number}.md:4" for number in range(4)]
    assert told[6].startswith("content/posts/broken.md:3: ")
    assert told[-1].endswith(" 5 faults.")


@pytest.mark.usefixtures("odd_code")
def test_an_essay_that_cannot_be_shown_is_a_fault_of_that_essay(type_in: Type, blog: Path) -> None:
    write(blog, "content/posts/odd.md", essay("Odd", "2026-01-02", "One.\n\n``` odd\nx\n```\n"))
    ran = type_in("check", blog)
    assert ran.status == 1
    assert "content/posts/odd.md:14: The essay cannot be shown in Discord (ZeroDiv" in ran.out
    assert ran.out.endswith(" 1 fault.\n")
    (fault,) = type_in("check", "--json", blog).lines
    assert (fault["path"], fault["line"]) == ("content/posts/odd.md", 14)
    shown = type_in("preview", blog, "odd")
    assert shown.status == 2
    assert "cannot be shown in Discord" in shown.err
    assert "Traceback" not in shown.err


def test_a_file_that_may_not_be_read_is_a_fault(type_in: Type, blog: Path) -> None:
    (blog / "content/posts/link.md").symlink_to(blog / "nowhere.md")
    ran = type_in("check", blog)
    assert ran.status == 1
    assert "content/posts/link.md: " in ran.out
