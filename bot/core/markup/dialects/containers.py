"""Reads what stands between lines of colons, and directives.

``:::tip[Title]`` (Docusaurus, Starlight), ``::: details Title`` (VitePress),
``::: {.callout-note}`` (Quarto, Pandoc), ``::youtube{id=a}`` and ``:quote[words]{#id}`` are read on
every site.
"""

import re
from collections import Counter
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.core.markup.dialects.box_names import FOLDS, NOTICES, QUOTES, by_name, names
from bot.core.markup.dialects.braces import Attributes, read_attributes
from bot.core.markup.dialects.rules import (
    ENDS_TEXT,
    is_latin_word,
    line_start,
    read_within,
    title_tokens,
)
from bot.core.markup.dialects.templates import Tag

BoxKind = Literal["notice", "quote", "fold", "group"]

_UNTITLED = names("admonition alert callout message notice")
"""Notices whose name says nothing that a reader would miss."""

_QUARTO = "callout-"

_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:(?P<code>`{3,}|~{3,})|(?P<colons>:{3,}))[ \t]*"
    r"(?P<more>\S?)",
    re.MULTILINE,
)
_NAME = re.compile(r"[^\W\d_][\w-]*")
_LABEL = re.compile(r"\[((?:[^\[\]\n\\]|\\.|\[[^\[\]\n]*\])*)\]")
_LEAF = re.compile(r"::([a-z][\w-]*)(?=[\[{])", re.IGNORECASE)
_INLINE = re.compile(r":([a-z][\w-]*)(?=\[)", re.IGNORECASE)
_NUMBER = re.compile(r"[\d\s,.–-]*")
_MARKS = by_name(
    {"strong": "b strong", "em": "i em", "s": "s del", "ins": "u ins", "mark": "mark hl"}
)


def containers_plugin(md: MarkdownIt) -> None:
    """Teach a parser containers between colons, and directives in a line and on one."""
    md.block.ruler.before("fence", "container", _read_fence, ENDS_TEXT)
    md.block.ruler.before("container", "directive", _read_leaf, ENDS_TEXT)
    md.inline.ruler.before("link", "directive", _read_inline)
    md.core.ruler.after("block", "containers", _name_containers)


class Fences:
    """Which lines of colons belong together: each closing one ends the innermost container.

    If it is as long as the opening one of a container further out, it ends that too.

    Attributes:
        closed: Where the containers begin that end.
        closing: Where lines are that end containers, and how many each does.
    """

    def __init__(self, text: str) -> None:
        self.closed: set[int] = set()
        self.closing: dict[int, int] = {}
        self._opened: list[tuple[int, int]] = []
        self._lengths = Counter[int]()
        code = ""
        for found in _FENCE.finditer(text):
            if found["code"]:
                if not code:
                    code = found["code"]
                elif found["code"].startswith(code) and not found["more"]:
                    code = ""
            elif code:
                continue
            elif found["more"]:
                self._opened.append((found.start("colons"), len(found["colons"])))
                self._lengths[len(found["colons"])] += 1
            elif self._opened:
                self._close(found.start("colons"), len(found["colons"]))

    def _close(self, start: int, length: int) -> None:
        is_exact = self._lengths[length] > 0
        is_over = False
        while not is_over:
            begin, opening = self._opened.pop()
            self._lengths[opening] -= 1
            self.closed.add(begin)
            self.closing[start] = self.closing.get(start, 0) + 1
            is_over = opening == length or not is_exact


def _fences(state: StateBlock) -> Fences:
    fences = state.env.get("fences")
    if not isinstance(fences, Fences):
        fences = state.env["fences"] = Fences(state.src)
    return fences


def _read_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = line_start(state, start)
    if not state.src.startswith(":::", begin) or state.is_code_block(start):
        return False
    info = state.src[begin : state.eMarks[start]].strip().strip(":").strip()
    if not info:
        count = _fences(state).closing.get(begin, 0)
        if silent or not (count or state.env.get("is_cut")):
            return bool(count or state.env.get("is_cut"))
        _push(state, start, "container_end", {"count": count})
        return True
    meta = _meta(info)
    is_closed = begin in _fences(state).closed
    if meta is None or not (is_closed or meta["is_sure"]):
        return False
    if not silent:
        _push(state, start, "container", meta)
        if not is_closed:  # what nothing ends holds nothing
            _push(state, start, "container_end", {"count": 1})
    return True


def _push(state: StateBlock, start: int, name: str, meta: dict[str, object]) -> None:
    token = state.push(name, "", 0)
    token.meta = meta
    token.map = [start, start + 1]
    state.line = start + 1


def _meta(info: str) -> dict[str, object] | None:
    """Return the kind and title of the container that a line opens; None if it opens none."""
    found = _NAME.match(info)
    name, rest = (found[0], info[found.end() :].lstrip()) if found else ("", info)
    title = ""
    if label := _LABEL.match(rest):
        title, rest = label[1], rest[label.end() :].lstrip()
    brace = rest.find("{")
    attributes = read_attributes(rest, brace) if brace >= 0 else None
    if attributes is not None and attributes.end == len(rest):
        rest = rest[:brace].strip()
    elif brace == 0:
        attributes = read_attributes(rest)
        rest = rest[attributes.end :].strip() if attributes else rest
    if not name and not title and attributes is None:
        return None
    meta = _described(name, title, rest, attributes)
    is_sure = bool(title or attributes or not rest) and (meta["box"] != "group" or bool(title))
    return {**meta, "is_sure": is_sure}


def _described(
    name: str, title: str, words: str, attributes: Attributes | None
) -> dict[str, object]:
    classes = attributes.classes if attributes else ()
    if attributes and not name:
        name = next(iter((*classes, *attributes.words)), "")
    kind = next((one for one in (name, *classes) if one.startswith(_QUARTO)), "")
    is_quarto = bool(kind)
    name = (kind.removeprefix(_QUARTO) or name).lower()
    if words.lower() in NOTICES:
        name, words = words.lower(), ""
    given = attributes.values if attributes else {}
    title = title or given.get("title", "") or given.get("summary", "")
    box = _box(name)
    if not classes or box != "group":
        title = title or words.strip("\"'")
    if not title and box == "notice" and name not in _UNTITLED:
        return {"box": box, "default": name.capitalize(), "takes_heading": is_quarto}
    return {"box": box, "title": title, "takes_heading": is_quarto and not title}


def _box(name: str) -> BoxKind:
    if name in NOTICES:
        return "notice"
    if name in QUOTES:
        return "quote"
    return "fold" if name in FOLDS else "group"


def _name_containers(state: StateCore) -> None:
    """Give containers their titles; in Quarto a callout's first heading is its title."""
    tokens: list[Token] = []
    takes_heading = False
    for number, token in enumerate(state.tokens):
        if takes_heading and token.type in {"heading_open", "heading_close"}:
            takes_heading = token.type == "heading_open"
            token.type, token.tag = token.type.replace("heading", "dt"), "dt"
        tokens.append(token)
        if token.type == "container":
            following = state.tokens[number + 1 : number + 2]
            is_headed = bool(following) and following[0].type == "heading_open"
            takes_heading = is_headed and bool(token.meta["takes_heading"])
            title = str(token.meta.get("title") or token.meta.get("default") or "")
            if title and not takes_heading:
                tokens += title_tokens(title, token)
    state.tokens = tokens


def _read_leaf(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin, limit = line_start(state, start), state.eMarks[start]
    found = _LEAF.match(state.src, begin, limit)
    if found is None or state.is_code_block(start):
        return False
    line = state.src[begin:limit].rstrip()
    label = _LABEL.match(line, found.end() - begin)
    position = label.end() if label else found.end() - begin
    attributes = read_attributes(line, position)
    if (attributes.end if attributes else position) != len(line):
        return False
    if not silent:
        tag = _tag(found[1], label[1] if label else "", attributes)
        _push(state, start, "directive", {"tag": tag})
    return True


def _tag(name: str, label: str, attributes: Attributes | None) -> Tag:
    values = dict(attributes.values) if attributes else {}
    if "v" in values:
        values.setdefault("id", values["v"])
    if label:
        values.setdefault("title", label)
    return Tag("void", name.lower(), attributes.words if attributes else (), values)


def _read_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != ":" or (found := _INLINE.match(state.src, start, state.posMax)) is None:
        return False
    before = state.src[start - 1 : start]
    label = _LABEL.match(state.src, found.end(), state.posMax)
    if label is None or before == ":" or is_latin_word(before):
        return False
    if state.src.startswith(("(", "["), label.end()):
        return False  # a link behind a colon
    attributes = read_attributes(state.src, label.end(), state.posMax)
    if attributes is None and _NUMBER.fullmatch(label[1]):
        return False
    if not silent:
        name = _MARKS.get(found[1].lower(), "span")
        state.push(f"{name}_open", "span", 1)
        read_within(state, *label.span(1))
        state.push(f"{name}_close", "span", -1)
    state.pos = attributes.end if attributes else label.end()
    return True
