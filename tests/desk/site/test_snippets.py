"""What real generators build with our snippets, as a browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.desk.site.generators import (
    Build,
    Page,
    build_eleventy,
    build_hugo,
    build_jekyll,
)
from tests.page.axe import faults
from tests.page.browser import find_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import playwright.async_api

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = "https://discord.com/channels/1"
THREAD = f"{AT}/2"
SHOWN = """() => {
    const section = document.querySelector("section");
    const text = (element) => element.textContent.replace(/\\s+/g, " ").trim();
    return section && [...section.querySelectorAll("h2, h3, figure, section > p")].map((one) => {
        const link = one.querySelector(":scope > a, figcaption a");
        const to = link && link.getAttribute("href");
        if (one.tagName === "P") return ["link", text(one), to];
        if (one.tagName !== "FIGURE") return [one.tagName.toLowerCase(), text(one)];
        const [quote, time] = ["blockquote", "time"].map((name) => one.querySelector(name));
        const said = quote.innerHTML.trim();
        return [said, quote.getAttribute("cite"), text(one.querySelector("figcaption")),
                time.getAttribute("datetime"), to];
    });
}"""
"""The headings, quotes and links of the section, from top to bottom; null without a section."""
MARKUP = """() => [...document.querySelectorAll("section, section *")].flatMap(
    (one) => [one.tagName, ...one.getAttributeNames()]
)"""


def response(html: str, by: str | None, at: str, url: str | None) -> dict[str, Any]:
    return {"id": "7", "text": "unseen", "html": html, "by": by, "at": at, "url": url}


def post(slug: str, *, lang: str = "en", url: str | None = None, **more: Any) -> dict[str, Any]:
    empty = {"title": "T", "total": 0, "questions": [], "others": [], "thread": THREAD}
    return {"post": slug, "lang": lang, "url": url} | empty | more


def asks(text: str, *responses: dict[str, Any], url: str | None = None) -> dict[str, Any]:
    return {"text": text, "responses": list(responses), "url": url}


ADA = response("<p>I <em>do</em>.</p>", "Ada", "2026-11-03T23:59:59Z", f"{AT}/2/3")
UNNAMED = response("<p>So do I.</p>", None, "2026-11", f"{AT}/2")
BORA = response("<p>Nice.</p>", "Bora", "2026-11-04T00:00:00Z", f"{AT}/2/4")
RAIN = post(
    "rain",
    questions=[
        asks("Who likes rain?", ADA, UNNAMED, url=f"{AT}/2/1"),
        asks("Who listens?", url=f"{AT}/2/9"),
        asks("And then?"),
    ],
    others=[BORA],
    total=3,
)
ALL = ["link", "Read it all", THREAD]
EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
CODES = "{{ 6*7 }}{{ site }}{% if true %}{% include 'x' %}{# c #}${6*7}**b** [x](http://y.z) =1+1"
TURNED = "\u202eevil"
SCRIPT = "javascript:alert(3)"
HOSTILE = post(
    "hostile",
    questions=[
        asks(
            EVIL + CODES,
            response("<p>{{ 6*7 }}{% if %} =1+1</p>", EVIL + CODES, EVIL, SCRIPT),
            response("<p>&lt;b&gt;</p>", "=1+1", "2026-11", f"https://x.example/?{EVIL}"),
            url=SCRIPT,
        ),
        asks(
            f"{TURNED}?",
            response("<p>a</p>", TURNED, "2026-11", f"{AT}/5"),
            response("<p>b</p>", "\u05d0\u05d1 1", "2026-11", f"{AT}/6"),
            url="//x.example",
        ),
        asks("Nowhere?", url=" javascript:alert(4)"),
    ],
    thread="data:text/html,<script>alert(5)</script>",
)
PAGES = [
    Page("rain", "rain"),
    Page("yagmur", "rain", "tr"),
    Page("silent", "silent"),
    Page("prototype", "constructor"),
    Page("hostile", "hostile"),
    Page("path", "a/b"),
    Page("long", "very-" * 40 + "long"),
    Page("taken", "taken"),
    Page("moved", "moved"),
]
DATA = {
    "en/rain": RAIN,
    "tr/rain": post("rain", lang="tr", others=[BORA]),
    "tr/silent": post("silent", lang="tr", others=[BORA]),
    "en/hostile": HOSTILE,
    "en/a%2Fb": post("a/b", thread=f"{AT}/a"),
    "en/very-very-0123": post("very-" * 40 + "long", thread=f"{AT}/long"),
    "en/taken": post("another", thread=f"{AT}/another"),
    "en/taken-0123": post("taken", thread=f"{AT}/taken"),
    "en/posts-moved": post(
        "posts-moved", url="https://blog.example/posts/moved/", thread=f"{AT}/m"
    ),
}


@pytest.fixture(scope="session", params=["hugo", "eleventy", "jekyll"])
def build(request: pytest.FixtureRequest) -> Build:
    if request.param == "eleventy":
        node_modules: Path = request.getfixturevalue("node_modules")
        return lambda root, pages, data: build_eleventy(root, pages, data, node_modules)
    return build_hugo if request.param == "hugo" else build_jekyll


@pytest.fixture(scope="session")
def site(build: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(tmp_path_factory.mktemp("site"), PAGES, DATA)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[playwright.async_api.Browser]:
    if find_browser() is None:
        pytest.skip("There is no Chromium or Chrome here: install one, or run .ci/run.")
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def page(
    browser: playwright.async_api.Browser,
) -> AsyncIterator[playwright.async_api.Page]:
    """A page on which no script may run, and which may load nothing."""
    page = await browser.new_page()
    events: list[str] = []
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("dialog", lambda dialog: events.append(dialog.message))
    page.on("requestfailed", lambda one: events.append(one.url))
    yield page
    await page.close()
    assert events == []


async def shown(page: playwright.async_api.Page, path: Path) -> Any:
    await page.goto(path.as_uri())
    return await page.evaluate(SHOWN)


async def test_a_page_shows_the_responses_of_its_post_and_nothing_else(
    page: playwright.async_api.Page, site: dict[str, Path]
) -> None:
    place = "In the discussion"
    assert await shown(page, site["rain"]) == [
        ["h2", "Readers answer"],
        ["h3", "Who likes rain?"],
        [
            "<p>I <em>do</em>.</p>",
            f"{AT}/2/3",
            f"Ada, 2026-11-03, {place}",
            "2026-11-03T23:59:59Z",
            f"{AT}/2/3",
        ],
        ["<p>So do I.</p>", f"{AT}/2", f"A reader, 2026-11, {place}", "2026-11", f"{AT}/2"],
        ["h3", "Who listens?"],
        ["link", "Discuss this", f"{AT}/2/9"],
        ["h3", "And then?"],
        ["link", "Discuss this", THREAD],
        ["h3", "Other responses"],
        [
            "<p>Nice.</p>",
            f"{AT}/2/4",
            f"Bora, 2026-11-04, {place}",
            "2026-11-04T00:00:00Z",
            f"{AT}/2/4",
        ],
        ALL,
    ]


async def test_a_translation_shows_its_own(
    page: playwright.async_api.Page, site: dict[str, Path]
) -> None:
    found = await shown(page, site["yagmur"])
    assert [one[0] for one in found] == ["h2", "h3", "<p>Nice.</p>", "link"]


@pytest.mark.parametrize("name", ["silent", "prototype"])
async def test_a_page_without_data_shows_nothing(
    page: playwright.async_api.Page, site: dict[str, Path], name: str
) -> None:
    assert await shown(page, site[name]) is None


async def test_a_site_without_data_shows_nothing(
    page: playwright.async_api.Page, build: Build, tmp_path: Path
) -> None:
    found = build(tmp_path, [Page("rain", "rain")], {})
    assert await shown(page, found["rain"]) is None


@pytest.mark.parametrize(
    ("name", "thread"),
    [
        ("path", f"{AT}/a"),
        ("long", f"{AT}/long"),
        ("taken", f"{AT}/taken"),
        ("moved", f"{AT}/m"),
    ],
)
async def test_data_is_found_under_another_name(
    page: playwright.async_api.Page, site: dict[str, Path], name: str, thread: str
) -> None:
    found = await shown(page, site[name])
    assert found == [["h2", "Readers answer"], ["link", "Read it all", thread]]


async def test_what_readers_write_stays_text(
    page: playwright.async_api.Page, site: dict[str, Path]
) -> None:
    found = await shown(page, site["hostile"])
    assert [one for one in found if one[0] in {"h2", "h3", "link"}] == [
        ["h2", "Readers answer"],
        ["h3", EVIL + CODES],
        ["h3", f"{TURNED}?"],
        ["h3", "Nowhere?"],
    ]
    first, second, *_ = quotes = [one for one in found if len(one) > 3]
    caption = f"{EVIL + CODES}, {EVIL[:10]}"
    assert first == ["<p>{{ 6*7 }}{% if %} =1+1</p>", None, caption, EVIL, None]
    assert second[0] == "<p>&lt;b&gt;</p>"
    assert second[1].startswith("https://x.example/?")
    assert quotes[2][2] == f"{TURNED}, 2026-11, In the discussion"
    tags = {"SECTION", "H2", "H3", "FIGURE", "BLOCKQUOTE", "P", "FIGCAPTION", "CITE", "TIME", "A"}
    attributes = {"class", "id", "aria-labelledby", "dir", "cite", "datetime", "href", "rel"}
    assert set(await page.evaluate(MARKUP)) <= tags | attributes


@pytest.mark.parametrize("number", [2, 3])
async def test_a_name_turns_the_direction_of_itself_alone(
    page: playwright.async_api.Page, site: dict[str, Path], number: int
) -> None:
    await page.goto(site["hostile"].as_uri())
    caption = page.locator("figcaption").nth(number)
    boxes = [await caption.locator(name).bounding_box() for name in ("cite", "time", "a")]
    lefts = [box["x"] for box in boxes if box]
    assert len(lefts) == 3
    assert lefts == sorted(lefts)


async def test_axe_finds_nothing(
    page: playwright.async_api.Page, site: dict[str, Path], axe: str
) -> None:
    await page.goto(site["rain"].as_uri())
    assert await faults(page, axe) == []
