"""The fields of front matter, under the many names that authors give them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from html.entities import html5
from typing import Any

from bot.core.text.folding import fold

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_NESTED = ("params", "extra", "taxonomies")
_NAMES = ("name", "title", "label", "value")
_PICTURES = ("image", "src", "url", "path", "href", "feature", "teaser", "overlay_image", "source")

TITLES = ("title",)
DESCRIPTIONS = ("description", "summary", "excerpt", "subtitle", "hook", "abstract", "lead", "desc")
COVERS = (
    "cover", "image", "images", "featured_image", "featuredimage", "feature_image", "banner_image",
    "banner", "hero", "heroimage", "hero_image", "header", "coverimage", "cover_image", "ogimage",
    "og_image", "socialimage", "thumbnail", "teaser", "img",
)  # fmt: skip  # a list of names reads best as lines
AUTHORS = ("authors", "author", "byline", "creator")
DATES = ("date", "pubdate", "published_at", "published", "publishdate", "created", "created_at",
         "lastmod", "modified")  # fmt: skip
UPDATES = ("lastmod", "modified", "updated", "updated_at", "last_modified_at", "updateddate",
           "lastmodified", "date_updated")  # fmt: skip

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKDOWN_PICTURE = re.compile(
    r"\]\(\s*(?:<([^<>\n]+)>|((?:[^()\s\"]|\([^()\s]*\)|[ ](?![\"']))+))"
)
_PICTURE_NAME = re.compile(
    r"^(?:https?:/)?/|\.(?:png|jpe?g|jfif|gif|webp|avif|svg|bmp|heic|tiff?)(?:[?#]\S*)?$",
    re.IGNORECASE,
)
"""What is an address although it has spaces: other such texts are captions."""


class Fields:
    """Front matter, asked by the name of a field.

    A name is looked for at the top, then in the tables that Hugo and Zola keep for custom fields;
    those in `own` at the top alone.
    """

    def __init__(self, metadata: Mapping[str, Any], own: frozenset[str] = frozenset()) -> None:
        self._table = metadata
        for name in _NESTED:
            if isinstance(table := metadata.get(name), dict):
                keys = ((str(key).lower(), value) for key, value in table.items())
                lowered = {key: value for key, value in keys if key not in own}
                self._table = {**lowered, **self._table}

    def values(self, names: Iterable[str]) -> Iterable[Any]:
        """Return what is set under any of `names`, in their order."""
        table = self._table
        if table.keys().isdisjoint(names):  # nearly always, and much sooner told
            return ()
        return [value for name in names if (value := table.get(name)) is not None]

    def text(self, *names: str) -> str:
        """Return the first of `names` that holds text, on one line; "" if none does."""
        for value in self.values(names):
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                line = " ".join(str(value).split())
                if line:
                    return line
        return ""

    def flag(self, *names: str) -> bool | None:
        """Return whether the first of `names` that says yes or no says yes; None if none does."""
        for value in self.values(names):
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
                return value.lower() in _TRUE
        return None

    def texts(self, *names: str, spaced: bool = False) -> tuple[str, ...]:
        """Return every text under any of `names`, once each however it is cased or accented.

        A string is taken apart at its commas and, if it is `spaced` and has none, at its spaces.
        """
        found: dict[str, str] = {}
        for value in self.values(names):
            for text in _texts(value, spaced=spaced):
                found.setdefault(fold(text), text)
        return tuple(found.values())

    def names(self, *names: str) -> tuple[str, ...]:
        """Return the people under the first of `names` that is set; a string is one of them."""
        for value in self.values(names):
            people = [_name(one) for one in (value if isinstance(value, list) else [value])]
            if any(people):
                return tuple(person for person in people if person)
        return ()

    def picture(self, *names: str) -> str | None:
        """Return the address of the first picture under any of `names`, as it is written."""
        for value in self.values(names):
            if address := _picture(value):
                return address
        return None


def decoded(text: str) -> str:
    """Return `text` with its character references, such as ``&eacute;``, as a site shows them.

    They are decoded once: of ``&amp;lt;`` stays ``&lt;``. An ampersand alone is one.
    """
    if "&" not in text:
        return text
    return " ".join(_REFERENCE.sub(_character, text).split())


def _character(found: re.Match[str]) -> str:
    is_known = found.group()[1] == "#" or found.group()[1:] in html5
    return unescape(found.group()) if is_known else found.group()


def _texts(value: object, *, spaced: bool) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            if text := _name(one):
                yield text
    elif isinstance(value, str):
        parts = value.split(",") if "," in value else value.split() if spaced else [value]
        for part in parts:
            if text := " ".join(part.strip(" \"'[]").split()):
                yield text
    elif text := _name(value):
        yield text


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _NAMES if value.get(key)), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return " ".join(str(value).split())


def _picture(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in _PICTURES if isinstance(value.get(key), str)), None)
    if not isinstance(value, str) or not value.strip() or value.lower() in _TRUE | _FALSE:
        return None
    inner = _MARKDOWN_PICTURE.search(value)  # as a few write it
    address = (inner[1] or inner[2] if inner else value).strip()
    is_words = " " in address and not _PICTURE_NAME.search(address)
    return address if re.search(r"[./]", address) and not is_words else None
