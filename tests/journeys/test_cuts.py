"""Many posts that go missing at once: nothing happens to their threads until it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from tests.journeys.stage import MODERATES, Stage, message_of, press, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

TAKEN_BACK = "Its author has taken this essay back."
REMOVED = "select slug from posts where removed_at is not null order by slug"


async def cut(stage: Stage) -> tuple[Channel, Channel, Message]:
    """Publish, then remove half of the blog; return the thread, where it is asked, and what."""
    notices = await stage.sandbox.channel(stage.guild, "notices")
    for number in range(5):
        stage.write(f"other-{number}", date=f"2026-01-0{number + 1}")
    thread = await stage.publish()
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    for slug in ("maps", "other-0", "other-1"):
        (stage.content / f"{slug}.md").unlink()
    return thread, notices, await asked(stage, notices)


async def asked(stage: Stage, notices: Channel, count: int = 1) -> Message:
    """Wait until moderators were asked so often; return the last question."""

    async def are_there() -> list[Message]:
        found = await stage.sandbox.messages_in(notices)
        return found if len(found) == count else []

    found: list[Message] = await stage.sandbox.until(are_there)
    return found[-1]


async def card(stage: Stage, thread: Channel) -> str:
    return (await stage.starter(thread)).content


async def test_a_cut_is_withdrawn_when_a_manager_confirms_it(stage: Stage) -> None:
    thread, _, question = await cut(stage)
    assert question.content.startswith("3 of 6 posts are gone from the blog at once, so that 3")
    for line in ("- Maps (`en:maps`)", "- Other 0 (`en:other-0`)", "- Other 1 (`en:other-1`)"):
        assert line in question.content
    assert question.buttons == ["Withdraw them", "Show all"]
    assert "It ends by asking" in await card(stage, thread)
    await stage.restart()
    listed = await stage.mo.click(question, label="Show all")
    assert message_of(listed).ephemeral
    assert message_of(listed).raw["attachments"][0]["filename"] == "missing-posts.txt"
    await press(stage.mo, question, "cut")
    await stage.sandbox.until(lambda: "posts were withdrawn" in question.content)
    assert f"as <@{stage.mo.id}> confirmed. Before there were 6, now 3." in question.content
    assert "- Maps (`en:maps`)" in question.content
    assert question.buttons == []

    async def is_withdrawn() -> bool:
        locked = stage.sandbox.state.thread(thread.id).locked
        return TAKEN_BACK in await card(stage, thread) and locked

    await stage.sandbox.until(is_withdrawn)
    assert stage.rows(REMOVED) == [("maps",), ("other-0",), ("other-1",)]
    assert stage.rows("select act, actor_id, detail from audit") == [
        ("confirmed a cut", stage.mo.id, "3")
    ]
    await stage.rounds.run()
    assert stage.rows("select 1 from notices") == []


async def test_another_set_is_asked_about_anew(stage: Stage) -> None:
    thread, notices, question = await cut(stage)
    stage.write("other-0", date="2026-01-01")
    again = await asked(stage, notices, 2)
    assert again.content.startswith("2 of 6 posts are gone")
    assert "other-0" not in again.content
    refused = await press(stage.mo, question, "cut")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("Something else is missing now")
    assert stage.rows(REMOVED) == []
    await press(stage.mo, again, "cut")
    await stage.sandbox.until(
        lambda: (
            TAKEN_BACK
            in stage.sandbox.state.message(
                stage.sandbox.state.channel(stage.text.id), thread.id
            ).content
        )
    )
    assert stage.rows(REMOVED) == [("maps",), ("other-1",)]


async def test_files_that_come_back_end_the_question(stage: Stage) -> None:
    _, _, question = await cut(stage)
    for number in range(2):
        stage.write(f"other-{number}", date=f"2026-01-0{number + 1}")
    stage.write("maps")
    await stage.sandbox.until(lambda: not stage.rows("select 1 from notices"))
    refused = await press(stage.mo, question, "cut")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("Something else is missing now")
    assert stage.rows(REMOVED) == []


async def test_only_who_manages_the_server_confirms_it(stage: Stage) -> None:
    _, _, question = await cut(stage)
    threads = discord.Permissions(manage_threads=True)
    thea = await stage.sandbox.member(stage.guild, "Thea", permissions=threads.value)
    for who in (stage.ada, thea):
        refused = await press(who, question, "cut")
        assert said(refused).startswith("Only who may manage this server")
    await stage.mo.set_roles([])
    assert said(await press(stage.mo, question, "cut")).startswith("Only who may manage this")
    assert stage.rows(REMOVED) == []


async def test_where_two_servers_have_its_threads_neither_decides_for_the_other(
    stage: Stage,
) -> None:
    other = await stage.sandbox.guild("Elsewhere")
    place = await stage.sandbox.channel(other, "essays")
    zed = await stage.sandbox.member(other, "Zed", permissions=MODERATES.value)
    for number in range(5):
        stage.write(f"other-{number}", date=f"2026-01-0{number + 1}")
    thread = await stage.publish()
    await zed.command(place, "setup", channel=str(place.id))
    await stage.thread(place)
    notices = await stage.sandbox.channel(stage.guild, "notices")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    for slug in ("maps", "other-0", "other-1"):
        (stage.content / f"{slug}.md").unlink()
    question = await asked(stage, notices)
    assert "only Afterword's operator can confirm" in question.content
    assert question.buttons == []
    listed = await stage.mo.command(stage.text, "publish list")
    assert "3 of 6 posts are gone" in said(listed)
    assert "Withdraw them" not in message_of(listed).buttons
    assert "It ends by asking" in await card(stage, thread)


async def test_a_cut_can_be_confirmed_from_the_list(stage: Stage) -> None:
    for number in range(5):
        stage.write(f"other-{number}", date=f"2026-01-0{number + 1}")
    await stage.publish()
    for slug in ("maps", "other-0", "other-1"):
        (stage.content / f"{slug}.md").unlink()
    await stage.until_rows("select 1 from posts where missing_since is not null")
    page = message_of(await stage.mo.command(stage.text, "publish list"))
    assert page.content.startswith("3 of 6 posts are gone")
    await press(stage.mo, page, "cut")
    await stage.until_rows("select 1 from posts where removed_at is not null")
