"""Showing a text costs what the text is long: counted in calls, which no busy machine changes."""

import gc
import sys
from types import FrameType

import pytest

from bot.core.markup import render, split
from bot.core.markup.splitting.messages import MESSAGE_LIMIT
from tests.growth.constructs import CONSTRUCTS, REPEATED, Maker
from tests.growth.measure import MOST, show

LENGTHS = (3_000, 6_000, 12_000)
"""The first that is shown in more than a message is doubled, so that both texts are cut."""

ALIKE = {name: make for name, make in CONSTRUCTS.items() if not name.startswith("mixed")}
"""Texts whose second half is as dense as their first."""


def calls(text: str) -> int:
    """Return how many calls, of Python's and of C's, reading and showing a text takes."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    show(text)  # sets up what is set up once, such as patterns that were not used for long
    before = sys.getprofile()
    gc.disable()  # what other tests left is no part of it
    sys.setprofile(see)
    try:
        show(text)
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


@pytest.mark.parametrize("make", ALIKE.values(), ids=ALIKE)
def test_a_text_twice_as_long_costs_twice(make: Maker) -> None:
    fits = (size for size in LENGTHS if len(render(make(size)).text) > MESSAGE_LIMIT)
    size = next(fits, LENGTHS[-1])
    assert calls(make(2 * size)) <= MOST * calls(make(size))


def test_what_begins_and_never_ends_is_looked_for_once() -> None:
    units = [unit for name, unit in REPEATED.items() if name.startswith("unclosed")]
    for end in (" ", "\n\n"):  # a pattern that looks further each time outlasts the test's limit
        show("".join((unit + end) * 400 for unit in units))


def test_a_message_holds_many_small_pieces_without_each_being_tried_with_each() -> None:
    lines = "\\\n".join(str(n % 7) for n in range(4_000))
    messages = split(render(lines))
    assert len(messages) <= 2 * 4_000 // 2_000 + 1
    assert all(len(message) <= 2_000 for message in messages)
    shown = "\n".join(messages).split("\n")
    assert shown == [str(n % 7) for n in range(4_000)]
