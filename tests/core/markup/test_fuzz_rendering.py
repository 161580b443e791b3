"""Whatever is written, it goes through, stays within the limit and loses no word."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bot.core.markup import excerpt, render, split
from tests.core.markup.essays import examples

DOCUMENTS = int(os.environ.get("AFTERWORD_FUZZ", "1000"))
EXAMPLES_IN_SPEC = 652
ADDRESS = "https://link.example/posts/dream/"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
WORD = re.compile("[\u3040-\u9fff]|[^\\W_\u3040-\u9fff]+")
MARKS = re.compile("[\\\\*_~`|<>\\[\\]\u200b⁰¹²³⁴-⁹$]")
ADDRESSES = re.compile("\\]?\u200b?\\(?<?https:\u200b?//link\\.example[^\\s<>)]*>?\\)?")

pytestmark = pytest.mark.timeout(0 if DOCUMENTS > 1000 else 60)

FRAGMENTS = (
    "alpha", "Beta.", "x1", "é", "漢字", "👩‍🚀", "-", "#", ">", "*", "+", "1.", "&amp;", "<", "!",
    "@everyone", "<@1>", ":smile:", "||", "~~", "`", "``", "```", "[", "]", "(", ")", " ![", "\\",
    "](https://link.example)", "](/b)", "**", "_", "__", "***", "<b>", "</b>", " <br> ", " <p> ",
    " <ul> ", " <li> ", " </div> ", " <div> ", " https://link.example/b_c ",
    " <https://link.example> ", "[^1]", "\n[^1]: n\n",
    " ", " ", " ", " ", "\n", "\n", "\n\n", "  \n", "    ", "\n- ", "\n  - ", "\n1. ", "\n> ",
    "\n```\n", "\n# ", "\n#### ", "\n---\n", "\n| a | b |\n|---|---|\n| c | d |\n", "-# ",
)  # fmt: skip
TAGS = (
    "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "<code>", "</code>", "<script>",
    "<a href='/x'>", "<img src='x'>", "<figure>", "<sup>", "<hr>", "<dl>", "<dt>", "<p>", "<ol>",
    "<figcaption>", "<blockquote>", "<h2>", "<details>", "<summary>", "<ul>", "<li>", "</p>", "<q>",
    "$", "{{< a >}}", "{{< /a >}}", "{{< quote >}}", "{{< /quote >}}", "{% if x %}",
    "{{", "}}", "{:", "}",
)  # fmt: skip


def documents(*more: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*FRAGMENTS, *more]), max_size=40).map("".join)


def words_of(markdown: str) -> Counter[str]:
    """Words of the source's text and code, whatever shows them."""
    words: Counter[str] = Counter()
    for token in PARSER.parse(markdown):
        if token.type in {"fence", "code_block"}:
            words.update(words_in([token.content]))
        elif token.type == "inline":
            parts = [said_by(child) for child in token.children or []]
            words.update(words_in(["".join(parts)]))
    return words


def said_by(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "image":
            return f"{described_by(token).strip() or 'image'} "
        case "html_inline":
            return "" if token.content in {"<b>", "</b>"} else " "
        case _:
            return " " if "break" in token.type or token.type == "link_close" else ""


def described_by(image: Token) -> str:
    """Return a picture's description; of a picture in it, what that one says."""
    return "".join(
        described_by(child) if child.type == "image" else said_by(child)
        for child in image.children or []
    )


def words_in(texts: Iterable[str]) -> Counter[str]:
    return Counter(WORD.findall(MARKS.sub("", unquote(ADDRESSES.sub(" ", "\n".join(texts))))))


@settings(max_examples=DOCUMENTS)
@given(documents())
@example("~~~\n```\n~~~")
@example("<Beta.\n> ")
@example("alpha <ul> alpha*alpha*")
@example("*a*<b>b</b>")
@example("![alpha ![](https://link.example)](https://link.example)")
@example("![alpha*](https://link.example)alpha")
def test_no_word_is_lost_and_no_message_is_too_long(markdown: str) -> None:
    messages = split(render(markdown, address=ADDRESS))
    assert all(0 < len(message.strip()) <= len(message) <= 2000 for message in messages)
    assert not words_of(markdown) - words_in(messages)


@settings(max_examples=max(DOCUMENTS // 5, 100))
@given(documents(*TAGS), st.integers(60, 300))
def test_a_small_limit_holds_too(markdown: str, limit: int) -> None:
    rendered = render(markdown, address=ADDRESS)
    assert all(0 < len(message.strip()) <= limit for message in split(rendered, limit))
    assert len(excerpt(rendered, limit)) <= limit


@settings(max_examples=max(DOCUMENTS // 5, 100))
@given(st.text())
def test_any_text_goes_through(text: str) -> None:
    assert all(len(message) <= 100 for message in split(render(text), 100))


def test_every_example_of_commonmark_goes_through_and_loses_no_word(spec: str) -> None:
    found = examples(spec)
    assert len(found) == EXAMPLES_IN_SPEC
    lost = {}
    for markdown in found:
        messages = split(render(markdown, address=ADDRESS))
        assert all(0 < len(message.strip()) <= 2000 for message in messages)
        if missing := words_of(markdown) - words_in(messages):
            lost[markdown] = missing
    assert lost == {}
