"""What each journey costs: transactions of the store, readings of a file, answers composed."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bot.blog import index
from bot.discussion.messages import compose
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.client import AfterwordBot

EARLIER = 9
"""Answers that stand in the thread before the one that is counted."""


class Counting:
    """Lists the transactions of a bot, by the store's functions and by the tasks that ask for them.

    What goes on beside a journey (rounds, catching up) is done by other tasks.
    """

    def __init__(self) -> None:
        self._calls: list[tuple[asyncio.Task[Any] | None, str]] = []

    def watch(self, bot: AfterwordBot) -> None:
        store: Any = bot.store
        store.read, store.write = self._counting(store.read), self._counting(store.write)

    def _counting(self, run: Any) -> Any:
        def counted(function: Any, *args: Any, **kwargs: Any) -> Any:
            self._calls.append((asyncio.current_task(), function.__name__))
            return run(function, *args, **kwargs)

        return counted

    def clear(self) -> None:
        self._calls.clear()

    def times(self, name: str) -> int:
        return sum(name == called for _, called in self._calls)

    def beside(self, *names: str) -> list[str]:
        """Return what the tasks did that called one of these functions, and what was collected."""
        tasks = {task for task, called in self._calls if called in names}
        return [name for task, name in self._calls if task in tasks or name == "collect"]

    def of_commands(self) -> list[str]:
        """Return what was done for commands and keystrokes."""
        named = ((task.get_name() if task else "", name) for task, name in self._calls)
        return [name for task, name in named if task == "CommandTree-invoker"]


@pytest.fixture
async def calls(stage: Stage) -> Counting:
    """The transactions of a bot that was started with one essay."""
    counting = Counting()
    stage.write("maps", tags=["maps"])
    await stage.start(counting.watch)
    return counting


def calls_of(patch: pytest.MonkeyPatch, owner: Any, name: str) -> Counter[str]:
    """Count the calls of a function by its second argument."""
    counts: Counter[str] = Counter()
    function = getattr(owner, name)

    def called(first: Any, second: Any, *args: Any, **kwargs: Any) -> Any:
        counts[str(second)] += 1
        return function(first, second, *args, **kwargs)

    patch.setattr(owner, name, called)
    return counts


async def test_publishing_takes_at_most_nine_transactions_besides_collecting(
    stage: Stage, calls: Counting
) -> None:
    await stage.thread()
    for place in (stage.text, stage.forum):
        await stage.mo.command(stage.text, "setup", channel=str(place.id))
        calls.clear()
        stage.write(place.name)
        await stage.sandbox.until(lambda: "untold" in calls.beside("record_posts"))
        calls.clear()
        done = await stage.mo.command(place, "discuss", slug=place.name)
        assert "discussed here" in said(done)
        took = [name for name in calls.beside("intend") if name != "collect"]
        assert {"intend", "load", "finish"} <= set(took)
        assert len(took) <= 10, " ".join(took)


async def test_an_answer_takes_at_most_eight_however_many_came_before(
    stage: Stage, calls: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.core.review.MOST_ANSWERS", 2 * EARLIER)  # these are no flood
    thread = await stage.thread()
    prompt = await stage.prompt(thread)
    for number in range(EARLIER):
        reader = await stage.sandbox.member(stage.guild, f"Reader {number}")
        await stage.answer(reader, prompt, f"Answer {number}.")
    await stage.sandbox.until(lambda: calls.times("finish_answer") == EARLIER)
    publishing: Any = stage.bot.get_cog("Publishing")
    publishing.rounds.cancel()  # a round that comes now would compose all answers of the thread
    await stage.sandbox.until(lambda: not stage.bot.discussion.schedule._running.locked())
    composed = calls_of(monkeypatch, compose, "shown_answer")
    read = calls_of(monkeypatch, index, "read_file")
    calls.clear()
    await stage.answer(stage.ada, prompt, "The key.")
    await stage.sandbox.until(lambda: calls.times("finish_answer"))
    took = calls.beside("get_form", "unless_too_late", "load_answer")
    assert len(took) <= 8, " ".join(took)
    assert composed.total() == 1
    assert read.total() == 0


async def test_an_edit_takes_at_most_ten_and_one_reading_of_the_file(
    stage: Stage, calls: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = await stage.thread()
    await stage.sandbox.until(lambda: calls.times("sign_of_life"))
    read = calls_of(monkeypatch, index, "read_file")
    calls.clear()
    stage.write("maps", tags=["maps"], text="Another paragraph says it now.")
    await stage.shown(thread, "Another paragraph")
    markers = ("_record_changed", "record_posts")
    await stage.sandbox.until(lambda: "untold" in calls.beside(*markers))
    took = calls.beside(*markers)
    assert len(took) <= 10, " ".join(took)
    assert read == {"maps.md": 1}


async def test_a_keystroke_takes_none(stage: Stage, calls: Counting) -> None:
    thread = await stage.thread()
    calls.clear()
    for place in (stage.text, thread):
        for typed in ("", "m"):
            assert await stage.ada.complete(place, "post", "slug", typed)
            assert await stage.ada.complete(place, "tag", "tag", typed)
    assert calls.of_commands() == []
