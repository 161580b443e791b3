"""Reads the fields of a post, by the rules that most generators share."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime, tzinfo
from typing import Any

from bot.core.closing.questions import is_generic, plain_text
from bot.core.post import Fault, Kind, Post, Question
from bot.core.publishing.sealing import Sealed
from bot.core.reading.address_forms import FORMS
from bot.core.reading.addresses import address, path_on_site, picture_address
from bot.core.reading.body_digest import body_digest
from bot.core.reading.frontmatter.dates import read_date, time_zone
from bot.core.reading.frontmatter.fields import (
    AUTHORS,
    COVERS,
    DATES,
    DESCRIPTIONS,
    TITLES,
    UPDATES,
    Fields,
    decoded,
)
from bot.core.reading.frontmatter.sealing import WRITE_SEALED, read_sealed
from bot.core.reading.frontmatter.splitting import FrontMatter
from bot.core.reading.headings import opening_words
from bot.core.reading.hugo.addresses import Named
from bot.core.reading.kinds import kind_of
from bot.core.reading.paths import Place
from bot.core.site import Site
from bot.core.text.folding import fold
from bot.core.text.languages import is_language, normal_code

WRITE_DATES = "Write it as 2026-03-01 or 2026-03-01T09:30:00+03:00."
"""What to do about a date that cannot be read."""

_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500  # of Chinese and Japanese, which put no spaces between words
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSAFE_IN_SLUGS = re.compile(r"[^\w.~-]+")
_MORE = re.compile(
    r"<!--\s*more\b[^<>]*-->|\{/\*\s*(?:more|truncate)\s*\*/\}|<!--\s*truncate\s*-->"
)


def slugify(text: str) -> str:
    """Return `text` as a slug: lower case, hyphens for spaces, no slash; "" if nothing is left."""
    lowered = unicodedata.normalize("NFC", text).replace("\u0130", "i").lower()
    return _UNSAFE_IN_SLUGS.sub("-", lowered).strip("-.~")


class Reader:
    """The reading of one file, field by field."""

    own = frozenset[str]()
    """Keys that count at the top of the front matter alone, not in a table for custom fields."""

    def __init__(
        self,
        path: str,
        place: Place,
        parts: FrontMatter,
        site: Site,
        faults: list[Fault],
        changed: datetime | None,
    ) -> None:
        self._path = path
        self._parts = parts
        self._site = site
        self._faults = faults
        self._changed = changed
        self._fields = Fields(parts.metadata, self.own)
        self._place = place
        self._zone = self._time_zone()

    def post(self, digest: str, *, is_broken: bool) -> Post:
        """Return the post, without the closing questions in its text."""
        fields, site = self._fields, self._site
        title = fields.text(*TITLES)
        date, publish = self._dates()
        updated = self._date(*UPDATES)
        slug = self._slug()
        spaced = site.follows("spaced_lists")
        categories = fields.texts("categories", "category", spaced=spaced)
        shown = title or (self._parts.heading if site.generator in FORMS else "")
        named = Named(shown, self._stated_slug(), self._wanted_url(), date, categories)
        url, route = self._address(named)
        return Post(
            path=self._path,
            lang=self._language(),
            slug=slug,
            title=decoded(title) or self._other_title(),
            titled=bool(title),
            essay=slugify(fields.text("translationkey", "translation_key", "ref")) or slug,
            kind=self._kind(is_dated=(date or publish) is not None),
            date=date,
            publish=publish if publish != date else None,
            expires=self._date("expirydate", "unpublishdate", "expires", "expires_at"),
            updated=updated if updated != date else None,
            draft=is_broken or self._is_draft(),
            tags=self._tags(categories),
            description=decoded(fields.text(*DESCRIPTIONS)) or self._summary(),
            authors=tuple(map(decoded, fields.names(*AUTHORS))),
            cover=picture_address(fields.picture(*COVERS), url, site),
            url=url,
            aliases=fields.texts("aliases", "alias", "redirect_from"),
            minutes=_minutes(self._parts.body),
            questions=self._stated_questions(),
            digest=digest,
            body_digest=body_digest(self._parts.body),
            route=route,
            sealed=self._sealed(),
        )

    def _sealed(self) -> Sealed | None:
        stated = next(iter(self._fields.values(("sealed",))), None)
        try:
            return read_sealed(stated, self._zone)
        except ValueError as error:
            self._fault("sealed", f"What “sealed” says cannot be read: {error}.", WRITE_SEALED)
            return None

    def _fault(self, key: str, message: str, advice: str) -> None:
        self._faults.append(Fault(self._path, self._parts.line_of(key), message, advice))

    def _time_zone(self) -> tzinfo:
        try:
            return time_zone(self._place.language.timezone or self._site.timezone)
        except ValueError:  # the fault is the configuration's, and reported there
            return UTC

    def _dates(self) -> tuple[datetime | None, datetime | None]:
        """Return the date, and from when the post is readable if the front matter says so."""
        return self._date(*DATES) or self._file_date(), self._date("publishdate")

    def _address(self, named: Named) -> tuple[str | None, str]:
        """Return the address; without one, what it would end with."""
        url = address(self._site, self._place, named)
        return url, path_on_site(self._site, self._place, named) if url is None else ""

    def _kind(self, *, is_dated: bool) -> Kind:
        return kind_of(self._place, self._fields, self._site, is_dated=is_dated)

    def _date(self, *keys: str) -> datetime | None:
        metadata = self._parts.metadata
        if metadata.keys().isdisjoint(keys):
            return None
        for key in keys:
            value = metadata.get(key)
            if isinstance(value, dict):  # as MkDocs has it
                value = value.get("created") if key == "date" else None
            if value is None or (key == "published" and self._fields.flag(key) is not None):
                continue
            try:
                if moment := read_date(value, self._zone):
                    return moment
            except ValueError as error:
                self._fault(key, f"The {key} cannot be read: {error}.", WRITE_DATES)
        return None

    def _file_date(self) -> datetime | None:
        try:
            return read_date(self._place.date, self._zone)
        except ValueError:
            return None

    def _stated_slug(self) -> str:
        return self._fields.text("slug")

    def _slug(self) -> str:
        wanted = self._stated_slug() or self._wanted_url().split("?")[0]
        last = re.sub(r"(?:/index)?(?:\.html?)?/*$", "", wanted).rpartition("/")[2]
        if ":" in last or "{" in last:  # a pattern, not an address
            last = ""
        slug = slugify(last) or slugify(self._place.name)
        if not last and slug.isdecimal() and self._place.date:  # as in `2024/03/01/1.md`
            is_day = (
                self._place.date.endswith(f"-{slug}") or self._place.date.replace("-", "") == slug
            )
            slug = self._place.date if is_day else f"{self._place.date}-{slug}"
        return slug or hashlib.blake2b(self._path.encode(), digest_size=4).hexdigest()

    def _wanted_url(self) -> str:
        wanted = self._fields.text("permalink", "url", "path")
        return "" if "{" in wanted or wanted.lower() in {"false", "no"} else wanted

    def _language(self) -> str:
        stated = normal_code(self._fields.text("lang", "language", "locale"))
        known = [one.code for one in self._site.languages]
        code = self._place.language.code
        if not is_language(stated) or stated == code:
            return code
        if stated in known or stated.partition("-")[0] != code.partition("-")[0]:
            return stated
        return code

    def _other_title(self) -> str:
        """Return the title that the body's heading is, or the file's name, or its first words."""
        if self._parts.heading:
            return self._parts.heading
        name = re.sub(r"[-_\s]+", " ", self._place.name).strip()
        if not any(map(str.isalpha, name)) and (words := opening_words(self._parts.body)):
            return words
        return name[:1].upper() + name[1:] or self._path

    def _is_draft(self) -> bool:
        fields = self._fields
        is_unpublished = fields.flag("published") is False or fields.flag("publish") is False
        return (
            fields.flag("draft", "isdraft", "is_draft") is True
            or is_unpublished
            or fields.text("status").lower() in {"draft", "hidden", "private"}
            or self._place.is_draft
        )

    def _tags(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        spaced = self._site.follows("spaced_lists")
        stated = self._fields.texts("tags", "tag", "topics", "topic", spaced=spaced)
        if not stated and not categories:
            stated = self._fields.texts("keywords")
        tags: dict[str, str] = {}
        for tag in map(decoded, (*stated, *categories)):
            tags.setdefault(fold(tag), tag)
        return tuple(tags.values())

    def _summary(self) -> str:
        body = self._parts.body
        found = _MORE.search(body) if "<!--" in body or "{/*" in body else None
        return plain_text(self._parts.body[: found.start()][:4_000]) if found else ""

    def _stated_questions(self) -> tuple[Question, ...]:
        stated: Any = self._parts.metadata.get("questions")
        if self._fields.flag("questions") is not None or str(stated).lower() == "none":
            return ()
        lines = stated.splitlines() if isinstance(stated, str) else stated
        if not isinstance(lines, list):
            return ()
        texts = [decoded(" ".join(line.split())) for line in lines if isinstance(line, str)]
        return tuple(Question(text, is_generic(text)) for text in texts if text)


def _minutes(body: str) -> int:
    words = body.count(" ") + body.count("\n")
    if words * 20 > len(body) or body.isascii():
        return max(1, round(words / _WORDS_A_MINUTE))
    ideographs = len(_IDEOGRAPHS.findall(body))
    return max(1, round(words / _WORDS_A_MINUTE + ideographs / _CHARACTERS_A_MINUTE))
