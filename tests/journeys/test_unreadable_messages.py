"""One message that discord.py cannot read costs no other, and is named in the log once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import KEEPS, Stage

if TYPE_CHECKING:
    from bot.sandbox import Message

MISSING = pytest.mark.parametrize("keys", [("type",), ("author",)])


def named(caplog: pytest.LogCaptureFixture, message: Message) -> int:
    return caplog.text.count(f"Message {message.id} cannot be read")


@MISSING
async def test_a_bad_message_in_a_page_of_history_costs_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture, keys: tuple[str, ...]
) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.stop()
    await stage.ada.say(thread, "One.", reply_to=prompt)
    bad = await stage.ada.say(thread, "Two.")
    await stage.bora.say(thread, "Three.")
    await stage.sandbox.drop_keys(bad, *keys)
    bot = await stage.start()
    await stage.until_kept("One.", "Three.")
    for _ in range(3):
        await bot.discussion.sweeper.run()
    assert stage.kept() == {"One.": KEEPS, "Three.": None}
    assert named(caplog, bad) == 1
    assert stage.rows("select 1 from threads where swept_at is null") == []
    await stage.ada.say(thread, "Four.")
    await stage.until_kept("One.", "Three.", "Four.")
    await stage.sandbox.drop_keys(bad)
    bot = await stage.restart()
    await stage.until_kept("One.", "Two.", "Three.", "Four.")


@MISSING
async def test_a_bad_message_in_an_event_costs_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture, keys: tuple[str, ...]
) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "Before.")
    await stage.sandbox.drop_keys(message, *keys)
    await stage.ada.edit(message, "Edited, and not to be read.")
    await stage.bora.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Afterwards.")
    assert named(caplog, message) == 1
    assert "A fault" not in caplog.text


@pytest.mark.parametrize("heard", [True, False])
async def test_a_reply_to_a_bad_message_is_kept(stage: Stage, *, heard: bool) -> None:
    """Discord sends the message that is replied to along with the reply."""
    thread = await stage.publish()
    bad = await stage.say_until_kept(
        stage.ada, thread, "Before.", reply_to=await stage.prompt(thread)
    )
    await stage.sandbox.drop_keys(bad, "type", "author")
    if not heard:
        await stage.stop()
    await stage.bora.say(thread, "A reply.", reply_to=bad)
    if not heard:
        await stage.start()
    await stage.until_kept("Before.", "A reply.")
    assert stage.kept() == {"Before.": KEEPS, "A reply.": KEEPS}


async def test_a_bad_message_that_was_kept_before_is_not_taken_for_deleted(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "Before.")
    await stage.sandbox.drop_keys(message, "type", "author")
    bot = await stage.restart()
    await bot.discussion.sweeper.run()
    assert stage.kept() == {"Before.": None}


async def test_a_bad_message_of_ours_keeps_nothing_from_being_found(stage: Stage) -> None:
    """Looking for an interrupted start passes it by."""
    noise = await stage.ada.say(stage.text, "Small talk.")
    await stage.sandbox.fault("drop_after_commit", method="POST", path="/messages$")
    stage.write("maps")
    await stage.start()

    async def starters() -> list[Message]:
        found = await stage.sandbox.messages_in(stage.text)
        return [each for each in found if each.by_bot]

    await stage.sandbox.until(starters)
    later = await stage.ada.say(stage.text, "More small talk.")
    for bad in (noise, later):
        await stage.sandbox.drop_keys(bad, "author")
    stage.sandbox.state.nonces.clear()
    await stage.restart()
    await stage.thread()
    assert len([each for each in await starters() if each.type == 0]) == 1
