"""Reading a folder of posts, or a whole site."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.blog.files.discovery import candidates, without_duplicates
from bot.blog.files.first_commits import FirstCommits
from bot.blog.files.layout import looked_for
from bot.blog.site.configuration import read_site
from bot.blog.site.main_language import Sample, with_language
from bot.core.errors import AfterwordError
from bot.core.markup import FindNote
from bot.core.post import Fault, Post
from bot.core.reading.frontmatter.splitting import split
from bot.core.reading.hugo.cascades import cascades
from bot.core.reading.paths import read_path
from bot.core.reading.posts import MAX_BYTES, Reading, read_post
from bot.core.site import Cascade, Site


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
        site: What is known of the site; read from its configuration if None.
        questions: Whether to look for closing questions, which takes longer than all the rest.
        progress: Called with the number of files read and of all files.

    Raises:
        NoContentError: `root` is no folder.
    """
    faults: list[Fault] = []
    if site is None:
        site, found = read_site(root)
        faults.extend(found)
    site, paths = content_paths(root, site, faults)
    readings: list[Reading] = []
    for number, path in enumerate(paths, 1):
        readings.append(read_file(root, path, site, questions=questions))
        if progress is not None:
            progress(number, len(paths))
    return gather(site, readings, faults, partial(FirstCommits().below, root))


def content_paths(
    root: Path, site: Site, faults: list[Fault], known: dict[str, Sample] | None = None
) -> tuple[Site, list[str]]:
    """Return the site with what its folders say of it, and the paths of its posts.

    Args:
        faults: Added to.
        known: The samples of the site's language that were read before.

    Raises:
        NoContentError: `root` is no folder.
    """
    if not root.is_dir():
        raise NoContentError(
            f"There is no folder {root}. Set AFTERWORD_CONTENT to the folder that holds your posts."
        )
    paths = without_duplicates(list(candidates(root, site, faults)), site)
    site = with_language(root, paths, site, known)
    if site.is_hugo:
        site = _with_sections(root, paths, site)
    return site, paths


def _with_sections(root: Path, paths: Iterable[str], site: Site) -> Site:
    """Return the site with what the ``_index`` pages of its sections say."""
    patterns = [
        *site.permalinks,
        *(one for each in site.languages for one in each.permalinks or ()),
    ]
    asks = any(":sections" in pattern for _, pattern in patterns)
    indexed: set[tuple[str, str]] = set()
    found: list[Cascade] = []
    for path in paths:
        if not path.rpartition("/")[2].startswith("_index."):
            continue
        place = read_path(path, site)
        folder = "/".join(place.folders)
        if asks:
            indexed.add((place.language.code, folder))
        found += cascades(_cascade_in(root / path), folder, place.language.code)
    found.sort(key=lambda one: (-len(one.folder), one.folder))
    return replace(site, indexed=frozenset(indexed), cascades=(*found, *site.cascades))


def _cascade_in(file: Path) -> object:
    """Return what a section gives to its pages; reading the section reports faults in its file."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES)
        return split(data).metadata.get("cascade") if b"cascade" in data.lower() else None
    except (OSError, ValueError):
        return None


def gather(
    site: Site,
    readings: Iterable[Reading],
    faults: Iterable[Fault] = (),
    dates: Callable[[], Mapping[str, datetime]] = dict,
) -> Contents:
    """Return what `readings` hold together, with slugs made unique and translations joined.

    Args:
        faults: Of the folder.
        dates: Returns when files were first committed, by path: asked if an essay names no date.
    """
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
    if not site.is_hugo and any(_lacks_date(post) for post in posts):
        committed = dates()
        posts = [dated(post, committed) for post in posts]
    posts = _with_translations(_with_unique_slugs(posts, every), site)
    if not posts and not every:
        message = f"The folder holds no posts. {looked_for(site)}"
        every.append(Fault("", None, message, "Set AFTERWORD_CONTENT to the folder that does."))
    every.sort(key=lambda fault: (fault.path, fault.line or 0))
    return Contents(site, tuple(posts), tuple(every), frozenset(pending))


def dated(post: Post, dates: Mapping[str, datetime]) -> Post:
    """Return an essay with the date of its first commit, if it names none."""
    date = dates.get(post.path) if _lacks_date(post) else None
    return post if date is None else replace(post, date=date)


def _lacks_date(post: Post) -> bool:
    return post.date is None and post.kind == "essay"


def read_file(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
    """Read the post at `path` below `root`; what cannot be read is a fault."""
    try:
        with (root / path).open("rb") as file:
            status = os.fstat(file.fileno())
            size = status.st_size
            data = file.read() if size <= MAX_BYTES else file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fault = Fault(path, None, f"The file cannot be read: {reason}.", "Check its permissions.")
        return Reading(None, "", faults=(fault,))
    changed = datetime.fromtimestamp(int(status.st_mtime), UTC)
    return read_post(path, data, site, questions=questions, changed=changed)


class Text(NamedTuple):
    """The Markdown of a post, without its front matter.

    Attributes:
        closing: Its lines that hold nothing but the closing questions (see `Post.closing`).
        find_note: Returns the address of what its wikilinks name.
    """

    markdown: str
    closing: tuple[int, int] | None = None
    find_note: FindNote | None = None


def read_body(root: Path, post: Post, site: Site | None = None) -> Text:
    """Return the body of `post` as its file has it now; "" if the file is gone."""
    return text_of(read_file(root, post.path, site or Site(), questions=False), post)


def text_of(reading: Reading, post: Post) -> Text:
    """Return the body in a reading of the file of `post`.

    Where the closing questions stand is known only as long as the file is what it was.
    """
    is_same = reading.post is not None and reading.post.digest == post.digest
    return Text(reading.body, post.closing if is_same else None)


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
            is_same_address = (post.url, post.route) == (first.url, first.route)
            if post.kind == "essay" and is_same_address:  # two on the site are no fault
                message = f"Its slug “{post.slug}” is that of {first.path} too."
                advice = f"Give one of them another slug; until then this one is “{slug}”."
                faults.append(Fault(post.path, None, message, advice))
        owners[kept.lang, kept.slug] = kept
        unique.append(kept)
    return sorted(unique, key=lambda one: one.path)


def _with_translations(posts: list[Post], site: Site) -> list[Post]:
    """Return `posts` with one essay for all that stand at the same place in other languages."""
    if len(site.languages) == 1 and len({post.lang for post in posts}) <= 1:
        return posts
    rank = {language.code: number for number, language in enumerate(site.languages)}
    routes = [(post, read_path(post.path, site).route) for post in posts]
    essays: dict[str, str] = {}
    for post, route in sorted(routes, key=lambda one: rank.get(one[0].lang, len(rank))):
        essays.setdefault(route, post.essay)
    return [
        replace(post, essay=essays[route]) if post.essay == post.slug != essays[route] else post
        for post, route in routes
    ]
