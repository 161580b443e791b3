"""From what readers wrote to what a browser shows: exported, built by a real generator, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.cli.site.exporting import export_site
from bot.store.responses.answers import forget_reader
from tests.desk.site.conftest import SAID, new_world, quotable, three_unnamed
from tests.desk.site.generators import Page, build_eleventy, build_hugo, build_jekyll
from tests.page.browser import find_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import playwright.async_api

    from tests.store.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LINKS = "[a](javascript:alert(3)) [b](data:text/html,x) <javascript:alert(4)>"
TEMPLATES = "{{ 6+6 }} {{< x >}} {% include 'x' %} {# c #} ${6+6} <%= 6+6 %>"
FORMULA = '=HYPERLINK("http://a.example","look")'
TURNED = "good \u202eevil\u2066 ok"
SHOWN = {
    "**bold** `{{ 6+6 }}`": "bold {{ 6+6 }}",
    SCRIPT: SCRIPT,
    LINKS: "[a](javascript:alert(3)) [b](data:text/html,x) <javascript:alert(4)>",
    TEMPLATES: TEMPLATES,
    FORMULA: FORMULA,
    TURNED: "good evil ok",
    "</blockquote></section><h1>out": "</blockquote></section><h1>out",
    "<@123456> asks &amp; <b>": "@someone asks &amp; <b>",
}
"""What readers write, and what is read of it on the page."""

ALLOWED = "H2 H3 FIGURE BLOCKQUOTE P STRONG CODE FIGCAPTION CITE TIME A"
SECRETS = ("Never agreed", "Hidden by a moderator", "Taken back")
PAGES = [Page("Dreams", "dreams"), Page("Machines", "a/b.c")]
QUOTES = """() => [...document.querySelectorAll("section blockquote")].map(
    (one) => one.textContent.replace(/\\s+/g, " ").trim()
)"""
NAMES = """() => [...document.querySelectorAll("section cite")].map((one) => one.textContent)"""
TAGS = """() => [...document.querySelectorAll("section *")].map((one) => one.tagName)"""
LEADS = """() => [...document.querySelectorAll("section a")].map((one) => one.href)"""


@pytest.fixture(params=["hugo", "eleventy", "jekyll"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[World], dict[str, Path]]:
    """Exports what a database holds to a site, and builds that; returns pages by their titles."""

    def run(world: World) -> dict[str, Path]:
        root = tmp_path / "site"
        root.mkdir(exist_ok=True)
        (root / "_config.yml").unlink(missing_ok=True)
        if request.param == "jekyll":
            (root / "_config.yml").write_text("")
        export_site(world.path, root)
        if request.param == "eleventy":
            return build_eleventy(root, PAGES, {}, request.getfixturevalue("node_modules"))
        return (build_hugo if request.param == "hugo" else build_jekyll)(root, PAGES, {})

    return run


@pytest.fixture
def world(tmp_path: Path) -> Any:
    with new_world(tmp_path / "kept.db") as made:
        for number, text in enumerate(SHOWN):
            quotable(made, 500 + number, text, by=f"<i>R{number}</i> {{{{ 6+6 }}}}\u202e")
        three_unnamed(made)
        made.answer(9801, "Never agreed", reader=801)
        hidden = quotable(made, 802, "Hidden by a moderator", by="Mallory")
        made.db.execute("update responses set hidden_at = created_at where id = ?", [hidden])
        quotable(made, 803, "Taken back", by="Nobody now")
        forget_reader(made.db, 803, None, made.now)
        made.db.execute("update posts set slug = 'a/b.c', url = null where slug = 'machines'")
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def page() -> AsyncIterator[playwright.async_api.Page]:
    """A page that may load nothing, and on which nothing may run."""
    if find_browser() is None:
        pytest.skip("There is no Chromium or Chrome here: install one, or run .ci/run.")
    events: list[str] = []
    async with open_browser() as browser:
        page = await browser.new_page()
        page.on("pageerror", lambda error: events.append(str(error)))
        page.on("dialog", lambda dialog: events.append(dialog.message))
        page.on("requestfailed", lambda one: events.append(one.url))
        yield page
    assert events == []


async def test_a_page_shows_what_may_be_quoted_and_nothing_else(
    build: Callable[[World], dict[str, Path]], world: World, page: playwright.async_api.Page
) -> None:
    pages = build(world)
    await page.goto(pages["Dreams"].as_uri())
    assert sorted(await page.evaluate(QUOTES)) == sorted([*SHOWN.values(), *SAID])
    names = [f"<i>R{number}</i> {{{{ 6+6 }}}}" for number in range(len(SHOWN))]
    assert await page.evaluate(NAMES) == [*names, *["A reader"] * len(SAID)]
    assert set(await page.evaluate(TAGS)) <= set(ALLOWED.split())
    leads = await page.evaluate(LEADS)
    thread = "https://discord.com/channels/10/1000"
    assert {one for one in leads if not one.startswith(thread)} == {"http://a.example/"}
    whole = await page.content()
    assert not [one for one in (*SECRETS, "Mallory", "reader 6", "\u202e") if one in whole]


async def test_a_page_without_answers_invites(
    build: Callable[[World], dict[str, Path]], world: World, page: playwright.async_api.Page
) -> None:
    await page.goto(build(world)["Machines"].as_uri())
    thread = "https://discord.com/channels/10/2000"
    assert await page.evaluate(QUOTES) == []
    assert await page.locator("section h3").all_text_contents() == [
        "Is dreaming biological?",
        "What would you give up?",
    ]
    assert (await page.evaluate(LEADS))[:2] == [f"{thread}/2001", f"{thread}/2002"]


async def test_what_is_taken_back_is_gone_from_the_next_page(
    build: Callable[[World], dict[str, Path]], world: World, page: playwright.async_api.Page
) -> None:
    build(world)
    for reader in (500, 600):
        forget_reader(world.db, reader, None, world.now)
    await page.goto(build(world)["Dreams"].as_uri())
    assert sorted(await page.evaluate(QUOTES)) == sorted([*SHOWN.values()][1:])
