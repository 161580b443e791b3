"""The dream: drafts for moderators, and what they approve, asked once in both threads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.connection import Connection, End
from bot.core.phrases import phrases
from bot.sandbox.state.permissions import Permission
from bot.store.dreams import nights
from tests.journeys.dream_room import (
    ASK,
    AUDIT,
    BRIDGE,
    DISMISS,
    NIGHT,
    TICKETS,
    Room,
    talking_room,
)
from tests.journeys.stage import MODERATES, Stage, custom_id, message_of, said
from tests.journeys.test_choices import card, refuse

if TYPE_CHECKING:
    from bot.sandbox import Message


@pytest.fixture
async def room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Room:
    return await talking_room(stage, monkeypatch)


async def agree_to_quote(room: Room, message: Message, label: str) -> None:
    """Have a writer asked whether a response may be quoted, and agree."""
    stage = room.stage
    done = said(await stage.mo.menu(message, "Ask to quote"))
    assert done == phrases("en").quote_is_asked, done
    thread, who = (room.maps, stage.ada)
    if message is room.said[1]:
        thread, who = room.roads, stage.bora
    found = await stage.sandbox.messages_in(thread)
    question = next(one for one in found if custom_id(one, "quote"))
    await who.click(question, label=label)


async def test_a_draft_shows_both_texts_and_the_bridge_to_moderators(room: Room) -> None:
    await room.dream()
    draft = await room.draft()
    url = f"https://discord.com/channels/{room.stage.guild.id}"
    assert draft.content.splitlines() == [
        "### Two readers may be speaking of the same thing",
        f"**Maps** [↗]({url}/{room.maps.id}/{room.said[0].id})",
        f"> {TICKETS}",
        f"**Roads** [↗]({url}/{room.roads.id}/{room.said[1].id})",
        f"> {BRIDGE}",
        "What ties them: *ferry*.",
    ]
    assert draft.buttons == [ASK, DISMISS, "Never for “Maps”", "Never for “Roads”"]
    assert await room.asked(room.maps) == []
    assert await room.asked(room.roads) == []


async def test_what_is_approved_is_asked_once_in_both_threads_with_links_alone(room: Room) -> None:
    await room.dream()
    told = await room.press(ASK)
    ((in_maps,), (in_roads,)) = await room.asked(room.maps), await room.asked(room.roads)
    url = f"https://discord.com/channels/{room.stage.guild.id}"
    assert told == f"Asked: {url}/{room.maps.id}/{in_maps.id} {url}/{room.roads.id}/{in_roads.id}"
    assert BRIDGE not in in_maps.content
    assert "Bora" not in in_maps.content
    assert f"{url}/{room.roads.id}/{room.said[1].id}" in in_maps.content
    assert f"{url}/{room.maps.id}/{room.said[0].id}" in in_maps.content
    assert TICKETS not in in_roads.content
    assert room.stage.rows(AUDIT)[-1] == ("asked in two threads", room.stage.mo.id)
    draft = await room.draft()
    assert draft.buttons == []
    assert draft.content.endswith(f"-# <@{room.stage.mo.id}>: asked in the threads")
    why = message_of(await room.stage.bora.click(in_maps, label=in_maps.buttons[0]))
    assert why.ephemeral
    assert why.content == phrases("tr").dream_why  # no word of a text that may not be quoted
    await room.stage.rounds.run()
    assert len(await room.asked(room.maps)) == 1


async def test_words_and_name_stand_there_as_far_as_their_writers_agreed(room: Room) -> None:
    await agree_to_quote(room, room.said[0], "Yes, by name")
    await agree_to_quote(room, room.said[1], "Yes, without name")
    await room.dream()
    await room.press(ASK)
    ((in_maps,), (in_roads,)) = await room.asked(room.maps), await room.asked(room.roads)
    assert f"> {BRIDGE}" in in_maps.content
    assert in_maps.content.startswith("A reader wrote in the thread of **Roads**")
    assert "Bora" not in in_maps.content
    assert f"> {TICKETS}" in in_roads.content
    assert in_roads.content.startswith("Ada wrote in the thread of **Maps**")
    why = message_of(await room.stage.ada.click(in_roads, label=in_roads.buttons[0]))
    assert why.content.endswith("What ties them: *ferry*.")


async def test_words_go_when_their_writer_withdraws_the_consent(room: Room) -> None:
    await agree_to_quote(room, room.said[0], "Yes, by name")
    await room.dream()
    await room.press(ASK)
    (in_roads,) = await room.asked(room.roads)
    assert TICKETS in in_roads.content
    found = await card(room.stage, room.stage.ada)
    await room.stage.ada.click(found, label="Withdraw all quotes of mine here")
    await room.settled()
    (in_roads,) = await room.asked(room.roads)
    assert TICKETS not in in_roads.content
    assert "Ada" not in in_roads.content


@pytest.mark.parametrize("how", ["delete", "hide", "refuse"])
async def test_words_go_with_their_response_from_threads_and_draft(room: Room, how: str) -> None:
    await agree_to_quote(room, room.said[0], "Yes, by name")
    await room.dream()
    await room.press(ASK)
    if how == "delete":
        await room.stage.ada.delete(room.said[0])
        await room.stage.until_kept(BRIDGE)
    elif how == "hide":
        await room.stage.mo.menu(room.said[0], "Hide")
    else:
        await refuse(room.stage, room.stage.ada)
    await room.settled()
    assert await room.asked(room.maps) == []
    assert await room.asked(room.roads) == []
    draft = await room.draft()
    assert draft.content == phrases("en").dream_withdrawn
    assert draft.buttons == []


async def test_words_go_from_an_archived_thread_too(room: Room) -> None:
    await agree_to_quote(room, room.said[0], "Yes, by name")
    await room.dream()
    await room.press(ASK)
    await room.stage.mo.command(room.roads, "thread close")
    found = await card(room.stage, room.stage.ada)
    await room.stage.ada.click(found, label="Withdraw all quotes of mine here")
    await room.settled()
    assert await room.asked(room.roads) == []


async def test_an_edit_reaches_the_words_that_are_quoted(room: Room) -> None:
    await agree_to_quote(room, room.said[0], "Yes, by name")
    await room.dream()
    await room.press(ASK)
    await room.stage.ada.edit(room.said[0], "I keep nothing.")
    await room.stage.until_kept("I keep nothing.", BRIDGE)
    await room.settled()
    (in_roads,) = await room.asked(room.roads)
    assert "> I keep nothing." in in_roads.content
    assert "> I keep nothing." in (await room.draft()).content


async def test_who_may_not_moderate_is_refused_at_the_press(room: Room) -> None:
    await room.dream()
    draft = await room.draft()
    for label in draft.buttons:
        refused = said(await room.stage.ada.click(draft, label=label))
        assert refused == phrases("en").only_moderators
    other = await room.stage.sandbox.guild("Elsewhere")
    lobby = await room.stage.sandbox.channel(other, "lobby")
    owner = await room.stage.sandbox.member(other, "Olga", permissions=8)
    assert lobby
    raw = await room.stage.sandbox.post(
        "add_member", guild=str(room.stage.guild.id), user=str(owner.id)
    )
    olga_here = type(owner)(room.stage.sandbox, raw)
    assert said(await olga_here.click(draft, label=ASK)) == phrases("en").only_moderators
    role = await room.stage.sandbox.post(
        "create_role",
        guild=str(room.stage.guild.id),
        name="M",
        permissions=str(MODERATES.value),
    )
    iris = await room.stage.sandbox.member(room.stage.guild, "Iris", roles=[int(role["id"])])
    await iris.set_roles([])
    assert said(await iris.click(draft, label=ASK)) == phrases("en").only_moderators
    assert await room.asked(room.maps) == []
    assert room.stage.rows("select decision from connections") == [(None,)]


async def test_a_text_that_was_deleted_meanwhile_is_not_asked_about(room: Room) -> None:
    await room.dream()
    draft = await room.draft()
    await room.stage.ada.delete(room.said[0])
    await room.stage.until_kept(BRIDGE)
    told = said(await room.stage.mo.click(draft, label=ASK))
    assert told == phrases("en").dream_gone
    assert await room.asked(room.roads) == []
    assert (await room.draft()).content == phrases("en").dream_withdrawn


async def test_a_locked_thread_takes_no_question(room: Room) -> None:
    await room.dream()
    await room.stage.mo.command(room.roads, "thread lock")
    told = await room.press(ASK)
    assert told == phrases("en").dream_thread_closed.format(thread=f"<#{room.roads.id}>")
    assert await room.asked(room.maps) == []
    await room.stage.mo.command(room.roads, "thread reopen")
    assert (await room.press(ASK)).startswith("Asked: ")


async def test_a_permission_that_the_bot_lacks_is_named(room: Room) -> None:
    await room.dream()
    await room.stage.sandbox.deny_bot(room.stage.text, int(Permission.SEND_MESSAGES_IN_THREADS))
    assert "Send Messages in Threads" in await room.press(ASK)
    assert room.stage.rows("select decision from connections") == [(None,)]
    await room.stage.sandbox.deny_bot(room.stage.text, 0)
    assert (await room.press(ASK)).startswith("Asked: ")


async def test_buttons_work_after_a_restart_and_decide_once(room: Room) -> None:
    await room.dream()
    draft = await room.draft()
    await room.stage.restart()
    path = f"/channels/{room.desk.id}/messages/"
    await room.stage.sandbox.fault("drop_before_commit", method="PATCH", path=path, times=10)
    assert said(await room.stage.mo.click(draft, label=DISMISS)) == "Noted."
    again = said(await room.stage.mo.click(draft, label=ASK))
    assert again == f"<@{room.stage.mo.id}> decided before you: not this one."
    await room.stage.sandbox.clear_faults()
    await room.settled()
    assert (await room.draft()).content.endswith(f"-# <@{room.stage.mo.id}>: not this one")
    assert await room.asked(room.maps) == []


async def test_an_open_question_meets_what_speaks_to_it(room: Room) -> None:
    a, b = await room.ends()
    question = End(b.post_id, None, None)
    await room.record([Connection("question", question, a, ("road",), None, 1.0)])
    assert "> Which road do you miss?" in (await room.draft()).content
    await room.press(ASK)
    ((in_maps,), (in_roads,)) = await room.asked(room.maps), await room.asked(room.roads)
    assert in_maps.content.startswith("The essay **Roads** [↗]")
    assert "> Which road do you miss?" in in_maps.content
    assert in_roads.content.endswith("Does that answer what this essay asks? What do you think?")


async def test_a_passage_of_an_essay_is_quoted_from_its_file(room: Room) -> None:
    a, b = await room.ends()
    passage = End(b.post_id, None, 0)
    await room.record([Connection("pair", a, passage, ("paragraph",), None, 1.0)])
    await room.press(ASK)
    (in_maps,) = await room.asked(room.maps)
    assert "> The first paragraph says what there is to say." in in_maps.content


async def test_a_third_text_is_the_bridge(room: Room) -> None:
    a, b = await room.ends()
    through = End(b.post_id, None, 0)
    await room.record([Connection("bridge", a, b, ("paragraph",), through, 1.0)])
    lines = (await room.draft()).content.splitlines()
    assert lines[-2:] == [
        "Both meet **Roads**, and there *paragraph*:",
        "> The first paragraph says what there is to say.",
    ]


async def test_a_pair_is_never_offered_twice(room: Room) -> None:
    await room.dream()
    a, b = await room.ends()
    await room.record([Connection("pair", b, a, ("ferry",), None, 2.0)], NIGHT + timedelta(days=1))
    assert len(await room.drafts()) == 1


async def test_an_essay_that_is_left_out_comes_in_no_draft_any_more(room: Room) -> None:
    third = await room.stage.ada.say(room.maps, "A ferry again.")
    await room.stage.until_kept(TICKETS, BRIDGE, "A ferry again.")
    [(post, other)] = room.stage.rows(
        "select post_id, responses.id from responses "
        "join publications on publications.id = publication_id where source_id = ?",
        third.id,
    )
    rows = room.stage.rows(
        "select post_id, responses.id from responses join publications "
        "on publications.id = publication_id where source_id in (?, ?) order by responses.id",
        room.said[0].id,
        room.said[1].id,
    )
    (a_post, a), (b_post, b) = rows
    first = Connection("pair", End(a_post, a, None), End(b_post, b, None), ("ferry",), None, 1.0)
    await room.record([first])
    assert await room.press("Never for “Roads”") == "Noted."
    second = Connection("pair", End(post, other, None), End(b_post, b, None), ("x",), None, 1.0)
    await room.record([second], NIGHT + timedelta(days=1))
    assert len(await room.drafts()) == 1
    assert room.stage.rows(AUDIT)[-1] == ("left out an essay", room.stage.mo.id)


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit"])
@pytest.mark.parametrize("what", ["draft", "question"])
async def test_a_message_in_doubt_is_looked_for_after_a_restart_and_stands_once(
    room: Room, fault: str, what: str
) -> None:
    place = room.desk if what == "draft" else room.roads
    path = f"/channels/{place.id}/messages$"
    if what == "question":
        await room.dream()
    await room.stage.sandbox.fault(fault, method="POST", path=path, times=10)
    if what == "draft":
        await room.dream()
    else:
        assert await room.press(ASK) == phrases("en").dream_sent_later
    await room.stage.sandbox.clear_faults()
    room.stage.sandbox.state.nonces.clear()  # Discord remembers them for minutes only
    await room.stage.restart()
    await room.settled()
    assert len(await room.drafts()) == 1
    assert len(await room.asked(room.roads)) == (what == "question")


async def test_a_draft_that_never_went_out_stays_out_when_a_text_is_gone(room: Room) -> None:
    path = f"/channels/{room.desk.id}/messages$"
    await room.stage.sandbox.fault("drop_before_commit", method="POST", path=path, times=10)
    await room.dream()
    await room.stage.ada.delete(room.said[0])
    await room.stage.until_kept(BRIDGE)
    await room.stage.sandbox.clear_faults()
    await room.settled()
    assert await room.drafts() == []


async def test_a_draft_in_doubt_loses_its_words_when_a_text_is_gone(room: Room) -> None:
    path = f"/channels/{room.desk.id}/messages$"
    await room.stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=10)
    await room.dream()
    await room.stage.ada.delete(room.said[0])
    await room.stage.until_kept(BRIDGE)
    await room.stage.sandbox.clear_faults()
    await room.settled()
    assert (await room.draft()).content == phrases("en").dream_withdrawn


async def test_without_a_channel_for_moderators_there_is_only_the_journal(room: Room) -> None:
    store, guild, now = room.stage.bot.store, room.stage.guild.id, datetime.now(UTC)
    a, b = await room.ends()
    await store.write(nights.begin, guild, NIGHT, now)
    found = [Connection("pair", a, b, ("ferry",), None, 1.0)]
    await store.write(nights.record, guild, NIGHT, found, 0, now)
    await room.stage.rounds.run()
    assert await room.drafts() == []
    assert room.stage.rows("select count(*) from connections") == [(1,)]
