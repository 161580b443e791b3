from pathlib import Path

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


def test_a_question_within_the_argument_is_not_a_closing_question() -> None:
    assert texts("Why is that so? Because it rains.\n\nAnd so it goes on and on.") == []


def test_markup_is_removed_and_links_are_their_text() -> None:
    body = "Text.\n\nHave **you** used [the\n`map` function](https://x.org/?a=b) lately?\n"
    assert texts(body) == ["Have you used the map function lately?"]


def test_the_lines_are_none_where_other_text_stands_with_the_questions() -> None:
    assert closing_questions("Text. What do you think?").lines is None
    assert closing_questions("Text.\n\nWhat do you think?\n").lines == (2, 3)
