"""Who builds a site, and where it keeps its posts, is told by its files."""

from pathlib import Path

import pytest

from bot.blog.files.layout import layout
from bot.blog.files.reading import read_body, read_folder

DATED = "---\ntitle: {}\ndate: 2024-03-01\n---\n\nIt rained.\n"


def site(root: Path, files: dict[str, str]) -> Path:
    """Write files; one without a text is a post that is called after it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or DATED.format(path.stem.capitalize()), encoding="utf-8")
    return root


def urls(root: Path) -> dict[str, str | None]:
    contents = read_folder(root)
    assert contents.faults == ()
    return {post.path: post.url for post in contents.posts if post.kind == "essay"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "next.config.mjs": "",
                "data/siteMetadata.js": "module.exports = { siteUrl: 'https://a.example' }",
                "data/blog/rain.mdx": "",
                "data/authors/default.mdx": "",
                "public/static/read.md": "",
            },
            {"data/blog/rain.mdx": "https://a.example/blog/rain"},
        ),
        (
            {"next.config.ts": "", "app/rain/page.mdx": "", "app/rain/a.md": "", "docs/a.md": ""},
            {"app/rain/page.mdx": None},
        ),
        (
            {
                "docusaurus.config.ts": (
                    "export default { url: 'https://a.example', baseUrl: '/', presets: [["
                    "'classic', { blog: { routeBasePath: '/', showReadingTime: true } }]] };"
                ),
                "blog/2024/03/02/rain.md": "",
                "blog/2024-03-01-snow.md": "",
            },
            {
                "blog/2024/03/02/rain.md": "https://a.example/2024/03/02/rain",
                "blog/2024-03-01-snow.md": "https://a.example/2024/03/01/snow",
            },
        ),
        (
            {
                "mkdocs.yml": (
                    "site_url: https://a.example/x/\ndocs_dir: text\nplugins:\n  - material/blog:\n"
                    "      blog_dir: news\n      post_url_format: '{slug}'\n"
                ),
                "text/news/posts/rain.md": "---\ndate: 2024-03-01\n---\n# Rain, again!\n",
                "text/guide.md": "",
            },
            {"text/news/posts/rain.md": "https://a.example/x/news/rain-again/"},
        ),
        (
            {
                "pelicanconf.py": (
                    "SITEURL = ''\nARTICLE_URL = 'posts/{date:%Y}/{date:%m}/{slug}/'\n"
                ),
                "publishconf.py": "SITEURL = 'https://a.example'",
                "content/rain.md": "Title: Rain in Café\nDate: 2024-03-01\n\nIt rained.\n",
            },
            {"content/rain.md": "https://a.example/posts/2024/03/rain-in-cafe/"},
        ),
        (
            {"CNAME": "a.example\n", "_config.yml": "title: A\n", "_posts/2024-03-01-rain.md": ""},
            {"_posts/2024-03-01-rain.md": "https://a.example/2024/03/01/rain.html"},
        ),
        (
            {"static/CNAME": "www.a.example", "hugo.toml": "x='A'", "content/posts/rain.md": ""},
            {"content/posts/rain.md": "https://www.a.example/posts/rain/"},
        ),
        (
            {"CNAME": "not a name", "posts/rain.md": ""},
            {"posts/rain.md": None},
        ),
        (
            {
                "gatsby-config.ts": "siteMetadata: { siteUrl: `https://a.example` }",
                "content/posts/rain.md": "",
            },
            {"content/posts/rain.md": "https://a.example/rain/"},
        ),
        (
            {
                "vitepress/.gitkeep": "x",
                ".vitepress/config.ts": (
                    "export default { base: '/b/', cleanUrls: true, "
                    "sitemap: { hostname: 'https://a.example' } }"
                ),
                "posts/rain.md": "",
            },
            {"posts/rain.md": "https://a.example/b/posts/rain"},
        ),
        (
            {
                "next.config.js": "module.exports = { output: 'export', trailingSlash: true }",
                "CNAME": "a.example",
                "public/rain/index.md": "",
                "public/rain/notes.md": "",
                "public/fonts/LICENSE.md": "",
            },
            {"public/rain/index.md": "https://a.example/rain/"},
        ),
        (
            {
                "docusaurus.config.js": (
                    "module.exports = {\n  // url: 'https://old.example',\n"
                    "  /* url: 'https://older.example', */\n"
                    "  url: 'https://a.example', baseUrl: '/b/',\n};"
                ),
                "blog/2024-03-01-rain.md": "---\ntitle: Rain\nslug: wet\n---\nIt rained.\n",
            },
            {"blog/2024-03-01-rain.md": "https://a.example/b/blog/wet"},
        ),
        (
            {
                "gatsby-config.js": "siteMetadata: { siteUrl: 'https://a.example' }",
                "content/blog/2024-03-01-rain.md": "",
                "content/blog/snow/index.md": "",
                "content/blog/snow/index.tr.md": "",
            },
            {
                "content/blog/2024-03-01-rain.md": "https://a.example/2024-03-01-rain/",
                "content/blog/snow/index.md": "https://a.example/snow/",
                "content/blog/snow/index.tr.md": "https://a.example/tr/snow/",
            },
        ),
        (
            {
                "quartz.config.ts": (
                    "configuration: { baseUrl: 'a.example/b', locale: 'en-GB',\n"
                    "  ignorePatterns: ['private', 'templates'] }"
                ),
                "content/Rain & wind/On rain.md": "",
                "content/private/diary.md": "",
                "content_backup/rain.md": "",
            },
            {"content/Rain & wind/On rain.md": "https://a.example/b/Rain--and--wind/On-rain"},
        ),
        (
            {
                ".obsidian/templates.json": '{"folder": "Meta/Forms"}',
                "Meta/Forms/Essay.md": "# {{title}}\n",
                "Rain.md": "",
                "Sketch.excalidraw.md": "",
                ".trash/Old.md": "",
            },
            {"Rain.md": None},
        ),
        (
            {
                "astro.config.mjs": "export default { site: 'https://a.example' }",
                "src/content/blog/2024-03-01-rain.md": "",
                "src/content/blog/Snow at night/index.mdx": "",
                "src/content/blog/fog.md": "---\ntitle: Fog\nslug: wet\ndate: 2024-03-01\n---\n",
            },
            {
                "src/content/blog/2024-03-01-rain.md": "https://a.example/blog/2024-03-01-rain/",
                "src/content/blog/Snow at night/index.mdx": "https://a.example/blog/snow-at-night/",
                "src/content/blog/fog.md": "https://a.example/blog/wet/",
            },
        ),
        (
            {
                "_quarto.yml": "website:\n  site-url: https://a.example/\n",
                "posts/rain/index.qmd": "",
                "posts/2024-03-01-snow.qmd": "",
                "posts/_metadata.md": "",
                "_extensions/a/a.qmd": "",
            },
            {
                "posts/rain/index.qmd": "https://a.example/posts/rain/",
                "posts/2024-03-01-snow.qmd": "https://a.example/posts/2024-03-01-snow.html",
            },
        ),
    ],
)  # fmt: skip
def test_posts_are_found_where_the_generator_keeps_them(
    tmp_path: Path, files: dict[str, str], expected: dict[str, str | None]
) -> None:
    assert urls(site(tmp_path, files)) == expected


def test_what_is_left_out_is_told_with_its_reason(tmp_path: Path) -> None:
    root = site(
        tmp_path,
        dict.fromkeys(
            [
                "posts/rain.md",
                "posts/rain.small.md",
                "posts/rain.tr.md",
                "posts/rain.draft.mdx",
                "posts/snow.draft.md",
                "docs/guide.md",
                "content_backup/rain.md",
                "themes/plain/exampleSite/content/post.md",
                "node_modules/a/a.md",
                "static/empty.txt",
            ],
            "",
        )
        | {"posts/README.md": "# How to write\n", "posts/deep/readme.md": DATED.format("Deep")},
    )
    contents = read_folder(root)
    paths = {post.path for post in contents.posts}
    assert paths == {
        "posts/rain.md", "posts/rain.tr.md", "posts/snow.draft.md", "posts/deep/readme.md"
    }  # fmt: skip
    found = layout(root, contents.site, paths)
    assert (found.name, found.read) == ("", ("",))
    assert dict(found.left_out) == {
        "docs": "documentation",
        "content_backup": "a copy",
        "themes": "a theme or its example",
        "node_modules": "other people's code",
    }
    assert found.variants == ("posts/rain.draft.mdx", "posts/rain.small.md")
    assert found.readmes == ("posts/README.md",)


def test_documentation_is_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    assert urls(site(tmp_path, {"docs/rain.md": ""})) == {"docs/rain.md": None}


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        ("next.config.js", "of a Next.js site (.md, .markdown, .mdx, .rmd, .qmd) in data/blog/, "),
        ("docusaurus.config.js", "of a Docusaurus site"),
        ("hugo.toml", "of a Hugo site (.md, .markdown) in content/."),
        ("notes.txt", "Looked for posts (.md"),
    ],
)
def test_what_was_looked_for_is_told_where_nothing_is_found(
    tmp_path: Path, configuration: str, words: str
) -> None:
    (fault,) = read_folder(site(tmp_path, {configuration: "x = 1\n"})).faults
    assert words in fault.message


@pytest.mark.parametrize("folders", [("a/rain", "b/rain"), ("2024/rain", "2025/rain")])
def test_a_slug_twice_is_no_fault_where_the_addresses_differ(
    tmp_path: Path, folders: tuple[str, str]
) -> None:
    contents = read_folder(site(tmp_path, {f"{folder}.md": "" for folder in folders}))
    assert contents.faults == ()
    first, second = contents.posts
    assert first.slug == "rain"
    assert second.slug.endswith("-rain")


def test_a_slug_twice_is_a_fault_where_the_addresses_clash(tmp_path: Path) -> None:
    text = "---\ntitle: Rain\nslug: rain\n---\nText.\n"
    (fault,) = read_folder(site(tmp_path, {"a.md": text, "b.md": text})).faults
    assert (fault.path, "is that of a.md too" in fault.message) == ("b.md", True)


def test_a_site_tells_its_time_zone_and_language(tmp_path: Path) -> None:
    configuration = "TIMEZONE = 'Europe/Istanbul'\nDEFAULT_LANG = 'tr'\n"
    rain = "Title: Yağmur\nDate: 2024-03-01 09:30\n\nYağdı.\n"
    root = site(tmp_path, {"pelicanconf.py": configuration, "content/rain.md": rain})
    (post,) = read_folder(root).posts
    assert (post.lang, post.date and post.date.isoformat()) == ("tr", "2024-03-01T09:30:00+03:00")


@pytest.mark.parametrize(
    ("files", "is_shown"),
    [
        ({"hugo.toml": "enableEmoji = true\n", "content/posts/rain.md": ""}, True),
        ({"hugo.toml": "title = 'A'\n", "content/posts/rain.md": ""}, False),
        ({"_config.yml": "plugins: [jemoji]\n", "_posts/2024-03-01-rain.md": ""}, True),
        ({"config.toml": "base_url = 'https://a.example'\n[markdown]\nrender_emoji = true\n",
          "content/rain.md": ""}, True),
        ({"mkdocs.yml": "markdown_extensions:\n  - pymdownx.emoji\nplugins: [blog]\n",
          "docs/blog/posts/rain.md": ""}, True),
        ({"docusaurus.config.js": "x", "blog/rain.md": ""}, True),
        ({"posts/rain.md": ""}, False),
    ],
)  # fmt: skip
def test_names_of_emoji_are_characters_where_the_site_turns_them_on(
    tmp_path: Path, files: dict[str, str], *, is_shown: bool
) -> None:
    text = (
        "---\ntitle: Rain\ndate: 2024-03-01\n---\n\n"
        ":tada: at 10:30:20 in `:tada:` :+1: :nothing: a:tada:\n"
        "https://a.example/:tada:/ [a](/:tada:)\n\n```\n:tada:\n```\n\n    :tada:\n\nWhy :cry:?\n"
    )
    (path,) = [name for name, text in files.items() if not text]
    root = site(tmp_path, {**files, path: text})
    contents = read_folder(root)
    (post,) = contents.posts
    body = read_body(root, post, contents.site).markdown
    assert body.count(":tada:") == (6 if is_shown else 7)
    assert ("🎉 at 10:30:20 in `:tada:` 👍 :nothing: a:tada:" in body) is is_shown
    assert ("Why 😢?" in body) is is_shown
