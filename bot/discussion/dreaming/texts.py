"""What the ends of a connection say: a response's words, or a passage of an essay's file."""

import asyncio
from datetime import UTC, datetime

from bot.blog.blog import Blog
from bot.core.reading.passages import passages
from bot.discussion.messages.dreams import Texts
from bot.store.dreams.journal import Found, Side


async def texts_of(found: Found, blog: Blog) -> Texts:
    """Return what the ends of a connection say now; "" for a passage that is gone."""
    through = await _text(found.through, blog) if found.through else ""
    return Texts(await _text(found.a, blog), await _text(found.b, blog), through)


async def _text(side: Side, blog: Blog) -> str:
    if side.text is not None:
        return side.text
    post = blog.catalog.by_id(side.end.post_id)
    if post is None:
        return ""
    if side.end.position is None:  # what the essay asks
        return " ".join(question.text for question in post.questions)
    body = await blog.body(post, datetime.now(UTC))
    found = await asyncio.get_running_loop().run_in_executor(None, passages, body.markdown)
    return found[side.end.position].text if side.end.position < len(found) else ""
