"""A wikilink leads where Obsidian would follow it, as far as readers can go."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.blog.site.configuration import Overrides
from bot.blog.wikilinks import Wikilinks
from bot.core.post import Post
from bot.core.site import Site
from bot.discussion.lookup import read_pages
from tests.blog.conftest import NOW, OpenBlog


def post(path: str, **fields: object) -> Post:
    values: dict[str, object] = {
        "title": path,
        "url": f"https://blog.example/{path.rpartition('.')[0].lower().replace(' ', '-')}/",
        **fields,
    }
    return Post(path=path, lang="en", slug=path, essay=path, **values)  # type: ignore[arg-type]


HERE = post("notes/mind/Here.md")
POSTS = [
    HERE,
    post("notes/mind/Dream.md"),
    post("notes/Dream.md"),
    post("archive/Dream.md"),
    post("people/Jung.md", aliases=("Carl Gustav",), title="C. G. Jung"),
    post("2024-01-02-dated.md"),
    post("bundle/index.md"),
    post("Hidden.md", draft=True),
    post("Later.md", date=datetime(2027, 1, 1, tzinfo=UTC)),
    post("Nowhere.md", url=None),
]


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("Dream", "notes/mind/dream/"),
        ("dream.md", "notes/mind/dream/"),
        ("archive/Dream", "archive/dream/"),
        ("/archive/Dream", "archive/dream/"),
        ("../Dream", "notes/mind/dream/"),
        ("Jung", "people/jung/"),
        ("people/Jung#Early Years, and after", "people/jung/#early-years-and-after"),
        ("Jung#One#Two", "people/jung/#two"),
        ("Jung#^a1b2", "people/jung/"),
        ("carl gustav", "people/jung/"),
        ("C. G. Jung", "people/jung/"),
        ("dated", "2024-01-02-dated/"),
        ("2024-01-02-dated", "2024-01-02-dated/"),
        ("bundle", "bundle/index/"),
        ("#Below", "notes/mind/here/#below"),
        ("people/Dream", None),
        ("Hidden", None),
        ("Later", None),
        ("Nowhere", None),
        ("Nobody", None),
        ("/", None),
    ],
)
def test_a_note_is_found_by_name_path_title_or_alias(name: str, leads_to: str | None) -> None:
    find = Wikilinks(POSTS, Site()).finder(HERE, NOW)
    assert find(name) == (leads_to and f"https://blog.example/{leads_to}")


def test_without_a_moment_only_drafts_are_hidden() -> None:
    find = Wikilinks(POSTS, Site()).finder(HERE)
    assert find("Later") == "https://blog.example/later/"
    assert find("Hidden") is None


def test_the_own_language_comes_before_the_nearest_folder() -> None:
    other = replace(post("notes/mind/Word.md"), lang="tr")
    own = post("far/away/Word.md")
    assert Wikilinks([other, own], Site()).finder(HERE, NOW)("Word") == own.url


async def test_a_page_links_to_the_post_that_a_wikilink_names(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    (tmp_path / "a.md").write_text("# A\n\nSee [[b|the other]], [[B title]] and [[nobody]].\n")
    (tmp_path / "b.md").write_text("---\ntitle: B title\ndate: 2024-01-01\n---\nText.\n")
    blog = await open_blog(tmp_path, overrides=Overrides("https://blog.example"))
    here, there = blog.catalog.at("a.md"), blog.catalog.at("b.md")
    assert here is not None
    assert there is not None
    (page,) = await read_pages(blog, here)
    link = f"(<{there.url}>)"
    assert page.endswith(f"See [the other]{link}, [B title]{link} and nobody.")
