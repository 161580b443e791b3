"""The heading that is an essay's title where its front matter names none."""

import re
from typing import NamedTuple

from bot.core.closing.questions import plain_text
from bot.core.folding import fold
from bot.core.markup.wording import shorten
from bot.core.reading.fields import TITLES, Fields, decoded
from bot.core.reading.frontmatter import FrontMatter

_WITHIN = 4_000
"""Characters of the body in which it is looked for."""

_OPENING = 1_000
"""Characters in which a heading stands that repeats the title."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}#(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
_NO_TEXT = re.compile(r"\s|[#>|:]|[-+*][ \t]|\d+[.)][ \t]")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]*\}[ \t]*$")
_LONGEST_OPENING = 60


class Headed(NamedTuple):
    """A body taken apart.

    Attributes:
        title: The heading's words; "" if there is none.
        body: The body with the heading's lines empty, so that each line stays where it is.
    """

    title: str
    body: str


def without_title(parts: FrontMatter) -> FrontMatter:
    """Take the essay's title off its body: what is shown in Discord has the title above it.

    That is its first heading, where the front matter names no title or the same.
    """
    title = parts.metadata.get("title")  # nearly always, and much sooner told
    title = title if isinstance(title, str) and title else Fields(parts.metadata).text(*TITLES)
    if title and not _opens_with(parts.body, title):
        return parts
    heading, body = take_heading(parts.body)
    return parts._replace(heading="" if title else heading, body=body)


def _opens_with(body: str, title: str) -> bool:
    """Return whether a body opens with a heading that is the title."""
    opening = body[:_OPENING].lstrip("\n")
    if not opening.startswith("# ") and "\n=" not in opening:
        return False
    lines = opening.split("\n", 2)
    count = _lines_of_heading(lines, 0)
    return count > 0 and fold(_words_of(lines[0])) == fold(decoded(title))


def take_heading(body: str) -> Headed:
    """Take the first heading of level one off a body: ``# Title``, or a line underlined by ``=``.

    What stands in code or in a comment is none.
    """
    lines = body[:_WITHIN].split("\n")
    fence, in_comment = "", False
    for number, line in enumerate(lines):
        if in_comment or (not fence and line.lstrip().startswith("<!--")):
            in_comment = "-->" not in line
            continue
        if found := _FENCE.match(line):
            opens = found[1]
            fence = "" if fence and opens.startswith(fence) else fence or opens
            continue
        if fence:
            continue
        count = _lines_of_heading(lines, number)
        words = _words_of(line) if count else ""
        if words:
            rest = [*lines[:number], *[""] * count, *lines[number + count :]]
            return Headed(words, "\n".join(rest) + body[_WITHIN:])
    return Headed("", body)


def _lines_of_heading(lines: list[str], number: int) -> int:
    if _ATX.match(lines[number]):
        return 1
    is_underlined = number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1])
    starts_block = number == 0 or not lines[number - 1].strip()
    has_text = lines[number].strip() and not _NO_TEXT.match(lines[number])
    return 2 if is_underlined and starts_block and has_text else 0


def _words_of(line: str) -> str:
    found = _ATX.match(line)
    return plain_text(_ATTRIBUTES.sub("", (found[1] or "") if found else line)).strip()


def opening_words(body: str) -> str:
    """Return the first words of a body, for a note that has no other name; "" if it says none."""
    for paragraph in re.split(r"\n[ \t]*\n", body[:_WITHIN]):
        words = plain_text(paragraph).split()
        if not any(char.isalpha() for char in "".join(words)):
            continue
        return shorten(" ".join(words), _LONGEST_OPENING)
    return ""
