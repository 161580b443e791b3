"""What the README, the changelog and the example of settings say is what there is."""

import os
import re
import tomllib
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, cli
from bot.cli.connecting import INVITED
from bot.settings import Settings, variable

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def options() -> list[str]:
    """Every option of every command, but for the help that all have."""
    found = []
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                found += [f"{name} {option}" for option in parameter.opts if option[:2] == "--"]
    return found


VARIABLES = [variable(field) for field in Settings.model_fields]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert re.search(rf"`(?:afterword )?{command}\b|afterword {command}\b", text("README.md")), (
        f"README.md does not name the command {command}."
    )


@pytest.mark.parametrize("option", options())
def test_the_readme_names_every_option(option: str) -> None:
    name = option.split()[1]
    assert re.search(rf"(?<![\w-]){name}(?![\w-])", text("README.md")), (
        f"README.md does not name {name} of `afterword {option}`."
    )


@pytest.mark.parametrize("name", VARIABLES)
def test_the_readme_names_every_setting(name: str) -> None:
    assert re.search(rf"\b{name}\b", text("README.md")), f"README.md does not name {name}."


@pytest.mark.parametrize("name", [*DOCUMENTS, ".env.example", "Dockerfile"])
def test_no_document_names_a_setting_that_does_not_exist(name: str) -> None:
    named = set(re.findall(r"\b(?:AFTERWORD|DISCORD)_[A-Z_]*[A-Z]\b", text(name)))
    assert named - set(VARIABLES) <= {"DISCORD_OPENAPI"}  # which tests read, not the bot


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text("README.md"), re.DOTALL))
    named = set(re.findall(r"\bafterword ([a-z]+)\b(?! *:)", code))
    assert named <= {*COMMANDS, "afterword"}


def test_the_readme_invites_the_bot_as_the_doctor_does() -> None:
    assert f"&permissions={INVITED.value}`" in text("README.md")


def test_the_example_of_settings_sets_each_and_holds_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    example = Settings(_env_file=ROOT / ".env.example")
    set_there = re.findall(r"^([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert sorted(set_there) == sorted(VARIABLES)
    assert example == Settings(_env_file=None)


def test_the_newest_version_in_the_changelog_is_the_projects() -> None:
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+\S*)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == PROJECT["version"]
    assert versions == sorted(versions, reverse=True)


def test_the_changelog_keeps_its_form() -> None:
    kinds = set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?://|#|/|mailto:)([^)#\s]+)", text(name))
    missing = [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_that_are_named_exist(name: str) -> None:
    paths = re.findall(r"(?<![\w./-])(?:bot|tests|docs|content)/[\w./-]*\w", text(name))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_decision_is_in_the_index_with_its_date() -> None:
    notes = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    dates = [
        re.findall(r"^Date: (\d{4}-\d\d-\d\d)", text(str(note)), re.MULTILINE) for note in notes
    ]
    rows = re.findall(
        r"^\| ([\d-]+) \| \[.+\]\((.+)\) \|$", text("docs/decisions/README.md"), re.MULTILINE
    )
    assert rows == [(date, note.name) for note, [date] in zip(notes, dates, strict=True)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_that_are_named_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text(name), re.MULTILINE)) <= targets


def test_the_ci_runs_every_python_that_the_project_supports() -> None:
    supported = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    matrix = re.search(r"python: (\[.*\])", text(".github/workflows/ci.yml"))
    assert matrix is not None
    assert re.findall(r"3\.\d+", matrix[1]) == supported
    assert "permissions:\n  contents: read\n" in text(".github/workflows/ci.yml")


def test_the_ci_can_be_run_by_hand() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert re.search(r"^exec make check\b", text(".ci/run"), re.MULTILINE)
