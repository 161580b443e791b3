"""`/setup` as a page: shown, chosen, foreseen, applied."""

from __future__ import annotations

import asyncio

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
from tests.journeys.stage import Stage, said


async def test_a_manager_chooses_a_channel_and_sees_what_will_happen_before_it_does(
    stage: Stage,
) -> None:
    stage.write("maps")
    stage.write("older", date="2026-01-01")
    await stage.start(channel=None)
    page = await open_page(stage)
    assert "Setup of Essays" in page.content
    assert "none yet" in page.texts
    assert "Nothing starts until a channel is chosen." in page.texts
    await choose(stage, page, "channel", str(stage.forum.id))
    assert f"Channel: none yet → **<#{stage.forum.id}>**" in page.texts
    assert "**Maps** starts at once." in page.texts
    assert "1 essay goes to the shelf" in page.texts
    assert stage.rows("select count(*) from channels") == [(0,)]
    assert "Apply (1)" in page.buttons
    await press(stage, page, "Apply")
    assert "Applied." in page.content
    assert (await stage.thread(stage.forum)).name == "Maps"
    assert acts(stage) == [f"channel: {stage.forum.id}"]
    assert "Will change" not in page.texts


async def test_everything_is_changed_together_and_written_down(stage: Stage) -> None:
    await stage.publish(tags=["maps"])
    page = await open_page(stage, page="Essays")
    await choose(stage, page, "pace", "weekly")
    await fill(stage, page, "Quiet hours", {"quiet_from": "22", "quiet_until": "7"})
    await fill(
        stage,
        page,
        "Which essays",
        {"tags_in": "Maps, Memory", "tags_out": "", "from": "2026-01-01", "sealed": "7"},
    )
    assert "No essay has the tag memory." in page.texts
    assert "Essays that may start: 1 of 1." in page.texts
    await press(stage, page, "People")
    await choose(stage, page, "keeping", "opt_in")
    await press(stage, page, "Approve answers first")
    await press(stage, page, "Let readers ask")
    await fill(stage, page, "Delete by age", {"retention": "365"})
    role = await stage.sandbox.role(stage.guild, "Authors")
    await choose(stage, page, "author", str(role.id))
    await press(stage, page, "Reports")
    logs = await stage.sandbox.channel(stage.guild, "log")
    await choose(stage, page, "log", str(logs.id))
    await choose(stage, page, "notices", str(logs.id))
    await press(stage, page, "Look for no connections")
    await fill(stage, page, "Digest", {"digest": "weekly", "digest_channel": [str(stage.text.id)]})
    assert "Apply (15)" in page.buttons
    assert acts(stage) == []
    await press(stage, page, "Apply")
    assert acts(stage) == [
        "pace: weekly",
        "quiet: 22-7",
        "tags_in: maps,memory",
        "from: 2026-01-01",
        "sealed: 7",
        "keeping: opt_in",
        "approval: on",
        "requests: on",
        "retention: 365",
        f"author: {role.id}",
        f"notices: {logs.id}",
        f"log: {logs.id}",
        "digest: weekly",
        f"digest_channel: {stage.text.id}",
        "dreams: off",
    ]
    assert channel_of(stage, "pace, quiet_from, quiet_until, tags_in, from_date, sealed_days") == (
        "weekly", 22, 7, '["maps","memory"]', "2026-01-01", 7,
    )  # fmt: skip
    assert stage.rows(
        "select keeping, approval, requests, retention_days, author_role_id, notices_channel_id, "
        "log_channel_id, digest, digest_channel_id, dreams from guilds"
    ) == [("opt_in", 1, 1, 365, role.id, logs.id, logs.id, "weekly", stage.text.id, 0)]


async def test_what_was_set_is_taken_away_again(stage: Stage) -> None:
    await stage.publish()
    logs = await stage.sandbox.channel(stage.guild, "log")
    page = await open_page(stage, page="Reports")
    await choose(stage, page, "log", str(logs.id))
    await press(stage, page, "Essays")
    await fill(stage, page, "Quiet hours", {"quiet_from": "22", "quiet_until": "7"})
    await press(stage, page, "Apply")
    await fill(stage, page, "Quiet hours", {"quiet_from": [], "quiet_until": []})
    await press(stage, page, "Reports")
    await choose(stage, page, "log")
    await press(stage, page, "Apply")
    assert channel_of(stage, "quiet_from, quiet_until") == (None, None)
    assert stage.rows("select log_channel_id from guilds") == [(None,)]


async def test_a_restart_between_opening_and_pressing_loses_nothing(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="Essays")
    await choose(stage, page, "pace", "daily")
    opened = await press(stage, page, "Quiet hours")
    await stage.restart()
    before = edited(page)
    await stage.mo.submit(opened, {"quiet_from": "1", "quiet_until": "2"})
    await stage.sandbox.until(lambda: edited(page) != before)
    await stage.restart()
    await press(stage, page, "Apply")
    assert channel_of(stage, "pace, quiet_from, quiet_until") == ("daily", 1, 2)


async def test_what_was_discarded_is_not_applied(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="Essays")
    await choose(stage, page, "pace", "daily")
    await press(stage, page, "Discard")
    assert "Will change" not in page.texts
    assert "Apply" in page.buttons
    assert channel_of(stage, "pace") == ("each",)


async def test_a_preview_shows_the_next_essay_as_it_will_look(stage: Stage) -> None:
    stage.write("maps", tags=["maps"])
    await stage.start(channel=None)
    page = await open_page(stage)
    await choose(stage, page, "channel", str(stage.forum.id))
    answer = await stage.mo.click(page, label="Preview")
    await stage.sandbox.until(lambda: len(answer.followups) == 3)
    assert "So **Maps** will look, with the forum's tags maps" in said(answer)
    starter, body, prompt = answer.followups
    assert starter.embeds[0]["title"] == "Maps"
    assert "The first paragraph" in body.content
    assert "What do you keep" in prompt.content
    assert all(one.ephemeral for one in answer.followups)
    assert all(each.get("disabled") or "url" in each for each in prompt.components[1:])
    assert await stage.sandbox.threads_in(stage.forum) == []


async def test_options_without_a_channel_change_the_channel_in_use(stage: Stage) -> None:
    await stage.publish()
    done = await stage.mo.command(stage.text, "setup", pace="daily")
    assert "at the pace `daily`" in said(done)
    assert acts(stage) == ["pace: daily"]


async def test_options_without_any_channel_say_what_to_do(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    done = await stage.mo.command(stage.text, "setup", pace="daily")
    assert said(done) == "No channel is chosen yet: choose one first."


async def test_the_page_says_what_waits_and_asks_about_what_is_held(stage: Stage) -> None:
    for number in range(7):
        stage.write(f"essay-{number}", date=f"2026-03-0{number + 1}")
    await stage.start(first_run=6)
    await stage.until_rows("select 1 from holds")
    answer = await stage.mo.command(stage.text, "setup")
    await stage.sandbox.until(lambda: answer.followups)
    assert answer.followups[0].content.startswith("6 essays would start a thread")
    await stage.sandbox.allow(stage.text, stage.guild, deny=int(Permission.SEND_MESSAGES))
    bot = stage.sandbox.state.application.user.id
    await stage.sandbox.allow(stage.text, bot, deny=int(Permission.SEND_MESSAGES))
    await stage.mo.command(stage.text, "discuss", slug="essay-0")
    page = await open_page(stage)
    assert "**Waiting:**\n- `en:essay-0`: " in page.content


async def test_deleting_by_age_says_how_many_before_it_does(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "An old sentence.")
    with stage.writing() as db:
        db.execute("update responses set created_at = '2026-01-01T00:00:00+00:00'")
    page = await open_page(stage, page="People")
    await fill(stage, page, "Delete by age", {"retention": "30"})
    assert "1 response is older and would be deleted for good." in page.texts


async def test_two_choices_at_once_are_both_kept(stage: Stage) -> None:
    await stage.publish()
    page = await open_page(stage, page="People")
    await asyncio.gather(
        stage.mo.click(page, label="Approve answers first"),
        stage.mo.click(page, label="Let readers ask"),
    )
    await stage.until_rows(
        "select 1 from setup_drafts where changes like '%approval%' and changes like '%requests%'"
    )


async def test_a_language_is_chosen_among_those_of_the_blog(stage: Stage) -> None:
    stage.write("haritalar", lang="tr", asks="Ya siz?")
    await stage.publish()
    page = await open_page(stage)
    await choose(stage, page, "language", "tr")
    assert "Language: English (`en`) → **Türkçe (`tr`)**" in page.texts
    await press(stage, page, "Apply")
    assert channel_of(stage, "lang") == ("tr",)
    assert acts(stage) == ["language: tr"]
