"""Language codes, as file names and folders use them."""

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
