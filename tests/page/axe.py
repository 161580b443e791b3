"""Judges a page with axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
ALSO = {"page-has-heading-one": {"enabled": True}}
FAULTS = """async ([rules, also]) => {
    const found = await axe.run(document, {
        runOnly: { type: "tag", values: rules }, rules: also, resultTypes: ["violations"],
    });
    return found.violations.map((each) => [each.id, ...each.nodes.map((node) => node.html)]);
}"""


async def faults(page: Page, axe: str) -> list[list[str]]:
    """Return the rules that the page breaks, each with what breaks it."""
    await page.evaluate(f"{axe};0")
    found: list[list[str]] = await page.evaluate(FAULTS, [RULES, ALSO])
    return found
