"""Renders an essay as publishing does, to find out whether that works."""

from bot.core.links import embed_link
from bot.core.markup import CannotShowError, excerpt, pages, render, split
from bot.core.post import Fault, Post
from bot.core.reading.posts import Reading


def rendering_fault(post: Post, reading: Reading) -> Fault | None:
    """Return why an essay cannot be shown, with its place in the file; None if it can."""
    try:
        _show(post, reading)
    except CannotShowError as error:
        line = None if error.line is None else reading.line + error.line - 1
        message = f"The essay cannot be shown in Discord ({error.reason})."
        advice = "Change what stands there; until then it gets no thread, and the others do."
        return Fault(post.path, line, message, advice)
    return None


def _show(post: Post, reading: Reading) -> None:
    rendered = render(reading.body, address=embed_link(post.url), omit=post.closing)
    split(rendered)
    pages(rendered)
    excerpt(rendered)
