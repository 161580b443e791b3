"""A ban takes shown answers down, hidden and not deleted; an unban brings nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.stage import MODERATES, Stage, said

if TYPE_CHECKING:
    from bot.sandbox import Person

BAN = int(Permission.BAN_MEMBERS)
ACTS = "select act, actor_id, detail from audit"
HIDDEN = "select text from responses where hidden_at is not null order by text"


async def judge_of(stage: Stage) -> Person:
    bits = MODERATES.value | BAN
    return await stage.sandbox.member(stage.guild, "Judge", permissions=bits)


async def test_a_ban_takes_shown_answers_down_and_leaves_the_rest(stage: Stage) -> None:
    judge = await judge_of(stage)
    thread = await stage.publish()
    await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    await stage.show_answer(stage.bora, thread, "A box of maps.")
    await stage.ada.say(thread, "A message.")
    await stage.until_kept("A drawer of keys.", "A box of maps.", "A message.")
    await judge.ban(stage.ada)
    await stage.until_hidden(thread, "A drawer of keys.")
    assert stage.rows(HIDDEN) == [("A drawer of keys.",)]
    assert sorted(stage.kept()) == ["A box of maps.", "A message."]
    assert stage.rows(ACTS) == [("took answers down", 0, "1")]
    assert await stage.shown(thread, "A box of maps.")
    await judge.unban(stage.ada)
    await stage.restart()
    await stage.rounds.run()
    assert stage.rows(HIDDEN) == [("A drawer of keys.",)]
    assert all("A drawer" not in each.content for each in await stage.bot_says(thread))


async def test_a_ban_elsewhere_changes_nothing_here(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    other = await stage.sandbox.guild("Elsewhere")
    zed = await stage.sandbox.member(other, "Zed", permissions=BAN)
    await zed.ban(stage.ada)
    await zed.ban(stage.bora)
    await stage.until_rows("select 1 from guilds where id = ?", other.id)
    done = await stage.mo.command(stage.text, "responses", slug="maps")
    assert "A drawer of keys." in said(done)
    assert stage.rows(ACTS) == []


async def test_a_ban_while_the_bot_was_away_is_found_where_it_may_look(stage: Stage) -> None:
    judge = await judge_of(stage)
    thread = await stage.publish()
    await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    await stage.stop()
    await judge.ban(stage.ada)
    await stage.start()
    await stage.until_kept("A drawer of keys.")  # it may not look at bans
    assert stage.rows(ACTS) == []
    await stage.stop()
    await stage.sandbox.permit_bot(stage.guild, INVITED | BAN)
    await stage.start()
    await stage.until_hidden(thread, "A drawer of keys.")
    assert stage.rows(ACTS) == [("took answers down", 0, "1")]
