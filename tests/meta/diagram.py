"""Draws the rooms of `bot` and their packages: `python -m tests.meta.diagram`.

``--write`` puts the drawing into docs/architecture.md. An arrow says that the upper room imports
the lower one; it is left out where a longer way says so too.
"""

import argparse
import copy
import re
import sys
from pathlib import Path

import grimp

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
COMMAND = "python -m tests.meta.diagram --write"
BEGIN = f"<!-- begin diagram: written by `{COMMAND}` -->"
END = "<!-- end diagram -->"


def imports(graph: grimp.ImportGraph, members: set[str]) -> dict[str, set[str]]:
    """Return which of `members`, with all that is in them, import which others."""
    squashed = copy.deepcopy(graph)
    for member in members:
        squashed.squash_module(member)
    return {
        member: squashed.find_modules_directly_imported_by(member) & members - {member}
        for member in members
    }


def below(edges: dict[str, set[str]], member: str) -> set[str]:
    """Return all that `member` imports, directly or through others."""
    found: set[str] = set()
    waiting = list(edges[member])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(edges[one])
    return found


def reduced(edges: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Return the imports that no longer way implies."""
    reach = {member: below(edges, member) for member in edges}
    return sorted(
        (upper, lower)
        for upper, lowers in edges.items()
        for lower in lowers
        if not any(
            lower in reach[between] and upper not in reach[between] and between not in reach[lower]
            for between in lowers - {lower}
        )
    )


def identifier(module: str) -> str:
    """Return a name that mermaid takes, and that is none of its own words."""
    return "room_" + module.removeprefix("bot.").replace(".", "_").strip("_")


def drawn(graph: grimp.ImportGraph, room: str) -> list[str]:
    """Return a room's lines: a node, or a frame around the packages in it."""
    label = f'{identifier(room)}["{room.rpartition(".")[2]}"]'
    packages = {child for child in graph.find_children(room) if graph.find_children(child)}
    if not packages:
        return [f"    {label}"]
    inside = [f'        {identifier(one)}["{one.rpartition(".")[2]}"]' for one in sorted(packages)]
    inside += [
        f"        {identifier(upper)} --> {identifier(lower)}"
        for upper, lower in reduced(imports(graph, packages))
    ]
    return [f"    subgraph {label}", *inside, "    end"]


def diagram() -> str:
    """Return the drawing, as a block of Markdown that GitHub shows."""
    graph = grimp.build_graph("bot", cache_dir=None)
    rooms = graph.find_children("bot")
    lines = [line for room in sorted(rooms) for line in drawn(graph, room)]
    lines += [
        f"    {identifier(upper)} --> {identifier(lower)}"
        for upper, lower in reduced(imports(graph, rooms))
    ]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```"])


def with_diagram(page: str) -> str:
    """Return the page with the drawing of today between its two marks."""
    block = f"{BEGIN}\n{diagram()}\n{END}"
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    new, count = between.subn(lambda _: block, page)
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no place for the diagram: {BEGIN} ... {END}")
    return new


def main() -> None:
    parser = argparse.ArgumentParser(description="Draws the rooms of bot/ and their packages.")
    parser.add_argument("--write", action="store_true", help=f"put it into {PAGE.name}")
    if parser.parse_args().write:
        PAGE.write_text(with_diagram(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        sys.stdout.write(f"{diagram()}\n")


if __name__ == "__main__":
    main()
