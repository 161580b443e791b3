"""`afterword dream`: the dream journal, and nights that are not in it, dreamt for the moment."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.cli.terminal.content_argument import Content, folder_argument, read_content
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.output import console, format_options, progress, say_line, write_json
from bot.cli.terminal.quotation import write_quotation
from bot.core.connection import Connection, End
from bot.core.dreams import end_of
from bot.desk.dreams.night import dream as dream_of
from bot.desk.passages.opening import OpenIndex, open_index
from bot.store.dreams import journal, nights
from bot.store.dreams.borrowing import borrow
from bot.store.dreams.material import guilds_with_responses, response_of, times_written
from bot.store.file.database import open_for_reading, refused_in_words

KINDS = {
    "pair": "Two readers may be speaking of the same thing:",
    "bridge": "Two readers may meet in a third essay:",
    "question": "An open question, and what may speak to it:",
}


@click.command(name="dream")
@folder_argument
@click.option(
    "--night",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only the night after this day. [default: all on which anybody wrote]",
)
@database_option("The bot's file, which is only read.")
@format_options("text", "json")
def dream(folder: Path | None, night: datetime | None, database: Path, how: str) -> None:
    """Show which texts from different essays speak to each other, by night, the best first.

    DIR is a folder of posts or a whole site [default: AFTERWORD_CONTENT, or content].

    A night sees what was written by its end, in the site's time zone. Those that are in the dream
    journal are printed from it; others are dreamt now, in memory. It works while the bot runs.
    """
    content = read_content(folder)
    with _opened(content, database) as (kept, index):
        rows = list(_rows(kept, index, night.date() if night else None))
    if how == "json":
        write_json(rows)
    elif rows:
        _show(rows, index.catalog)
    if not rows:
        say_line("No two texts of different essays speak to each other.", err=True)


@contextmanager
def _opened(content: Content, path: Path) -> Iterator[tuple[Database, OpenIndex]]:
    """Yield a bot's file and an index that has its responses: its own, or one in memory."""
    contents = content.contents
    with closing(open_for_reading(path)) as db, refused_in_words(path), db.atomic():
        own = db if db.table("indexed_posts").exists() else None
        with progress("Reading the essays") as tell:
            now = datetime.now(UTC)
            index = open_index(contents.posts, contents.site, content.root, now, own, tell)
        if index.db is not db:
            borrow(db, index.db)
        yield db, index


def _rows(kept: Database, index: OpenIndex, only: date | None) -> Iterator[dict[str, Any]]:
    has_journal = kept.table("dream_nights").exists()
    journaled = nights.journaled(kept) if has_journal else set()
    todo = [*_nights(index, only)]
    with progress("Dreaming") as tell:
        for done, (guild, night, since) in enumerate(todo, 1):
            if (guild, night) in journaled:
                found = [journal.connection_of(one) for one in journal.of_night(kept, guild, night)]
                yield from _records(night, found, kept, index)
            else:
                posts, zone = index.catalog.posts, index.catalog.zone
                dreamt = dream_of(index.db, posts, guild, night, zone, since)
                new = (one for one in dreamt if nights.is_new(index.db, guild, one))
                yield from _records(night, new, index.db, index)
            tell(done, len(todo))


def _nights(index: OpenIndex, only: date | None) -> Iterator[tuple[int, date, datetime | None]]:
    """Yield guild, night, and from when on a response is new in it: since the night before."""
    zone = index.catalog.zone
    found = []
    for guild in guilds_with_responses(index.db):
        days = {
            datetime.fromisoformat(at).astimezone(zone).date()
            for at in times_written(index.db, guild)
        }
        for night in sorted(days) if only is None else [only]:
            before = [day for day in days if day < night]
            found.append((guild, night, end_of(max(before), zone) if before else None))
    yield from sorted(found, key=lambda one: (one[1], one[0]))


def _records(
    night: date, found: Iterable[Connection], db: Database, index: OpenIndex
) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {
            "night": night.isoformat(),
            "kind": one.kind,
            "a": _side(one.a, db, index),
            "b": _side(one.b, db, index),
            "because": list(one.because),
            "score": one.score,
            "through": None if one.through is None else _side(one.through, db, index),
        }


def _side(end: End, db: Database, index: OpenIndex) -> dict[str, Any]:
    post = index.catalog.by_id(end.post_id)
    path = post.path if post else None
    if end.response_id is not None:
        text, source = response_of(db, end.response_id)
        side = {"post": path, "response": str(end.response_id), "text": text}
        return side if source == end.response_id else side | {"message": str(source)}
    texts = index.passages(post) if post else []
    place = end.position or 0
    text = texts[place].text if place < len(texts) else ""
    return {"post": path, "passage": end.position, "text": text}


def _show(rows: Sequence[dict[str, Any]], catalog: Catalog) -> None:
    """Write the nights, each with its connections: both texts, and what ties them."""
    show, night = console(), ""
    for number, row in enumerate(rows):
        if number:
            show.print()
        if row["night"] != night:
            night = row["night"]
            show.print(f"The night after {night}\n", style="bold")
        show.print(f"{KINDS[row['kind']]}\n")
        for side in (row["a"], row["b"]):
            write_quotation(show, side["text"], _place(side, catalog))
            show.print()
        tied = f"What ties them: {', '.join(row['because'])}"
        if row["through"]:
            tied += f"; both meet {_title(row['through'], catalog)}"
        say_line(f"  {tied}.")


def _place(side: dict[str, Any], catalog: Catalog) -> str:
    title = _title(side, catalog)
    return f"a reader of {title}" if "response" in side else title


def _title(side: dict[str, Any], catalog: Catalog) -> str:
    post = catalog.at(side["post"] or "")
    return post.title if post else ""
