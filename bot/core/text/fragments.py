"""Addresses that open a page at a place: text fragments, ``#:~:text=``.

A browser looks for the words as the page shows them, so words that a site's renderer may set
otherwise (quotation marks, apostrophes, dashes) are left out of what it looks for. See
https://wicg.github.io/scroll-to-text-fragment/.
"""

import re
from urllib.parse import quote

MOST_WORDS = 8
"""Words from where a text begins, and as many to where it ends: enough to stand nowhere else."""

MOST_LETTERS = 60
"""Of each of both; for scripts that put no space between words."""

_LEAST_WORDS = 3
_SET_OTHERWISE = re.compile(
    r"\S*[\"'`\u2018’“”„«»*_<>|\\]\S*|\s[-–—]+\s|\S*(?:--|—|\.{2,}|…)\S*|\n"
)
_AT_EDGES = ".,;:!?()[]{}–—-… \t\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f"


def with_fragment(url: str, text: str) -> str:
    """Return an address that opens a page where a text stands on it, and marks the text.

    Args:
        url: May have a fragment of its own, which then comes first.
        text: As the page shows it; a line for each of its blocks.
    """
    fragment = text_fragment(text)
    if not fragment:
        return url
    return f"{url}{':~:' if '#' in url else '#:~:'}{fragment}"


def text_fragment(text: str) -> str:
    """Return ``text=start,end`` for a text, ``text=all`` for a short one, "" for one of no words.

    Both ends are of one block each, as browsers want it.
    """
    runs = [run.strip(_AT_EDGES) for run in _SET_OTHERWISE.split(text)]
    runs = [run for run in runs if any(map(str.isalnum, run))]
    if not runs:
        return ""
    long = [at for at, run in enumerate(runs) if len(run.split()) >= _LEAST_WORDS]
    first, last = (long[0], long[-1]) if long else (0, len(runs) - 1)
    start, end = _beginning(runs[first]), _ending(runs[last])
    if first == last and len(start) + len(end) > len(runs[first]):
        return f"text={_escaped(runs[first])}"
    return f"text={_escaped(start)},{_escaped(end)}"


def _beginning(run: str) -> str:
    words = run.split()[:MOST_WORDS]
    while len(words) > 1 and len(" ".join(words)) > MOST_LETTERS:
        words.pop()
    return " ".join(words)[:MOST_LETTERS].strip(_AT_EDGES)


def _ending(run: str) -> str:
    words = run.split()[-MOST_WORDS:]
    while len(words) > 1 and len(" ".join(words)) > MOST_LETTERS:
        del words[0]
    return " ".join(words)[-MOST_LETTERS:].strip(_AT_EDGES)


def _escaped(words: str) -> str:
    """Return words without what has a meaning in a fragment: hyphens, too."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
