"""Messages that essays take, over the fewest that could hold them."""

import math
from pathlib import Path

from bot.blog.files.reading import read_body, read_folder
from bot.discussion.messages import compose
from tests.bench.scale import say
from tests.bench.table import Row

MESSAGE = 2000
"""Characters of a message (docs/discord-facts.md#message-limits)."""


def splitting(content: Path) -> list[Row]:
    """Measure the whole bodies of the essays in a folder."""
    contents = read_folder(content, questions=True)
    essays = [post for post in contents.posts if post.kind == "essay"]
    sent = fewest = 0
    for post in essays:
        body = read_body(content, post, contents.site)
        sent += len(compose.body(post, body, "full", is_forum=True))
        fewest += math.ceil(len(body.markdown) / MESSAGE)
    say(f"  {sent} messages for {len(essays)} essays, at least {fewest}")
    work = f"messages for the bodies of {len(essays)} essays"
    return [Row(work, "characters / 2,000", [sent / fewest], 1.15, 1.05)]
