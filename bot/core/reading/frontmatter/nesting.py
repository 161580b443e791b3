"""How deep TOML and JSON nest, told before they are read: their readers fail at some depth."""

import re

MAX_DEPTH = 32
"""Deeper nesting than any front matter needs."""

_SIGN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|(?P<border>[\[\]{}])",
    re.DOTALL,
)


class NestedError(ValueError):
    """Front matter that nests deeper than `MAX_DEPTH`."""

    def __init__(self) -> None:
        super().__init__(f"it is nested more than {MAX_DEPTH} deep")


def refuse_deep_brackets(text: str) -> None:
    """Look at lists and tables in brackets, up to where the first of them ends in JSON.

    Raises:
        NestedError: They nest deeper than `MAX_DEPTH`.
    """
    depth = 0
    is_json = text.startswith("{")
    for found in _SIGN.finditer(text):
        border = found["border"]
        if border:
            depth += 1 if border in "[{" else -1
            if depth > MAX_DEPTH:
                raise NestedError
            if is_json and not depth:
                return


def refuse_deep_values(values: object) -> None:
    """Check values that were read; keys with dots nest without a bracket.

    Raises:
        NestedError: It nests deeper than `MAX_DEPTH`.
    """
    level = [values]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    if level:
        raise NestedError
