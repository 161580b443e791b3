"""The table of Discord's facts names modules and tests that there are."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "discord.md"
NUMBERED = range(1, 26)
"""The facts that the sheet puts first, because they change the design."""


def rows() -> list[list[str]]:
    """The cells of each fact: number, words, where it is played, which tests hold it."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return cells[2:]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def functions_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def test_every_fact_has_its_row_once() -> None:
    numbers = [row[0] for row in rows()]
    assert len(numbers) == len(set(numbers))
    assert {str(number) for number in NUMBERED} <= set(numbers)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_is_played_names_its_module_and_its_test(row: list[str]) -> None:
    number, words, played, held = row
    assert words.endswith("."), f"Fact {number} is no sentence."
    if played.startswith("not played: "):
        assert (quoted(played), held) == ([], "")
        return
    modules, tests = quoted(played), quoted(held)
    assert modules, f"Fact {number} names no module."
    assert tests, f"Fact {number} names no test."
    for module in modules:
        assert (ROOT / "bot" / "sandbox" / module).is_file(), f"There is no {module}."
    for test in tests:
        path, name = test.split("::")
        found = ROOT / "tests" / path
        assert found.is_file(), f"There is no {path}."
        assert name in functions_in(found), f"{path} has no {name}."
