"""Programs that Afterword starts see none of its secrets."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.blog.files.first_commits import head_of
from bot.blog.files.git import GitSource
from bot.cli.site.building import read_command

SECRET = "c0ffee" * 10
BOT = Path(__file__).parents[2] / "bot"


def build(folder: Path) -> None:
    read_command(folder, f"{sys.executable} {folder}/git").run()


def copy(folder: Path) -> None:
    GitSource(f"git+file://{folder}", folder / "cache").fetch()


@pytest.mark.parametrize("start", [build, copy, head_of])
def test_a_child_sees_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[[Path], object]
) -> None:
    git = shutil.which("git")
    assert git is not None
    subprocess.run([git, "init", "--quiet", tmp_path], check=True)  # noqa: S603  # ours
    seen = tmp_path / "seen"
    fake = tmp_path / "git"
    fake.write_text(
        f"#!{sys.executable}\nimport os, pathlib\n"
        f"pathlib.Path({str(seen)!r}).write_text(repr(dict(os.environ)))\n"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("HARMLESS", "is passed on")
    for name in ("DISCORD_TOKEN", "discord_token", "AFTERWORD_DATABASE_KEY"):
        monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("AFTERWORD_CONTENT", f"git+https://me:{SECRET}@example.org/blog.git")
    start(tmp_path)
    environment = seen.read_text()
    assert SECRET not in environment
    assert ast.literal_eval(environment)["HARMLESS"] == "is passed on"


def test_each_program_is_started_with_an_environment_of_its_own() -> None:
    starters = {"run", "Popen", "call", "check_call", "check_output", "create_subprocess_exec"}
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)) if (
                    module in {"subprocess", "asyncio"} and name in starters
                ):
                    given = {keyword.arg for keyword in node.keywords}
                    assert (name == "run" and module == "asyncio") or "env" in given, path
