"""Intents, tokens and channels that are not as the operator thought."""

from __future__ import annotations

import pytest

from bot.cli.run import serve
from bot.settings import Settings, SettingsError
from tests.journeys.stage import KEEPS, Stage, said


def settings(stage: Stage, **changes: object) -> Settings:
    return stage.make_bot(**changes).settings


async def test_without_the_intent_answers_come_through_the_button(stage: Stage) -> None:
    await stage.sandbox.post("set_intents", privileged=0)
    stage.write("maps")
    await stage.start(message_content=False)
    thread = await stage.thread()
    starter = await stage.starter(thread)
    assert "-# Answers through the button are kept" in starter.content
    prompt = await stage.prompt(thread)
    await stage.ada.say(thread, "Does it hear me?")
    await stage.ada.say(thread, "Or this?", reply_to=prompt, mention=False)
    await stage.answer(stage.ada, prompt, "The tickets.")
    await stage.until_kept("The tickets.")
    await stage.ada.say(thread, "And this?", reply_to=prompt)  # it mentions the bot, so it is heard
    await stage.until_kept("The tickets.", "And this?")


async def test_without_the_intent_a_reader_has_a_message_kept_on_request(stage: Stage) -> None:
    await stage.sandbox.post("set_intents", privileged=0)
    stage.write("maps")
    await stage.start(message_content=False)
    thread = await stage.thread()
    message = await stage.ada.say(
        thread, "Keep this.", reply_to=await stage.prompt(thread), mention=False
    )
    refused = await stage.bora.menu(message, "Keep this response")
    assert said(refused)
    assert stage.kept() == {}
    await stage.ada.menu(message, "Keep this response")
    await stage.until_kept("Keep this.")
    assert stage.kept() == {"Keep this.": KEEPS}


async def test_an_edit_without_its_text_overwrites_nothing(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "Heard with the intent.")
    await stage.sandbox.post("set_intents", privileged=0)
    await stage.restart(message_content=False)
    await stage.ada.edit(message, "Edited without it.")
    prompt = await stage.prompt(thread)
    await stage.answer(stage.ada, prompt, "A sign that the edit has passed.")
    assert "Heard with the intent." in stage.kept()


async def test_an_intent_that_is_not_granted_names_both_ways_out(stage: Stage) -> None:
    await stage.sandbox.post("set_intents", privileged=0)
    stage.write("maps")
    with pytest.raises(SettingsError, match=r"Message Content Intent .*MESSAGE_CONTENT=off"):
        await serve(settings(stage), stage.sandbox.token)


async def test_a_wrong_token_names_its_setting(stage: Stage) -> None:
    stage.write("maps")
    with pytest.raises(SettingsError, match=r"DISCORD_TOKEN") as refused:
        await serve(settings(stage), "not.a.token")
    assert "not.a.token" not in str(refused.value)


async def test_an_unknown_channel_is_named_and_setup_still_works(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.write("maps")
    await stage.start(channel=4242)
    await stage.sandbox.until(lambda: "AFTERWORD_CHANNEL is 4242" in caplog.text)
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    await stage.thread()


async def test_a_channel_of_the_setting_that_cannot_be_seen_yet_is_used_once_it_can(
    stage: Stage,
) -> None:
    stage.write("maps")
    await stage.sandbox.post("remove_bot", guild=str(stage.guild.id))
    await stage.start()
    assert await stage.sandbox.threads_in(stage.text) == []
    await stage.sandbox.post("add_bot", guild=str(stage.guild.id))
    await stage.thread()
