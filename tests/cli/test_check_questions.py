"""`check --questions`: what the model is unsure of, and what settles it."""

import json
from pathlib import Path

import pytest

from bot.core.closing.model import Model
from bot.core.closing.questions import closing_questions
from tests.cli.conftest import Type, essay, write

SURE = "What do you think? Tell me in the comments."
UNSURE = "Is it still the same bridge?"


@pytest.fixture(autouse=True)
def likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the question about the bridge be unsure and all others sure, by any weights."""

    def probability(_: Model, features: set[str]) -> float:
        return 0.45 if "asks word:bridge" in features else 0.9

    monkeypatch.setattr(Model, "probability", probability)


def test_an_unsure_ending_is_told_with_the_line_that_settles_it(type_in: Type, blog: Path) -> None:
    write(blog, "content/posts/river.md", essay("River", "2026-03-01", f"{UNSURE} {SURE}"))
    ran = type_in("check", "--questions", blog)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "content/posts/river.md",
        "  not asked  45%  Is it still the same bridge?",
        "  asked      90%  What do you think?",
        "  To settle it, write into its front matter what of this it asks its readers:",
        '  questions: ["Is it still the same bridge?", "What do you think?"]',
        "Unsure of the questions of 1 essay.",
    ]


def test_nothing_that_is_unsure_is_asked() -> None:
    assert closing_questions(f"It rained.\n\n{UNSURE}\n").questions == ()


@pytest.mark.parametrize("line", ['questions: ["Is it still the same bridge?"]', "questions: []"])
def test_the_line_settles_it(type_in: Type, blog: Path, line: str) -> None:
    text = essay("River", "2026-03-01", UNSURE, f"{line}\n")
    write(blog, "content/posts/river.md", text)
    ran = type_in("check", "--questions", blog)
    assert ran.out == "Unsure of the questions of 0 essays.\n"


@pytest.mark.parametrize(
    ("above", "settled", "below"),
    [
        ('+++\ntitle = "River"', r'questions = ["Is \"it\" still a bridge?"]', "+++\n"),
        (
            '{\n"title": "River",',
            r'"questions": ["Is \"it\" still a bridge?"],',
            '"draft": false\n}\n',
        ),
        ("---\ntitle: River", r'questions: ["Is \"it\" still a bridge?"]', "---\n"),
        ("", '---\nquestions: ["Is \\"it\\" still a bridge?"]\n---', ""),
    ],
)
def test_what_settles_it_has_the_form_of_the_front_matter(
    type_in: Type, blog: Path, above: str, settled: str, below: str
) -> None:
    end = 'It rained.\n\nIs "it" still a bridge?\n'
    write(blog, "content/posts/river.md", f"{above}\n{below}\n{end}".lstrip("\n"))
    ran = type_in("check", "--questions", blog)
    assert ran.out.splitlines()[-1] == "Unsure of the questions of 1 essay."
    assert "\n".join(f"  {line}" for line in settled.splitlines()) in ran.out
    write(blog, "content/posts/river.md", f"{above}\n{settled}\n{below}\n{end}".lstrip("\n"))
    assert type_in("check", "--questions", blog).out == "Unsure of the questions of 0 essays.\n"


def test_lines_of_keys_hold_the_questions_as_one(type_in: Type, tmp_path: Path) -> None:
    site, head = tmp_path / "pelicanconf.py", "Title: River\nDate: 2026-03-01\n"
    write(tmp_path, site.name, "SITENAME = 'A'\nPATH = 'content'\n")
    end = f"It rained.\n\n{UNSURE}\n"
    write(tmp_path, "content/river.md", f"{head}\n{end}")
    settled = f"Questions: {UNSURE}"
    assert f"  {settled}" in type_in("check", "--questions", tmp_path).out.splitlines()
    write(tmp_path, "content/river.md", f"{head}{settled}\n\n{end}")
    assert type_in("check", "--questions", tmp_path).out == "Unsure of the questions of 0 essays.\n"


def test_json_has_what_is_asked_and_what_is_unsure(type_in: Type, blog: Path) -> None:
    write(blog, "content/posts/river.md", essay("River", "2026-03-01", f"{UNSURE} {SURE}"))
    ran = type_in("check", "--questions", "--json", blog)
    assert [json.loads(line) for line in ran.out.splitlines()] == [
        {
            "path": "content/posts/river.md",
            "asked": ["What do you think?"],
            "unsure": [{"text": "Is it still the same bridge?", "probability": 0.45}],
            "settled_by": 'questions: ["Is it still the same bridge?", "What do you think?"]',
        }
    ]
    assert ran.err.strip() == "Unsure of the questions of 1 essay."
