"""`afterword doctor`: what is wrong with token, intents, permissions, database or content."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import click
import discord

from bot import endpoint
from bot.blog.folder import read_folder
from bot.cli.output import format_options, write_json, write_table
from bot.cli.run import NO_INTENT, WRONG_TOKEN
from bot.core.errors import AfterwordError
from bot.discussion.permissions import lacks
from bot.settings import Settings, SettingsError, read_settings
from bot.store import channels, notes, publications
from bot.store.database import open_for_reading
from bot.store.times import from_text

ALIVE_FOR = timedelta(minutes=3)
"""A running bot leaves a sign of life each minute."""

CONNECT_SECONDS = 30

State = Literal["ok", "fault", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing: fine, wrong, or good to know."""

    about: str
    state: State
    text: str


@click.command()
@click.option(
    "--alive", is_flag=True, help="Only whether a bot is awake on this database (health check)."
)
@format_options("table", "json")
def doctor(how: str, *, alive: bool) -> None:
    """Say what is wrong with token, intents, permissions, database or content, and what to do.

    The exit status is 1 if something is wrong.
    """
    settings = read_settings()
    if alive:
        findings = list(check_alive(settings))
    else:
        findings = [
            *check_content(settings),
            *check_database(settings),
            *asyncio.run(check_discord(settings)),
        ]
    if how == "json":
        write_json({"about": one.about, "state": one.state, "text": one.text} for one in findings)
    else:
        rows = [{"about": one.about, "state": one.state, "text": one.text} for one in findings]
        write_table(rows, {"about": "About", "state": "State", "text": "What was found"})
    if any(one.state == "fault" for one in findings):
        sys.exit(1)


def check_content(settings: Settings) -> Iterator[Finding]:
    """Yield what is found about the folder of posts."""
    try:
        contents = read_folder(Path(settings.content))
    except AfterwordError as error:
        yield Finding("content", "fault", str(error))
        return
    essays = sum(1 for post in contents.posts if post.kind == "essay")
    yield Finding("content", "ok", f"{essays} essays in {settings.content}.")
    if contents.faults:
        yield Finding(
            "content",
            "fault",
            f"{len(contents.faults)} faults; `afterword check {settings.content}` lists them.",
        )


def check_database(settings: Settings) -> Iterator[Finding]:
    """Yield what is found about the database."""
    path = settings.database
    if not path.exists():
        folder = path.resolve().parent
        state: State = "note" if folder.is_dir() else "fault"
        text = (
            f"{path} is made when the bot first runs."
            if state == "note"
            else f"The folder {folder} does not exist: make it, or set AFTERWORD_DATABASE."
        )
        yield Finding("database", state, text)
        return
    try:
        db = open_for_reading(path)
    except AfterwordError as error:
        yield Finding("database", "fault", str(error))
        return
    try:
        count = db.table("responses").count
        yield Finding("database", "ok", f"{path} keeps {count} responses.")
        for name, reason in publications.waiting(db):
            yield Finding("publishing", "fault", f"{name} waits: {reason}")
        for channel in channels.channels(db):
            size = channels.shelf_size(db, channel.id)
            text = f"{size} essays are on the shelf of channel {channel.id}."
            yield Finding("publishing", "note", text)
            for held in channels.holds(db, channel.id):
                text = f"{len(held.essays)} essays are held: type /setup in Discord to decide."
                yield Finding("publishing", "fault", text)
    finally:
        db.close()


def check_alive(settings: Settings) -> Iterator[Finding]:
    """Yield whether a bot has been awake on this database in the last minutes."""
    try:
        db = open_for_reading(settings.database)
    except AfterwordError as error:
        yield Finding("bot", "fault", str(error))
        return
    said = notes.get_note(db, notes.ALIVE)
    db.close()
    if said is None or datetime.now(UTC) - from_text(said) > ALIVE_FOR:
        yield Finding("bot", "fault", f"No sign of the bot since {said or 'ever'}.")
    else:
        yield Finding("bot", "ok", f"Awake at {said}.")


async def check_discord(settings: Settings) -> list[Finding]:
    """Return what is found about token, intents, servers and permissions, by logging in once."""
    try:
        token = settings.read_token()
    except SettingsError as error:
        return [Finding("token", "fault", str(error))]
    endpoint.use(settings.api, settings.gateway)
    intents = discord.Intents(guilds=True, guild_messages=True)
    intents.message_content = settings.message_content
    client = discord.Client(intents=intents, max_messages=None)
    ready = asyncio.create_task(_wait_until_ready(client))
    running = asyncio.create_task(client.start(token))
    try:
        await asyncio.wait(
            {ready, running}, timeout=CONNECT_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if running.done():
            return [_failure(running.exception())]
        if not ready.done():
            return [Finding("Discord", "fault", _NO_CONNECTION.format(CONNECT_SECONDS))]
        return list(_check_guilds(client, settings))
    finally:
        ready.cancel()
        await client.close()
        await asyncio.gather(running, ready, return_exceptions=True)


_NO_CONNECTION = (
    "Discord did not answer within {} s: check the network, AFTERWORD_API and AFTERWORD_GATEWAY."
)


async def _wait_until_ready(client: discord.Client) -> None:
    ready = asyncio.Event()

    @client.event
    async def on_ready() -> None:
        ready.set()

    await ready.wait()


def _failure(error: BaseException | None) -> Finding:
    if isinstance(error, discord.LoginFailure):
        return Finding("token", "fault", WRONG_TOKEN)
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return Finding("intents", "fault", NO_INTENT)
    name = type(error).__name__
    return Finding(
        "Discord",
        "fault",
        f"Discord cannot be reached ({name}): check the network, AFTERWORD_API and "
        "AFTERWORD_GATEWAY.",
    )


def _check_guilds(client: discord.Client, settings: Settings) -> Iterator[Finding]:
    yield Finding("token", "ok", f"Logged in as {client.user}.")
    heard = "on" if settings.message_content else "off: only answers through buttons are kept"
    yield Finding("intents", "ok", f"Message content is {heard}.")
    if not client.guilds:
        yield Finding("servers", "fault", "The bot is in no server: invite it (see the README).")
    for guild in client.guilds:
        yield Finding("servers", "ok", f"In {guild.name}.")
    chosen = set(_chosen_channels(settings))
    if not chosen and client.guilds:
        text = "No channel is chosen: type /setup in Discord, or set AFTERWORD_CHANNEL."
        yield Finding("channel", "fault", text)
    for channel_id in sorted(chosen):
        yield _check_channel(client, channel_id)


def _chosen_channels(settings: Settings) -> Iterator[int]:
    if settings.channel is not None:
        yield settings.channel
    if settings.database.exists():
        try:
            db = open_for_reading(settings.database)
        except AfterwordError:
            return
        yield from (channel.id for channel in channels.channels(db))
        db.close()


def _check_channel(client: discord.Client, channel_id: int) -> Finding:
    channel = client.get_channel(channel_id)
    if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
        text = (
            f"{channel_id} is no text or forum channel that the bot can see: check the id, invite "
            "the bot, and allow it View Channel."
        )
        return Finding("channel", "fault", text)
    refusal = lacks(channel)
    if refusal:
        return Finding("permissions", "fault", refusal)
    return Finding("permissions", "ok", f"All that is needed in #{channel.name}.")
