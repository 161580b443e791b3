"""The steps of a publication, each done and recorded: intent first, then Discord, then the ledger.

A process may die between any two lines of this file; `bot.core.publication.next_step` then finds
its way from what is recorded.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import discord

from bot.core import custom_ids
from bot.core.folding import fold
from bot.core.post import Post
from bot.core.publication import (
    Adopt,
    Describe,
    Done,
    Edit,
    Forget,
    Key,
    Kind,
    Lock,
    Observed,
    OpenThread,
    Publication,
    Remove,
    Send,
    Start,
    Step,
    Wait,
    WantedThread,
)
from bot.discussion.catch_up import Reading
from bot.discussion.compose import thread_name
from bot.discussion.existence import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.discussion.outgoing import Outgoing
from bot.discussion.permissions import Channel
from bot.endpoint import one_attempt
from bot.store import links, messages, publications
from bot.store.places import Home

log = logging.getLogger(__name__)

THREAD_EXISTS = 160004
TOO_MANY_THREADS = 160006
ARCHIVED = 50083
"""Discord's error codes (discord-facts.md, 1 and 8)."""

WEEK: Final = 10080
"""Minutes until Discord hides a quiet thread: the longest it allows."""

FORUM_TAGS = 5
"""Tags that a forum post may have."""


@dataclass(frozen=True, slots=True)
class Job:
    """A publication, and all that is needed to perform its next step.

    Attributes:
        messages: What the essay wants in its thread now, in order.
        is_withdrawn: The essay was taken back, and what is shown of it goes at once.
    """

    publication: Publication
    post: Post
    channel: Channel
    messages: tuple[Outgoing, ...]
    is_withdrawn: bool = False

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

    def message(self, key: Key) -> Outgoing:
        """Return a message by its name."""
        return next(message for message in self.messages if message.key == key)

    def of(self, publication: Publication) -> "Job":
        """Return the same job after its ledger has moved on."""
        return replace(self, publication=publication)


Deed = Adopt | Start | OpenThread | Send | Edit | Remove | Forget | Describe | Lock
"""Every step but looking, which changes nothing."""


class Steps:
    """Performs steps and records them."""

    def __init__(self, reading: Reading) -> None:
        self._client = reading.client
        self._store = reading.store
        self._collector = reading.collector
        self._existence = reading.existence

    async def perform(self, step: Deed, job: Job) -> None:
        """Do a step in Discord and record it in the ledger.

        Raises:
            UncertainError: Discord may have done it all the same.
            discord.HTTPException: Discord refused it.
        """
        match step:
            case Adopt():
                await self._record(job, step.messages)
                if step.thread_id is not None:
                    await self._record_thread(job, step.thread_id)
            case Start():
                await self._start(job)
            case OpenThread():
                await self._open_thread(job, step.message_id)
            case Send():
                await self._send(job, job.message(step.key))
            case Edit():
                await self._edit(job, step)
            case Remove():
                await self._store.write(messages.removing, job.publication.id, step.key)
                await self._partial(job, step.key[0], step.message_id).delete()
                await self._store.write(messages.removed, job.publication.id, step.key)
            case Forget():
                await self._store.write(messages.forget_message, job.publication.id, step.key)
            case Describe() | Lock():
                await self._tend(step, job)

    async def refused(
        self, step: Step, job: Job, error: discord.HTTPException, observed: Observed | None
    ) -> Wait | Done | None:
        """Record what a certain refusal means; return None to go on with the next step.

        Args:
            observed: What was seen since the last attempt; None if nobody looked.
        """
        if isinstance(step, Start) and isinstance(job.channel, discord.ForumChannel):
            # Only this was tried once: of the others, discord.py may have repeated a try that
            # was done and answered with an error, so that they are looked for.
            await self._store.write(messages.not_sent, job.publication.id, (Kind.STARTER, 0))
        if error.code == UNKNOWN_MESSAGE and isinstance(step, Send):  # the nonce's (facts, 3)
            if observed is not None:  # it was sent, and does not stand there
                await self._store.write(messages.never_seen, job.publication.id, step.key, _now())
            return None
        if error.code == UNKNOWN_MESSAGE and isinstance(step, (Edit, Remove, OpenThread)):
            kind = Kind.STARTER if isinstance(step, OpenThread) else step.key[0]
            if await self._message_is_gone(job, kind, step.message_id):
                await self._store.write(messages.gone, [step.message_id], _now(), "concluded")
                return None
        if error.code == UNKNOWN_CHANNEL and job.publication.thread_id is not None:
            found = await self._existence.thread(_home(job), job.publication.thread_id)
            if found.is_gone:
                self._collector.lose_thread(job.publication.thread_id, "concluded")
                await self._collector.settle()
                return Done()
        return Wait(_reason(error))

    async def _message_is_gone(self, job: Job, kind: Kind, message_id: int) -> bool:
        place = self._place(job, kind)
        return (await self._existence.message(_home(job), place, message_id)).is_gone

    async def _start(self, job: Job) -> None:
        message = job.message((Kind.STARTER, 0))
        nonce = await self._attempt(job, message)
        if isinstance(job.channel, discord.TextChannel):
            sent = await job.channel.send(**message.arguments(), nonce=nonce, silent=True)
            await self._record(job, {message.key: sent.id})
            return
        with self._collector.starting():
            with one_attempt():
                made = await job.channel.create_thread(
                    name=thread_name(job.post),
                    auto_archive_duration=WEEK,
                    applied_tags=forum_tags(job.channel, job.post),
                    silent=True,
                    **message.arguments(),
                )
            await self._record(job, {message.key: made.message.id})
            await self._record_thread(job, made.thread.id)

    async def _open_thread(self, job: Job, message_id: int) -> None:
        with self._collector.starting():
            starter = (
                job.channel.get_partial_message(message_id)
                if isinstance(job.channel, discord.TextChannel)
                else None  # a forum's thread came with its starter, in an earlier life
            )
            if starter is None or not await self._create_thread(starter, thread_name(job.post)):
                self._collector.expect_gaps_of_start()
            await self._record_thread(job, message_id)

    async def _create_thread(self, starter: discord.PartialMessage, name: str) -> bool:
        """Start a thread; return False if an earlier attempt had done it."""
        try:
            await starter.create_thread(name=name, auto_archive_duration=WEEK)
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
            return False
        return True

    async def _send(self, job: Job, message: Outgoing) -> None:
        nonce = await self._attempt(job, message)
        sent = await self._thread(job).send(**message.arguments(), nonce=nonce, silent=True)
        await self._record(job, {message.key: sent.id})
        if message.prompt_id is not None:
            await self._store.write(links.link_replies, sent.id, message.prompt_id)

    async def _edit(self, job: Job, step: Edit) -> None:
        message = job.message(step.key)
        # What it says is unknown until this is recorded: the essay may change back meanwhile.
        await self._store.write(messages.editing, job.publication.id, step.key)
        await self._partial(job, step.key[0], step.message_id).edit(
            **message.changes(), allowed_mentions=discord.AllowedMentions.none()
        )
        await self._store.write(messages.edited, job.publication.id, step.key, message.digest)

    async def _tend(self, step: Describe | Lock, job: Job) -> None:
        """Change the thread itself."""
        if isinstance(step, Lock):
            await self._lock(job, locked=step.locked)
        else:
            await self._describe(job)

    async def _describe(self, job: Job) -> None:
        """Name the thread as the essay is called now."""
        thread = await self._found_thread(job)
        await self._store.write(publications.described, job.publication.id, "", ())
        if isinstance(job.channel, discord.ForumChannel):
            tags = forum_tags(job.channel, job.post)
            await thread.edit(name=job.thread.title, applied_tags=tags)
        else:
            await thread.edit(name=job.thread.title)
        await self._store.write(
            publications.described, job.publication.id, job.thread.title, job.thread.tags
        )

    async def _lock(self, job: Job, *, locked: bool) -> None:
        """Lock or unlock the thread, if the bot may; what was said in it stays either way."""
        if job.channel.permissions_for(job.channel.guild.me).manage_threads:
            thread = await self._found_thread(job)
            # Whether it is locked is unknown until this is recorded, as with an edit.
            await self._store.write(publications.locked, job.publication.id, is_locked=None)
            was_archived = thread.archived
            if was_archived:  # nothing but this can be changed in an archived thread (facts, 1)
                await thread.edit(archived=False)
            await thread.edit(locked=locked, archived=was_archived)
        else:
            log.warning("The thread of %s cannot be locked: allow Manage Threads", job.post.name)
        await self._store.write(publications.locked, job.publication.id, is_locked=locked)

    async def wake(self, job: Job) -> None:
        """Take a thread out of the archive, so that it can be edited."""
        thread = await self._found_thread(job)
        if thread.archived:
            await thread.edit(archived=False)

    async def _found_thread(self, job: Job) -> discord.Thread:
        """Return the thread; discord.py forgets one that is archived, so that it is asked for.

        Raises:
            discord.NotFound: It was deleted.
        """
        thread_id = job.publication.thread_id or 0
        found = job.channel.get_thread(thread_id) or await self._client.fetch_channel(thread_id)
        if not isinstance(found, discord.Thread):
            raise TypeError(f"{thread_id} is no thread.")
        return found

    def _thread(self, job: Job) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(
            job.publication.thread_id or 0, guild_id=job.channel.guild.id
        )

    def _partial(self, job: Job, kind: Kind, message_id: int) -> discord.PartialMessage:
        """Return a message to edit; `PartialMessage.edit` leaves its flags alone (fact 11)."""
        return self._place(job, kind).get_partial_message(message_id)

    def _place(self, job: Job, kind: Kind) -> discord.TextChannel | discord.PartialMessageable:
        """Return where a message stands: a starter of a text channel is outside of its thread."""
        if kind is Kind.STARTER and isinstance(job.channel, discord.TextChannel):
            return job.channel
        return self._thread(job)

    async def _attempt(self, job: Job, message: Outgoing) -> str:
        """Record the intent to send a message; return its nonce."""
        since = await self._store.write(
            messages.attempt,
            job.publication.id,
            message.key,
            message.digest,
            _now(),
            after=_newest_known(job, message.kind),
            prompt_id=message.prompt_id,
            response_id=message.response_id,
        )
        return custom_ids.nonce(job.publication.id, message.kind, message.position, since)

    async def _record(self, job: Job, found: Mapping[Key, int]) -> None:
        await self._store.write(messages.sent, job.publication.id, found, _now())

    async def _record_thread(self, job: Job, thread_id: int) -> None:
        await self._store.write(
            publications.record_thread,
            job.publication.id,
            job.channel.guild.id,
            thread_id,
            _now(),
        )
        await self._store.write(
            publications.described, job.publication.id, job.thread.title, job.thread.tags
        )
        self._collector.track(thread_id, _home(job))
        log.info("Started the thread of %s in #%s", job.post.name, job.channel.name)


def forum_tags(channel: discord.ForumChannel, post: Post) -> list[discord.ForumTag]:
    """Return the forum's tags that the post has too, at most five, in the post's order.

    None are created: which tags a forum has is its moderators' business. Moderated tags are left
    to those who may use them.
    """
    allowed = channel.permissions_for(channel.guild.me).manage_threads
    there = {fold(tag.name): tag for tag in channel.available_tags if allowed or not tag.moderated}
    found = [there[fold(tag)] for tag in post.tags if fold(tag) in there]
    return list(dict.fromkeys(found))[:FORUM_TAGS]


def _home(job: Job) -> Home:
    return Home(job.publication.id, job.channel.guild.id, job.channel.id)


def _newest_known(job: Job, kind: Kind) -> int:
    """Return an id that is older than the message which is about to be sent, by Discord's clock.

    It is the newest that the gateway told of in that place, or the place's own.
    """
    if kind is Kind.STARTER:
        return job.channel.last_message_id or job.channel.id
    thread = job.channel.get_thread(job.publication.thread_id or 0)
    return (thread.last_message_id if thread else None) or job.publication.thread_id or 0


def _reason(error: discord.HTTPException) -> str:
    if error.code == TOO_MANY_THREADS:
        return "the server has as many active threads as Discord allows; close some."
    if error.code == ARCHIVED:
        return "its thread is archived; it goes on when the thread wakes."
    return f"Discord refuses it ({error.status}, code {error.code})."


def _now() -> datetime:
    return datetime.now(UTC)
