"""Makes plain text show as itself in Discord."""

import re
from collections.abc import Callable

BREAK = "\u200b"
"""A zero-width space: invisible; Discord reads no markup across it."""

URL = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?\"'\u201d\u2019»…*_~`|\\)\]}]", re.IGNORECASE)
"""An address that Discord links by itself, wherever it stands."""

_ANYWHERE = re.compile(r"[\\*_~`|\[<]|(?<=<)[@#:/]|:(?=[\w+~-]+:)")
_ANY_OF_THEM = re.compile(r"[\\*_~`|\[\]<:@\n]")
_LINE_START = re.compile(
    r"^([^\S\n]*)(?:(#(?!\ufe0f?\u20e3)|>|[-+](?=[\s#]|$))|(\d+)\.(?=\s|$))", re.MULTILINE
)  # "#" alone too: Discord's headings are "# ", and "-# " is its small print; but "#️⃣" is an emoji
_FENCE = "```"
_LINE_OF_OURS = re.compile(r"^([^\S\n]*)(#{1,3}(?=\s|$)|-#(?=\s|$)|>)", re.MULTILINE)
_TAMED_LINE = re.compile(r"^([^\S\n]*)\\(#{1,3}(?=\s|$)|-#(?=\s|$)|>)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_IN_LABEL = re.compile(
    r"(?<=<)(?=[@#:/a-z])|(?<=:)(?=[\w+~-]+:)|(?<=~)(?=~)|(?<=\|)(?=\|)|(?<=\])(?=\()",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(r"[*`]|__|_[^_]*_(?![a-z0-9])", re.IGNORECASE)
"""What opens and closes code or emphasis in a label; ``snake_case_name`` does not."""

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


def as_written(text: str) -> str:
    """Return what a reader wrote, to be shown in a message of ours with the Markdown they wrote.

    No line of it can look like a line of ours (a quoted question, a heading, small print), a link
    shows where it leads, and code stays as it is.
    """
    return _outside_code(text, _tamed)


def written(shown: str) -> str:
    """Return the text that `as_written` made this of."""
    return _outside_code(shown, lambda part: _TAMED_LINE.sub(r"\1\2", part).replace(BREAK, ""))


def _tamed(part: str) -> str:
    broken = _EVERYONE.sub("@" + BREAK, part).replace("](", f"]{BREAK}(")
    return _LINE_OF_OURS.sub(r"\1\\\2", broken)


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change a text, but for its fenced code; a fence that is never closed is none."""
    parts = text.split(_FENCE)
    is_open = len(parts) % 2 == 0
    every = [
        part if number % 2 and not (is_open and number == len(parts) - 1) else change(part)
        for number, part in enumerate(parts)
    ]
    return _FENCE.join(every)


def unescape(text: str) -> str:
    """Return the plain text that `escape` made this markup of."""
    return _ESCAPED.sub(r"\1", text).replace(BREAK, "")


def escape_words(text: str, *, starts_line: bool = True) -> str:
    """Escape text that holds no address, or whose addresses are dealt with.

    Args:
        starts_line: Whether its first line begins a line of the message.
    """
    if _ANY_OF_THEM.search(text) is None:
        return _LINE_START.sub(_escape_marker, text) if starts_line else text
    escaped = _EVERYONE.sub("@" + BREAK, _ANYWHERE.sub(r"\\\g<0>", text))
    escaped = escaped.replace("](", f"]{BREAK}(")  # else it could end a link that began before
    if starts_line:
        return _LINE_START.sub(_escape_marker, escaped)
    first, newline, rest = escaped.partition("\n")
    return first + newline + _LINE_START.sub(_escape_marker, rest)


def is_label(text: str) -> bool:
    """Return whether a label can show exactly this text (docs/discord-facts.md#link-labels).

    A backslash is shown there: what only a backslash stops can be no part of it. One at the end
    could be read with the bracket that closes the label.
    """
    return _NO_LABEL.search(text) is None and not text.endswith("\\")


def escape_label(text: str) -> str:
    """Return what shows this text in a link's label, where no backslash escapes anything.

    For text that `is_label`.
    """
    broken = unlink(_IN_LABEL.sub(BREAK, _EVERYONE.sub("@" + BREAK, text)))
    first, newline, rest = broken.partition("\n")
    return first + newline + _LINE_START.sub(BREAK + r"\g<0>", rest)


def unlink(text: str) -> str:
    """Break the addresses in a text so that Discord links none of them."""
    return _LINKED.sub(BREAK, text)


def _escape_marker(found: re.Match[str]) -> str:
    space, sign, number = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\."
