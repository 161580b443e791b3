"""What `afterword doctor` finds on Discord: token, intents, servers, channels, permissions."""

import asyncio
from collections.abc import Iterator, Sequence

import discord

from bot import endpoint
from bot.cli.diagnosis.liveness import Finding, State
from bot.cli.run import NO_INTENT, WRONG_TOKEN
from bot.core.errors import AfterwordError
from bot.core.post import Post
from bot.core.publishing.forum_tags import SAME_NAMES
from bot.core.publishing.selection import EVERY_ESSAY
from bot.discussion.permissions import ALWAYS, FORUM, TEXT, foresee, lacks
from bot.settings import Settings, SettingsError
from bot.store.file.database import open_for_reading
from bot.store.ledger import channels
from bot.store.ledger.channels import Channel

CONNECT_SECONDS = 30

DISALLOWED_INTENTS = 4014
"""Discord's close code for a gateway connection that asks for an intent that is not granted."""

GUILDS_SECONDS = 1
"""Seconds to wait for the next server; Discord sends all servers directly one after the other."""

INVITED = discord.Permissions(
    **dict.fromkeys((*ALWAYS, *TEXT, *FORUM), True),
    manage_threads=True,  # to lock the thread of an essay that was taken back
)

_CHECK = "check the network, AFTERWORD_API and AFTERWORD_GATEWAY."


async def check_discord(
    settings: Settings, posts: Sequence[Post] = (), *, seconds: float = CONNECT_SECONDS
) -> list[Finding]:
    """Return what is found about token, intents, servers and permissions, by logging in once.

    Args:
        posts: What the blog has, to be held against the forums' tags.
        seconds: How long to wait for Discord.
    """
    try:
        token = settings.read_token()
    except SettingsError as error:
        return [Finding("token", "fault", str(error))]
    endpoint.use(settings.api, settings.gateway)
    intents = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
    intents.message_content = settings.message_content
    client = discord.Client(intents=intents, max_messages=None, guild_ready_timeout=GUILDS_SECONDS)
    ready = asyncio.create_task(_wait_until_ready(client))
    running = asyncio.create_task(client.start(token, reconnect=False))
    try:
        await asyncio.wait({ready, running}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            return [_failure(running.exception())]
        if not ready.done():
            text = f"Discord did not answer within {seconds} s: {_CHECK}"
            return [Finding("Discord", "fault", text)]
        return list(_check_guilds(client, settings, posts))
    finally:
        ready.cancel()
        await client.close()
        await asyncio.gather(running, ready, return_exceptions=True)


async def _wait_until_ready(client: discord.Client) -> None:
    ready = asyncio.Event()

    @client.event
    async def on_ready() -> None:
        ready.set()

    await ready.wait()


def _failure(error: BaseException | None) -> Finding:
    if isinstance(error, discord.LoginFailure):
        return Finding("token", "fault", WRONG_TOKEN)
    if isinstance(error, discord.ConnectionClosed) and error.code == DISALLOWED_INTENTS:
        return Finding("intents", "fault", NO_INTENT)
    text = f"Discord cannot be reached ({type(error).__name__}): {_CHECK}"
    return Finding("Discord", "fault", text)


def _check_guilds(
    client: discord.Client, settings: Settings, posts: Sequence[Post]
) -> Iterator[Finding]:
    yield Finding("token", "ok", f"Logged in as {client.user}.")
    heard = "on" if settings.message_content else "off: only answers through buttons are kept"
    yield Finding("intents", "ok", f"Message content is {heard}.")
    if not client.guilds:
        text = f"The bot is in no server: invite it with {_invitation(client)}"
        yield Finding("servers", "fault", text)
        return
    for guild in client.guilds:
        yield Finding("servers", "ok", f"In {guild.name}.")
    chosen = _chosen_channels(settings)
    if not chosen:
        text = "No channel is chosen: type /setup in Discord, or set AFTERWORD_CHANNEL."
        yield Finding("channel", "fault", text)
    for channel_id, settled in sorted(chosen.items()):
        yield from _check_channel(client, channel_id, settled, posts)


def _invitation(client: discord.Client) -> str:
    """Return the address that invites the bot with its permissions."""
    return discord.utils.oauth_url(
        client.application_id or 0, permissions=INVITED, scopes=("bot", "applications.commands")
    )


def _chosen_channels(settings: Settings) -> dict[int, Channel | None]:
    """Return the channels that are to be used, each as it was set up if it ever was."""
    found: dict[int, Channel | None] = {}
    if settings.channel is not None:
        found[settings.channel] = None
    if settings.database.exists():
        try:
            db = open_for_reading(settings.database)
        except AfterwordError:  # told among the findings about the database
            return found
        with db:
            found |= {channel.id: channel for channel in channels.channels(db)}
    return found


def _check_channel(
    client: discord.Client, channel_id: int, settled: Channel | None, posts: Sequence[Post]
) -> Iterator[Finding]:
    channel = client.get_channel(channel_id)
    if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
        text = (
            f"{channel_id} is no text or forum channel that the bot can see: check the id, invite "
            "the bot, and allow it View Channel."
        )
        yield Finding("channel", "fault", text)
        return
    if lacks(channel) is None:
        yield Finding("permissions", "ok", f"All that is needed in #{channel.name}.")
    takes = settled.selection.takes if settled else EVERY_ESSAY.takes
    essays = [post for post in posts if post.kind == "essay" and takes(post)]
    for obstacle in foresee(channel, essays, settled.tag_map if settled else SAME_NAMES):
        state: State = "fault" if obstacle.needs_person else "note"
        yield Finding("permissions", state, obstacle.sentence())
    if not channel.permissions_for(channel.guild.me).manage_threads:
        text = (
            f"Without Manage Threads in #{channel.name}, the thread of an essay that is taken back "
            "stays open."
        )
        yield Finding("permissions", "note", text)
