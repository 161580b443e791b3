"""A publication's thread itself: starting it under a name that Discord accepts, naming, locking."""

import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, TypeVar

import discord

from bot.core.discord_codes import INVALID_FORM, THREAD_EXISTS, TITLE_BLOCKED
from bot.core.markup import escape
from bot.core.phrases import phrases
from bot.core.publishing.publication import Lock
from bot.discussion.messages.compose import thread_name, thread_names
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.notices import Notices
from bot.discussion.publishing.job import Job
from bot.endpoint import one_attempt
from bot.store.ledger import publications
from bot.store.progress import Change

log = logging.getLogger(__name__)

T = TypeVar("T")

WEEK: Final = 10080
"""Minutes until Discord hides a quiet thread: the longest it allows."""


class Threads:
    """Starts threads, and changes what they are called and whether they are locked."""

    def __init__(self, client: discord.Client, notices: Notices) -> None:
        self._client = client
        self._notices = notices

    async def create_post(
        self, job: Job, forum: discord.ForumChannel, message: Outgoing
    ) -> discord.channel.ThreadWithMessage:
        """Start a forum post, with one attempt for each name.

        It has no nonce (docs/discord-facts.md#forum-post-retry).
        """

        async def create(name: str) -> discord.channel.ThreadWithMessage:
            with one_attempt():
                return await forum.create_thread(
                    name=name,
                    auto_archive_duration=WEEK,
                    applied_tags=job.forum_tags,
                    silent=True,
                    **message.arguments(),
                )

        return await self._with_a_name(job, create)

    async def create(self, job: Job, starter: discord.PartialMessage) -> bool:
        """Start a thread; return False if an earlier attempt had done it."""

        async def create(name: str) -> bool:
            try:
                await starter.create_thread(name=name, auto_archive_duration=WEEK)
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:  # docs/discord-facts.md#threads-from-messages
                    raise
                return False
            return True

        return await self._with_a_name(job, create)

    async def _with_a_name(self, job: Job, create: Callable[[str], Awaitable[T]]) -> T:
        """Start a thread under the first of an essay's names that Discord accepts.

        Raises:
            discord.HTTPException: It accepts none, or refuses something else.
        """
        first, *others = thread_names(job.post)
        for name in (first, *others[:-1]):
            try:
                made = await create(name)
            except discord.HTTPException as error:
                if not _is_about_name(error):
                    raise
                continue
            if name != first:
                await self._tell_of_name(job, name)
            return made
        made = await create(others[-1])
        await self._tell_of_name(job, others[-1])
        return made

    async def _tell_of_name(self, job: Job, name: str) -> None:
        guild = job.channel.guild
        say = phrases(str(guild.preferred_locale))
        text = say.other_name.format(title=escape(thread_name(job.post)), name=escape(name))
        await self._notices.add(guild.id, f"name {job.publication.id}", text)

    async def describe(self, job: Job) -> Change:
        """Name the thread as the essay is called now; return what is to be recorded."""
        thread, title = await self.found(job), thread_name(job.post)
        tags: tuple[str, ...] = ()
        changes: dict[str, Any] = {"name": title}
        if isinstance(job.channel, discord.ForumChannel):
            changes["applied_tags"] = job.forum_tags
            tags = tuple(tag.name for tag in changes["applied_tags"])
        try:
            await thread.edit(**changes)
        except discord.HTTPException as error:
            if not _is_about_name(error):
                raise
            await self._tell_of_name(job, thread.name)  # it keeps the name that it has
            del changes["name"]
            if changes:
                await thread.edit(**changes)
        return partial(publications.described, title=title, tags=tags)

    async def lock(self, job: Job, step: Lock) -> list[Change]:
        """Lock or unlock the thread, if the bot may; return what is to be recorded.

        What was said in it stays either way. One that is locked already was locked by a moderator,
        and stays so when the essay is back.
        """
        done: list[Change] = [partial(publications.locked, is_locked=step.locked)]
        if job.channel.permissions_for(job.channel.guild.me).manage_threads:
            thread = await self.found(job)
            if step.locked and step.is_first and thread.locked:
                return [*done, partial(publications.choose_lock, choice="locked")]
            was_archived = thread.archived
            if was_archived:  # or it takes no change (docs/discord-facts.md#archived-threads)
                await thread.edit(archived=False)
            await thread.edit(locked=step.locked, archived=was_archived)
        else:
            log.warning("The thread of %s cannot be locked: allow Manage Threads", job.post.name)
        return done

    async def wake(self, job: Job) -> None:
        """Take a thread out of the archive, so that it can be edited."""
        thread = await self.found(job)
        if thread.archived:
            await thread.edit(archived=False)

    async def found(self, job: Job) -> discord.Thread:
        """Return the thread; discord.py forgets one that is archived, so that it is asked for.

        Raises:
            discord.NotFound: It was deleted.
        """
        thread_id = job.publication.thread_id or 0
        found = job.channel.get_thread(thread_id) or await self._client.fetch_channel(thread_id)
        if not isinstance(found, discord.Thread):
            raise TypeError(f"{thread_id} is no thread.")
        return found


def _is_about_name(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses what a thread is to be called, and nothing else."""
    is_name = re.search(r"^In name\b", error.text, re.MULTILINE) is not None
    return error.code == TITLE_BLOCKED or (error.code == INVALID_FORM and is_name)
