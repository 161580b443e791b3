"""The page of `/setup`, with the mouse and with the keyboard alone."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.journeys.stage import Stage
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Keyboard, Mouse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Locator, Page


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    """Open a sandbox with a bot of its own; discord.py's addresses are put back."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with Sandbox() as sandbox:
        stage = await Stage.build(sandbox, folder)
        yield stage
        await stage.stop()
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


async def choose(chat: ChatPage, menu: Locator, option: str) -> None:
    """Open a menu and take an option."""
    await chat.input_method.press(menu)
    await chat.input_method.pick(chat.page.get_by_role("option", name=option).first)


@pytest.mark.parametrize("input_method", [Mouse, Keyboard])
async def test_a_manager_sets_a_server_up(
    page: Page, tmp_path: Path, input_method: type[Mouse | Keyboard]
) -> None:
    async with open_stage(tmp_path) as stage:
        await set_up(stage, ChatPage(page, input_method(page)))


async def set_up(stage: Stage, chat: ChatPage) -> None:
    stage.write("maps", tags=["maps"])
    await stage.ada.say(stage.text, "Where will the essays be?")
    await stage.start(channel=None)
    log = await stage.sandbox.channel(stage.guild, "log")
    await chat.page.goto(f"{stage.sandbox.url}/#{stage.text.id}")
    await chat.loaded()
    await chat.become("Mo")
    await chat.command("setup")
    await chat.run()
    message = chat.message("Setup of Essays")
    await choose(chat, message.get_by_role("button", name="Channel in which"), "#forum")
    await expect(message).to_contain_text("Maps starts at once.")

    await chat.press(message, "Essays")
    await choose(chat, message.get_by_role("button", name="Up to three"), "One a day")
    await expect(message).to_contain_text("Apply (2)")
    await chat.press(message, "Quiet hours")
    for label, hour in (("Nothing starts from", "03:00"), ("until", "04:00")):
        field = chat.modal.get_by_label(label, exact=True)
        await choose(chat, field, hour)
    await chat.input_method.press(chat.modal.get_by_role("button", name="Submit"))
    await expect(message).to_contain_text("03:00 to 04:00")

    await chat.press(message, "Reports")
    await choose(chat, message.get_by_role("button", name="Where moderators' acts"), "#log")
    await expect(message).to_contain_text("Apply (4)")
    await chat.press(message, "Digest")
    await choose(chat, chat.modal.get_by_label("Where"), "#log")
    await chat.input_method.press(chat.modal.get_by_role("button", name="Submit"))
    await expect(message).to_contain_text("Apply (5)")
    await chat.press(message, "Apply (5)")
    await expect(message).to_contain_text("Applied.")
    assert stage.rows("select log_channel_id, digest_channel_id from guilds") == [(log.id, log.id)]
    assert stage.rows("select id, pace, quiet_from, quiet_until from channels") == [
        (stage.forum.id, "daily", 3, 4)
    ]
