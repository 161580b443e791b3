"""Hiding, linking, closing, withdrawing and the audit, in a Discord that others wrote (SimCord)."""

from __future__ import annotations

from typing import Any

from tests.journeys.simcord_room import KEEPS, Room, answer, kept, message_of, set_up


async def test_a_response_is_hidden_and_shown_again(room: Room) -> None:
    thread = await set_up(room, room.text)
    said = await room.ada.send(thread, "The tickets.", reply_to=room.prompt(thread))
    await room.env.settle()
    hidden = await room.mo.context_menu(thread, "Hide", said)
    assert message_of(hidden).content.startswith("Hidden: it is in no list")
    assert await kept(room) == {}
    await room.mo.context_menu(thread, "Hide", said)
    assert await kept(room) == {"The tickets.": KEEPS}


async def test_a_shown_answer_that_is_hidden_leaves_the_thread(room: Room) -> None:
    thread = await set_up(room, room.text)
    await answer(room.ada, room.prompt(thread), "The tickets.")
    await room.env.settle()
    shown = room.said_by_bot(thread)[-1]
    hidden = await room.mo.context_menu(thread, "Hide", shown)
    await room.env.settle()
    assert all("The tickets." not in one.content for one in room.said_by_bot(thread))
    await room.mo.click(message_of(hidden), label="Show it again")
    await room.env.settle()
    assert "The tickets." in room.said_by_bot(thread)[-1].content


async def test_a_missing_link_is_made(room: Room) -> None:
    thread = await set_up(room, room.text)
    said = await room.ada.send(thread, "The tickets.")
    await room.env.settle()
    assert await kept(room) == {"The tickets.": None}
    asked = await room.mo.context_menu(thread, "Link to question", said)
    menu = message_of(asked).components[0]["components"][0]
    await room.mo.select(message_of(asked), [menu["options"][0]["value"]])
    await room.env.settle()
    assert await kept(room) == {"The tickets.": KEEPS}


async def test_a_thread_is_locked_withdrawn_and_brought_back_and_the_audit_says_so(
    room: Room,
) -> None:
    thread = await set_up(room, room.text)
    done = await room.mo.slash(thread, "thread lock")
    assert message_of(done).content.startswith("Locked")
    withdrawn = await room.mo.slash(room.text, "publish withdraw", slug="maps")
    assert message_of(withdrawn).content.startswith("Withdrawn: **Maps**")
    starter = next(one for one in room.text.history() if one.id == thread.id)
    assert "taken this essay back" in starter.content
    await room.mo.slash(room.text, "publish retry", slug="maps")
    await room.env.settle()
    starter = next(one for one in room.text.history() if one.id == thread.id)
    assert "It ends by asking" in starter.content
    page = await room.mo.slash(room.text, "audit")
    acts = [line.split("**")[1] for line in message_of(page).content.splitlines()[1:]]
    assert acts[:3] == ["retried an essay", "withdrew an essay", "locked a thread"]


async def test_a_member_is_offered_none_of_it(room: Room) -> None:
    await set_up(room, room.text)
    offered: set[Any] = set(room.ada.available_commands(room.text))
    assert not {"thread", "publish", "audit", "Hide", "Link to question"} & offered
