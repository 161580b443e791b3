"""Pages of every form of front matter, name and address, held against `hugo list all`."""

import pytest

from tests.blog.conftest import BASE, TWO, Agree, page

READ_DATES = (
    "2026-3-1", "2026-03-01", "2026-03-01 10:00", "2026-03-01 1:02:03", "2026-03-01T10:00",
    "2026/03/01", "2026.03.01", "'Mar 1, 2026'", "01 Mar 2026", "1 Mar 2026", "01 March 2026",
    "2026-03-01 10:00:00 +0800", "2026-03-01 10:00:00 +08:00", "2026-03-01 10:00 +0800",
    "2026-03-01T10:00:00 +0800", "2026-03-01T10:00:00+0800", "2026-03-01T10:00:00.5Z",
    "2026-03-01 10:00:00Z", "2026-03-01 10:00:00 Z", "2026-03-01 10:00:00 UTC",
    "2026-03-01 10:00:00 +0800 CST", "'Sun, 01 Mar 2026 10:00:00 GMT'",
    "'Sun, 01 Mar 2026 10:00:00 +0100'", "'Sunday, 01-Mar-26 10:00:00 MST'",
    "Sun Mar  1 10:00:00 2026", "01 Mar 26 10:00 MST", "1772359200", "20260301", "2026",
    "2026-02-30", "0001-01-01T00:00:00Z", "soon", "[2026-03-01]",
)  # fmt: skip

URLS = (
    "/a", "a/", "/a.html", "/v1.2/a", "//x.org/y", "./a", "../b", "/a//b/", "/a?b=c", "index.html",
    "/a/index.html", "/x/{{y}}/", "/ü é/", "/a#b#c", "/a!b", "/é!", "tr/x",
)  # fmt: skip

FORMS = {
    "dates": {
        "config.toml": BASE + "timeZone = 'Europe/Istanbul'\n"
        "[permalinks]\nposts = '/:year/:month/:day/:filename'\n",
        **{
            f"content/{folder}/{number}.md": page(date=date, **more)
            for number, date in enumerate(READ_DATES)
            for folder, more in (("posts", {}), ("notes", {"lastmod": "2020-01-02"}))
        },
    },
    "keys of dates": {
        "config.toml": BASE,
        **{
            f"content/{key}.md": page(**{key: "2026-03-01"})
            for key in ("pubdate", "published", "modified", "created", "published_at", "updated")
        },
        "content/order.md": page(pubdate="2026-01-01", publishDate="2026-02-02"),
        "content/both.md": page(created="2026-01-01", modified="2026-02-02"),
    },
    "files that only look like an index": {
        "config.toml": BASE,
        **{f"content/{name}.md": page() for name in ("README", "a/readme", "b/Index", "c/_Index")},
        "content/b/other.md": page(),
        "content/d/index.draft.md": page(),
        "content/d/inner.md": page(),
        "content/e/#e#.md": page(),
        "content/e/upper.MD": page(),
        "content/e/source.mdx": page(),
        "content/e/source.Rmd": page(),
    },
    "slugs": {
        "config.toml": BASE + "[permalinks]\nnotes = '/n/:slug'\nhtml = '/:year/:slug.html'\n",
        **{
            f"content/{section}/{number}.md": page(slug=slug)
            for number, slug in enumerate(
                ("-a-", "/a/b/", "b/../c", "../up", "index", "x.y", "A//B", "'a?b'", "'50%'", "é")
            )
            for section in ("posts", "notes", "html")
        },
    },
    "ugly slugs": {
        "config.toml": BASE
        + "uglyURLs = true\n[permalinks]\nhtml = '/:slug.html'\ntitle = '/:title'\n",
        "content/title/none.md": "Text",
        **{
            f"content/{section}/{number}.md": page(slug=slug)
            for number, slug in enumerate(("a/b/", "index", "x.y"))
            for section in ("posts", "html")
        },
    },
    "addresses": {
        "config.toml": BASE + TWO,
        **{
            f"content/{number}{code}.md": page(url=f'"{url}"')
            for number, url in enumerate(URLS)
            for code in ("", ".tr")
        },
    },
    "tokens": {
        "config.toml": BASE + "[permalinks]\na = '/:06/:1/:2/:2006/:Jan/:filename'\n"
        "b = '/:sections[:last]/:filename'\nc = '/:sections[1:]/:filename'\n"
        "d = '/:sections[last]/:filename'\n"
        "e = '/e/:title'\nf = '/f/:sections[last]/:filename'\n"
        "g = '/g/:sections[:last]/:filename'\n",
        **{
            f"content/{section}/{path}": page(date="2026-03-01T16:05:06Z")
            for section in "abcdefg"
            for path in ("_index.md", "x.md", "y/_index.md", "y/x.md", "y/z/x.md")
            if section < "e" or "_index" not in path
        },
    },
    "signs in titles": {
        "config.toml": BASE + "[permalinks]\nposts = '/:title'\n",
        **{
            f"content/posts/{n}.md": page(title)
            for n, title in enumerate(("C#", "e = mc²", "½ + Ⅷ", "a#b"))
        },
    },
    "signs in names": {"config.toml": BASE, "content/c#/f#.md": page(), "content/c++.md": page()},
}


@pytest.mark.parametrize("name", FORMS)
def test_front_matter_and_names_are_read_as_in_hugo(agree: Agree, name: str) -> None:
    assert agree(FORMS[name])
