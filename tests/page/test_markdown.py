"""The page reads Discord's dialect, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.scenario import open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

RENDER = """async ([texts, headers]) => {
    const { markdown } = await import("/page/markdown.js");
    const named = (kind) => (id) => `${kind} ${id}`;
    const names = { user: named("user"), role: named("role"), channel: named("channel") };
    return texts.map((text) => {
        const box = document.createElement("div");
        box.append(markdown(text, names, { headers }));
        for (const link of box.querySelectorAll("a")) {
            for (const name of ["target", "rel", "title"]) link.removeAttribute(name);
        }
        return box.innerHTML;
    });
}"""


def heading(level: int, text: str) -> str:
    return f'<div class="h{level}" role="heading" aria-level="{level + 2}">{text}</div>'


def link(address: str, text: str | None = None) -> str:
    return f'<a href="{address}">{text or address}</a>'


CASES = {
    # emphasis
    "*i* _i_ **b** ***bi*** __u__ ~~s~~": "<em>i</em> <em>i</em> <strong>b</strong> "
    "<em><strong>bi</strong></em> <u>u</u> <s>s</s>",
    "__*ui*__ **a *b* c**": "<u><em>ui</em></u> <strong>a <em>b</em> c</strong>",
    "snake_case_name and 2 * 3 * 4": "snake_case_name and 2 * 3 * 4",
    "*over\nlines*": "<em>over<br>lines</em>",
    r"\*no\* \_no\_ \`no\` \~~no\~~ \||no\|| \\": "*no* _no_ `no` ~~no~~ ||no|| \\",
    "**open": "**open",
    # code
    "`a *b* \\`": "<code>a *b* \\</code>",
    "``a ` b``": "<code>a ` b</code>",
    "```py\nprint(1)\n```": '<pre><code data-language="py">print(1)</code></pre>',
    "```py print```": "<pre><code>py print</code></pre>",
    "before ```x``` after": "before <pre><code>x</code></pre> after",
    "    not code": "    not code",
    "~~~\nnot code\n~~~": "<s>~<br>not code<br></s>~",
    # lines
    "# a\n## *b*\n### c\n#### d": heading(1, "a")
    + heading(2, "<em>b</em>")
    + heading(3, "c")
    + "#### d",
    "#tag": "#tag",
    "-# small *print*\nnot": '<small class="subtext">small <em>print</em></small>not',
    "a\n\nb": "a<br><br>b",
    "---": "---",
    # quotes
    "> a\n> b\nc": "<blockquote>a<br>b</blockquote>c",
    ">no": "&gt;no",
    "> > nested": "<blockquote>&gt; nested</blockquote>",
    ">>> a\n\n- b": "<blockquote>a<br><br><ul><li>b</li></ul></blockquote>",
    "> # head": f"<blockquote>{heading(1, 'head')}</blockquote>",
    # lists
    "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
    "* a\n  - b\n* c": "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    "3. a\n3. b": '<ol start="3"><li>a</li><li>b</li></ol>',
    "1. a\n   - b\n2. c": '<ol start="1"><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
    r"1\. no": "1. no",
    "-no": "-no",
    # links
    "[a *b*](https://x.example/)": link("https://x.example/", "a <em>b</em>"),
    "[a](<https://x.example/b>)": link("https://x.example/b", "a"),
    "[a](https://x.example/b_(c))": link("https://x.example/b_(c)", "a"),
    "[a](/relative)": "[a](/relative)",
    "[a](javascript:x)": "[a](javascript:x)",
    "[https://y.example](https://x.example/)": f"[{link('https://y.example/', 'https://y.example')}]"
    f"({link('https://x.example/')})",
    "see https://x.example/a_b_c.": f"see {link('https://x.example/a_b_c')}.",
    "(https://x.example/)": f"({link('https://x.example/')})",
    "<https://x.example/>": link("https://x.example/"),
    "![a](https://x.example/)": f"!{link('https://x.example/', 'a')}",
    "<b>&amp;": "&lt;b&gt;&amp;amp;",
    # mentions
    "<@1> <@!1> <@&2>": '<span class="mention">@user 1</span> <span class="mention">@user 1</span> '
    '<span class="mention">@role 2</span>',
    "<#3>": '<a class="mention" href="#3">#channel 3</a>',
    "</post:4>": '<span class="mention">/post</span>',
    "@everyone": '<span class="mention">@everyone</span>',
    "<:smile:5>": ":smile:",
    r"<\@1>": "&lt;@1&gt;",
    "| a | b |\n|---|---|": "| a | b |<br>|---|---|",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _needs(page: Page) -> None:
    del page


async def render(page: Page, texts: list[str], *, headers: bool = True) -> list[str]:
    async with open_scenario() as scenario:
        await page.goto(scenario.sandbox.url)
        rendered: list[str] = await page.evaluate(RENDER, [texts, headers])
    return rendered


async def test_each_construct_reads_as_in_discord(page: Page) -> None:
    rendered = await render(page, list(CASES))
    assert dict(zip(CASES, rendered, strict=True)) == CASES


async def test_times_stand_in_every_style_and_bad_ones_as_text(page: Page) -> None:
    styles = [f"<t:0:{style}>" for style in "tTdDfFsSR"]
    *good, bad = await render(page, [*styles, "<t:9999999999999>"])
    assert all(each.startswith('<time datetime="1970-01-01T00:00:00.000Z"') for each in good)
    assert len(set(good)) == len(good)
    assert bad == "&lt;t:9999999999999&gt;"


async def test_a_spoiler_is_covered_until_it_is_pressed(page: Page) -> None:
    (covered,) = await render(page, ["||*secret*||"])
    assert 'class="spoiler"' in covered
    assert 'aria-hidden="true"' in covered


async def test_an_embed_s_fields_have_no_headers(page: Page) -> None:
    assert await render(page, ["# a\n- b"], headers=False) == ["# a<ul><li>b</li></ul>"]


async def test_long_and_deeply_nested_texts_are_read_at_once(page: Page) -> None:
    nasty = [
        "*" * 2000,
        "_a " * 600,
        "||" * 1000,
        "[" * 2000,
        "[a](" * 500,
        "> " * 1000,
        "`" * 1999,
        "**a " * 500,
        "- " * 1000,
        "<@" * 1000,
        "https://" * 250,
        "((((" * 500 + "https://x.example/" + ")" * 100,
    ]
    assert len(await render(page, nasty)) == len(nasty)
