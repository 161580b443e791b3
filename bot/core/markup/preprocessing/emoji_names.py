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
    parts: list[str] = []
    kept = 0
    for found in Scanner(markdown).outside_code(_SIGN):
        if found["name"]:
            parts += [markdown[kept : found.start()], emojize(found["name"], language="alias")]
            kept = found.end()
    return "".join([*parts, markdown[kept:]])
