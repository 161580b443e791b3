from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.crash.essay import Essay

if TYPE_CHECKING:
    from bot.sandbox import Channel
    from tests.crash.harness import Harness


async def paragraphs(harness: Harness, thread: Channel) -> list[str]:
    """Return the paragraphs that stand in the thread."""
    body = "".join(each.content for each in await harness.sandbox.messages_in(thread))
    return re.findall(r"P\d+v\d+\.", body)


@pytest.mark.parametrize(
    ("method", "gone", "meanwhile", "afterwards"),
    [
        ("DELETE", "P3v0.", ["P1v0."], ["P1v0.", "P2v2.", "P3v2."]),
        ("PATCH", "P1v0.", ["P1v9.", "P2v0.", "P3v0."], ["P1v0.", "P2v0.", "P3v0."]),
    ],
    ids=["removed", "edited"],
)
async def test_a_message_that_was_changed_before_a_crash_unrecorded_is_as_it_is_wanted_afterwards(
    harness: Harness, method: str, gone: str, meanwhile: list[str], afterwards: list[str]
) -> None:
    harness.settings["body"] = "full"
    thread = await harness.start()
    essay = Essay(harness.folder / "posts", paragraphs=meanwhile)
    await harness.sandbox.fault("drop_after_commit", method=method, path="/messages/", times=1)
    await harness.sandbox.fault("silence", method=method, path="/messages/", times=1000)
    essay.write()

    async def is_gone() -> bool:
        return gone not in await paragraphs(harness, thread)

    await harness.sandbox.until(is_gone)
    await harness.end(signal.SIGKILL)
    essay.paragraphs = afterwards
    essay.write()
    await harness.sandbox.post("clear_faults")
    harness.wake(may_sweep=True)

    async def is_as_wanted() -> bool:
        return await paragraphs(harness, thread) == afterwards

    await harness.sandbox.until(is_as_wanted)
