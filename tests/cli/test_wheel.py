"""Installed from its wheel, beside no checkout, the program has all that it needs."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME")
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd=folder,
        env={name: os.environ[name] for name in kept if name in os.environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what the repository has."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder)
    built = run(sys.executable, "-m", "pip", "wheel", *options, ROOT, folder=folder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def afterword(wheel: Path) -> Path:
    """The program in an environment that has the wheel and what it depends on, and no checkout."""
    environment = wheel.parent / "environment"
    made = run(sys.executable, "-m", "venv", "--without-pip", environment, folder=wheel.parent)
    assert made.returncode == 0, made.stderr
    (packages,) = environment.glob("lib/python*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin" / "python")
    installed = run(*pip, "install", "--no-deps", "--quiet", wheel, folder=wheel.parent)
    assert installed.returncode == 0, installed.stderr
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    place = run(
        environment / "bin/python", "-c", "import bot; print(*bot.__path__)", folder=packages
    )
    assert place.stdout.strip() == str(packages / "bot")
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
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "✗" not in ran.stdout


def test_posts_are_checked_listed_and_shown_from_the_wheel(afterword: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    text = "# Rain\n\nIt rained, and *nobody* saw it.\n\nWhat do you hear in it?\n"
    (tmp_path / "notes/rain.md").write_text(text, encoding="utf-8")
    checked = run(afterword, "check", "notes", folder=tmp_path)
    assert (checked.returncode, "1 essay (1 en)" in checked.stdout) == (0, True)
    listed = run(afterword, "posts", "notes", folder=tmp_path)
    assert (listed.returncode, "Rain" in listed.stdout) == (0, True)
    shown = run(afterword, "preview", "notes", "rain", folder=tmp_path)
    assert (shown.returncode, "What do you hear in it?" in shown.stdout) == (0, True)
