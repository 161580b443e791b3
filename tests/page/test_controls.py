"""The composer, forms, options and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox.state.interactions import CallbackType, InteractionType
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Keyboard, Mouse
from tests.page.scenario import open_page, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

BUTTON = {"type": 2, "id": 2, "style": 1, "label": "Open", "custom_id": "open"}
ROW = {"type": 1, "id": 1, "components": [BUTTON]}


async def test_an_interaction_that_nobody_answers_is_told(page: Page) -> None:
    async with open_scenario() as scenario:
        scenario.sandbox.state.limits.first_response = 0.05
        scenario.bot_says(scenario.world.essays, "press it", components=[ROW])
        await open_page(page, scenario)
        await page.get_by_role("button", name="Open").click()
        await expect(page.locator("#notice")).to_contain_text("This interaction failed")


@pytest.mark.parametrize("input_method", [Mouse, Keyboard])
async def test_a_form_counts_its_limits_and_keeps_what_is_wrong(
    page: Page, input_method: type[Mouse | Keyboard]
) -> None:
    async with open_scenario() as scenario:
        scenario.bot_says(scenario.world.essays, "press it", components=[ROW])
        text = {"type": 4, "custom_id": "text", "style": 2, "min_length": 3, "max_length": 5}
        kinds = [{"label": each, "value": each.lower()} for each in ("One", "Two", "Three")]
        some = {"type": 3, "custom_id": "some", "options": kinds, "min_values": 2, "max_values": 3}
        box = {"type": 23, "custom_id": "box", "default": True}
        fields = [
            {"type": 18, "label": f"Field {number}", "component": each}
            for number, each in enumerate([text, some, box])
        ]
        form = {"custom_id": "form", "title": "A form", "components": fields}
        scenario.answers[InteractionType.COMPONENT] = (CallbackType.MODAL, form)
        scenario.answers[InteractionType.MODAL] = (CallbackType.MESSAGE, {"content": "thank you"})
        chat = ChatPage(page, input_method(page))
        await page.goto(scenario.sandbox.url)
        await chat.loaded()
        await chat.input_method.press(page.get_by_role("button", name="Open"))
        area = chat.modal.get_by_label("Field 0")
        submit = chat.modal.get_by_role("button", name="Submit")
        await chat.input_method.press(submit)
        await expect(chat.modal.locator(".fault").first).to_have_text("This field is required.")
        wrong = {"ab": "At least 3 characters.", "abcdé😀": "1 characters too many."}
        for typed, fault in wrong.items():
            await chat.fill(area, typed)
            await chat.input_method.press(submit)
            await expect(chat.modal.locator(".fault").first).to_have_text(fault)
        await expect(chat.modal).to_contain_text("6 / 5")
        await chat.fill(area, "abcd😀")
        await chat.input_method.press(chat.modal.get_by_label("Field 1"))
        if isinstance(chat.input_method, Mouse):
            for label in ("One", "Three", "Done"):
                await page.locator(".picker").get_by_text(label, exact=True).click()
        else:
            for key in (" ", "ArrowDown", "ArrowDown", " ", "Enter"):
                await page.keyboard.press(key)
        await chat.input_method.press(submit)
        await expect(chat.modal).to_be_hidden()
        await expect(page.locator(".message").last).to_contain_text("thank you")
        sent = [each["component"] for each in scenario.asked[-1].data["components"]]
        assert [each.get("value", each.get("values")) for each in sent] == [
            "abcd😀", ["one", "three"], True
        ]  # fmt: skip


async def test_escape_closes_a_form_and_gives_the_focus_back(page: Page) -> None:
    async with open_scenario() as scenario:
        scenario.bot_says(scenario.world.essays, "press it", components=[ROW])
        inner = {"type": 4, "custom_id": "t", "style": 1}
        field = {"type": 18, "label": "Text", "component": inner}
        form = {"custom_id": "form", "title": "A form", "components": [field]}
        scenario.answers[InteractionType.COMPONENT] = (CallbackType.MODAL, form)
        chat = await open_page(page, scenario)
        await page.get_by_role("button", name="Open").click()
        await expect(chat.modal.get_by_label("Text")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(chat.modal).to_be_hidden()
        await expect(page.get_by_role("button", name="Open")).to_be_focused()
        assert await scenario.people["Ada"]._get("forms") == []


async def test_options_are_checked_before_a_command_is_sent(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        text = {"type": 3, "name": "text", "description": "Text"}
        options = [
            {**text, "required": True, "min_length": 2, "max_length": 4},
            {"type": 7, "name": "where", "description": "A forum", "channel_types": [15]},
            {"type": 5, "name": "loud", "description": "Whether"},
        ]  # fmt: skip
        scenario.offer({"type": 1, "name": "top", "description": "A command", "options": options})
        scenario.answers[InteractionType.COMMAND] = (CallbackType.MESSAGE, {"content": "done"})
        chat = await open_page(page, scenario)
        await chat.command("top")
        await page.keyboard.press("Enter")
        fault = chat.form.locator(".field", has_text="Text").locator(".fault")
        await expect(fault).to_have_text("This option is required.")
        await chat.fill(chat.form.get_by_label("text"), "abcde")
        await page.keyboard.press("Enter")
        await expect(fault).to_have_text("At most 4 characters, not 5.")
        await chat.fill(chat.form.get_by_label("text"), "abcd")
        await chat.form.locator("summary").click()
        await chat.fill(chat.form.get_by_label("where"), "nowhere")
        await page.keyboard.press("Enter")
        where = chat.form.locator(".field", has_text="A forum").locator(".fault")
        await expect(where).to_have_text("Choose one of the list.")
        await chat.fill(chat.form.get_by_label("where"), "")
        await page.keyboard.press("Backspace")
        await chat.option("where", "forum", "#essays-forum")
        await chat.option("loud", "f", "False")
        await chat.run()
        await expect(page.locator(".message").last).to_contain_text("Ada used /top")
        values = [each["value"] for each in scenario.asked[-1].data["options"]]
        assert values == ["abcd", str(scenario.world.forum.id), False]


async def test_tab_passes_an_option_by_and_takes_what_was_typed(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        options = [{"type": 5, "name": name, "description": "Whether"} for name in ("one", "two")]
        scenario.offer({"type": 1, "name": "top", "description": "A command", "options": options})
        scenario.answers[InteractionType.COMMAND] = (CallbackType.MESSAGE, {"content": "done"})
        chat = await open_page(page, scenario)
        await chat.command("top")
        await expect(page.locator(".suggest .option").first).to_be_visible()
        await page.keyboard.press("Tab")
        await page.keyboard.type("f")
        await expect(page.locator(".suggest .option")).to_have_text("False")
        await page.keyboard.press("Tab")
        await expect(chat.form.get_by_label("one")).to_have_value("")
        await chat.run()
        await expect(page.locator(".message").last).to_contain_text("Ada used /top")
        sent = [(each["name"], each["value"]) for each in scenario.asked[-1].data["options"]]
        assert sent == [("two", False)]


async def test_a_message_command_is_used_on_its_message(page: Page) -> None:
    async with open_scenario() as scenario:
        said = await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        scenario.offer({"type": 3, "name": "Keep this", "description": ""})
        kept = (CallbackType.MESSAGE, {"content": "kept", "flags": 64})
        scenario.answers[InteractionType.COMMAND] = kept
        chat = await open_page(page, scenario)
        await chat.input_method.menu(chat.message("hello"), "Apps: Keep this")
        await expect(page.locator(".ephemeral")).to_contain_text("kept")
        assert scenario.asked[-1].data["target_id"] == str(said.id)


async def test_commands_are_shown_in_the_locale_of_who_looks(page: Page) -> None:
    async with open_scenario() as scenario:
        said = await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        scenario.sandbox.state.users[scenario.people["Ada"].id].locale = "de"
        german = {"name_localizations": {"de": "laut"}, "description_localizations": {"de": "Ob"}}
        option = {"type": 5, "name": "loud", "description": "Whether", "required": True, **german}
        menu = {"name": "Keep this", "name_localizations": {"de": "Das aufbewahren"}}
        texts = {"description": "A command", "description_localizations": {"de": "Ein Befehl"}}
        scenario.offer(
            {"type": 1, "name": "top", "options": [option], **texts},
            {"type": 3, "description": "", **menu},
        )
        kept = (CallbackType.MESSAGE, {"content": "done", "flags": 64})
        scenario.answers[InteractionType.COMMAND] = kept
        chat = await open_page(page, scenario)
        await chat.input_method.menu(chat.message("hello"), "Apps: Das aufbewahren")
        await expect(page.locator(".ephemeral")).to_contain_text("done")
        assert scenario.asked[-1].data["target_id"] == str(said.id)
        await chat.command("top")
        await expect(chat.form).to_contain_text("Ein Befehl")
        await expect(chat.form.locator(".field")).to_contain_text("Ob")
        await chat.option("laut", "f", "False")
        await chat.run()
        await expect(page.locator(".ephemeral")).to_have_count(2)
        sent = [(each["name"], each["value"]) for each in scenario.asked[-1].data["options"]]
        assert sent == [("loud", False)]  # by its default name


async def test_the_keys_of_the_composer(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Bora"].say(scenario.world.essays.id, "hello")
        chat = await open_page(page, scenario)
        await chat.composer.click()
        await page.keyboard.type("one")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("two")
        await page.keyboard.press("Enter")
        await expect(page.locator(".content").last).to_have_text("one\ntwo", use_inner_text=True)
        await page.keyboard.press("ArrowUp")
        await expect(chat.composer).to_have_value("one\ntwo")
        await page.keyboard.press("Escape")
        await expect(chat.composer).to_have_value("")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("ControlOrMeta+a")
        await page.keyboard.type("three")
        await page.keyboard.press("Enter")
        await expect(page.locator(".content").last).to_have_text("three (edited)")
        await page.keyboard.type("/nonsense")
        await page.keyboard.press("Enter")
        await expect(page.locator("#composer-fault")).to_contain_text("no such command")
        await page.keyboard.press("ControlOrMeta+a")
        await page.keyboard.insert_text("😀" * 2001)
        await page.keyboard.press("Enter")
        await expect(page.locator("#composer-fault")).to_have_text("1 characters too many.")
        assert len(await scenario.sandbox.messages_in(scenario.world.essays)) == 2


@pytest.mark.parametrize("input_method", [Mouse, Keyboard])
async def test_a_channel_and_a_role_are_chosen_in_a_message_and_taken_away_again(
    page: Page, input_method: type[Mouse | Keyboard]
) -> None:
    async with open_scenario() as scenario:
        forum = scenario.world.forum
        place = {
            "type": 8, "id": 2, "custom_id": "place", "placeholder": "Where", "min_values": 0,
            "max_values": 1, "channel_types": [0, 15],
            "default_values": [{"id": str(forum.id), "type": "channel"}],
        }  # fmt: skip
        role = {"type": 6, "id": 4, "custom_id": "role", "placeholder": "Who", "max_values": 1}
        rows = [{"type": 1, "id": number, "components": [each]}
                for number, each in ((1, place), (3, role))]  # fmt: skip
        scenario.bot_says(scenario.world.essays, "choose", components=rows)
        scenario.answers[InteractionType.COMPONENT] = (CallbackType.DEFERRED_UPDATE, {})
        chat = ChatPage(page, input_method(page))
        await page.goto(scenario.sandbox.url)
        await chat.loaded()
        for label, option in (("#essays-forum", "#essays-forum"), ("Who", "@Moderator")):
            await chat.input_method.press(page.get_by_role("button", name=label))
            listbox = page.get_by_role("listbox")
            await expect(listbox).to_be_visible()
            if input_method is Mouse:
                await listbox.get_by_role("option", name=option, exact=False).first.click()
            else:
                await page.keyboard.type(option[1:])
                await page.keyboard.press("Enter")
            await expect(listbox).to_have_count(0)
        chosen = [each.data["values"] for each in scenario.asked]
        assert chosen[0] == []
        assert len(chosen[1]) == 1
