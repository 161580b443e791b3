"""`/setup` as a page: shown, chosen, foreseen, applied; and who may."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli.settings import settings
from bot.core.phrases import phrases
from bot.sandbox import Answer, ControlError, Message
from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.stage import MODERATES, Stage, command_open_to_all, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Person

ACTS = "select actor_id, act, detail from audit order by id"
MANAGE_CHANNELS = INVITED | int(Permission.MANAGE_CHANNELS)


async def open_page(stage: Stage, who: Person | None = None, page: str = "Place") -> Message:
    message = message_of(await (who or stage.mo).command(stage.text, "setup"))
    assert message.ephemeral
    if page != "Place":
        await press(stage, message, page)
    return message


def edited(page: Message) -> object:
    """Return when a page was changed last."""
    return page.raw["edited_timestamp"]


async def press(stage: Stage, page: Message, label: str, who: Person | None = None) -> Answer:
    """Press a button of the page and wait for what comes of it."""
    button = next(one for one in page.buttons if one == label or one.startswith(f"{label} ("))
    before = edited(page)
    answer = await (who or stage.mo).click(page, label=button)
    assert not answer.failed
    if answer.modal is None:
        await stage.sandbox.until(lambda: edited(page) != before or answer.followups)
    return answer


async def choose(stage: Stage, page: Message, key: str, *values: str) -> Answer:
    before = edited(page)
    ids = [str(one.get("custom_id", "")) for one in page.components]
    custom_id = next(one for one in ids if one.endswith(f":{key}"))
    answer = await stage.mo.select(page, list(values), custom_id=custom_id)
    await stage.sandbox.until(lambda: edited(page) != before or answer.followups)
    return answer


async def fill(stage: Stage, page: Message, label: str, values: dict[str, Any]) -> Answer:
    opened = await press(stage, page, label)
    before = edited(page)
    done = await stage.mo.submit(opened, values)
    await stage.sandbox.until(lambda: edited(page) != before or done.followups)
    return done


def tags_now(stage: Stage) -> dict[str, int]:
    """Return the forum's tags as they are now, by name."""
    return {one.name: one.id for one in stage.sandbox.state.channels[stage.forum.id].tags.values()}


def acts(stage: Stage) -> list[str]:
    assert {(who, act) for who, act, _ in stage.rows(ACTS)} <= {(stage.mo.id, "set up")}
    return [detail for _, _, detail in stage.rows(ACTS)]


def channel_of(stage: Stage, columns: str) -> tuple[Any, ...]:
    [row] = stage.rows(f"select {columns} from channels where closed_at is null")  # noqa: S608  # our own names
    return row


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
    await fill(stage, page, "Digest", {"digest": "weekly", "digest_channel": [str(stage.text.id)]})
    assert "Apply (14)" in page.buttons
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
    ]
    assert channel_of(stage, "pace, quiet_from, quiet_until, tags_in, from_date, sealed_days") == (
        "weekly", 22, 7, '["maps","memory"]', "2026-01-01", 7,
    )  # fmt: skip
    assert stage.rows(
        "select keeping, approval, requests, retention_days, author_role_id, notices_channel_id, "
        "log_channel_id, digest, digest_channel_id from guilds"
    ) == [("opt_in", 1, 1, 365, role.id, logs.id, logs.id, "weekly", stage.text.id)]


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


async def test_the_proposed_tags_are_made_and_mapped_once_they_are_confirmed(
    stage: Stage,
) -> None:
    for number, tags in enumerate([["Memory"], ["Dreams", "dream"], ["dream"], [], [], [], [], []]):
        stage.write(f"e{number}", date=f"2026-02-0{number + 1}", tags=tags)
    await stage.sandbox.permit_bot(stage.guild, MANAGE_CHANNELS)
    await stage.publish("newest", channel=stage.forum, tags=["maps"])
    page = await open_page(stage, page="Tags")
    assert "**In the forum already** · maps (1), memory (1)" in page.texts
    assert "**Would be new there** · dream (2)" in page.texts
    assert "**Taken together** · dream = dream, dreams" in page.texts
    await press(stage, page, "Take the proposal")
    assert "4 mapped, 1 new" in page.texts
    there = set(stage.forum.tags)
    assert set(tags_now(stage)) == there
    await press(stage, page, "Apply")
    assert set(tags_now(stage)) == there | {"dream"}
    stage.write("new", tags=["Dreams"])
    await stage.until_read("new")
    await stage.mo.command(stage.text, "discuss", slug="new")
    new = (await stage.threads(stage.forum, 2))[1]
    assert new.applied_tags == [tags_now(stage)["dream"]]


async def test_without_manage_channels_only_tags_that_exist_are_mapped(stage: Stage) -> None:
    await stage.publish("maps", channel=stage.forum, tags=["memories", "dreams"])
    page = await open_page(stage, page="Tags")
    assert "needs Manage Channels" in page.texts
    assert "Take the proposal" not in page.buttons
    await press(stage, page, "Only tags that exist")
    await press(stage, page, "Apply")
    forum = stage.forum.tags
    assert channel_of(stage, "forum_tags") == (f'{{"memories":{forum["memory"]}}}',)


async def test_a_default_tag_lets_an_essay_start_where_one_is_required(stage: Stage) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)
    stage.write("maps", tags=["nothing"])
    await stage.start(channel=stage.forum.id)
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    page = await open_page(stage, page="Tags")
    assert "This forum requires a tag: choose a default." in page.texts
    await choose(stage, page, "default_tag", str(stage.forum.tags["six"]))
    await press(stage, page, "Apply")
    thread = await stage.thread(stage.forum)
    assert thread.applied_tags == [stage.forum.tags["six"]]


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
    await stage.until_rows("select 1 from setup_drafts where changes like '%approval%requests%'")


async def test_tags_that_discord_refuses_to_make_change_nothing(stage: Stage) -> None:
    await stage.sandbox.permit_bot(stage.guild, MANAGE_CHANNELS)
    await stage.publish(channel=stage.forum, tags=["dreams"])
    page = await open_page(stage, page="Tags")
    await press(stage, page, "Take the proposal")
    await stage.sandbox.refuse(50013, method="PATCH")
    answer = await press(stage, page, "Apply")
    assert answer.followups[0].content.startswith("The forum's tags could not be made (403, 50013)")
    assert channel_of(stage, "forum_tags") == ("{}",)
    await press(stage, page, "Apply")
    assert channel_of(stage, "forum_tags") == (f'{{"dreams":{tags_now(stage)["dreams"]}}}',)


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


async def test_another_channel_leaves_the_tags_of_the_first_behind(stage: Stage) -> None:
    await stage.publish(channel=stage.forum, tags=["maps"])
    other = await stage.sandbox.forum(stage.guild, "other", ["maps"])
    page = await open_page(stage, page="Tags")
    await choose(stage, page, "default_tag", str(stage.forum.tags["six"]))
    await press(stage, page, "Only tags that exist")
    assert "Forum tags: those of the same name" in page.texts
    await press(stage, page, "Place")
    await choose(stage, page, "channel", str(other.id))
    assert "Apply (1)" in page.buttons
    await press(stage, page, "Apply")
    assert channel_of(stage, "id, forum_tags, default_forum_tag_id") == (other.id, "{}", None)
