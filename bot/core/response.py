"""What a reader wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Source = Literal["message", "reply", "answer"]
"""A plain message in a thread, a reply to another message, or an answer through a button."""

Because = Literal["event", "reader", "concluded"]
"""Why something counts as deleted: Discord told of it, its reader asked for it, or we asked Discord
for that very id and it was not there. Only what was concluded gives way when it is seen again.
"""

Why = Literal[Because, "retention", "purge"]
"""Why a response was deleted: as `Because` says, by its age, or by the operator."""

_SERVERS_OWN = re.compile(r"<:(\w+):\d+>")


class Captured(NamedTuple):
    """A message in one of our threads, as Discord showed it.

    Attributes:
        source_id: The message's id, or the interaction's for an answer.
        reader_name: What the reader is called outside of any server.
        text: Empty if it was edited until no word was left.
        created_at: Aware.
        edited_at: Aware; None if it was never edited.
        parent_id: The message it replies to.
        nickname: What the reader is called in this server, "" for the same as elsewhere; None if
            that was not said, as in history (docs/discord-facts.md#nicknames).
    """

    source_id: int
    guild_id: int
    thread_id: int
    reader_id: int
    reader_name: str
    text: str
    created_at: datetime
    edited_at: datetime | None = None
    parent_id: int | None = None
    nickname: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a reader wrote, with the question it answers.

    Attributes:
        id: Our own.
        post: The slug of the essay.
        question: The prompt it answers; None when that is not known for sure.
        created_at: ISO 8601 with offset, as the database keeps it.
        edited_at: The same.
        url: Where it stands in Discord; None for an answer that is not shown.
        shown: Whether its reader wants it in the thread and it waits for nothing; a message always
            stands there.
        hidden: Whether somebody else took the shown answer out of the thread.
        may_quote: Whether its reader agreed, the last time they were asked, to be quoted; for an
            author, no as long as it waits or if a moderator declined it.
        named: Whether a quote may bear the reader's name; without `may_quote` it means nothing.
        highlighted: Whether an author or a moderator marked it.
        was_asked: Whether its reader ever said whether it may be quoted.
        reactions: How many readers reacted, by emoji, the most first.
    """

    id: int
    post: str
    lang: str
    title: str
    guild: int
    thread: int
    question: str | None
    reader: int
    reader_name: str
    text: str
    created_at: str
    edited_at: str | None
    source: Source
    url: str | None
    shown: bool = True
    hidden: bool = False
    may_quote: bool = False
    named: bool = False
    highlighted: bool = False
    was_asked: bool = False
    reactions: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def reacted(self) -> str:
        """The reactions on one line; a server's own emoji by its name, as people see it."""
        each = (f"{emoji} {count}" for emoji, count in self.reactions.items())
        return _SERVERS_OWN.sub(r":\1:", " ".join(each))
