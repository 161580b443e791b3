"""Which files a site gets, and what is in them."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from sqlite_utils import Database

from bot.desk.site.feeds import as_atom, as_json_feed, entries
from bot.desk.site.names import file_names
from bot.desk.site.posts import Data, as_json, as_yaml, post_data
from bot.store.desk.quotes import count_site_posts, quote_key, site_posts

Tell = Callable[[int, int], None]


def posts_data(db: Database, tell: Tell) -> list[Data]:
    """Return the data of every post that has something to show, by language and slug.

    Args:
        tell: Called with how many posts are done, and of how many.
    """
    total, key = count_site_posts(db), quote_key(db)
    found = []
    for number, post in enumerate(site_posts(db), 1):
        data = post_data(post, key)
        if data is not None:
            found.append(data)
        tell(number, total)
    return found


def data_files(posts: list[Data], *, yaml: bool) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the path of each data file below the data's folder, and its content."""
    langs = file_names(post["lang"] for post in posts)
    names = {
        lang: file_names(post["post"] for post in posts if post["lang"] == lang) for lang in langs
    }
    written, ending = (as_yaml, "yaml") if yaml else (as_json, "json")
    for post in posts:
        lang, slug = post["lang"], post["post"]
        path = PurePosixPath(langs[lang]) / f"{names[lang][slug]}.{ending}"
        yield path, written(post)


def feed_files(posts: list[Data]) -> dict[str, bytes]:
    """Return the feeds by their names."""
    found = entries(posts)
    return {"afterword.atom": as_atom(found), "afterword.json": as_json_feed(found)}
