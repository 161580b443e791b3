"""Markdown, HTML and footnotes become exactly what Discord shows."""

from textwrap import dedent

import pytest

from bot.core.markup import plain, render

ADDRESS = "https://blog.example/posts/dream/"
PICTURES = "🖼️ [a](https://a.example)\n\n🖼️ [b](https://blog.example/b)"


def shown(markdown: str, *, address: str | None = ADDRESS) -> str:
    return render(dedent(markdown).strip("\n"), address=address).text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("__bold__ and _slanted_", "**bold** and *slanted*"),
        ("***both***", "***both***"),
        ("**bold *and slanted***", "**bold *and slanted***"),
        ("*a **b***", "*a **b***"),
        ("*a*<b>b</b>", "*a*\u200b**b**"),
        ("~~gone~~", "~~gone~~"),
        ("<u>under</u>", "__under__"),
        ("`a*b`", "`a*b`"),
        ("`` a`b ``", "``a`b``"),
        ("`` `a` ``", "`` `a` ``"),
        ("*a `b*c` d*", "*a* `b*c` *d*"),
        ("[text](https://a.example/x)", "[text](<https://a.example/x>)"),
        ("[text][r]\n\n[r]: https://a.example", "[text](<https://a.example>)"),
        ("[text](../other/)", "[text](<https://blog.example/posts/other/>)"),
        ("[LICENSE](LICENSE)", "[LICENSE](<https://blog.example/posts/dream/LICENSE>)"),
        ("[text](#part)", "[text](<https://blog.example/posts/dream/#part>)"),
        ("<https://a.example/x_y>", "<https://a.example/x_y>"),
        ("see https://a.example/x_y.", "see <https://a.example/x_y>."),
        ("(https://a.example/A_(b))", "(<https://a.example/A_(b)>)"),
        ("[mail](mailto:a@b.example)", "mail"),
        (
            "[https://b.example](https://a.example)",
            "[https:\u200b//b.example](<https://a.example>)",
        ),
        ("[\U0001f389 party](https://a.example)", "\U0001f389 [party](<https://a.example>)"),
        (
            "[a **b \U0001f389 c**](https://a.example)",
            "[a **b**](<https://a.example>) **\U0001f389** [**c**](<https://a.example>)",
        ),
        ("[\U0001f389](https://a.example)", "\U0001f389 (<https://a.example>)"),
        ("![a cat](cat.png)", "🖼️ [a cat](https://blog.example/posts/dream/cat.png)"),
        ("soft\nwrap", "soft wrap"),
        ("软\n换", "软换"),
        ("hard  \nbreak", "hard\nbreak"),
        ("&copy; &lt;b&gt;", "© \\<b>"),
        ("a<!-- b -->c", "ac"),
        ("H<sub>2</sub>O <kbd>Ctrl</kbd>", "H₂O `Ctrl`"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("where $a_1 * b_2$ holds", "where `a_1 * b_2` holds"),
        ("in $O(n)$ steps", "in `O(n)` steps"),
        ("| a |\n|--:|\n| 10 |\n| 2 |", "```\n a\n──\n10\n 2\n```"),
    ],
)
def test_a_paragraph_is_written_as_discord_reads_it(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Title\n===\n\ntext", "# Title\ntext"),
        ("text\n\n### Three\n\nmore", "text\n\n### Three\nmore"),
        ("#### Four *five*", "**Four *five***"),
        ("text\n\n- a\n\n- b", "text\n- a\n- b"),
        ("- a\n  - b\n    1. c\n- d", "- a\n  - b\n    1. c\n- d"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("- a\n\n  more", "- a\n  more"),
        ("* a\n\n1. b", "- a\n\n1. b"),
        ("- [ ] do\n- [x] done", "- ☐ do\n- ☑ done"),
        ("> a\n>\n> b", "> a\n> \n> b"),
        ("> a\n> > b", "> a\n> \n> b"),
        ("> [!TIP]\n> a", "> **Tip**\n> a"),
        ("> a\n\ntext", "> a\n\ntext"),
        ("a\n\n    code", "a\n```\ncode\n```"),
        ("~~~python {lines=1}\ncode\n~~~", "```python\ncode\n```"),
        ("```c++\nint x;\n```", "```cpp\nint x;\n```"),
        ("- a\n\n  ```\n  x\n\n  y\n  ```", "- a\n  ```\n  x\n  \n  y\n  ```"),
        ("````\n```\n````", "```\n`\u200b`\u200b`\n```"),
        ("a\n\n---\n\nb", "a\n\n⁂\n\nb"),
        ("a\n\n---", "a"),
        ("Note[^a].\n\n[^a]: The *note*.\n\nEnd", "Note¹.\n\nEnd\n-# ¹ The *note*."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "```\na  b\n─  ─\n1  2\n```"),
        ("Term\n: Meaning", "**Term**\n- Meaning"),
        ("$$\na_1\n$$", "```latex\na_1\n```"),
        ("- > a\n  >\n  > b\n- c", "- > a\n  > \n  > b\n- c"),
        ("- a\n\n  > b\n\n  c", "- a\n  > b\n  c"),
        ("> - a\n>   > b", "> - a\n>   b"),
    ],
)
def test_a_block_is_written_as_discord_reads_it(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


@pytest.mark.parametrize("last", ["> *\n> \n> ", "> -\n> \n> ", "> 1.\n> \n> "])
def test_a_quote_may_end_on_an_empty_line_at_the_end_of_the_file(last: str) -> None:
    assert shown(f"A.\n\n{last}") == "A."


def test_a_wide_table_becomes_a_list_of_headers_and_values() -> None:
    row = "| Ankara | " + "long " * 10 + "|"
    table = f"| city | what |\n|---|---|\n{row}\n| Izmir | [x](https://x.example) |"
    assert shown(table) == (
        f"- city: Ankara\n  what: {'long ' * 10}".rstrip()
        + "\n- city: Izmir\n  what: [x](<https://x.example>)"
    )


def test_a_body_of_html_is_read_and_not_shown() -> None:
    body = """
        <div class="post"><h2>Head</h2>
        <p>One <b>bold</b>
        <p>Two<br>lines
        <ul><li>x<li>y <a href="/q">q</a></ul>
        <script>alert("no")</script>
        <pre><code class="language-py">def f():
            pass</code></pre></div>
        """
    assert shown(body) == (
        "## Head\nOne **bold**\n\nTwo\nlines\n- x\n- y [q](<https://blog.example/q>)\n"
        "```py\ndef f():\n    pass\n```"
    )


def test_a_figure_shows_its_picture_and_its_caption() -> None:
    figure = '<figure><img src="/b.png" alt="B"><figcaption>It is <i>b</i></figcaption></figure>'
    assert shown(figure) == "🖼️ [B](https://blog.example/b.png)\n-# It is *b*"


def test_a_relative_link_without_an_address_is_its_text() -> None:
    assert shown("[text](/x) ![picture](/y.png)", address=None) == "text 🖼️ picture"


def test_the_closing_block_is_left_out_with_the_rule_and_the_heading_before_it() -> None:
    markdown = "# One\n\ntext\n\n---\n\n## Questions\n\nWhy?\n"
    assert render(markdown, omit=(8, 9)).text == "# One\ntext"


def test_a_block_knows_its_line() -> None:
    assert [block.line for block in render("# One\n\ntext\n\n- item").blocks] == [1, 3, 5]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*What* if `an` [AI](x)\ncould **dream**?", "What if an AI could dream?"),
        ("1. # stays &amp; <b>stays</b>", "1. # stays & stays"),
        ("![a cat](b.png) 2 * 3", "a cat 2 * 3"),
    ],
)
def test_plain_is_what_the_line_says(markdown: str, expected: str) -> None:
    assert plain(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("10<sup>-6</sup>, the 4<sup>th</sup>", "10⁻⁶, the 4th"),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        ("a <ul>b<li>c</ul>", "a\n\nb\n- c"),
        ("<template><b>no</b></template>yes", "yes"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<p>a</p><hr><p>b <q>c</q></p>", "a\n\n⁂\n\nb “c”"),
        ("<table></table>a", "a"),
        ("<video src='//v.example/a.mp4'></video>", "https://v.example/a.mp4"),
        ("$5 for *a* and $6, $HOME/$USER", "$5 for *a* and $6, $HOME/$USER"),
        ("<?php echo '>'; ?>\n\ntext", "text"),
        ("<P>One<BR>two<A HREF='/x'>x</A>", "One\ntwo[x](<https://blog.example/x>)"),
        ("![a\nb](https://a.example) c", "🖼️ [a b](<https://a.example>) c"),
        ("[a]({{ site.url }})", "a"),
        ("a<b> </b>b", "a b"),
        ("#### a <pre>b</pre>", "**a `b`**"),
        ("a ![b](c.png) d", "a 🖼️ [b](<https://blog.example/posts/dream/c.png>) d"),
        ("[![b](c.png)](https://d.example)", "🖼️ [b](<https://d.example>)"),
        ("![a](https://a.example)\n\n![b](/b)", PICTURES),
        ("<details><summary>More</summary>\n\nIs *here*.\n\n</details>", "**More**\nIs *here*."),
        ("- a\n\n  </div></ul>\n\n- b", "- a\n- b"),
        ("<div>\n\n- a </div> b\n- c\n\n</div>", "- a b\n- c"),
        ("[a](/A\\)b)", "[a](<https://blog.example/A%29b>)"),
    ],
)
def test_html_and_pictures_of_all_sorts(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a <code>b *c*\n\nd", "a `b c`\n\nd"),
        ("a <script>b\n\nd", "a\n\nd"),
        ("the <pre> tag\n\nd", "the\n```\n tag\n```\nd"),
        ("a <sup>1\n\n2", "a ¹\n\n2"),
        ("a <b>b\n\nc", "a **b**\n\nc"),
        ("<div><pre>a\n\nb *c*\n\n</pre></div>\n\nd", "```\na\n\nb *c*\n```\nd"),
    ],
)
def test_a_tag_left_open_reaches_no_further_than_it_may(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected
