"""Showing a text costs what the text is long: counted in calls, which no busy machine changes."""

import sys
from types import FrameType

import pytest

from bot.core.markup import excerpt, render, split

MOST = 2.3
"""What a doubled text may cost (design.md, Speed)."""

LENGTH = 3_000

TEXTS = {
    "verse": "a line of verse  \n",
    "verse with backslashes": "a line\\\n",
    "soft line breaks": "a line of text\n",
    "sentences": "What is it? It is this. ",
    "question marks": "Really? ",
    "strong": "**a** ",
    "emphasis in emphasis": "*a **b*** ",
    "strike": "~~a~~ ",
    "unclosed strike": "~~a ",
    "code in a line": "`a` ",
    "formulas": "$a$ ",
    "links": "[a](https://a.example) ",
    "addresses": "https://a.example/b ",
    "wikilinks": "[[a]] ",
    "wikilinks with words": "[[a|some words and *more*]] ",
    "unclosed wikilinks": "[[a",
    "embeds": "![[a.png|300]] ",
    "unclosed embeds": "![[a|",
    "block names": "text ^a-b\n",
    "carets": "^a",
    "callouts": "> [!note]- A\n> b\n\n",
    "highlights": "==a== ",
    "unclosed highlights": "==a ",
    "insertions in highlights": "==a ++b++== ",
    "unclosed insertions": "++aa ",
    "containers": ":::note\na\n:::\n",
    "containers of other kinds": "::: {.a .b c=d}\nsome text\n\n",
    "unclosed containers": "::: note\n",
    "colons": ":::",
    "lines of colons": ":::\n",
    "labels of containers": ":::note[",
    "directives": ":quote[some words of it, and more of it]{#a} ",
    "unclosed directives": ":a[",
    "directives on a line": "::a[some words]{c}\n",
    "attributes": "some *words*{: .b} here ",
    "lines of attributes": "{: .a b=c}\n\ntext here\n",
    "unclosed attributes": "{.a ",
    "unclosed values": '{a="',
    "spans": "[some words and more of them]{.a} ",
    "unclosed spans": "[a]{",
    "superscripts": "x^2^ and more ",
    "subscripts": "H~2~O and more ",
    "unclosed subscripts": "x~a",
    "terms": "A\nB\n: C\n\n",
    "lines like terms": "Term one\nTerm two\n",
    "abbreviations": "*[A]: b\n\ntext\n",
    "unclosed abbreviations": "*[A",
    "paired tags": "{{< a >}}\nsome words\nand some more of them\n{{< /a >}}\n",
    "tags that stay open": "{{< a >}}\n{{< /b >}}\n",
    "backslashes": "\\",
    "quotes": "> a line\n",
    "paragraphs": "A sentence. Another one.\n\n",
    "headings": "## A heading\n\ntext\n\n",
    "items": "- an item\n",
    "one word": "a",
    "ideographs": "漢字。",
    "wrapped ideographs": "漢字\n",
}


def calls(text: str) -> int:
    """Return how many calls, of Python's and of C's, showing a text takes."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        rendered = render(text, address="https://blog.example/a/")
        split(rendered)
        excerpt(rendered)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
def test_a_text_twice_as_long_costs_twice(unit: str) -> None:
    once = unit * (LENGTH // len(unit))
    calls(once)  # what is set up once does not count
    assert calls(once + once) <= MOST * calls(once)


def test_code_and_tables_twice_as_long_cost_twice() -> None:
    for head, line, end in (
        ("```\n", "a = 1\n", "```\n"),
        ("| a | b |\n|--|--|\n", "| c | d |\n", ""),
    ):
        lines = line * (LENGTH // len(line))
        assert calls(head + lines + lines + end) <= MOST * calls(head + lines + end)


def test_a_message_holds_many_small_pieces_without_each_being_tried_with_each() -> None:
    lines = "\\\n".join(str(n % 7) for n in range(4_000))
    messages = split(render(lines))
    assert len(messages) <= 2 * 4_000 // 2_000 + 1
    assert all(len(message) <= 2_000 for message in messages)
    shown = "\n".join(messages).split("\n")
    assert shown == [str(n % 7) for n in range(4_000)]
