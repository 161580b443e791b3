"""What Hugo's configuration says of a site.

The rules are those of Hugo 0.111, held by a test that compares with ``hugo list all``.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.blog.site.config_files import FORMATS, Config, base_address, load, table
from bot.core.post import Fault
from bot.core.reading.frontmatter.fields import Fields
from bot.core.reading.hugo.cascades import cascades
from bot.core.site import HUGO_DATES, Cascade, Language, Permalinks, Site
from bot.core.text.languages import is_language, normal_code

ROOT_FILES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in FORMATS)
"""Configuration files beside the content; of several the first counts."""

_ENVIRONMENTS = ("_default", "production")  # what `hugo` itself builds for; the later wins
_ALIASES = {"publishdate": ("pubdate", "published"), "lastmod": ("modified",)}


def has_folder(root: Path) -> bool:
    """Return whether Hugo's configuration is, or is also, in files of a folder of its own."""
    return (root / "config" / _ENVIRONMENTS[0]).is_dir()


def with_folder(root: Path, config: Config, faults: list[Fault]) -> dict[str, Any]:
    """Return `config` under what the files in ``config/_default`` and ``config/production`` say.

    Each holds the table that it is named after; ``languages.tr.toml`` is of one language.
    """
    merged = dict(config)
    for environment in _ENVIRONMENTS:
        for file in sorted((root / "config" / environment).rglob("*.*")):
            stem, _, ending = file.name.rpartition(".")
            if ending not in FORMATS or not file.is_file():
                continue
            values = load(root, file.relative_to(root).as_posix(), faults)
            name, _, code = stem.lower().partition(".")
            if code:
                values = {"languages": {code: {name: values} if name == "params" else values}}
            elif name not in {"config", "hugo"}:
                values = {name: values}
            merged = _laid_over(merged, values)
    return merged


def _laid_over(below: Config, above: Config) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        is_table = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _laid_over(merged[key], value) if is_table else value
    return merged


def hugo_site(config: Config, root: Path) -> Site:
    """Return the site that Hugo builds by `config`."""
    fields = Fields({key: value for key, value in config.items() if key != "params"})
    params = Fields(table(config, "params"))
    mounts = dict(_mounts(config))
    content = mounts.pop(("", ""), "") or _folder(fields.text("contentdir") or "content")
    sections = fields.texts("mainsections") or params.texts("mainsections")
    ugly = table(config, "uglyurls")
    languages, off = _languages(config, fields, content, mounts)
    return Site(
        generator="hugo",
        address=base_address(fields.text("baseurl")),
        base=fields.text("baseurl").rstrip("/"),
        languages=languages,
        guesses_language=not (
            table(config, "languages")
            or fields.text("defaultcontentlanguage")
            or is_language(normal_code(fields.text("languagecode", "locale")).partition("-")[0])
        ),
        timezone=fields.text("timezone") or "UTC",
        permalinks=_permalinks(config),
        sections=tuple(section.strip("/") for section in sections),
        drafts=fields.flag("builddrafts") is True,
        future=fields.flag("buildfuture") is True,
        expired=fields.flag("buildexpired") is True,
        ugly=fields.flag("uglyurls") is True,
        ugly_sections=tuple(name for name in ugly if Fields(ugly).flag(name)),
        emoji=fields.flag("enableemoji") is True,
        lower=fields.flag("disablepathtolower") is not True,
        plain=fields.flag("removepathaccents") is True,
        file_dates=False,
        dates=_date_handlers(config),
        off=off,
        ignored=tuple(_expressions(config.get("ignorefiles"))),
        mounts=tuple((source, target) for (code, target), source in mounts.items() if target),
        cascades=tuple(_cascades(config)),
        root=content if (root / content).is_dir() else "",
    )


def _folder(text: str) -> str:
    """Return a folder as it is written, below the site's own; "" is that one."""
    path = posixpath.normpath(text.strip().strip("/") or ".")
    return "" if path == "." else path


def _languages(
    config: Config, fields: Fields, content: str, mounts: dict[tuple[str, str], str]
) -> tuple[tuple[Language, ...], tuple[str, ...]]:
    """Return the languages, the default first, then by weight and name as Hugo sorts them.

    The second part are the suffixes of those that are not built.
    """
    tables = {
        code: one for code, one in table(config, "languages").items() if isinstance(one, dict)
    }
    default = fields.text("defaultcontentlanguage").lower() or "en"
    if not tables:
        stated = normal_code(fields.text("languagecode", "locale")).partition("-")[0]
        is_told = not fields.text("defaultcontentlanguage") and is_language(stated)
        code = stated if is_told else normal_code(default)  # Hugo's own is "en" all the same
        return (Language(code, content, suffix=default),), ()
    if default not in tables and not fields.text("defaultcontentlanguage"):
        default = ""
    disabled = {code.lower() for code in fields.texts("disablelanguages")}
    off = tuple(
        code for code in tables if code in disabled or Fields(tables[code]).flag("disabled") is True
    )

    def order(code: str) -> tuple[bool, int, str]:
        weight = Fields(tables[code]).text("weight")
        return code != default, int(weight) if weight.isdigit() else 0, code

    codes = sorted(tables.keys() - off, key=order)
    in_subfolder = fields.flag("defaultcontentlanguageinsubdir") is True and len(codes) > 1
    found: list[Language] = []
    for code in codes:
        own = Fields({key: value for key, value in tables[code].items() if key != "params"})
        address = base_address(own.text("baseurl"))
        is_at_root = address is not None or (code == default and not in_subfolder)
        folder = own.text("contentdir") or mounts.get((code, ""), "")
        language = Language(
            normal_code(code),
            _folder(folder) if folder else content,
            "" if is_at_root else f"/{code}",
            address,
            suffix=code,
            timezone=own.text("timezone"),
            permalinks=_permalinks(tables[code]) if "permalinks" in tables[code] else None,
            ugly=own.flag("uglyurls"),
            name=own.text("languagename", "label"),
        )
        found.append(language)
    return tuple(found), off


def _mounts(config: Config) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the folders that modules mount below the content folder.

    The key is a language, "" for all, and where in the content folder it is mounted.
    """
    mounts = table(config, "module").get("mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        if not isinstance(mount, dict):
            continue
        source, target = (
            posixpath.normpath(str(mount.get(key, ""))) for key in ("source", "target")
        )
        if target == "content" or target.startswith("content/"):
            code = str(mount.get("lang") or "").lower()
            yield (code, target.removeprefix("content").strip("/")), source.strip("/")


def _permalinks(config: Config) -> Permalinks:
    """Return the patterns for pages; Hugo since 0.115 keeps them in a table of their own."""
    patterns = table(config, "permalinks")
    return tuple(
        (section.strip("/"), pattern)
        for section, pattern in {**patterns, **table(patterns, "page")}.items()
        if isinstance(pattern, str)
    )


def _date_handlers(config: Config) -> tuple[str, ...]:
    """Return where Hugo looks for a page's date: what is not listed does not count."""
    stated = table(config, "frontmatter").get("date")
    if not isinstance(stated, (str, list)):
        return HUGO_DATES
    handlers: list[str] = []
    for name in [stated] if isinstance(stated, str) else stated:
        key = str(name).lower()
        handlers += HUGO_DATES if key == ":default" else (key, *_ALIASES.get(key, ()))
    return tuple(dict.fromkeys(handlers))


def _expressions(stated: object) -> Iterator[str]:
    """Yield the regular expressions among those of `ignoreFiles` that Python reads too."""
    for pattern in stated if isinstance(stated, list) else [stated]:
        if isinstance(pattern, str) and pattern:
            try:
                re.compile(pattern)
            except re.error:
                continue
            yield pattern


def _cascades(config: Config) -> Iterator[Cascade]:
    """Yield what the configuration gives to pages; a language's own replaces the site's."""
    tables = table(config, "languages")
    own = [code for code in tables if isinstance(tables[code], dict) and "cascade" in tables[code]]
    for code in own:
        yield from cascades(tables[code]["cascade"], "", normal_code(code))
    others = [code for code in tables if code not in own] if own else [""]
    for code in others:
        yield from cascades(config.get("cascade"), "", normal_code(code))
