"""The page of `/setup` and `afterword settings`: who may, and what is in the way."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.settings import settings
from bot.core.phrases import phrases
from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission
from tests.journeys.setup_page import (
    acts,
    channel_of,
    choose,
    edited,
    fill,
    open_page,
    press,
)
from tests.journeys.stage import MODERATES, Stage, command_open_to_all, message_of, said


async def test_of_two_managers_at_once_the_second_looks_again_first(stage: Stage) -> None:
    await stage.publish()
    mia = await stage.sandbox.member(stage.guild, "Mia", permissions=MODERATES.value)
    first, second = await open_page(stage, page="Essays"), await open_page(stage, mia)
    await choose(stage, first, "pace", "daily")
    await press(stage, second, "Essays", mia)
    ids = [str(one.get("custom_id", "")) for one in second.components]
    custom_id = next(one for one in ids if one.endswith(":pace"))
    before = edited(second)
    await mia.select(second, ["weekly"], custom_id=custom_id)
    await stage.sandbox.until(lambda: edited(second) != before)
    await press(stage, first, "Apply")
    await press(stage, second, "Apply", mia)
    assert "Something was changed in the meantime" in second.content
    assert "Pace: one a day → **one a week**" in second.texts
    assert channel_of(stage, "pace") == ("daily",)
    await press(stage, second, "Apply", mia)
    assert channel_of(stage, "pace") == ("weekly",)


async def test_who_lost_the_permission_changes_nothing(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="Essays")
    await choose(stage, page, "pace", "daily")
    opened = await press(stage, page, "Quiet hours")
    await stage.mo.set_roles([])
    for answer in (
        await stage.mo.click(page, label="Apply (1)"),
        await stage.mo.click(page, label="Place"),
        await stage.mo.click(page, label="Preview"),
        await stage.mo.submit(opened, {"quiet_from": "1", "quiet_until": "2"}),
    ):
        assert said(answer).startswith("Only who may manage this server")
    assert channel_of(stage, "pace, quiet_from") == ("each", None)


async def test_a_reader_who_forges_the_command_sees_nothing(stage: Stage) -> None:
    await stage.publish()
    command_open_to_all(stage, "setup")
    answer = await stage.ada.command(stage.text, "setup")
    assert said(answer).startswith("Only who may manage this server")
    assert stage.rows("select count(*) from setup_drafts") == [(0,)]


async def test_a_manager_of_another_server_cannot_use_this_one_s_page(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage)
    away = await stage.sandbox.guild("Elsewhere")
    there = await stage.sandbox.channel(away, "general")
    max_ = await stage.sandbox.member(away, "Max", permissions=MODERATES.value)
    with pytest.raises(ControlError):
        await max_.click(page, label="Essays")
    own = message_of(await max_.command(there, "setup"))
    assert "Setup of Elsewhere" in own.content
    with stage.writing() as db:  # as if a press named the other server's draft
        db.execute("update setup_drafts set guild_id = ? where guild_id <> ?", [stage.guild.id] * 2)
    answer = await max_.click(own, label="Essays")
    await stage.sandbox.until(lambda: answer.followups)
    assert answer.followups[0].content.startswith("This page is over.")


async def test_a_channel_that_was_deleted_before_applying_is_a_sentence(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    logs = await stage.sandbox.channel(stage.guild, "log")
    page = await open_page(stage, page="Reports")
    await choose(stage, page, "log", str(logs.id))
    await press(stage, page, "Place")
    await choose(stage, page, "channel", str(stage.text.id))
    await stage.sandbox.delete_channel(logs)
    await stage.sandbox.until(lambda: stage.bot.get_channel(logs.id) is None)
    answer = await press(stage, page, "Apply")
    assert [one.content for one in answer.followups] == [
        "The channel that you chose is gone, or Afterword cannot see it. Choose another."
    ]
    assert stage.rows("select count(*) from channels") == [(0,)]
    assert acts(stage) == []


async def test_a_channel_without_permissions_is_foreseen_and_refused_whole(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    bot = stage.sandbox.state.application.user.id
    await stage.sandbox.allow(stage.text, bot, deny=int(Permission.EMBED_LINKS))
    page = await open_page(stage)
    await choose(stage, page, "channel", str(stage.text.id))
    assert "allow it Embed Links there" in page.texts
    await choose(stage, page, "body", "card")
    answer = await press(stage, page, "Apply")
    assert "allow it Embed Links there" in answer.followups[0].content
    assert stage.rows("select count(*) from channels") == [(0,)]


async def test_everybody_s_role_is_no_author_s_role(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="People")
    answer = await choose(stage, page, "author", str(stage.guild.id))
    assert answer.followups[0].content.startswith("Everybody has the role @everyone")
    await press(stage, page, "Place")
    assert "Will change" not in page.texts


async def test_a_wrong_value_in_a_form_is_a_sentence_and_stays_out_of_the_draft(
    stage: Stage,
) -> None:
    await stage.publish()
    page = await open_page(stage, page="Essays")
    for label, values, sentence in (
        ("Which essays", {"from": "soon"}, "`from` is a day such as"),
        ("Which essays", {"tags_in": "a", "tags_out": "A"}, "`a` cannot be both in and out."),
        ("Quiet hours", {"quiet_from": "3", "quiet_until": "3"}, "`quiet` is two different hours"),
        ("Quiet hours", {"quiet_from": "3"}, "`quiet` is two different hours"),
    ):
        answer = await fill(stage, page, label, values)
        assert answer.followups[0].content.startswith(sentence)
    assert "Apply" in page.buttons


async def test_a_channel_that_was_set_in_the_terminal_is_used_as_what_it_is(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    await stage.stop()
    run = CliRunner().invoke(
        settings, ["--database", str(stage.database), f"channel={stage.forum.id}", "pace=daily"]
    )
    assert run.exit_code == 0, run.output
    await stage.start(channel=None)
    assert (await stage.thread(stage.forum)).name == "Maps"
    assert channel_of(stage, "kind, pace") == ("forum", "daily")


async def test_a_channel_of_another_server_that_was_set_in_the_terminal_is_not_used(
    stage: Stage,
) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    away = await stage.sandbox.guild("Elsewhere")
    there = await stage.sandbox.channel(away, "general")
    await stage.stop()
    arguments = ["--database", str(stage.database), "--guild", str(stage.guild.id)]
    run = CliRunner().invoke(settings, [*arguments, f"channel={there.id}"])
    assert run.exit_code == 0, run.output
    await stage.start(channel=None)
    await stage.until_rows("select 1 from channels where closed_at is not null")
    await stage.bot.discussion.schedule.run()
    assert await stage.sandbox.threads_in(there) == []


async def test_what_is_set_between_looking_and_saving_is_not_overwritten(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="Essays")
    await choose(stage, page, "pace", "daily")
    cog: Any = stage.bot.get_cog("Setup")
    guild: Any = stage.bot.get_guild(stage.guild.id)
    [(draft_id,)] = stage.rows("select id from setup_drafts")
    draft = await cog._pages.load(guild, draft_id, phrases("en"))
    await stage.mo.command(stage.text, "setup", pace="weekly")
    assert not await cog._pages.apply(draft, stage.mo.id, phrases("en"))
    assert channel_of(stage, "pace") == ("weekly",)


async def test_a_channel_that_is_gone_is_said_so_and_another_can_be_chosen(stage: Stage) -> None:
    await stage.publish()
    other = await stage.sandbox.channel(stage.guild, "other")
    await stage.sandbox.delete_channel(stage.text)
    await stage.sandbox.until(lambda: stage.bot.get_channel(stage.text.id) is None)
    page = message_of(await stage.mo.command(other, "setup"))
    assert "Channel\ndeleted" in page.texts
    assert "The channel that you chose is gone" in page.texts
    await choose(stage, page, "channel", str(other.id))
    await press(stage, page, "Apply")
    assert channel_of(stage, "id") == (other.id,)
