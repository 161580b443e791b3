"""Installed from its wheel, beside no checkout, the program has all that it needs."""

import os
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, run_program

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path) -> Ran:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return run_program(*command, folder=folder, environment=environment)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what the repository has."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder)
    built = run(sys.executable, "-m", "pip", "wheel", *options, ROOT, folder=folder)
    assert built.status == 0, built.err
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def afterword(wheel: Path) -> Path:
    """The program in an environment that has the wheel and what it depends on, and no checkout."""
    environment = wheel.parent / "environment"
    made = run(sys.executable, "-m", "venv", "--without-pip", environment, folder=wheel.parent)
    assert made.status == 0, made.err
    (packages,) = environment.glob("lib/python*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin" / "python")
    installed = run(*pip, "install", "--no-deps", "--quiet", wheel, folder=wheel.parent)
    assert installed.status == 0, installed.err
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    place = run(
        environment / "bin/python", "-c", "import bot; print(*bot.__path__)", folder=packages
    )
    assert place.out.strip() == str(packages / "bot")
    return environment / "bin" / "afterword"


def test_the_wheel_holds_code_data_and_the_essays_of_the_demo(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bot").rglob("*.*")}
    kept = {name for name in kept if "__pycache__" not in name}
    assert kept <= set(names)
    essays = {path.name for path in (ROOT / "content").rglob("*.md")}
    assert essays <= {name.rpartition("/")[2] for name in names if name.startswith("bot/content/")}
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


@pytest.mark.timeout(180)
def test_the_demo_runs_from_the_wheel_in_an_empty_folder(afterword: Path, tmp_path: Path) -> None:
    ran = run(afterword, "demo", "--once", "--port", "0", folder=tmp_path)
    assert ran.status == 0, ran.out + ran.err
    assert "✗" not in ran.out


def test_posts_are_checked_listed_and_shown_from_the_wheel(afterword: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    text = "# Rain\n\nIt rained, and *nobody* saw it.\n\nWhat do you hear in it?\n"
    (tmp_path / "notes/rain.md").write_text(text, encoding="utf-8")
    checked = run(afterword, "check", "notes", folder=tmp_path)
    assert (checked.status, "1 essay (1 en)" in checked.out) == (0, True)
    listed = run(afterword, "posts", "notes", folder=tmp_path)
    assert (listed.status, "Rain" in listed.out) == (0, True)
    shown = run(afterword, "preview", "notes", "rain", folder=tmp_path)
    assert (shown.status, "What do you hear in it?" in shown.out) == (0, True)
