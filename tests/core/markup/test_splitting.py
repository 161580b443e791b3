"""An essay is packed into few messages, cut where a reader would pause."""

import pytest

from bot.core.markup import CannotShowError, excerpt, pages, render, show_errors, split

SENTENCE = "The quick brown fox jumps over the lazy dog and goes home. "


def messages(markdown: str, limit: int = 2000) -> tuple[str, ...]:
    return split(render(markdown, address="https://blog.example/"), limit)


def test_a_short_essay_is_one_message() -> None:
    assert messages("# Title\n\nText.") == ("# Title\nText.",)


def test_an_empty_essay_is_no_message() -> None:
    assert messages("<!-- nothing -->\n") == ()


def test_a_cut_comes_before_a_heading_if_that_costs_no_message() -> None:
    part = SENTENCE * 20
    cut = messages(f"{part}\n\n{SENTENCE}\n\n## Two\n\n{part}")
    assert len(cut) == 2
    assert cut[1].startswith("## Two\n")


def test_a_heading_is_never_left_alone_at_the_end() -> None:
    for length in range(1, 12):
        cut = messages(f"{SENTENCE * length}\n\n## Two\n\n{SENTENCE * 9}", 600)
        assert not any(message.splitlines()[-1].startswith("## ") for message in cut)


def test_a_paragraph_too_long_is_cut_between_sentences() -> None:
    cut = messages(SENTENCE * 50)
    assert len(cut) == 2
    assert all(message.endswith("home.") for message in cut)


def test_bold_that_is_cut_is_bold_in_both_messages() -> None:
    cut = messages(f"**{(SENTENCE * 50).strip()}**")
    assert all(message.startswith("**The") and message.endswith("home.**") for message in cut)


def test_a_sentence_too_long_is_cut_between_words() -> None:
    cut = messages("word " * 1000)
    assert len(cut) == 3
    assert " ".join(cut).split() == ["word"] * 1000


def test_a_word_too_long_is_cut_between_signs() -> None:
    family = "👨‍👩‍👧"
    cut = messages(family * 700)
    assert "".join(cut) == family * 700
    assert all(len(message) % len(family) == 0 for message in cut)


def test_an_item_that_is_cut_goes_on_without_a_bullet() -> None:
    cut = messages("- " + SENTENCE * 50)
    assert [message[:5] for message in cut] == ["- The", "The q"]


def test_a_paragraph_is_cut_rather_than_a_message_added() -> None:
    markdown = "\n\n".join(SENTENCE * count for count in (20, 25, 20))
    assert len(messages(markdown)) == 2


@pytest.mark.parametrize("limit", [600, 625, 635, 700, 2000])
def test_a_link_is_not_cut(limit: int) -> None:
    link = "[one two three](<https://a.example/x>)"
    cut = messages("[one two three](https://a.example/x) " * 100, limit)
    assert all(set(message.split(") ")) <= {link, link[:-1]} for message in cut)


def test_a_fence_is_reopened_with_its_language() -> None:
    cut = messages("```python\n" + "print(1)\n" * 400 + "```")
    assert len(cut) == 2
    assert all(message.startswith("```python\n") for message in cut)
    assert all(message.endswith("\n```") for message in cut)
    assert sum(message.count("print(1)") for message in cut) == 400


def test_a_quote_is_a_quote_in_both_messages() -> None:
    cut = messages("> " + SENTENCE * 50)
    assert all(message.startswith("> The") for message in cut)


def test_a_list_goes_on_where_it_stopped() -> None:
    cut = messages("\n".join(f"{n}. {SENTENCE}" for n in range(1, 60)))
    assert [int(line.split(".")[0]) for text in cut for line in text.splitlines()] == [
        *range(1, 60)
    ]


def test_a_list_cut_inside_keeps_its_shape_at_the_left_margin() -> None:
    markdown = "- top\n" + f"  - {SENTENCE}\n" * 40 + "- last"
    second = messages(markdown)[1].splitlines()
    assert second[0].startswith("- The")
    assert second[1].startswith("- The")
    assert second[-1] == "- last"


@pytest.mark.parametrize("limit", [100, 600, 1800, 2000])
def test_no_message_is_over_the_limit(limit: int) -> None:
    markdown = "\n\n".join(
        ["## Head", "*_~ " * 200, "- a\n  - " + SENTENCE * 9, "> **" + "b " * 300 + "**", "x" * 900]
    )
    cut = messages(markdown, limit)
    assert cut
    assert all(0 < len(message.strip()) <= len(message) <= limit for message in cut)


def test_pages_are_shorter_than_messages() -> None:
    assert max(len(page) for page in pages(render(SENTENCE * 100))) <= 1800


def test_an_excerpt_is_the_whole_of_a_short_essay() -> None:
    assert excerpt(render("Short.\n\nEssay.")) == "Short.\n\nEssay."


def test_an_excerpt_ends_with_a_sentence_and_an_ellipsis() -> None:
    text = excerpt(render(SENTENCE * 50))
    assert text.endswith("home. …")
    assert 500 < len(text) <= 700


@pytest.mark.parametrize("after", [f"## Two\n\n{SENTENCE * 30}", SENTENCE * 5])
def test_an_excerpt_ends_before_a_heading_or_the_last_sentence(after: str) -> None:
    assert excerpt(render(f"{SENTENCE * 8}\n\n{after}")).endswith("home. …")


def test_a_line_of_code_too_long_is_wrapped() -> None:
    cut = messages("```py\n" + "x" * 4500 + "\n```")
    assert sum(message.count("x") for message in cut) == 4500
    assert all(message.startswith("```py\n") and len(message) <= 2000 for message in cut)


def test_a_limit_too_small_for_anything_still_ends() -> None:
    assert "".join(messages("- - - - abc", 5)).count("a") == 1


def test_an_excerpt_that_ends_in_code_closes_it() -> None:
    assert excerpt(render("```\n" + "code\n" * 300 + "```")).endswith("code\n```\n…")


def test_an_essay_of_code_that_is_empty_has_no_excerpt() -> None:
    assert excerpt(render("`  ` " * 500)) == ""


@pytest.mark.parametrize(
    ("unit", "longest"),
    [
        ("**a** ", 6),
        ("*a* b ", 4),
        ("`a` ", 4),
        ("[a](https://a.example/b) ", 28),
        ("a" * 50 + " ", 51),
        ("**" + "a" * 30 + "** b c d e f g h ", 35),
        ("plain words then " * 9 + "**a** " * 40, 17),
    ],
)
def test_a_message_is_filled_to_the_last_word_that_fits(unit: str, longest: int) -> None:
    *full, _ = messages(unit * (9_000 // len(unit)))
    assert len(full) >= 2
    assert all(2000 - longest < len(message) <= 2000 for message in full)


def test_whatever_is_raised_is_an_essay_that_cannot_be_shown() -> None:
    with pytest.raises(CannotShowError, match=r"\(ZeroDivisionError\)") as raised, show_errors():
        raise ZeroDivisionError
    assert raised.value.line is None
    sentence = r"\(ValueError at line 3 of its text\)"
    with pytest.raises(CannotShowError, match=sentence), show_errors():
        raise CannotShowError(ValueError(), 3)
