"""Reading a folder of posts, or a whole site."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.blog.configuration import read_site
from bot.core.errors import AfterwordError
from bot.core.languages import is_language
from bot.core.paths import read_path
from bot.core.post import Fault, Post
from bot.core.reading import MAX_BYTES, Reading, ask, read_post
from bot.core.site import Site

ENDINGS = (".md", ".markdown", ".mdx", ".rmd")
"""Of the files that hold posts; of two that differ in nothing else the first wins."""

MAX_DEPTH = 24
"""Folders within folders that are followed."""

_SKIPPED = frozenset(
    {"node_modules", "vendor", "themes", "public", "resources", "_site", "dist", "build", "static",
     "assets", "archetypes", "layouts", "_layouts", "_includes", "_data", "_sass", "_drafts_old",
     "__pycache__", "venv", "i18n", "templates"}
)  # fmt: skip
"""Folders of a site that hold no posts, whoever builds it."""

_ABOUT_THE_REPOSITORY = frozenset(
    {"readme", "license", "contributing", "changelog", "code_of_conduct", "security", "agents"}
)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a folder holds.

    Attributes:
        posts: Ordered by path.
        faults: Ordered by path and line.
        pending: Paths of the posts whose closing questions have yet to be looked for.
    """

    site: Site
    posts: tuple[Post, ...]
    faults: tuple[Fault, ...]
    pending: frozenset[str] = frozenset()


class NoContentError(AfterwordError):
    """There is no folder to read."""


def read_folder(
    root: Path,
    *,
    site: Site | None = None,
    questions: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Contents:
    """Read every post below `root`, a folder of posts or a whole site.

    Args:
        root: Where posts' paths are taken from.
        site: What is known of the site; read from its configuration if None.
        questions: Whether to look for closing questions, which takes longer than all the rest.
        progress: Called with the number of files read and of all files.

    Raises:
        NoContentError: `root` is no folder.
    """
    if not root.is_dir():
        raise NoContentError(
            f"There is no folder {root}. Set AFTERWORD_CONTENT to the folder that holds your posts."
        )
    faults: list[Fault] = []
    if site is None:
        site, found = read_site(root)
        faults.extend(found)
    paths = post_paths(root, site, faults)
    if any(":sections" in pattern for _, pattern in site.permalinks):
        site = replace(site, indexed=frozenset(_indexed(paths, site)))
    readings: list[Reading] = []
    for number, path in enumerate(paths, 1):
        readings.append(read_file(root, path, site, questions=questions))
        if progress is not None:
            progress(number, len(paths))
    return gather(site, readings, faults)


def _indexed(paths: Iterable[str], site: Site) -> Iterator[str]:
    """Yield the folders, below their language's, that have a page of their own."""
    for path in paths:
        place = read_path(path, site)
        if place.is_section and place.folders:
            yield "/".join(place.folders)


def gather(site: Site, readings: Iterable[Reading], faults: Iterable[Fault] = ()) -> Contents:
    """Return what `readings` hold together, with slugs made unique and translations joined."""
    every = list(faults)
    posts: list[Post] = []
    pending: set[str] = set()
    for reading in readings:
        every.extend(reading.faults)
        if reading.post is not None:
            posts.append(reading.post)
            if reading.pending:
                pending.add(reading.post.path)
    posts.sort(key=lambda post: post.path)
    posts = _with_translations(_with_unique_slugs(posts, every), site)
    if not posts and not every:
        message = "The folder holds no posts (.md, .markdown, .mdx, .Rmd)."
        every.append(Fault("", None, message, "Set AFTERWORD_CONTENT to the folder that does."))
    every.sort(key=lambda fault: (fault.path, fault.line or 0))
    return Contents(site, tuple(posts), tuple(every), frozenset(pending))


def read_file(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
    """Read the post at `path` below `root`; what cannot be read is a fault."""
    try:
        with (root / path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fault = Fault(path, None, f"The file cannot be read: {reason}.", "Check its permissions.")
        return Reading(None, "", faults=(fault,))
    return read_post(path, data, site, questions=questions)


def read_body(root: Path, post: Post, site: Site | None = None) -> str:
    """Return the Markdown of `post`, without its front matter; "" if the file is gone."""
    return read_file(root, post.path, site or Site(), questions=False).body


def with_questions(root: Path, post: Post, site: Site) -> Post:
    """Return `post` with its closing questions, read from its file."""
    found = ask(read_file(root, post.path, site, questions=False)).post
    return (
        post if found is None else replace(post, questions=found.questions, closing=found.closing)
    )


def post_paths(root: Path, site: Site, faults: list[Fault]) -> list[str]:
    """Return the paths of all posts below `root`, where the site's generator would find them."""
    real = Path(os.path.realpath(root))
    found: list[str] = []
    for start in _starts(root, site):
        found.extend(_walk(root, start, site, faults, real))
    kept: dict[str, str] = {}
    for path in sorted(found, key=lambda one: ENDINGS.index(_ending(one))):
        kept.setdefault(path[: -len(_ending(path))], path)
    return sorted(kept.values())


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def _starts(root: Path, site: Site) -> list[str]:
    """Return the folders to read, relative to `root`, none of them inside another."""
    folders = {language.folder for language in site.languages} or {""}
    folders |= {site.root} if site.root else set()
    there = sorted(folder for folder in folders if (root / folder).is_dir())
    return [
        one
        for one in there
        if not any(other != one and (not other or one.startswith(other + "/")) for other in there)
    ]


def _walk(root: Path, start: str, site: Site, faults: list[Fault], real: Path) -> Iterator[str]:
    """Yield the posts below the folder `start`; links that leave `root` are faults."""
    stack: list[tuple[str, int, bool]] = [(start, 0, False)]
    seen: set[tuple[int, int]] = set()
    while stack:
        folder, depth, in_bundle = stack.pop()
        try:
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            faults.append(
                Fault(
                    folder, None, f"The folder cannot be read: {reason}.", "Check its permissions."
                )
            )
            continue
        is_leaf = in_bundle or (
            site.generator in {"hugo", "zola"}
            and any(_is_leaf_index(entry.name) for entry in entries)
        )
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_symlink() and not _is_inside(entry, real, seen, path, faults):
                continue
            if entry.is_dir():
                if depth < MAX_DEPTH and not _is_skipped(entry.name, site):
                    stack.append((path, depth + 1, is_leaf))
            elif _is_post(path, entry.name, site) and not (
                is_leaf and (in_bundle or not _is_leaf_index(entry.name))
            ):
                yield path


def _is_leaf_index(name: str) -> bool:
    """Return whether a file makes its folder one page: ``index.md``, ``index.tr.md``."""
    stem, _, ending = name.rpartition(".")
    if "." + ending.lower() not in ENDINGS:
        return False
    name, _, code = stem.partition(".")
    return name == "index" and (not code or is_language(code))


def _is_inside(
    entry: os.DirEntry[str],
    real: Path,
    seen: set[tuple[int, int]],
    path: str,
    faults: list[Fault],
) -> bool:
    """Return whether a link leads to something below the folder that was not yet read."""
    target = Path(os.path.realpath(entry.path))
    if not target.is_relative_to(real) or not target.exists():
        message = "The link leaves the folder or leads nowhere."
        faults.append(Fault(path, None, message, "Copy what it leads to, or remove it."))
        return False
    if entry.is_dir():
        if real.is_relative_to(target) or Path(entry.path).parent.resolve().is_relative_to(target):
            faults.append(Fault(path, None, "The link leads to a folder it is in.", "Remove it."))
            return False
        status = entry.stat()
        key = (status.st_dev, status.st_ino)
        if key in seen:
            return False
        seen.add(key)
    return True


def _is_skipped(name: str, site: Site) -> bool:
    if name.startswith("."):
        return True
    if site.generator in {"hugo", "zola"}:
        return False
    if site.generator in {"jekyll", "hexo"} and name.startswith("_"):
        collections = {section for section, _ in site.permalinks if section}
        return name not in {"_posts", "_drafts"} and name.removeprefix("_") not in collections
    return name.lower() in _SKIPPED


def _is_post(path: str, name: str, site: Site) -> bool:
    stem, dot, ending = name.rpartition(".")
    if not dot or "." + ending.lower() not in ENDINGS or name.startswith("."):
        return False
    if site.generator in {"hugo", "zola"}:
        return ending.lower() != "rmd" or site.generator == "hugo"
    if "/" not in path and stem.lower() in _ABOUT_THE_REPOSITORY:
        return False
    return not (site.generator in {"jekyll", "astro"} and name.startswith("_"))


def _with_unique_slugs(posts: list[Post], faults: list[Fault]) -> list[Post]:
    """Return `posts`, ordered by path, with a slug of its own for each in its language.

    The first by path keeps the slug. The others take the name of their folder before it.
    """
    owners: dict[tuple[str, str], Post] = {}
    unique: list[Post] = []
    for post in sorted(posts, key=lambda one: (one.kind != "essay", one.path)):
        first = owners.get((post.lang, post.slug))
        kept = post
        if first is not None:
            folder = post.path.rpartition("/")[0].rpartition("/")[2].lower() or "post"
            candidates = [f"{folder}-{post.slug}", *(f"{post.slug}-{n}" for n in range(2, 10_000))]
            slug = next(slug for slug in candidates if (post.lang, slug) not in owners)
            essay = slug if post.essay == post.slug else post.essay
            kept = replace(post, slug=slug, essay=essay)
            if post.kind == "essay":
                message = f"Its slug “{post.slug}” is that of {first.path} too."
                advice = f"Give one of them another slug; until then this one is “{slug}”."
                faults.append(Fault(post.path, None, message, advice))
        owners[kept.lang, kept.slug] = kept
        unique.append(kept)
    return sorted(unique, key=lambda one: one.path)


def _with_translations(posts: list[Post], site: Site) -> list[Post]:
    """Return `posts` with one essay for all that stand at the same place in other languages."""
    if len(site.languages) == 1 and len({post.lang for post in posts}) < 2:  # noqa: PLR2004  # one alone
        return posts
    rank = {language.code: number for number, language in enumerate(site.languages)}
    essays: dict[tuple[str, str], str] = {}
    for post in sorted(posts, key=lambda one: rank.get(one.lang, len(rank))):
        essays.setdefault((read_path(post.path, site).route, post.slug), post.essay)
    routes: dict[str, str] = {}
    for post in sorted(posts, key=lambda one: rank.get(one.lang, len(rank))):
        routes.setdefault(read_path(post.path, site).route, post.essay)
    return [
        replace(post, essay=routes[route])
        if post.essay == post.slug and (route := read_path(post.path, site).route) in routes
        else post
        for post in posts
    ]
