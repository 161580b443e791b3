"""What moderators read about many posts that went missing at once."""

from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.outgoing import Button
from bot.store.ledger.cuts import Cut, MissingPost

NAMED = 15
"""Posts that are named in a message; all of them are in the file that a button gives."""

TITLE = 60
"""Code points of a title in a line."""


def cut_notice(cut: Cut, say: Phrases, *, is_ours: bool) -> str:
    """Return the question whether posts were removed on purpose.

    Args:
        is_ours: Whether this server may decide, since no other has threads of them.
    """
    count = len(cut.posts)
    told = say.cut_asked.format(count=count, before=count + cut.left, after=cut.left)
    ask = say.cut_ask if is_ours else say.cut_elsewhere
    return "\n".join([told, *_named(cut, say), ask])


def cut_done(cut: Cut, who: str, say: Phrases) -> str:
    """Return which posts were withdrawn, and by whom."""
    count = len(cut.posts)
    told = say.cut_done.format(count=count, before=count + cut.left, after=cut.left, who=who)
    return "\n".join([told, *_named(cut, say)])


def cut_line(cut: Cut, say: Phrases) -> str:
    """Return in a line that a cut waits for a decision."""
    count = len(cut.posts)
    return say.cut_asked.format(count=count, before=count + cut.left, after=cut.left)


def cut_buttons(digest: str, say: Phrases) -> tuple[Button, ...]:
    """Return the buttons under a question about a cut."""
    return (
        Button(say.cut_confirm, custom_ids.CUT(digest, "confirm"), tone="danger"),
        Button(say.cut_show, custom_ids.CUT(digest, "show")),
    )


def listed(cut: Cut) -> str:
    """Return every post of a cut, a line each, for a file."""
    return "".join(f"{post.name}\t{post.title}\n" for post in cut.posts)


def _named(cut: Cut, say: Phrases) -> list[str]:
    lines = [_line(post) for post in cut.posts[:NAMED]]
    if len(cut.posts) > NAMED:
        lines.append(f"- {say.more.format(count=len(cut.posts) - NAMED)}")
    return lines


def _line(post: MissingPost) -> str:
    title = escape(shorten(" ".join(post.title.split()), TITLE))
    return f"- {title} (`{shorten(post.name.replace('`', ''), TITLE)}`)"
