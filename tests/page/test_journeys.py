"""What readers, a moderator and an author do, each with the mouse and with the keyboard alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from playwright.async_api import expect

from bot.cli.tour.texts import texts_about

if TYPE_CHECKING:
    from tests.page.chat_page import ChatPage

THREAD = "Can AI Dream? A Neuroscience Perspective"
ANSWER = texts_about("can-ai-dream-neuroscience-perspective").better
"""What Ada says in the tour, as she edits it."""
QUESTION = "Can artificial minds experience something dreamlike"


def words(text: str) -> str:
    """Return a text that no other test writes: all share one demo."""
    return f"{text} {uuid.uuid4().hex[:6]}"


async def test_a_reader_reads_an_essay_privately(chat: ChatPage) -> None:
    await chat.become("Ada")
    await chat.press(chat.message("What if an AI could dream?"), "Read")
    pages = chat.page.locator(".ephemeral", has_text="it's neurological")
    await expect(pages).to_have_count(1)  # the tour turned its own to the next
    await expect(pages).to_contain_text("Only you can see this")
    await chat.press(pages, "Dismiss message")
    await expect(pages).to_have_count(0)


async def test_a_reader_answers_edits_and_withdraws(chat: ChatPage) -> None:
    answer, better = words("It should forget"), words("It should ask first")
    await chat.become("Iris")
    await chat.go(THREAD)
    await chat.press(chat.prompt(QUESTION), "Answer")
    await expect(chat.modal).to_contain_text(QUESTION)
    await chat.page.keyboard.type(answer)
    await expect(chat.modal).to_contain_text(f"{len(answer)} / 1500")
    await chat.input_method.press(chat.modal.get_by_role("button", name="Submit"))
    shown = chat.message(answer)
    await expect(shown).to_contain_text("Iris answers")

    await chat.press(shown, "Edit")
    field = chat.modal.locator("textarea")
    await expect(field).to_have_value(answer)
    await chat.fill(field, better)
    await chat.input_method.press(chat.modal.get_by_role("button", name="Submit"))
    await expect(chat.message(better)).to_contain_text("(edited)")

    await chat.press(chat.message(better), "Withdraw")
    await expect(chat.message("Withdrawn")).to_be_visible()
    await expect(chat.page.locator(".message", has_text="Iris answers")).to_have_count(0)


async def test_a_reader_replies_to_a_prompt_edits_and_deletes(chat: ChatPage) -> None:
    said, better = words("A ticket, a stone"), words("A spoon")
    await chat.become("Ada")
    await chat.go(THREAD)
    await chat.input_method.menu(chat.prompt(QUESTION), "Reply")
    await expect(chat.page.locator(".composer-bar")).to_contain_text("Replying to Afterword")
    await chat.page.keyboard.type(said)
    await chat.page.keyboard.press("Enter")
    await expect(chat.message(said).locator(".quote")).to_contain_text(QUESTION)

    await chat.input_method.menu(chat.message(said), "Edit")
    await chat.page.keyboard.press("ControlOrMeta+a")
    await chat.page.keyboard.type(better)
    await chat.page.keyboard.press("Enter")
    await expect(chat.message(better)).to_contain_text("(edited)")

    await chat.input_method.menu(chat.message(better), "Delete")
    await expect(chat.page.locator(".message", has_text=better)).to_have_count(0)


async def test_a_reader_looks_an_essay_up(chat: ChatPage) -> None:
    await chat.become("Ada")
    await chat.go("essays")
    await chat.command("post")
    await chat.option("slug", "second", "The Second Reading")
    await chat.run()
    card = chat.message("The Second Reading")
    await expect(card).to_contain_text("Only you can see this")
    await expect(card.locator(".embed-title")).to_contain_text("The Second Reading")


async def test_a_reader_lists_a_tag_and_opens_an_essay_from_it(chat: ChatPage) -> None:
    await chat.become("Ada")
    await chat.go("essays")
    await chat.command("tag")
    await chat.option("tag", "", "AI")
    await chat.run()
    listed = chat.page.locator(".message", has=chat.page.locator(".component.select")).last
    await expect(listed).to_contain_text("Only you can see this")
    await chat.input_method.press(listed.locator(".component.select"))
    await chat.input_method.pick(
        chat.page.locator(".picker .option", has_text="Can AI Dream").first
    )
    await expect(chat.page.locator(".embed-title", has_text="Can AI Dream").last).to_be_visible()


async def test_a_reader_sees_and_deletes_what_is_kept(chat: ChatPage) -> None:
    await chat.become("Chen")
    await chat.go(THREAD)
    said = words("Keep this, then do not")
    await chat.say(said)
    await chat.command("privacy")
    await chat.run()
    told = chat.page.locator(".message.ephemeral").last
    await expect(told.locator(".component.danger").first).to_be_visible()
    await chat.input_method.press(told.locator(".component.danger").last)
    sure = chat.page.locator(".message.ephemeral").last
    await expect(sure.locator(".component.danger")).to_have_count(1)
    await chat.input_method.press(sure.locator(".component.danger"))
    await expect(chat.message("Deleted: ")).to_be_visible()


async def test_a_moderator_sets_a_channel_up(chat: ChatPage) -> None:
    await chat.become("Mo")
    await chat.go("essays")
    await chat.command("setup")
    await chat.option("channel", "ess", "#essays")
    await chat.run()
    await expect(chat.page.locator(".message.ephemeral").last).to_contain_text("are discussed in")


async def test_a_moderator_starts_a_thread_and_a_reader_may_not(chat: ChatPage) -> None:
    await chat.become("Mo")
    await chat.go("essays")
    await chat.command("discuss")
    option = chat.page.locator(".suggest .option").first
    await chat.input_method.press(chat.form.get_by_label("slug"))
    await expect(option).to_be_visible()
    title = await option.locator("span").first.inner_text()
    await chat.input_method.pick(option)
    await chat.run()
    opened = chat.page.locator(".message.ephemeral").last.locator("a.place-link")
    await expect(opened).to_be_visible()
    await chat.input_method.press(opened)
    await expect(chat.page.locator("#place")).to_have_text(title)

    await chat.go("essays")
    await chat.become("Ada")
    await chat.input_method.press(chat.composer)
    await chat.page.keyboard.type("/d")
    await expect(chat.page.get_by_role("option", name="/discuss")).to_have_count(0)


async def test_an_author_reads_the_responses_and_a_reader_is_refused(chat: ChatPage) -> None:
    for name, shown in (("Iris", ANSWER), ("Ada", "Only authors can read")):
        await chat.become(name)
        await chat.go("essays")
        await chat.command("responses")
        await chat.option("slug", "dream", THREAD)
        await chat.run()
        await expect(chat.page.locator(".message.ephemeral").last).to_contain_text(shown)
