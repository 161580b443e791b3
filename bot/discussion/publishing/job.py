"""What is worked on: a publication, its essay, its channel, and the messages that are wanted."""

from dataclasses import dataclass, replace

import discord

from bot.core.obstacles import Obstacle
from bot.core.post import Post
from bot.core.publication import Key, Kind, Publication, WantedThread
from bot.discussion.messages.compose import thread_name
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import Channel, forum_tags
from bot.store.threads import Home


@dataclass(frozen=True, slots=True)
class Job:
    """A publication, and all that is needed to perform its next step.

    Attributes:
        messages: What the essay wants in its thread now, in order.
        is_withdrawn: The essay was taken back, and what is shown of it goes at once.
        obstacle: Why nothing of the essay can be shown; then there are no messages.
    """

    publication: Publication
    post: Post
    channel: Channel
    messages: tuple[Outgoing, ...]
    is_withdrawn: bool = False
    obstacle: Obstacle | None = None

    @property
    def grows(self) -> bool:
        """Whether a part of the body is sent later than its prompts, and is to be linked then."""
        parts = sum(message.kind is Kind.BODY for message in self.messages)
        sent = sum(one.kind is Kind.BODY for one in self.publication.messages)
        return 0 < sent < parts

    @property
    def thread(self) -> WantedThread:
        """The thread's own properties as the essay wants them."""
        tags: tuple[str, ...] = ()
        if isinstance(self.channel, discord.ForumChannel):
            tags = tuple(tag.name for tag in forum_tags(self.channel, self.post))
        return WantedThread(thread_name(self.post), tags, self.is_withdrawn)

    @property
    def home(self) -> Home:
        """Where the thread stands."""
        return Home(self.publication.id, self.channel.guild.id, self.channel.id)

    def newest_known(self, kind: Kind) -> int:
        """Return an id that is older than a message which is about to be sent.

        It is by Discord's clock: the newest that the gateway told of in that place, or the place's
        own.
        """
        if kind is Kind.STARTER:
            return self.channel.last_message_id or self.channel.id
        thread = self.channel.get_thread(self.publication.thread_id or 0)
        return (thread.last_message_id if thread else None) or self.publication.thread_id or 0

    def message(self, key: Key) -> Outgoing:
        """Return a message by its name."""
        return next(message for message in self.messages if message.key == key)

    def of(self, publication: Publication) -> "Job":
        """Return the same job after its ledger has moved on."""
        return replace(self, publication=publication)
