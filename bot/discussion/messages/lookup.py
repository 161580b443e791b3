"""What a person needs to see of an essay: its pages, and how it stands in their guild."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core.links import embed_link
from bot.core.markup import pages, render
from bot.core.post import Post
from bot.discussion.messages.private import Standing
from bot.discussion.permissions import is_moderator
from bot.store import threads
from bot.store.ledger import channels, prompts
from bot.store.store import Store


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
    return Standing(guild_id, may_start=can_start and is_moderator(interaction))
