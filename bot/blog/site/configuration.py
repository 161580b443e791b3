"""Reading what a site's own configuration says: who builds it, where, in which languages."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from bot.blog.location import is_folder
from bot.blog.site.config_files import FORMATS, Config, base_address, load, read_script, table
from bot.blog.site.generators import site_by_marks, vault_site, with_domain
from bot.blog.site.hugo import ROOT_FILES, has_folder, hugo_site, with_folder
from bot.core.post import Fault
from bot.core.reading.frontmatter.dates import time_zone
from bot.core.reading.frontmatter.fields import Fields
from bot.core.site import Generator, Language, Site
from bot.core.text.languages import is_language, normal_code

_SCRIPTS: dict[str, Generator] = {
    **{f"astro.config.{ending}": "astro" for ending in ("mjs", "ts", "js", "mts", "cjs")},
    ".eleventy.js": "eleventy",
    **{f"eleventy.config.{ending}": "eleventy" for ending in ("js", "mjs", "cjs", "ts")},
}
"""Configurations that are programs; of several the first counts."""

_JS_SITE = re.compile(r"\bsite\s*:\s*['\"`](https?://[^'\"`\s]+)['\"`]")
_INPUT = re.compile(r"\binput\s*:\s*['\"]([^'\"]+)['\"]")
_DATA_URL = re.compile(r"\b(?:url|siteUrl|baseUrl)['\"]?\s*:\s*['\"`](https?://[^'\"`\s]+)['\"`]")
_DATA_NAMES = frozenset({"metadata", "site", "meta", "config"})
_DATA_ENDINGS = frozenset({".js", ".cjs", ".mjs", ".json", ".ts"})
_POSTS_FOLDERS = ("", "content", "posts", "blog", "_posts", "src/content", "content/posts")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the operator knows better than the site's configuration.

    Attributes:
        address: The site's.
        timezone: An IANA name.
        language: The code of the default language.
    """

    address: str | None = None
    timezone: str | None = None
    language: str | None = None

    def over(self, site: Site) -> Site:
        """Return `site` with what the operator knows in the place of what it says."""
        languages = site.languages
        if self.language:
            code = normal_code(self.language)
            wanted = [one for one in languages if one.code == code]
            if not wanted and len(languages) == 1:  # a bare folder in another language than English
                languages = (Language(code, languages[0].folder),)
            else:
                languages = (*wanted, *(one for one in languages if one.code != code))
        if self.timezone:
            languages = tuple(one._replace(timezone="") for one in languages)
        return replace(
            site,
            languages=languages,
            guesses_language=site.guesses_language and not self.language,
            address=(self.address or site.address or "").rstrip("/") or None,
            timezone=self.timezone or site.timezone,
        )


def read_site(root: Path) -> tuple[Site, list[Fault]]:
    """Return what the configuration in `root` says, and what is wrong with it.

    A folder without one is a bare folder of posts, in as many languages as it has folders for.
    """
    faults: list[Fault] = []
    site = _found_site(root, faults)
    own = [language.timezone for language in site.languages if language.timezone]
    for zone in (site.timezone, *own):  # a reading takes one that is unknown for UTC
        try:
            time_zone(zone)
        except ValueError as error:
            advice = "Use an IANA name such as Europe/Istanbul."
            faults.append(Fault("", None, f"The site's time zone is unknown: {error}.", advice))
    return site, faults


def _found_site(root: Path, faults: list[Fault]) -> Site:
    is_hugo = any((root / f"hugo.{ending}").is_file() for ending in FORMATS)
    told = None if is_hugo else site_by_marks(root, faults)
    found = told or _configured(root, faults) or _scripted(root)
    return with_domain(root, found or vault_site(root, faults) or _bare(root))


def _configured(root: Path, faults: list[Fault]) -> Site | None:
    """Return the site of a generator whose configuration is a file of values."""
    name = next((name for name in ROOT_FILES if (root / name).is_file()), "")
    if name or has_folder(root):
        config = load(root, name, faults) if name else {}
        if "base_url" in config and "baseurl" not in config:
            return _zola(config)
        config = with_folder(root, config, faults)
        is_named = name.startswith("hugo") or not config.keys().isdisjoint(
            {"baseurl", "contentdir"}
        )
        if is_named or (root / "content").is_dir():
            return hugo_site(config, root)
    for name in ("_config.yml", "_config.yaml", "_config.toml"):
        if (root / name).is_file():
            config = load(root, name, faults)
            is_hexo = "source_dir" in config or (root / "source" / "_posts").is_dir()
            return _hexo(config) if is_hexo else _jekyll(config)
    if (root / "_posts").is_dir():
        return Site(generator="jekyll", guesses_language=True)
    return None


def _zola(config: Config) -> Site:
    fields = Fields(config)
    default = normal_code(fields.text("default_language")) or "en"
    codes = [
        normal_code(code) for code in table(config, "languages") if normal_code(code) != default
    ]
    others = (Language(code, "content", f"/{code}") for code in codes)
    return Site(
        generator="zola",
        address=base_address(fields.text("base_url")),
        languages=(Language(default, "content"), *others),
        guesses_language=not fields.text("default_language"),
        emoji=Fields(table(config, "markdown")).flag("render_emoji") is True,
        root="content",
    )


def _jekyll(config: Config) -> Site:
    fields = Fields(config)
    base = base_address(fields.text("url"))
    root = fields.text("source").strip("./")
    collections = table(config, "collections")
    patterns = [("", fields.text("permalink"))]
    patterns += [
        (name, str(table.get("permalink") or "")) if isinstance(table, dict) else (name, "")
        for name, table in collections.items()
    ]
    return Site(
        generator="jekyll",
        address=base + fields.text("baseurl").rstrip("/") if base else None,
        languages=(Language(_config_language(fields) or "en", root),),
        guesses_language=not _config_language(fields),
        timezone=fields.text("timezone") or "UTC",
        permalinks=tuple(pair for pair in patterns if pair[0] or pair[1]),
        drafts=fields.flag("show_drafts") is True,
        future=fields.flag("future") is True,
        emoji="jemoji" in fields.texts("plugins", "gems"),
        root=root,
    )


def _hexo(config: Config) -> Site:
    fields = Fields(config)
    base = base_address(fields.text("url"))
    root = fields.text("source_dir").strip("./") or "source"
    pattern = fields.text("permalink") or ":year/:month/:day/:title/"
    return Site(
        generator="hexo",
        address=base,
        languages=(Language(_config_language(fields) or "en", root),),
        guesses_language=not _config_language(fields),
        timezone=fields.text("timezone") or "UTC",
        permalinks=(("", pattern),),
        future=fields.flag("future") is not False,
        root=root,
    )


def _config_language(fields: Fields) -> str:
    for code in fields.texts("lang", "language", "locale", "default_lang"):
        if is_language(code):
            return normal_code(code).partition("-")[0]
    return ""


def _scripted(root: Path) -> Site | None:
    """Return the site of a generator whose configuration is a program, which is never run."""
    file = next((root / name for name in _SCRIPTS if (root / name).is_file()), None)
    if file is None:
        return None
    generator = _SCRIPTS[file.name]
    text = read_script(file)
    found = _JS_SITE.search(text)
    content = "src/content" if generator == "astro" and (root / "src/content").is_dir() else ""
    if generator == "eleventy":
        content = _input_folder(root, text)
        found = found or _address_in_data(root, content)
    languages = _folder_languages(root, content)
    return Site(
        generator=generator,
        address=base_address(found[1]) if found else None,
        languages=languages or (Language("en", content),),
        guesses_language=not languages,
        root=content,
    )


def _input_folder(root: Path, text: str) -> str:
    """Return the folder that Eleventy reads, relative to `root`."""
    found = _INPUT.search(text)
    folder = found[1].strip("./") if found else ""
    return folder if folder and (root / folder).is_dir() else ""


def _address_in_data(root: Path, content: str) -> re.Match[str] | None:
    """Return where an Eleventy site's data names its address, as its starter has it."""
    for folder in {"_data", f"{content}/_data".lstrip("/")}:
        for file in sorted((root / folder).glob("*.*")):
            is_data = file.suffix in _DATA_ENDINGS and file.stem in _DATA_NAMES
            if is_data and (found := _DATA_URL.search(read_script(file))):
                return found
    return None


def _bare(root: Path) -> Site:
    for folder in _POSTS_FOLDERS:
        if languages := _folder_languages(root, folder):
            return Site(languages=languages)
    return Site(guesses_language=True)


def _folder_languages(root: Path, folder: str) -> tuple[Language, ...]:
    """Return the languages that two or more folders in `folder` are named after."""
    try:
        with os.scandir(root / folder) as listing:
            names = sorted(entry.name for entry in listing if is_folder(entry))
    except OSError:
        return ()
    codes = [name for name in names if is_language(name)]
    if len(codes) <= 1:  # one alone may be a word such as "it"
        return ()
    codes.sort(key=lambda name: (normal_code(name) != "en", name))
    return tuple(
        Language(
            normal_code(name),
            f"{folder}/{name}" if folder else name,
            "" if index == 0 else f"/{normal_code(name)}",
        )
        for index, name in enumerate(codes)
    )
