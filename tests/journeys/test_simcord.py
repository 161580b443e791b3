"""The main journeys again, in a Discord that others wrote (SimCord): a second opinion.

Left out is what it is known to model wrongly: forum starter ids, `after` paging, nonces.
"""

from __future__ import annotations

from typing import Any

import pytest
import simcord

from bot.core.errors import AfterwordError
from tests.journeys.simcord_room import KEEPS, MakeBot, Room, answer, kept, message_of, set_up


async def test_setup_in_a_text_channel_starts_a_thread_that_asks(room: Room) -> None:
    thread = await set_up(room, room.text)
    assert thread.name == "Maps"
    starter = next(one for one in room.text.history() if one.id == thread.id)
    assert f"**{KEEPS}**" in starter.content
    assert starter.embeds[0].title == "Maps"
    assert [one.content for one in room.said_by_bot(thread)][-1] == f"**{KEEPS}**"


async def test_setup_in_a_forum_posts_the_essay_and_asks(room: Room) -> None:
    thread = await set_up(room, room.forum)
    assert thread.name == "Maps"
    texts = [one.content for one in room.said_by_bot(thread)]
    assert any("The first paragraph" in text for text in texts)
    assert texts[-1] == f"**{KEEPS}**"


async def test_a_member_is_refused_what_moderators_do(room: Room) -> None:
    await set_up(room, room.text)
    assert not {"setup", "discuss"} & set(room.ada.available_commands(room.text))


async def test_discuss_starts_a_thread_from_the_shelf(room: Room) -> None:
    await set_up(room, room.text)
    offered = await room.mo.autocomplete(room.text, "discuss", "slug", "clo")
    assert [one["name"] for one in offered] == ["Clocks"]
    await room.mo.slash(room.text, "discuss", slug=offered[0]["value"])
    await room.env.settle()
    assert sorted(one.name or "" for one in room.text.threads) == ["Clocks", "Maps"]


def setup_id(page: Any, end: str) -> str:
    """Return the custom_id of one of the page's menus or buttons, by what it ends with."""
    ids = [each.get("custom_id", "") for row in page.components for each in row["components"]]
    return next(str(one) for one in ids if one.endswith(end))


async def test_setup_as_a_page_starts_nothing_until_it_is_applied(
    room: Room,
) -> None:
    opened = await room.mo.slash(room.text, "setup")
    assert opened.ephemeral
    page = message_of(opened)
    assert "Nothing starts until a channel is chosen." in str(page.embeds[0].to_dict())
    chosen = await room.mo.select(page, [room.forum], custom_id=setup_id(page, ":channel"))
    page = message_of(chosen)
    assert "**Maps** starts at once." in str(page.embeds[0].to_dict())
    page = message_of(await room.mo.click(page, label="Essays"))
    page = message_of(
        await room.mo.select(page, ["daily"], custom_id=setup_id(page, ":essays:pace"))
    )
    form = await room.mo.click(page, label="Quiet hours")
    await room.mo.submit_modal(form, {"quiet_from": [], "quiet_until": []})
    assert not room.forum.threads
    await room.mo.click(page, label="Apply (2)")
    await room.env.settle()
    assert room.thread(room.forum).name == "Maps"


async def test_post_is_completed_and_shows_a_private_card(room: Room) -> None:
    await set_up(room, room.text)
    offered = await room.ada.autocomplete(room.text, "post", "slug", "MAP")
    card = await room.ada.slash(room.text, "post", slug=offered[0]["value"])
    assert card.ephemeral
    assert message_of(card).embeds[0].title == "Maps"
    assert KEEPS in message_of(card).content
    page = await room.ada.click(message_of(card), label="Read")
    assert "The first paragraph" in message_of(page).content


async def test_tag_lists_essays_and_opens_one(room: Room) -> None:
    await set_up(room, room.text)
    offered = await room.ada.autocomplete(room.text, "tag", "tag", "")
    assert {one["name"] for one in offered} == {"Memory (2)", "Maps (2)"}
    listed = await room.ada.slash(room.text, "tag", tag="memory")
    assert message_of(listed).content.index("Maps") < message_of(listed).content.index("Clocks")
    menu = message_of(listed).components[0]["components"][0]
    opened = await room.ada.select(message_of(listed), [menu["options"][0]["value"]])
    assert message_of(opened).embeds[0].title == "Maps"


async def test_an_answer_through_the_form_is_kept_and_shown(room: Room) -> None:
    thread = await set_up(room, room.text)
    told = await answer(room.ada, room.prompt(thread), "The tickets.", quote=True)
    assert told == "Kept for the author, and shown in the thread."
    await room.env.settle()
    shown = room.said_by_bot(thread)[-1]
    assert shown.content == f"> {KEEPS}\n**ada** answers\nThe tickets."
    assert await kept(room) == {"The tickets.": KEEPS}

    refused = await room.bora.click(shown, label="Withdraw")
    assert message_of(refused).content.startswith("Only its writer")
    await room.ada.click(shown, label="Withdraw")
    await room.env.settle()
    assert await kept(room) == {}
    assert all("The tickets." not in one.content for one in room.said_by_bot(thread))


async def test_replies_edits_and_deletions_are_followed(room: Room) -> None:
    thread = await set_up(room, room.text)
    first = await room.ada.send(thread, "The tickets.", reply_to=room.prompt(thread))
    second = await room.bora.send(thread, "Mine too.", reply_to=first)
    await room.ada.send(thread, "Who drew the header?")
    await room.env.settle()
    assert await kept(room) == {
        "The tickets.": KEEPS,
        "Mine too.": KEEPS,
        "Who drew the header?": None,
    }
    await room.ada.edit(first, "The tickets, mostly.")
    await room.bora.delete(second)
    await room.env.settle()
    assert await kept(room) == {"The tickets, mostly.": KEEPS, "Who drew the header?": None}


async def test_another_bot_is_no_reader(room: Room) -> None:
    thread = await set_up(room, room.text)
    machine = room.guild.add_member(room.env.create_user("machine", bot=True))
    await machine.send(thread, "I am a bot.")
    await room.ada.send(thread, "I am a reader.")
    await room.env.settle()
    assert list(await kept(room)) == ["I am a reader."]


async def test_authors_read_and_readers_are_refused(room: Room) -> None:
    thread = await set_up(room, room.text)
    await answer(room.ada, room.prompt(thread), "The tickets.")
    page = await room.mo.slash(room.text, "responses", slug="maps")
    assert page.ephemeral
    assert "> The tickets." in message_of(page).content
    refused = await room.ada.slash(room.text, "responses", slug="maps")
    assert message_of(refused).content.startswith("Only authors")
    (refusal,) = room.env.errors  # SimCord counts what the command tree answers as an error
    assert isinstance(refusal.__cause__, AfterwordError)


async def test_authors_highlight_filter_and_see_what_is_new(room: Room) -> None:
    thread = await set_up(room, room.text)
    said = await room.ada.send(thread, "The tickets.", reply_to=room.prompt(thread))
    await room.bora.send(thread, "Who drew the header?")
    await room.env.settle()
    marked = await room.mo.context_menu(thread, "Highlight", said)
    assert message_of(marked).content.startswith("Highlighted, for authors only.")
    page = await room.mo.slash(room.text, "responses", slug="maps", highlighted=True)
    assert "> The tickets." in message_of(page).content
    assert "header" not in message_of(page).content
    news = await room.mo.slash(room.text, "responses")
    assert "-# Responses: 2. Essays: 1." in message_of(news).content
    menu = message_of(news).components[0]["components"][0]
    opened = await room.mo.select(message_of(news), [menu["options"][0]["value"]])
    assert "> Who drew the header?" in message_of(opened).content


async def test_a_digest_comes_once(room: Room) -> None:
    desk = room.guild.create_text_channel("desk")
    await room.mo.slash(room.text, "setup", channel=room.text, digest="daily", digest_channel=desk)
    await room.env.settle()
    await room.ada.send(room.thread(), "The tickets.")
    await room.env.settle()
    bot: Any = room.env.bot
    old = "update digests set intended_at = '2026-01-01T00:00:00.000+00:00'"
    await bot.store.write(lambda db: db.execute(old).rowcount)
    for _ in range(2):
        await bot.get_cog("Publishing").rounds.run()
    (digest,) = room.said_by_bot(desk)
    assert "-# Responses: 1. Essays: 1." in digest.content


async def test_a_reader_deletes_what_is_kept_of_them(room: Room) -> None:
    thread = await set_up(room, room.text)
    await answer(room.ada, room.prompt(thread), "The tickets.")
    await room.ada.send(thread, "Who drew the header?")
    told = await room.ada.slash(room.text, "privacy")
    assert "Kept of you: 2 here, 2 in all." in message_of(told).content
    await room.ada.click(message_of(told), label="Delete mine everywhere")
    await room.ada.click(message_of(told), label="Delete mine everywhere")
    await room.env.settle()
    assert await kept(room) == {}
    assert all("The tickets." not in one.content for one in room.said_by_bot(thread))


async def test_a_writer_is_asked_to_be_quoted_and_then_refuses_to_be_kept(room: Room) -> None:
    thread = await set_up(room, room.text)
    message = await room.ada.send(thread, "The tickets.", reply_to=room.prompt(thread))
    await room.bora.send(thread, f"As {room.ada.mention} says.")
    await room.env.settle()
    await room.mo.context_menu(thread, "Ask to quote", message)
    await room.env.settle()
    question = thread.history()[-1]
    assert question.content.startswith("May this response be quoted on the blog?")
    refused = await room.bora.click(question, label="No")
    assert message_of(refused).content.startswith("Only the writer")
    noted = await room.ada.click(question, label="Yes, by name")
    assert message_of(noted).content.startswith("Noted: **Yes, by name**.")
    await room.env.settle()
    assert thread.history()[-1].content == f"As {room.ada.mention} says."

    told = await room.ada.slash(room.text, "privacy")
    card = await room.ada.click(message_of(told), label="Change my choices")
    assert "One response of yours" in message_of(card).content
    await room.ada.click(message_of(card), label="No, keep nothing of mine")
    await room.ada.click(message_of(card), label="No, keep nothing of mine")
    await room.ada.send(thread, "Never kept.")
    await room.env.settle()
    assert list(await kept(room)) == ["As @someone says."]
    form = await room.ada.click(room.prompt(thread), label="Answer")
    assert "nothing you write in this server is kept" in message_of(form).content


async def test_buttons_and_forms_outlive_a_restart(room: Room, make_bot: MakeBot) -> None:
    thread = await set_up(room, room.text)
    prompt = room.prompt(thread)
    opened = await room.ada.click(prompt, label="Answer")
    count = len(room.said_by_bot(thread))
    await room.env.restart_bot(make_bot())
    done = await room.ada.submit_modal(opened, {"text": "I took my time."})
    assert message_of(done).content == "Kept for the author, and shown in the thread."
    assert (await room.bora.click(prompt, label="Answer")).modal is not None
    await room.env.settle()
    assert len(room.said_by_bot(thread)) == count + 1
    assert len(room.text.threads) == 1


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_channel_that_is_known_only_at_a_restart_gets_its_thread(
    room: Room, make_bot: MakeBot, kind: str
) -> None:
    channel = room.text if kind == "text" else room.forum
    await room.env.restart_bot(make_bot(channel.id))
    await room.env.settle()
    assert [one.name for one in channel.threads] == ["Maps"]


async def test_a_guild_that_appears_after_the_bot_is_ready_gets_its_thread(
    make_bot: MakeBot,
) -> None:
    async with simcord.run(make_bot()) as env:
        await env.settle()
        room = Room(env)
        await env.settle()
        thread = await set_up(room, room.text)
        assert thread.name == "Maps"


async def test_without_the_intent_answers_still_come(make_bot: MakeBot) -> None:
    async with simcord.run(make_bot(message_content=False)) as env:
        room = Room(env)
        thread = await set_up(room, room.text)
        await room.ada.send(thread, "Does it hear me?")
        await answer(room.ada, room.prompt(thread), "The tickets.")
        await env.settle()
        assert await kept(room) == {"The tickets.": KEEPS}


async def test_days_that_pass_quietly_post_nothing(room: Room) -> None:
    thread = await set_up(room, room.text)
    count = len(thread.history())
    await room.env.advance_time(120)
    await room.env.settle()
    assert len(thread.history()) == count
