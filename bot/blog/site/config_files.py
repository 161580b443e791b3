"""Reading the files that a site's configuration is kept in."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.core.post import Fault
from bot.core.reading.frontmatter.nesting import refuse_deep_brackets
from bot.core.reading.frontmatter.yaml_text import read_yaml

MAX_BYTES = 1_000_000
"""Of a configuration file."""

FORMATS = ("toml", "yaml", "yml", "json")
"""Endings of files that hold values, those first that Hugo takes first."""

_KEPT = "/:@%?&=+,;$!*'()~[]"

Config = Mapping[str, Any]


def read_script(file: Path) -> str:
    """Return the text of a file that is searched for what it says, and never run."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES).decode("utf-8", errors="replace")


def load(root: Path, name: str, faults: list[Fault]) -> dict[str, Any]:
    """Return a configuration file's values, its keys in lower case; {} if it cannot be read."""
    try:
        with (root / name).open("rb") as file:
            text = file.read(MAX_BYTES).decode("utf-8-sig")
        if name.endswith((".toml", ".json")):
            refuse_deep_brackets(text)
        if name.endswith(".toml"):
            values: Any = tomllib.loads(text)
        elif name.endswith(".json"):
            values = json.loads(text)
        else:
            values = read_yaml(text)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        advice = "Correct it: addresses, languages and time zone come from it."
        faults.append(
            Fault(name, None, f"The site's configuration cannot be read: {reason}.", advice)
        )
        return {}
    return _lowered(values) if isinstance(values, dict) else {}


def _lowered(values: Mapping[Any, Any], depth: int = 4) -> dict[str, Any]:
    return {
        str(key).lower(): _lowered(value, depth - 1) if depth and isinstance(value, dict) else value
        for key, value in values.items()
    }


def table(config: Config, name: str) -> dict[str, Any]:
    """Return the table called `name`; {} if there is none."""
    value = config.get(name)
    return dict(value) if isinstance(value, dict) else {}


def base_address(text: str) -> str | None:
    """Return a site's address without a slash at its end; None if it is none."""
    scheme, colon, rest = text.strip().rstrip("/").partition("://")
    if not colon or scheme.lower() not in {"http", "https"}:
        return None
    return f"{scheme.lower()}://{quote(rest, safe=_KEPT)}"
