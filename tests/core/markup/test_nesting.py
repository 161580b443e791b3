"""However deep an essay nests, all of its text is shown, in order, and nothing recurses with it."""

import sys
from collections.abc import Iterator

import pytest

from bot.core.closing.questions import closing_questions
from bot.core.markup import excerpt, plain, render, split

DEEP = 1_200


@pytest.fixture
def shallow() -> Iterator[None]:
    """Leave room for a few hundred calls in each other, as a server has below its own."""
    depth, frame = 0, sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + 350)
    yield
    sys.setrecursionlimit(before)


def nested(opening: str, closing: str, text: str = "inside") -> str:
    return opening * DEEP + text + closing * DEEP + "\n\nafter"


@pytest.mark.usefixtures("shallow")
@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (nested("<div><b><i>", "</i></b></div>"), "***inside***\n\nafter"),
        (nested("<div>", "</div>", "\n\n**inside**\n\n"), "**inside**\n\nafter"),
        (nested("<blockquote>", "</blockquote>"), "> inside\n\nafter"),
        (nested("<ul><li>", "</li></ul>"), None),
        (nested("<table><tr><td>", "</td></tr></table>"), None),
        (nested("<details><summary>s</summary>", "</details>"), None),
        (nested("<a href='/x'>", "</a>"), None),
        (nested("<div>", "</div>", "<pre>\ninside\n  x\n</pre>"), "```\ninside\n  x\n```\nafter"),
        (nested("{{< details >}}\n\n", "\n\n{{< /details >}}"), None),
        (nested("> ", ""), "> inside\n\nafter"),
        (nested("- ", ""), None),
        (nested("1. ", ""), None),
        (nested("> - ", ""), None),
        (nested("*a **b ", "** *"), None),
        (nested("a ~~b ", "~~ "), None),
        (nested("[", "]"), None),
        (nested("![", "](b.png)"), None),
        (nested("*_", "_*"), None),
    ],
)
def test_deep_nesting_loses_no_text(markdown: str, expected: str | None) -> None:
    rendered = render(markdown)
    if expected is not None:
        assert rendered.text == expected
    together = "".join(split(rendered))
    assert 0 <= together.find("inside") < together.find("after")
    assert excerpt(rendered)
    closing_questions(markdown + "\n\nWhy?")
    plain(markdown)


@pytest.mark.parametrize(
    "lines",
    [
        [f"{'> ' * level}level {level}\n" for level in range(1, 41)],
        [f"{'  ' * level}- level {level}" for level in range(40)],
        [f"{'   ' * level}1. level {level}\n" for level in range(40)],
        [f"{'<div>' * level}level {level}\n\n" for level in range(80)],
    ],
)
def test_what_lies_deeper_than_the_parser_goes_stays_in_order(lines: list[str]) -> None:
    shown = render("\n".join(lines)).text
    places = [shown.find(f"level {level}") for level in range(1, len(lines))]
    assert places == sorted(places)
    assert -1 not in places


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><![x[ > ]> a</div>", "\\<!\\[x\\[ > ]> a"),
        ("<div>\n<![1> a\n</div>", "\\<!\\[1> a"),
        ("<div><![if IE]> a <![endif]> b</div>", "a b"),
        ("<div>a <![CDATA[ b ]]> c</div>", "a c"),
        ("<div>a <? b > c ?> d <? e</div>", "a d"),
        ("<div>a <!-- b --> c <!-- d", "a c \\<!-- d"),
        ("<div>1 < 2 & <b", "1 \\< 2 & \\<b"),
    ],
)
def test_html_that_is_none_is_shown_as_it_stands(html: str, expected: str) -> None:
    assert render(html).text == expected
    closing_questions(f"{html}\n\nWhy?")
