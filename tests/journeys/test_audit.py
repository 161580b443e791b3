"""`/audit` and the log channel: who did what, once, in order, and who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.core.phrases import phrases
from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission
from bot.store.audit import ACTS
from tests.journeys.stage import MODERATES, Stage, command_open_to_all, message_of, press, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

UNTOLD = "select 1 from audit where told_at is null"


def choose_log(stage: Stage, channel: Channel) -> None:
    """Choose the log channel, as `/setup` does."""
    with stage.writing() as db:
        db.execute("update guilds set log_channel_id = ?", [channel.id])


async def logged(stage: Stage, channel: Channel) -> list[str]:
    """Return the lines of the log, without their times."""
    found = await stage.sandbox.messages_in(channel)
    lines = [line for each in found for line in each.content.splitlines()]
    return [line.partition("> ")[2] for line in lines]


async def until_logged(stage: Stage, channel: Channel, *lines: str) -> None:
    async def is_logged() -> bool:
        return await logged(stage, channel) == list(lines)

    await stage.sandbox.until(is_logged)


async def with_log(stage: Stage) -> tuple[Channel, Channel]:
    """Publish, and choose a log; return the thread and the log."""
    thread = await stage.publish()
    log = await stage.sandbox.channel(stage.guild, "log")
    choose_log(stage, log)
    return thread, log


def test_every_act_has_its_words() -> None:
    say = phrases("en")
    assert [say.act(act) for act in ACTS] == list(ACTS)


async def test_each_act_is_logged_once_and_in_order_through_a_restart(stage: Stage) -> None:
    thread, log = await with_log(stage)
    message = await stage.say_until_kept(stage.ada, thread, "A drawer of keys.")
    mo = f"<@{stage.mo.id}>"
    at = f"Maps https://discord.com/channels/{stage.guild.id}/{thread.id}"
    await stage.mo.menu(message, "Highlight")
    first = f"{mo}: **highlighted a response** · {at}/{message.id}"
    await until_logged(stage, log, first)
    await stage.mo.menu(message, "Hide")
    await stage.mo.command(thread, "thread lock")
    await stage.restart()
    second = f"{mo}: **hid a response** · {at}/{message.id}"
    third = f"{mo}: **locked a thread** · {at}"
    await until_logged(stage, log, first, second, third)
    await stage.rounds.run()
    await until_logged(stage, log, first, second, third)
    assert stage.rows(UNTOLD) == []
    assert all(not each.raw["mentions"] for each in await stage.sandbox.messages_in(log))


async def test_many_acts_come_in_few_messages(stage: Stage) -> None:
    thread, log = await with_log(stage)
    message = await stage.say_until_kept(stage.ada, thread, "A drawer of keys.")
    await stage.sandbox.allow(log, stage.guild, deny=int(Permission.VIEW_CHANNEL))
    for _ in range(9):
        await stage.mo.menu(message, "Highlight")
    await stage.sandbox.allow(log, stage.guild)
    await stage.rounds.run()
    found = await stage.sandbox.messages_in(log)
    assert [len(each.content.splitlines()) for each in found] == [7, 2]


async def test_what_was_done_before_there_was_a_log_is_not_told(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.mo.command(thread, "thread lock")
    log = await stage.sandbox.channel(stage.guild, "log")
    choose_log(stage, log)
    await stage.mo.command(thread, "thread reopen")
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))
    assert len(await logged(stage, log)) == 1


async def in_doubt(stage: Stage) -> None:
    """Let the bot die before it knew that Discord took the last line."""
    await stage.stop()
    with stage.writing() as db:
        db.execute("update audit set told_at = null, message_id = null")
    await stage.start()
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))


async def test_a_line_in_doubt_is_looked_for_and_not_sent_twice(stage: Stage) -> None:
    thread, log = await with_log(stage)
    await stage.mo.command(thread, "thread lock")
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))
    await stage.sandbox.post("set_limits", nonce_window=0)
    await in_doubt(stage)
    [line] = await stage.sandbox.messages_in(log)
    assert stage.rows("select message_id from audit") == [(line.id,)]


async def test_a_line_that_somebody_deleted_counts_as_told(stage: Stage) -> None:
    thread, log = await with_log(stage)
    await stage.mo.command(thread, "thread lock")
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))
    [line] = await stage.sandbox.messages_in(log)
    await stage.mo.delete(line)
    await in_doubt(stage)
    assert await stage.sandbox.messages_in(log) == []
    assert stage.rows("select message_id from audit") == [(None,)]


async def test_a_log_that_lacks_a_permission_is_told_of_and_fails_no_act(stage: Stage) -> None:
    thread, log = await with_log(stage)
    notices = await stage.sandbox.channel(stage.guild, "notices")
    with stage.writing() as db:
        db.execute("update guilds set notices_channel_id = ?", [notices.id])
    await stage.sandbox.allow(log, stage.guild, deny=int(Permission.SEND_MESSAGES))
    done = await stage.mo.command(thread, "thread lock")
    assert said(done).startswith("Locked")
    await stage.rounds.run()
    [told] = await stage.sandbox.messages_in(notices)
    assert f"cannot be logged in <#{log.id}>: allow Afterword Send Messages" in told.content
    assert await stage.sandbox.messages_in(log) == []
    await stage.sandbox.allow(log, stage.guild)
    await stage.rounds.run()
    assert len(await logged(stage, log)) == 1
    await stage.sandbox.delete_channel(log)
    await stage.mo.command(thread, "thread reopen")
    await stage.rounds.run()
    [_, gone] = await stage.sandbox.messages_in(notices)
    assert gone.content.startswith("The channel for the log of what moderators do is gone")


async def test_a_log_message_opens_the_audit_from_there_on(stage: Stage) -> None:
    thread, log = await with_log(stage)
    await stage.mo.command(thread, "thread lock")
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))
    [line] = await stage.sandbox.messages_in(log)
    await stage.mo.command(thread, "thread reopen")
    await stage.restart()
    page = await press(stage.mo, line, "logged")
    assert message_of(page).ephemeral
    assert "locked a thread" in said(page)
    assert "reopened a thread" not in said(page)
    assert said(await press(stage.ada, line, "logged")).startswith("Only who may manage threads")


async def acted(stage: Stage, times: int) -> Message:
    """Let Mo highlight and unmark a response so often; return the response."""
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "A drawer of keys.")
    for _ in range(times):
        await stage.mo.menu(message, "Highlight")
    return message


async def test_the_audit_is_read_page_by_page_newest_first(stage: Stage) -> None:
    message = await acted(stage, 9)
    page = message_of(await stage.mo.command(stage.text, "audit"))
    assert page.ephemeral
    assert len(page.content.splitlines()) == 1 + 8
    await stage.mo.menu(message, "Hide")
    await stage.restart()
    turned = await stage.mo.click(page, label="On")
    await stage.sandbox.until(lambda: len(said(turned).splitlines()) == 2)
    assert "hid a response" not in said(turned)
    back = await stage.mo.click(message_of(turned), label="Back")
    await stage.sandbox.until(lambda: len(said(back).splitlines()) == 9)
    assert "hid a response" not in said(back)
    newest = said(await stage.mo.command(stage.text, "audit")).splitlines()[1]
    assert "**hid a response** · Maps https://" in newest
    await stage.mo.set_roles([])
    refused = await stage.mo.click(message_of(back), label="On")
    assert said(refused).startswith("Only who may manage threads")


async def test_the_audit_is_asked_by_who_and_by_act(stage: Stage) -> None:
    message = await acted(stage, 2)
    thea = await stage.sandbox.member(stage.guild, "Thea", permissions=MODERATES.value)
    await thea.menu(message, "Hide")

    async def asked(**options: str) -> list[str]:
        page = said(await stage.mo.command(stage.text, "audit", **options))
        return [line.split("**")[1] for line in page.splitlines()[1:]]

    assert await asked(who=str(thea.id)) == ["hid a response"]
    assert await asked(who=str(stage.mo.id)) == ["removed a highlight", "highlighted a response"]
    assert await asked(act="removed a highlight") == ["removed a highlight"]
    assert await asked(who=str(thea.id), act="set up") == []
    offered = await stage.mo.complete(stage.text, "audit", "act", "highlight")
    assert [name for name, _ in offered] == ["highlighted a response", "removed a highlight"]
    unknown = await stage.mo.command(stage.text, "audit", act="danced")
    assert said(unknown).startswith("There is no such kind of act.")


async def test_a_hidden_response_is_shown_again_from_the_audit(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    await stage.mo.menu(shown, "Hide")
    await stage.until_hidden(thread, "A drawer of keys.")
    page = message_of(await stage.mo.command(stage.text, "audit"))
    [(response,)] = stage.rows("select id from responses")
    await stage.restart()
    await stage.mo.select(page, [str(response)])
    await stage.shown(thread, "A drawer of keys.")
    again = message_of(await stage.mo.command(stage.text, "audit"))
    assert again.options == []


async def test_a_reader_is_neither_offered_the_audit_nor_shown_it(stage: Stage) -> None:
    await acted(stage, 1)
    with pytest.raises(ControlError):
        await stage.ada.command(stage.text, "audit")
    command_open_to_all(stage, "audit")
    assert said(await stage.ada.command(stage.text, "audit")).startswith("Only who may manage")
    assert await stage.ada.complete(stage.text, "audit", "act", "") == []


async def test_another_server_reads_its_own_audit(stage: Stage) -> None:
    await acted(stage, 1)
    other = await stage.sandbox.guild("Elsewhere")
    place = await stage.sandbox.channel(other, "essays")
    threads = discord.Permissions(manage_threads=True)
    zed = await stage.sandbox.member(other, "Zed", permissions=threads.value)
    page = await zed.command(place, "audit")
    assert said(page).startswith("Nothing was done yet")
