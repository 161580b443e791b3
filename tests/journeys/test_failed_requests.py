"""Whatever requests come to: one essay, one thread, each message once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.sandbox import Channel

WAITS = "select 1 from publications where waiting_for is not null"


@pytest.mark.parametrize("place", ["text", "forum"])
@pytest.mark.parametrize("path", [r"/messages$", r"/threads$"])
async def test_an_answer_of_discord_that_never_comes_doubles_nothing(
    stage: Stage, place: str, path: str
) -> None:
    channel: Channel = getattr(stage, place)
    stage.settings["channel"] = channel.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=2)
    bot = await stage.start()
    for _ in range(3):
        await stage.until_rows(f"{WAITS} or settled <> ''")
        await bot.discussion.schedule.run()  # as it does each minute
    await assert_complete(stage, channel)
    assert stage.sandbox.faults.happened["drop_after_commit"] > 0


@pytest.mark.parametrize(
    ("kind", "status"), [("error_after_commit", 502), ("error_before_commit", 503)]
)
async def test_a_server_error_doubles_no_forum_post_and_loses_none(
    stage: Stage, kind: str, status: int
) -> None:
    stage.settings["channel"] = stage.forum.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    await stage.sandbox.fault(kind, method="POST", path=r"/threads$", status=status)
    bot = await stage.start()
    await stage.until_rows(WAITS)
    await bot.discussion.schedule.run()
    await assert_complete(stage, stage.forum)


async def test_a_lock_that_was_never_confirmed_is_undone_when_the_essay_returns(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    stage.write("maps", draft="true")
    await stage.sandbox.fault("drop_after_commit", method="PATCH", path=rf"/channels/{thread.id}$")
    await stage.bot.blog.update()
    await stage.bot.discussion.schedule.run()
    assert stage.sandbox.faults.happened["drop_after_commit"] == 1
    stage.write("maps")
    await stage.bot.blog.update()
    for _ in range(3):
        await stage.bot.discussion.schedule.run()
    assert not (await stage.thread()).locked


async def assert_complete(stage: Stage, channel: Channel) -> None:
    """Check that there is one thread with each message once, and the ledger knows them."""
    thread = await stage.thread(channel)
    texts = Counter(one.content for one in await stage.bot_says(thread))
    assert set(texts.values()) == {1}
    assert len(texts) == 3
    assert stage.rows("select count(*) from publications") == [(1,)]
    found = {one.id for one in await stage.bot_says(thread)} | {thread.id}
    assert {row[0] for row in stage.rows("select message_id from messages")} == found
    if channel.id == stage.text.id:
        assert [one.id for one in await stage.sandbox.messages_in(channel)] == [thread.id]
