"""Requests: what publishing and catching up cost, counted in the sandbox's log."""

import asyncio
import math
from pathlib import Path

from bot.blog.files.reading import read_folder
from bot.sandbox import Channel, Sandbox
from bot.sandbox.state.request_log import Request
from tests.bench.scale import say
from tests.bench.table import Row
from tests.bench.without_sweeps import let_rest
from tests.bench.worker import ROOT
from tests.journeys.stage import Stage

SIGNING_IN = ("/users/@me", "/oauth2", "/applications", "/gateway")
"""What every bot asks for when it starts, however many essays it has."""

PAGE = 100
"""Messages in a page of history (docs/discord-facts.md#history-pages)."""

ASLEEP = 130
AWAKE = 7
"""What is said in an archived and in an active thread while the bot is away: 2 pages and 1."""


def calls(folder: Path) -> list[Row]:
    """Measure publishing in both kinds of channels, and catching up on the text channel."""
    for kind in ("text", "forum"):
        (folder / kind).mkdir()
    text, catching_up = asyncio.run(_play(folder / "text", is_forum=False))
    forum, _ = asyncio.run(_play(folder / "forum", is_forum=True))
    return [
        Row("requests to publish, text channel", "messages + 1", [text], 1.0),
        Row("requests to publish, forum", "messages", [forum], 1.0),
        Row("requests to catch up", "lists + pages", [catching_up], 1.0),
    ]


async def _play(folder: Path, *, is_forum: bool) -> tuple[float, float]:
    """Return the requests of publishing over its messages, and those of catching up likewise.

    What is asked before the first message is the look for threads of a lost database, which every
    channel has once; it is no part of publishing an essay.
    """
    async with Sandbox() as sandbox:
        stage = await Stage.build(sandbox, folder)
        channel = stage.forum if is_forum else stage.text
        essays = _essays(stage.content)
        stage.settings |= {"channel": channel.id, "first_run": essays}
        await stage.start(let_rest)
        threads = await stage.threads(channel, essays)
        asked = _asked(sandbox)
        looks = [each.method for each in asked].index("POST")
        spent = len(asked) - looks
        floor = 0 if is_forum else essays
        for thread in threads:
            floor += 1 + len(await stage.bot_says(thread))  # the starter, and what follows it
        await stage.stop()
        caught = 1.0 if is_forum else await _catch_up(stage, threads)
    say(f"  {spent} requests to publish {essays} essays; {looks} to look for lost threads")
    return spent / floor, caught


async def _catch_up(stage: Stage, threads: list[Channel]) -> float:
    """Let readers write while the bot is away; return its requests over what they must be."""
    asleep, awake = threads[:2]
    for thread, count in ((asleep, ASLEEP), (awake, AWAKE)):
        for number in range(count):
            await stage.ada.say(thread, f"Said in the meantime, {number}.")
    await stage.mo.archive(asleep)
    await stage.mo.archive(threads[2])
    stage.sandbox.requests.clear()
    bot = await stage.start(let_rest)
    await stage.sandbox.until(
        lambda: (
            not bot.discussion.collector.tracked.behind and bot.discussion.collector.writer.is_idle
        )
    )
    spent = len(_asked(stage.sandbox))
    pages = sum(math.ceil(count / PAGE) for count in (ASLEEP, AWAKE))
    floor = 1 + pages  # one list: that of the channel's archive
    say(f"  {spent} requests to catch up on {ASLEEP + AWAKE} messages: 1 list, {pages} pages")
    await stage.stop()
    return spent / floor


def _asked(sandbox: Sandbox) -> list[Request]:
    return [each for each in sandbox.requests if not each.route.startswith(SIGNING_IN)]


def _essays(folder: Path) -> int:
    """Copy the project's own essays; return how many there are, translations not counted."""
    for path in (ROOT / "content" / "posts").glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
    return len({post.essay for post in read_folder(folder).posts if post.kind == "essay"})
