"""The heading that is an essay's title where its front matter names none."""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt

from bot.core.closing.questions import plain_text
from bot.core.markup.dialects.attributes import without_attributes
from bot.core.markup.shortening import shorten
from bot.core.reading.frontmatter.fields import TITLES, Fields, decoded
from bot.core.reading.frontmatter.splitting import FrontMatter
from bot.core.text.folding import fold

_WITHIN = 4_000
"""Characters of the body in which it is looked for."""

_MAY_BE = re.compile(r"^ {0,3}(?:#(?:[ \t]|$)|=+[ \t]*$)", re.MULTILINE)
_MAY_OPEN = re.compile(r"\s*(?:#[ \t]|[^\n]+\n {0,3}=)")
_MARKDOWN = MarkdownIt("commonmark")
_MARKDOWN.core.ruler.enableOnly(["normalize", "block"])
_LONGEST_OPENING = 60


class Heading(NamedTuple):
    """A heading of level one.

    Attributes:
        words: Without markup.
        start: Its first line in the body, from 0.
        end: The line after its last.
        opens: Whether nothing stands above it.
    """

    words: str
    start: int
    end: int
    opens: bool


def without_title(parts: FrontMatter) -> FrontMatter:
    """Take the essay's title off its body: what is shown in Discord has the title above it.

    That is its first heading, where the front matter names no title, or the one that opens it and
    says the same. Its lines stay, empty, so that every other stays where it is.
    """
    title = parts.metadata.get("title")  # nearly always, and much sooner told
    title = title if isinstance(title, str) and title else Fields(parts.metadata).text(*TITLES)
    if title and _MAY_OPEN.match(parts.body) is None:
        return parts
    heading = _first_heading(parts.body)
    if heading is None:
        return parts
    if title and not (heading.opens and fold(heading.words) == fold(decoded(title))):
        return parts
    lines = parts.body.split("\n")
    lines[heading.start : heading.end] = [""] * (heading.end - heading.start)
    return parts._replace(heading="" if title else heading.words, body="\n".join(lines))


def _first_heading(body: str) -> Heading | None:
    """Return the first heading of level one that says something, outside of quotes and lists."""
    opening = body[:_WITHIN]
    if _MAY_BE.search(opening) is None:
        return None
    tokens = _MARKDOWN.parse(opening)
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1" and not token.level and token.map:
            words = plain_text(without_attributes(tokens[number + 1].content)).strip()
            if words:
                return Heading(words, token.map[0], token.map[1], opens=not number)
    return None


def opening_words(body: str) -> str:
    """Return the first words of a body, for a note that has no other name; "" if it says none."""
    for paragraph in re.split(r"\n[ \t]*\n", body[:_WITHIN]):
        words = plain_text(paragraph).split()
        if not any(char.isalpha() for char in "".join(words)):
            continue
        return shorten(" ".join(words), _LONGEST_OPENING)
    return ""
