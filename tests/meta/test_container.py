"""The Dockerfile, read as Docker would: what can be told without building it."""

import fnmatch
import json
import re
from typing import NamedTuple

import click

from bot.cli import cli
from bot.settings import Settings, variable
from tests.meta.documents import ROOT


class Step(NamedTuple):
    """An instruction with its argument, continued lines joined."""

    name: str
    argument: str


def stages() -> list[list[Step]]:
    """The Dockerfile's stages, each from its FROM on."""
    text = re.sub(
        r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    found: list[list[Step]] = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip():
            name, argument = line.split(maxsplit=1)
            if name == "FROM":
                found.append([])
            found[-1].append(Step(name, " ".join(argument.split())))
    return found


def arguments(stage: list[Step], name: str) -> list[str]:
    return [step.argument for step in stage if step.name == name]


BUILD, FINAL = stages()
"""The stage to build in, and the one to run."""


def test_there_is_a_stage_to_build_in_and_one_to_run() -> None:
    assert BUILD[0].argument == "python:3.13-slim AS build"
    assert FINAL[0].argument == "python:3.13-slim"


def test_the_image_runs_as_nobody_special() -> None:
    [user] = arguments(FINAL, "USER")
    assert user not in {"root", "0"}
    names = [step.name for step in FINAL]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert not [step for step in FINAL[names.index("USER") :] if step.name == "RUN"]


def test_dependencies_are_pinned_by_hash() -> None:
    installs = [run for run in arguments(BUILD, "RUN") if " install " in run]
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert all("--require-hashes" in run or "--no-deps" in run for run in installs)
    assert not [run for run in arguments(FINAL, "RUN") if "pip" in run]


def test_the_image_gets_git_for_the_content_and_no_build_tools() -> None:
    installs = [run for run in arguments(FINAL, "RUN") if "apt-get" in run]
    assert [
        re.findall(r"--no-install-recommends (.+?)(?: &&|$)", " ".join(run.split()))
        for run in installs
    ] == [["git"]]


def test_data_is_in_one_volume() -> None:
    assert arguments(FINAL, "VOLUME") == ["/data"]
    environment = dict(re.findall(r"(\w+)=(\S+)", " ".join(arguments(FINAL, "ENV"))))
    assert environment["AFTERWORD_DATABASE"] == "/data/afterword.db"
    assert environment["AFTERWORD_CONTENT"] == "/content"
    known = {variable(field) for field in Settings.model_fields}
    assert {name for name in environment if name.startswith("AFTERWORD_")} <= known


def test_signals_reach_python() -> None:
    assert json.loads(arguments(FINAL, "ENTRYPOINT")[0]) == ["afterword"]
    [command] = json.loads(arguments(FINAL, "CMD")[0])
    assert cli.get_command(click.Context(cli), command) is not None


def test_the_health_check_is_a_command_that_exists() -> None:
    [check] = arguments(FINAL, "HEALTHCHECK")
    words = json.loads(check[check.index("[") :])
    assert words[0] == "afterword"
    command = cli.get_command(click.Context(cli), words[1])
    assert command is not None
    assert words[2:] == ["--alive"]
    assert "--alive" in {option for parameter in command.params for option in parameter.opts}


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    sources = [name for copy in arguments(BUILD, "COPY") for name in copy.split()[:-1]]
    assert sources
    for name in sources:
        assert (ROOT / name).exists(), f"The Dockerfile copies {name}, which is not there."
        assert any(fnmatch.fnmatch(name, pattern) for pattern in let_in)
    assert arguments(FINAL, "COPY") == ["--from=build /app /app"]


def test_nothing_private_can_get_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not {".env", ".git", "."} & {rule.removeprefix("!") for rule in rules}
