from pathlib import Path

import pytest

from bot.blog.files.reading import Contents, read_folder
from bot.blog.site.configuration import read_site
from bot.core.post import Post
from bot.core.site import Language, Site
from tests.blog.conftest import write

POST = "---\ntitle: A title\ndate: 2026-03-01T23:30:00-05:00\n---\nText.\n"


def read(root: Path, files: dict[str, str]) -> Contents:
    write(root, files)
    return read_folder(root)


def one(root: Path, files: dict[str, str]) -> Post:
    (post,) = read(root, files).posts
    return post


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("", "/essays/2026/03/01/on-dreams.html"),
        ("permalink: pretty", "/essays/2026/03/01/on-dreams/"),
        ("permalink: /:year/:title", "/2026/on-dreams"),
        ("permalink: /:categories/:title:output_ext", "/essays/on-dreams.html"),
        ("permalink: ordinal", "/essays/2026/060/on-dreams.html"),
        ("permalink: none", "/essays/on-dreams.html"),
    ],
)
def test_jekyll_gives_addresses_by_its_styles(tmp_path: Path, permalink: str, path: str) -> None:
    settings = f"url: https://example.org\nbaseurl: /b\n{permalink}\n"
    text = "---\ntitle: On dreams\ncategories: Essays\n---\nText.\n"
    post = one(tmp_path, {"_config.yml": settings, "_posts/2026-03-01-on-dreams.md": text})
    assert post.url == f"https://example.org/b{path}"
    assert (post.kind, post.slug) == ("essay", "on-dreams")


def test_jekyll_builds_posts_drafts_and_pages(tmp_path: Path) -> None:
    contents = read(
        tmp_path,
        {
            "_config.yml": "url: https://example.org\ntimezone: Europe/Istanbul\nlang: tr-TR\n",
            "_posts/deep/2026-03-01-a.md": "Text.",
            "notes/_posts/2026-03-02-b.md": "---\npermalink: /x/b/\n---\nText.",
            "_drafts/c.md": "---\ntitle: C\n---\n",
            "about.md": "---\ntitle: About\n---\n",
            "_includes/d.md": "No post.",
            "_site/e.md": "No post.",
            "README.md": "No post.",
        },
    )
    by_path = {post.path: post for post in contents.posts}
    assert set(by_path) == {
        "_posts/deep/2026-03-01-a.md",
        "notes/_posts/2026-03-02-b.md",
        "_drafts/c.md",
        "about.md",
    }
    assert by_path["_drafts/c.md"].draft
    assert by_path["about.md"].kind == "page"
    assert by_path["notes/_posts/2026-03-02-b.md"].url == "https://example.org/x/b/"
    first = by_path["_posts/deep/2026-03-01-a.md"]
    assert (first.title, first.lang) == ("A", "tr")
    assert str(first.date) == "2026-03-01 00:00:00+03:00"


def test_hexo_is_told_from_jekyll(tmp_path: Path) -> None:
    settings = (
        "url: https://example.org\nsource_dir: source\npermalink: :year/:month/:day/:title/\n"
    )
    post = one(tmp_path, {"_config.yml": settings, "source/_posts/my-post.md": POST})
    assert post.url == "https://example.org/2026/03/01/my-post/"
    assert post.kind == "essay"


def test_zola_drops_dates_from_names_and_has_languages(tmp_path: Path) -> None:
    settings = "base_url = 'https://example.org/'\ndefault_language = 'en'\n[languages.fr]\n"
    contents = read(
        tmp_path,
        {
            "config.toml": settings,
            "content/blog/_index.md": "+++\ntitle = 'Blog'\n+++\n",
            "content/blog/2026-03-01-a.md": "+++\ntitle = 'A'\n[taxonomies]\ntags = ['x']\n+++\n",
            "content/blog/2026-03-01-a.fr.md": "+++\ntitle = 'A'\n+++\n",
        },
    )
    found = [(post.name, post.kind, post.url, post.tags) for post in contents.posts]
    assert ("en:a", "essay", "https://example.org/blog/a/", ("x",)) in found
    assert ("fr:a", "essay", "https://example.org/fr/blog/a/", ()) in found
    assert ("en:blog", "page", "https://example.org/blog/", ()) in found


def test_a_program_for_a_configuration_is_read_and_never_run(tmp_path: Path) -> None:
    program = "export default defineConfig({ site: 'https://example.org/', })"
    contents = read(
        tmp_path, {"astro.config.mjs": program, "src/content/blog/a.mdx": POST, "notes.md": "No."}
    )
    assert [post.path for post in contents.posts] == ["src/content/blog/a.mdx"]
    assert contents.site.generator == "astro"
    assert contents.site.address == "https://example.org"


def test_eleventy_is_read_wherever_its_posts_are(tmp_path: Path) -> None:
    files = {"eleventy.config.js": "", "src/posts/a.md": POST, "node_modules/x/y.md": POST}
    assert one(tmp_path, files).path == "src/posts/a.md"


def test_a_bare_folder_has_the_languages_of_its_folders(tmp_path: Path) -> None:
    contents = read(tmp_path, {"en/posts/a.md": POST, "tr/posts/a.md": POST, "x/b.md": POST})
    assert [post.name for post in contents.posts] == ["en:a", "tr:a", "en:b"]
    assert contents.site.languages == (Language("en", "en"), Language("tr", "tr", "/tr"))


def test_one_folder_named_like_a_language_is_a_word(tmp_path: Path) -> None:
    assert one(tmp_path, {"it/a.md": POST}).lang == "en"


def test_main_sections_decide_what_is_an_essay(tmp_path: Path) -> None:
    settings = "baseURL: https://example.org\nparams:\n  mainSections: [thoughts]\n"
    contents = read(
        tmp_path,
        {"hugo.yaml": settings, "content/thoughts/a.md": POST, "content/posts/b.md": POST},
    )
    assert [(post.slug, post.kind) for post in contents.posts] == [("b", "page"), ("a", "essay")]


def test_a_broken_configuration_is_a_fault_and_the_posts_are_read(tmp_path: Path) -> None:
    contents = read(tmp_path, {"hugo.toml": "baseURL = \n", "content/posts/a.md": POST})
    assert [post.path for post in contents.posts] == ["content/posts/a.md"]
    assert [fault.path for fault in contents.faults] == ["hugo.toml"]


def test_an_unknown_time_zone_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text("baseURL = 'https://x.org'\ntimeZone = 'Mars/Olympus'\n")
    _, faults = read_site(tmp_path)
    assert "Mars/Olympus" in faults[0].message


def test_an_empty_folder_is_a_bare_one(tmp_path: Path) -> None:
    assert read_site(tmp_path) == (Site(guesses_language=True), [])
