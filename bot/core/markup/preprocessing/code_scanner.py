"""Skips the code in a text, in linear time."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

FENCE = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})(?=[^`\n]*$)"
CODE = r"(?P<code>`+)"
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?=\n)|\Z")


class Scanner:
    """Finds where code ends; each search is remembered, so that no stretch is searched twice.

    Attributes:
        position: Where the next sign is looked for; it may be moved on.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._next: dict[str, int] = {}
        self._runs: dict[int, list[int]] | None = None

    def outside_code(self, signs: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what is found outside of code by a pattern that has `FENCE` and `CODE` in it."""
        while found := signs.search(self.text, self.position):
            self.position = found.end()
            if found["fence"]:
                self.position = self._after_fence(found)
            elif found["code"]:
                self.position = self._after_code(found)
            else:
                yield found

    def _after_fence(self, found: re.Match[str]) -> int:
        """Return where the block of code ends that a fence opens."""
        sign = found["fence"]
        closing = re.compile(rf"^[ \t>]*{sign[0]}{{{len(sign)},}}[ \t]*$", re.MULTILINE)
        end = self.search(closing, f"fence {sign}", found.end())
        return len(self.text) if end < 0 else self.text.find("\n", end) % (len(self.text) + 1)

    def _after_code(self, found: re.Match[str]) -> int:
        """Return where a code span ends; where there is none, where its backticks do."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in re.finditer("`+", self.text):
                self._runs[len(run[0])].append(run.start())
        size = len(found["code"])
        starts = self._runs[size]
        number = bisect_left(starts, found.end())
        if number == len(starts) or starts[number] > self.paragraph_end(found.end()):
            return found.end()
        return starts[number] + size

    def paragraph_end(self, start: int) -> int:
        """Return where the paragraph ends that goes on at `start`."""
        return self.search(_PARAGRAPH_END, "paragraph", start)

    def search(self, pattern: re.Pattern[str], key: str, start: int) -> int:
        """Return where `pattern` is found next, -1 if nowhere; `start` only grows."""
        known = self._next.get(key, 0)
        if known == -1 or known > start:
            return known
        found = pattern.search(self.text, start)
        self._next[key] = found.start() if found else -1
        return self._next[key]
