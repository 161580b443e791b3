"""Logs tell an operator what happens, and never what anybody wrote."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, message_of, press
from tests.journeys.test_disk import refusing

if TYPE_CHECKING:
    import pytest

SECRETS = ("zebra", "quagga", "okapi", "tapir")


async def test_logs_hold_no_words_and_no_token(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.INFO, logger="discord")
    thread, prompt = await stage.publish_and_ask()
    message = await stage.ada.say(thread, "zebra", reply_to=prompt)
    await stage.ada.edit(message, "zebra zebra")
    shown = await stage.show_answer(stage.ada, thread, "quagga")
    await stage.until_kept("zebra zebra", "quagga")
    with refusing(stage):
        await stage.answer(stage.bora, prompt, "okapi")
    await stage.sandbox.fault("error_before_commit", method="POST", path="/callback$", status=400)
    await stage.bora.click(prompt, label="Answer")
    await stage.answer(stage.mo, prompt, "tapir")
    await press(stage.ada, shown, "withdraw")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(told, label="Delete mine everywhere"))
    await stage.ada.click(sure, label="Delete mine everywhere")
    await stage.restart()
    await stage.stop()
    text = "\n".join([caplog.text, *(str(record.args) for record in caplog.records)])
    assert "Started the thread of en:maps in #essays" in text
    assert "What a reader asked for was not written" in text
    assert not re.search("|".join(SECRETS), text)
    assert stage.sandbox.token not in text


async def test_a_token_is_shown_nowhere(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stage.write("maps")
    bot = stage.make_bot(token="MTIz.quagga.okapi")
    assert "quagga" not in repr(bot.settings)
    assert "quagga" not in str(bot.settings.model_dump())
    assert "quagga" not in caplog.text
