"""Puts the characters for names of emoji such as ``:tada:``, where the site turns them on.

The names are GitHub's, which Hugo, Jekyll, MkDocs and others take too, as the package ``emoji`` has
them.
"""

import re

from emoji import emojize

_SIGN = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[\s\S]*?(?:^[ \t>]*(?P=fence)|\Z)|^(?: {4}|\t).*"
    r"|`+[^`\n]+`+|https?://[^\s<>]*|\]\([^\s()]*\)|<[^<>\n]*>"
    r"|(?<![\w:]):(?P<name>[a-z0-9_+-]+):(?!\w)",
    re.MULTILINE,
)
"""A name, or what no name stands in: code, an address, a tag."""


def with_emoji(markdown: str) -> str:
    """Return `markdown` with characters for the names it has outside of code and addresses."""
    if ":" not in markdown:
        return markdown
    return _SIGN.sub(_character, markdown)


def _character(found: re.Match[str]) -> str:
    return emojize(found[0], language="alias") if found["name"] else found[0]
