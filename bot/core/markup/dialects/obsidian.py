"""Reads what Obsidian, and what follows it (Quartz), adds to Markdown.

Wikilinks, embeds and the marks of blocks are read on every site: a vault is built by any generator.
What only looks like them stays: ``[[1]]``, ``[[ -f a ]]``, ``a[[i]]``, ``[[a]](b)``.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.core.markup.dialects.rules import is_latin_word, read_within, title_tokens

WIKILINK = "wikilink:"
"""Stands before the name of a note where an address belongs; only the blog knows the address."""

_WIKILINK = re.compile(
    r"!?\[\[(?![\s\"'$-]|(?!\d{4}-\d\d-\d\d)[\d\s,.–-]*\])"
    r"(?P<name>[^\[\]|\n#]*)(?P<part>(?:#[^\[\]|\n#]*)*)(?P<words>(?:\|[^\[\]|\n]*)*)"
    r"\]\](?!\()"
)
_PICTURE = re.compile(r"\.(?:apng|avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:3gp|base|canvas|flac|m4a|mkv|mov|mp3|mp4|ogg|ogv|pdf|wav|webm|zip)$", re.IGNORECASE
)
_SIZE = re.compile(r"\d+(?:x\d+)?|left|right|center", re.IGNORECASE)
_CALLOUT = re.compile(
    r"\[!(?P<kind>\w[\w-]*)(?:\|[^\[\]\n]*)?\](?![(\[])[+-]?[ \t]*(?P<title>[^\n]*)(?:\n|$)"
)
_BLOCK_ID = re.compile(
    r"(?:^|[ \t])\^(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]+[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def obsidian_plugin(md: MarkdownIt) -> None:
    """Teach a parser wikilinks, embeds, callouts with titles, and to drop the names of blocks."""
    md.inline.ruler.before("link", "wikilink", _read_wikilink)
    md.core.ruler.after("block", "callouts", _read_callouts)
    md.core.ruler.after("callouts", "block_ids", _drop_block_ids)


def _read_wikilink(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(("[[", "![["), state.pos):
        return False
    found = _WIKILINK.match(state.src, state.pos, state.posMax)
    if found is None or _is_something_else(state, found):
        return False
    if not silent:
        _push(state, found)
    state.pos = found.end()
    return True


def _is_something_else(state: StateInline, found: re.Match[str]) -> bool:
    """Return whether the brackets are an index in code, or a reference of Markdown's own."""
    name = found["name"] + found["part"]
    if not name.strip() or is_latin_word(state.src[state.pos - 1 : state.pos]):
        return True
    references = state.env.get("references", {})
    return not found["words"] and normalizeReference(name) in references


def _push(state: StateInline, found: re.Match[str]) -> None:
    name = found["name"].removesuffix("\\").strip()
    said = [one.removesuffix("\\").strip() for one in found["words"].split("|")[1:]]
    words = next((one for one in said if one and not _SIZE.fullmatch(one)), "")
    if found[0].startswith("!"):
        if _PICTURE.search(name):
            token = state.push("image", "img", 0)
            token.attrs = {"src": name.replace(" ", "%20")}
            token.children = [Token("text", "", 0, content=words)]
            return
    else:
        words = words or (said[0] if said else "")
    is_file = _FILE.search(name) or _PICTURE.search(name)
    address = name.replace(" ", "%20") if is_file else WIKILINK + name + found["part"]
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": address}
    if words:
        start = state.src.index(words, found.start("words"))
        read_within(state, start, start + len(words))
    else:
        state.push("text", "", 0).content = _shown(name, found["part"])
    state.push("link_close", "a", -1)


def _shown(name: str, part: str) -> str:
    """Return what Obsidian shows of a link without words: the note, and the heading in it."""
    parts = [one.strip() for one in part.split("#") if one.strip() and not one.startswith("^")]
    note = name.rstrip("/").rpartition("/")[2] or name
    note = re.sub(r"\.(?:md|mdx|qmd|markdown)$", "", note)
    return " > ".join([note, *parts] if note else parts) or part.strip("#^ ")


def _read_callouts(state: StateCore) -> None:
    """Give a quote that begins with ``[!note]`` its title, which is a line of its own."""
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and _opens_quote(tokens):
            found = _CALLOUT.match(token.content)
            if found is not None:
                paragraph = tokens.pop()
                tokens[-1].meta["callout"] = found["kind"].lower()
                named = found["kind"].replace("-", " ").capitalize()
                tokens += title_tokens(found["title"].strip() or named, paragraph)
                tokens.append(paragraph)
                token.content = token.content[found.end() :]
        tokens.append(token)
    state.tokens = tokens


def _opens_quote(tokens: Sequence[Token]) -> bool:
    return [token.type for token in tokens[-2:]] == ["blockquote_open", "paragraph_open"]


def _drop_block_ids(state: StateCore) -> None:
    """Take the name off a block, by which a note elsewhere leads to it."""
    for token in state.tokens:
        if token.type == "inline" and "^" in token.content:
            token.content = _BLOCK_ID.sub("", token.content)
