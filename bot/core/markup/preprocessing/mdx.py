"""Takes out of MDX what only its generator computes: expressions in braces.

A string stays as its text: ``{" "}``, ``{'a'}``. Attributes of tags, imports, formulas, attribute
lists, comments and code keep their braces.
"""

import re
from collections.abc import Iterator

from bot.core.markup.dialects.tags import ANY_TAG
from bot.core.markup.preprocessing.code_scanner import CODE, FENCE, Scanner

_SIGN = re.compile(
    rf"{FENCE}|{CODE}"
    r"|(?P<skip>\\.|\$\$(?s:(?:(?!\$\$).)+)\$\$|\$[^\s$\n](?:[^$\n]*[^\s$])?\$(?!\d)"
    r"|(?<!\w):{1,3}[\w-]+(?:\[[^\[\]\n]*\])?\{[^{}\n]*\}|\]\{[^{}\n]*\}|\{[.#][^{}\n]*\}"
    r"|\{\s*/\*(?s:(?:(?!\{\s*/\*|\*/).)*)\*/\s*\}|^import\b[^\n{}'\"]*\{[^{}]*\}"
    rf"|{ANY_TAG})"
    r"|(?P<brace>[{}])",
    re.MULTILINE,
)
_STRING = re.compile(r"\{\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|`([^`$]*)`)\s*\}")


def without_expressions(markdown: str) -> str:
    """Return `markdown` without its expressions; every line stays where it is."""
    if "{" not in markdown:
        return markdown
    parts: list[str] = []
    position = 0
    for start, end in _outermost(markdown):
        source = markdown[start:end]
        said = _STRING.fullmatch(source)
        text = next((one for one in said.groups() if one is not None), "") if said else ""
        parts += [markdown[position:start], text, "\n" * (source.count("\n") - text.count("\n"))]
        position = end
    return "".join([*parts, markdown[position:]])


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost pairs of braces begin and end."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in Scanner(text).outside_code(_SIGN):
        if found["brace"] == "{":
            opened.append(found.start())
        elif found["brace"] and opened:
            pairs.append((opened.pop(), found.end()))
    last = 0
    for start, end in sorted(pairs):
        if start >= last:
            yield start, end
            last = end
