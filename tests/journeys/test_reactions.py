"""A reaction to a response is counted, and who reacted is nowhere."""

from __future__ import annotations

from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import Stage, message_of

THUMB, HEART = "👍", "❤️"
COUNTS = "select emoji, count from reactions order by emoji"


async def until_counted(stage: Stage, **counts: int) -> None:
    names = {"thumb": THUMB, "heart": HEART}
    expected = sorted((names[name], count) for name, count in counts.items())
    await stage.sandbox.until(lambda: sorted(stage.rows(COUNTS)) == expected)


async def test_reactions_are_counted_shown_to_authors_and_kept_of_nobody(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "The river.")
    await stage.bora.react(message, THUMB)
    await stage.mo.react(message, THUMB)
    await stage.mo.react(message, HEART)
    await stage.bora.unreact(message, THUMB)
    await until_counted(stage, thumb=1, heart=1)
    page = message_of(await stage.mo.command(stage.text, "responses", slug="maps"))
    assert "❤️ 1 👍 1" in page.content
    assert stage.rows("select count(*) from responses") == [(1,)]
    assert stage.rows("select id from readers") == [(stage.ada.id,)]
    await stage.mo.clear_reactions(message, HEART)
    await until_counted(stage, thumb=1)
    await stage.ada.delete(message)
    await until_counted(stage)


async def test_reactions_to_a_shown_answer_count_for_it(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.bora.react(shown, THUMB)
    await until_counted(stage, thumb=1)
    await stage.mo.clear_reactions(shown)
    await until_counted(stage)


async def test_what_was_missed_is_counted_when_the_thread_is_read_again(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "The river.")
    shown = await stage.show_answer(stage.bora, thread, "The tickets.")
    await stage.mo.react(message, HEART)
    await until_counted(stage, heart=1)
    await stage.stop()
    await stage.mo.unreact(message, HEART)
    await stage.ada.react(message, THUMB)
    await stage.mo.react(message, THUMB)
    await stage.mo.react(shown, HEART)
    await stage.start()
    await until_counted(stage, thumb=2, heart=1)


async def test_the_bots_own_reaction_is_not_counted(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.permit_bot(stage.guild, int(Permission.ADMINISTRATOR))
    message = await stage.say_until_kept(stage.ada, thread, "The river.")
    own = stage.bot.get_partial_messageable(thread.id).get_partial_message(message.id)
    await own.add_reaction(THUMB)
    await stage.bora.react(message, HEART)
    await until_counted(stage, heart=1)
    await stage.restart()
    await stage.until_rows("select 1 from threads where swept_at is not null")
    assert stage.rows(COUNTS) == [(HEART, 1)]


async def test_an_event_that_came_twice_is_right_after_the_next_reading(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "The river.")
    await stage.sandbox.event_fault("duplicate", "MESSAGE_REACTION_ADD", times=1)
    await stage.bora.react(message, THUMB)
    await until_counted(stage, thumb=2)
    await stage.restart()
    await until_counted(stage, thumb=1)
