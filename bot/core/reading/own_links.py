"""The addresses that an essay's body links to, among which are its author's other essays."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.markup.dialects.obsidian import WIKILINK, obsidian_plugin
from bot.core.markup.dialects.templates import templates_plugin
from bot.core.reading.passages import LONGEST

MOST = 500
"""Links of an essay that are kept."""

_MARKDOWN = MarkdownIt("commonmark").enable("table").use(templates_plugin).use(obsidian_plugin)
_MARKDOWN.core.ruler.enableOnly(["normalize", "block", "destinations"])
_POST = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^\s%}]+)")
_LINK = re.compile(r"\]\(|\[\[|\]\[|\]:|<")
_HTML = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)


def linked_addresses(body: str) -> list[str]:
    """Return the addresses that a body links to, each once, as they are written.

    Generators' references (``{{< relref >}}``) are filled in; a wikilink begins with the marker of
    `bot.core.markup.dialects.obsidian`, and so does a file that Jekyll's ``{% post_url %}`` names.
    """
    body = body[:LONGEST]
    if _LINK.search(body) is None:
        return []
    return list(dict.fromkeys(_addresses(body)))[:MOST]


def _addresses(body: str) -> Iterator[str]:
    env: dict[str, object] = {}
    yield from (WIKILINK + name for name in _POST.findall(body))
    for token in _MARKDOWN.parse(body, env):
        if token.type == "html_block":
            yield from _HTML.findall(token.content)
        elif token.type == "inline" and ("[" in token.content or "<" in token.content):
            children: list[Token] = []
            _MARKDOWN.inline.parse(token.content, _MARKDOWN, env, children)
            for child in children:
                if child.type == "link_open":
                    yield str(child.attrs["href"])
                elif child.type == "html_inline":
                    yield from _HTML.findall(child.content)
