"""Makes plain text show as itself in Discord."""

import re

BREAK = "\u200b"
"""A zero-width space: it shows nothing and ends whatever Discord would have read across it."""

URL = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?\"'\u201d\u2019»…*_~`|\\)\]}]", re.IGNORECASE)
"""An address that Discord links by itself, wherever it stands."""

_ANYWHERE = re.compile(r"[\\*_~`|\[<]|(?<=<)[@#:/]|:(?=[\w+~-]+:)")
_LINE_START = re.compile(
    r"^([^\S\n]*)(?:([#>]|[-+](?=[\s#]|$))|(\d+)\.(?=\s|$))", re.MULTILINE
)  # "#" alone too: Discord's headings are "# ", and "-# " is its small print
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_LINKED = re.compile(
    r"(?<=\w:)(?=//)|(?<=discord\.gg)(?=/)|(?:(?<=discord)|(?<=discordapp))(?=\.com/invite)",
    re.IGNORECASE,
)


def escape(text: str) -> str:
    """Return markup that shows exactly this text: no formatting, mention, emoji, timestamp or link.

    For names, titles, tags and questions. A line stays a line. What a backslash cannot stop
    (an address, ``@everyone``) is broken with a zero-width space.
    """
    return _LINKED.sub(BREAK, escape_words(text))


def escape_around_links(text: str) -> str:
    """Return markup that shows exactly this text, in which addresses can still be followed.

    For what a reader wrote: a link of theirs stays a link, and shows where it leads.
    """
    parts: list[str] = []
    end = 0
    for found in URL.finditer(text):
        parts.append(_escape_from(text, end, found.start()))
        parts.append(found[0])
        end = found.end()
    return "".join([*parts, _escape_from(text, end, len(text))])


def _escape_from(text: str, start: int, end: int) -> str:
    starts_line = start == 0 or text[start - 1] == "\n"
    return escape_words(text[start:end], starts_line=starts_line)


def unescape(text: str) -> str:
    """Return the plain text that `escape` made this markup of."""
    return _ESCAPED.sub(r"\1", text).replace(BREAK, "")


def escape_words(text: str, *, starts_line: bool = True) -> str:
    """Escape text that holds no address, or whose addresses are dealt with.

    Args:
        text: Plain text.
        starts_line: Whether its first line begins a line of the message.
    """
    escaped = _EVERYONE.sub("@" + BREAK, _ANYWHERE.sub(r"\\\g<0>", text))
    escaped = escaped.replace("](", f"]{BREAK}(")  # else it could end a link that began before
    if starts_line:
        return _LINE_START.sub(_escape_marker, escaped)
    first, newline, rest = escaped.partition("\n")
    return first + newline + _LINE_START.sub(_escape_marker, rest)


def unlink(text: str) -> str:
    """Break the addresses in a text so that Discord links none of them."""
    return _LINKED.sub(BREAK, text)


def _escape_marker(found: re.Match[str]) -> str:
    space, sign, number = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\."
