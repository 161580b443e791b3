"""What was changed or dropped is said, with its line and the reason."""

import pytest

from bot.core.markup import render


@pytest.mark.parametrize(
    ("markdown", "subject", "reason"),
    [
        ("[a](/b)", "link", "relative"),
        ("[a](tel:123)", "link", "http and https"),
        ("[a *b*](tel:123)", "link", "http and https"),
        ('<a href="http://[b">a</a>', "link", "malformed"),
        ("[a]({% post_url 2019-01-01-b %})", "link", "generator"),
        (f"[a](https://a.example/{'b' * 500})", "link", "longer than 500"),
        ("![a](b.png)", "image", "relative"),
        ("#### a", "heading", "three levels"),
        ("> > a", "quote", "one level"),
        ("````\n```\n````", "code", "backticks"),
        (f"| a |\n|---|\n| {'b' * 50} |", "table", "no tables"),
        ('{{< gallery dir="b" >}}', "shortcode", "gallery"),
    ],
)
def test_a_change_is_noted(markdown: str, subject: str, reason: str) -> None:
    [note] = render(f"Text.\n\n{markdown}").notes
    assert (note.line, note.subject) == (3, subject)
    assert reason in note.message


def test_notes_come_in_the_order_of_the_source() -> None:
    notes = render("[a](/b)\n\n#### c\n\n{{< d >}}\n\n[e](/f)").notes
    assert [note.line for note in notes] == [1, 3, 5, 7]


def test_what_discord_shows_as_it_is_needs_no_note() -> None:
    markdown = "# a\n\n**b** [c](https://c.example) `d`\n\n> e\n\n- f\n\n```\ng\n```\n\n---\n\nh"
    assert render(markdown).notes == ()
