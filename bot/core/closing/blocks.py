"""The blocks of an essay's end, from markdown-it-py's tokens, as plain text.

Questions are looked for in blocks, never in raw text: what is quoted, code, a heading, a caption or
a footnote must be known as such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bot.core.closing.sentences import TITLE
from bot.core.markup.dialects import CORE_RULES, dialects_plugin
from bot.core.text.html_blocks import HtmlBlocks

BlockKind = Literal["paragraph", "item", "heading", "quote", "rule", "aside", "picture"]
"""An ``aside`` is what no essay ends on: code, an embed, a table of links, a caption."""

BoxKind = Literal["quote", "aside", "own"]
"""A quote is another's voice; an ``own`` box holds a question, and counts like its surroundings."""

TAIL = 8_000
"""Characters of the body's end that are parsed: twice a median essay."""

MOST = 24
"""Blocks that are read of it: no ending with all that trails it has more."""


class _Reader(MarkdownIt):
    """Reads links for their texts: an address is neither checked nor put in order."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # markdown-it-py's own name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the same
        return url


_MARKDOWN = (
    _Reader("commonmark")
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(dialects_plugin)
)
_MARKDOWN.core.ruler.enableOnly(["normalize", "block", *CORE_RULES])
_SPACES = re.compile(r"[^\S\n]+")
_MARKUP = re.compile(r"[\\`*_\[\]<>!&~^=+:{\n]")
"""What a text without any inline markup has none of."""

_PICTURES = ("![", "[![")
"""How a picture begins, with its caption below it."""

_ASIDES = ("$$", ":::", "*[")
"""How a formula, a container or an abbreviation begins."""

_SET_OFF = re.compile(
    r"\*[^\s*].*[^*\\]\*$|_[^\s_].*[^_\\]_$|<small>.*</small>$"
    r"|(\*\*|__)[^\W\d_a-z]\w+(?: [^\s*_]+){1,4}\1 \w",
    re.DOTALL,
)
_NOTE = re.compile(r"\[\d{1,3}\]:? ")
"""How an endnote begins that is written by hand."""

_QUOTES = frozenset({"quote", "cite"})
"""Boxes in which another speaks."""

_MARK = re.compile(r"[?？؟;]")
_LABEL = re.compile(r"^\W*\w+(?: \w+)?\s?:")
"""What stands before links without being said by them: "Share: ..."."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTING = "quote|blockquote|highlight|code|gist|tweet|x|youtube|vimeo|mermaid|math|raw|comment"
_PAIRED = re.compile(
    rf"\{{\{{[<%]\s*({_QUOTING})\b[^\n]*?[>%]\}}\}}.*?\{{\{{[<%]\s*/\s*\1\s*[>%]\}}\}}"
    r"|\{%-?\s*(highlight|raw|comment|codeblock|blockquote|quote|math)\b[^\n]*?%\}"
    r".*?\{%-?\s*end\2\s*-?%\}",
    re.DOTALL,
)
_LONE = re.compile(
    r"\{\{[<%][^\n]{0,2000}?[>%]\}\}|\{%[^\n]{0,2000}?%\}|\{\{[^\n]{0,500}?\}\}"
    r"|\{/\*.{0,2000}?\*/\}",
    re.MULTILINE | re.DOTALL,
)
_ESM = re.compile(
    r"^(?:import\s.+\sfrom\s.+|import\s+['\"].+|export\s+(?:const|default|let)\s.*)$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text.

    Attributes:
        text: Without markup; links as their text; a hard break as a line break.
        start: First line in the body, zero-based.
        end: The line after its last.
        level: Of a heading; of a list item how deep it stands.
        is_linked: Whether all of its words are links' texts.
        group: Which list an item belongs to; 0 outside of one.
        is_set_off: Whether it begins and ends in italics or small print, or opens with somebody's
            name in bold: what an author says about an essay looks so, and other things too.
        is_boxed: Whether it stands in a callout or container.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    is_linked: bool = False
    group: int = 0
    is_set_off: bool = False
    is_boxed: bool = False


def blocks_at_end(body: str) -> list[Block]:
    """Return the blocks of the last `TAIL` characters of `body`, in order, `MOST` at most."""
    lines = body.replace("\r", " ").split("\n")  # Markdown would end lines there, and count others
    first = _cut(lines, len(body))
    text = "\n".join(lines[first:])
    if len(text) > 2 * TAIL:  # no empty line to cut at: what stands there is no essay's paragraph
        over = len(text) - TAIL
        first += text.count("\n", 0, over)
        text = text[over:]
    text = _without_templates(text)
    env: dict[str, object] = {"is_cut": first > 0}
    tokens = _last(_MARKDOWN.parse(text, env))
    found = _Walk(env).blocks(tokens)
    return [replace(block, start=block.start + first, end=block.end + first) for block in found]


def all_blocks(body: str) -> list[Block]:
    """Return all blocks of `body`, in order."""
    text = _without_templates(body.replace("\r", " "))
    env: dict[str, object] = {}
    return list(_Walk(env).blocks(_MARKDOWN.parse(text, env)))


def inline_text(content: str, env: dict[str, object] | None = None) -> tuple[str, bool]:
    """Return the plain text of inline Markdown, and whether all its words are in links."""
    if not _MARKUP.search(content):
        return _SPACES.sub(" ", content).strip(), False
    children: list[Token] = []
    _MARKDOWN.inline.parse(content, _MARKDOWN, env if env is not None else {}, children)
    return _text(children)


def _box_kind(tokens: Sequence[Token], index: int) -> BoxKind:
    """Return what the quotation, callout or container is that begins at ``tokens[index]``."""
    meta = tokens[index].meta
    kind = meta.get("callout") or meta.get("box") or "quote"
    if kind in _QUOTES:
        return "quote"
    if kind == "group":
        return "own"
    depth = 0
    for token in tokens[index:]:
        depth += token.nesting + (token.type == "container")
        depth -= token.meta["count"] if token.type == "container_end" else 0
        if token.type == "inline" and _MARK.search(token.content):
            return "own"
        if depth <= 0:
            break
    return "aside"


def _last(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of the last `MOST` blocks, a list counted as one."""
    starts = [n for n, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    return tokens[starts[-MOST] :] if len(starts) > MOST else tokens


def _cut(lines: Sequence[str], size: int) -> int:
    """Return the line to begin at: at most `TAIL` characters left, and not inside a fence."""
    if size <= TAIL:
        return 0
    over = size - TAIL
    fence = ""
    for number, line in enumerate(lines):
        over -= len(line) + 1
        found = _FENCE.match(line)
        if found and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else found[1]
        elif over < 0 and not fence and not line.strip():
            return number
    return max(0, len(lines) - 40)


def _without_templates(text: str) -> str:
    """Return `text` with shortcodes and template tags blanked out, its lines where they were."""

    def blank(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    if "{" in text:
        text = _LONE.sub(blank, _PAIRED.sub(blank, text))
    return _ESM.sub("", text) if "import" in text or "export" in text else text


def _text(children: Sequence[Token]) -> tuple[str, bool]:
    """Return the text of inline tokens, and whether all its words are in links."""
    parts: list[str] = []
    starts: list[int] = []
    links = 0
    outside: list[str] = []
    for token in children:
        if token.type in {"link_open", "em_open"}:
            starts.append(len(parts))
        elif token.type in {"link_close", "em_close"} and starts:
            _set_off_title(parts, starts.pop(), may_follow_colon=token.type == "link_close")
        if token.type == "link_open":
            links += 1
        elif token.type == "link_close":
            links -= 1
        elif token.type in {"text", "code_inline", "text_special"}:
            parts.append(token.content)
            outside.append("" if links else token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or token.content.lower().startswith("<br"):
            parts.append("\n")
        elif token.type == "html_inline":
            links += 1 if re.match(r"<a[\s>]", token.content, re.IGNORECASE) else 0
            links -= 1 if token.content.lower().startswith("</a") and links else 0
    text = _SPACES.sub(" ", "".join(parts)).replace(" \n", "\n").replace("\n ", "\n").strip()
    rest = _LABEL.sub("", "".join(outside))
    return text, bool(text) and not any(char.isalnum() for char in rest)


def _set_off_title(parts: list[str], start: int, *, may_follow_colon: bool) -> None:
    """Put marks around what `parts` hold from `start` on, if it is a title that asks.

    A link or emphasis within a sentence, with a capital of its own, is the name of something.
    """
    before, title = "".join(parts[:start]).rstrip(), "".join(parts[start:])
    ends = ".!?…\n" if may_follow_colon else ".!?…\n:"
    if title.rstrip().endswith("?") and title[:1].isupper() and before and before[-1] not in ends:
        parts[start:] = [TITLE[0], title, TITLE[1]]


class _Walk:
    """One pass over block tokens, remembering what is open around them."""

    def __init__(self, env: dict[str, object]) -> None:
        self._env = env
        self._boxes: list[BoxKind] = []
        self._notes = 0
        self._items = 0
        self._lists: list[int] = []
        self._list_count = 0
        self._html = HtmlBlocks()

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block] | list[Block]:
        """Return the blocks that `tokens` make."""
        found: list[Block] = []
        for index, token in enumerate(tokens):
            self._open_and_close(token)
            if token.type in {"blockquote_open", "container"}:
                self._boxes.append(_box_kind(tokens, index))
            if self._notes:
                continue
            if token.type == "inline":
                found.extend(self._inline(token, tokens[index - 1]))
            elif token.type == "hr":
                found.append(self._block("rule", "", token))
            elif token.type in {"fence", "code_block", "math_block"}:
                found.append(self._block("aside", "", token))
            elif token.type == "html_block":
                found.extend(self._html_blocks(token))
        return found

    def _open_and_close(self, token: Token) -> None:
        if token.type in {"blockquote_close", "container_end"}:
            ended = int(token.meta.get("count", 1))
            del self._boxes[max(0, len(self._boxes) - ended) :]
        elif token.type in {"footnote_reference_open", "footnote_reference_close"}:
            self._notes += token.nesting
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            self._list_count += 1
            self._lists.append(self._list_count)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()

    @property
    def _is_quoting(self) -> bool:
        return "quote" in self._boxes

    @property
    def _is_boxed(self) -> bool:
        return "own" in self._boxes

    def _title_kind(self, title: str) -> BlockKind:
        """Return what the title of a box, or a term that is defined, is."""
        if self._is_aside:
            return "aside"
        if _MARK.search(title):
            return "paragraph"
        return "heading" if self._is_boxed else "aside"

    @property
    def _is_aside(self) -> bool:
        return "aside" in self._boxes or self._html.is_aside

    def _block(self, kind: BlockKind, text: str, token: Token) -> Block:
        start, end = token.map or (0, 0)
        return Block(kind, text, start, end)

    def _inline(self, token: Token, before: Token) -> Iterator[Block]:
        text, is_linked = inline_text(token.content, self._env)
        kind: BlockKind = "paragraph"
        level = 0
        if before.type == "heading_open":
            kind, level = "heading", int(before.tag[1])
        elif before.type in {"th_open", "td_open"}:
            kind = "aside"
        elif self._is_quoting or self._html.is_quoting:
            kind = "quote"
        elif before.type == "dt_open":
            kind, level = self._title_kind(text), 6
        elif token.content.startswith(_PICTURES):
            kind = "picture"
        elif not text or self._is_aside or token.content.startswith(_ASIDES) or _NOTE.match(text):
            kind = "aside"
        elif self._lists:
            kind, level = "item", len(self._lists)
        start, end = token.map or before.map or (0, 0)
        group = self._lists[0] if self._lists else 0
        is_set_off = _SET_OFF.match(token.content) is not None
        yield Block(kind, text, start, end, level, is_linked, group, is_set_off, self._is_boxed)

    def _html_blocks(self, token: Token) -> Iterator[Block]:
        start, end = token.map or (0, 0)
        for kind, text, is_linked, is_set_off in self._html.feed(token.content):
            if kind == "hr":
                yield Block("rule", "", start, end)
            elif kind[0] == "h":
                yield Block("heading", text, start, end, int(kind[1]), is_linked)
            elif self._is_quoting:
                yield Block("quote", text, start, end)
            elif kind == "li":
                yield Block("item", text, start, end, 1, is_linked, -start - 1)
            else:
                own: BlockKind = "quote" if kind == "quote" else "paragraph"
                own = "aside" if kind == "aside" else own
                yield Block(own, text, start, end, 0, is_linked, is_set_off=is_set_off)
