"""`afterword related` on folders and on a bot's database."""

from pathlib import Path

import pytest

from bot.blog.files.reading import read_body, read_folder
from bot.blog.indexed import indexed_post, is_indexed
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.passages.index import index_posts
from tests.cli.conftest import NOW, Type, essay, write


@pytest.fixture
def linked(blog: Path) -> Path:
    """The blog, where one more essay links to another, and one more shares a rare word."""
    for name in ("hail", "sleet"):
        words = f"The {name} fell on a barometer. [Rain](/posts/rain/) came later."
        write(blog, f"content/posts/{name}.md", essay(name.title(), "2026-01-05", words))
    write(blog, "content/posts/bread.md", essay("Bread", "2026-01-06", "Flour and a *barometer*."))
    write(blog, "content/search.md", "---\ntitle: Search\nlayout: search\n---\n")
    return blog


def test_json_has_a_row_for_each_essay_with_the_keys_that_were_promised(
    type_in: Type, linked: Path
) -> None:
    ran = type_in("related", linked, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert [row["path"] for row in ran.lines] == [
        f"content/posts/{name}.md"
        for name in ("bread", "fog", "hail", "rain", "rain.tr", "sleet", "snow")
    ]
    assert all(list(row) == ["path", "slug", "lang", "related"] for row in ran.lines)
    hail = ran.lines[2]["related"]
    assert all(list(one) == ["path", "slug", "score", "because"] for one in hail)
    assert hail[0]["path"] == "content/posts/rain.md"
    assert hail[0]["score"] > 1 > hail[1]["score"]
    assert "barometer" in next(one for one in hail if one["slug"] == "bread")["because"]
    assert all(one["slug"] != "fog" for row in ran.lines for one in row["related"])


def test_drafts_and_essays_without_another_have_nothing_related(
    type_in: Type, linked: Path
) -> None:
    rows = {row["path"]: row for row in type_in("related", linked, "--json").lines}
    assert rows["content/posts/fog.md"]["related"] == []
    assert rows["content/posts/rain.tr.md"]["related"] == []


def test_two_runs_write_the_same_bytes(type_in: Type, linked: Path) -> None:
    first = type_in("related", linked, "--json").out
    assert type_in("related", linked, "--json").out == first


def test_one_essay_is_chosen_by_its_name(type_in: Type, linked: Path) -> None:
    (row,) = type_in("related", linked, "en:rain", "--json").lines
    assert row["slug"] == "rain"
    assert {one["slug"] for one in row["related"][:2]} == {"hail", "sleet"}
    ran = type_in("related", linked, "raim")
    assert ran.status == 2
    assert "rain" in ran.err


def test_an_essay_that_nothing_goes_with_is_told_so(type_in: Type, tmp_path: Path) -> None:
    write(tmp_path, "fog.md", essay("Fog", "2026-01-05", "It lay on the quay."))
    ran = type_in("related", tmp_path)
    assert "—" in ran.out
    assert ran.err == "No essay here reads well with it: they share too little.\n"


def test_tables_csv_and_markdown_say_the_same(type_in: Type, linked: Path) -> None:
    table = type_in("related", linked, "en:hail").out
    assert "Rain" in table
    assert "barometer" in table
    rows = type_in("related", linked, "en:hail", "--format", "csv").rows
    assert (rows[0]["path"], rows[0]["related_slug"]) == ("content/posts/hail.md", "rain")
    markdown = type_in("related", linked, "en:hail", "--format", "md").out
    assert markdown.startswith("## Hail\n\n- [Rain](<https://example.org/posts/rain/>)")
    assert "*barometer*" in markdown


@pytest.mark.parametrize("kept", ["whole", "stale", "old", "other", "none"])
def test_a_database_changes_nothing_about_the_answer(
    type_in: Type, linked: Path, tmp_path: Path, kept: str
) -> None:
    file = tmp_path / "bot.db"
    if kept == "other":
        file.write_text("no database")
    elif kept != "none":
        contents = read_folder(linked)
        db = open_database(file)
        posts = record_posts(db, contents.posts, NOW).posts
        with db.atomic():
            index_posts(
                db,
                [
                    indexed_post(post, read_body(linked, post, contents.site).markdown)
                    for post in posts
                    if is_indexed(post) and (kept == "whole" or post.slug != "bread")
                ],
            )
        if kept == "old":
            db.execute("drop table post_links")
            db.execute("drop table passages")
            db.execute("drop table indexed_posts")
        db.close()
    plain = type_in("related", linked, "--json").out
    assert type_in("related", linked, "--json", "--database", file).out == plain
