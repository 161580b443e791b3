"""What catching up and sweeping cost, counted by the sandbox."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.core.post import Post
from bot.sandbox.actions import messages, threads
from bot.sandbox.actions.drafts import Draft
from bot.store.content import posts
from bot.store.file.database import open_database
from bot.store.ledger import channels, publications
from bot.store.responses.collected import collect

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.crash.harness import Harness

THREADS, MOVED, ARCHIVED, PAGE = 1000, 10, 500, 100
OLD = timedelta(days=40)


def start_threads(sandbox: Sandbox, harness: Harness) -> list[int]:
    """Start threads forty days ago, and archive half of them."""
    state = sandbox.state
    channel, bot = state.channel(harness.channel.id), state.bot_in(state.guild(harness.guild.id))
    state.clock._ahead, state.clock._last = -OLD, 0
    made = [
        threads.from_message(
            state, bot, messages.send(state, bot, channel, Draft(content="Essay")), "Essay"
        )
        for _ in range(THREADS)
    ]
    archive(sandbox, harness, [thread.id for thread in made[:ARCHIVED]])
    state.clock._ahead = timedelta()
    return [thread.id for thread in made]


def archive(sandbox: Sandbox, harness: Harness, ids: list[int]) -> None:
    """Archive threads."""
    state = sandbox.state
    for each in ids:
        bot = state.bot_in(state.guild(harness.guild.id))
        threads.update(state, bot, state.thread(each), {"archived": True})


def write_ledger(db: Database, harness: Harness, ids: list[int]) -> None:
    """Record the threads as if each had been published, and all in it seen."""
    now = datetime.now(UTC) - OLD
    every = [Post(f"{n}.md", "en", f"essay-{n}", "Essay", f"essay-{n}", digest="x") for n in ids]
    channels.join_guild(db, harness.guild.id, "Essays", now)
    settled = channels.Channel(harness.channel.id, harness.guild.id, False, "en", "each", "auto")  # noqa: FBT003  # a row
    channels.use_channel(db, settled, now)
    channels.open_channel(db, harness.channel.id, now)
    for thread_id, post in zip(ids, posts.record_posts(db, every, now).posts, strict=True):
        number = publications.intend(db, harness.channel.id, post, (), asked_by=None, now=now)
        publications.record_thread(db, number, harness.guild.id, thread_id, now)
        publications.begin(db, number)
        publications.settle(db, number, post.digest)
    marks = {each: harness.sandbox.state.channel(each).last_message_id or each for each in ids}
    collect(db, [], marks, now)


async def test_catching_up_costs_pages_of_what_moved_and_lists_and_the_sweep_is_apart(
    harness: Harness,
) -> None:
    for path in (harness.folder / "posts").iterdir():
        path.unlink()  # no essay: nothing is published, and the folder is suspected
    ids = start_threads(harness.sandbox, harness)
    db = open_database(harness.database)
    with db.atomic():
        write_ledger(db, harness, ids)
    db.close()
    moved = ids[:: THREADS // MOVED]
    for thread_id in moved:
        await harness.ada.say(thread_id, f"In {thread_id}")
    archive(harness.sandbox, harness, moved[: MOVED // 2])
    harness.sandbox.requests.clear()
    shared = harness.wake(may_sweep=False)
    await harness.sandbox.until(lambda: len(harness.kept()) == MOVED and not shared["behind"])
    pages, lists = (
        "/channels/{channel_id}/messages",
        "/channels/{channel_id}/threads/archived/public",
    )
    catching_up = Counter({f"GET {pages}": MOVED, f"GET {lists}": ARCHIVED // PAGE})
    assert reads(harness) == catching_up
    shared["may_sweep"] = 1
    await harness.sandbox.until(lambda: shared["swept"])
    assert reads(harness) - catching_up == Counter({f"GET {pages}": MOVED})  # one page each again
    assert (shared["catching_up"], shared["sweeping"]) == (MOVED + ARCHIVED // PAGE, MOVED)


def reads(harness: Harness) -> Counter[str]:
    """Return the requests that read threads."""
    counts = harness.sandbox.requests.counts
    return Counter({route: times for route, times in counts.items() if "/channels/" in route})
