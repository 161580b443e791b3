"""The author's report in Chromium: as axe judges it, at every width, on paper, without scripts."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.desk.report.page import report
from bot.store.desk.report import material
from bot.store.file.database import open_database
from tests.bench.many_responses import write
from tests.bench.vocabulary import HOSTILE
from tests.page.axe import faults

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

WIDER = "document.documentElement.scrollWidth - innerWidth"
SHOWN = """() => [...document.querySelectorAll("svg")].filter((one) => one.checkVisibility())
    .map((one) => one.getAttribute("class"))"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on made-up responses, hostile ones among them."""
    folder = tmp_path_factory.mktemp("report")
    write(folder / "few.db", responses=150, readers=40, essays=4)
    with closing(open_database(folder / "few.db")) as db:
        for number, text in enumerate(HOSTILE):
            db.execute(
                "update responses set text = ? "
                "where id = (select id from responses order by id limit 1 offset ?)",
                [text, 20 * number],
            )
        html = report(material(db))
    (folder / "report.html").write_text(html, encoding="utf-8")
    return folder / "report.html"


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, page_file: Path, axe: str, width: int, scheme: str
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # axe is a script; the page itself lets none run
    )
    page = await context.new_page()
    await page.goto(page_file.as_uri())
    assert await page.evaluate(WIDER) <= 0
    assert set(await page.evaluate(SHOWN)) == {"narrow" if width == 360 else "wide"}
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await faults(page, axe) == []
    assert await page.evaluate(WIDER) <= 0
    await context.close()


async def test_on_paper_the_tables_are_open_and_the_colours_light(
    page: Page, page_file: Path
) -> None:
    await page.set_viewport_size({"width": 665, "height": 900})
    await page.emulate_media(media="print", color_scheme="dark")
    await page.goto(page_file.as_uri())
    assert await page.locator("table").first.is_visible()
    assert not await page.locator("nav").is_visible()
    paper = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert await page.evaluate(WIDER) <= 0


async def test_it_is_read_without_scripts_and_asks_for_nothing(
    browser: Browser, page_file: Path
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert await page.title() == "What readers said"
    assert await page.locator("#asked blockquote").count() > 20
    await context.close()
