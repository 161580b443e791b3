"""Language codes, as file names and folders use them, and what languages are called."""

import tomllib
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_name("language_names.toml")

_CODES = (
    " af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id"
    " is it ja ka kk km kn ko ku ky la lb lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro"
    " ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi yi zh zu "
)
"""ISO 639-1, without the codes that are file endings or words oftener than languages (io, md)."""

_MAX_SUBTAG = 8  # characters, by BCP 47


def is_language(code: str) -> bool:
    """Return whether `code` is a language such as ``tr``, ``pt-br`` or ``zh-Hant``."""
    primary, *rest = normal_code(code).split("-")
    return f" {primary} " in _CODES and all(
        part.isalnum() and 1 < len(part) <= _MAX_SUBTAG for part in rest
    )


def normal_code(code: str) -> str:
    """Return `code` as a lower-case BCP 47 tag."""
    return code.strip().lower().replace("_", "-")


def language_name(code: str) -> str:
    """Return what a language is called in itself, such as ``Türkçe``; its code if nobody knows.

    Args:
        code: A BCP 47 tag. A region that has no name of its own stands in brackets.
    """
    names = _names()
    tag = normal_code(code)
    primary, _, rest = tag.partition("-")
    if tag in names or primary not in names:
        return names.get(tag, code)
    return f"{names[primary]} ({rest.upper()})"


@cache
def _names() -> dict[str, str]:
    return tomllib.loads(NAMES.read_text(encoding="utf-8"))
