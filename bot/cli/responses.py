"""`afterword responses`: what readers wrote, read back from the database."""

from pathlib import Path

import click

from bot.cli.output import console, format_options, write_json, write_table
from bot.core.errors import AfterwordError
from bot.core.response import Response
from bot.desk.export import as_csv, as_markdown, record
from bot.settings import read_settings
from bot.store.database import open_for_reading
from bot.store.posts import has_post
from bot.store.reading import listing


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

    POST is an essay's slug, or lang:slug; without it, everything is shown.
    """
    path = database or read_settings().database
    db = open_for_reading(path)
    try:
        found = [one for one in listing(db) if post is None or _is_about(one, post)]
        is_known = post is None or bool(found) or has_post(db, post)
    finally:
        db.close()
    if not is_known:
        raise AfterwordError(
            f"No essay in {path} is called {post}: `afterword posts` lists their slugs."
        )
    if how == "json":
        write_json(record(one) for one in found)
    elif how == "csv":
        click.echo(as_csv(found), nl=False)
    elif how == "md":
        click.echo(as_markdown(found), nl=False)
    elif found:
        show_table(found)
    else:
        console(stderr=True).print("Nobody has responded yet.")


def show_table(found: list[Response]) -> None:
    """Write responses as a table: essay, question, reader, text, how it came."""
    write_table(
        [record(one) for one in found],
        {
            "post": "Essay",
            "question": "Question",
            "reader_name": "Reader",
            "text": "Response",
            "source": "Given as",
        },
    )


def _is_about(response: Response, post: str) -> bool:
    return post in {response.post, f"{response.lang}:{response.post}"}
