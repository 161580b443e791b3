"""`ask` quotes the passage that answers, or says that none does."""

from pathlib import Path

import pytest

from tests.cli.conftest import Type, write

BEES = """\
---
title: Keeping bees
date: 2026-01-02
---
## The hive

A queen lays two thousand eggs a day at the height of summer.

The first hive stood behind the shed, where the morning sun falls.

## Winter

In winter the bees form a cluster and shiver to keep the queen warm.
"""
HIDDEN = "---\ntitle: {}\ndate: {}\ndraft: {}\n---\nThe sourdough starter came from Ljubljana.\n"


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    """A blog with one essay that readers see, and others that they do not."""
    write(tmp_path, "hugo.toml", "baseURL = 'https://example.org/'\n")
    write(tmp_path, "content/posts/bees.md", BEES)
    write(tmp_path, "content/posts/draft.md", HIDDEN.format("Draft", "2026-01-02", "true"))
    write(tmp_path, "content/posts/later.md", HIDDEN.format("Later", "2099-01-02", "false"))
    write(tmp_path, "content/about.md", HIDDEN.format("About", "2026-01-02", "false"))
    return tmp_path


def test_an_answer_has_the_keys_that_were_promised(type_in: Type, bees: Path) -> None:
    ran = type_in("ask", "How many eggs does a queen lay a day?", bees, "--json")
    assert ran.status == 0
    assert ran.err == ""
    [line] = ran.lines
    first = line["answers"][0]
    assert 0.5 <= first.pop("score") <= 1
    assert first == {
        "path": "content/posts/bees.md",
        "slug": "bees",
        "lang": "en",
        "heading": "The hive",
        "text": "A queen lays two thousand eggs a day at the height of summer.",
        "url": "https://example.org/posts/bees/#:~:text="
        "A%20queen%20lays%20two%20thousand%20eggs%20a%20day%20at%20the%20height%20of%20summer",
    }
    assert line["nearest"] is None


def test_passages_that_answer_side_by_side_are_one_answer(type_in: Type, tmp_path: Path) -> None:
    lines = ("A queen lays two thousand eggs a day.", "In June a queen lays even more eggs a day.")
    write(tmp_path, "bees.md", "---\ntitle: Bees\n---\n" + "\n\n".join(lines) + "\n")
    [line] = type_in("ask", "How many eggs a day does a queen lay?", tmp_path, "--json").lines
    assert [one["text"] for one in line["answers"]] == ["\n\n".join(lines)]


def test_what_readers_do_not_see_is_not_quoted(type_in: Type, bees: Path) -> None:
    [line] = type_in("ask", "Where is the sourdough starter from?", bees, "--json").lines
    assert line["answers"] == []


def test_one_essay_is_asked_by_any_of_its_names(type_in: Type, bees: Path) -> None:
    question = "How do bees keep the queen warm in winter?"
    for name in ("bees", "en:bees", "content/posts/bees.md"):
        ran = type_in("ask", question, bees, "--post", name)
        assert "│ In winter the bees form a cluster" in ran.out
        assert "“Winter”, in Keeping bees" in ran.out
        assert "https://example.org/posts/bees/#:~:text=" in ran.out
    assert type_in("ask", question, bees, "--post", "draft").status == 2


def test_where_nothing_answers_the_nearest_heading_is_named(type_in: Type, bees: Path) -> None:
    ran = type_in("ask", "Who paid for the queen's coronation banquet?", bees, "--post", "bees")
    assert ran.status == 0
    assert ran.out.splitlines()[0] == "The essay does not say."
    assert "Keeping bees" in ran.out
    assert type_in("ask", "Napoleon?", bees).out == "The blog does not say.\n"


def test_a_passage_is_wrapped_to_the_page(type_in: Type, tmp_path: Path) -> None:
    write(tmp_path, "hugo.toml", "baseURL = 'https://example.org/'\n")
    long = f"A queen lays two thousand eggs a day{', and rests a little' * 12}."
    write(tmp_path, "content/posts/bees.md", BEES.replace("A queen lays two thousand eggs", long))
    out = type_in("ask", "How many eggs does a queen lay a day?", tmp_path).out.splitlines()
    bars = [line for line in out if line.startswith("  │ ")]
    assert len(bars) > 2
    assert all(len(line) <= 120 for line in bars)


def test_a_question_without_words_is_refused_in_a_sentence(type_in: Type, bees: Path) -> None:
    ran = type_in("ask", "...", bees)
    assert (ran.status, ran.out) == (2, "")
    assert "Ask in a few words" in ran.err
