"""Publishing: performing the steps of a publication, one after another, until nothing is left."""

import asyncio
import logging
from collections import defaultdict
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.markup import CannotShowError
from bot.core.obstacles import Obstacle
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.core.publication import (
    Describe,
    Done,
    Edit,
    Kind,
    Look,
    Observed,
    Publication,
    Start,
    Step,
    Wait,
    next_step,
)
from bot.discussion.collecting.catch_up import Reading
from bot.discussion.collecting.existence import NotShownError
from bot.discussion.messages import compose
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.notices import Notices
from bot.discussion.permissions import Channel, lacks, lacks_tag
from bot.discussion.publishing.doubt import observe
from bot.discussion.publishing.job import Job
from bot.discussion.publishing.steps import Steps
from bot.discussion.publishing.threads import Threads
from bot.endpoint import NO_ANSWER
from bot.store import threads
from bot.store.content.posts import removed_post
from bot.store.ledger import channels, prompts, publications
from bot.store.ledger.prompts import Asked
from bot.store.responses import answers

log = logging.getLogger(__name__)

ARRIVAL_SECONDS = 5.0
"""So long a request may be on its way to Discord after its sender has gone."""


class Publisher:
    """Brings publications to what their essays want; one step at a time for each of them."""

    def __init__(
        self, reading: Reading, blog: Blog, notices: Notices, *, hears_messages: bool
    ) -> None:
        self._reading = reading
        self._notices = notices
        self._threads = Threads(reading.client, reading.store, notices)
        self._steps = Steps(reading, self._threads)
        self._client = reading.client
        self._store = reading.store
        self._blog = blog
        self._hears_messages = hears_messages
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def advance(self, publication_id: int) -> Wait | Done:
        """Perform every step that can be done now; return why it stopped.

        Safe to call at any time and as often as one likes: what is done stays done.
        """
        async with self._locks[publication_id]:
            job = await self._prepare(publication_id)
            outcome = await self._perform(job)
            if isinstance(job, Job) and isinstance(outcome, Done) and job.grows:
                job = await self._prepare(publication_id)
                outcome = await self._perform(job)
            waits = outcome if isinstance(outcome, Wait) else None
            is_new = await self._store.write(publications.wait_for, publication_id, waits)
            if is_new and waits is not None:
                log.warning("Publication %s waits: %s", publication_id, waits.reason)
            await self._tell(publication_id, job, outcome)
            if isinstance(job, Job) and isinstance(outcome, Done):
                await self._store.write(publications.settle, publication_id, job.post.digest)
        return outcome

    async def _tell(
        self, publication_id: int, job: Job | Wait | Done, outcome: Wait | Done
    ) -> None:
        """Have moderators told what waits for them, once, in their server's language."""
        obstacle = outcome.obstacle if isinstance(outcome, Wait) else None
        key = f"publication {publication_id}"
        if not isinstance(job, Job) or obstacle is None or not obstacle.needs_person:
            await self._notices.resolve(key)
            return
        guild = job.channel.guild
        say = phrases(str(guild.preferred_locale))
        if obstacle.phrase == "lacking":
            obstacle = lacks(job.channel, say) or obstacle
        await self._notices.add(guild.id, key, obstacle.sentence(say))

    async def _prepare(self, publication_id: int) -> Job | Wait | Done:
        publication = await self._store.write(publications.begin, publication_id)
        if publication is None or publication.is_over:
            return Done()
        channel = self._client.get_channel(publication.channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            values = (("channel", f"<#{publication.channel_id}>"),)
            return _wait_for(Obstacle("no_access", needs_person=True, values=values))
        post = await self._post(publication_id)
        if post is None:
            return Done()
        is_withdrawn = self._is_withdrawn(post)
        try:
            messages = await self._compose(publication, post, channel, is_withdrawn=is_withdrawn)
        except CannotShowError as error:
            place = (("essay", f"`{post.path}`"), ("reason", error.reason))
            obstacle = Obstacle("unshowable", needs_person=True, values=place)
            return Job(publication, post, channel, (), is_withdrawn, obstacle)
        return Job(publication, post, channel, tuple(messages), is_withdrawn)

    async def _post(self, publication_id: int) -> Post | None:
        """Return the post of a publication: as the blog has it, or as it was before it went.

        None if its file is gone with so many others that the folder is suspected.
        """
        post_id = await self._store.read(publications.post_of, publication_id)
        if post_id is None:
            return None
        return self._blog.catalog.by_id(post_id) or await self._store.read(removed_post, post_id)

    def _is_withdrawn(self, post: Post) -> bool:
        """Return whether an essay was taken back: its file is gone, a draft again, or expired.

        A new date withdraws nothing.
        """
        is_there = post.id is not None and self._blog.catalog.by_id(post.id) is not None
        is_over = post.expires is not None and post.expires <= datetime.now(UTC)
        return not is_there or post.draft or is_over or post.kind != "essay"

    async def _perform(self, job: Job | Wait | Done) -> Wait | Done:
        if not isinstance(job, Job):
            return job
        return await self._work(job) if job.obstacle is None else _wait_for(job.obstacle)

    async def _work(self, job: Job) -> Wait | Done:
        observed: Observed | None = None
        wanted = [message.wanted for message in job.messages]
        while True:
            step = next_step(job.publication, wanted, observed, job.thread)
            if isinstance(step, (Wait, Done)):
                return step
            if waits := _obstacle(step, job):
                return waits
            try:
                if job.is_withdrawn and _is_in_sleeping_thread(step, job):
                    await self._threads.wake(job)
                if isinstance(step, Look):
                    observed = await self._look(job)
                else:
                    await self._steps.perform(step, job)
            except NotShownError as error:
                return Wait(str(error))
            except NO_ANSWER as error:
                log.info("Discord did not answer (%s)", type(error).__name__)
                return _wait_for(Obstacle("no_answer"))
            except discord.HTTPException as error:
                outcome = await self._steps.refused(step, job, error, observed)
                if outcome is not None:
                    return outcome
            job = await self._reread(job)

    async def _reread(self, job: Job) -> Job:
        publication = await self._store.read(publications.get_publication, job.publication.id)
        return job.of(publication or job.publication)

    async def _look(self, job: Job) -> Observed:
        await self._let_arrive(job)
        known = await self._store.read(threads.threads)
        return await observe(
            self._reading, job.channel, job.publication, job.messages, known_threads=known
        )

    async def _let_arrive(self, job: Job) -> None:
        """Wait until what was sent last would have arrived, where sending again would double it.

        A request may be on its way though its sender died. A message of a text channel is
        protected by its nonce; a forum post is not, nor what is not wanted any more.
        """
        wanted = {message.key for message in job.messages}
        now = datetime.now(UTC)
        for sent in job.publication.messages:
            is_post = sent.kind is Kind.STARTER and job.publication.is_forum
            if sent.is_in_doubt and sent.since and (is_post or sent.key not in wanted):
                age = (now - sent.since).total_seconds()
                await asyncio.sleep(max(0.0, min(ARRIVAL_SECONDS - age, ARRIVAL_SECONDS)))

    async def _compose(
        self, publication: Publication, post: Post, channel: Channel, *, is_withdrawn: bool
    ) -> list[Outgoing]:
        shown = await self._store.read(answers.shown_answers, publication.id)
        said = [compose.shown_answer(post, answer) for answer in shown]
        if is_withdrawn:
            return [compose.withdrawn_starter(post, publication.id), *said]
        asked = await self._asked(publication, post)
        settled = await self._store.read(channels.get_channel, channel.id)
        how = settled.body if settled else "auto"
        text = await self._blog.body(post, datetime.now(UTC))
        is_forum = isinstance(channel, discord.ForumChannel)
        body = await asyncio.get_running_loop().run_in_executor(
            None, lambda: compose.body(post, text, how, is_forum=is_forum)
        )
        body = compose.link_continuation(post, publication, channel.guild.id, body)
        starter = compose.starter(post, publication.id, asked, hears_messages=self._hears_messages)
        return [
            starter,
            *body,
            *compose.prompts(post, publication.id, asked),
            *said,
        ]

    async def _asked(self, publication: Publication, post: Post) -> list[Asked]:
        living = await self._store.read(prompts.living, publication.id)
        now = compose.prompts_for(post)
        if {prompt.text for prompt in living} == {prompt.text for prompt in now}:
            return [prompt for prompt in living if not prompt.is_withdrawn]
        return await self._store.write(
            prompts.record_prompts, publication.id, post, now, datetime.now(UTC)
        )


def _wait_for(obstacle: Obstacle) -> Wait:
    return Wait(obstacle.sentence(), obstacle)


def _obstacle(step: Step, job: Job) -> Wait | None:
    """Return what is in the way of a step, as far as can be seen without trying it.

    Nothing can be edited in an archived thread. discord.py forgets a thread when it is archived, so
    that one it does not know is asleep. What takes text away does not wait.
    """
    if refusal := lacks(job.channel):
        return _wait_for(refusal)
    if isinstance(step, Start) and lacks_tag(job.channel, job.post):
        values = (("channel", f"#{job.channel.name}"),)
        return _wait_for(Obstacle("tag_required", needs_person=True, values=values))
    if not job.is_withdrawn and _is_in_sleeping_thread(step, job):
        return _wait_for(Obstacle("thread_asleep"))
    return None


def _is_in_sleeping_thread(step: Step, job: Job) -> bool:
    is_in_thread = isinstance(step, Describe) or (
        isinstance(step, Edit)
        and (step.key[0] is not Kind.STARTER or isinstance(job.channel, discord.ForumChannel))
    )
    return is_in_thread and job.channel.get_thread(job.publication.thread_id or 0) is None
