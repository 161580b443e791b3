r"""Takes out what an author hid: Obsidian's, kramdown's, Liquid's and Nunjucks' comments.

A ``%%`` is read as Obsidian reads it on every site, whoever builds it: a private remark that is
published hurts more than two words that are missing. What certainly is no comment stays: code,
addresses, an escaped ``\%%``, a percentage (``100%% sure``) and a directive (``%%Y-%%m``).
"""

import re
from bisect import bisect_left
from collections import defaultdict

_SIGN = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})(?=[^`\n]*$)"
    r"|(?P<code>`+)"
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
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?=\n)|\Z")
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


class _Scan:
    """One pass over a text; each search is remembered, so that no stretch is searched twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._runs: dict[int, list[int]] | None = None
        self._code: list[tuple[int, int]] | None = None

    def visible(self) -> str:
        parts: list[str] = []
        kept = position = 0
        while found := _SIGN.search(self._text, position):
            position = found.end()
            if found["fence"]:
                position = self._after_fence(found)
            elif found["code"]:
                position = self._after_code(found)
            elif found["open"] and (end := self._end_of(found)) is not None:
                parts += [self._text[kept : found.start()], "\n" * self._lines(found.start(), end)]
                kept = position = end
        return "".join([*parts, self._text[kept:]])

    def _lines(self, start: int, end: int) -> int:
        return self._text.count("\n", start, end)

    def _after_fence(self, found: re.Match[str]) -> int:
        sign = found["fence"]
        closing = re.compile(rf"^[ \t>]*{sign[0]}{{{len(sign)},}}[ \t]*$", re.MULTILINE)
        key = f"fence {sign}"
        end = self._search(closing, key, found.end())
        return len(self._text) if end < 0 else self._text.find("\n", end) % (len(self._text) + 1)

    def _after_code(self, found: re.Match[str]) -> int:
        """Return where a code span ends; where there is none, where its backticks do."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in re.finditer("`+", self._text):
                self._runs[len(run[0])].append(run.start())
        size = len(found["code"])
        starts = self._runs[size]
        number = bisect_left(starts, found.end())
        if number == len(starts) or starts[number] > self._paragraph_end(found.end()):
            return found.end()
        return starts[number] + size

    def _end_of(self, found: re.Match[str]) -> int | None:
        """Return where the comment ends that may begin at `found`; None if none does."""
        sign = found["open"]
        start, after = found.span()
        kind = sign[:2]
        closer = self._search(_CLOSERS[kind], kind, after)
        if kind != "%%":
            return None if closer < 0 else self._match_end(_CLOSERS[kind], closer)
        if self._is_code(start) or self._text.startswith("%", after):
            return None
        begins_line = self._begins_line(start)
        if closer < 0:
            return len(self._text) if begins_line else None
        if not begins_line and self._is_prose(start, closer):
            return None
        return closer + 2

    def _is_prose(self, start: int, closer: int) -> bool:
        """Return whether a sign amid a line is a percentage, a directive, or closed far below."""
        after = start + 2
        before, follows = self._text[start - 1 : start], self._text[after : after + 1]
        if before == "%" or _DIRECTIVE.match(self._text, start):
            return True
        if before.isdigit() and (not follows.isalpha() or self._text[closer - 1].isdigit()):
            return True
        reaches_on = follows.strip() or follows in {"", "\n"}
        return closer > self._paragraph_end(after) and not reaches_on

    def _search(self, pattern: re.Pattern[str], key: str, start: int) -> int:
        """Return where `pattern` is found next, -1 if nowhere; `start` only grows."""
        known = self._next.get(key, 0)
        if known == -1 or known > start:
            return known
        found = pattern.search(self._text, start)
        self._next[key] = found.start() if found else -1
        return self._next[key]

    def _match_end(self, pattern: re.Pattern[str], start: int) -> int:
        found = pattern.match(self._text, start)
        return found.end() if found else start

    def _paragraph_end(self, start: int) -> int:
        return self._search(_PARAGRAPH_END, "paragraph", start)

    def _begins_line(self, position: int) -> bool:
        """Return whether only the marks of quotes and lists stand before `position`."""
        limit = max(0, position - _LONGEST_INDENT)
        start = self._text.rfind("\n", limit, position)
        if start < 0 and limit:
            return False
        return not self._text[start + 1 if start >= 0 else 0 : position].strip(" \t>-*+")

    def _is_code(self, position: int) -> bool:
        """Return whether `position` stands in code that is indented."""
        if self._code is None:
            self._code = _indented_code(self._text)
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
