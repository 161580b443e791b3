"""Reads an essay's Markdown into the tree."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import repeat

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bot.core.markup.dialects import dialects_plugin
from bot.core.markup.dialects.box_names import by_name
from bot.core.markup.dialects.tags import parts_of
from bot.core.markup.dialects.templates import Tags, parse_tag, templates_plugin
from bot.core.markup.errors import CannotShowError
from bot.core.markup.parsing.html import HtmlReader
from bot.core.markup.parsing.limits import limits_plugin
from bot.core.markup.parsing.shortcodes import ShortcodeReader
from bot.core.markup.runs import MarkKind, Run
from bot.core.markup.tree import Builder, Node, NodeKind
from bot.core.markup.writing.blocks import Note
from bot.core.markup.writing.superscripts import raised

_MARKS: dict[str, MarkKind] = {
    "strong": "strong",
    "em": "emphasis",
    "s": "strike",
    "link": "link",
    "mark": "strong",
    "ins": "underline",
    "sup": "raised",
    "sub": "lowered",
}
_BLOCKS: dict[str, NodeKind] = by_name(
    {
        "paragraph": "paragraph",
        "heading": "heading",
        "list": "bullet_list ordered_list dl",
        "item": "list_item dd",
        "quote": "blockquote",
        "table": "table",
        "row": "tr",
        "cell": "th td",
        "term": "dt",
        "notes": "footnote_block",
        "footnote": "footnote",
    }
)
_FORMULA = re.compile(r"[\\^_=+<>{}]|^\w{1,2}(?:\([^()]*\))?$")
"""What tells a formula between dollar signs from two prices."""

_TASK = re.compile(r"\[([ xX])\][ \t]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
"""Chinese and Japanese, which put no space between words."""


def parser() -> MarkdownIt:
    """Return a parser of CommonMark, of its common extensions and of the dialects."""
    return (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .use(footnote_plugin)
        .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
        .disable("math_block")
        .use(templates_plugin)
        .use(limits_plugin)
        .use(dialects_plugin)
    )


_PARSER = parser()


def read(markdown: str) -> tuple[Node, list[Note]]:
    """Return the tree of an essay's body, and a note on each tag that nobody knows.

    Raises:
        CannotShowError: It cannot be read.
    """
    closed = {tag.name for _, one in Tags(markdown) if (tag := parse_tag(one)).kind == "close"}
    reader = _Reader(closed)
    tokens = _PARSER.parse(markdown)
    try:
        reader.read_blocks(tokens)
    except Exception as error:
        raise CannotShowError(error, reader.line) from error
    return reader.finish()


def read_line(markdown: str) -> list[Run]:
    """Return the text of Markdown that holds no blocks, such as a description."""
    reader = _Reader(frozenset())
    reader.read_blocks(_PARSER.parseInline(markdown))
    return reader.finish()[0].runs()


class _Reader:
    """Walks the tokens once, feeding Markdown, HTML and tags to the same builder."""

    def __init__(self, closed: AbstractSet[str]) -> None:
        self._builder = Builder()
        self._html = HtmlReader(self._builder)
        self._shortcodes = ShortcodeReader(self._builder, closed)

    @property
    def line(self) -> int | None:
        """Where in the source it is, from 1."""
        return self._builder.line

    def finish(self) -> tuple[Node, list[Note]]:
        notes = [
            Note(line, "shortcode", f"{name} is no tag we know: it is left out, its text is kept.")
            for line, name in self._shortcodes.unknown
        ]
        return self._builder.root, notes

    def read_blocks(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map:
                self._builder.line = token.map[0] + 1
            if token.nesting:
                self._read_border(token)
            elif token.type == "inline":
                self._read_inline(token.children or [])
            else:
                self._read_leaf(token)
            if not token.nesting:
                self._html.end_fragment()

    def _read_border(self, token: Token) -> None:
        name, _, nesting = token.type.rpartition("_")
        if name not in _BLOCKS:
            return
        if nesting == "open":
            self._builder.open(_node(token, _BLOCKS[name]))
        else:
            self._builder.close(_BLOCKS[name])

    def _read_leaf(self, token: Token) -> None:
        match token.type:
            case "fence" | "code_block":
                if not token.hidden:
                    self._add_code(token.content, token.info)
            case "math_block":
                self._add_code(token.content.strip("\n"), "latex")
            case "hr":
                self._builder.add_block(Node("rule"))
            case "html_block":
                self._builder.begin_piece()
                self._read_html(token.content)
            case "template":
                self._shortcodes.read(parse_tag(token.content))
            case _:
                self._read_directive(token)

    def _read_html(self, html: str) -> None:
        for part, is_shortcode in parts_of(html):
            if is_shortcode and not self._html.is_holding:
                self._shortcodes.read(parse_tag(part))
            else:
                self._html.read(part)

    def _read_directive(self, token: Token) -> None:
        match token.type:
            case "directive":
                self._shortcodes.read(token.meta["tag"])
            case "container":
                is_quote = token.meta["box"] in {"notice", "quote"}
                self._builder.open(Node("quote" if is_quote else "group", element=":::"))
            case "container_end":
                for _ in range(token.meta["count"]):
                    self._builder.close_element(":::")

    def _add_code(self, code: str, info: str) -> None:
        words = info.split(maxsplit=1)
        self._builder.add_block(Node("code", code=code, language=words[0] if words else ""))

    def _read_inline(self, tokens: Sequence[Token]) -> None:
        joints = _joints(tokens)
        for token in tokens:
            joint = next(joints) if token.type == "softbreak" else ""
            if token.type == "html_inline":
                self._html.read(token.content)
            elif token.type == "template":
                self._shortcodes.read(parse_tag(token.content))
            elif self._html.is_holding:
                self._html.handle_data(token.content or ("\n" if "break" in token.type else ""))
            elif token.type == "softbreak":
                self._builder.add("\n" if self._shortcodes.keeps_lines else joint)
            elif token.nesting:
                self._read_mark(token)
            else:
                self._add_inline(token)

    def _read_mark(self, token: Token) -> None:
        name, _, nesting = token.type.rpartition("_")
        if name == "span":
            return
        if name == "link" and nesting == "open":
            self._builder.mark("link", str(token.attrs["href"]))
        elif nesting == "open":
            self._builder.mark(_MARKS[name])
        else:
            self._builder.unmark(_MARKS[name])

    def _add_inline(self, token: Token) -> None:
        match token.type:
            case "text":
                self._builder.add(_ticked(token.content, self._builder))
            case "hardbreak":
                self._builder.add("\n")
            case "math_inline_double":
                formula = " ".join(token.content.split())
                self._builder.add(formula or "$$ $$", "code" if formula else "text")
            case "code_inline":
                self._builder.add(token.content, "code")
            case "math_inline" if _FORMULA.search(token.content):
                self._builder.add(token.content, "code")
            case "math_inline":
                self._builder.add(f"${token.content}$")
            case "image":
                shown = _said_by(token.children or []) or str(token.attrs.get("title", ""))
                self._builder.add(shown, "image", str(token.attrs["src"]))
            case _:  # a reference to a footnote: no other rule of ours makes inline tokens
                self._builder.add(raised(str(int(token.meta["id"]) + 1)))


def _node(token: Token, kind: NodeKind) -> Node:
    node = Node(kind, is_ordered=token.tag == "ol")
    if kind == "heading":
        node.level = int(token.tag[1])
    elif kind == "cell":
        node.is_right = "right" in str(token.attrs.get("style", ""))
    elif kind == "list":
        node.level = int(token.attrs.get("start", 1))
    elif kind == "footnote":
        node.level = int(token.meta["id"]) + 1
    return node


def _said_by(tokens: Sequence[Token]) -> str:
    """Return the text of a picture's description, whose markup nobody sees."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(_said_by(token.children or []))
        elif token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type.endswith("break"):
            parts.append(" ")
    return "".join(parts)


def _ticked(text: str, builder: Builder) -> str:
    """Turn the brackets that a task begins with into a box."""
    if builder.starts_item and (found := _TASK.match(text)):
        return ("☐ " if found[1] == " " else "☑ ") + text[found.end() :]
    return text


def _joints(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what each soft wrap becomes: a space, or nothing between Chinese or Japanese signs."""
    before, wraps = "", 0
    for token in tokens:
        if token.type == "softbreak":
            wraps += 1
        elif token.content:
            if wraps:
                is_wide = before and _WIDE.match(before[-1]) and _WIDE.match(token.content[0])
                yield from repeat("" if is_wide else " ", wraps)
            before, wraps = token.content, 0
    yield from repeat(" ", wraps)
