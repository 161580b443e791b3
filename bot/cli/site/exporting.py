"""Bringing a site's data files and feeds up to date."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from bot.blog.files.reading import read_body
from bot.cli.site.building import read_command
from bot.cli.site.places import Places, places_of
from bot.cli.terminal.output import progress, say_line
from bot.core.post import Post
from bot.core.reading.passages import passages
from bot.desk.passages.recorded import Key, recorded_related
from bot.desk.passages.related import Named
from bot.desk.site.feeds import feed_files
from bot.desk.site.files import Folder, Plan
from bot.desk.site.names import file_name
from bot.desk.site.posts import as_json, as_yaml, post_data
from bot.store.desk.site import SitePost, site_posts
from bot.store.file.database import open_for_reading, refused_in_words

Related = Mapping[Key, Sequence[Named]]


def export_site(
    database: Path,
    root: Path,
    *,
    address: str | None = None,
    content: Path | None = None,
    yaml: bool = False,
    feed: bool = False,
    then: str | None = None,
    to_error: bool = False,
) -> int:
    """Bring a site's data up to date, and have the site built if that changed anything.

    Args:
        address: The site's, if the operator knows it better than its configuration.
        content: The folder of the essays, for the words that tie some together.
        then: A command line.
        to_error: Whether what was done is said on standard error.

    Returns:
        The exit status of that command; 0 if none had to run.

    Raises:
        AfterwordError: The database cannot be read, the folder not be written, or the command not
            be run.
    """
    build = None if then is None else read_command(root, then)
    places = places_of(root, address)
    wanted = _wanted(database, places, content, yaml=yaml, feed=feed)
    folder = Folder(root, places.all_data, places.feeds)
    plan = folder.plan(wanted)
    if build and plan.count:
        build.make_due()
    with progress("Writing") as tell:
        folder.apply(plan, tell)
    say_line(_summary(plan), err=to_error)
    return build.run() if build and build.is_due else 0


def export_again(
    database: Path, root: Path, *, address: str | None = None, content: Path | None = None
) -> bool:
    """Bring what was exported to a site up to date, in the form that it has.

    Returns:
        Whether there was anything of ours.

    Raises:
        AfterwordError: As `export_site`.
    """
    places = places_of(root, address)
    found = list(Folder(root, places.all_data, places.feeds).ours())
    if found:
        yaml = any(path.suffix == ".yaml" for path in found)
        feed = any(path in places.feeds for path in found)
        export_site(
            database,
            root,
            address=address,
            content=content,
            yaml=yaml,
            feed=feed,
            to_error=True,
        )
    return bool(found)


def _wanted(
    database: Path, places: Places, content: Path | None, *, yaml: bool, feed: bool
) -> dict[PurePosixPath, bytes]:
    """Return what each file of ours is to hold."""
    posts, related = _read(database, content)
    wanted = _data_files(posts, related, places.data, yaml=yaml)
    if feed:
        feeds = feed_files(posts, places.home)
        wanted |= {places.served / name: data for name, data in feeds.items()}
    return wanted


def _read(database: Path, content: Path | None) -> tuple[list[SitePost], Related]:
    with closing(open_for_reading(database)) as db, refused_in_words(database), db.atomic():
        posts = site_posts(db)
        keys = [(post.lang, post.slug) for post in posts]
        with progress("Comparing", counted=False):
            related = recorded_related(db, keys, partial(_texts, content), datetime.now(UTC))
        return posts, related


def _texts(content: Path | None, post: Post) -> list[str]:
    """Return the passages of a post; none where its file is not to be found."""
    if content is None:
        return []
    return [one.text for one in passages(read_body(content, post).markdown)]


def _data_files(
    posts: Sequence[SitePost], related: Related, place: PurePosixPath, *, yaml: bool
) -> dict[PurePosixPath, bytes]:
    """Return the content of each post's file by its path."""
    written, ending = (as_yaml, "yaml") if yaml else (as_json, "json")
    files = {}
    with progress("Quoting") as tell:
        for number, post in enumerate(posts, 1):
            if data := post_data(post, related.get((post.lang, post.slug), ())):
                name = f"{file_name(post.slug)}.{ending}"
                files[place / file_name(post.lang) / name] = written(data)
            tell(number, len(posts))
    return files


def _summary(plan: Plan) -> str:
    if not plan.count:
        return f"Nothing has changed: {plan.same} files are as they were."
    return (
        f"{len(plan.written)} files written, {len(plan.removed)} removed; {plan.same} are as they "
        "were."
    )
