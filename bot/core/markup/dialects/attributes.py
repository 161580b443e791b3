"""Takes out attributes in braces: how something looks and is called says nothing to a reader.

kramdown's ``{: .class #id style="a:b"}``, Pandoc's ``[words]{.class}`` and ``{width=50%}`` and the
braces of fences and headings are known by what they stand behind, and by what is in them.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.core.markup.dialects.braces import Attributes, read_attributes
from bot.core.markup.dialects.rules import ENDS_TEXT, line_start, read_within

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?=\{)", re.DOTALL)
_MARKS = {"underline": "ins", "ul": "ins", "mark": "mark"}
_BEHIND = frozenset({"image", "link_close", "span_close", "html_inline", "template"})
_DELIMITERS = frozenset("*_~=+")
_LANGUAGE = re.compile(r"[^\s{}\[\]:,.=][^\s{}\[\]:,=]*")
_OPTIONS = re.compile(r"(?:(?:#|//|--|%%)\|[^\n]*(?:\n|$))+")
_COMMAND = re.compile(r"[\\$@]\w{0,40}$")
"""Of TeX and the like, whose argument stands in braces."""

_HIDDEN = re.compile(r"\b(?:echo|include)\s*[:=]\s*false\b", re.IGNORECASE)


def attributes_plugin(md: MarkdownIt) -> None:
    """Teach a parser to leave attributes out."""
    md.block.ruler.before("fence", "attributes", _drop_line, ENDS_TEXT)
    md.inline.ruler.before("link", "bracketed_span", _read_span)
    md.inline.ruler.before("link", "attributes", _drop_behind)
    md.core.ruler.after("block", "attributes", _drop_at_ends)


def _drop_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = line_start(state, start)
    if not state.src.startswith("{", begin) or state.is_code_block(start):
        return False
    line = state.src[begin : state.eMarks[start]].rstrip()
    if not _is_alone(line):
        return False
    if not silent:
        if re.search(r"[\s:]toc\b", line) and start and not state.isEmpty(start - 1):
            _drop_list(state)
        state.line = start + 1
    return True


def _is_alone(line: str) -> bool:
    """Return whether a line is attributes, or what kramdown says to itself (``{::options /}``)."""
    attributes = read_attributes(line)
    if attributes is not None and attributes.end == len(line):
        return bool(attributes.classes or "id" in attributes.values or line.startswith("{:"))
    is_kramdown = line.startswith(("{:", "{ :")) and line.endswith("}") and line.count("{") == 1
    return is_kramdown and "," not in re.sub(r"\"[^\"]*\"|'[^']*'", "", line)


def _drop_list(state: StateBlock) -> None:
    """Take out the list that kramdown would replace by a table of contents."""
    if not state.tokens or not state.tokens[-1].type.endswith("_list_close"):
        return
    level = state.tokens[-1].level
    while not (state.tokens[-1].type.endswith("_list_open") and state.tokens[-1].level == level):
        state.tokens.pop()
    state.tokens.pop()


def _read_span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    found = _LABEL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    attributes = read_attributes(state.src, found.end(), state.posMax)
    if attributes is None or not (attributes.classes or attributes.values):
        return False
    if not silent:
        name = next((_MARKS[one] for one in attributes.classes if one in _MARKS), "span")
        state.push(f"{name}_open", "span", 1)
        read_within(state, *found.span(1))
        state.push(f"{name}_close", "span", -1)
    state.pos = attributes.end
    return True


def _drop_behind(state: StateInline, silent: bool) -> bool:
    """Take out attributes right behind a link, a picture, code or a mark; kramdown's anywhere."""
    if silent or state.src[state.pos] != "{":
        return False
    attributes = read_attributes(state.src, state.pos, state.posMax)
    if attributes is None:
        return False
    says_how = attributes.classes or attributes.values
    is_kramdown = says_how and state.src.startswith("{:", state.pos)
    is_behind = not state.pending and bool(state.tokens)
    if not is_kramdown and not (is_behind and _may_follow(state.tokens[-1], attributes, state)):
        return False
    state.pos = attributes.end
    return True


def _may_follow(before: Token, attributes: Attributes, state: StateInline) -> bool:
    is_named = bool(attributes.classes) or "id" in attributes.values
    if before.type in _BEHIND:
        return is_named or bool(attributes.values)
    is_named = is_named or '="' in state.src[state.pos : attributes.end]
    is_mark = before.type == "text" and before.content[-1:] in _DELIMITERS
    return is_named and (is_mark or before.type == "code_inline")


def _drop_at_ends(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.content.endswith("}"):
            token.content = without_attributes(token.content)
        elif token.type == "fence":
            _read_fence(token)


def without_attributes(text: str) -> str:
    """Return a text without the attributes at its end."""
    start = text.rfind("{")
    attributes = read_attributes(text, start) if start >= 0 else None
    if attributes is None or attributes.end != len(text):
        return text
    is_named = bool(attributes.classes) or "id" in attributes.values or text[start + 1] == ":"
    return text[:start].rstrip() if is_named and not _COMMAND.search(text[:start]) else text


def _read_fence(token: Token) -> None:
    """Keep a fence's language, and what its generator runs without what it is told."""
    info = token.info.strip()
    if info == "{=html}":
        token.type, token.info = "html_block", ""
    elif info.startswith("{"):
        attributes = read_attributes(info)
        found = _LANGUAGE.search(info)
        options = _OPTIONS.match(token.content)
        token.info = attributes.classes[0] if attributes and attributes.classes else ""
        token.info = token.info or (found[0] if found and not info.startswith("{=") else "")
        told = info + (options[0] if options else "")
        token.hidden = _HIDDEN.search(told) is not None or info.startswith("{=")
        token.content = token.content[options.end() :] if options else token.content
    elif found := _LANGUAGE.match(info):
        token.info = found[0]
