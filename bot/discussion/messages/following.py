"""What a reader can follow, privately, with a menu that begins and ends it."""

from collections.abc import Collection, Sequence

from bot.core import custom_ids
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Outgoing, Select
from bot.store.ledger.follow_roles import FollowRole

NAME = 50
"""Code points of a tag or an author in the list: twenty-five fit a message."""


def follow_page(
    there: Sequence[FollowRole], held: Collection[int], head: str, say: Phrases
) -> Outgoing:
    """Return what can be followed, and what a reader follows.

    Args:
        held: The ids of the reader's roles.
        head: What has just happened; "" for nothing.
    """
    if not there:
        return Outgoing("\n".join(part for part in (head, say.follow_nothing) if part))
    lines = [*([head] if head else []), say.follow_heading]
    options = []
    for one in there:
        is_held = one.role_id in held
        mark = f" · {say.follow_is_followed}" if is_held else ""
        kind = say.follow_tag if one.kind == "tag" else say.follow_author
        lines.append(f"- {kind.format(name=f'**{one_line(one.name, NAME)}**')}{mark}")
        label = (say.follow_end if is_held else say.follow_begin).format(name=one.name)
        options.append((label, f"{'take' if is_held else 'give'}:{one.role_id}"))
    return Outgoing(
        content=shorten("\n".join(lines), MESSAGE),
        rows=(Select(custom_ids.FOLLOW(), say.follow_choose, tuple(options)),),
    )
