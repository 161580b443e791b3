"""A moderator looks at what is to be published, and decides about an essay."""

from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.markup import escape, one_line
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.outlook import written_ahead
from bot.core.publishing.publication import Done, Wait
from bot.core.text.folding import fold
from bot.discussion.messages.plan import Line, moment, reason_shown
from bot.discussion.messages.private import thread_url
from bot.discussion.permissions import require_moderator_of
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.scheduling.schedule import Schedule
from bot.store.ledger import channels, decisions, planning, publications
from bot.store.ledger.channels import Channel
from bot.store.ledger.decisions import Essay, Verb
from bot.store.store import Store

TYPED = 80
"""Code points of what was typed, in a sentence about it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The channel in which a guild discusses essays, and those that moderators withdrew there."""

    channel: Channel
    withdrawn: frozenset[int]

    def refuse_withdrawn(self, post: Post, say: Phrases) -> None:
        """Make sure that no moderator withdrew an essay.

        Raises:
            AfterwordError: One did.
        """
        if post.essay_id in self.withdrawn:
            raise AfterwordError(say.essay_withdrawn.format(essay=f"**{escape(post.title)}**"))


def _ground(db: Database, guild_id: int) -> Ground | None:
    settled = channels.channels(db, guild_id)
    if not settled:
        return None
    decided = decisions.decided_essays(db, settled[0].id)
    withdrawn = frozenset(essay for essay, (kind, *_) in decided.items() if kind == "withdraw")
    return Ground(settled[0], withdrawn)


class PlanModeration:
    """Records what moderators decide about essays, and has it done."""

    def __init__(self, store: Store, blog: Blog, publisher: Publisher, schedule: Schedule) -> None:
        self._store = store
        self._blog = blog
        self._publisher = publisher
        self._schedule = schedule

    async def channel(self, interaction: discord.Interaction[Any], say: Phrases) -> Channel:
        """Return the channel in which a guild discusses essays, to a moderator of it.

        Raises:
            AfterwordError: None is set up, or they may not manage its threads.
        """
        return (await self.ground(interaction, say)).channel

    async def essay(self, channel: Channel, name: str, say: Phrases) -> Essay:
        """Return the essay that is called so.

        Raises:
            AfterwordError: None is.
        """
        found = await self._store.read(decisions.named, channel.id, name)
        if found is None:
            raise AfterwordError(say.essay_unknown.format(text=one_line(name, TYPED)))
        return found

    async def offered(self, channel: Channel, verb: Verb, typed: str) -> list[Essay]:
        """Return the essays that may be meant, for what has been typed of their titles."""
        found = await self._store.read(decisions.essays, channel.id, verb)
        if verb == "skip":
            found = [one for one in found if self._may_start(one)]
        return [one for one in found if fold(typed.strip()) in fold(one.title)]

    async def skip(self, channel: Channel, essay: Essay, by: int, say: Phrases) -> str:
        """Keep an essay from starting by itself, until its text changes; return what to say.

        Raises:
            AfterwordError: It has begun.
        """
        if essay.publication_id is not None:
            begun = await self._store.read(publications.get_publication, essay.publication_id)
            if begun is not None and begun.is_begun:
                raise AfterwordError(say.skip_has_thread.format(essay=_called(essay)))
        await self._decide(channel, essay, "skip", by)
        return say.skipped.format(essay=_called(essay))

    async def withdraw(self, channel: Channel, essay: Essay, by: int, say: Phrases) -> str:
        """Take an essay out of its thread, until its text changes; return what to say.

        Raises:
            AfterwordError: It has no thread, or none any more.
        """
        if essay.is_over:
            raise AfterwordError(say.essay_over.format(essay=_called(essay)))
        if essay.publication_id is None or essay.thread_id is None:
            raise AfterwordError(say.withdraw_no_thread.format(essay=_called(essay)))
        await self._decide(channel, essay, "withdraw", by)
        outcome = await self._publisher.advance(essay.publication_id)
        if isinstance(outcome, Wait):
            reason = _reason(outcome, say)
            return say.withdraw_waits.format(essay=_called(essay), reason=reason)
        return say.withdrawn_essay.format(essay=_called(essay))

    async def retry(self, channel: Channel, essay: Essay, by: int, say: Phrases) -> str:
        """Take back what was decided about an essay, and try it now; return what to say.

        Raises:
            AfterwordError: Its thread was deleted.
        """
        if essay.is_over:
            raise AfterwordError(say.essay_over.format(essay=_called(essay)))
        now = datetime.now(UTC)
        await self._store.write(decisions.retry, channel.id, essay, by, now)
        if essay.publication_id is None:
            await self._schedule.run()
            return await self._tried(channel, essay, Done(), say)
        outcome = await self._publisher.advance(essay.publication_id)
        return await self._tried(channel, essay, outcome, say)

    async def _tried(
        self, channel: Channel, essay: Essay, outcome: Wait | Done, say: Phrases
    ) -> str:
        if isinstance(outcome, Wait):
            return say.retried_waits.format(essay=_called(essay), reason=_reason(outcome, say))
        known = await self._store.read(decisions.named, channel.id, f"#{essay.post_id}")
        if known is None or known.thread_id is None:
            return say.retried_due.format(essay=_called(essay))
        url = thread_url(channel.guild_id, known.thread_id)
        return say.retried.format(essay=_called(essay), url=url)

    async def ground(self, interaction: discord.Interaction[Any], say: Phrases) -> Ground:
        """Return where a moderator may have an essay discussed.

        Raises:
            AfterwordError: No channel is set up, or they may not manage its threads.
        """
        found = await self._store.read(_ground, interaction.guild_id or 0)
        if found is None:
            raise AfterwordError(say.no_channel)
        require_moderator_of(interaction, found.channel.id, say)
        return found

    async def overview(self, channel: Channel, say: Phrases) -> list[Line]:
        """Return how the essays of a channel stand, those first that need somebody."""
        read, now = self._store.read, datetime.now(UTC)
        every = {one.id: one for one in await read(decisions.essays, channel.id)}
        situation = await read(planning.situation, channel)
        shelf = await read(channels.shelf, channel.id)
        decided = await read(decisions.decided_essays, channel.id)
        lines = [line async for line in self._waiting(channel, every, decided, say)]
        held = [essay for hold in situation.holds for essay in hold.essays]
        lines += [Line(say.plan_held, every[e].title, say.plan_asked) for e in held if e in every]
        lines += self._next(situation, now, say)
        for essay, (kind, by, _) in decided.items():
            state = say.plan_skipped if kind == "skip" else say.plan_withdrawn
            who = f"<@{by}>" if by else say.somebody
            lines.append(Line(state, every[essay].title, say.plan_by.format(who=who)))
        lines += [
            Line(say.plan_withdrawn, one.title, say.plan_file_gone)
            for one in every.values()
            if one.thread_id and not one.is_over and not self._is_there(one)
        ]
        on_shelf = [one for one in every.values() if one.id in shelf and self._may_start(one)]
        return lines + [
            Line(say.plan_shelf, one.title)
            for one in on_shelf
            if one.publication_id is None and one.decision is None
        ]

    async def _waiting(
        self, channel: Channel, every: dict[int, Essay], decided: Collection[int], say: Phrases
    ) -> AsyncIterator[Line]:
        found = await self._store.read(publications.waiting, channel.guild_id)
        waiting = [one for one in found if one.essay_id not in decided]
        for one in sorted(waiting, key=lambda one: not _needs_person(one.obstacle)):
            reason = one.obstacle.sentence(say) if one.obstacle else one.reason
            state = say.plan_failed if _needs_person(one.obstacle) else say.plan_waiting
            title = every[one.essay_id].title if one.essay_id in every else one.post
            yield Line(state, title, reason_shown(reason))

    def _next(self, situation: planning.Situation, now: datetime, say: Phrases) -> Iterator[Line]:
        """Yield what starts by itself: now, when its turn comes, or on its date."""
        due, plan = self._schedule.outlook(situation, now)
        waits = [post for post in due if post not in {*plan.shelve, *plan.hold, *plan.start}]
        for post in plan.start:
            yield Line(say.plan_next, post.title, say.plan_soon)
        for post in waits:
            yield Line(say.plan_next, post.title, moment(plan.again) if plan.again else "")
        channel, posts = situation.channel, self._blog.catalog.posts
        later = written_ahead(posts, channel.lang, situation.known, channel.selection, now)
        for day, post in later:
            yield Line(say.plan_later, post.title, moment(day, "D"))

    async def _decide(
        self, channel: Channel, essay: Essay, decision: decisions.Kind, by: int
    ) -> None:
        now = datetime.now(UTC)
        await self._store.write(decisions.decide, channel.id, essay, decision, by, now)

    def _is_there(self, essay: Essay) -> bool:
        post = self._blog.catalog.by_id(essay.post_id)
        return post is not None and (post.kind, post.draft) == ("essay", False)

    def _may_start(self, essay: Essay) -> bool:
        """Return whether an essay would start by itself some day, or on request."""
        post = self._blog.catalog.by_id(essay.post_id)
        expires = post.expires if post is not None else None
        return self._is_there(essay) and (expires is None or expires > datetime.now(UTC))


def _called(essay: Essay) -> str:
    return f"**{escape(essay.title)}**"


def _reason(waits: Wait, say: Phrases) -> str:
    return waits.obstacle.sentence(say) if waits.obstacle else waits.reason


def _needs_person(obstacle: Obstacle | None) -> bool:
    return obstacle is not None and obstacle.needs_person
