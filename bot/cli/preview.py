"""`afterword preview`: what would be sent, without Discord."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from typing import Any

import click
from rich.console import Console
from rich.text import Text as Styled

from bot.blog.catalog import Catalog, UnknownPostError
from bot.blog.files.reading import Contents, Text, read_file
from bot.blog.wikilinks import Wikilinks
from bot.cli.terminal.content_argument import fault_line, folder_argument, read_content, report
from bot.cli.terminal.output import console, format_options, say_line, write_json
from bot.core.links import embed_link, left_out
from bot.core.markup import Note, render
from bot.core.post import Post
from bot.core.text.control_characters import visible, visible_line
from bot.discussion.messages.compose import preview_messages


@click.command()
@folder_argument
@click.argument("post", required=False)
@format_options("table", "json")
def preview(folder: Path | None, post: str | None, how: str) -> None:
    """Show the messages for one POST, or for all posts, always with the full body.

    DIR is a folder of posts or a whole site [default: AFTERWORD_CONTENT, or content]; POST is a
    slug or lang:slug, and may be a draft. Nothing is sent.

    Faults go to standard error (for one POST, only its own); with faults, the exit status is 1.
    """
    content = read_content(folder)
    contents = content.contents
    chosen = _chosen(contents, post)
    wikilinks = Wikilinks(contents.posts, contents.site)
    for one in chosen:
        reading = read_file(content.root, one.path, contents.site, questions=False)
        text = Text(reading.body, one.closing, wikilinks.finder(one))
        if how == "json":
            write_json([preview_record(one, text)])
        else:
            _show(one, text, reading.line)
    if unsent := left_out(chosen):
        say_line(unsent, err=True)
    paths = {one.path for one in chosen} if post else {fault.path for fault in contents.faults}
    report(fault for fault in contents.faults if fault.path in paths)


def _chosen(contents: Contents, name: str | None) -> Sequence[Post]:
    """Return the essays to show, what readers do not see yet among them.

    Raises:
        UnknownPostError: There is none of that name; its file may be faulty.
    """
    if name is None:
        return [post for post in contents.posts if post.kind == "essay"]
    site = replace(contents.site, drafts=True, future=True, expired=True)
    try:
        return [Catalog(contents.posts, site).find(name, now=datetime.now(UTC))]
    except UnknownPostError:
        for fault in contents.faults:
            say_line(fault_line(fault), err=True)
        raise


def preview_record(post: Post, text: Text) -> dict[str, Any]:
    """Return a post's messages as JSON, embeds and components as Discord takes them."""
    messages = [
        {
            "kind": message.shown_as,
            "content": message.content,
            "embeds": [dict(message.embed.to_dict())] if message.embed else [],
            "components": message.components(),
        }
        for message in preview_messages(post, text)
    ]
    return {"path": post.path, "lang": post.lang, "slug": post.slug, "messages": messages}


def _show(post: Post, text: Text, first: int) -> None:
    """Write a post's messages for a terminal, then what had to change on the way."""
    messages = preview_record(post, text)["messages"]
    show = console()
    show.rule(Styled(visible_line(f"{post.name}, {len(messages)} messages")), align="left")
    for message in messages:
        _write(show, f"\n{message['kind']}, {len(message['content'])} characters", "dim")
        _write(show, "\n".join(_embed_lines(message["embeds"])), "cyan")
        _write(show, indent(message["content"], "  "))
        _write(show, "  ".join(["", *_labels(message["components"])]), "green")
    notes = [f"  {place}: {message}" for place, message in _notes(post, text, first)]
    _write(show, "\nChanged on the way to Discord:" if notes else "", "bold")
    _write(show, "\n".join(notes), "yellow")
    show.print()


def _write(show: Console, text: str, style: str = "") -> None:
    """Write lines as they are, wrapped by the terminal alone; nothing for an empty text."""
    if text:
        show.print(Styled(visible(text), style=style), soft_wrap=True)


def _embed_lines(embeds: Sequence[dict[str, Any]]) -> Iterator[str]:
    for embed in embeds:
        texts = (
            embed.get("author", {}).get("name"),
            embed.get("title"),
            embed.get("url"),
            embed.get("image", {}).get("url"),
            embed.get("footer", {}).get("text"),
            embed.get("timestamp"),
        )
        yield from (f"  ▌ {text}" for text in texts if text)


def _labels(components: Sequence[dict[str, Any]]) -> Iterator[str]:
    for row in components:
        for child in row["components"]:
            yield f"[ {child.get('label') or child.get('placeholder', '')} ]"


def _notes(post: Post, text: Text, first: int) -> Iterator[tuple[str, str]]:
    """Yield what was changed or dropped, each with its place in a file whose body begins there."""
    notes: Sequence[Note] = render(
        text.markdown,
        address=embed_link(post.url),
        omit=text.closing,
        find_note=text.find_note,
    ).notes
    for note in notes:
        line = None if note.line is None else first + note.line - 1
        yield (post.path if line is None else f"{post.path}:{line}"), note.message
