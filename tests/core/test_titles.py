"""A note is called by its heading, its name or its first words; and dated by where it stands."""

import pytest

from bot.core.post import Post
from bot.core.reading.frontmatter.splitting import FrontMatter
from bot.core.reading.headings import without_title
from bot.core.reading.posts import read_post
from bot.core.site import Site


def read(path: str, text: str, site: Site | None = None) -> Post:
    reading = read_post(path, text.encode(), site or Site())
    assert reading.post is not None
    assert reading.faults == ()
    return reading.post


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("# Rain\n\nText.", "Rain", "\n\nText."),
        ("# Rain #\nText.", "Rain", "\nText."),
        ("Rain\n====\n\nText.", "Rain", "\n\n\nText."),
        ("# *Rain* on [roofs](https://a.example) {#rain}\nText.", "Rain on roofs", "\nText."),
        ("A word before.\n\n# Rain\n\nText.", "Rain", "A word before.\n\n\n\nText."),
        ("```sh\n# not rain\n```\n\n# Rain\n", "Rain", "```sh\n# not rain\n```\n\n\n"),
        ("~~~\n# not rain\n```\n~~~\n# Rain", "Rain", "~~~\n# not rain\n```\n~~~\n"),
        ("<!--\n# not rain\n-->\n# Rain", "Rain", "<!--\n# not rain\n-->\n"),
        ("    # not rain", "", "    # not rain"),
        ("#rain is a tag", "", "#rain is a tag"),
        ("## Not the title\n\nText.", "", "## Not the title\n\nText."),
        ("#\n\n# Rain", "Rain", "#\n\n"),
        ("- item\n===", "", "- item\n==="),
        ("a line\nof text\n===", "a line of text", "\n\n"),
        ("> # Quoted\n\n- # Listed", "", "> # Quoted\n\n- # Listed"),
        ("> # Quoted\n\n# Rain", "Rain", "> # Quoted\n\n"),
        ("", "", ""),
    ],
)
def test_the_first_heading_of_level_one_leaves_the_body(body: str, title: str, rest: str) -> None:
    found = without_title(FrontMatter({}, body, 1))
    assert (found.heading, found.body) == (title, rest)


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("on-the_rain.md", "Text.", "On the rain"),
        ("2024-03-01-rain.md", "Text.", "Rain"),
        ("rain/index.md", "Text.", "Rain"),
        ("rain.md", "---\ntitle: Snow\n---\n# Rain\n", "Snow"),
        ("rain.md", "---\ndate: 2024-03-01\n---\n# Snow\n", "Snow"),
        ("12.md", "It *rained* today.\n\nMore.", "It rained today."),
        ("12.md", "![](a.png)\n\nIt rained.", "It rained."),
        ("12.md", "", "12"),
        ("notes/2024/03/01/2/index.md", "word " * 40, f"{'word ' * 11}word…"),
    ],
)
@pytest.mark.parametrize("generator", ["", "jekyll", "hexo", "eleventy"])
def test_a_post_without_a_title_is_called_by_what_tells_most(
    path: str, text: str, title: str, generator: str
) -> None:
    if generator == "jekyll" and "/" in path:
        path = f"_posts/{path}"
    assert read(path, text, Site(generator=generator)).title == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("# Rain\n\nText.", "\n\nText."),
        ("\n# RAIN\n\nText.", "\n\n\nText."),
        ("Rain\n===\n\nText.", "\n\n\nText."),
        ("# Snow\n\nText.", "# Snow\n\nText."),
        ("Text.\n\n# Rain\n", "Text.\n\n# Rain\n"),
        ("Rain fell.\n\n# Rain\n", "Rain fell.\n\n# Rain\n"),
        ("## Rain\n\nText.", "## Rain\n\nText."),
        ("Rain fell\n=> here.\n\n# Rain\n", "Rain fell\n=> here.\n\n# Rain\n"),
    ],
)
def test_a_heading_that_repeats_the_title_leaves_the_text(body: str, left: str) -> None:
    text = f"---\ntitle: Rain\n---\n{body}"
    assert read_post("a.md", text.encode(), Site()).body == left


@pytest.mark.parametrize(
    ("path", "date", "slug"),
    [
        ("2024-03-01-rain.md", "2024-03-01", "rain"),
        ("2024-03-01-rain/index.md", "2024-03-01", "rain"),
        ("2024-03-01/rain.md", "2024-03-01", "rain"),
        ("2024/03/01/rain.md", "2024-03-01", "rain"),
        ("2024/03/01/2/index.md", "2024-03-01", "2024-03-01-2"),
        ("2024/03/01/2.md", "2024-03-01", "2024-03-01-2"),
        ("2024/03/01.md", "2024-03-01", "2024-03-01"),
        ("2024/03/01/index.md", "2024-03-01", "2024-03-01"),
        ("daily/2024-03-01.md", "2024-03-01", "2024-03-01"),
        ("daily/20240301.md", "2024-03-01", "2024-03-01"),
        ("2024/rain.md", None, "rain"),
        ("2024-13-01.md", None, "2024-13-01"),
        ("12345678.md", None, "12345678"),
    ],
)
def test_a_date_stands_in_the_name_or_the_folders(path: str, date: str | None, slug: str) -> None:
    post = read(path, "Text.")
    assert post.slug == slug
    assert (post.date.date().isoformat() if post.date else None) == date


@pytest.mark.parametrize(
    ("permalink", "slug"),
    [
        ("/notes/12/index.html", "12"),
        ("/notes/rain/", "rain"),
        ("/notes/rain.html", "rain"),
        ("/rain/index.htm", "rain"),
        ("/:year/:title/", "name"),
    ],
)
def test_a_slug_is_the_telling_end_of_the_address(permalink: str, slug: str) -> None:
    assert read("name.md", f"---\npermalink: {permalink}\n---\nText.").slug == slug


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("---\ntitle: A\ndate: 2024-01-01\nTitle: B\n---\nText.", "title", 4),
        ("---\ntags: [a]\n'tags':\n  - b\n---\nText.", "tags", 3),
        ('{"title": "A",\n "x": {"title": 1},\n "title": "B"}\n\nText.', "title", 3),
    ],
)
def test_a_key_that_stands_twice_is_a_fault(text: str, key: str, line: int) -> None:
    (fault,) = read_post("a.md", text.encode(), Site()).faults
    assert (fault.line, f"The key “{key}” stands twice" in fault.message) == (line, True)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nbio: |\n  x: 1\n  x: 2\na:\n  x: 1\nb:\n  x: 1\n---\nText.",
        '{"title": "A", "x": "\\"title\\": 1", "b": [{"c": 1}, {"c": 2}]}\n\nText.',
        "+++\ntitle = 'A'\nx = '''\na: 1\na: 2\n'''\n+++\nText.",
    ],
)
def test_what_only_looks_like_a_key_twice_is_none(text: str) -> None:
    assert read_post("a.md", text.encode(), Site()).faults == ()


def test_metadata_without_a_fence_is_read_where_pelican_or_nobody_builds() -> None:
    text = "Title: Rain\nDate: 2024-03-01 10:20\nTags: a, b\nSummary: Long\n  words.\n\nText.\n"
    for site in (Site(), Site(generator="pelican")):
        post = read("rain.md", text, site)
        assert (post.title, post.tags, post.description) == ("Rain", ("a", "b"), "Long words.")
        assert post.date is not None
    assert read("rain.md", text, Site(generator="eleventy")).title == "Rain"
    assert read("note.md", "Note: this is text.\n\nMore.").title == "Note"
