"""The page and a parser that others wrote see the same structure in the same messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bot.core.markup import render, split
from tests.core.markup.essays import ADDRESS, EVERYTHING, bodies, examples
from tests.page.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from tests.core.markup.essays import ReadBack

Node = Any
"""A text, or a list of a kind, what belongs to it, and a list of nodes."""

DOM = """async (texts) => {
    const { markdown } = await import("/page/markdown.js");
    const named = (kind) => (id) => `${kind} ${id}`;
    const names = { user: named("user"), role: named("role"), channel: named("channel") };
    const kinds = { EM: "em", STRONG: "strong", U: "u", S: "strike", UL: "list", OL: "list" };
    Object.assign(kinds, { LI: "item", BLOCKQUOTE: "quote", BR: "br", SMALL: "subtext" });
    const read = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        const inner = [...node.childNodes].map(read);
        const code = [node.textContent];
        if (node.tagName === "PRE") return ["fence", node.firstChild.dataset.language ?? "", code];
        if (node.tagName === "CODE") return ["code", "", code];
        if (node.tagName === "A") return ["link", node.getAttribute("href"), inner];
        if (node.tagName === "DIV") return ["heading", node.className.slice(1), inner];
        if (node.tagName === "OL") return ["list", node.getAttribute("start"), inner];
        return [kinds[node.tagName] ?? node.tagName, "", inner];
    };
    return texts.map((text) => [...markdown(text, names).childNodes].map(read));
}"""

NAMES = {"blockQuote": "quote", "codeBlock": "fence", "inlineCode": "code", "footnote": "subtext"}
STANDS_ALONE = {"heading", "quote", "fence", "list", "subtext"}


def parsed(nodes: Sequence[dict[str, Any]]) -> list[Node]:
    """Return what the parser read, in the page's words."""
    return [parsed_one(node) for node in nodes]


def parsed_one(node: dict[str, Any]) -> Node:
    kind = node["type"]
    content = node.get("content", [])
    if kind == "text":
        return content
    if kind == "list":
        items = [["item", "", parsed(item)] for item in node["items"]]
        return ["list", str(node["start"]) if node["ordered"] else "", items]
    inner = [content] if isinstance(content, str) else parsed(content)
    if kind in {"link", "autolink", "url"}:
        return ["link", node["target"], inner]
    if kind == "codeBlock":
        return ["fence", node["lang"], inner]
    return [NAMES.get(kind, kind), str(node.get("level", "")), inner]


def tidy_one(kind: str, of: str, inside: Sequence[Node]) -> Node:
    """Compare what an address says, not how it is spelt; the parser widens a fence's tabs."""
    if kind == "link":
        of = re.sub(r"[^\w%#?]", "", unquote(of))
    if kind == "fence":
        inside = [text.replace("\t", " " * 4) for text in inside]
    return [kind, of, tidy(inside)]


def tidy(nodes: Sequence[Node]) -> list[Node]:
    """Join texts, and drop the line ends beside what stands on lines of its own."""
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and joined and isinstance(joined[-1], str):
            joined[-1] += node
        else:
            joined.append(node if isinstance(node, str) else tidy_one(*node))
    alone = [isinstance(node, list) and node[0] in STANDS_ALONE for node in joined]
    breaks = [isinstance(node, list) and node[0] == "br" for node in joined]
    kept = []
    for number, node in enumerate(joined):
        if breaks[number]:
            before = next((n for n in range(number - 1, -1, -1) if not breaks[n]), None)
            after = next((n for n in range(number + 1, len(joined)) if not breaks[n]), None)
            if before is None or after is None or alone[before] or alone[after]:
                continue
        kept.append(node)
    return kept


async def agree(page: Page, read_back: ReadBack, messages: Sequence[str]) -> None:
    async with open_scenario() as scenario:
        await page.goto(scenario.sandbox.url)
        shown = await page.evaluate(DOM, messages)
    [read] = read_back([messages])
    for text, ours, theirs in zip(messages, shown, read, strict=True):
        assert tidy(ours) == tidy(parsed(theirs)), text


async def test_page_and_parser_agree_on_essays(page: Page, read_back: ReadBack) -> None:
    """One essay with everything in it, and those in ``content/``."""
    essays = (EVERYTHING, *bodies())
    messages = [text for body in essays for text in split(render(body, address=ADDRESS))]
    await agree(page, read_back, messages)


async def test_page_and_parser_agree_on_commonmark(
    page: Page, read_back: ReadBack, spec: str
) -> None:
    rendered = [render(one, address=ADDRESS) for one in examples(spec)]
    await agree(page, read_back, [text for one in rendered for text in split(one)])
