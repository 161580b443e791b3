"""A reader's words as a page can show them: as text, and as HTML in which nothing can act."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bot.core.markup.parsing.limits import limits_plugin
from bot.core.text.control_characters import without_controls
from bot.desk.web_addresses import WEB_ADDRESS, web_address

BLOCKS = ("fence", "blockquote", "list", "heading")
INLINES = ("newline", "escape", "backticks", "strikethrough", "emphasis", "link", "autolink")
"""What is read of Markdown. HTML, entities, pictures and tables are text, as in Discord."""

_SPOKEN_AFTER = ".,:;!?'\"…)]}*_~|"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_NAMES_IDS = re.compile(
    r"<(?:(?P<role>@&)|(?P<user>@)!?|(?P<channel>#))\d{1,20}>"
    r"|</(?P<command>[^:<>\n]{1,100}):\d{1,20}>"
    r"|<a?(?P<emoji>:\w{1,64}:)\d{1,20}>"
    r"|<id:(?P<page>\w{1,20})>"
    r"|<t:(?P<time>-?\d{1,13})(?::\w)?>"
)
_SPOILER = "||"


def plain(text: str) -> str:
    """Return a reader's text without ids of anybody and without characters that control a page.

    A mention is ``@someone``, ``@role`` or ``#channel``, an emoji of a server its name.
    """
    return _NAMES_IDS.sub(_without_id, without_controls(text)).strip()


def plain_line(text: str) -> str:
    """Return a text on one line, as `plain`."""
    return " ".join(plain(text).split())


def as_html(text: str) -> str:
    """Return a text that is `plain` as HTML: paragraphs, lists, quotes, code, marks and links.

    Links lead to http(s) only, and give nobody any weight. Headings are bold, so that the page
    keeps its outline; spoilers are open. No brace stands in it, by which the templates of many
    generators begin.
    """
    return str(_PARSER.render(text)).strip().replace("{", "&#123;")


def _without_id(found: re.Match[str]) -> str:
    said = found.groupdict()
    if said["time"]:
        return _moment(int(said["time"]))
    if said["command"]:
        return f"/{said['command']}"
    if said["user"]:
        return "@someone"
    return said["emoji"] or ("@role" if said["role"] else "#channel")


def _moment(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return "(a time)"


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's own name
        """Return whether an address may be linked."""
        return web_address(url) is not None


def _parser() -> MarkdownIt:
    parser = _Parser("zero", {"breaks": True, "html": False}).use(limits_plugin)
    parser.enable([*BLOCKS, *INLINES])
    parser.core.ruler.push("readers_words", _adapt)
    return parser


def _adapt(state: StateCore) -> None:
    """Adapt what was read to a page that is somebody else's."""
    for token in state.tokens:
        if token.type in {"paragraph_open", "list_item_open", "blockquote_open"}:
            token.attrSet("dir", "auto")
        elif token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("dir", "auto")
        elif token.type == "fence":
            token.info = ""  # else it would be a class
        elif token.type == "inline" and token.children:
            token.children = list(_inline(state.md, token.children))
    _embolden(state.tokens)


def _embolden(tokens: Sequence[Token]) -> None:
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            start, end = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
            token.children = [start, *(token.children or []), end]


def _inline(md: MarkdownIt, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens of a paragraph, with spoilers open and addresses as links."""
    texts = [one for one in tokens if one.type == "text"]
    borders = sum(one.content.count(_SPOILER) for one in texts) // 2 * 2
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type == "link_open":
            token.attrs = _link_attributes(str(token.attrGet("href")))
        if token.type != "text":
            yield token
            continue
        here = min(borders, token.content.count(_SPOILER))
        borders -= here
        token.content = token.content.replace(_SPOILER, "", here)
        yield from [token] if depth else _linked(md, token)


def _linked(md: MarkdownIt, token: Token) -> Iterator[Token]:
    text, done = token.content, 0
    for found in WEB_ADDRESS.finditer(text):
        address = _without_sentence(found[0])
        link = md.normalizeLink(address)
        if not md.validateLink(link):
            continue
        end = found.start() + len(address)
        yield _text(text[done : found.start()])
        yield Token("link_open", "a", 1, attrs=_link_attributes(link))
        yield _text(address)
        yield Token("link_close", "a", -1)
        done = end
    yield _text(text[done:])


def _link_attributes(address: str) -> dict[str, str | int | float]:
    return {"href": address, "rel": "nofollow ugc noopener"}


def _without_sentence(address: str) -> str:
    """Return an address without the signs after it that belong to the sentence."""
    while address[-1] in _SPOKEN_AFTER:
        last = address[-1]
        if last in _PAIRS and address.count(_PAIRS[last]) >= address.count(last):
            break
        address = address[:-1]
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


_PARSER = _parser()
