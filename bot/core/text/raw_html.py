"""Makes raw HTML safe to hand to Python's parser: it fails at some signs, and is slow at others."""

import re

_UNSHOWN = (("<?", "?>"), ("<![CDATA[", "]]>"))
_CONDITION = re.compile(r"<!\[[^<>]*\]>")
_ENDED = (("<!--", "-->"), ("<", ">"))
"""What begins something, and what has to follow for it to end."""


def parsable(html: str) -> str:
    """Return `html` without what browsers show nothing of, and as text what never ends.

    `html.parser` raises an error at a marked section of unknown name, and looks for the end of a
    comment, tag or instruction that has none from each of its signs anew.
    """
    for begin, end in _UNSHOWN:
        html = _without(html, begin, end)
    html = _CONDITION.sub("", html).replace("<![", "&lt;![")
    for begin, end in _ENDED:
        last = html.rfind(end) + 1
        html = html[:last] + html[last:].replace(begin, f"&lt;{begin[1:]}")
    return html


def _without(html: str, begin: str, end: str) -> str:
    """Take out all that stands between two signs, and the signs."""
    parts: list[str] = []
    position = 0
    while (start := html.find(begin, position)) >= 0 and (stop := html.find(end, start)) >= 0:
        parts.append(html[position:start])
        position = stop + len(end)
    return "".join([*parts, html[position:]])
