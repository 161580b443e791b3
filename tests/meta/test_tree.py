"""Rules that every file of the project keeps."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40


@cache
def tracked() -> list[Path]:
    """Every file that Git tracks and that is there; without Git, every file of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # whichever Git people have
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    if not names:
        names = [
            path.relative_to(ROOT)
            for folder in ("bot", "tests", "content")
            for path in (ROOT / folder).rglob("*")
            if "__pycache__" not in path.parts
        ]
    return [name for name in names if (ROOT / name).is_file()]


def python() -> list[Path]:
    return [name for name in tracked() if name.suffix == ".py"]


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def test_there_are_files_to_look_at() -> None:
    assert {Path("bot/__main__.py"), Path("tests/meta/test_tree.py")} <= set(python())


def test_imports_keep_their_layers() -> None:
    done = subprocess.run(  # noqa: S603  # our own tool
        [tool("lint-imports")], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_our_own_essays_pass_check() -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [tool("afterword"), "check", ROOT / "content"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_no_file_needs_a_table_of_contents() -> None:
    lengths = {str(name): (ROOT / name).read_bytes().count(b"\n") for name in python()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_is_longer_than_forty_lines_with_its_docstring() -> None:
    too_long = {
        f"{path}: {node.name}"
        for path in python()
        if path.parts[0] == "bot"
        for node in ast.walk(ast.parse((ROOT / path).read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert too_long == set()


def test_no_cog_writes_to_the_store() -> None:
    """What an act of somebody's means is decided below; a cog says it in words."""
    cogs = [path for path in python() if path.is_relative_to("bot/cogs")]
    assert len(cogs) > 8
    writes = ("store.write", ".at_last(", ".now_or_never(")
    assert [p for p in cogs if any(each in (ROOT / p).read_text("utf-8") for each in writes)] == []


def test_no_test_mocks() -> None:
    mocking = []
    for path in python():
        tree = ast.parse((ROOT / path).read_bytes())
        names = {
            name.partition(".")[0] if name != "unittest.mock" else "mock"
            for node in ast.walk(tree)
            for name in imported(node)
        }
        if names & {"mock", "pytest_mock", "mocker"}:
            mocking.append(str(path))
    assert mocking == []


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports, and `unittest.mock` by either spelling."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return []


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
    assert not [path for path in tracked() if {*path.parts[:-1], path.stem} & drawers]


def test_no_file_holds_a_path_of_one_machine() -> None:
    path = re.compile(r"(?<![\w.}/])/(?:work|root|home|Users)/\w")
    found = [
        str(name)
        for name in tracked()
        if path.search((ROOT / name).read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-encryption.lock"]
)
def test_locks_hold_versions_and_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(?:--(?!hash)|-[a-z]\b)", text, re.MULTILINE)
    blocks = [one for one in re.split(r"\n(?=\S)", text.strip()) if not one.startswith("#")]
    assert blocks
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+", block), block
        assert "--hash=sha256:" in block, block


def test_what_runs_is_pinned_the_same_for_those_who_develop() -> None:
    def versions(name: str) -> dict[str, str]:
        pins = re.findall(
            r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        )
        return dict(pins)

    run, develop = versions("requirements.lock"), versions("requirements-dev.lock")
    run |= versions("requirements-encryption.lock")
    assert {name: develop.get(name, version) for name, version in run.items()} == run
