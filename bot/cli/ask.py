"""`afterword ask`: the passage of an essay that answers a question, in the essay's own words."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.terminal.content_argument import folder_argument, read_content
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.opened_index import opened_index
from bot.cli.terminal.output import console, format_options, say_line, write_json
from bot.cli.terminal.quotation import write_quotation
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.core.reading.passages import told_together
from bot.core.text.fragments import with_fragment
from bot.core.text.search_words import search_words
from bot.desk.passages.asking import Hit, Verdict
from bot.desk.passages.asking import ask as ask_index
from bot.desk.passages.opening import OpenIndex

SILENT = {True: "The essay does not say.", False: "The blog does not say."}


@click.command()
@click.argument("question")
@folder_argument
@click.option("--post", help="Ask this essay alone: its slug, lang:slug, title or path.")
@format_options("text", "json")
@database_option("A bot's file, whose index is taken if it is this blog's.")
def ask(question: str, folder: Path | None, post: str | None, how: str, database: Path) -> None:
    """Show the passage that answers QUESTION.

    DIR is a folder of posts or a whole site. [default: AFTERWORD_CONTENT, or content]

    At most three passages of what readers can see are shown, the likeliest first, each with the
    address that opens the page there. Where nothing answers, the nearest heading is named.
    """
    if not search_words(question):
        raise AfterwordError(phrases("en").ask_no_words)
    now = datetime.now(UTC)
    content = read_content(folder)
    with opened_index(content, database, now) as index:
        found = _asked(index, question, post, now)
        if how == "json":
            write_json([_record(index, question, found)])
        else:
            _show(index, found, is_one=post is not None)


def _asked(index: OpenIndex, question: str, name: str | None, now: datetime) -> Verdict:
    """Return what a question finds in one essay or in all that readers can see.

    Raises:
        UnknownPostError: There is no such essay, or it is not public.
    """
    catalog = index.catalog
    essays = [
        post for post in catalog.posts if post.kind == "essay" and catalog.is_public(post, now)
    ]
    if name is not None:
        one = catalog.at(name)
        chosen = one if one in essays else catalog.find(name, now=now)
        essays = [post for post in essays if post == chosen]
    langs = dict.fromkeys(post.lang for post in essays)
    return ask_index(index.db, question, langs, {post.id for post in essays if post.id})


def _record(index: OpenIndex, question: str, found: Verdict) -> dict[str, Any]:
    """Return an answer as JSON has it; without the site's address, `url` is null."""
    nearest = None if found.hits else found.nearest
    return {
        "question": question,
        "answers": [
            _place(index, hit) | _words(index, hit) | {"score": hit.score} for hit in found.hits
        ],
        "nearest": None if nearest is None else _place(index, nearest),
    }


def _place(index: OpenIndex, hit: Hit) -> dict[str, Any]:
    post = _post(index, hit)
    heading = index.passages(post)[hit.places.start].heading
    return {"path": post.path, "slug": post.slug, "lang": post.lang, "heading": heading}


def _words(index: OpenIndex, hit: Hit) -> dict[str, Any]:
    post = _post(index, hit)
    text = told_together(index.passages(post), hit.places)
    return {"text": text, "url": with_fragment(post.url, text) if post.url else None}


def _post(index: OpenIndex, hit: Hit) -> Post:
    post = index.catalog.by_id(hit.post_id)
    if post is None:
        raise LookupError(hit.post_id)
    return post


def _show(index: OpenIndex, found: Verdict, *, is_one: bool) -> None:
    show = console()
    for number, hit in enumerate(found.hits):
        if number:
            show.print()
        words = _words(index, hit)
        write_quotation(show, words["text"], _named(index, hit), words["url"])
    if not found.hits:
        say_line(SILENT[is_one])
        if found.nearest is not None:
            heading = _place(index, found.nearest)["heading"]
            near = _named(index, found.nearest)
            where = near if heading else f"a passage of {near}"
            say_line(f"The nearest that it comes to is {where}.")


def _named(index: OpenIndex, hit: Hit) -> str:
    """Return where a passage stands, in words."""
    post, heading = _post(index, hit), _place(index, hit)["heading"]
    return f"“{heading}”, in {post.title}" if heading else post.title
