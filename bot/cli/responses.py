"""`afterword responses`: what readers wrote, read back from the database."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from bot.blog.catalog import UnknownPostError
from bot.cli.terminal.output import format_options, say, write_csv, write_json, write_table
from bot.core.response import Response
from bot.desk.export import KEYS, as_csv, as_markdown, marks, record
from bot.settings import read_settings
from bot.store.content.posts import has_post
from bot.store.file.database import open_for_reading
from bot.store.responses.queries import Filter, listing


@click.command()
@click.argument("post", required=False)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to read. [default: AFTERWORD_DATABASE, or afterword.db]",
)
@format_options("table", "json", "csv", "md")
def responses(post: str | None, database: Path | None, how: str) -> None:
    """Show what readers wrote, each under the question it answers.

    POST is an essay's slug, or lang:slug. Without POST, all responses are shown. It works while the
    bot runs.
    """
    found = _read(database or read_settings().database, post)
    if how == "json":
        write_json(record(one) for one in found)
    elif how == "csv":
        write_csv(as_csv([record(one) for one in found], KEYS))
    elif how == "md":
        say(as_markdown(found), nl=False)
    elif found:
        show_table(found)
    if not found:
        say("Nobody has responded yet.", err=True)


def show_table(found: Sequence[Response]) -> None:
    """Write responses as a table: essay, question, reader, text, how it came and stands."""
    write_table(
        [record(one) | {"source": [one.source, *marks(one)]} for one in found],
        {
            "post": "Essay",
            "question": "Question",
            "reader_name": "Reader",
            "text": "Response",
            "source": "Given as",
        },
        whole=("post",),
    )


def _read(path: Path, post: str | None) -> list[Response]:
    """Return all responses, or those about one post.

    Raises:
        DatabaseError: The file cannot be read.
        UnknownPostError: It knows no such post; the text offers near misses.
    """
    with open_for_reading(path) as db:
        if post is not None and not has_post(db, post):
            known = {row["slug"] for row in db.table("posts").rows_where(select="slug")}
            raise UnknownPostError(_unknown(post, known))
        return listing(db, Filter(post=post))


def _unknown(name: str, known: Collection[str]) -> str:
    slug = name.rpartition(":")[2].lower()
    near = get_close_matches(slug, known, n=3) or [one for one in known if slug and slug in one]
    advice = "`afterword posts` lists what the essays are called."
    if near:
        advice = f"Did you mean {' or '.join(sorted(near)[:3])}?"
    return f"No essay that the bot has read is called {name}. {advice}"
