"""A parser that others wrote reads from our messages what the source's tokens say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.markup import render, split
from tests.core.markup.essays import ADDRESS, EVERYTHING, ReadBack, bodies

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NAMES = {"strong": "bold", "em": "italics", "link": "link"}
READ = {"strong": "bold", "em": "italics", "heading": "heading", "inlineCode": "code"}
WANTED = 0.99

Construct = tuple[str, str]


def said(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text).split())


def in_source(markdown: str) -> Iterator[Construct]:
    quotes = 0
    tokens = PARSER.parse(markdown)
    for before, token in pairwise([Token("", "", 0), Token("", "", 0), *tokens]):
        quotes += token.nesting * (token.type.startswith("blockquote"))
        if token.type == "fence":
            yield "fence", f"{token.info} {said(token.content)}"
        elif token.type == "inline":
            text = said("".join(said_by(child) for child in token.children or []))
            if before.type == "heading_open":
                yield ("heading" if before.tag < "h4" else "bold"), text
            elif quotes:
                yield "quote", text
            yield from in_line(token.children or [])
    for opening, _, first in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "list_item_open" and first.type == "inline":
            yield "item", said("".join(said_by(child) for child in first.children or []))


def in_line(tokens: Sequence[Token]) -> Iterator[Construct]:
    for number, token in enumerate(tokens):
        if token.type == "code_inline":
            yield "code", said(token.content)
        elif token.nesting == 1:
            name = token.type.removesuffix("_open")
            level = token.level
            inside = ""
            for inner in tokens[number + 1 :]:
                if inner.type == f"{name}_close" and inner.level == level:
                    break
                inside += said_by(inner)
            address = urljoin(ADDRESS, str(token.attrs.get("href", ""))) if name == "link" else ""
            yield NAMES[name], f"{said(inside)} {address}".strip()


def said_by(token: Token) -> str:
    return " " if "break" in token.type else token.content


def in_messages(nodes: Sequence[dict[str, Any]]) -> Iterator[Construct]:
    for node in nodes:
        content = node.get("content", "")
        yield from in_node(node["type"], node, content)
        for item in node.get("items", []):
            yield "item", said(text_of(item).strip().partition("\n")[0])
            yield from in_messages(item)
        if isinstance(content, list):
            yield from in_messages(content)


def in_node(kind: str, node: dict[str, Any], content: Any) -> Iterator[Construct]:
    if kind in READ:
        yield READ[kind], said(text_of(content))
    elif kind == "codeBlock":
        yield "fence", f"{node['lang']} {said(content)}"
    elif kind in {"link", "autolink", "url"}:
        yield "link", f"{said(text_of(content))} {node['target']}"
    elif kind == "blockQuote":
        yield from (("quote", said(line)) for line in text_of(content).split("\n") if said(line))
    elif kind not in {"text", "br", "footnote", "list"}:
        yield "wrong", kind


def text_of(content: str | Sequence[dict[str, Any]]) -> str:
    if isinstance(content, str):
        return content
    parts = []
    for node in content:
        if node["type"] == "list":
            parts += ["\n", *(text_of(item) + "\n" for item in node["items"])]
        elif node["type"] in {"blockQuote", "codeBlock"}:
            parts += ["\n", text_of(node["content"])]
        else:
            parts.append("\n" if node["type"] == "br" else text_of(node.get("content", "")))
    return "".join(parts)


def test_one_of_everything_is_read_back(read_back: ReadBack) -> None:
    [messages] = read_back([split(render(EVERYTHING, address=ADDRESS))])
    found = Counter(construct for nodes in messages for construct in in_messages(nodes))
    assert found == Counter(in_source(EVERYTHING))


def test_the_essays_in_content_are_read_back(read_back: ReadBack) -> None:
    documents = [split(render(body, address=ADDRESS)) for body in bodies()]
    both = source_count = message_count = 0
    for body, messages in zip(bodies(), read_back(documents), strict=True):
        expected = Counter(in_source(body))
        found = Counter(construct for nodes in messages for construct in in_messages(nodes))
        both += (expected & found).total()
        source_count += expected.total()
        message_count += found.total()
    assert 2 * both >= WANTED * (source_count + message_count)
