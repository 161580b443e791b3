"""What a site's own configuration says about its posts."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Generator = Literal["", "hugo", "jekyll", "hexo", "zola", "astro", "eleventy"]
"""Who builds the site; "" for a bare folder of posts."""


class Language(NamedTuple):
    """One of a site's languages.

    Attributes:
        code: A lower-case BCP 47 tag.
        folder: Where its posts are, relative to the content folder, "" for all of it.
        prefix: What its addresses begin with, such as ``/tr``; "" for the root.
        address: Its own base address, if the site gives each language a domain.
    """

    code: str
    folder: str = ""
    prefix: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's configuration; ``Site()`` suits a bare folder of posts.

    Attributes:
        address: Base address such as ``https://example.org/blog``, without a slash at its end.
        languages: At least one; the default language first.
        timezone: IANA name; dates without an offset are in it.
        permalinks: Pairs of section (or collection, or "" for every post) and address pattern.
        sections: The sections that hold essays; () where the site does not say.
        drafts: Whether the site builds its drafts.
        future: Whether it builds posts dated in the future.
        expired: Whether it builds posts past their expiry date.
        generator: Who builds it.
        ugly: Whether addresses end in ``.html`` instead of a slash.
        lower: Whether addresses are put into lower case.
        plain: Whether accents are removed from addresses.
        file_dates: Whether the date in a file's name counts, and is no part of its slug.
        indexed: Folders below `root` or a language's that have an ``_index`` page: with the first
            of a path these are Hugo's ``:sections``. Filled in where a permalink asks for it.
        root: The folder that holds the content, relative to the one that was read; "" for itself.
    """

    address: str | None = None
    languages: tuple[Language, ...] = (Language("en"),)
    timezone: str = "UTC"
    permalinks: tuple[tuple[str, str], ...] = ()
    sections: tuple[str, ...] = ()
    drafts: bool = False
    future: bool = False
    expired: bool = False
    generator: Generator = ""
    ugly: bool = False
    lower: bool = True
    plain: bool = False
    file_dates: bool = True
    indexed: frozenset[str] = frozenset()
    root: str = ""

    @property
    def language(self) -> str:
        """The code of the default language."""
        return self.languages[0].code
