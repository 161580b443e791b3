"""Finds what others wrote to judge our messages by: a parser of Discord's dialect, a spec."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.core.markup.tree import Node
from bot.core.markup.writing.writer import Writer
from tests.core.markup.essays import ReadBack

settings.register_profile(
    "afterword",
    deadline=None,
    derandomize="AFTERWORD_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("afterword")
"""No test depends on how busy the machine is, or on chance: `make fuzz` looks for new examples."""

READER = """
const { parser } = require(process.argv[1] + "/@odiffey/discord-markdown");
const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter(Boolean);
for (const line of lines) {
  const read = (text) => parser(text, { inline: true, inQuote: false, inEmphasis: false });
  console.log(JSON.stringify(JSON.parse(line).map(read)));
}
"""


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Packages from npm, installed as CONTRIBUTING says, in a folder of their own."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    folder = Path(os.environ.get("AFTERWORD_TEST_NODE", f"{cache}/afterword/node"), "node_modules")
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing: npm install --prefix its parent, see CONTRIBUTING.md")
    return folder


@pytest.fixture(scope="session")
def spec(node_modules: Path) -> str:
    """The text of CommonMark's specification, with its examples in it."""
    path = node_modules / "commonmark-spec" / "spec.txt"
    if not path.is_file():
        pytest.skip(f"{path} is missing: npm package commonmark-spec")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> str:
    """The script that judges how accessible a page is."""
    path = node_modules / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip(f"{path} is missing: npm package axe-core")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def read_back(node_modules: Path) -> ReadBack:
    """Reads documents, each a list of messages, with a parser of Discord's dialect."""
    node = shutil.which("node")
    if node is None or not (node_modules / "@odiffey").is_dir():
        pytest.skip("Node or the npm package @odiffey/discord-markdown is missing")

    def read(documents: Sequence[Sequence[str]]) -> list[list[list[dict[str, Any]]]]:
        done = subprocess.run(  # noqa: S603 (our own script, with Node as the machine has it)
            [node, "-e", READER, str(node_modules)],
            input="\n".join(json.dumps(messages) for messages in documents),
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return read


@pytest.fixture
def odd_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code in a language called odd cannot be shown: of nothing else is it known."""
    write_code = Writer._write_code

    def fail(writer: Writer, node: Node, place: Any) -> None:
        if node.language == "odd":
            raise ZeroDivisionError
        write_code(writer, node, place)

    monkeypatch.setattr(Writer, "_write_code", fail)
