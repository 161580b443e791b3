"""`/privacy` on the page, with the mouse and with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.journeys.stage import Stage
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Keyboard, Mouse
from tests.page.test_setup_page import choose, open_stage

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page


@pytest.mark.parametrize("input_method", [Mouse, Keyboard])
async def test_a_reader_chooses_looks_and_deletes(
    page: Page, tmp_path: Path, input_method: type[Mouse | Keyboard]
) -> None:
    async with open_stage(tmp_path) as stage:
        await use(stage, ChatPage(page, input_method(page)))


async def use(stage: Stage, chat: ChatPage) -> None:
    thread = await stage.publish(channel=stage.text)
    await stage.ada.say(thread, "I keep every letter.")
    await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.until_kept("I keep every letter.", "The tickets.")
    await chat.page.goto(f"{stage.sandbox.url}/#{thread.id}")
    await chat.loaded()
    await chat.become("Ada")
    await chat.command("privacy")
    await chat.run()
    card = chat.page.locator(".message", has_text="Only you can see this").last
    await expect(card).to_contain_text("Kept of you: 2 here, 2 in all.")

    await chat.press(card, "Change my choices")
    await expect(card).to_contain_text("Your choices in this server")
    await choose(chat, card.get_by_role("button", name="May what you write"), "Yes, by name")
    await expect(card).to_contain_text("Yes, by name · since")
    await chat.press(card, "No, keep nothing of mine")
    await expect(card).to_contain_text("2 responses")
    await chat.press(card, "Back")
    await expect(card).to_contain_text("Your choices in this server")
    await chat.press(card, "Back")
    await expect(card).to_contain_text("Once you chose")

    await chat.press(card, "See each of them")
    await expect(card).to_contain_text("kept, shown in the thread")
    await choose(chat, card.get_by_role("button", name="Delete one of them"), "I keep every")
    await expect(card).to_contain_text("This would be deleted:")
    await chat.press(card, "Delete it")
    await expect(card).to_contain_text("It has left the file")
    assert list(stage.kept()) == ["The tickets."]

    await chat.command("privacy")
    await chat.run()
    card = chat.page.locator(".message", has_text="Only you can see this").last
    await chat.press(card, "Delete mine everywhere")
    await expect(card).to_contain_text("This would be deleted everywhere:")
    await chat.press(card, "Back")
    await expect(card).to_contain_text("Kept of you:")
    await chat.press(card, "Delete mine everywhere")
    await expect(card).to_contain_text("This would be deleted everywhere:")
    await chat.press(card, "Delete mine everywhere")
    await expect(card).to_contain_text("Deleted: 1. It has left the file")
    assert stage.rows("select 1 from responses union select 1 from choices") == []
