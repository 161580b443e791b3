"""Bringing a site's data files and feeds up to date."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath

from bot.cli.site.building import read_command
from bot.cli.site.places import places_of
from bot.cli.terminal.output import progress, say_line
from bot.desk.site.feeds import feed_files
from bot.desk.site.files import Folder, Plan
from bot.desk.site.names import file_name
from bot.desk.site.posts import as_json, as_yaml, post_data
from bot.store.desk.site import SitePost, site_posts
from bot.store.file.database import open_for_reading, refused_in_words


def export_site(
    database: Path,
    root: Path,
    *,
    address: str | None = None,
    yaml: bool = False,
    feed: bool = False,
    then: str | None = None,
    to_error: bool = False,
) -> int:
    """Bring a site's data up to date, and have the site built if that changed anything.

    Args:
        address: The site's, if the operator knows it better than its configuration.
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
    posts = _read(database)
    with progress("Quoting") as tell:
        wanted = _data_files(posts, places.data, tell, yaml=yaml)
    if feed:
        feeds = feed_files(posts, places.home)
        wanted |= {places.served / name: data for name, data in feeds.items()}
    folder = Folder(root, places.all_data, places.feeds)
    plan = folder.plan(wanted)
    if build and plan.count:
        build.make_due()
    with progress("Writing") as tell:
        folder.apply(plan, tell)
    say_line(_summary(plan), err=to_error)
    return build.run() if build and build.is_due else 0


def export_again(database: Path, root: Path, *, address: str | None = None) -> bool:
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
        export_site(database, root, address=address, yaml=yaml, feed=feed, to_error=True)
    return bool(found)


def _read(database: Path) -> list[SitePost]:
    with closing(open_for_reading(database)) as db, refused_in_words(database), db.atomic():
        return site_posts(db)


def _data_files(
    posts: Sequence[SitePost], place: PurePosixPath, tell: Callable[[int, int], None], *, yaml: bool
) -> dict[PurePosixPath, bytes]:
    """Return the content of each post's file by its path."""
    written, ending = (as_yaml, "yaml") if yaml else (as_json, "json")
    files = {}
    for number, post in enumerate(posts, 1):
        if data := post_data(post):
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
