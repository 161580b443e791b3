"""Shows every essay once, to find those that cannot be shown."""

from collections.abc import Callable
from pathlib import Path

from bot.blog.folder import Contents, read_file
from bot.core.links import embed_link
from bot.core.markup import CannotShowError, excerpt, pages, render, split
from bot.core.post import Fault, Post
from bot.core.reading.posts import Reading


def unshowable(
    root: Path, contents: Contents, progress: Callable[[int, int], None] | None = None
) -> list[Fault]:
    """Return a fault for each essay of `contents`, read from `root`, that cannot be shown."""
    essays = [post for post in contents.posts if post.kind == "essay"]
    faults: list[Fault] = []
    for number, post in enumerate(essays, 1):
        reading = read_file(root, post.path, contents.site, questions=False)
        try:
            _show(post, reading)
        except CannotShowError as error:
            line = None if error.line is None else reading.line + error.line - 1
            message = f"The essay cannot be shown in Discord ({error.reason})."
            advice = "Change what stands there; until then it gets no thread, and the others do."
            faults.append(Fault(post.path, line, message, advice))
        if progress is not None:
            progress(number, len(essays))
    return faults


def _show(post: Post, reading: Reading) -> None:
    rendered = render(reading.body, address=embed_link(post.url), omit=post.closing)
    split(rendered)
    pages(rendered)
    excerpt(rendered)
