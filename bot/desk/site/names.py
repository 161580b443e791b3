"""Names of files that are safe on every system, whatever a slug holds."""

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_DIGESTED = re.compile(r".*--[0-9a-f]{12}")
_STRANGE = re.compile(r"[^a-z0-9_]+")
_MOST_OF_A_STRANGE_ONE = 60


def file_name(slug: str) -> str:
    """Return what the file of a post is called, without its ending; the same for languages.

    A slug of at most 100 characters a-z, 0-9, "-" and "_" is its own name. Any other, such as
    one that is a path, is empty, has capitals or dots, or is a name that Windows keeps for itself,
    is called by what is left of it and a digest, as in ``a-b--0123456789ab``: so no two are called
    the same, wherever capitals make no difference.
    """
    is_taken = _RESERVED.fullmatch(slug) or _DIGESTED.fullmatch(slug)
    if _PLAIN.fullmatch(slug) and not is_taken:
        return slug
    left = _STRANGE.sub("-", slug.lower()).strip("-")[:_MOST_OF_A_STRANGE_ONE].strip("-")
    digest = hashlib.sha256(slug.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{left or 'post'}--{digest}"
