"""Publishing: performing the steps of a publication, one after another, until nothing is left."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.markup import CannotShowError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.publication import (
    Describe,
    Done,
    Edit,
    Kind,
    Lock,
    Look,
    Observed,
    OpenThread,
    Publication,
    Start,
    Step,
    Wait,
    Wake,
    next_step,
)
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.messages import compose
from bot.discussion.notices import Notices
from bot.discussion.publishing.job import Job
from bot.discussion.publishing.steps import Steps, intended
from bot.discussion.publishing.threads import Threads
from bot.discussion.publishing.unconfirmed import observe
from bot.endpoint import NO_ANSWER
from bot.store import progress, threads
from bot.store.ledger import publications
from bot.store.ledger.notices import Notice
from bot.store.ledger.prompts import Asked
from bot.store.progress import Change, Decide, Loaded, Next
from bot.store.responses.answers import Answer

log = logging.getLogger(__name__)

ARRIVAL_SECONDS = 5.0
"""So long a request may be on its way to Discord after its sender has gone."""


class Publisher:
    """Brings publications to what their essays want; one step at a time for each of them."""

    def __init__(
        self,
        reader: ThreadReader,
        blog: Blog,
        notices: Notices,
        languages: PlaceLanguages,
        *,
        hears_messages: bool,
    ) -> None:
        self._reader = reader
        self._steps = Steps(reader, Threads(reader.client, notices))
        self._client = reader.client
        self._store = reader.store
        self._collector = reader.collector
        self._blog = blog
        self._languages = languages
        self._hears_messages = hears_messages
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._unanswered: dict[int, float] = {}

    async def advance(self, publication_id: int) -> Wait | Done:
        """Perform every step that can be done now; return why it stopped.

        Safe to call at any time and as often as one likes: what is done stays done.
        """
        async with self._locks[publication_id]:
            loaded = await self._store.write(progress.load, publication_id)
            job = await self._prepare(loaded)
            outcome = await self._perform(job)
            settled = self._settled(job, loaded) if outcome == Done() else None
            waits = outcome if isinstance(outcome, Wait) else None
            notice = _notice(job, waits) if isinstance(job, Job) else None
            now = datetime.now(UTC)
            is_new = await self._store.write(
                progress.finish, publication_id, waits, notice, settled, now
            )
        _log_wait(publication_id, waits, is_new=is_new)
        return outcome

    def _settled(self, job: Job | Wait | Done, loaded: Loaded | None) -> str | None:
        """Return the digest of the post for which nothing is left to do; None if none is known.

        For one that was taken back before anything was sent, that is so until its file changes.
        """
        if isinstance(job, Job):
            return job.post.digest
        if loaded is None or loaded.publication.is_begun:
            return None
        post = self._blog.catalog.by_id(loaded.post_id) or loaded.removed
        return post.digest if post is not None else None

    def turn(self, publication_id: int) -> asyncio.Lock:
        """Return the lock of a publication: who holds it changes its thread alone."""
        return self._locks[publication_id]

    async def is_withdrawn(self, publication_id: int) -> bool:
        """Return whether the essay of a publication is taken back now."""
        loaded = await self._store.read(progress.peek, publication_id)
        if loaded is None:
            return False
        post = self._blog.catalog.by_id(loaded.post_id) or loaded.removed
        return post is not None and self._is_gone(post, loaded)

    async def show_answer(self, publication_id: int, answer_id: int) -> Wait | Done:
        """Show, change or remove one answer, whatever else is to be done in its thread.

        It costs the same however many answers stand there already.
        """
        async with self._locks[publication_id]:
            loaded = await self._store.read(progress.load_answer, publication_id, answer_id)
            if loaded is not None:
                outcome = await self._perform(await self._prepare(loaded))
                waits = outcome if isinstance(outcome, Wait) else None
                is_new = await self._store.write(progress.finish_answer, loaded, waits)
                _log_wait(publication_id, waits, is_new=is_new)
                return outcome
        return await self.advance(publication_id)

    async def _prepare(self, loaded: Loaded | None) -> Job | Wait | Done:
        """Return what is to be done about a publication, with its messages."""
        if loaded is None or loaded.publication.is_over:
            return Done()
        publication = loaded.publication
        channel = self._client.get_channel(publication.channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            channel_name = f"<#{publication.channel_id}>"
            return Wait.on(Obstacle.for_person("no_access", channel=channel_name))
        post = self._blog.catalog.by_id(loaded.post_id) or loaded.removed
        if post is None:  # its file is gone with so many others that the folder is suspected
            return Done()
        gone, answer_id = self._is_gone(post, loaded), loaded.answer_id
        if (gone or loaded.decision == "skip") and not publication.is_begun:
            return Done()  # nothing stands in Discord, and nothing is to
        job = Job(
            publication,
            post,
            channel,
            is_withdrawn=gone,
            answer_id=answer_id,
            tag_map=loaded.tag_map,
        )
        try:
            return await self._compose(job, loaded)
        except CannotShowError as error:
            essay = f"`{post.path}`"
            obstacle = Obstacle.for_person("unshowable", essay=essay, reason=error.reason)
            return replace(job, obstacle=obstacle)

    async def _compose(self, job: Job, loaded: Loaded) -> Job:
        """Have the messages written, off the event loop."""
        post = job.post
        answers: Sequence[Answer] = loaded.answers
        if loaded.answer_id is not None:
            return job.composed_of(compose.shown_answer(post, answer) for answer in answers)
        run = asyncio.get_running_loop().run_in_executor
        if job.is_withdrawn:
            gone = [compose.withdrawn_starter(post, job.publication.id)]
            return await run(None, job.composed_of, [*gone, *compose.shown_answers(post, answers)])
        asked, answers = await self._asked(job.publication, post, loaded)
        text = await self._blog.body(post, datetime.now(UTC))
        guild = job.channel.guild
        there = tuple(role for role in loaded.followers if guild.get_role(role) is not None)

        def composed() -> Job:
            return job.composed_of(
                compose.thread_messages(
                    post,
                    text,
                    asked,
                    answers,
                    publication_id=job.publication.id,
                    how=loaded.body,
                    is_forum=isinstance(job.channel, discord.ForumChannel),
                    hears_messages=self._hears_messages,
                    keeping=loaded.keeping,
                    followers=there,
                )
            )

        return await run(None, composed)

    async def _asked(
        self, publication: Publication, post: Post, loaded: Loaded
    ) -> tuple[Sequence[Asked], Sequence[Answer]]:
        """Return what is asked now, and the answers that are to be shown."""
        wanted, living, now = compose.prompts_for(post), loaded.prompts, datetime.now(UTC)
        is_same = {prompt.text for prompt in living} == {prompt.text for prompt in wanted}
        if is_same and all(prompt.sealed_as(post, None, now) == prompt.seal for prompt in living):
            return [prompt for prompt in living if not prompt.is_withdrawn], loaded.answers
        return await self._store.write(progress.ask_anew, publication.id, post, wanted, now)

    def _is_gone(self, post: Post, loaded: Loaded) -> bool:
        """Return whether an essay was taken back, by its author or by a moderator."""
        return loaded.decision == "withdraw" or self._is_withdrawn(post)

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
        if job.obstacle is not None:
            return Wait.on(job.obstacle)
        with ExitStack() as holding:
            return await self._work(job, holding)

    async def _work(self, job: Job, holding: ExitStack) -> Wait | Done:
        """Take step after step; what one proves and what the next intends is one write.

        Args:
            holding: Keeps events of unknown threads from the moment at which one is started.
        """
        observed: Observed | None = None
        confirmed: Sequence[Change] = ()
        is_awake = False
        while True:
            decide = self._decide(job, observed, is_awake=is_awake)
            job, step = await self._record(job, confirmed, decide)
            confirmed = ()
            holding.close()
            if isinstance(step, OpenThread) or (step == Start() and job.publication.is_forum):
                holding.enter_context(self._collector.starting())
            if isinstance(step, (Wait, Done)):
                return step
            try:
                if isinstance(step, Look):
                    observed = await self._look(job)
                else:
                    await self._let_change_arrive(job, step)
                    confirmed = await self._steps.perform(step, job)
                    is_awake |= isinstance(step, Wake)
            except NotShownError:
                return Wait.on(Obstacle("not_shown_to_us"))
            except NO_ANSWER as error:
                log.info("Discord did not answer (%s)", type(error).__name__)
                self._unanswered[job.publication.id] = asyncio.get_running_loop().time()
                return Wait.on(Obstacle("no_answer"))
            except discord.HTTPException as error:
                refusal = await self._steps.refused(step, job, error, observed)
                if refusal.is_thread_gone:
                    self._collector.delete_thread(job.publication.thread_id or 0, "concluded")
                    await self._collector.settle()
                if refusal.outcome is not None:
                    return await self._stop(job, refusal.changes, refusal.outcome)
                confirmed = refusal.changes

    def _decide(self, job: Job, observed: Observed | None, *, is_awake: bool) -> Decide:
        """Return what decides about the next step, by what is seen now of Discord."""
        circumstances = job.circumstances(is_awake=is_awake)
        thread, newest = job.thread, job.newest_known()

        def decide(publication: Publication) -> tuple[Next, Sequence[Change]]:
            now = job.of(publication)
            step = next_step(publication, now.wanted, observed, thread, circumstances)
            return step, intended(step, now, newest)

        return decide

    async def _record(
        self, job: Job, confirmed: Sequence[Change], decide: Decide
    ) -> tuple[Job, Step | Wait | Done]:
        """Write to the ledger, and begin to collect a thread that it has now."""
        publication, step = await self._store.write(
            progress.record, job.publication.id, job.answer_id, confirmed, decide
        )
        if job.publication.thread_id is None and publication.thread_id is not None:
            self._collector.track(publication.thread_id, job.home)
            self._languages.add(publication.thread_id, job.post.lang)
            log.info("Started the thread of %s in #%s", job.post.name, job.channel.name)
        return job.of(publication), step

    async def _stop(self, job: Job, changes: Sequence[Change], outcome: Wait | Done) -> Wait | Done:
        if changes:
            await self._record(job, changes, lambda _publication: (outcome, ()))
        return outcome

    async def _look(self, job: Job) -> Observed:
        await self._let_arrive(job)
        known = await self._store.read(threads.threads)
        return await observe(
            self._reader, job.channel, job.publication, job.messages, known_threads=known
        )

    async def _let_change_arrive(self, job: Job, step: Step) -> None:
        """Wait until a change that Discord did not answer would have arrived.

        It may be on its way still, and would undo the newer change that is made now.
        """
        if isinstance(step, (Edit, Describe, Lock)):
            sent_at = self._unanswered.pop(job.publication.id, -ARRIVAL_SECONDS)
            age = asyncio.get_running_loop().time() - sent_at
            await asyncio.sleep(max(0.0, ARRIVAL_SECONDS - age))

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


def _log_wait(publication_id: int, waits: Wait | None, *, is_new: bool) -> None:
    if is_new and waits is not None:
        log.warning("Publication %s waits: %s", publication_id, waits.reason)


def _notice(job: Job, waits: Wait | None) -> Notice | None:
    """Return what moderators are told, in their server's language, if it waits for them."""
    obstacle = waits.obstacle if waits is not None else None
    if obstacle is None or not obstacle.needs_person:
        return None
    guild = job.channel.guild
    key = publications.notice_key(job.publication.id)
    return Notice(key, guild.id, obstacle.sentence(phrases(str(guild.preferred_locale))))
