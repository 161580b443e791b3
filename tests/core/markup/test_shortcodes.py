"""What a generator would have replaced becomes something useful, or leaves its text."""

import pytest

from bot.core.markup import render

ADDRESS = "https://blog.example/posts/dream/"


def shown(markdown: str) -> str:
    return render(markdown, address=ADDRESS).text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            '{{< figure src="/a.png" alt="A" caption="It is *a*" >}}',
            "🖼️ [A](https://blog.example/a.png)\n-# It is \\*a\\*",
        ),
        (
            '{{< figure\n  src="b.png"\n  title="B" >}}',
            "🖼️ [B](https://blog.example/posts/dream/b.png)",
        ),
        ('{% include figure.html src="/c.png" caption="C" %}', "🖼️ [C](https://blog.example/c.png)"),
        ("{% asset_img d.png %}", "🖼️ [image](https://blog.example/posts/dream/d.png)"),
        ("{% img right /e.jpg 400 A tree %}", "🖼️ [A tree](https://blog.example/e.jpg)"),
        ("{{< quote >}} {{< /quote >}}", ""),
        ("{{< youtube abc-1 >}}", "https://www.youtube.com/watch?v=abc-1"),
        ('{{ youtube(id="abc") }}', "https://www.youtube.com/watch?v=abc"),
        ('<YouTube id="abc" />', "https://www.youtube.com/watch?v=abc"),
        ('{{< tweet user="a" id="12" >}}', "https://twitter.com/a/status/12"),
        ("{{< tweet 12 >}}", "https://twitter.com/i/status/12"),
        ("{{< details >}}\nText.\n{{< /details >}}", "Text."),
        ('<Tweet id={"12"} />', "https://twitter.com/i/status/12"),
        ('[a]({{< ref "#b" >}})', "[a](<https://blog.example/posts/dream/#b>)"),
        ("{% highlight py %}\nleft open", "left open"),
        ("a\n{{< youtube b >}}\nc", "a\n\nhttps://www.youtube.com/watch?v=b\n\nc"),
        ("a\nexport default b", "a export default b"),
        ("export default {\n  a: 1,\n}\n\nb", "b"),
        ("{{< gist jung 12 >}}", "https://gist.github.com/jung/12"),
        (
            '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
            "https://www.youtube.com/watch?v=abc",
        ),
        ("{{% notice tip %}}\nMind **this**.\n{{% /notice %}}", "> **Tip**\n> Mind **this**."),
        ('<Callout type="note">\nMind *this*.\n</Callout>', "> **Note**\n> Mind *this*."),
        ('{{< quote author="Jung" >}}\nA dream.\n{{< /quote >}}', "> A dream.\n> \n> — Jung"),
        ('{% quote(author="Jung") %}\nA dream.\n{% end %}', "> A dream.\n> \n> — Jung"),
        ('{{< details "More" >}}\nText.\n{{< /details >}}', "**More**\nText."),
        ("{% highlight py %}\nx = {% a %}\n{% endhighlight %}", "```py\nx = {% a %}\n```"),
        ("```\n{{< not a tag >}}\n```", "```\n{{< not a tag >}}\n```"),
        ("`{{< x >}}`", "`{{< x >}}`"),
        ("{{</* figure */>}}", "{{\\< figure >}}"),
        ("{% if a %}yes{% endif %} {{ page.title }}!", "yes !"),
        ("{{ name }} stays", "{{ name }} stays"),
        ("text\n{: .class}", "text"),
        ('[a](/x){:target="_blank"}', "[a](<https://blog.example/x>)"),
        ("## Head {#id}", "## Head"),
        ("{% comment %}\nsecret\n{% endcomment %}\n\ntext", "text"),
        ("{/* gone */}text", "text"),
        ('import A from "./a"\nexport const b = 1\n\ntext', "text"),
        ('[a]({{< ref "posts/b.md#c" >}})', "[a](<https://blog.example/posts/b/#c>)"),
        ('[a]({{< relref "b.md" >}})', "[a](<https://blog.example/posts/b/>)"),
        ("[a]({{ site.baseurl }}/b)", "[a](<https://blog.example/b>)"),
        ("[a]({{ '/b' | relative_url }})", "[a](<https://blog.example/b>)"),
        ("[a]({% post_url 2019-01-01-b %})", "a"),
        ('<a href="{{ site.url }}/b">a</a>', "[a](<https://blog.example/b>)"),
        ("a{{< sidenote >}}b{{< /sidenote >}}", "a (b)"),
        ('{{< button href="/b" >}}Go{{< /button >}}', "[Go](<https://blog.example/b>)"),
        (
            '{{< figure src="/a.png" caption="A &amp; B &#8217;s &eacute;" >}}',
            "🖼️ [A & B ’s é](https://blog.example/a.png)",
        ),
        ('{{< details "A &lt; B" >}}x{{< /details >}}', "**A \\< B**\nx"),
        (
            '{{< button href="/b?a=1&copy=2" >}}Go{{< /button >}}',
            "[Go](<https://blog.example/b?a=1&copy=2>)",
        ),
    ],
)
def test_a_known_tag_becomes_what_it_stands_for(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


def test_an_unknown_tag_is_left_out_keeps_its_text_and_is_noted() -> None:
    rendered = render("a\n\n{{< weird x=1 >}}text *kept*{{< /weird >}}")
    assert rendered.text == "a\n\ntext *kept*"
    assert [(note.line, note.subject) for note in rendered.notes] == [(3, "shortcode")]
    assert "weird" in rendered.notes[0].message


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('<LinkCard title="Go there" href="/b" />', "[Go there](<https://blog.example/b>)"),
        ('<Fancy title="A title" />', "A title"),
        ('<Card title="A title">\n\ntext\n\n</Card>', "**A title**\ntext"),
        ('<TabItem value="a" label="One">\n\ntext\n\n</TabItem>', "**One**\ntext"),
    ],
)
def test_the_title_of_a_component_is_kept(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


def test_a_tag_that_nothing_closes_holds_nothing() -> None:
    assert shown("{{< quote >}}\n\ntext") == "text"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{< terminal >}}", "{{< /terminal >}}"),
        ("{{% shell %}}", "{{% /shell %}}"),
        ("{% commands %}", "{% endcommands %}"),
        ("{% commands() %}", "{% end %}"),
        ("<Terminal>", "</Terminal>"),
        ("{{< note >}}\n{{< verse >}}", "{{< /verse >}}\n{{< /note >}}"),
    ],
)
def test_an_unknown_tag_keeps_the_lines_of_its_text(before: str, after: str) -> None:
    text = shown(f"{before}\nnpm install\nnpm start\n{after}\n\nA line\nis wrapped.")
    lines = [line.removeprefix("> ") for line in text.split("\n")]
    assert lines[-4:] == ["npm install", "npm start", "", "A line is wrapped."]


@pytest.mark.parametrize("end", ["{% end %}", "{{< /quote >}}", "{% endnote %}"])
def test_a_closing_tag_that_nothing_opened_closes_nothing(end: str) -> None:
    assert shown(f"- a\n\n  {end}\n\n  b\n\n{end}\n\nc") == "- a\n  b\n\nc"
