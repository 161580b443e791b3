"""Hints can be pasted where they are printed, however the program was called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AFTERWORD_")}
    return subprocess.run(  # noqa: S603
        command,
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A folder with an environment in it that is reached by a link."""
    (tmp_path / "my env").symlink_to(BIN.parent)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "path", "called"),
    [
        (["afterword"], str(BIN), "afterword"),
        ([str(BIN / "afterword")], "/usr/bin:/bin", str(BIN / "afterword")),
        (["my env/bin/afterword"], "/usr/bin:/bin", "'my env/bin/afterword'"),
        (["my env/bin/python", "-m", "bot"], "/usr/bin:/bin", "'my env/bin/python' -m bot"),
    ],
)
def test_a_hint_can_be_pasted_and_says_more(
    linked: Path, command: list[str], path: str, called: str
) -> None:
    whole = [str(BIN / "afterword")] if command == ["afterword"] else command
    asked = run([*whole, "run"], linked, PATH=path)
    assert asked.returncode == 2
    assert f"run `{called} demo`." in asked.stderr
    assert run([*whole, "--help"], linked, PATH=path).stdout.startswith(f"Usage: {called} ")
    pasted = run(["/bin/sh", "-c", f"{called} --version"], linked, PATH=path)
    assert pasted.returncode == 0
