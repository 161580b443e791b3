"""Reading what a site's own configuration says: who builds it, where, in which languages."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.core.languages import is_language, normal_code
from bot.core.post import Fault
from bot.core.reading.dates import time_zone
from bot.core.reading.fields import Fields
from bot.core.reading.written_yaml import read_yaml
from bot.core.site import Generator, Language, Site

MAX_BYTES = 1_000_000
"""Of a configuration file."""

_FORMATS = ("toml", "yaml", "yml", "json")
_HUGO_FILES = tuple(f"{folder}{name}.{ending}" for folder in ("", "config/_default/")
                    for name in ("hugo", "config") for ending in _FORMATS)  # fmt: skip
_ASTRO_FILES = tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs"))
_ELEVENTY_FILES = (
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
)
_JS_SITE = re.compile(r"\bsite\s*:\s*['\"`](https?://[^'\"`\s]+)['\"`]")
_POSTS_FOLDERS = ("", "content", "posts", "blog", "_posts", "src/content", "content/posts")

Config = Mapping[str, Any]


def read_site(root: Path) -> tuple[Site, list[Fault]]:
    """Return what the configuration in `root` says, and what is wrong with it.

    A folder without one is a bare folder of posts, in as many languages as it has folders for.
    """
    faults: list[Fault] = []
    site = _found_site(root, faults)
    try:
        time_zone(site.timezone)
    except ValueError as error:
        advice = "Use an IANA name such as Europe/Istanbul."
        faults.append(Fault("", None, f"The site's time zone is unknown: {error}.", advice))
        site = replace(site, timezone="UTC")
    return site, faults


def _found_site(root: Path, faults: list[Fault]) -> Site:
    return _configured(root, faults) or _scripted(root) or _bare(root)


def _configured(root: Path, faults: list[Fault]) -> Site | None:
    """Return the site of a generator whose configuration is a file of values."""
    for name in _HUGO_FILES:
        if (root / name).is_file():
            config = _load(root, name, faults)
            if "base_url" in config and "baseurl" not in config:
                return _zola(config)
            if (root / "content").is_dir() or "baseurl" in config or name.startswith("hugo"):
                return _hugo(_with_parts(root, name, config, faults), root)
    for name in ("_config.yml", "_config.yaml", "_config.toml"):
        if (root / name).is_file():
            config = _load(root, name, faults)
            is_hexo = "source_dir" in config or (root / "source" / "_posts").is_dir()
            return _hexo(config) if is_hexo else _jekyll(config)
    if (root / "_posts").is_dir():
        return Site(generator="jekyll")
    return None


def _load(root: Path, name: str, faults: list[Fault]) -> dict[str, Any]:
    """Return a configuration file's values, its keys in lower case; {} if it cannot be read."""
    try:
        with (root / name).open("rb") as file:
            text = file.read(MAX_BYTES).decode("utf-8-sig")
        if name.endswith(".toml"):
            values: Any = tomllib.loads(text)
        elif name.endswith(".json"):
            values = json.loads(text)
        else:
            values = read_yaml(text)
    except (OSError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        advice = "Correct it: addresses, languages and time zone come from it."
        faults.append(
            Fault(name, None, f"The site's configuration cannot be read: {reason}.", advice)
        )
        return {}
    return _lowered(values) if isinstance(values, dict) else {}


def _lowered(values: Mapping[Any, Any], depth: int = 4) -> dict[str, Any]:
    return {
        str(key).lower(): _lowered(value, depth - 1) if depth and isinstance(value, dict) else value
        for key, value in values.items()
    }


def _with_parts(root: Path, name: str, config: Config, faults: list[Fault]) -> dict[str, Any]:
    """Return `config` with the files beside it that each hold one of its tables."""
    merged = dict(config)
    folder = root / "config" / "_default"
    if not name.startswith("config/") and not folder.is_dir():
        return merged
    for part in ("languages", "permalinks", "params", "frontmatter", "module"):
        for ending in _FORMATS:
            path = f"config/_default/{part}.{ending}"
            if (root / path).is_file():
                merged[part] = {**_table(merged, part), **_load(root, path, faults)}
    for file in sorted(folder.glob("*.*.*")):  # languages.tr.toml: one file a language
        part, code, _ = file.name.split(".", 2)
        if part in {"languages", "config", "hugo"} and is_language(code):
            values = _load(root, f"config/_default/{file.name}", faults)
            merged["languages"] = {**_table(merged, "languages"), code: values}
    return merged


def _table(config: Config, name: str) -> dict[str, Any]:
    value = config.get(name)
    return dict(value) if isinstance(value, dict) else {}


def _address(text: str) -> str | None:
    return text.strip().rstrip("/") if text.startswith(("http://", "https://")) else None


def _hugo(config: Config, root: Path) -> Site:
    fields = Fields({key: value for key, value in config.items() if key != "params"})
    params = Fields(_table(config, "params"))
    content = fields.text("contentdir").strip("./") or "content"
    sections = fields.texts("mainsections") or params.texts("mainsections")
    dates = _table(config, "frontmatter").get("date") or []
    return Site(
        generator="hugo",
        address=_address(fields.text("baseurl")),
        languages=tuple(_hugo_languages(config, fields, content)),
        timezone=fields.text("timezone") or "UTC",
        permalinks=tuple(_hugo_permalinks(config)),
        sections=tuple(section.strip("/") for section in sections),
        drafts=fields.flag("builddrafts") is True,
        future=fields.flag("buildfuture") is True,
        expired=fields.flag("buildexpired") is True,
        ugly=fields.flag("uglyurls") is True,
        lower=fields.flag("disablepathtolower") is not True,
        plain=fields.flag("removepathaccents") is True,
        file_dates=isinstance(dates, list) and ":filename" in dates,
        root=content if (root / content).is_dir() else "",
    )


def _hugo_languages(config: Config, fields: Fields, content: str) -> Iterator[Language]:
    """Yield the languages, the default first, then by weight and name as Hugo sorts them."""
    tables = {
        code: table
        for code, table in _table(config, "languages").items()
        if isinstance(table, dict)
    }
    off = {normal_code(code) for code in fields.texts("disablelanguages")}
    default = normal_code(fields.text("defaultcontentlanguage"))
    if not tables:
        stated = normal_code(fields.text("languagecode", "locale")).partition("-")[0]
        yield Language(default or (stated if is_language(stated) else "en"), content)
        return
    default = default or ("en" if "en" in tables else "")
    in_subfolder = fields.flag("defaultcontentlanguageinsubdir") is True
    mounts = _hugo_mounts(config)

    def order(code: str) -> tuple[bool, int, str]:
        weight = Fields(tables[code]).text("weight")
        return normal_code(code) != default, int(weight) if weight.isdigit() else 0, code

    for code in sorted(tables, key=order):
        table = Fields(tables[code])
        normal = normal_code(code)
        if normal in off or table.flag("disabled") is True:
            continue
        own = _address(table.text("baseurl"))
        is_at_root = own is not None or (normal == default and not in_subfolder)
        folder = table.text("contentdir").strip("./") or mounts.get(normal) or content
        yield Language(normal, folder, "" if is_at_root else f"/{normal}", own)


def _hugo_mounts(config: Config) -> dict[str, str]:
    """Return the content folder that module mounts give each language."""
    mounts = _table(config, "module").get("mounts")
    found: dict[str, str] = {}
    for mount in mounts if isinstance(mounts, list) else []:
        if isinstance(mount, dict) and mount.get("target") == "content" and mount.get("lang"):
            found[normal_code(str(mount["lang"]))] = str(mount.get("source", "")).strip("./")
    return found


def _hugo_permalinks(config: Config) -> Iterator[tuple[str, str]]:
    tables = [("", _table(config, "permalinks"))]
    for code, table in _table(config, "languages").items():
        if isinstance(table, dict):
            tables.append((f"{normal_code(code)}:", _table(table, "permalinks")))
    for before, table in tables:
        for section, pattern in {**table, **_table(table, "page")}.items():
            if isinstance(pattern, str):
                yield before + section.strip("/"), pattern


def _zola(config: Config) -> Site:
    fields = Fields(config)
    default = normal_code(fields.text("default_language")) or "en"
    codes = [
        normal_code(code) for code in _table(config, "languages") if normal_code(code) != default
    ]
    others = (Language(code, "content", f"/{code}") for code in codes)
    return Site(
        generator="zola",
        address=_address(fields.text("base_url")),
        languages=(Language(default, "content"), *others),
        root="content",
    )


def _jekyll(config: Config) -> Site:
    fields = Fields(config)
    base = _address(fields.text("url"))
    root = fields.text("source").strip("./")
    collections = _table(config, "collections")
    patterns = [("", fields.text("permalink"))]
    patterns += [
        (name, str(table.get("permalink") or "")) if isinstance(table, dict) else (name, "")
        for name, table in collections.items()
    ]
    return Site(
        generator="jekyll",
        address=base + fields.text("baseurl").rstrip("/") if base else None,
        languages=(Language(_config_language(fields), root),),
        timezone=fields.text("timezone") or "UTC",
        permalinks=tuple(pair for pair in patterns if pair[0] or pair[1]),
        drafts=fields.flag("show_drafts") is True,
        future=fields.flag("future") is True,
        root=root,
    )


def _hexo(config: Config) -> Site:
    fields = Fields(config)
    base = _address(fields.text("url"))
    root = fields.text("source_dir").strip("./") or "source"
    pattern = fields.text("permalink") or ":year/:month/:day/:title/"
    return Site(
        generator="hexo",
        address=base,
        languages=(Language(_config_language(fields), root),),
        timezone=fields.text("timezone") or "UTC",
        permalinks=(("", pattern),),
        future=fields.flag("future") is not False,
        root=root,
    )


def _config_language(fields: Fields) -> str:
    for code in fields.texts("lang", "language", "locale", "default_lang"):
        if is_language(code):
            return normal_code(code).partition("-")[0]
    return "en"


def _scripted(root: Path) -> Site | None:
    """Return the site of a generator whose configuration is a program, which is never run."""
    generator: Generator = "astro"
    name = next((name for name in _ASTRO_FILES if (root / name).is_file()), None)
    if name is None:
        generator = "eleventy"
        name = next((name for name in _ELEVENTY_FILES if (root / name).is_file()), None)
    if name is None:
        return None
    with (root / name).open("rb") as file:
        text = file.read(MAX_BYTES).decode("utf-8", errors="replace")
    found = _JS_SITE.search(text)
    content = "src/content" if generator == "astro" and (root / "src/content").is_dir() else ""
    languages = _folder_languages(root, content) or (Language("en", content),)
    return Site(
        generator=generator,
        address=_address(found[1]) if found else None,
        languages=languages,
        root=content,
    )


def _bare(root: Path) -> Site:
    for folder in _POSTS_FOLDERS:
        if languages := _folder_languages(root, folder):
            return Site(languages=languages)
    return Site()


def _folder_languages(root: Path, folder: str) -> tuple[Language, ...]:
    """Return the languages that two or more folders in `folder` are named after."""
    try:
        names = sorted(entry.name for entry in os.scandir(root / folder) if entry.is_dir())
    except OSError:
        return ()
    codes = [name for name in names if is_language(name)]
    if len(codes) < 2:  # noqa: PLR2004  # one alone may be a word such as "it"
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
