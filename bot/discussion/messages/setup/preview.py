"""The next essay as it would look, shown to a manager before it starts."""

from collections.abc import Sequence
from dataclasses import replace

from bot.blog.files.reading import Text
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.publication import Kind
from bot.discussion.messages.compose import MOST_PROMPTS, asked_of, thread_messages
from bot.discussion.messages.outgoing import Outgoing
from bot.store.ledger.channels import Channel

BODY = 1
"""So many messages of the essay itself are shown."""


def preview(
    post: Post,
    text: Text,
    channel: Channel,
    tags: Sequence[str],
    say: Phrases,
    *,
    hears_messages: bool,
) -> list[Outgoing]:
    """Return the messages of a preview: what it is first, then starter, text and prompts."""
    messages = thread_messages(
        post,
        text,
        asked_of(post),
        (),
        publication_id=0,
        how=channel.body,
        is_forum=channel.is_forum,
        hears_messages=hears_messages,
    )
    named = ", ".join(escape(tag) for tag in tags)
    told = say.preview_tags.format(tags=named) if named else ""
    title = escape(shorten(post.title, 150))
    heading = Outgoing(content=say.preview_heading.format(title=title, tags=told))
    body = [one for one in messages if one.kind is Kind.BODY]
    shown = [one for one in messages if one.kind is not Kind.BODY or one in body[:BODY]]
    shown = [_still(one) for one in shown[: 1 + BODY + MOST_PROMPTS]]
    if more := len(body) - BODY if len(body) > BODY else 0:
        shown.append(Outgoing(content=say.preview_cut.format(count=more)))
    return [heading, *shown]


def _still(message: Outgoing) -> Outgoing:
    """Return a message whose buttons do nothing; menus are left out."""
    rows = tuple(
        tuple(replace(one, disabled=one.url is None) for one in row)
        for row in message.rows
        if isinstance(row, tuple)
    )
    return replace(message, rows=rows)
