"""What each journey costs: transactions of the store, readings of a file, answers composed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bot.blog import index
from bot.discussion.messages import compose
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.client import AfterwordBot
EARLIER = 12
"""Answers that stand in the thread before the one that is counted."""


async def start_and_count(stage: Stage) -> list[str]:
    """Start the bot and wait for the end of its first round; return the list of what it does then.

    The list has the names of the store's functions, a transaction each. The next round is a minute
    away, or comes when something changes.
    """
    calls: list[str] = []

    def count(bot: AfterwordBot) -> None:
        def counting(run: Any) -> Any:
            def counted(function: Any, *args: Any, **kwargs: Any) -> Any:
                calls.append(function.__name__)
                return run(function, *args, **kwargs)

            return counted

        store: Any = bot.store
        store.read, store.write = counting(store.read), counting(store.write)

    await stage.start(count)
    await stage.sandbox.until(lambda: is_round_over(calls))
    return calls


def is_round_over(calls: list[str]) -> bool:
    """Return whether everything that was due was done."""
    begins = calls.index("sign_of_life") if "sign_of_life" in calls else len(calls)
    return "untold" in calls[begins:]


def calls_of(patch: pytest.MonkeyPatch, owner: Any, name: str) -> Counter[str]:
    """Count the calls of a function by its second argument."""
    counts: Counter[str] = Counter()
    function = getattr(owner, name)

    def called(first: Any, second: Any, *args: Any, **kwargs: Any) -> Any:
        counts[str(second)] += 1
        return function(first, second, *args, **kwargs)

    patch.setattr(owner, name, called)
    return counts


@pytest.mark.parametrize("place", ["text", "forum"])
async def test_publishing_takes_at_most_twelve_transactions(stage: Stage, place: str) -> None:
    stage.settings |= {"channel": getattr(stage, place).id, "first_run": "none"}
    stage.write("maps")
    calls = await start_and_count(stage)
    calls.clear()
    await stage.mo.command(getattr(stage, place), "discuss", slug="maps")
    await stage.thread(getattr(stage, place))
    assert len(calls) <= 12, " ".join(calls)


async def test_an_answer_takes_at_most_eight_however_many_came_before(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.write("maps")
    calls = await start_and_count(stage)
    thread = await stage.thread()
    prompt = await stage.prompt(thread)
    for number in range(EARLIER):
        reader = await stage.sandbox.member(stage.guild, f"Reader {number}")
        await stage.answer(reader, prompt, f"Answer {number}.")
    await stage.sandbox.until(lambda: calls.count("finish_answer") == EARLIER)
    composed = calls_of(monkeypatch, compose, "shown_answer")
    read = calls_of(monkeypatch, index, "read_file")
    calls.clear()
    await stage.show_answer(stage.ada, thread, "The key.")
    await stage.sandbox.until(lambda: "finish_answer" in calls)
    assert len(calls) <= 8, " ".join(calls)
    assert composed.total() == 1
    assert read.total() == 0


async def test_an_edit_takes_at_most_ten_and_one_reading_of_the_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.write("maps")
    calls = await start_and_count(stage)
    thread = await stage.thread()
    read = calls_of(monkeypatch, index, "read_file")
    calls.clear()
    stage.write("maps", text="Another paragraph says it now.")
    await stage.shown(thread, "Another paragraph")
    await stage.sandbox.until(lambda: is_round_over(calls))
    assert len(calls) <= 10, " ".join(calls)
    assert read == {"maps.md": 1}


async def test_a_keystroke_takes_none(stage: Stage) -> None:
    stage.write("maps", tags=["maps"])
    calls = await start_and_count(stage)
    thread = await stage.thread()
    calls.clear()
    for place in (stage.text, thread):
        for typed in ("", "m"):
            assert await stage.ada.complete(place, "post", "slug", typed)
            assert await stage.ada.complete(place, "tag", "tag", typed)
    assert calls == [], " ".join(calls)
