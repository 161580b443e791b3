"""Makes tags plain that are no HTML: WebC's, Vue's, Alpine's, and JSX in lower case.

``<webc:if>``, ``<p @text="a">``, ``<div onClick={() => a > b}>``: what they are told is for the
generator, what they hold is for readers.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from bot.core.markup.dialects.templates import BRACES, Tags

_VALUE = rf"(?:\"[^\"]*\"|'[^']*'|{BRACES}|[^\s\"'=<>`{{}}]+)"
_NAME = r"(?:webc:)?[a-z][\w-]*"
_ODD = re.compile(
    rf"</?{_NAME}(?:\s+(?:[\w@:#.*\[\]()-]++(?:\s*=\s*{_VALUE})?|{BRACES}))*\s*/?>",
    re.IGNORECASE,
)
_WRAPPER = re.compile(r"<template\s(?=[^>]*webc:)", re.IGNORECASE)
_IS_ODD = re.compile(rf"</?\w[\w-]*:|\s[@#*\[(]|\{{|{_WRAPPER.pattern}", re.IGNORECASE)
ANY_TAG = rf"<[A-Za-z/](?:\"[^\"]*\"|'[^']*'|{BRACES}|[^<>\"'{{}}])*>"
_PLAIN = re.compile(
    r"\s([a-z_][\w-]*)=(?:(\"[^\"]*\"|'[^']*')|\{\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)\s*\})",
    re.IGNORECASE,
)
_PRESERVED = re.compile(r"<!--/?html_preserve-->")
_PARTS = re.compile(rf"(?P<html>{ANY_TAG})|\{{(?=[{{%#/])", re.IGNORECASE)


def tags_plugin(md: MarkdownIt) -> None:
    """Teach a parser tags that are no HTML, and to overlook the comments of R Markdown."""
    md.inline.ruler.before("autolink", "odd_tag", _read_odd)
    md.core.ruler.after("normalize", "preserved", _drop_preserved)


def _read_odd(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    found = _ODD.match(state.src, state.pos, state.posMax)
    if found is None or not _IS_ODD.search(found[0]):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = plain_tag(found[0])
    state.pos = found.end()
    return True


def plain_tag(source: str) -> str:
    """Return a tag with those of its attributes that HTML knows; "" if HTML knows no such tag."""
    if not _IS_ODD.search(source):
        return source
    found = re.match(rf"(</?)({_NAME})", source, re.IGNORECASE)
    if found is None or ":" in found[2] or _WRAPPER.match(source):
        return ""
    values = []
    for one in _PLAIN.finditer(source):
        value = one[2] or '"' + next(each or "" for each in one.group(3, 4, 5)) + '"'
        values.append(f" {one[1]}={value}")
    return f"{found[0]}{''.join(values)}>"


def parts_of(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of raw HTML, and whether each is a shortcode that stands in it."""
    shortcodes = Tags(html)
    start = position = 0
    while found := _PARTS.search(html, position):
        tag = "" if found["html"] else shortcodes.at(found.start())
        part = tag or plain_tag(found[0])
        position = found.start() + len(tag or found[0])
        if tag or part != found[0]:
            yield html[start : found.start()], False
            yield part, bool(tag)
            start = position
    yield html[start:], False


def _drop_preserved(state: StateCore) -> None:
    if "html_preserve" in state.src:
        state.src = _PRESERVED.sub("", state.src)
