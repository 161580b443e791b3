"""Looking up what somebody asks for: an essay, its pages, and how it stands in their guild."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.links import embed_link
from bot.core.markup import pages, render
from bot.core.post import Post
from bot.core.publishing.due import is_public
from bot.core.text.folding import fold
from bot.discussion.messages.private import Standing
from bot.discussion.permissions import is_moderator
from bot.store import threads
from bot.store.ledger import channels, prompts, publications, thread_requests
from bot.store.store import Store


class PlaceLanguages:
    """The languages of channels and threads, in memory: a keystroke waits for no disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, str] = {}

    async def load(self) -> None:
        """Take over what the store knows, at first and after a channel was set up."""
        self._known = await self._store.read(threads.languages)

    def add(self, thread_id: int, lang: str) -> None:
        """Take note of a thread that was started."""
        self._known[thread_id] = lang

    def of_place(self, channel_id: int | None) -> str | None:
        """Return the language of a channel or thread; None if it is none of ours."""
        return self._known.get(channel_id or 0)

    def of(self, interaction: discord.Interaction[Any]) -> tuple[str, ...]:
        """Return the languages in which a slug is looked up: of this place, then the reader's."""
        here = self._known.get(interaction.channel_id or 0)
        locale = str(interaction.locale).lower()
        reader = (locale, locale.split("-")[0])
        return tuple(dict.fromkeys([here, *reader] if here else reader))


CHOICE = 100
"""Code points of a choice's value (docs/discord-facts.md#choices-while-typing)."""


def choice_of(post: Post) -> str:
    """Return what finds an offered post again; a slug that is too long is found by its id."""
    return post.name if len(post.name) <= CHOICE else f"#{post.id}"


def tag_of(blog: Blog, langs: tuple[str, ...], digest: str) -> str | None:
    """Return the tag that a button names by its digest; None if no essay has it any more."""
    tags = blog.catalog.tags(langs, now=datetime.now(UTC))
    return next((name for name, _ in tags if custom_ids.digest(fold(name)) == digest), None)


async def post_of(store: Store, blog: Blog, publication_id: int) -> Post | None:
    """Return the post that a publication discusses, as the blog has it now."""
    post_id = await store.read(publications.post_of, publication_id)
    return None if post_id is None else blog.catalog.by_id(post_id)


async def read_pages(blog: Blog, post: Post) -> tuple[str, ...]:
    """Return a post as private pages, rendered off the event loop."""
    text = await blog.body(post, datetime.now(UTC))
    address = embed_link(post.url)
    return await asyncio.get_running_loop().run_in_executor(
        None, lambda: pages(render(text.markdown, address=address, find_note=text.find_note))
    )


async def standing(store: Store, interaction: discord.Interaction[Any], post: Post) -> Standing:
    """Return how a post's essay stands in the guild where somebody asks."""
    guild_id = interaction.guild_id or 0
    found = await store.read(threads.in_guild, guild_id, [post.essay_id or 0])
    place = found.get(post.essay_id or 0)
    if place is not None:
        asked = tuple(await store.read(prompts.asked, place.publication_id))
        return Standing(guild_id, place, asked)
    settled = await store.read(channels.channels, guild_id)
    can_start = any(channel.lang == post.lang for channel in settled)
    may_start = can_start and is_moderator(interaction)
    settings = await store.read(channels.get_guild, guild_id)
    may_ask = can_start and settings.requests and is_public(post, datetime.now(UTC))
    return Standing(guild_id, may_start=may_start, may_ask=may_ask and not may_start)


async def undiscussed(
    store: Store, blog: Blog, guild_id: int, typed: str
) -> list[tuple[Post, int]]:
    """Return essays that have no thread in a guild yet, for what has been typed of their titles.

    Each comes with how many readers asked for its thread; those that most asked for are first.
    """
    settled = await store.read(channels.channels, guild_id)
    langs = tuple(channel.lang for channel in settled)
    now = datetime.now(UTC)
    found = blog.catalog.complete_posts(typed, langs, now=now, limit=100)
    counts = await store.read(thread_requests.counts, guild_id)
    if counts and not typed.strip():  # else what is asked for may not be among the newest
        wanted = [post for post in blog.catalog.shelf(langs, now=now).posts if post not in found]
        found += [post for post in wanted if post.essay_id in counts]
    essays = [post.essay_id for post in found if post.essay_id is not None]
    discussed = await store.read(threads.in_guild, guild_id, essays)
    free = [post for post in found if post.essay_id not in discussed and post.lang in langs]
    return sorted(
        ((post, counts.get(post.essay_id or 0, 0)) for post in free), key=lambda one: -one[1]
    )
