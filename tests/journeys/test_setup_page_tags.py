"""The page of `/setup` about tags: proposed, confirmed, made and mapped."""

from __future__ import annotations

from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.setup_page import (
    channel_of,
    choose,
    open_page,
    press,
    tags_now,
)
from tests.journeys.stage import Stage

MANAGE_CHANNELS = INVITED | int(Permission.MANAGE_CHANNELS)


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


async def test_an_essay_that_a_required_tag_keeps_waiting_is_not_said_to_start(
    stage: Stage,
) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)
    stage.settings["channel"] = None
    stage.write("maps")
    await stage.start()
    page = await open_page(stage)
    await choose(stage, page, "channel", str(stage.forum.id))
    assert "**Maps**: The forum #forum requires a tag" in page.texts
    assert "starts at once" not in page.texts
    await press(stage, page, "Apply")
    for name in ("Essays", "Reports"):
        await press(stage, page, name)
        assert "`en:maps`: The forum #forum requires a tag" in page.content
        assert "No essay waits" not in page.texts


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
