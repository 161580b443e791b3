"""What stands in the way of publishing is said with its next step, in Discord, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.phrases import LANGUAGES, phrases
from bot.core.publishing.obstacles import FOR_A_PERSON, PASSING
from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

REQUIRES_TAG = 1 << 4


@pytest.fixture
async def notices(stage: Stage) -> Channel:
    return await stage.sandbox.channel(stage.guild, "moderators")


async def begin(stage: Stage, channel: Channel, notices: Channel) -> str:
    """Start the bot and set the guild up; return what the moderator reads."""
    stage.settings |= {"channel": None, "first_run": "none"}
    stage.write("old", date="2025-01-01")
    await stage.start()
    return await set_up(stage, channel, notices)


async def set_up(stage: Stage, channel: Channel, notices: Channel) -> str:
    where = {"channel": str(channel.id), "notices": str(notices.id)}
    return said(await stage.mo.command(stage.text, "setup", **where))


async def told(stage: Stage, notices: Channel) -> list[str]:
    await stage.bot.discussion.schedule.run()
    return [each.content for each in await stage.sandbox.messages_in(notices)]


async def test_a_forum_that_requires_tags_is_seen_beforehand_and_told_once(
    stage: Stage, notices: Channel
) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=REQUIRES_TAG)
    stage.settings |= {"channel": None, "first_run": 2}
    for slug in ("maps", "clocks"):
        stage.write(slug, tags=("unknown",))
    await stage.start()
    summary = await set_up(stage, stage.forum, notices)
    assert "#forum requires a tag, and 2 essays have none of its tags" in summary
    assert "`en:maps`: The forum #forum requires a tag" in summary
    posts = "POST /channels/{channel_id}/threads"
    assert stage.sandbox.requests.counts[posts] == 0
    for _ in range(2):
        (notice,) = await told(stage, notices)
        assert notice.startswith("The forum #forum requires a tag")
        assert "Edit Channel > Tags" in notice
    for slug in ("maps", "clocks"):
        stage.write(slug, tags=("memory",))
    await stage.threads(stage.forum, 2)
    assert stage.rows("select 1 from notices") == []


@pytest.mark.parametrize("code", sorted(FOR_A_PERSON))
async def test_a_refusal_that_needs_a_person_reaches_moderators_once_with_its_next_step(
    stage: Stage, notices: Channel, code: int
) -> None:
    await begin(stage, stage.forum, notices)
    path = f"/channels/{stage.forum.id}/threads"
    await stage.sandbox.refuse(code, method="POST", path=path, field="content", times=100)
    stage.write("maps")
    await stage.until_rows("select 1 from notices where told_at is not null")
    first = await told(stage, notices)
    assert await told(stage, notices) == first
    assert len(first) == 1
    assert "refuses it (" not in first[0]
    await stage.sandbox.clear_faults()
    await stage.bot.discussion.schedule.run()
    await stage.thread(stage.forum)
    assert stage.rows("select 1 from notices") == []


@pytest.mark.parametrize("code", sorted(PASSING))
async def test_a_refusal_that_passes_troubles_nobody(
    stage: Stage, notices: Channel, code: int
) -> None:
    await begin(stage, stage.forum, notices)
    path = f"/channels/{stage.forum.id}/threads"
    await stage.sandbox.refuse(code, method="POST", path=path, times=100, seconds=0.01)
    stage.write("maps")
    await stage.until_rows("select 1 from publications where waiting_for <> ''")
    assert await told(stage, notices) == []


async def test_moderators_are_told_in_their_servers_language(
    stage: Stage, notices: Channel
) -> None:
    stage.sandbox.state.guild(stage.guild.id).locale = "tr"
    await begin(stage, stage.forum, notices)
    await stage.sandbox.change_channel(stage.forum, flags=REQUIRES_TAG)
    stage.write("maps")
    await stage.until_rows("select 1 from notices")
    (notice,) = await told(stage, notices)
    assert notice.startswith("#forum forumu etiket istiyor")


async def test_setup_says_beforehand_which_tags_only_moderators_may_use(
    stage: Stage, notices: Channel
) -> None:
    tags = [{"name": "memory", "moderated": True}, {"name": "maps"}]
    await stage.sandbox.change_channel(stage.forum, available_tags=tags)
    manages = int(Permission.MANAGE_THREADS)
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~manages)
    summary = await begin(stage, stage.forum, notices)
    assert "Only moderators may use these tags of #forum: memory." in summary


async def test_setup_names_the_threads_that_cannot_be_read_and_the_right_that_is_missing(
    stage: Stage, notices: Channel
) -> None:
    thread = await stage.publish()
    everyone = int(EVERYONE)
    history = int(Permission.READ_MESSAGE_HISTORY)
    await stage.sandbox.deny_bot(stage.text, history)
    await stage.until_rows("select 1 from gaps")
    summary = await set_up(stage, stage.forum, notices)
    assert "**Cannot be read now.**" in summary
    assert f"<#{thread.id}> since <t:" in summary
    assert "allow Afterword Read Message History there" in summary
    await stage.sandbox.deny_bot(stage.text, 0)
    await stage.sandbox.permit(stage.guild, stage.guild, everyone)
    await stage.until_rows("select 1 from gaps where ended_at is not null")
    assert "Cannot be read" not in await set_up(stage, stage.forum, notices)


@pytest.mark.parametrize("is_forum", [False, True])
@pytest.mark.parametrize("code", [50035, 200001])
async def test_a_name_that_discord_refuses_gives_way_to_a_plainer_one(
    stage: Stage, notices: Channel, code: int, *, is_forum: bool
) -> None:
    channel = stage.forum if is_forum else stage.text
    await begin(stage, channel, notices)
    await stage.sandbox.refuse(code, method="POST", path="/threads$", field="name")
    stage.write("maps", title="Maps & <clocks>!")
    thread = await stage.thread(channel)
    assert thread.name == "Maps clocks"
    (notice,) = await told(stage, notices)
    assert "refuses “Maps & \\<clocks>!”" in notice
    prompt = await stage.prompt(thread)
    await stage.answer(stage.ada, prompt, "The tickets.")
    await stage.until_kept("The tickets.")
    await stage.restart()
    assert [each.name for each in await stage.sandbox.threads_in(channel)] == ["Maps clocks"]


async def test_a_card_without_a_thread_takes_no_answer_that_could_not_be_kept(
    stage: Stage, notices: Channel
) -> None:
    await begin(stage, stage.text, notices)
    await stage.sandbox.refuse(200001, method="POST", path="/threads$", times=100)
    stage.write("maps")

    async def card() -> Message | None:
        found = await stage.sandbox.messages_in(stage.text)
        return next((each for each in found if custom_id(each, "answer")), None)

    message: Message = await stage.sandbox.until(card)
    refused = await press(stage.ada, message, "answer")
    assert refused.modal is None
    assert "thread has not started yet" in said(refused)
    await stage.sandbox.clear_faults()
    await stage.bot.discussion.schedule.run()
    await stage.thread()
    await stage.answer(stage.ada, message, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_obstacle_has_its_sentence(lang: str) -> None:
    say = phrases(lang)
    for phrase in {*FOR_A_PERSON.values(), *PASSING.values()}:
        assert getattr(say, phrase)


@pytest.mark.usefixtures("odd_code")
async def test_an_essay_that_cannot_be_shown_waits_with_its_reason_and_stops_no_other(
    stage: Stage, notices: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    stage.settings |= {"channel": None, "first_run": 2}
    stage.write("maps", text="One.\n\n``` odd\nx\n```")
    stage.write("clocks")
    await stage.start()
    await set_up(stage, stage.text, notices)
    await stage.until_rows("select 1 from publications where thread_id")
    for _ in range(2):
        (notice,) = await told(stage, notices)
        assert notice.startswith("`maps.md` cannot be shown in Discord (ZeroDivisionError)")
    waits = "select waiting_for, id from publications where waiting_for is not null"
    ((reason, number),) = stage.rows(waits)
    assert reason == notice
    told_of = [record.message for record in caplog.records if "maps" in record.message]
    assert told_of == [f"Publication {number} waits: {notice}"]
    assert "Traceback" not in caplog.text
    asked = said(await stage.mo.command(stage.text, "discuss", slug="maps"))
    assert asked == f"It waits: {notice}"
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    read = said(await stage.ada.click(card, label="Read"))
    assert read == "This essay cannot be shown in Discord. Please read it on the blog."
    stage.write("maps")
    await stage.threads(stage.text, 2)
