"""Finds what a site generator would have replaced: shortcodes, Liquid, MDX."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from bot.core.markup.dialects.rules import ENDS_TEXT, line_start

TagKind = Literal["open", "close", "void"]

BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_VALUE = rf"(?:\"[^\"]*\"|'[^']*'|{BRACES})"
_CLOSERS = {
    "{{<": ">}}",  # Hugo
    "{{%": "%}}",
    "{%": "%}",  # Liquid, Nunjucks, Zola
    "{#": "#}",
    "{/*": "*/}",  # MDX
}
_OPENER = re.compile(r"\{\{[<%]|\{%|\{#(?=\s)|\{/\*")
_BOUNDED_TAG = re.compile(
    rf"""
    \{{\{{(?=[^{{}}]*[.|("'])[^{{}}]*\}}\}}                       # not a bare name
    | </?(?=\w*[a-z])[A-Z]\w*(?:\.\w+)*(?:\s+(?:[\w:-]+(?:={_VALUE})?|{BRACES}))*\s*/?>
    """,
    re.VERBOSE,
)
_TAG_BEGINS = re.compile(r"\{[{%#/:]|</?[A-Za-z]")
_ESCAPED = re.compile(r"\{\{([<%])/\*((?:(?!/\*).)*?)\*/([>%])\}\}", re.DOTALL)
_WORD = re.compile(
    r"(?:(?P<key>[\w.:-]+)\s*=\s*)?"
    r"(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|`(?P<back>[^`]*)`"
    rf"|(?P<braces>{BRACES})|(?P<bare>[^\s,=]+))"
)
_REFERENCE = re.compile(r"&(?:\w{2,32}|#\d{1,7}|#x[\da-f]{1,6});", re.IGNORECASE)
"""To a character; a query such as ``?a=1&copy=2`` holds none."""

_DESTINATION = re.compile(r"(?<=\]\()[ \t]*((?:\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|[^\s(){}])+)")
_MODULE = re.compile(
    r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"];?\s*$"
    r"|import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[\w\s,$*]*$"
    r"|export\s+(?:const|let|var|default|function|async)\b"
)
_HOLDER = re.compile(
    r"<(?:article|center|dd|details|div|dl|figure|li|main|ol|p|section|table|tr|td|ul)\b",
    re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"<(/)?pre\b", re.IGNORECASE)
_VERBATIM = frozenset(
    {"highlight", "code", "codeblock", "mermaid", "katex", "math", "chart", "comment", "prism"}
)
END = "end"
"""What Zola closes every tag with."""

UNKNOWN = "generator:"
"""Stands for an address that only the site's generator knows."""

_OPENING = re.compile(r"[{(\[]")
_CLOSING = re.compile(r"[})\]]")
_LONGEST_MODULE = 100
"""Lines that an import or export may span."""

_LONGEST_TAG = 60
"""Lines that one tag may span."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A shortcode, a Liquid tag or a component.

    Attributes:
        name: In lower case; "" for what only computes or comments.
        words: Its values without a name, in order.
        values: Its named values.
    """

    kind: TagKind
    name: str
    words: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the first of the named values that is there, or ""."""
        return next((self.values[name] for name in names if self.values.get(name)), "")


class Tags:
    """The tags of one text. Each closer's last place is looked for once: most texts have none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last: dict[str, int] = {}

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Yield each tag with its place, from the first to the last."""
        found = _TAG_BEGINS.search(self.text)
        while found:
            tag = self.at(found.start())
            if tag:
                yield found.start(), tag
            found = _TAG_BEGINS.search(self.text, found.start() + max(len(tag), 1))

    def at(self, position: int, limit: int | None = None) -> str:
        """Return the tag that begins at a place and ends before another; "" if none does."""
        limit = len(self.text) if limit is None else limit
        opener = _OPENER.match(self.text, position)
        if opener:
            closer = _CLOSERS[opener.group()]
            if self._last_of(closer) >= opener.end():
                end = self.text.find(closer, opener.end(), limit)
                if end >= 0:
                    return self.text[position : end + len(closer)]
        found = _BOUNDED_TAG.match(self.text, position, limit)
        return found.group() if found else ""

    def _last_of(self, closer: str) -> int:
        if closer not in self._last:
            self._last[closer] = self.text.rfind(closer)
        return self._last[closer]


def parse_tag(source: str) -> Tag:
    """Return what a tag says."""
    if source.startswith(("{#", "{/*")):
        return Tag("void", "")
    is_output = source.startswith("{{") and source[2] not in "<%"
    inner = source.strip("{}<>").strip("%<>").strip("-").strip()
    kind: TagKind = "open"
    if inner.endswith("/"):
        kind, inner = "void", inner[:-1].rstrip()
    if inner.startswith("/"):
        kind, inner = "close", inner[1:].lstrip()
    found = re.match(r"([\w./:-]+)\s*\(?", inner)
    if not found or (is_output and not inner[found.end() - 1 :].startswith("(")):
        return Tag("void", "")
    name, rest = found[1].lower(), inner[found.end() :].removesuffix(")")
    if source.startswith("{%") and name.startswith("end"):
        return Tag("close", name[3:] or END)
    words, values = _words(rest)
    if name == "include" and words:
        name = re.sub(r"\.\w+$", "", words[0].rpartition("/")[2]).lower()
        words = words[1:]
    return Tag(kind, name, tuple(words), values)


def _words(rest: str) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    values: dict[str, str] = {}
    for found in _WORD.finditer(rest):
        value = next(each for each in found.group(*_VALUES) if each is not None)
        if found["braces"]:
            value = value[1:-1].strip().strip("\"'`")
        value = _REFERENCE.sub(lambda found: unescape(found[0]), value.replace('\\"', '"'))
        if found["key"]:
            values[found["key"].lower()] = value
        else:
            words.append(value)
    return words, values


_VALUES = ("double", "single", "back", "braces", "bare")


def fill_address(address: str) -> str:
    """Return an address as its site would have it, or ``UNKNOWN`` if only the site could say.

    The site's own address is left out, which makes the rest relative to the site.
    """
    filled = ""
    position = 0
    for start, tag in Tags(address):
        value = _address_of(tag)
        if value is None:
            return UNKNOWN
        filled += address[position:start] + value
        position = start + len(tag)
    return filled + address[position:]


def _address_of(source: str) -> str | None:
    inner = source.strip("{}<>%- \t")
    quoted = re.search(r"[\"']([^\"']+)[\"']", inner)
    words = inner.split()
    if words and words[0] in {"ref", "relref"}:
        return _page_of(quoted[1] if quoted else words[-1])
    if words and words[0] in {"post_url", "link"}:
        return None
    return quoted[1] if quoted else ""


def _page_of(path: str) -> str:
    """Where Hugo puts a page, unless the site says otherwise: its path, or beside this one."""
    path, hash_sign, part = path.partition("#")
    if not path:
        return hash_sign + part
    path = re.sub(r"(?:/?_?index)?\.(?:md|markdown|mdx)$", "", path).strip("/")
    return ("/" if "/" in path else "../") + path + "/" + hash_sign + part


def templates_plugin(md: MarkdownIt) -> None:
    """Teach the parser to read tags as tokens of their own."""
    md.block.ruler.before("html_block", "template", _read_block, ENDS_TEXT)
    md.block.ruler.before("html_block", "preformatted", _read_preformatted, ENDS_TEXT)
    md.block.ruler.before("html_block", "module", _read_module)
    md.inline.ruler.before("html_inline", "template", _read_inline)
    md.core.ruler.before("inline", "destinations", _fill_destinations)


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    begin = line_start(state, start)
    if state.src[begin : begin + 1] not in {"{", "<"}:
        return False
    limit = state.eMarks[min(start + _LONGEST_TAG, end) - 1]
    tags: list[str] = []
    position = begin
    while tag := _tags_of(state).at(position, limit):
        tags.append(tag)
        position += len(tag)
        while position < limit and state.src[position] in " \t":
            position += 1
        if position >= limit or state.src[position] == "\n":
            break
    else:
        return False
    if _ESCAPED.match(tags[0]):
        return False
    if silent:
        return True
    last = start
    while state.eMarks[last] < position:
        last += 1
    _push(state, tags, start, last + 1, end)
    return True


def _tags_of(state: StateBlock | StateInline) -> Tags:
    """Return the tags of the text that is being parsed, which are kept while it is."""
    tags: Tags | None = state.env.get("tags")
    if tags is None or tags.text is not state.src:
        tags = state.env["tags"] = Tags(state.src)
    return tags


def _push(state: StateBlock, tags: list[str], start: int, after: int, end: int) -> None:
    tag = parse_tag(tags[0])
    closing = _closing_line(state, tag.name, after, end) if tag.name in _VERBATIM else None
    if closing is not None and tag.kind == "open":
        token = state.push("fence", "code", 0)
        language = tag.first("lang", "language") or (tag.words[0] if tag.words else "")
        token.info = tag.name if tag.name == "mermaid" else language
        token.content = state.getLines(after, closing, state.blkIndent, keepLastLF=True)
        token.hidden = tag.name == "comment"
        state.line = closing + 1
        token.map = [start, state.line]
        return
    for source in tags:
        token = state.push("template", "", 0)
        token.content = source
        token.map = [start, after]
    state.line = after


def _closing_line(state: StateBlock, name: str, start: int, end: int) -> int | None:
    unclosed: set[tuple[str, int]] = state.env.setdefault("unclosed", set())
    if (name, end) in unclosed:
        return None
    closing = re.compile(rf"\{{\{{?[<%]-?\s*(?:/\s*|end){re.escape(name)}\s*-?[>%]\}}\}}?")
    for line in range(start, end):
        if closing.match(state.src[line_start(state, line) : state.eMarks[line]]):
            return line
    unclosed.add((name, end))
    return None


def _read_preformatted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep a ``pre`` inside other HTML whole: CommonMark would end it at its first empty line."""
    if state.is_code_block(start) or not _HOLDER.match(state.src, line_start(state, start)):
        return False
    line, is_inside, has_one = start, False, False
    if ("pre", end) in state.env.setdefault("unclosed", set()):
        return False
    while line < end and (is_inside or not state.isEmpty(line)):
        for found in _PREFORMATTED.finditer(state.src, state.bMarks[line], state.eMarks[line]):
            has_one, is_inside = True, not found[1]
        line += 1
    if is_inside:
        state.env["unclosed"].add(("pre", end))
    if is_inside or not has_one:
        return False
    if not silent:
        state.line = line
        token = state.push("html_block", "", 0)
        token.map = [start, line]
        token.content = state.getLines(start, line, state.blkIndent, keepLastLF=True)
    return True


def _read_module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or state.tShift[start]:
        return False
    if not _MODULE.match(state.src[state.bMarks[start] : state.eMarks[start]]):
        return False
    if not silent:
        state.line = _after_module(state, start, end)
    return True


def _after_module(state: StateBlock, start: int, end: int) -> int:
    """Return the line after an import or export: its brackets are closed, and an export has ended.

    Where brackets stay open for too long, it ends at the first empty line.
    """
    is_export = state.src.startswith("export", state.bMarks[start])
    depth, blank, line = 0, 0, start
    while line < min(end, start + _LONGEST_MODULE):
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if not text.strip():
            blank = blank or line
            if depth <= 0:
                return line
        depth += len(_OPENING.findall(text)) - len(_CLOSING.findall(text))
        line += 1
        if depth <= 0 and not is_export:
            return line
    return blank or line if depth > 0 else line


def _read_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "{<":
        return False
    if found := _ESCAPED.match(state.src, state.pos):
        if not silent:
            token = state.push("text", "", 0)
            token.content = f"{{{{{found[1]}{found[2]}{found[3]}}}}}"
        state.pos = found.end()
        return True
    tag = _tags_of(state).at(state.pos)
    if tag and not silent:
        token = state.push("template", "", 0)
        token.content = tag
    state.pos += len(tag)
    return bool(tag)


def _fill_destinations(state: StateCore) -> None:
    """Make link destinations readable."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if "](" in token.content and "{" in token.content:
            token.content = _DESTINATION.sub(_filled, token.content)


def _filled(found: re.Match[str]) -> str:
    if "{" not in found[1]:
        return found.group()
    return fill_address(found[1]).replace(" ", "%20")
