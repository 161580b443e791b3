"""The steps of a publication, each done and recorded: intent first, then Discord, then the ledger.

A process may die between any two lines of this file; `bot.core.publication.next_step` then finds
its way from what is recorded.
"""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import discord

from bot.core import custom_ids
from bot.core.obstacles import from_code
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
    Remove,
    Send,
    Start,
    Step,
    Wait,
)
from bot.discussion.collecting.catch_up import Reading
from bot.discussion.collecting.existence import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.publishing.job import Job
from bot.discussion.publishing.threads import Threads
from bot.store.ledger import messages, publications
from bot.store.responses import reply_links

log = logging.getLogger(__name__)

Deed = Adopt | Start | OpenThread | Send | Edit | Remove | Forget | Describe | Lock
"""Every step but looking, which changes nothing."""


class Steps:
    """Performs steps and records them."""

    def __init__(self, reading: Reading, threads: Threads) -> None:
        self._threads = threads
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
            found = await self._existence.thread(job.home, job.publication.thread_id)
            if found.is_gone:
                self._collector.lose_thread(job.publication.thread_id, "concluded")
                await self._collector.settle()
                return Done()
        return _wait(job, error)

    async def _message_is_gone(self, job: Job, kind: Kind, message_id: int) -> bool:
        place = self._place(job, kind)
        return (await self._existence.message(job.home, place, message_id)).is_gone

    async def _start(self, job: Job) -> None:
        message = job.message((Kind.STARTER, 0))
        nonce = await self._attempt(job, message)
        if isinstance(job.channel, discord.TextChannel):
            sent = await job.channel.send(**message.arguments(), nonce=nonce, silent=True)
            await self._record(job, {message.key: sent.id})
            return
        with self._collector.starting():
            made = await self._threads.create_post(job, job.channel, message)
            await self._record(job, {message.key: made.message.id})
            await self._record_thread(job, made.thread.id)

    async def _open_thread(self, job: Job, message_id: int) -> None:
        with self._collector.starting():
            starter = (
                job.channel.get_partial_message(message_id)
                if isinstance(job.channel, discord.TextChannel)
                else None  # a forum's thread came with its starter, in an earlier life
            )
            if starter is None or not await self._threads.create(job, starter):
                self._collector.expect_gaps_of_start()
            await self._record_thread(job, message_id)

    async def _send(self, job: Job, message: Outgoing) -> None:
        nonce = await self._attempt(job, message)
        sent = await self._thread(job).send(**message.arguments(), nonce=nonce, silent=True)
        await self._record(job, {message.key: sent.id})
        if message.prompt_id is not None:
            await self._store.write(reply_links.link_replies, sent.id, message.prompt_id)

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
            await self._threads.lock(job, locked=step.locked)
        else:
            await self._threads.describe(job)

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
            after=job.newest_known(message.kind),
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
        self._collector.track(thread_id, job.home)
        log.info("Started the thread of %s in #%s", job.post.name, job.channel.name)


def _wait(job: Job, error: discord.HTTPException) -> Wait:
    fields = re.findall(r"^In ([\w.]+)", error.text, re.MULTILINE)
    detail = ", ".join(fields) or f"code {error.code}"
    obstacle = from_code(error.code, error.status, detail, f"#{job.channel.name}")
    return Wait(obstacle.sentence(), obstacle)


def _now() -> datetime:
    return datetime.now(UTC)
