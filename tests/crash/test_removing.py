from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from tests.crash.essay import Essay

if TYPE_CHECKING:
    from bot.sandbox import Channel
    from tests.crash.house import House


async def paragraphs(house: House, thread: Channel) -> str:
    """Return the body as it stands in the thread."""
    return "\n".join(each.content for each in await house.sandbox.messages_in(thread))


async def test_a_message_that_we_removed_before_a_crash_comes_back_when_it_is_wanted(
    house: House,
) -> None:
    house.settings["body"] = "full"
    thread = await house.start()
    essay = Essay(house.folder / "posts")
    essay.revise("shrink")
    await house.sandbox.fault("drop_after_commit", method="DELETE", times=1)
    await house.sandbox.fault("silence", method="DELETE", times=1000)
    essay.write()

    async def shrunk() -> bool:
        return "P3v0" not in await paragraphs(house, thread)

    await house.sandbox.until(shrunk)
    await house.end(signal.SIGKILL)
    essay.revise("grow")
    essay.write()
    await house.sandbox.post("clear_faults")
    house.wake(may_sweep=True)

    async def grown() -> bool:
        there = await paragraphs(house, thread)
        return all(each in there for each in essay.paragraphs)

    await house.sandbox.until(grown)


async def test_an_edit_that_a_crash_kept_unrecorded_is_undone_when_the_essay_changes_back(
    house: House,
) -> None:
    house.settings["body"] = "full"
    thread = await house.start()
    essay = Essay(house.folder / "posts")
    first, essay.paragraphs[0] = essay.paragraphs[0], "P1v9."
    await house.sandbox.fault("drop_after_commit", method="PATCH", path="/messages/", times=1)
    await house.sandbox.fault("silence", method="PATCH", path="/messages/", times=1000)
    essay.write()

    async def changed() -> bool:
        return "P1v9." in await paragraphs(house, thread)

    await house.sandbox.until(changed)
    await house.end(signal.SIGKILL)
    essay.paragraphs[0] = first
    essay.write()
    await house.sandbox.post("clear_faults")
    house.wake(may_sweep=True)

    async def changed_back() -> bool:
        there = await paragraphs(house, thread)
        return first in there and "P1v9." not in there

    await house.sandbox.until(changed_back)
