"""Our documents, their headings, and what refers to them."""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ("tests/dialects", "tests/sites")
"""What is here to be read by the bot, not by people."""


def python_files() -> list[Path]:
    return sorted(path for folder in ("bot", "tests") for path in (ROOT / folder).rglob("*.py"))


def documents() -> list[Path]:
    """Every Markdown file that is written for people."""
    nested = [path for name in ("bot", "docs", "tests") for path in (ROOT / name).rglob("*.md")]
    examples = tuple(ROOT / name for name in EXAMPLES)
    own = [path for path in nested if not any(path.is_relative_to(one) for one in examples)]
    return sorted([*ROOT.glob("*.md"), *own])


def anchor(heading: str) -> str:
    """What GitHub calls a heading in an address."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@cache
def anchors(document: Path) -> frozenset[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(anchor(heading) for heading in headings)


def is_there(target: Path, heading: str) -> bool:
    """Return whether a reference leads to a file, and to a heading in it if it names one."""
    if not heading:
        return target.exists()
    return target.is_file() and heading in anchors(target)


def prose(code: str) -> Iterator[str]:
    """The comments and docstrings of a module."""
    starts = True
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and starts):
            yield token.string
        if token.type not in {tokenize.COMMENT, tokenize.NL}:
            starts = token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
