"""Which generator builds a site, told by its files, and where that one keeps its posts.

What is known of each is in ``bot/core/generators.toml``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from bot.blog.site.config_files import Config, base_address, load, read_script
from bot.core.post import Fault
from bot.core.reading.frontmatter.fields import Fields
from bot.core.site import Generator, Language, Site, generator_facts
from bot.core.text.languages import is_language, normal_code

_POSTS = "*.md", "*.mdx", "*.markdown", "*.qmd", "*.Rmd"
_KEY = r"""['"]?\b(?:{})\b['"]?\s*[:=]\s*(?:new URL\()?['"`]([^'"`\s]+)['"`]"""
_PATTERN = re.compile(r"^ARTICLE_URL\s*=\s*['\"]([^'\"]+)['\"]", re.MULTILINE)
_LANGUAGE = re.compile(
    r"""^\s*['"]?(?:defaultLocale|DEFAULT_LANG|lang|language|locale)['"]?\s*[:=]\s*['"]([\w-]+)['"]""",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^[ \t]*(?://|#).*$|^[ \t]*/\*[\s\S]*?\*/", re.MULTILINE)
_ZONE = re.compile(r"^TIMEZONE\s*=\s*['\"]([\w/+-]+)['\"]", re.MULTILINE)
_IGNORED = re.compile(r"ignorePatterns\s*:\s*\[([^\]]*)\]")
_SLASH = re.compile(r"trailingSlash\s*:\s*true")
_ROUTE = re.compile(r"blog\s*:\s*\{[^{}]*?routeBasePath\s*:\s*['\"]([^'\"]*)['\"]")


@cache
def left_out_reasons() -> Mapping[str, str]:
    """Return why a folder of a name holds no posts, by its name in lower case."""
    return {name: why for why, names in generator_facts()["left_out"].items() for name in names}


def generator_name(generator: str) -> str:
    """Return what a generator is called; "" for a folder that none builds."""
    return str(generator_facts().get(generator, {}).get("name", "")) or generator.capitalize()


def site_by_marks(root: Path, faults: list[Fault]) -> Site | None:
    """Return the site of the generator whose mark is in `root`; None if there is none."""
    for generator in get_args(Generator):
        facts = generator_facts().get(generator, {})
        for mark in facts.get("marks", ()):
            found = sorted(root.glob(mark)) if "*" in mark else [root / mark]
            if found and found[0].is_file():
                return _site(generator, facts, root, found[0], faults)
    return None


def _site(
    generator: Generator, facts: Mapping[str, Any], root: Path, mark: Path, faults: list[Fault]
) -> Site:
    text = "\n".join(_texts([mark, *(root / name for name in facts.get("files", ()))]))
    config: Config = {}
    if mark.suffix in {".yml", ".yaml"}:
        config = load(root, mark.relative_to(root).as_posix(), faults)
    mounts = _mounts(generator, facts, root, mark, config)
    if generator == "docusaurus" and (found := _ROUTE.search(text)):
        mounts = [(folder, found[1].strip("/")) for folder, _ in mounts]
    code = normal_code(_said(_LANGUAGE, text)).partition("-")[0]
    site = Site(
        generator=generator,
        address=_address(
            _values(facts["address"], text, config),
            "".join(_values(facts.get("base", ()), text, config)[:1]),
        ),
        languages=(Language(code if is_language(code) else "en", mounts[0][0] if mounts else ""),),
        guesses_language=not is_language(code),
        mounts=tuple(mounts),
        root=mounts[0][0] if mounts else "",
        pattern=_said(_PATTERN, text),
        timezone=_said(_ZONE, text) or "UTC",
        ignored=tuple(map(_whole, re.findall(r"['\"`]([^'\"`]+)['\"`]", _said(_IGNORED, text)))),
        emoji="emoji" in facts["rules"]
        or "pymdownx.emoji" in str(config.get("markdown_extensions")),
        slashed=_SLASH.search(text) is not None,
        ugly="html_endings" in facts["rules"] and "cleanUrls: true" not in text,
    )
    return site if generator != "mkdocs" else replace(site, pattern=_mkdocs_pattern(config))


def _texts(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        if file.is_file():
            yield _COMMENT.sub("", read_script(file))


def _whole(name: str) -> str:
    """Return a pattern for a file or folder of a name, wherever it is."""
    return rf"/{re.escape(name.strip('*/'))}$"


def vault_site(root: Path, faults: list[Fault]) -> Site | None:
    """Return what a vault of Obsidian says of itself; None if `root` is none."""
    if not (root / ".obsidian").is_dir():
        return None
    settings = ".obsidian/templates.json"
    config = load(root, settings, faults) if (root / settings).is_file() else {}
    folder = Fields(config).text("folder").strip("/")
    ignored = (rf"/{re.escape(folder)}$",) if folder else ()
    return Site(generator="obsidian", guesses_language=True, ignored=ignored)


def _said(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _address(stated: Iterable[str], base: str) -> str | None:
    """Return the first of the addresses that stand in a configuration, with its base path."""
    addresses = (base_address(one if "://" in one else f"https://{one}") for one in stated)
    address = next((one for one in addresses if one and "." in one.partition("://")[2]), None)
    path = "" if "://" in base else base.strip("/")
    return f"{address}/{path}" if address and path else address


def _values(names: Sequence[str], text: str, config: Config) -> list[str]:
    """Return what a configuration has under any of `names`, at its top or in a table of it."""
    if not config:
        return re.findall(_key(names), text) if names else []
    tables = [config, *(value for value in config.values() if isinstance(value, dict))]
    return [str(one[name]) for one in tables for name in names if name in one]


def _key(names: Iterable[str]) -> str:
    return _KEY.format("|".join(map(re.escape, names)))


def _mounts(
    generator: str, facts: Mapping[str, Any], root: Path, mark: Path, config: Config
) -> list[tuple[str, str]]:
    """Return pairs of a folder that holds posts and what their addresses begin with."""
    if generator == "vitepress":
        folder = mark.parent.parent.relative_to(root).as_posix()
        return [] if folder == "." else [(folder, "")]
    if generator == "mkdocs":
        return _mkdocs_mounts(root, config)
    there = [(folder, target) for folder, target in facts["posts"] if _holds_posts(root / folder)]
    if generator == "next":  # of what is served as it is, only folders of posts
        has_posts = any((root / "public").glob("*/index.md*"))
        there = [one for one in there if one[0] != "public" or has_posts]
    return there[:1] if facts.get("one") else there


def _holds_posts(folder: Path) -> bool:
    return folder.is_dir() and any(
        next(folder.glob(f"{depth}{kind}"), None) for depth in ("", "*/", "*/*/") for kind in _POSTS
    )


def _mkdocs_mounts(root: Path, config: Config) -> list[tuple[str, str]]:
    docs = Fields(config).text("docs_dir").strip("./") or "docs"
    options = _blog_plugin(config)
    blog = "blog" if options is None else Fields(options).text("blog_dir").strip("./") or "blog"
    folder = f"{docs}/{blog}".rstrip("/.")
    posts = f"{folder}/posts" if (root / folder / "posts").is_dir() else folder
    return [(posts, blog)] if (root / posts).is_dir() else [(docs, "")]


def _mkdocs_pattern(config: Config) -> str:
    options = _blog_plugin(config) or {}
    return Fields(options).text("post_url_format") or "{date}/{slug}"


def _blog_plugin(config: Config) -> Mapping[str, Any] | None:
    """Return the options of MkDocs' blog plugin; None if it is not used."""
    plugins = config.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, dict):
            for name, options in plugin.items():
                if str(name).rpartition("/")[2] == "blog":
                    return options if isinstance(options, dict) else {}
        elif isinstance(plugin, str) and plugin.rpartition("/")[2] == "blog":
            return {}
    return None


def with_domain(root: Path, site: Site) -> Site:
    """Return the site with the address that a ``CNAME`` file names, if it has no other."""
    if site.address is not None or any(language.address for language in site.languages):
        return site
    for folder in ("", "static", "public", "docs", "source", "src"):
        lines = "".join(_texts([root / folder / "CNAME"])).split()
        if len(lines) == 1 and re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", lines[0]):
            return replace(site, address=f"https://{lines[0].lower()}{site.base}")
    return site
