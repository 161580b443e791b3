from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from tests.crash.essay import Essay

if TYPE_CHECKING:
    from bot.sandbox import Channel
    from tests.crash.harness import Harness


async def paragraphs(harness: Harness, thread: Channel) -> str:
    """Return the body as it stands in the thread."""
    return "\n".join(each.content for each in await harness.sandbox.messages_in(thread))


async def test_a_message_that_we_removed_before_a_crash_comes_back_when_it_is_wanted(
    harness: Harness,
) -> None:
    harness.settings["body"] = "full"
    thread = await harness.start()
    essay = Essay(harness.folder / "posts")
    essay.revise("shrink")
    await harness.sandbox.fault("drop_after_commit", method="DELETE", times=1)
    await harness.sandbox.fault("silence", method="DELETE", times=1000)
    essay.write()

    async def shrunk() -> bool:
        return "P3v0" not in await paragraphs(harness, thread)

    await harness.sandbox.until(shrunk)
    await harness.end(signal.SIGKILL)
    essay.revise("grow")
    essay.write()
    await harness.sandbox.post("clear_faults")
    harness.wake(may_sweep=True)

    async def grown() -> bool:
        there = await paragraphs(harness, thread)
        return all(each in there for each in essay.paragraphs)

    await harness.sandbox.until(grown)


async def test_an_edit_that_a_crash_kept_unrecorded_is_undone_when_the_essay_changes_back(
    harness: Harness,
) -> None:
    harness.settings["body"] = "full"
    thread = await harness.start()
    essay = Essay(harness.folder / "posts")
    first, essay.paragraphs[0] = essay.paragraphs[0], "P1v9."
    await harness.sandbox.fault("drop_after_commit", method="PATCH", path="/messages/", times=1)
    await harness.sandbox.fault("silence", method="PATCH", path="/messages/", times=1000)
    essay.write()

    async def changed() -> bool:
        return "P1v9." in await paragraphs(harness, thread)

    await harness.sandbox.until(changed)
    await harness.end(signal.SIGKILL)
    essay.paragraphs[0] = first
    essay.write()
    await harness.sandbox.post("clear_faults")
    harness.wake(may_sweep=True)

    async def changed_back() -> bool:
        there = await paragraphs(harness, thread)
        return first in there and "P1v9." not in there

    await harness.sandbox.until(changed_back)
