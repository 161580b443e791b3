"""A publication's thread itself: starting it under a name that Discord accepts, naming, locking."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import discord

from bot.core.markup import escape
from bot.core.obstacles import INVALID_FORM, TITLE_BLOCKED
from bot.core.phrases import phrases
from bot.discussion.messages.compose import thread_names
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.notices import Notices
from bot.discussion.permissions import forum_tags
from bot.discussion.publishing.job import Job
from bot.endpoint import one_attempt
from bot.store.ledger import publications
from bot.store.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")

THREAD_EXISTS = 160004
"""Discord's code for a thread that was started before (discord-facts.md, fact 4)."""

WEEK: Final = 10080
"""Minutes until Discord hides a quiet thread: the longest it allows."""


class Threads:
    """Starts threads, and changes what they are called and whether they are locked."""

    def __init__(self, client: discord.Client, store: Store, notices: Notices) -> None:
        self._client = client
        self._store = store
        self._notices = notices

    async def create_post(
        self, job: Job, forum: discord.ForumChannel, message: Outgoing
    ) -> discord.channel.ThreadWithMessage:
        """Start a forum post, with one attempt for each name: it has no nonce (fact 5)."""

        async def create(name: str) -> discord.channel.ThreadWithMessage:
            with one_attempt():
                return await forum.create_thread(
                    name=name,
                    auto_archive_duration=WEEK,
                    applied_tags=forum_tags(forum, job.post),
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
                if error.code != THREAD_EXISTS:
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
        text = say.other_name.format(title=escape(job.thread.title), name=escape(name))
        await self._notices.add(guild.id, f"name {job.publication.id}", text)

    async def describe(self, job: Job) -> None:
        """Name the thread as the essay is called now."""
        thread = await self.found(job)
        await self._store.write(publications.described, job.publication.id, "", ())
        changes: dict[str, Any] = {"name": job.thread.title}
        if isinstance(job.channel, discord.ForumChannel):
            changes["applied_tags"] = forum_tags(job.channel, job.post)
        try:
            await thread.edit(**changes)
        except discord.HTTPException as error:
            if not _is_about_name(error):
                raise
            await self._tell_of_name(job, thread.name)  # it keeps the name that it has
            del changes["name"]
            if changes:
                await thread.edit(**changes)
        await self._store.write(
            publications.described, job.publication.id, job.thread.title, job.thread.tags
        )

    async def lock(self, job: Job, *, locked: bool) -> None:
        """Lock or unlock the thread, if the bot may; what was said in it stays either way."""
        if job.channel.permissions_for(job.channel.guild.me).manage_threads:
            thread = await self.found(job)
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
