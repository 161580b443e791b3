# the letters of other scripts are meant
from pathlib import Path

import pytest

from bot.core.closing.features import READ
from bot.core.closing.model import Model
from bot.core.closing.questions import closing_questions
from bot.core.publishing.prompts import prompts
from bot.core.reading.frontmatter.splitting import split

SEED = Path(__file__).parents[2] / "content/posts/can-ai-dream-neuroscience-perspective.md"


def texts(body: str) -> list[str]:
    return [question.text for question in closing_questions(body).questions]


def test_the_seed_essay_ends_on_three_questions_in_one_prompt() -> None:
    body = split(SEED.read_bytes()).body
    closing = closing_questions(body)
    assert [(one.text, one.generic) for one in closing.questions] == [
        ("What do you think?", True),
        ("Can artificial minds experience something dreamlike?", False),
        ("Or is dreaming fundamentally biological?", False),
    ]
    assert len(prompts(closing.questions)) == 1
    assert closing.lines is not None
    lines = body.split("\n")
    assert lines[closing.lines[0]] == "---"
    assert lines[closing.lines[1] - 1].startswith("*What do you think?")
    assert not any(line.strip() for line in lines[closing.lines[1] :])


def test_markup_is_removed_and_links_are_their_text() -> None:
    body = "Text.\n\nHave **you** used [the\n`map` function](https://x.org/?a=b) lately?\n"
    assert texts(body) == ["Have you used the map function lately?"]


def test_the_lines_are_none_where_other_text_stands_with_the_questions() -> None:
    assert closing_questions("Text. What do you think?").lines is None
    assert closing_questions("Text.\n\nWhat do you think?\n").lines == (2, 3)


@pytest.mark.parametrize(
    "ending",
    [
        "What do you think? 🙂",
        "What do you think? :)",
        "What do you think? :smile:",
        "**What do you think?**",
        "What do you\nthink?",
        "[What do you think?](#comments)",
        "What do you think?[^1]\n\n[^1]: A note, is it?",
        "What do you think?\n\n---\n\n{{< subscribe >}}",
        "What do you think?\n\n<script>ask('why?')</script>",
        "<p>What do you think?",
        "What do you think?\n\n![why?](a.png 'who?')",
        "What do you think?\n\n[link]: https://example.org/?q=1",
        "What do you think?\n\n#tag #another",
        "What do you think?\n{: .centered}",
        "What do you think?\n\n*Photo by Ann on Unsplash.*",
        "{{% notice %}}\nWhat do you think?\n{{% /notice %}}",
        "What do you think?\n\n```\nOK?\n```",
        "What do you think?\n\n## Further reading\n\nIs it [here](https://example.org)?",
        "What do you think?\n\n**Further reading**\n\nDoe, J. (2019). *Is it here?*",
        "What do you think?\n\n![A cat](cat.png)\n*Is it his?*",
        "What do you think?\n\n**Share:** [here](https://example.org) [there](/there)",
        "What do you think?\n\nWith love,\n\nAnn",
        "What do you think?\n\nMany greetings from Bergen,\nAnn",
        "What do you think?\n\n*Last updated: 3 May 2024*",
        "What do you think?\n\nhttps://example.org/watch?v=1",
        "What do you think?\n\n::: note\nIs it sponsored?\n:::",
        "What do you think?\n\nMore of this kind:\n\n- [Who owns the square?](/square)",
        "What do you think?\n\nYou may copy this page freely.",
        "What do you think? ^a-block",
        "What do you think?\n\n![[a picture.png|300]]",
        "What do you think?\n\n[[Why dreams?]]",
        "What do you ==think==?",
        "What do [[you|you]] think?",
        "What do ++you++ think?\n\n> [!tip]- Need help?\n> Write to us.",
        "> [!question]- What do you think?",
        "> [!note] A title\n> What do you think? ^a-block",
        "> [!question]\n> - What do you think?",
        '!!! note "Questions"\n    What do you think?',
        ":::tip[For you]\nWhat do you think?\n:::",
        "::: {.callout-note}\n## Questions\n\nWhat do you think?\n:::",
        ":::: {.columns}\n::: {.column}\nText.\n\nWhat do you think?\n:::\n::::",
        ":::question\nWhat do you think?\n:::",
        'What do you think?\n{: .lead style="a:b"}',
        "What do [you]{.x} think? {#q .y}",
        "- {:.a} What do you think?{.b}\n{: .list}\n\n{:toc}",
        "{.lead}\nWhat do *you*{: .x} think?",
        "What do you think?\n*[HTML]: Why not?",
        "Your turn\n: What do you think?",
        "What do you think?\n$$\na = b\n$$",
        "What do you think?\n\n\\\\[ a = b \\\\]",
        'What do <span @text="a">you</span> <webc:if>think</webc:if>?',
        "What do you think?\n\n<!--html_preserve-->{{< tweet 1 >}}<!--/html_preserve-->",
        "What do :quote[you]{#a} think?\n\n::youtube{id=a}",
    ],
)
def test_what_trails_the_essay_is_set_aside(ending: str) -> None:
    above = "The letters were found in a tin, in the second drawer of her desk."
    assert texts(f"{above}\n\n{ending}\n") == ["What do you think?"]


@pytest.mark.parametrize(
    "ending",
    [
        "# What do you think?",
        "> What do you think?",
        "> [!quote] Jung\n> What do you think?",
        "> [!note]\n> Is the lid off? Then close it first.",
        ":::quote\nWhat do you think?\n:::",
        "::: warning\nIs the lid off? Then close it first.\n:::",
        "```\nWhat do you think?\n```",
        "| What do you think? |\n| --- |\n| No |",
        "![What do you think?](a.png)",
        "<!-- What do you think? -->",
        "{{< quote >}}\nWhat do you think?\n{{< /quote >}}",
        "[^1]: What do you think?",
        "“What do you think?”",
        "He said: “What do you think?”",
        "It is over (or is it, what do you think?).",
        "It is over (what do you think?)",
        "<blockquote>What do you think?</blockquote>",
        "<figure><figcaption>What do you think?</figcaption></figure>",
        "And a song to close: [Will You Still Love Me?](https://example.org)",
        "My favourite is still *Who Goes There?*",
        "It rained all week, and isn't that what travel is for?",
        "Why does this work? The planner ignores what the lower(email) column holds.",
        "Why is that so? Because it rains.\n\nAnd so it goes on and on.",
        "How is this done? That is the subject of the next post. Stay tuned!",
    ],
)
def test_what_is_not_said_to_readers_is_no_closing_question(ending: str) -> None:
    assert texts(f"Text.\n\n{ending}\n") == []


def test_a_list_under_a_heading_that_announces_questions_counts() -> None:
    body = "Text.\n\n## Over to you\n\n- What do you keep?\n- What did you lose?\n"
    assert texts(body) == ["What do you keep?", "What did you lose?"]


def test_the_lines_are_none_where_a_paragraph_is_too_long_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Model, "probability", lambda *_: 1.0)
    long = "And what would you say of it if it had rained all night and the road was gone? "
    closing = closing_questions("It rained. " + long * READ)
    assert 1 < len(closing.questions) < READ
    assert closing.lines is None


def test_the_lines_of_a_list_of_questions_are_told() -> None:
    body = "Text.\n\n- What do you keep?\n- What do you lose?\n\nThanks to Ann for reading.\n"
    assert closing_questions(body).lines == (2, 4)


def test_a_break_that_sets_off_more_than_the_questions_stays() -> None:
    body = "Text.\n\n---\n\nWhat do you think?\n\n*Photo by Ann.*\n"
    assert closing_questions(body).lines == (4, 5)


def test_the_end_of_a_very_long_essay_is_found() -> None:
    body = "```\ncode\n\ncode\n```\n\nWords, words.\n\n" * 5_000 + "What do you think?\n"
    closing = closing_questions(body)
    assert [one.text for one in closing.questions] == ["What do you think?"]
    assert closing.lines is not None
    assert body.split("\n")[closing.lines[0]] == "What do you think?"


def test_a_short_coda_may_follow_a_question_that_its_paragraph_ends_on() -> None:
    above = "The letters were found in a tin, in the second drawer of her desk."
    assert texts(f"{above}\n\nHave you ever lost a friend?\n\nThanks for reading.\n") == [
        "Have you ever lost a friend?"
    ]
    assert texts(f"{above}\n\nHave I ever lost a friend? There is a feeling to it.\n") == []


def test_a_question_that_its_lead_in_announces_may_be_followed_by_a_coda() -> None:
    asked = "Which leaves one question: what word will the next century have?"
    assert texts(f"Text.\n\n{asked}\n\nThe dictionary is silent.\n") == [asked]


@pytest.mark.timeout(20)
def test_what_goes_on_without_end_is_read_in_time() -> None:
    for unit in ("P.S. ", "A? ", "「", "so, ", "*[A?](b) ", "if you enjoy "):
        assert closing_questions("Text?\n\n" + unit * 4_000 + "?") is not None
