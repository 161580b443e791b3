"""What a reader wrote, as HTML that a page can hold: Discord's Markdown and nothing else."""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from bot.core.text.control_characters import visible

RULES = ("newline", "escape", "backticks", "strikethrough", "emphasis", "link", "autolink")
BLOCKS = ("fence", "blockquote", "list")

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MENTION = re.compile(r"<(?:(@&)|(@)!?|(#)|/([\w -]{1,100}):)\d{1,20}>")
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d{1,20}>")
_TIME = re.compile(r"<t:-?\d{1,13}(?::\w)?>")

_NO_CHARACTERS = dict.fromkeys([0xFFFE, 0xFFFF], "\ufffd")
"""What no XML may hold, and no person reads."""


def is_web_address(text: str) -> bool:
    """Return whether a page may link to it: what begins otherwise could be a program."""
    return _ADDRESS.match(text) is not None


def plain(text: str) -> str:
    """Return a text as people read it: names in the place of ids, and no control characters."""
    text = _MENTION.sub(_named, text.translate(_NO_CHARACTERS))
    return visible(_TIME.sub("(a time)", _EMOJI.sub(r"\1", text)))


def as_html(text: str) -> str:
    """Return a reader's text as HTML: marks, lists, quotes, code and links to http(s).

    HTML in it is text, headings and pictures are as they were typed, and spoilers are open.
    """
    spoken = plain(text).replace("||", "")
    return str(_PARSER.render(spoken)).strip()


def _named(found: re.Match[str]) -> str:
    role, user, channel, command = found.groups()
    if command:
        return f"/{command}"
    return "#channel" if channel else "@role" if role else "@someone" if user else ""


def _open_link(
    renderer: RendererHTML,
    tokens: list[Token],
    index: int,
    options: OptionsDict,
    _env: MutableMapping[str, Any],
) -> str:
    tokens[index].attrSet("rel", "nofollow ugc noopener")
    return str(renderer.renderToken(tokens, index, options, _env))


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it-py's own name
        """Return whether an address may be linked."""
        return is_web_address(url)


def _parser() -> MarkdownIt:
    parser = _Parser("zero", {"breaks": True, "html": False, "maxNesting": 20})
    parser.enable([*RULES, *BLOCKS])
    parser.add_render_rule("link_open", _open_link)
    return parser


_PARSER = _parser()
