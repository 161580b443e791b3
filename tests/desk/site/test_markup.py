"""What becomes of a reader's words on a page: shown, and never obeyed."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.site.markup import as_html, plain, plain_line

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote"}
ATTRIBUTES = {"dir", "href", "rel", "start"}


class Page(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def html(text: str) -> str:
    return as_html(plain(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b** *i* _i_ ~~s~~", "<strong>b</strong> <em>i</em> <em>i</em> <s>s</s>"),
        ("`a || b || c`", "<code>a || b || c</code>"),
        ("||a **b** c||", "a <strong>b</strong> c"),
        ("||a|| b || c", "a b || c"),
        ("one\ntwo", "one<br>\ntwo"),
        ("\\*a\\*", "*a*"),
        ("&amp; <b>", "&amp;amp; &lt;b&gt;"),
        ("![x](https://a.example/x.png)", '!<a href="https://a.example/x.png" {}>x</a>'),
        ("[x](<https://a.example> 'y')", '<a href="https://a.example" {}>x</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](//a.example)", "[x](//a.example)"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)&gt;"),
        ("(https://a.example/b_(c)).", '(<a href="https://a.example/b_(c)" {0}>{1}</a>).'),
        ("{{ x }} {% y %}", "&#123;&#123; x }} &#123;% y %}"),
    ],
)
def test_marks_are_shown_and_all_else_is_text(text: str, shown: str) -> None:
    rel = 'rel="nofollow ugc noopener"'
    filled = shown.replace("{0}", rel).replace("{1}", "https://a.example/b_(c)").replace("{}", rel)
    assert html(text) == f'<p dir="auto">{filled}</p>'


def test_blocks_are_lists_quotes_code_and_bold_headings() -> None:
    page = html('# Loud\n- a\n- b\n\n> q\n\n```html" onclick=x\n</code><b>\n```\n\n    no code')
    assert page == (
        '<p dir="auto"><strong>Loud</strong></p>\n'
        '<ul>\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ul>\n'
        '<blockquote dir="auto">\n<p dir="auto">q</p>\n</blockquote>\n'
        "<pre><code>&lt;/code&gt;&lt;b&gt;\n</code></pre>\n"
        '<p dir="auto">no code</p>'
    )


def test_no_id_of_anybody_is_told() -> None:
    said = plain("<@123> <@!123> <@&124> <#125> <a:wave:126> <:ok_1:127> </post:128> <id:guide>")
    assert said == "@someone @someone @role #channel :wave: :ok_1: /post #channel"
    assert plain("<@\u202e123>") == "@someone"
    assert html("`<@123>`") == '<p dir="auto"><code>@someone</code></p>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<t:1700000000:R>", "2023-11-14 22:13 UTC"),
        ("<t:9999999999999>", "(a time)"),
        ("a\r\nb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\u202eb\x1b[31m\x00\u2066c\u200f\ufeff\ufffe", "ab[31mc"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("  \n x \n ", "x"),
    ],
)
def test_text_holds_nothing_that_controls_a_page(text: str, said: str) -> None:
    assert plain(text) == said


def test_a_line_is_one_line() -> None:
    assert plain_line(" a\u2028b\r\n\tc ") == "a b c"


SIGNS = st.sampled_from("ab1 .)-+=*_`~#>|<&;:/![](){}\\\"'$@^\n\t%\u202e\x1b\u05d0")
LINKS = st.sampled_from(
    ["https://a.example", "javascript:x", "http://x\"onload='", "<@1>", "||", "data:text/html,x"]
)


@given(st.lists(SIGNS | LINKS, max_size=40).map("".join))
def test_no_text_becomes_anything_but_harmless_tags(text: str) -> None:
    page = Page(html(text))
    assert page.tags <= TAGS
    assert set(page.attributes) <= ATTRIBUTES
    assert page.attributes.get("rel", set()) <= {"nofollow ugc noopener"}
    assert all(
        re.match(r"https?://", one, re.IGNORECASE) for one in page.attributes.get("href", ())
    )
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e{]", html(text))


@given(st.text(st.sampled_from("ab .,!?'\"|"), min_size=1, max_size=30))
def test_words_are_neither_lost_nor_changed(text: str) -> None:
    said = Page(html(text)).text.replace("|", "")
    assert " ".join(said.split()) == " ".join(text.replace("|", "").split())
