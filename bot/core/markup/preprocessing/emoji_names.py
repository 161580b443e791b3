"""Puts the characters for names of emoji such as ``:tada:``, where the site turns them on.

The names are GitHub's, which Hugo, Jekyll, MkDocs and others take too, as the package ``emoji`` has
them.
"""

import re

from emoji import emojize

from bot.core.markup.preprocessing.code_scanner import CODE, FENCE, Scanner

_SIGN = re.compile(
    rf"{FENCE}|{CODE}|^(?: {{4}}|\t).*|https?://[^\s<>]*|\]\([^\s()]*\)|<[^<>\n]*>"
    r"|(?<![\w:])(?P<name>:[a-z0-9_+-]+:)(?!\w)",
    re.MULTILINE,
)
"""A name, or what no name stands in: code, an address, a tag."""


def with_emoji(markdown: str) -> str:
    """Return `markdown` with characters for the names it has outside of code and addresses."""
    scanner = Scanner(markdown)
    parts: list[str] = []
    kept = position = 0
    while found := _SIGN.search(markdown, position):
        position = found.end()
        if found["fence"]:
            position = scanner.after_fence(found)
        elif found["code"]:
            position = scanner.after_code(found)
        elif found["name"]:
            parts += [markdown[kept : found.start()], emojize(found["name"], language="alias")]
            kept = position
    return "".join([*parts, markdown[kept:]])
