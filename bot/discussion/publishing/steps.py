"""The steps of a publication: what is recorded before one is tried, how it is done, what it proves.

A process may die between any two lines of this file; `next_step` in
`bot.core.publishing.publication` then continues from what is recorded.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import discord
from sqlite_utils import Database

from bot.core import custom_ids
from bot.core.discord_codes import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.core.publishing.obstacles import from_code
from bot.core.publishing.publication import (
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
    Wake,
)
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.publishing.job import Job
from bot.discussion.publishing.threads import Threads
from bot.store.ledger import messages, publications
from bot.store.progress import Change, Next
from bot.store.times import to_text

log = logging.getLogger(__name__)

STARTER: Key = (Kind.STARTER, 0)

Deed = Adopt | Start | OpenThread | Send | Edit | Remove | Forget | Describe | Lock | Wake
"""Every step but looking, which changes nothing."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a certain refusal of Discord's means.

    Attributes:
        changes: What it proves.
        outcome: Why the publication stops; None to go on with the next step.
        is_thread_gone: Whether somebody deleted the thread.
    """

    changes: Sequence[Change] = ()
    outcome: Wait | Done | None = None
    is_thread_gone: bool = False


def intended(step: Next, job: Job, newest: Mapping[bool, int]) -> list[Change]:
    """Return what is recorded before a step is tried: after a crash, it has to be looked for.

    What a message, a thread's name or its lock is meanwhile is unknown until the step is recorded:
    the essay may change back.

    Args:
        newest: See `Job.newest_known`.
    """
    changes: list[Change] = []
    match step:
        case Start():
            changes = [_attempt(job.message(STARTER), newest[True])]
        case Send():
            changes = [_attempt(job.message(step.key), newest[False])]
        case Edit():
            changes = [partial(messages.editing, key=step.key)]
        case Remove():
            changes = [partial(messages.removing, key=step.key)]
        case Describe():
            changes = [partial(publications.described, title="", tags=())]
        case Lock():
            changes = [partial(publications.locked, is_locked=None)]
    return changes


def _attempt(message: Outgoing, after: int) -> Change:
    return partial(
        messages.attempt,
        key=message.key,
        digest=message.digest,
        now=_now(),
        after=after,
        prompt_id=message.prompt_id,
        response_id=message.response_id,
    )


class Steps:
    """Performs steps in Discord."""

    def __init__(self, reader: ThreadReader, threads: Threads) -> None:
        self._threads = threads
        self._client = reader.client
        self._collector = reader.collector
        self._deletions = reader.deletions

    async def perform(self, step: Deed, job: Job) -> list[Change]:
        """Do a step in Discord; return what is to be recorded of it.

        Raises:
            UncertainError: Discord may have done it all the same.
            discord.HTTPException: Discord refused it.
        """
        match step:
            case Adopt():
                changes = self._adopt(step, job)
            case Start():
                changes = await self._start(job)
            case OpenThread():
                changes = await self._open_thread(job, step.message_id)
            case Send():
                changes = await self._send(job, job.message(step.key))
            case Edit():
                changes = [await self._edit(job, step)]
            case Remove():
                await self._partial(job, step.key[0], step.message_id).delete()
                changes = [partial(messages.removed, key=step.key)]
            case Forget():
                changes = [partial(messages.forget_message, key=step.key)]
            case Describe() | Lock() | Wake():
                changes = await self._tend(step, job)
        return changes

    async def refused(
        self, step: Step, job: Job, error: discord.HTTPException, observed: Observed | None
    ) -> Refusal:
        """Return what a certain refusal means.

        Args:
            observed: What was seen since the last attempt; None if nobody looked.
        """
        if error.code == UNKNOWN_MESSAGE and isinstance(step, Send):
            # The nonce's message was deleted (docs/discord-facts.md#nonces). Who looked knows it.
            never = [partial(messages.never_seen, key=step.key, now=_now())]
            return Refusal(never if observed is not None else [])
        if error.code == UNKNOWN_MESSAGE and isinstance(step, (Edit, Remove, OpenThread)):
            kind = Kind.STARTER if isinstance(step, OpenThread) else step.key[0]
            if await self._message_is_gone(job, kind, step.message_id):
                return Refusal([partial(_gone, message_id=step.message_id)])
        if error.code == UNKNOWN_CHANNEL and job.publication.thread_id is not None:
            found = await self._deletions.thread(job.home, job.publication.thread_id)
            if found.is_deleted:
                return Refusal(outcome=Done(), is_thread_gone=True)
        changes: list[Change] = []
        if isinstance(step, Start) and isinstance(job.channel, discord.ForumChannel):
            # Only this was tried once: of the others, discord.py may have repeated a try that
            # was done and answered with an error, so that they are looked for.
            changes = [partial(messages.not_sent, key=STARTER)]
        return Refusal(changes, _wait(job, error))

    async def _message_is_gone(self, job: Job, kind: Kind, message_id: int) -> bool:
        place = self._place(job, kind)
        return (await self._deletions.message(job.home, place, message_id)).is_deleted

    def _adopt(self, step: Adopt, job: Job) -> list[Change]:
        if step.thread_id is None:
            return [_sent(step.messages)]
        self._collector.expect_gaps_of_start()
        return [_sent(step.messages), *_started(job, step.thread_id)]

    async def _start(self, job: Job) -> list[Change]:
        message = job.message(STARTER)
        if isinstance(job.channel, discord.TextChannel):
            nonce = _nonce(job, message)
            sent = await job.channel.send(**message.arguments(), nonce=nonce, silent=True)
            return [_sent({message.key: sent.id})]
        made = await self._threads.create_post(job, job.channel, message)
        return [_sent({message.key: made.message.id}), *_started(job, made.thread.id)]

    async def _open_thread(self, job: Job, message_id: int) -> list[Change]:
        starter = (
            job.channel.get_partial_message(message_id)
            if isinstance(job.channel, discord.TextChannel)
            else None  # a forum's thread came with its starter, in an earlier life
        )
        if starter is None or not await self._threads.create(job, starter):
            self._collector.expect_gaps_of_start()
        return _started(job, message_id)

    async def _send(self, job: Job, message: Outgoing) -> list[Change]:
        nonce = _nonce(job, message)
        sent = await self._thread(job).send(**message.arguments(), nonce=nonce, silent=True)
        return [_sent({message.key: sent.id})]

    async def _edit(self, job: Job, step: Edit) -> Change:
        message = job.message(step.key)
        await self._partial(job, step.key[0], step.message_id).edit(
            **message.changes(), allowed_mentions=discord.AllowedMentions.none()
        )
        return partial(messages.edited, key=step.key, digest=message.digest)

    async def _tend(self, step: Describe | Lock | Wake, job: Job) -> list[Change]:
        """Change the thread itself."""
        if isinstance(step, Lock):
            return await self._threads.lock(job, step)
        if isinstance(step, Describe):
            return [await self._threads.describe(job)]
        await self._threads.wake(job)
        return []

    def _thread(self, job: Job) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(
            job.publication.thread_id or 0, guild_id=job.channel.guild.id
        )

    def _partial(self, job: Job, kind: Kind, message_id: int) -> discord.PartialMessage:
        """Return a message whose edit sends no flags (docs/discord-facts.md#hidden-embeds)."""
        return self._place(job, kind).get_partial_message(message_id)

    def _place(self, job: Job, kind: Kind) -> discord.TextChannel | discord.PartialMessageable:
        """Return where a message stands: a starter of a text channel is outside of its thread."""
        if kind is Kind.STARTER and isinstance(job.channel, discord.TextChannel):
            return job.channel
        return self._thread(job)


def _nonce(job: Job, message: Outgoing) -> str:
    """Return the nonce of a message whose sending was intended a moment ago."""
    intent = job.publication.find(message.key)
    since = to_text(intent.since) if intent is not None and intent.since is not None else ""
    return custom_ids.nonce(job.publication.id, message.kind, message.position, since)


def _sent(found: Mapping[Key, int]) -> Change:
    return partial(messages.sent, found=found, now=_now())


def _started(job: Job, thread_id: int) -> list[Change]:
    guild_id = job.channel.guild.id
    started: list[Change] = [
        partial(publications.record_thread, guild_id=guild_id, thread_id=thread_id, now=_now())
    ]
    if job.thread is not None:
        named = partial(publications.described, title=job.thread.title, tags=job.thread.tags)
        started.append(named)
    return started


def _gone(db: Database, _publication_id: int, message_id: int) -> None:
    messages.gone(db, [message_id], _now(), "concluded")


def _wait(job: Job, error: discord.HTTPException) -> Wait:
    fields = re.findall(r"^In ([\w.]+)", error.text, re.MULTILINE)
    detail = ", ".join(fields) or f"code {error.code}"
    return Wait.on(from_code(error.code, error.status, detail, f"#{job.channel.name}"))


def _now() -> datetime:
    return datetime.now(UTC)
