"""Finds what a site generator would have replaced: shortcodes, Liquid, MDX."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType

TagKind = Literal["open", "close", "void"]

_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_VALUE = rf"(?:\"[^\"]*\"|'[^']*'|{_BRACES})"
TAG = re.compile(
    rf"""
    \{{\{{<.*?>\}}\}}                                         # Hugo
    | \{{\{{%.*?%\}}\}}
    | \{{%.*?%\}}                                             # Liquid, Nunjucks, Zola
    | \{{\{{(?=[^{{}}]*[.|("'])[^{{}}]*\}}\}}                     # not a bare name
    | \{{\#\s.*?\#\}}
    | \{{/\*.*?\*/\}}                                         # MDX
    | </?(?=\w*[a-z])[A-Z]\w*(?:\.\w+)*(?:\s+(?:[\w:-]+(?:={_VALUE})?|{_BRACES}))*\s*/?>
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPED = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
_WORD = re.compile(
    r"(?:(?P<key>[\w.:-]+)\s*=\s*)?"
    r"(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|`(?P<back>[^`]*)`"
    rf"|(?P<braces>{_BRACES})|(?P<bare>[^\s,=]+))"
)
_REFERENCE = re.compile(r"&(?:\w{2,32}|#\d{1,7}|#x[\da-f]{1,6});", re.IGNORECASE)
"""To a character; a query such as ``?a=1&copy=2`` holds none."""

_DESTINATION = re.compile(r"(?<=\]\()[ \t]*((?:\{\{.*?\}\}|\{%.*?%\}|[^\s(){}])+)")
_ATTRIBUTES = re.compile(r"[ \t]*\{(?:[#.]|:[^\n{}]*[#.=])[^\n{}]*\}[ \t]*$")
_MODULE = re.compile(
    r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"];?\s*$"
    r"|export\s+(?:const|let|var|default|function|async)\b"
)
_HOLDER = re.compile(
    r"<(?:article|center|dd|details|div|dl|figure|li|main|ol|p|section|table|tr|td|ul)\b",
    re.IGNORECASE,
)
_VERBATIM = frozenset(
    {"highlight", "code", "codeblock", "mermaid", "katex", "math", "chart", "comment", "prism"}
)
END = "end"
"""What Zola closes every tag with."""

UNKNOWN = "generator:"
"""Stands for an address that only the site's generator knows."""

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
    for found in TAG.finditer(address):
        value = _address_of(found.group())
        if value is None:
            return UNKNOWN
        filled += address[position : found.start()] + value
        position = found.end()
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
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("html_block", "template", _read_block, ends)
    md.block.ruler.before("html_block", "preformatted", _read_preformatted, ends)
    md.block.ruler.before("html_block", "module", _read_module)
    md.inline.ruler.before("html_inline", "template", _read_inline)
    md.core.ruler.before("inline", "destinations", _fill_destinations)


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    begin = _first(state, start)
    if state.src[begin : begin + 1] not in {"{", "<"}:
        return False
    limit = state.eMarks[min(start + _LONGEST_TAG, end) - 1]
    tags: list[str] = []
    position = begin
    while found := TAG.match(state.src, position, limit):
        tags.append(found.group())
        position = found.end()
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
    closing = re.compile(rf"\{{\{{?[<%]-?\s*(?:/\s*|end){re.escape(name)}\s*-?[>%]\}}\}}?")
    for line in range(start, end):
        if closing.match(state.src[_first(state, line) : state.eMarks[line]]):
            return line
    return None


def _read_preformatted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep a ``pre`` inside other HTML whole: CommonMark would end it at its first empty line."""
    if state.is_code_block(start) or not _HOLDER.match(state.src, _first(state, start)):
        return False
    line, depth = start, 0
    while line < end and (depth or not state.isEmpty(line)):
        text = state.src[state.bMarks[line] : state.eMarks[line]].lower()
        depth += text.count("<pre") - text.count("</pre")
        line += 1
    if depth or "<pre" not in state.src[_first(state, start) : state.eMarks[line - 1]].lower():
        return False
    if not silent:
        state.line = line
        token = state.push("html_block", "", 0)
        token.map = [start, line]
        token.content = state.getLines(start, line, state.blkIndent, keepLastLF=True)
    return True


def _first(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _read_module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or state.tShift[start]:
        return False
    if not _MODULE.match(state.src[state.bMarks[start] : state.eMarks[start]]):
        return False
    if not silent:
        is_export = state.src.startswith("export", state.bMarks[start])
        state.line = start + 1
        while is_export and state.line < end and not state.isEmpty(state.line):
            state.line += 1
    return True


def _read_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "{<":
        return False
    if found := _ESCAPED.match(state.src, state.pos):
        if not silent:
            token = state.push("text", "", 0)
            token.content = f"{{{{{found[1]}{found[2]}{found[3]}}}}}"
    elif found := TAG.match(state.src, state.pos):
        if not silent:
            token = state.push("template", "", 0)
            token.content = found.group()
    else:
        return False
    state.pos = found.end()
    return True


def _fill_destinations(state: StateCore) -> None:
    """Make link destinations readable, and take attributes off headings."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        if "](" in token.content and "{" in token.content:
            token.content = _DESTINATION.sub(_filled, token.content)
        if state.tokens[index - 1].type == "heading_open":
            token.content = _ATTRIBUTES.sub("", token.content)


def _filled(found: re.Match[str]) -> str:
    if "{" not in found[1]:
        return found.group()
    return fill_address(found[1]).replace(" ", "%20")
