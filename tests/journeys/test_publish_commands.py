"""`/publish list|skip|retry|withdraw`: what moderators see and decide, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import MODERATES, Stage, command_open_to_all, message_of, press, said

if TYPE_CHECKING:
    from bot.sandbox import Channel

ACTS = "select act, detail from audit where actor_id = ? order by id"
TAKEN_BACK = "Its author has taken this essay back."
A_TURN_COMES = "update publications set intended_at = '2026-01-01T00:00:00.000+00:00'"
NEW = "select 1 from posts where slug = ?"


async def plan(stage: Stage) -> list[str]:
    """Return the lines of `/publish list`."""
    page = await stage.mo.command(stage.text, "publish list")
    assert message_of(page).ephemeral
    return [line[2:] for line in said(page).splitlines() if line.startswith("- ")]


async def publish(stage: Stage, verb: str, slug: str) -> str:
    return said(await stage.mo.command(stage.text, f"publish {verb}", slug=slug))


async def offered(stage: Stage, verb: str, typed: str = "") -> list[str]:
    found = await stage.mo.complete(stage.text, f"publish {verb}", "slug", typed)
    return [name for name, _ in found]


async def turn_comes(stage: Stage) -> None:
    """Let the hour after the last start be over."""
    with stage.writing() as db:
        db.execute(A_TURN_COMES)
    await stage.rounds.run()


async def write_new(stage: Stage, slug: str, **essay: str) -> None:
    """Write an essay into the running bot's folder, and wait until its turn is planned."""
    stage.write(slug, **essay)
    await stage.until_rows(NEW, slug)
    await stage.until_read(slug)


async def card_of(stage: Stage, thread: Channel) -> str:
    return (await stage.starter(thread)).content


async def test_the_list_says_how_every_essay_stands(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    stage.write("planned", date="2999-01-01")
    stage.write("a-draft", draft="true")
    await stage.publish()
    await write_new(stage, "roads", date="2026-03-02")
    await write_new(stage, "rivers", date="2026-03-03")
    await publish(stage, "skip", "rivers")
    await publish(stage, "withdraw", "maps")
    lines = await plan(stage)
    assert lines[0].startswith("**Next** · Roads: <t:")
    assert lines[1] == "**Planned** · Planned: <t:32472144000:D>"
    assert lines[2:] == [
        f"**Skipped** · Rivers: by <@{stage.mo.id}>",
        f"**Withdrawn** · Maps: by <@{stage.mo.id}>",
        "**Shelf** · Shelved",
    ] or lines[2:] == [
        f"**Withdrawn** · Maps: by <@{stage.mo.id}>",
        f"**Skipped** · Rivers: by <@{stage.mo.id}>",
        "**Shelf** · Shelved",
    ]


async def test_the_list_has_pages_that_turn_after_a_restart(stage: Stage) -> None:
    for number in range(15):
        stage.write(f"essay-{number:02}", date=f"2026-01-{number + 1:02}")
    await stage.publish()
    page = message_of(await stage.mo.command(stage.text, "publish list"))
    assert "Essay 14" in page.content
    assert "Page 1 of 2" in page.content
    await stage.restart()
    turned = await stage.mo.click(page, label="On")
    await stage.sandbox.until(lambda: "Page 2 of 2" in said(turned))
    assert "Essay 00" in said(turned)
    await stage.mo.set_roles([])
    refused = await stage.mo.click(message_of(turned), label="Back")
    assert said(refused).startswith("Only who may manage threads")


async def test_a_skipped_essay_does_not_start_until_its_text_changes(stage: Stage) -> None:
    await stage.publish()
    await write_new(stage, "roads", date="2026-03-02")
    assert await offered(stage, "skip") == ["Roads"]
    assert (await publish(stage, "skip", "Roads")).startswith("Skipped: **Roads** does not start")
    assert await offered(stage, "skip") == []
    assert await offered(stage, "retry", "ro") == ["Roads"]
    await turn_comes(stage)
    stage.write("roads", date="2026-03-02", title="Roads again")
    await stage.until_rows("select 1 from posts where title = 'Roads again'")
    await stage.rounds.run()
    assert stage.rows("select count(*) from publications") == [(1,)]
    stage.write("roads", date="2026-03-02", text="Another text altogether.")
    await stage.threads(stage.text, 2)
    assert stage.rows(ACTS, stage.mo.id) == [("skipped an essay", "en:roads")]


async def test_a_retry_takes_back_that_it_was_skipped(stage: Stage) -> None:
    await stage.publish()
    await write_new(stage, "roads", date="2026-03-02")
    await publish(stage, "skip", "roads")
    with stage.writing() as db:
        db.execute(A_TURN_COMES)
    told = await publish(stage, "retry", "roads")
    assert told.startswith("**Roads** is discussed here: https://discord.com/channels/")
    await stage.threads(stage.text, 2)


async def test_discuss_starts_a_skipped_essay_and_not_a_withdrawn_one(stage: Stage) -> None:
    await stage.publish()
    await write_new(stage, "roads", date="2026-03-02")
    await publish(stage, "skip", "roads")
    done = await stage.mo.command(stage.text, "discuss", slug="roads")
    assert "It is discussed here" in said(done)
    await publish(stage, "withdraw", "maps")
    refused = await stage.mo.command(stage.text, "discuss", slug="maps")
    assert said(refused).startswith("A moderator withdrew **Maps**.")


async def test_a_withdrawn_essay_is_over_until_its_text_changes(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "A drawer of keys.")
    assert await offered(stage, "withdraw") == ["Maps"]
    told = await publish(stage, "withdraw", "maps")
    assert told.startswith("Withdrawn: **Maps** is taken out of its thread")
    assert TAKEN_BACK in await card_of(stage, thread)
    assert stage.sandbox.state.thread(thread.id).locked
    assert list(stage.kept()) == ["A drawer of keys."]
    await stage.restart()
    stage.write("maps", title="Maps and more")
    await stage.until_rows("select 1 from posts where title = 'Maps and more'")
    await stage.rounds.run()
    assert TAKEN_BACK in await card_of(stage, thread)
    stage.write("maps", text="Another text altogether.")

    async def is_back() -> bool:
        card = await card_of(stage, thread)
        return "It ends by asking" in card and not stage.sandbox.state.thread(thread.id).locked

    await stage.sandbox.until(is_back)


async def test_a_retry_brings_a_withdrawn_essay_back(stage: Stage) -> None:
    thread = await stage.publish(channel=stage.forum)
    await stage.mo.command(stage.text, "publish withdraw", slug="maps")
    assert await offered(stage, "retry") == ["Maps"]
    assert await offered(stage, "withdraw") == []
    assert str(thread.id) in await publish(stage, "retry", "maps")
    assert "It ends by asking" in await card_of(stage, thread)
    assert not stage.sandbox.state.thread(thread.id).locked
    acts = ["withdrew an essay", "retried an essay"]
    assert stage.rows(ACTS, stage.mo.id) == [(act, "en:maps") for act in acts]


async def test_what_waits_is_named_with_its_reason_and_tried_again(stage: Stage) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)  # a tag is required
    stage.settings["channel"] = stage.forum.id
    stage.write("maps")
    await stage.start()
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    [line] = await plan(stage)
    assert line.startswith("**Needs you** · Maps: The forum #forum requires a tag")
    assert (await publish(stage, "retry", "maps")).startswith("**Maps** still waits: The forum")
    await stage.sandbox.change_channel(stage.forum, flags=0)
    assert (await publish(stage, "retry", "maps")).startswith("**Maps** is discussed here")
    await stage.thread(stage.forum)


async def test_what_waits_may_be_skipped_before_it_has_begun(stage: Stage) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)
    stage.settings["channel"] = stage.forum.id
    stage.write("maps")
    await stage.start()
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    assert (await publish(stage, "withdraw", "maps")).startswith("**Maps** has no thread here")
    await publish(stage, "skip", "maps")
    assert await plan(stage) == [f"**Skipped** · Maps: by <@{stage.mo.id}>"]
    await stage.sandbox.change_channel(stage.forum, flags=0)
    await stage.rounds.run()
    await stage.restart()
    await stage.rounds.run()
    assert await stage.sandbox.threads_in(stage.forum) == []
    assert (await publish(stage, "retry", "maps")).startswith("**Maps** is discussed here")


async def test_discuss_starts_what_waited_and_was_skipped(stage: Stage) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)
    stage.settings["channel"] = stage.forum.id
    stage.write("maps")
    await stage.start()
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    await publish(stage, "skip", "maps")
    waits = await stage.mo.command(stage.forum, "discuss", slug="maps")
    assert said(waits).startswith("It waits: The forum #forum requires a tag")
    await stage.sandbox.change_channel(stage.forum, flags=0)
    done = await stage.mo.command(stage.forum, "discuss", slug="maps")
    assert said(done).startswith("It is discussed here")
    acts = stage.rows(ACTS, stage.mo.id)
    assert [act for act, _ in acts] == ["skipped an essay", "started a thread"]


async def test_what_the_channel_leaves_out_is_not_planned(stage: Stage) -> None:
    stage.write("secret", date="2999-01-01", tags=["private"])
    stage.write("planned", date="2999-01-01")
    await stage.publish()
    with stage.writing() as db:
        db.execute("update channels set tags_out = '[\"private\"]'")
    assert await plan(stage) == ["**Planned** · Planned: <t:32472144000:D>"]


async def test_what_makes_no_sense_is_refused_with_what_does(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    thread = await stage.publish()
    assert (await publish(stage, "skip", "maps")).startswith("**Maps** has a thread already")
    assert (await publish(stage, "withdraw", "shelved")).startswith("**Shelved** has no thread")
    unknown = await publish(stage, "skip", "*nothing*")
    assert unknown.startswith("No essay here is called “\\*nothing\\*”")
    await stage.mo.delete_thread(thread)
    await stage.until_rows("select 1 from publications where over_at is not null")
    for verb in ("withdraw", "retry"):
        assert "a deleted thread stays deleted" in await publish(stage, verb, "maps")
    assert stage.rows(ACTS, stage.mo.id) == []


@pytest.mark.parametrize("verb", ["list", "skip", "retry", "withdraw"])
async def test_a_reader_is_neither_offered_it_nor_obeyed(stage: Stage, verb: str) -> None:
    await stage.publish()
    options = {} if verb == "list" else {"slug": "maps"}
    with pytest.raises(ControlError):
        await stage.ada.command(stage.text, f"publish {verb}", **options)
    command_open_to_all(stage, "publish")
    refused = await stage.ada.command(stage.text, f"publish {verb}", **options)
    assert said(refused).startswith("Only who may manage threads")
    if options:
        assert await stage.ada.complete(stage.text, f"publish {verb}", "slug", "") == []


async def test_who_moderates_another_channel_decides_about_no_essay(stage: Stage) -> None:
    thread = await stage.publish()
    stage.write("shelved", date="2026-01-01")
    await stage.until_rows("select 1 from posts where slug = 'shelved'")
    elsewhere = await stage.sandbox.channel(stage.guild, "off-topic")
    manages = int(Permission.MANAGE_THREADS)
    await stage.sandbox.allow(elsewhere, stage.ada, allow=manages)
    refusal = "Only who may manage threads"
    for command, slug in (("publish withdraw", "maps"), ("discuss", "shelved")):
        done = await stage.ada.command(elsewhere, command, slug=slug)
        assert said(done).startswith(refusal)
    assert said(await stage.ada.command(elsewhere, "publish list")).startswith(refusal)
    assert await stage.ada.complete(elsewhere, "publish withdraw", "slug", "") == []
    assert not stage.sandbox.state.thread(thread.id).locked
    await stage.sandbox.allow(stage.text, stage.ada, allow=manages)
    done = await stage.ada.command(elsewhere, "publish withdraw", slug="maps")
    assert not said(done).startswith(refusal)


async def test_another_server_has_its_own_plan(stage: Stage) -> None:
    thread = await stage.publish()
    other = await stage.sandbox.guild("Elsewhere")
    place = await stage.sandbox.channel(other, "essays")
    zed = await stage.sandbox.member(other, "Zed", permissions=MODERATES.value)
    done = await zed.command(place, "publish withdraw", slug="maps")
    assert said(done).startswith("No channel is set up here.")
    await zed.command(place, "setup", channel=str(place.id))
    await stage.thread(place)
    await zed.command(place, "publish withdraw", slug="maps")
    assert "It ends by asking" in await card_of(stage, thread)
    assert not stage.sandbox.state.thread(thread.id).locked


async def test_a_skipped_essay_is_not_started_with_what_was_held(stage: Stage) -> None:
    notices = await stage.sandbox.channel(stage.guild, "notices")
    await stage.publish()
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    await stage.stop()
    for number in range(6):
        stage.write(f"essay-{number}", date=f"2026-03-0{number + 1}")
    await stage.start()
    await stage.until_rows("select 1 from holds where asked_message_id is not null")
    lines = await plan(stage)
    assert lines[0] == (
        "**Held** · Essay 0: a moderator decides, where they were asked or with `/setup`"
    )
    await publish(stage, "skip", "essay-0")
    [asked] = await stage.sandbox.messages_in(notices)
    await press(stage.mo, asked, "release")
    await stage.threads(stage.text, 6)
    assert stage.rows("select count(*) from audit where act = 'decided about held essays'") == [
        (1,)
    ]
