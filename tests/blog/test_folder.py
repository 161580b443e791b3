from pathlib import Path

import pytest

from bot.blog.files.reading import NoContentError, read_body, read_folder
from tests.blog.conftest import write


def test_posts_are_found_in_every_folder_and_form(tmp_path: Path) -> None:
    paths = ["a.md", "b/c.markdown", "b/d/e.mdx", "b/f.Rmd", "posts/g/index.md"]
    write(tmp_path, dict.fromkeys(paths, "---\ntitle: A\n---\nText"))
    write(tmp_path, {"x.txt": "", ".git/a.md": "", "node_modules/p/readme.md": "", "README.md": ""})
    contents = read_folder(tmp_path)
    assert [post.path for post in contents.posts] == paths
    assert contents.faults == ()


def test_of_a_source_and_its_rendering_one_post_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {"a.Rmd": "A", "a.md": "# A"})
    assert [post.path for post in read_folder(tmp_path).posts] == ["a.md"]


def test_a_missing_folder_is_refused_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(NoContentError, match="AFTERWORD_CONTENT"):
        read_folder(tmp_path / "none")


def test_an_empty_folder_is_a_fault_that_names_its_setting(tmp_path: Path) -> None:
    (fault,) = read_folder(tmp_path).faults
    assert "AFTERWORD_CONTENT" in fault.advice


def test_the_same_slug_twice_is_a_fault_naming_both_files(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("p/a.md", "p/b.md"), "---\ntitle: A\nslug: x\n---\n"))
    contents = read_folder(tmp_path)
    assert [post.slug for post in contents.posts] == ["x", "p-x"]
    (fault,) = contents.faults
    assert fault.path == "p/b.md"
    assert "p/a.md" in fault.message


def test_the_same_slug_at_different_addresses_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "baseURL = 'https://example.org/'\n"})
    text = "---\ntitle: A\nslug: x\ndate: 2026-01-01\n---\n"
    write(tmp_path, dict.fromkeys(("content/posts/a.md", "content/notes/b.md"), text))
    contents = read_folder(tmp_path)
    assert [post.slug for post in contents.posts] == ["x", "posts-x"]
    assert contents.faults == ()
    write(tmp_path, {"content/notes/c.md": text})
    assert [fault.path for fault in read_folder(tmp_path).faults] == ["content/notes/c.md"]


def test_of_r_markdown_hugo_builds_what_was_made_of_it(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "baseURL = 'https://example.org/'\n"})
    for name in ("a.Rmd", "a.html", "b.Rmd", "b.md", "c.Rmd", "d.mdx"):
        write(tmp_path, {f"content/posts/{name}": "---\ntitle: A\n---\n"})
    paths = [post.path for post in read_folder(tmp_path).posts]
    assert paths == ["content/posts/a.Rmd", "content/posts/b.md"]


def test_content_that_is_configured_to_be_elsewhere_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"site/hugo.toml": "contentDir = '../secret'\n", "secret/a.md": "secret"})
    assert read_folder(tmp_path / "site").posts == ()


def test_translations_may_share_a_slug(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("a.md", "a.tr.md"), "---\ntitle: A\n---\n"))
    contents = read_folder(tmp_path)
    assert [post.name for post in contents.posts] == ["en:a", "tr:a"]
    assert contents.faults == ()


def test_translations_at_one_place_are_one_essay_whatever_their_slugs(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nslug: dream\n---\n", "a.tr.md": "---\nslug: rüya\n---\n"})
    assert {post.essay for post in read_folder(tmp_path).posts} == {"dream"}


def test_one_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\ntitle: a: b\n---\n", "b.md": "---\ntitle: B\n---\n"})
    (tmp_path / "c.md").write_bytes(b"\0\1\2")
    contents = read_folder(tmp_path)
    assert [post.path for post in contents.posts] == ["a.md", "b.md"]
    assert [fault.path for fault in contents.faults] == ["a.md", "c.md"]


def test_links_that_loop_or_leave_the_folder_are_faults(tmp_path: Path) -> None:
    root = tmp_path / "content"
    write(root, {"a/b.md": "---\ntitle: B\n---\n"})
    write(tmp_path, {"secret.md": "secret"})
    (root / "a" / "loop").symlink_to(root)
    (root / "a" / "secret.md").symlink_to(tmp_path / "secret.md")
    contents = read_folder(root)
    assert [post.path for post in contents.posts] == ["a/b.md"]
    assert [fault.path for fault in contents.faults] == ["a/loop", "a/secret.md"]


def test_a_folder_that_a_hidden_link_leads_to_is_read_through_another_link(tmp_path: Path) -> None:
    write(tmp_path, {".releases/1/a.md": "# A"})
    (tmp_path / ".current").symlink_to(".releases/1")
    (tmp_path / "posts").symlink_to(".current")
    contents = read_folder(tmp_path)
    assert [post.path for post in contents.posts] == ["posts/a.md"]
    assert contents.faults == ()


def test_a_link_to_itself_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A"})
    (tmp_path / "b.md").symlink_to("b.md")
    contents = read_folder(tmp_path)
    assert [post.path for post in contents.posts] == ["a.md"]
    assert [fault.path for fault in contents.faults] == ["b.md"]


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.md": "---\ntitle: A\n---\n" for name in "abc"})
    told: list[tuple[int, int]] = []
    read_folder(tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_body_is_read_when_it_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\ntitle: A\n---\n\nText.\n"})
    (post,) = read_folder(tmp_path).posts
    assert read_body(tmp_path, post).markdown == "\nText.\n"
    (tmp_path / "a.md").unlink()
    assert read_body(tmp_path, post).markdown == ""


def test_the_closing_lines_hold_as_long_as_the_file_does(tmp_path: Path) -> None:
    asks = "Text.\n\nWhat do you keep that is of no use?\n"
    write(tmp_path, {"a.md": f"---\ntitle: A\n---\n{asks}"})
    (post,) = read_folder(tmp_path).posts
    assert read_body(tmp_path, post) == (asks, (2, 3), None)
    write(tmp_path, {"a.md": f"---\ntitle: A\n---\nNew.\n\nMore.\n\n{asks}"})
    assert read_body(tmp_path, post).closing is None


def test_questions_can_be_left_for_later(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\ntitle: A\n---\nText.\n\nWhat do you think?\n", "b.md": "# B"})
    contents = read_folder(tmp_path, questions=False)
    assert contents.pending == {"a.md"}
    assert contents.posts[0].questions == ()


def test_a_language_in_capitals_is_that_language(tmp_path: Path) -> None:
    """Hugo 0.111 lists no such bundle, and the file as a page of the default language."""
    text = "---\ntitle: A\n---\nText.\n"
    write(
        tmp_path,
        {
            "hugo.toml": "[languages.en]\nweight = 1\n[languages.pt-BR]\nweight = 2\n",
            "content/x/index.md": text,
            "content/x/index.pt-BR.md": text,
            "content/y.pt-BR.md": text,
        },
    )
    posts = read_folder(tmp_path).posts
    assert [(post.lang, post.essay) for post in posts] == [
        ("en", "x"),
        ("pt-br", "x"),
        ("pt-br", "y.pt-br"),
    ]
    assert [post.route for post in posts] == ["/x/", "/pt-br/x/", "/y.pt-br/"]
