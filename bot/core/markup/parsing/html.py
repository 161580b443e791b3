"""Reads raw HTML into the tree: keeps its text, drops its styles."""

import re
from html.parser import HTMLParser

from bot.core.markup.dialects.box_names import by_name, names
from bot.core.markup.runs import MarkKind
from bot.core.markup.tree import Builder, Node, NodeKind
from bot.core.text.raw_html import parsable

_MARKS: dict[str, MarkKind] = by_name(
    {
        "strong": "b strong",
        "emphasis": "i em cite dfn var",
        "strike": "s strike del",
        "underline": "u ins",
        "raised": "sup",
        "lowered": "sub",
    }
)
_GROUPS = names(
    "address article aside body center details dialog div dl fieldset figure footer form header "
    "hgroup main nav section"
)
_BLOCKS: dict[str, NodeKind] = by_name(
    {
        "paragraph": "p",
        "heading": "h1 h2 h3 h4 h5 h6",
        "quote": "blockquote",
        "table": "table",
        "row": "tr",
        "cell": "td th",
        "list": "ul ol menu",
        "item": "li dd",
        "term": "dt summary",
        "caption": "figcaption caption",
    }
)
_CLOSED_BY: dict[str, tuple[str, ...]] = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr",),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
"""Elements whose end tag people leave out, and the siblings that a new one ends."""
_LISTS = frozenset({"ul", "ol", "menu", "dl", "table"})
_SILENT = frozenset({"script", "style", "template", "head", "title", "noscript"})
_PLAYED = frozenset({"iframe", "video", "audio", "embed", "source"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


class HtmlReader(HTMLParser):
    """Feeds a builder from fragments of HTML.

    Args:
        where: ``block`` if line breaks and runs of spaces mean nothing.
    """

    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self._silent = ""
        self._code: list[str] | None = None
        self._preformatted: list[str] | None = None
        self._language = ""

    def read(self, html: str) -> None:
        """Read one fragment; elements may begin in one and end in another."""
        self.feed(parsable(html))

    def end_fragment(self) -> None:
        """End what may not reach beyond a fragment: code, silence, a tag cut short."""
        self.close()
        self.reset()
        self._silent = ""
        self._end_code()
        self._end_preformatted()

    @property
    def is_holding(self) -> bool:
        """Whether text goes to an element that is read as a whole, or nowhere."""
        return bool(self._silent) or self._code is not None or self._preformatted is not None

    def handle_data(self, data: str) -> None:
        """Add text."""
        if self._silent:
            return
        if self._preformatted is not None:
            self._preformatted.append(data)
        elif self._code is not None:
            self._code.append(data)
        else:
            self._builder.add(_SPACE.sub(" ", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what the element stands for."""
        values = {name: value or "" for name, value in attrs}
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
        elif self._preformatted is not None:
            self._language = self._language or _language(values)
            if tag == "br":
                self._preformatted.append("\n")
        elif tag == "pre":
            self._preformatted = []
            self._language = _language(values)
        elif tag in _CODE:
            self._code = self._code or []
        elif tag in _BLOCKS or tag in _GROUPS:
            self._open_block(tag, values)
        else:
            self._open_inline(tag, values)

    def handle_endtag(self, tag: str) -> None:
        """Close what the element opened, if it is open."""
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag == "pre":
            self._end_preformatted()
        elif self._preformatted is not None:
            return
        elif tag in _CODE:
            self._end_code()
        elif tag in _BLOCKS or tag in _GROUPS:
            self._builder.close_element(tag)
        elif tag in _MARKS:
            self._builder.unmark(_MARKS[tag])
        elif tag == "a":
            self._builder.unmark("link")
        elif tag == "q":
            self._builder.add("”")

    def _open_block(self, tag: str, values: dict[str, str]) -> None:
        if tag in _CLOSED_BY:
            self._builder.close_element(*_CLOSED_BY[tag], within=_LISTS)
        node = Node(_BLOCKS.get(tag, "group"), element=tag, is_ordered=tag == "ol")
        if node.kind == "heading":
            node.level = int(tag[1])
        elif node.kind == "list":
            start = values.get("start", "")
            node.level = int(start) if start.isascii() and start.isdecimal() else 1
        self._builder.open(node)

    def _open_inline(self, tag: str, values: dict[str, str]) -> None:
        if tag in _MARKS:
            self._builder.mark(_MARKS[tag])
        elif tag == "a":
            if values.get("href"):
                self._builder.mark("link", values["href"])
        elif tag == "br":
            self._builder.add("\n")
        elif tag == "hr":
            self._builder.add_block(Node("rule", element="hr"))
        elif tag == "img":
            self._builder.add(
                values.get("alt") or values.get("title", ""), "image", values.get("src", "")
            )
        elif tag == "q":
            self._builder.add("“")
        elif tag in _PLAYED and values.get("src"):
            address = watched_at(values["src"])
            self._builder.add_link(values.get("title") or address, address, preview=True)

    def _end_code(self) -> None:
        if self._code is not None:
            text = _SPACE.sub(" ", "".join(self._code)).strip()
            self._code = None
            self._builder.add(text, "code")

    def _end_preformatted(self) -> None:
        if self._preformatted is None:
            return
        text = "".join(self._preformatted).strip("\n")
        self._preformatted = None
        node = Node("code", element="pre", code=text, language=self._language)
        self._builder.add_block(node)


def watched_at(address: str) -> str:
    """Return the page of a film whose player is embedded, so that Discord can show it."""
    if address.startswith("//"):
        address = "https:" + address
    found = re.match(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)", address)
    if found:
        return f"https://www.youtube.com/watch?v={found[1]}"
    found = re.match(r"https?://player\.vimeo\.com/video/(\d+)", address)
    return f"https://vimeo.com/{found[1]}" if found else address


def _language(values: dict[str, str]) -> str:
    found = re.search(r"\b(?:lang|language)-([\w+#-]+)", values.get("class", ""))
    return found[1] if found else ""
