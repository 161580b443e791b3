"""Measures the page with a long thread: `python -m tests.page.measure [MESSAGES]`.

It prints one line a number. A task of 50 ms or more is one that a person can notice.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from tests.page.browser import find_browser, open_browser
from tests.page.scenario import Scenario, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

MESSAGES = 10_000
BATCH = 1000
SCROLLS = 60
NEW_ONES = 20

WATCH = """() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
        const durations = list.getEntries().map((each) => each.duration);
        window.longest = Math.max(window.longest, ...durations);
    }).observe({ type: "longtask", buffered: true });
}"""  # fmt: skip

OPEN = """async (id) => {
    const began = performance.now();
    location.hash = id;
    while (document.querySelector("#place").textContent !== "A long thread"
        || !document.querySelector(".message")) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""

SCROLL = """async (times) => {
    const scroller = document.querySelector(".scroller");
    const frames = [];
    window.longest = 0;
    for (let time = 0; time < times; time += 1) {
        const began = performance.now();
        scroller.scrollBy(0, -700);
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - began);
        await new Promise((go) => setTimeout(go, 16));
    }
    frames.sort((one, other) => one - other);
    const at = (share) => frames[Math.floor((frames.length - 1) * share)];
    return { median: at(0.5), p99: at(0.99), longest: window.longest };
}"""

WATCH_NEW = """() => {
    window.seen = {};
    new MutationObserver(() => {
        const last = document.querySelector(".messages").lastElementChild;
        const text = last?.querySelector(".content")?.textContent;
        if (text && !(text in window.seen)) {
            const note = () => { window.seen[text] = performance.timeOrigin + performance.now(); };
            requestAnimationFrame(note);
        }
    }).observe(document.querySelector(".messages"), { childList: true });
}"""  # fmt: skip

SAY = """async (fields) => {
    const began = performance.timeOrigin + performance.now();
    const headers = { "Content-Type": "application/json" };
    await fetch("/control/say", { method: "POST", headers, body: JSON.stringify(fields) });
    while (!(fields.content in window.seen)) await new Promise(requestAnimationFrame);
    return window.seen[fields.content] - began;
}"""


async def fill(scenario: Scenario, count: int) -> dict[str, str]:
    """Fill a thread with messages as people write them; return where it is."""
    ada = scenario.people["Ada"]
    thread = await ada.start_thread(scenario.world.essays.id, "A long thread")
    sentence = "A sentence of *ordinary* length, with `code` and a [link](https://a.example/). "
    texts = [f"{number}: {sentence * (1 + number % 5)}" for number in range(count)]
    for start in range(0, count, BATCH):
        await ada.say_all(thread, texts[start : start + BATCH])
    return {"channel": str(thread.id), "as": str(ada.id)}


async def measure(page: Page, scenario: Scenario, fields: dict[str, str]) -> dict[str, Any]:
    """Return the numbers, in milliseconds."""
    await page.goto(scenario.sandbox.url)
    await page.locator("#place").get_by_text("essays").wait_for()
    await page.evaluate(WATCH)
    opened = await page.evaluate(OPEN, fields["channel"])
    opening = await page.evaluate("window.longest")
    scrolled = await page.evaluate(SCROLL, SCROLLS)
    kept = await page.locator(".message").count()
    await page.reload()
    await page.locator(".message").last.wait_for()
    await page.evaluate(WATCH_NEW)
    bora = {**fields, "as": str(scenario.people["Bora"].id)}
    took = sorted([
        await page.evaluate(SAY, {**bora, "content": f"new {number}"}) for number in range(NEW_ONES)
    ])  # fmt: skip
    return {
        "thread opened, first paint": opened,
        "longest task while it opened (0: none of 50 ms)": opening,
        "scrolling: median frame": scrolled["median"],
        "scrolling: 99 % of frames": scrolled["p99"],
        "longest task while scrolling (0: none of 50 ms)": scrolled["longest"],
        "messages in the document after scrolling": kept,
        "new message on screen, median": took[len(took) // 2],
        "new message on screen, slowest": took[-1],
    }


async def main() -> None:
    """Print the numbers."""
    if find_browser() is None:
        sys.exit("There is no Chromium or Chrome here: install one.")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    async with open_scenario() as scenario, open_browser() as browser:
        fields = await fill(scenario, count)
        numbers = await measure(await browser.new_page(), scenario, fields)
    load, cores = os.getloadavg()[0], os.cpu_count()
    sys.stdout.write(f"{count} messages in one thread; milliseconds unless said otherwise\n")
    sys.stdout.write(f"load {load:.1f} on {cores} cores: above 1 a core all of it is slower\n")
    for name, value in numbers.items():
        sys.stdout.write(f"{name:<52}{json.dumps(round(value, 1)):>9}\n")


if __name__ == "__main__":
    asyncio.run(main())
