"""`afterword run`: the bot, until it is told to stop."""

import asyncio
import logging
import signal
from contextlib import suppress

import aiohttp
import click
import discord

from bot.app import create_bot
from bot.cli.diagnosis.encryption import check_key_file
from bot.cli.terminal.logs import set_up_logging
from bot.core.errors import AfterwordError
from bot.settings import Settings, SettingsError, read_settings
from bot.store.file.database import LockedError
from bot.store.file.owner import Holder, OwnedError, ReplacedError, current_holder

log = logging.getLogger(__name__)

PAUSES = (5, 15, 60, 150, 300, 600)
"""Seconds between restarts: Discord counts sign-ins (docs/discord-facts.md#gateway-limits)."""

STANDBY_SECONDS = 1.0
"""Between two looks of a standby whether the owner has ended."""

UNREACHABLE = (aiohttp.ClientConnectionError, OSError)
"""What says that nobody answers at the other end."""

STEADY_SECONDS = 600
"""A run of this length is no part of a crash loop."""

WRONG_TOKEN = (
    "Discord refuses the token in DISCORD_TOKEN (or the file that DISCORD_TOKEN_FILE names): copy "  # noqa: S105  # a sentence
    "it again from the Developer Portal > your application > Bot > Reset Token."
)
NO_INTENT = (
    "The message content intent is not granted: turn on Message Content Intent in the Developer "
    "Portal > your application > Bot, or set AFTERWORD_MESSAGE_CONTENT=off to collect only answers "
    "that are given through buttons."
)


@click.command()
@click.option("--verbose", is_flag=True, help="Log more. Message texts are never logged.")
@click.option(
    "--standby", is_flag=True, help="Wait while another bot owns the database, then take over."
)
def run(*, verbose: bool, standby: bool) -> None:
    """Run the bot on Discord, or on any Discord-compatible server.

    Settings come from the environment, or from a .env file: DISCORD_TOKEN, AFTERWORD_CONTENT,
    AFTERWORD_CHANNEL and so on. `afterword doctor` checks them.
    """
    set_up_logging(verbose=verbose)
    settings = read_settings()
    token = settings.read_token()
    for finding in check_key_file(settings):
        log.warning("%s", finding.text)
    asyncio.run(serve(settings, token, standby=standby))


async def serve(settings: Settings, token: str, *, standby: bool = False) -> None:
    """Run the bot until SIGINT or SIGTERM; start it again if a fault ends it.

    Args:
        standby: Wait as long as another process owns the database, and take over when it ends.

    Raises:
        AfterwordError: The token, an intent, the database or the content cannot be used; or another
            process owns the database, or has become its owner.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows' loop has none; Ctrl-C ends it there
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    crashes = 0
    while not stop.is_set():
        if standby and not await _wait_for_ownership(settings, stop):
            return
        began = asyncio.get_running_loop().time()
        try:
            if await _run_once(settings, token, stop):
                return
        except (OwnedError, ReplacedError, LockedError) as error:
            if not standby:
                raise
            log.warning("%s", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), STANDBY_SECONDS)
            continue
        is_steady = asyncio.get_running_loop().time() - began > STEADY_SECONDS
        crashes = 1 if is_steady else crashes + 1
        pause = PAUSES[min(crashes, len(PAUSES)) - 1]
        log.error("The bot stopped; it restarts in %s s", pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _wait_for_ownership(settings: Settings, stop: asyncio.Event) -> bool:
    """Wait until nobody owns the database; return False if the bot is to stop instead."""
    told: Holder | None = None
    while not stop.is_set():
        holder = await asyncio.to_thread(current_holder, settings.database)
        if holder is None:
            return True
        if holder != told:
            log.info("Standing by: %s is in use by %s", settings.database, holder)
            told = holder
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), STANDBY_SECONDS)
    return False


async def _run_once(settings: Settings, token: str, stop: asyncio.Event) -> bool:
    """Return whether the bot was told to stop, rather than stopped by a fault."""
    bot = create_bot(settings)
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await bot.close()
    try:
        await running
    except discord.LoginFailure as error:
        raise SettingsError(WRONG_TOKEN) from error
    except discord.PrivilegedIntentsRequired as error:
        raise SettingsError(NO_INTENT) from error
    except AfterwordError:
        raise
    except UNREACHABLE as error:
        log.error("Discord cannot be reached (%s): check the network", type(error).__name__)
        return stop.is_set()
    except Exception as error:
        if stop.is_set():
            return True
        if bot.is_replaced:
            raise ReplacedError(settings.database) from error
        log.exception("A fault ended the bot: %s", type(error).__name__)
        return False
    if bot.is_replaced:
        raise ReplacedError(settings.database)
    return True
