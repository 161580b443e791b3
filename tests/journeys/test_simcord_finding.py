"""Finding, asking, following and reacting, in a Discord that others wrote (SimCord)."""

from __future__ import annotations

from typing import Any

from bot.core.errors import AfterwordError
from tests.journeys.simcord_room import (
    KEEPS,
    Room,
    answer,
    kept,
    message_of,
    set_up,
)


def described(page: Any) -> str:
    embed = message_of(page).embeds[0]
    return str(embed.description)


async def run(room: Room, query: str) -> list[tuple[Any, ...]]:
    bot: Any = room.env.bot
    found: list[tuple[Any, ...]] = await bot.store.read(lambda db: db.execute(query).fetchall())
    return found


async def test_a_reader_finds_an_open_question_and_answers_it(room: Room) -> None:
    await set_up(room, room.text)
    page = await room.ada.slash(room.text, "questions")
    assert page.ephemeral
    assert f"**{KEEPS}**" in described(page)
    assert "nobody has answered" in described(page)
    menu = message_of(page).components[0]["components"][0]
    form = await room.ada.select(message_of(page), [menu["options"][0]["value"]])
    await room.ada.submit_modal(form, {"text": "The tickets."})
    await room.env.settle()
    assert await kept(room) == {"The tickets.": KEEPS}


async def test_a_search_finds_essays_and_what_stands_in_their_threads(room: Room) -> None:
    thread = await set_up(room, room.text)
    await answer(room.ada, room.prompt(thread), "My old tickets.")
    await room.env.settle()
    page = await room.bora.slash(room.text, "search", words="TICKET")
    assert "> My old tickets." in described(page)
    essays = await room.bora.slash(room.text, "search", words="memory")
    assert "**Maps**" in described(essays)
    nothing = await room.bora.slash(room.text, "search", words="zeppelin")
    assert message_of(nothing).content.startswith("Nothing that you can see here")
    (refusal,) = room.env.errors  # SimCord counts what the command tree answers as an error
    assert isinstance(refusal.__cause__, AfterwordError)


async def test_readers_ask_for_a_thread_and_a_moderator_starts_it(room: Room) -> None:
    await set_up(room, room.text)
    bot: Any = room.env.bot
    await bot.store.write(lambda db: db.execute("update guilds set requests = 1"))
    card = await room.ada.slash(room.text, "post", slug="clocks")
    asked = await room.ada.click(message_of(card), label="Ask for its thread")
    assert message_of(asked).content.startswith("Counted: you are the first")
    assert await run(room, "select count(*) from thread_requests") == [(1,)]
    offered = await room.mo.autocomplete(room.text, "discuss", "slug", "")
    assert offered[0]["name"] == "Clocks (one reader asks)"


async def test_a_reaction_is_counted(room: Room) -> None:
    thread = await set_up(room, room.text)
    message = await room.ada.send(thread, "I keep maps.")
    await room.env.settle()
    await room.bora.react(message, "👍")
    await room.mo.react(message, "👍")
    await room.bora.unreact(message, "👍")
    await room.env.settle()
    assert await run(room, "select emoji, count from reactions") == [("👍", 1)]


async def test_a_reader_follows_a_tag(room: Room) -> None:
    await set_up(room, room.text)
    made = await room.mo.slash(room.text, "follow-role", action="add", tag="maps")
    assert message_of(made).content.startswith("Made <@&")
    page = await room.ada.slash(room.text, "follow")
    menu = message_of(page).components[0]["components"][0]
    await room.ada.select(message_of(page), [menu["options"][0]["value"]])
    [(role,)] = await run(room, "select role_id from follow_roles")
    again = await room.ada.slash(room.text, "follow")
    menu = message_of(again).components[0]["components"][0]
    assert [each["label"] for each in menu["options"]] == ["Stop following Maps"]
    await room.mo.slash(room.text, "discuss", slug="clocks")
    await room.env.settle()
    starter = next(one for one in room.text.history() if one.id == room.thread().id)
    assert f"Followers: <@&{role}>" in starter.content


async def test_a_reader_asks_an_essay_and_shows_the_answer(room: Room) -> None:
    thread = await set_up(room, room.text)
    bot: Any = room.env.bot
    await bot.discussion.indexer.update()
    page = await room.ada.slash(thread, "ask", question="What does the first paragraph say?")
    assert page.ephemeral
    assert "> The first paragraph says what there is to say." in described(page)
    await room.ada.click(message_of(page), label="Show it here")
    await room.env.settle()
    shown = thread.history()[-1]
    assert shown.content.startswith(
        "**ada** asked: What does the first paragraph say?\n> The first"
    )
    await room.mo.click(shown, label="Take away")
    await room.env.settle()
    assert shown.id not in {one.id for one in thread.history()}
    assert await run(room, "select act from audit where act like 'took%'") == [
        ("took down a passage",)
    ]


async def test_a_question_that_mentions_the_bot_is_answered_to_its_writer(room: Room) -> None:
    thread = await set_up(room, room.text)
    bot: Any = room.env.bot
    await bot.discussion.indexer.update()
    asked = f"{bot.user.mention} what does the first paragraph say?"
    message = await room.ada.send(thread, asked)
    await room.env.settle()
    reply = thread.history()[-1]
    assert reply.reference is not None
    assert reply.reference.message_id == message.id
    page = await room.ada.click(reply, label="Show the answer")
    assert page.ephemeral
    assert "> The first paragraph says what there is to say." in described(page)
    assert await kept(room) == {}
