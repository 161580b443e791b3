"""Each fact about Discord has a source, modules and tests that there are, and is leaned on."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.meta.documents import ROOT, anchor, python_files

PAGE = ROOT / "docs" / "discord-facts.md"
FACTS = dict(
    re.findall(
        r"^### (.+)\n((?:(?!##).*\n)+)", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
)
"""What is said of each fact, by its heading."""


def named(fact: str, kind: str) -> list[str]:
    """The names on a fact's line of this kind."""
    line = re.search(rf"^- {kind}: (.+)$", FACTS[fact], re.MULTILINE)
    return re.findall(r"`([^`]+)`", line[1]) if line else []


@cache
def functions_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


@cache
def cited() -> set[str]:
    """The anchors that code cites."""
    texts = [path.read_text(encoding="utf-8") for path in python_files()]
    return {one for text in texts for one in re.findall(r"discord-facts\.md#([\w-]+)", text)}


def test_there_are_facts_and_each_has_a_name_of_its_own() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    anchors = [anchor(heading) for heading in headings]
    assert len(anchors) == len(set(anchors))
    assert {"Nonces", "Forum post retry"} <= FACTS.keys()


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_its_source_its_modules_and_its_tests(fact: str) -> None:
    assert re.search(r"^- Source: .*\]\(https://", FACTS[fact], re.MULTILINE), "It has no source."
    modules, tests = named(fact, "Sandbox"), named(fact, "Tests")
    assert bool(modules) == bool(tests), "What the sandbox plays has a test, and only that."
    for module in modules:
        assert (ROOT / "bot" / "sandbox" / module).is_file(), f"There is no {module}."
    for test in tests:
        path, name = test.split("::")
        found = ROOT / "tests" / path
        assert found.is_file(), f"There is no {path}."
        assert name in functions_in(found), f"{path} has no {name}."


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_leaned_on(fact: str) -> None:
    assert named(fact, "Tests") or anchor(fact) in cited(), (
        f"No code cites docs/discord-facts.md#{anchor(fact)}, and no test holds it."
    )
