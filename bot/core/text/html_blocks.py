"""Paragraphs in raw HTML, whose tags may never be closed."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from bot.core.text.raw_html import parsable

_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "blockquote",
     "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "tr", "td", "th", "pre", "figure", "center",
     "figcaption", "aside", "footer", "header", "details", "summary", "form", "address", "nav"}
)  # fmt: skip
_ASIDES = frozenset(
    {"script", "style", "pre", "table", "figure", "figcaption", "aside", "footer", "form", "nav",
     "iframe", "video", "audio", "svg", "button", "textarea", "select", "noscript", "template"}
)  # fmt: skip
_VOID = frozenset({"br", "img", "hr", "input", "source", "meta", "link", "embed", "wbr"})


_SET_OFF = frozenset({"i", "em", "small", "center"})


class HtmlBlock(NamedTuple):
    """A paragraph, heading (``h2``), item (``li``), ``quote``, ``aside`` or rule (``hr``).

    Attributes:
        is_linked: Whether all of its words are in links.
        is_set_off: Whether all of its words are in italics, small or centred.
    """

    kind: str
    text: str
    is_linked: bool
    is_set_off: bool


class HtmlBlocks(HTMLParser):
    """Reads one HTML block after the other; elements may span the Markdown between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._text: list[str] = []
        self._links = 0
        self._set_off = 0
        self._has_words_outside = False
        self._has_plain_words = False
        self._found: list[HtmlBlock] = []

    @property
    def is_quoting(self) -> bool:
        """Whether a quotation is open."""
        return "blockquote" in self._open

    @property
    def is_aside(self) -> bool:
        """Whether a caption, script, table or the like is open."""
        return any(tag in _ASIDES for tag in self._open)

    def feed(self, data: str) -> list[HtmlBlock]:  # type: ignore[override]  # it answers at once
        """Return the blocks that `data` holds."""
        self._found = []
        super().feed(parsable(data))
        if self.rawdata and not self.cdata_elem:  # an ampersand or a tag that never ends
            self.handle_data(self.rawdata)
            self.rawdata = ""
        self._finish()
        return self._found

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a block ends the paragraph before it."""
        if tag in _BLOCKS:
            self._finish()
        if tag == "hr":
            self._found.append(HtmlBlock("hr", "", is_linked=False, is_set_off=False))
        if tag == "br":
            self._text.append("\n")
        elif tag == "a":
            self._links += 1
        self._set_off += tag in _SET_OFF
        if tag in {"p", "li"}:
            self._close(tag)
        if tag not in _VOID and (tag in _BLOCKS or tag in _ASIDES):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and those that were left open in it."""
        if tag in _BLOCKS:
            self._finish()
        if tag == "a" and self._links:
            self._links -= 1
        self._set_off -= tag in _SET_OFF and self._set_off > 0
        self._close(tag)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._text.append(data.replace("\n", " "))
        if any(char.isalnum() for char in data):
            self._has_words_outside = self._has_words_outside or not self._links
            self._has_plain_words = self._has_plain_words or not self._set_off

    def _close(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def _finish(self) -> None:
        text = re.sub(r"[^\S\n]+", " ", "".join(self._text)).strip()
        text = re.sub(r" ?\n ?", "\n", text)
        is_linked, is_set_off = not self._has_words_outside, not self._has_plain_words
        self._text = []
        self._has_words_outside = self._has_plain_words = False
        if text:
            self._found.append(HtmlBlock(self._kind(), text, is_linked, is_set_off))

    def _kind(self) -> str:
        if self.is_aside:
            return "aside"
        if self.is_quoting:
            return "quote"
        for tag in reversed(self._open):
            if tag == "li" or re.fullmatch(r"h[1-6]", tag):
                return tag
        return "p"
