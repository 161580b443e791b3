"""What is worked on: a publication, its essay, its channel, and the messages that are wanted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import discord

from bot.core.post import Post
from bot.core.publishing.forum_tags import SAME_NAMES, TagMap
from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.publication import (
    Circumstances,
    Key,
    Kind,
    Publication,
    Wanted,
    WantedThread,
)
from bot.discussion.messages.compose import link_continuation, thread_name
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import Channel, forum_tags, lacks, lacks_tag
from bot.store.threads import Home


@dataclass(frozen=True, slots=True)
class Job:
    """A publication, and all that is needed to perform its next step.

    Attributes:
        composed: What the essay wants in its thread, in order; see `messages`.
        is_withdrawn: The essay was taken back, and what is shown of it goes at once.
        obstacle: Why nothing of the essay can be shown; then there are no messages.
        answer_id: The one answer that this is about; None if it is about everything.
        digests: Of what was composed, by the identity of the message; a linked one is another.
        tag_map: Which of the forum's tags the essay gets.
    """

    publication: Publication
    post: Post
    channel: Channel
    composed: tuple[Outgoing, ...] = ()
    is_withdrawn: bool = False
    obstacle: Obstacle | None = None
    answer_id: int | None = None
    digests: Mapping[int, str] = field(default_factory=dict)
    tag_map: TagMap = SAME_NAMES

    def composed_of(self, messages: Iterable[Outgoing]) -> "Job":
        """Return the same job with its messages; to be run off the event loop if they are many."""
        composed = tuple(messages)
        digests = {id(message): message.digest for message in composed}
        return replace(self, composed=composed, digests=digests)

    def of(self, publication: Publication) -> "Job":
        """Return the same job after its ledger has moved on."""
        return replace(self, publication=publication)

    @property
    def messages(self) -> list[Outgoing]:
        """What is wanted in the thread now, in order, as far as this job is about it."""
        guild_id = self.channel.guild.id
        return link_continuation(self.post, self.publication, guild_id, self.composed)

    @property
    def wanted(self) -> list[Wanted]:
        """The same as the ledger speaks of it; what this job is not about is wanted as it is."""
        wanted = [
            Wanted(*message.key, self.digests.get(id(message)) or message.digest)
            for message in self.messages
        ]
        if self.answer_id is None:
            return wanted
        others = (sent for sent in self.publication.messages if sent.kind is not Kind.ANSWER)
        return [*(Wanted(sent.kind, sent.position, sent.digest) for sent in others), *wanted]

    @property
    def thread(self) -> WantedThread | None:
        """The thread's own properties as the essay wants them; None if this is not about them."""
        if self.answer_id is not None:
            return None
        tags = tuple(tag.name for tag in self.forum_tags)
        locked = self.publication.wants_lock(is_withdrawn=self.is_withdrawn)
        return WantedThread(thread_name(self.post), tags, locked)

    @property
    def forum_tags(self) -> list[discord.ForumTag]:
        """The forum's tags that the essay gets; none elsewhere."""
        if not isinstance(self.channel, discord.ForumChannel):
            return []
        return forum_tags(self.channel, self.post, self.tag_map)

    @property
    def home(self) -> Home:
        """Where the thread stands."""
        return Home(self.publication.id, self.channel.guild.id, self.channel.id)

    def circumstances(self, *, is_awake: bool) -> Circumstances:
        """Return what is in the way, as far as it can be seen without trying.

        discord.py forgets a thread when it is archived, so that one it does not know is asleep.

        Args:
            is_awake: Whether we have just taken the thread out of the archive.
        """
        tagless = None
        if lacks_tag(self.channel, self.post, self.tag_map):
            tagless = Obstacle.for_person("tag_required", channel=f"#{self.channel.name}")
        is_known = self.channel.get_thread(self.publication.thread_id or 0) is not None
        return Circumstances(
            lacking=lacks(self.channel),
            tag_required=tagless,
            is_asleep=not (is_known or is_awake),
            takes_text_away=self.is_withdrawn,
        )

    def newest_known(self) -> dict[bool, int]:
        """Return ids that are older than a message which is about to be sent.

        They are by Discord's clock: the newest that the gateway told of in a place, or the place's
        own. The one under True is for a starter, the other for what is sent into the thread.
        """
        thread_id = self.publication.thread_id or 0
        thread = self.channel.get_thread(thread_id)
        return {
            True: self.channel.last_message_id or self.channel.id,
            False: (thread.last_message_id if thread else None) or thread_id,
        }

    def message(self, key: Key) -> Outgoing:
        """Return a message by its name."""
        return next(message for message in self.messages if message.key == key)
