"""What a reader wrote, as a page and a feed hold it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.control_characters import visible
from bot.desk.site.markup import as_html, plain

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](data:text/html,<script>)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://a.example/x.png)",
    "`</code><script>`",
    "```html\n</pre><script>\n```",
    "&lt;script&gt;",
]


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


KNOWN = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in KNOWN
        assert set(attributes) <= {"a": {"href", "rel"}, "code": {"class"}, "ol": {"start"}}.get(
            tag, set()
        )
        assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_a_reader_writes_becomes_a_program_or_a_picture(text: str) -> None:
    assert_harmless(as_html(text))


def test_what_discord_shows_as_marks_is_marked() -> None:
    said = "**so** *it* ~~was~~ `x<y`\n> quoted\n\n- one\n- two"
    assert as_html(said) == (
        "<p><strong>so</strong> <em>it</em> <s>was</s> <code>x&lt;y</code></p>\n"
        "<blockquote>\n<p>quoted</p>\n</blockquote>\n"
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_headings_stay_text_so_that_they_do_not_join_the_outline_of_a_page() -> None:
    assert as_html("# Loud\n## Louder") == "<p># Loud<br>\n## Louder</p>"


def test_a_link_passes_no_reputation_on() -> None:
    assert as_html("[a](https://a.example)") == (
        '<p><a href="https://a.example" rel="nofollow ugc noopener">a</a></p>'
    )


def test_ids_of_others_are_not_published() -> None:
    said = "<@123456789012345678> <@!1> <@&2> <#3> <a:wave:4> <t:1700000000:R> </post:5> ||dark||"
    assert plain(said) == "@someone @someone @role #channel :wave: (a time) /post ||dark||"
    assert as_html(said) == "<p>@someone @someone @role #channel :wave: (a time) /post dark</p>"


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\x1b", "\x00", "\uffff"])
def test_what_nobody_sees_orders_nothing(char: str) -> None:
    assert char not in plain(f"a{char}b")
    assert char not in as_html(f"a{char}b")


@given(st.text(max_size=300) | st.text(alphabet="<>*_`[]()!#~|&:/\\\n ahtps", max_size=60))
def test_html_is_made_of_known_tags_only(text: str) -> None:
    assert_harmless(as_html(text))
    assert plain(text) == visible(plain(text))
