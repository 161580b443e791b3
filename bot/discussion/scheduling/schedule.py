"""When essays get their threads: first run, pace, shelf, and the guard against floods."""

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.custom_ids import nonce
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post
from bot.core.publishing.due import (
    FirstRun,
    Plan,
    due_for_thread,
    is_public,
    plan_first_run,
    plan_next,
)
from bot.core.publishing.publication import Done, Wait
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.messages.compose import prompts_for
from bot.discussion.messages.moderators import hold_notice
from bot.discussion.notices import Notices
from bot.discussion.permissions import lacks, may_read
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.publishing.recovery import recover
from bot.store import threads
from bot.store.ledger import channels, planning, publications
from bot.store.ledger.channels import Channel, Decision, Hold
from bot.store.ledger.planning import Agenda, Situation

log = logging.getLogger(__name__)


class Schedule:
    """Decides for every channel what starts now, and has the publisher do it."""

    def __init__(
        self,
        reader: ThreadReader,
        blog: Blog,
        publisher: Publisher,
        notices: Notices,
        languages: PlaceLanguages,
        *,
        first_run: FirstRun,
    ) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._blog = blog
        self._publisher = publisher
        self._notices = notices
        self._languages = languages
        self._first_run = first_run
        self._unread: set[int] = set()
        self._searched: set[int] = set()
        self._running = asyncio.Lock()

    async def run(self) -> None:
        """Do all that is due, in every channel; safe to call at any time."""
        async with self._running:
            await self._expire(datetime.now(UTC))
            guilds = [guild.id for guild in self._client.guilds if not guild.unavailable]
            agenda = await self._store.read(planning.agenda, guilds)
            for situation in agenda.channels:
                await self._plan_in(situation)
            resting = self._resting(agenda, datetime.now(UTC))
            for publication_id in agenda.unfinished:
                if publication_id not in resting:
                    await self._go_on(publication_id)
            await self._notices.deliver()

    def _resting(self, agenda: Agenda, now: datetime) -> set[int]:
        """Return the publications whose start has to wait: for quiet hours, or their selection."""
        by_id = self._blog.catalog.by_id
        resting: set[int] = set()
        for situation in agenda.channels:
            channel = situation.channel
            quiet = channel.quiet_hours(self._blog.zone)
            is_quiet = quiet is not None and quiet.cover(now)
            for publication_id, post_id in situation.not_begun.items():
                post = by_id(post_id)
                if is_quiet or (post is not None and not channel.selection.takes(post)):
                    resting.add(publication_id)
        return resting

    async def _plan_in(self, situation: Situation) -> None:
        """Do what is due in a channel; what goes wrong in one does not stop the others."""
        channel = situation.channel
        place = self._client.get_channel(channel.id)
        if not isinstance(place, (discord.TextChannel, discord.ForumChannel)):
            return
        if place.guild.id != channel.guild_id:
            return  # it was named in the terminal, by its id alone (`Guilds.join`)
        if not channel.is_open and not may_read(place):
            # threads of a lost database may stand there: without a look they would start again
            if channel.id not in self._unread:
                refusal = lacks(place)
                log.warning("%s", refusal.sentence() if refusal else "")
            self._unread.add(channel.id)
            return
        self._unread.discard(channel.id)
        try:
            is_held = await self._plan(situation, datetime.now(UTC))
            if is_held or situation.holds:
                await self._ask_about_holds(channel)
        except sqlite3.Error:
            raise
        except NotShownError as error:
            log.warning("Channel %s waits: %s", channel.id, error)
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault in channel %s; the others go on", channel.id)

    async def _go_on(self, publication_id: int) -> None:
        """Take a publication further; what goes wrong with one does not stop the others."""
        try:
            await self._publisher.advance(publication_id)
        except sqlite3.Error:
            raise
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault in publication %s; the others go on", publication_id)

    async def discuss(
        self, channel: Channel, post: Post, moderator_id: int, *, was_held: bool = False
    ) -> tuple[Wait | Done, int | None]:
        """Start an essay's thread because a moderator asks for it, whatever the pace.

        Args:
            was_held: They asked for all that was held, and it is among that.

        Returns:
            Why it stopped, and the thread in which the essay is discussed in the guild now.
        """
        publication_id = await self._store.write(
            publications.intend,
            channel.id,
            post,
            prompts_for(post),
            asked_by=moderator_id,
            now=datetime.now(UTC),
            was_held=was_held,
        )
        outcome = await self._publisher.advance(publication_id)
        essay = post.essay_id or 0
        discussed = await self._store.read(threads.in_guild, channel.guild_id, [essay])
        return outcome, discussed[essay].thread_id if essay in discussed else None

    async def decide(
        self, guild_id: int, hold_id: int, decision: Decision, moderator_id: int, say: Phrases
    ) -> Hold:
        """Record what a moderator decided about essays that were held; return these.

        Raises:
            AfterwordError: That was decided already, or essays are discussed elsewhere now.
        """
        try:
            held = await self._store.write(
                channels.decide,
                hold_id,
                decision,
                moderator_id,
                datetime.now(UTC),
                guild_id=guild_id,
            )
        except LookupError as error:
            raise AfterwordError(say.held_elsewhere) from error
        if held is None:
            raise AfterwordError(say.decided_already)
        return held

    async def start_held(self, held: Hold, moderator_id: int) -> None:
        """Start the essays of a hold that a moderator let go."""
        channel = await self._store.read(channels.get_channel, held.channel_id)
        posts = [
            post
            for post in self._blog.catalog.posts
            if channel and post.lang == channel.lang and post.essay_id in held.essays
        ]
        for post in sorted(posts, key=lambda post: (post.due is not None, post.due, post.slug)):
            if channel:
                await self.discuss(channel, post, moderator_id, was_held=True)

    async def _expire(self, now: datetime) -> None:
        """Let the essays whose time is over be withdrawn; no file changes when that happens."""
        over = [
            post.id
            for post in self._blog.catalog.posts
            if post.id and post.expires is not None and post.expires <= now
        ]
        if over:
            await self._store.write(publications.unsettle_expired, over)

    async def _plan(self, situation: Situation, now: datetime) -> bool:
        """Decide what starts now and start it; return whether something is held."""
        channel = situation.channel
        due = self._due(situation, now)
        if not due and channel.is_open:
            return False
        plan = await self._decide(situation, due, now)
        if plan is None:
            return False
        asking = {post: prompts_for(post) for post in plan.start}
        started = await self._store.write(planning.record_plan, channel.id, plan, asking, now)
        if not channel.is_open:
            size = await self._store.read(channels.shelf_size, channel.id)
            log.info(
                "First run in channel %s: %s to start, %s on the shelf, %s held",
                channel.id,
                len(started),
                size,
                len(plan.hold),
            )
        for publication_id in started:
            await self._go_on(publication_id)
        return bool(plan.hold)

    def _due(self, situation: Situation, now: datetime) -> list[Post]:
        channel, posts = situation.channel, self._blog.catalog.posts
        return due_for_thread(posts, channel.lang, situation.known, now, channel.selection)

    def outlook(self, situation: Situation, now: datetime) -> tuple[list[Post], Plan]:
        """Return the essays that are due in a channel, and what would be done about them now."""
        due, channel = self._due(situation, now), situation.channel
        quiet = channel.quiet_hours(self._blog.zone)
        return due, plan_next(due, channel.pace, situation.starts, now, quiet)

    async def _decide(self, situation: Situation, due: list[Post], now: datetime) -> Plan | None:
        """Return what to do about the essays that are due; None while a first run has to wait."""
        channel = situation.channel
        quiet = channel.quiet_hours(self._blog.zone)
        if channel.is_open:
            return plan_next(due, channel.pace, situation.starts, now, quiet)
        is_quiet = quiet is not None and quiet.cover(now)
        if is_quiet and channel.id in self._searched:
            return None
        found = await self._recover(channel)
        self._searched.add(channel.id)
        if found:
            return Plan(shelve=tuple(due))
        return None if is_quiet else plan_first_run(due, self._first_run)

    async def _recover(self, channel: Channel) -> int:
        """Find our threads again in a channel that this database does not know yet."""
        place = self._client.get_channel(channel.id)
        if not isinstance(place, (discord.TextChannel, discord.ForumChannel)):
            return 0
        found = await recover(self._reader, self._blog, place, channel.lang)
        await self._languages.load()
        return found

    async def _ask_about_holds(self, channel: Channel) -> None:
        for held in await self._store.read(channels.holds, channel.id):
            if held.is_asked:
                continue
            guild = self._client.get_guild(channel.guild_id)
            where = await self._notices.channel(guild) if guild else None
            if guild is None or where is None:
                log.warning(
                    "%s essays would start at once in channel %s and are held. Type /setup there "
                    "to decide, and name a channel for such notices.",
                    len(held.essays),
                    channel.id,
                )
                await self._store.write(channels.asked_about, held.id, 0)
                continue
            once = nonce(held.id, "hold", 0)  # it may have been sent, and its answer been lost
            notice = hold_notice(held, phrases(str(guild.preferred_locale)))
            sent = await where.send(**notice.arguments(), nonce=once, silent=True)
            await self._store.write(channels.asked_about, held.id, sent.id)


def refuse_to_discuss(channel: Channel, post: Post, say: Phrases) -> None:
    """Make sure that an essay can be discussed in a channel.

    Raises:
        AfterwordError: It is in another language, or not public.
    """
    if post.lang != channel.lang:
        place = f"<#{channel.id}>"
        raise AfterwordError(
            say.other_language.format(channel=place, lang=channel.lang, other=post.lang)
        )
    if not is_public(post, datetime.now(UTC)):
        raise AfterwordError(say.not_public)
