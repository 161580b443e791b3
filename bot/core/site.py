"""What a site's own configuration says about its posts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bot.core.text.languages import language_name

Generator = Literal[
    "", "hugo", "jekyll", "hexo", "zola", "astro", "eleventy", "docusaurus", "quartz", "vitepress",
    "mkdocs", "quarto", "pelican", "gatsby", "next", "obsidian",
]  # fmt: skip
"""Who builds the site; "" for a bare folder of posts."""

Rule = Literal[
    "bundles", "collections", "content_only", "emoji", "html_endings", "no_address", "notes",
    "no_underscored_files", "no_underscored_folders", "posts_only", "spaced_lists",
    "suffix_languages", "unfenced",
]  # fmt: skip
"""What only some generators do; ``generators.toml`` describes each."""

Permalinks = tuple[tuple[str, str], ...]
"""Pairs of section (or collection, or "" for every post) and address pattern."""

HUGO_DATES = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
"""Where Hugo looks for a page's date, unless its configuration says otherwise."""


class Language(NamedTuple):
    """One of a site's languages.

    Attributes:
        code: A lower-case BCP 47 tag.
        folder: Where its posts are, relative to the content folder, "" for all of it.
        prefix: What its addresses begin with, such as ``/tr``; "" for the root.
        address: Its own base address, if the site gives each language a domain.
        suffix: What the names of its files end with, as in ``a.tr.md``; "" is its code.
        timezone: Its own; "" is the site's.
        permalinks: Its own, in the place of the site's; None are the site's.
        ugly: Its own `Site.ugly`; None is the site's.
        name: What the site calls it; "" where it does not say.
    """

    code: str
    folder: str = ""
    prefix: str = ""
    address: str | None = None
    suffix: str = ""
    timezone: str = ""
    permalinks: Permalinks | None = None
    ugly: bool | None = None
    name: str = ""


class Cascade(NamedTuple):
    """Front matter that Hugo gives to the pages below a section, where they have none of their own.

    Attributes:
        folder: The section's, below its language's folder; "" for all pages.
        lang: The code of the only language it is for; "" for all.
        path: Glob for the page's path below its language's folder, such as ``/posts/**``.
        kind: Glob for ``page``, ``section`` or ``home``.
        langs: Glob for the language.
        values: The front matter, its keys in lower case.
    """

    folder: str
    lang: str
    path: str
    kind: str
    langs: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's configuration; ``Site()`` suits a bare folder of posts.

    Attributes:
        address: Base address such as ``https://example.org/blog``, without a slash at its end.
        base: What addresses begin with where `address` is None: Hugo's baseURL may be a path.
        languages: At least one; the default language first.
        guesses_language: Whether the configuration names none: then it is that of most posts.
        timezone: IANA name; dates without an offset are in it.
        sections: The sections that hold essays; () where the site does not say.
        drafts: Whether the site builds its drafts.
        future: Whether it builds posts dated in the future.
        expired: Whether it builds posts past their expiry date.
        ugly: Whether addresses end in ``.html`` instead of a slash.
        ugly_sections: The sections whose addresses do, where the others' do not.
        lower: Whether addresses are put into lower case.
        plain: Whether accents are removed from addresses.
        file_dates: Whether the date in a file's name counts, and is no part of its slug.
        dates: Where Hugo looks for a page's date, in order: keys, ``:filename``, ``:filemodtime``.
        off: Suffixes of the languages that are not built; their files are left out.
        ignored: Regular expressions for the whole paths of files that the generator does not read.
        mounts: Pairs of a folder and the one below the content folder that it stands for.
        cascades: The nearest section's first. The sections' own are filled in when files are found.
        indexed: Pairs of language and folder that have an ``_index`` page: Hugo's ``:sections``.
            Filled in where a permalink asks for it.
        emoji: Whether names such as ``:tada:`` stand for emoji in posts.
        slashed: Whether addresses end with a slash where they would not by default.
        pattern: Of addresses, where a generator in `reading.address_forms` lets its site choose.
        root: The folder that holds the content, relative to the one that was read; "" for itself.
    """

    address: str | None = None
    base: str = ""
    languages: tuple[Language, ...] = (Language("en"),)
    guesses_language: bool = False
    timezone: str = "UTC"
    permalinks: Permalinks = ()
    sections: tuple[str, ...] = ()
    drafts: bool = False
    future: bool = False
    expired: bool = False
    generator: Generator = ""
    ugly: bool = False
    ugly_sections: tuple[str, ...] = ()
    lower: bool = True
    plain: bool = False
    file_dates: bool = True
    dates: tuple[str, ...] = HUGO_DATES
    off: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    mounts: tuple[tuple[str, str], ...] = ()
    cascades: tuple[Cascade, ...] = ()
    indexed: frozenset[tuple[str, str]] = frozenset()
    emoji: bool = False
    slashed: bool = False
    pattern: str = ""
    root: str = ""

    @property
    def is_hugo(self) -> bool:
        """Whether Hugo builds it, whose rules for files, dates and addresses are its own."""
        return self.generator == "hugo"

    def follows(self, rule: Rule) -> bool:
        """Return whether the site's generator follows a rule."""
        return rule in generator_facts().get(self.generator, {}).get("rules", ())

    @property
    def language(self) -> str:
        """The code of the default language."""
        return self.languages[0].code

    def language_name(self, code: str) -> str:
        """Return what a language is called: by the site, else in itself, else by its code."""
        own = (language.name for language in self.languages if language.code == code)
        return next(own, "") or language_name(code)


@cache
def generator_facts() -> Mapping[str, Any]:
    """Return what ``generators.toml`` says."""
    file = Path(__file__).with_name("generators.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
