"""Shortens plain text and quotes it."""

from bot.core.markup.escaping import escape
from bot.core.markup.splitting.graphemes import floor

ELLIPSIS = "…"


def shorten(text: str, limit: int) -> str:
    """Return a text of at most ``limit`` code points, cut at a word and ended with "…".

    A word that alone is longer is cut between two signs.
    """
    if len(text) <= limit:
        return text
    room = limit - len(ELLIPSIS)
    if room < 0:
        return ""
    cut = text[: floor(text, room)]
    if not text[len(cut)].isspace():
        words = cut.rsplit(maxsplit=1)
        cut = cut[: cut.rindex(words[1])] if len(words) > 1 else cut
    return cut.rstrip(" \t\n\r,;:\u2013—-") + ELLIPSIS


def quote(text: str, limit: int) -> str:
    """Return a reader's text as a quote that shows exactly it, ``limit`` code points at most.

    Every line begins with ``> ``; blank lines at the ends are dropped.
    """
    text = text.strip()
    room = limit
    while True:
        quoted = "> " + escape(shorten(text, room)).replace("\n", "\n> ")
        if len(quoted) <= limit or room <= 0:
            return quoted[:limit]
        room -= len(quoted) - limit


def one_line(text: str, limit: int) -> str:
    """Return a text on one line that shows exactly it, ``limit`` code points at most.

    For names, titles and questions that anybody may have written.
    """
    text = " ".join(text.split())
    room = limit
    while True:
        line = escape(shorten(text, room))
        if len(line) <= limit or room <= 0:
            return line[:limit]
        room = min(room - 1, room * limit // len(line))  # escaping may have doubled it
