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
    from tests.crash.house import House

THREADS, MOVED, ARCHIVED, PAGE = 1000, 10, 500, 100
OLD = timedelta(days=40)


def start_threads(sandbox: Sandbox, house: House) -> list[int]:
    """Start threads forty days ago, and archive half of them."""
    state = sandbox.state
    channel, bot = state.channel(house.channel.id), state.bot_in(state.guild(house.guild.id))
    state.clock._ahead, state.clock._last = -OLD, 0
    made = [
        threads.from_message(
            state, bot, messages.send(state, bot, channel, Draft(content="Essay")), "Essay"
        )
        for _ in range(THREADS)
    ]
    archive(sandbox, house, [thread.id for thread in made[:ARCHIVED]])
    state.clock._ahead = timedelta()
    return [thread.id for thread in made]


def archive(sandbox: Sandbox, house: House, ids: list[int]) -> None:
    """Archive threads."""
    state = sandbox.state
    for each in ids:
        bot = state.bot_in(state.guild(house.guild.id))
        threads.update(state, bot, state.thread(each), {"archived": True})


def write_ledger(db: Database, house: House, ids: list[int]) -> None:
    """Record the threads as if each had been published, and all in it seen."""
    now = datetime.now(UTC) - OLD
    every = [Post(f"{n}.md", "en", f"essay-{n}", "Essay", f"essay-{n}", digest="x") for n in ids]
    channels.join_guild(db, house.guild.id, "Essays", now)
    settled = channels.Channel(house.channel.id, house.guild.id, False, "en", "each", "auto")  # noqa: FBT003  # a row
    channels.use_channel(db, settled, now)
    channels.open_channel(db, house.channel.id, now)
    for thread_id, post in zip(ids, posts.record_posts(db, every, now).posts, strict=True):
        number = publications.intend(db, house.channel.id, post, (), asked_by=None, now=now)
        publications.record_thread(db, number, house.guild.id, thread_id, now)
        publications.begin(db, number)
        publications.settle(db, number, post.digest)
    marks = {each: house.sandbox.state.channel(each).last_message_id or each for each in ids}
    collect(db, [], marks, now)


async def test_catching_up_costs_pages_of_what_moved_and_lists_and_the_sweep_is_apart(
    house: House,
) -> None:
    for path in (house.folder / "posts").iterdir():
        path.unlink()  # no essay: nothing is published, and the folder is suspected
    ids = start_threads(house.sandbox, house)
    db = open_database(house.database)
    with db.atomic():
        write_ledger(db, house, ids)
    db.close()
    moved = ids[:: THREADS // MOVED]
    for thread_id in moved:
        await house.ada.say(thread_id, f"In {thread_id}")
    archive(house.sandbox, house, moved[: MOVED // 2])
    house.sandbox.requests.clear()
    board = house.wake(may_sweep=False)
    await house.sandbox.until(lambda: len(house.kept()) == MOVED and not board["behind"])
    pages, lists = (
        "/channels/{channel_id}/messages",
        "/channels/{channel_id}/threads/archived/public",
    )
    catching_up = Counter({f"GET {pages}": MOVED, f"GET {lists}": ARCHIVED // PAGE})
    assert reads(house) == catching_up
    board["may_sweep"] = 1
    await house.sandbox.until(lambda: board["swept"])
    assert reads(house) - catching_up == Counter({f"GET {pages}": MOVED})  # one page each again
    assert (board["catching_up"], board["sweeping"]) == (MOVED + ARCHIVED // PAGE, MOVED)


def reads(house: House) -> Counter[str]:
    """Return the requests that read threads."""
    counts = house.sandbox.requests.counts
    return Counter({route: times for route, times in counts.items() if "/channels/" in route})
