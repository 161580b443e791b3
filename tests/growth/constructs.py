"""Texts of one construct each, of any length: what people write, and what never ends."""

import random
from collections.abc import Callable
from functools import partial

REPEATED = {
    "verse": "a line of verse  \n",
    "verse with backslashes": "a line\\\n",
    "soft line breaks": "a line of text\n",
    "sentences": "What is it? It is this. ",
    "question marks": "Really? ",
    "question marks alone": "?",
    "strong": "**a** ",
    "emphasis in emphasis": "*a **b*** ",
    "unclosed strong": "**a ",
    "unclosed emphasis": "_a *b ",
    "strike": "~~a~~ ",
    "unclosed strike": "~~a ",
    "code in a line": "`a` ",
    "unclosed code": "`a ``b ",
    "formulas": "$a$ ",
    "unclosed formulas": "$$a $b ",
    "links": "[a](https://a.example) ",
    "unclosed links": "[a](b ",
    "brackets": "[",
    "brackets in brackets": "[a](",
    "pictures": "![a](b.png) ",
    "unclosed pictures": "![",
    "footnotes": "a[^1] ",
    "unclosed footnotes": "^[a [^b ",
    "addresses": "https://a.example/b ",
    "wikilinks": "[[a]] ",
    "unclosed wikilinks": "[[a ",
    "backslashes": "\\",
    "ampersands": "&amp;&a&",
    "angle brackets": "<",
    "unclosed tags": "<a ",
    "unclosed attributes": "<a b=' ",
    "closing tags": "</a>",
    "elements": "<b>a</b> ",
    "unclosed elements": "<b>a ",
    "comments": "<!-- a --> ",
    "unclosed comments": "<!-- a ",
    "comments without words": "<!--",
    "unclosed data": "<![CDATA[ a ",
    "unclosed declarations": "<!a ",
    "unclosed instructions": "<? a ",
    "fold marks": "<!-- more ",
    "Hugo's tags": "{{< a >}} ",
    "unclosed tags of Hugo": "{{< a ",
    "unclosed tags in percent": "{{% a ",
    "unclosed tags of Liquid": "{% a ",
    "unclosed output": "{{ a | ",
    "unclosed comments of Nunjucks": "{# a ",
    "unclosed comments of MDX": "{/* a ",
    "unclosed components": "<Aa b={c ",
    "unclosed attribute lists": "{: .a ",
    "braces": "{",
    "quotes": "> a line\n",
    "quotes in quotes": "> > > a\n",
    "paragraphs": "A sentence. Another one.\n\n",
    "headings": "## A heading\n\ntext\n\n",
    "underlined headings": "a\n=\n",
    "items": "- an item\n",
    "small items": "- a\n",
    "numbered items": "1. an item\n",
    "items far apart": "- an item\n\n",
    "rules": "***\n",
    "definitions": "a\n: b\n\n",
    "references": "[a]: b\n",
    "blocks of HTML": "<div>\na\n\n",
    "unclosed preformatted": "<div><pre>\n\n",
    "unclosed code of Hugo": "{{< highlight go >}}\n\n",
    "unclosed tags in a block": "<div a='",
    "unclosed tags on lines": "<div a\n",
    "escaped tags that never end": "{{</* a ",
    "targets that never end": "[a]({{ b ",
    "containers": ":::note\n\n",
    "closed containers": ":::note\na\n:::\n\n",
    "fences": "```\na\n```\n",
    "fences of other lengths": "````\n```\n",
    "tables": "| a |\n|--|\n| b |\n\n",
    "hidden comments": "%% a %% ",
    "percent signs": "%%",
    "one word": "a",
    "ideographs": "漢字。",
    "wrapped ideographs": "漢字\n",
    "no-break spaces": "a\u00a0",
    "emoji": "👩‍👩‍👧 ",
    "empty lines": "\n",
    "spaces": " ",
    "admonitions": "!!! note\n    a\n\n",
    "empty admonitions": "!!! note\n",
    "superscripts": "x^2^ and more ",
    "subscripts": "H~2~O and more ",
    "unclosed subscripts": "x~a",
    "terms": "A\nB\n: C\n\n",
    "lines like terms": "Term one\nTerm two\n",
    "abbreviations": "*[A]: b\n\ntext\n",
    "unclosed abbreviations": "*[A",
    "paired tags": "{{< a >}}\nsome words\nand some more of them\n{{< /a >}}\n",
    "tags that stay open": "{{< a >}}\n{{< /b >}}\n",
    "wikilinks with words": "[[a|some words and *more*]] ",
    "embeds": "![[a.png|300]] ",
    "unclosed embeds": "![[a|",
    "block names": "text ^a-b\n",
    "carets": "^a",
    "callouts": "> [!note]- A\n> b\n\n",
    "highlights": "==a== ",
    "unclosed highlights": "==a ",
    "insertions in highlights": "==a ++b++== ",
    "unclosed insertions": "++aa ",
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
    "unclosed values": '{a="',
    "spans": "[some words and more of them]{.a} ",
    "unclosed spans": "[a]{",
    "formulas of TeX": "\\\\(a = b\\\\) in words ",
    "unclosed formulas of TeX": "\\\\( ",
    "formulas set off": "$$\na\n$$\n",
    "unclosed formulas set off": "$$ a\n",
    "unclosed brackets of TeX": "\\[ a few words\n",
    "tags that are no HTML": '<a @b="c" :d="e">words</a> and ',
    "blocks of tags that are no HTML": "<div a={b > c}>\nsome words {{< d >}}\n</div>\n\n",
    "unclosed tags that are no HTML": "<a @b={",
    "unclosed names of tags": "<a:b ",
    "imports": 'import {\n  a,\n} from "b"\n\nsome words\n\n',
    "exports that stay open": "export const a = {\n\nsome words\n\n",
    "carriage returns": "a\r\n",
}
"""A construct's name and its unit; the text is the unit again and again."""

Maker = Callable[[int], str]
"""Makes a text of about so many characters."""


def _repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _around(head: str, unit: str, end: str, size: int) -> str:
    return head + _repeated(unit, size) + end


def _mixed(seed: int, size: int) -> str:
    """Return a text of every construct, chosen at random; the longer begins as the shorter."""
    choose = random.Random(seed)  # noqa: S311  # chosen again the same
    units = list(REPEATED.values())
    parts: list[str] = []
    while size > 0:
        parts.append(choose.choice(units) * choose.choice((1, 1, 1, 5, 25)))
        size -= len(parts[-1])
    return "".join(parts)


CONSTRUCTS: dict[str, Maker] = {
    **{name: partial(_repeated, unit) for name, unit in REPEATED.items()},
    "code": partial(_around, "```\n", "a = 1\n", "```\n"),
    "a table": partial(_around, "| a | b |\n|--|--|\n", "| c | d |\n", ""),
    "a table of HTML": partial(_around, "<table>\n", "<tr><td>a</td></tr>\n", "</table>\n"),
    "tags closed at the end": partial(_around, "", "{{< a ", ">}}"),
    "comments closed at the end": partial(_around, "", "<!-- a ", "-->"),
    "attributes that never end": partial(_around, "<p ", "@a ", ""),
    "quoted deeper and deeper": partial(_around, "", "> ", "a\n"),
    "one long line of front matter": partial(_around, "---\ntitle: ", "a ", "\n---\n"),
    "nested front matter": partial(_around, "---\ntitle: ", "[", "\n---\n"),
    **{f"mixed {seed}": partial(_mixed, seed) for seed in range(1, 6)},
}
"""Every construct's name and what makes a text of it."""
