from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.actions import channels, guilds
from bot.sandbox.state.clock import Clock, created_at
from bot.sandbox.state.models import Channel, Message, User
from bot.sandbox.state.request_log import Request
from bot.sandbox.state.state import State
from bot.sandbox.state.timeline import Timeline
from tests.sandbox.openapi import Contract

if TYPE_CHECKING:
    from collections.abc import Iterable

STATE = State()
CHANNEL = channels.create(STATE, guilds.create(STATE, "g"), "c")
IDS = st.lists(st.integers(1, 200), unique=True).map(sorted)


def timeline(ids: Iterable[int]) -> Timeline[Message]:
    result: Timeline[Message] = Timeline()
    for each in ids:
        result.add(message(each, CHANNEL))
    return result


def message(ident: int, channel: Channel) -> Message:
    return Message(ident, channel, User(1, "u"), STATE.now())


@given(IDS, st.integers(0, 201), st.integers(1, 100), st.data())
def test_pages_are_what_a_plain_list_would_give(
    ids: list[int], pivot: int, limit: int, data: st.DataObject
) -> None:
    gone = set(data.draw(st.lists(st.sampled_from(ids), unique=True))) if ids else set()
    line = timeline(ids)
    for each in gone:
        line.remove(each)
    left = [each for each in ids if each not in gone]
    newest_first = left[::-1]
    assert [m.id for m in line.before(None, limit)] == newest_first[:limit]
    before = [each for each in newest_first if each < pivot][:limit]
    assert [m.id for m in line.before(pivot, limit)] == before
    after = [each for each in left if each > pivot][:limit]
    assert [m.id for m in line.after(pivot, limit)] == after[::-1]
    assert len(line) == len(left)


@given(st.lists(st.floats(0, 1000), max_size=50))
def test_ids_grow_and_know_their_time(steps: list[float]) -> None:
    clock = Clock()
    ids = []
    for seconds in steps:
        clock.advance(seconds)
        ids += [clock.snowflake(), clock.snowflake()]
    assert ids == sorted(set(ids))
    if ids:
        assert abs((clock.now() - created_at(ids[-1])).total_seconds()) < 1


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="only moves forward"):
        Clock().advance(-1)


def test_the_openapi_file_would_notice_a_wrong_request_and_a_wrong_answer(
    contract: Contract | None,
) -> None:
    if contract is None:
        pytest.skip("Discord's OpenAPI file is not here: set DISCORD_OPENAPI to its path")
    path, route = "/users/@me", "/users/@me"
    good = Request("GET", path, route, 200, 1.0)
    assert contract.faults([good]) == []
    bad = Request("GET", path, route, 200, 1.0, answer={"id": 1})
    assert contract.faults([bad]) != []
    typing = "/channels/1/messages"
    wrong = Request("POST", typing, typing, 200, 1.0, body={"content": 1})
    assert contract.faults([wrong]) != []
    nowhere = Request("GET", "/nowhere", "/nowhere", 200, 1.0)
    assert contract.faults([nowhere]) == ["GET /nowhere is not in the file"]
