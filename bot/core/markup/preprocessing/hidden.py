r"""Takes out what an author hid: Obsidian's, kramdown's, Liquid's and Nunjucks' comments.

A ``%%`` is read as Obsidian reads it on every site, whoever builds it: a private remark that is
published hurts more than two words that are missing. What certainly is no comment stays: code,
addresses, an escaped ``\%%``, a percentage (``100%% sure``) and a directive (``%%Y-%%m``).
"""

import re
from bisect import bisect_left

from bot.core.markup.preprocessing.code_scanner import CODE, FENCE, Scanner

_SIGN = re.compile(
    rf"{FENCE}|{CODE}"
    r"|(?P<skip>\\.|https?://[^\s<>]+|<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>|\]\([^\s()]*\))"
    r"|(?P<open>%%|\{::comment\}|\{%-?\s*comment\s*-?%\}|\{\#(?=[\s-]))",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSERS = {
    "%%": re.compile("%%"),
    "{:": re.compile(r"\{:/(?:comment)?\}"),
    "{%": re.compile(r"\{%-?\s*endcomment\s*-?%\}"),
    "{#": re.compile(r"#\}"),
}
_DIRECTIVE = re.compile(
    r"%%(?:[A-Za-z](?=[-/:.,_]%?|%[A-Za-z])|[YmdsHMSf](?=[\s)]|$))", re.MULTILINE
)
_LONGEST_INDENT = 200
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_SOMETHING_HIDDEN = re.compile(r"%%|\{::comment|\{%-?\s*comment|\{#[\s-]", re.IGNORECASE)


def without_hidden(markdown: str) -> str:
    """Return `markdown` without its hidden comments; every line stays where it is.

    A comment that is never closed reaches to the end if it begins its line, as in Obsidian.
    """
    if _SOMETHING_HIDDEN.search(markdown) is None:
        return markdown
    return _Scan(markdown).visible()


class _Scan(Scanner):
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._code: list[tuple[int, int]] | None = None

    def visible(self) -> str:
        parts: list[str] = []
        kept = 0
        for found in self.outside_code(_SIGN):
            if found["open"] and (end := self._end_of(found)) is not None:
                lines = self.text.count("\n", found.start(), end)
                parts += [self.text[kept : found.start()], "\n" * lines]
                kept = self.position = end
        return "".join([*parts, self.text[kept:]])

    def _end_of(self, found: re.Match[str]) -> int | None:
        """Return where the comment ends that may begin at `found`; None if none does."""
        sign = found["open"]
        start, after = found.span()
        kind = sign[:2]
        closer = self.search(_CLOSERS[kind], kind, after)
        if kind != "%%":
            return None if closer < 0 else self._match_end(_CLOSERS[kind], closer)
        if self._is_code(start) or self.text.startswith("%", after):
            return None
        begins_line = self._begins_line(start)
        if closer < 0:
            return len(self.text) if begins_line else None
        if not begins_line and self._is_prose(start, closer):
            return None
        return closer + 2

    def _is_prose(self, start: int, closer: int) -> bool:
        """Return whether a sign amid a line is a percentage, a directive, or closed far below."""
        after = start + 2
        before, follows = self.text[start - 1 : start], self.text[after : after + 1]
        if before == "%" or _DIRECTIVE.match(self.text, start):
            return True
        if before.isdigit() and (not follows.isalpha() or self.text[closer - 1].isdigit()):
            return True
        reaches_on = follows.strip() or follows in {"", "\n"}
        return closer > self.paragraph_end(after) and not reaches_on

    def _match_end(self, pattern: re.Pattern[str], start: int) -> int:
        found = pattern.match(self.text, start)
        return found.end() if found else start

    def _begins_line(self, position: int) -> bool:
        """Return whether only the marks of quotes and lists stand before `position`."""
        limit = max(0, position - _LONGEST_INDENT)
        start = self.text.rfind("\n", limit, position)
        if start < 0 and limit:
            return False
        return not self.text[start + 1 if start >= 0 else 0 : position].strip(" \t>-*+")

    def _is_code(self, position: int) -> bool:
        """Return whether `position` stands in code that is indented."""
        if self._code is None:
            self._code = _indented_code(self.text)
        number = bisect_left(self._code, (position + 1, 0)) - 1
        return number >= 0 and self._code[number][1] > position


def _indented_code(text: str) -> list[tuple[int, int]]:
    """Return where the lines of indented code begin and end."""
    found: list[tuple[int, int]] = []
    start = 0
    is_list = is_code = False
    is_after_blank = True
    for line in text.split("\n"):
        is_indented = line.startswith(("    ", "\t"))
        if line.strip():
            if is_indented:
                is_code = not is_list and (is_after_blank or is_code)
            else:
                is_code = False
                is_list = _ITEM.match(line) is not None or (
                    is_list and (not is_after_blank or line[0] == " ")
                )
            if is_code:
                found.append((start, start + len(line)))
        is_after_blank = not line.strip()
        start += len(line) + 1
    return found
