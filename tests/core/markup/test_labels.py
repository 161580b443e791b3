"""What stands in a link's label and around its address (docs/discord-facts.md#link-labels)."""

import pytest

from bot.core.markup import render, split

EMOJI = "⏰ ⌚ ⏩ ◾ ⏳ ▶️ ‼️ Ⓜ️ ㊙️ ↩️ ™️ 1️⃣ #️⃣ *️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍💻 ❤️ 🇹🇷"


def shown(markdown: str) -> str:
    return "\n".join(split(render(markdown, address="https://example.org/a/")))


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        (r"[snake\_case](https://a.org)", "[snake_case](<https://a.org>)"),
        ("[snake_case_name](https://a.org)", "[snake_case_name](<https://a.org>)"),
        ("[1. a #tag > b - c + d](https://a.org)", "[1. a #tag > b - c + d](<https://a.org>)"),
        ("[a | b ~ c < d: e](https://a.org)", "[a | b ~ c < d: e](<https://a.org>)"),
        (r"[C:\Users\ada](https://a.org)", r"[C:\Users\ada](<https://a.org>)"),
        ("[see [1]](https://a.org)", "[see [1]](<https://a.org>)"),
        ("[a || b ~~~ c](https://a.org)", "[a |\u200b| b ~\u200b~\u200b~ c](<https://a.org>)"),
        ("[<@1> and :name:](https://a.org)", "[<\u200b@1> and :\u200bname:](<https://a.org>)"),
        ("[@everyone](https://a.org)", "[@\u200beveryone](<https://a.org>)"),
        ("[`a_b`](https://a.org)", "[`a_b`](<https://a.org>)"),
        ("[**a**_b](https://a.org)", "[**a**\u200b_b](<https://a.org>)"),
        ("![my_cat (1)](/cat.png)", "🖼️ [my_cat (1)](https://example.org/cat.png)"),
    ],
)
def test_no_backslash_stands_in_a_label(markdown: str, message: str) -> None:
    assert shown(markdown) == message


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        (r"[\_\_init\_\_](https://a.org)", r"\_\_init\_\_ (<https://a.org>)"),
        (r"[2\*3\*4](https://a.org)", r"2\*3\*4 (<https://a.org>)"),
        (r"[a \_b\_ c](https://a.org)", r"a \_b\_ c (<https://a.org>)"),
        (r"[\`code\`](https://a.org)", r"\`code\` (<https://a.org>)"),
        (r"[a\[ b](https://a.org)", r"a\[ b (<https://a.org>)"),
        (r"[a\] b](https://a.org)", "[a] b](<https://a.org>)"),
        (r"[a\] b \[c\]](https://a.org)", r"a] b \[c] (<https://a.org>)"),
        (r"[ends in \\](https://a.org)", r"ends in \\ (<https://a.org>)"),
        (r"**[a\*b](https://a.org) c**", r"**a\*b (<https://a.org>) c**"),
        (r"![a \*star\*](/a.png)", r"🖼️ a \*star\* (https://example.org/a.png)"),
    ],
)
def test_words_that_no_label_can_show_stand_before_their_address(
    markdown: str, message: str
) -> None:
    assert shown(markdown) == message


@pytest.mark.parametrize("emoji", EMOJI.split())
def test_an_emoji_stands_outside_the_link(emoji: str) -> None:
    before = shown(f"[{emoji} Read on](https://a.org)").removeprefix("\\")
    assert before == f"{emoji} [Read on](<https://a.org>)"
    assert shown(f"[Step {emoji}](https://a.org)").startswith("[Step](<https://a.org>) ")
    assert shown(f"[{emoji}](https://a.org)").endswith(" (<https://a.org>)")


@pytest.mark.parametrize("sign", ["→", "1", "↩\ufe0e", "©", "é", "½"])
def test_other_signs_stay_in_the_link(sign: str) -> None:
    assert shown(f"[Read {sign} on](https://a.org)") == f"[Read {sign} on](<https://a.org>)"


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("<u>[a](https://a.org/__b__)</u>", "__[a](<https://a.org/%5F%5Fb%5F%5F>)__"),
        ("~~[a](https://a.org/~~b)~~", "~~[a](<https://a.org/%7E%7Eb>)~~"),
        (r"<u>a https://a.org/\_\_b/ c</u>", "__a <https://a.org/%5F%5Fb/> c__"),
        ("<u><https://a.org/b_></u>", "__<https://a.org/b%5F>__"),
        ("<u>~~[a](https://a.org/__b~~)~~</u>", "__~~[a](<https://a.org/%5F%5Fb%7E%7E>)~~__"),
        ("**<u>![a](/b__.png)</u>**", "**__🖼️ [a](https://example.org/b%5F%5F.png)__**"),
        ("<u>[a](https://a.org/b_c)</u>", "__[a](<https://a.org/b_c>)__"),
        ("[a](https://a.org/__b__~~)", "[a](<https://a.org/__b__~~>)"),
    ],
)
def test_an_address_ends_no_mark_around_it(markdown: str, message: str) -> None:
    assert shown(markdown) == message
