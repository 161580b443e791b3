"""Reading the fields of a page that Hugo builds: its rules where they differ from habit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.post import Kind
from bot.core.reading.addresses import address
from bot.core.reading.frontmatter.dates import read_date
from bot.core.reading.frontmatter.fields import DATES
from bot.core.reading.hugo.addresses import Named, hugo_link
from bot.core.reading.hugo.dates import hugo_date, name_date
from bot.core.reading.paths import Place
from bot.core.reading.reader import WRITE_DATES, Reader
from bot.core.text.languages import normal_code

_NEVER = frozenset({"never", "false", "0"})
_TRUE = frozenset({"true", "t", "1", "yes", "y", "on"})  # also what YAML 1.1 reads as true
_FALSE = frozenset({"false", "f", "0", "no", "n", "off"})


def is_unlisted(place: Place, metadata: Mapping[str, Any]) -> bool:
    """Return whether the page is in none of Hugo's lists: no reader of the site comes upon it."""
    if _flag(metadata.get("headless")) and place.is_index and not place.is_section:
        return True
    return _option(metadata, "_build", "list") in _NEVER | {"local"}


class HugoReader(Reader):
    """The reading of one file that Hugo builds a page of.

    What its author withholds in a way that Hugo does not know is a page, not a draft: it is public
    on the site, but nobody is asked to discuss it.
    """

    own = frozenset({"title", "slug", "url", "draft", "published", "headless"})

    _name_slug = ""
    """What stands behind the date in the file's name, where that is the page's date."""

    def _dates(self) -> tuple[datetime | None, datetime | None]:
        """Return the date that Hugo gives the page, and from when the essay is readable.

        A date that Hugo does not read is no date on the site. It is still when the essay was meant
        to appear, so it is kept as that.
        """
        metadata = self._parts.metadata
        date, meant = None, None
        for handler in self._site.dates:
            if handler == ":filename":
                if named := name_date(self._place.name, self._zone):
                    date, slug = named
                    self._name_slug = "" if "slug" in metadata else slug
            elif handler == ":filemodtime":
                date = self._changed
            elif (value := metadata.get(handler)) is not None:
                date = hugo_date(value, self._zone)
                meant = meant or self._misread(handler, value, date)
            if date is not None:
                break
        date = date if date is not None and date.year > 1 else None
        if date is None and meant is None:
            meant = self._date(*(key for key in DATES if key not in self._site.dates))
        publish = metadata.get("publishdate", metadata.get("pubdate"))
        return date, (hugo_date(publish, self._zone) if publish is not None else None) or meant

    def _misread(self, key: str, value: object, date: datetime | None) -> datetime | None:
        """Return what is meant by a value that Hugo reads as no date, or a number as another."""
        if date is not None and not str(value).isdecimal():
            return None
        if key == "published" and _flag(value) is not None:
            return None
        try:
            meant = read_date(value, self._zone)
        except ValueError as error:
            if date is None:
                self._fault(key, f"The {key} cannot be read: {error}.", WRITE_DATES)
            return None
        if meant is None or meant == date:
            return None
        taken = "no date" if date is None else f"{date:%Y-%m-%d}"
        self._fault(key, f"Hugo takes the {key} “{str(value)[:40]}” for {taken}.", WRITE_DATES)
        return meant

    def _stated_slug(self) -> str:
        return self._name_slug or self._fields.text("slug").strip("-")

    def _wanted_url(self) -> str:
        return self._fields.text("url")

    def _address(self, named: Named) -> tuple[str | None, str]:
        if _option(self._parts.metadata, "_build", "render") in _NEVER:
            return None, ""
        url = address(self._site, self._place, named)
        route = self._site.base + hugo_link(self._site, self._place, named) if url is None else ""
        return url, route

    def _language(self) -> str:
        """Return what the page is in, which its address may not say (see `split_suffix`)."""
        suffix = normal_code(self._place.name.rpartition(".")[2])
        known = {one.code for one in self._site.languages}
        return suffix if "." in self._place.name and suffix in known else self._place.language.code

    def _is_draft(self) -> bool:
        metadata = self._parts.metadata
        if (draft := metadata.get("draft")) is not None:
            return _flag(draft) is True
        return _flag(metadata.get("published")) is False

    def _kind(self, *, is_dated: bool) -> Kind:
        is_withheld = super()._is_draft() and not self._is_draft()
        if is_withheld or _option(self._parts.metadata, "build", "list") in _NEVER | {"local"}:
            return "page"
        return super()._kind(is_dated=is_dated)


def _option(metadata: Mapping[str, Any], table: str, name: str) -> str:
    """Return a build option; Hugo before 0.145 keeps them in ``_build``, later in ``build``."""
    options = metadata.get(table)
    if not isinstance(options, dict):
        return ""
    return next((str(options[key]).lower() for key in options if str(key).lower() == name), "")


def _flag(value: object) -> bool | None:
    text = str(value).lower()
    return True if text in _TRUE else False if text in _FALSE else None
