"""Answers that wait for a moderator: told once, looked at privately, decided once, then shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.core.review import MOST_ANSWERS
from bot.discussion.reviewing import notice
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import (
    KEEPS,
    MODERATES,
    Stage,
    command_open_to_all,
    message_of,
    press,
    said,
)

if TYPE_CHECKING:
    from bot.sandbox import Answer, Channel, Message, Person

WAITS = "Kept. A moderator looks at it before it is shown."
ONE = "**One answer waits for a moderator before it is shown.**"
OVER = "No answer waits for a moderator any more."
REFUSED = "Only who may manage threads can decide about answers. Ask a moderator of this server."
ACTS = "select act, actor_id, detail from audit order by id"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the message at once, not seconds after the last change."""
    monkeypatch.setattr(notice, "PAUSE_SECONDS", 0.01)


@pytest.fixture
async def desk(stage: Stage) -> Channel:
    """The channel for notices, where a moderator looks at every answer; an essay is published."""
    await stage.publish()
    channel = await stage.sandbox.channel(stage.guild, "desk")
    set_guild(stage, approval=1, notices_channel_id=channel.id)
    return channel


def set_guild(stage: Stage, **values: int | None) -> None:
    """Set what `/setup` would."""
    with stage.writing() as db:
        for name, value in values.items():
            db.execute(f"update guilds set {name} = ?", [value])  # noqa: S608  # our own names


async def until_over(stage: Stage, desk: Channel) -> None:
    """Wait until moderators are told that nothing waits any more."""

    async def is_over() -> bool:
        return [one.content for one in await told(stage, desk)] == [OVER]

    await stage.sandbox.until(is_over)


async def told(stage: Stage, desk: Channel) -> list[Message]:
    """Return what moderators were told of answers that wait."""
    found = await stage.sandbox.messages_in(desk)
    return [each for each in found if each.by_bot]


async def until_told(stage: Stage, desk: Channel, words: str) -> Message:
    """Wait until the newest message for moderators says something."""

    async def find() -> Message | None:
        found = await told(stage, desk)
        return found[-1] if found and words in found[-1].content else None

    message: Message = await stage.sandbox.until(find)
    return message


async def answer(stage: Stage, who: Person, text: str, **values: object) -> str:
    """Answer the essay's question; return what its reader is told."""
    prompt = await stage.prompt(await stage.thread())
    return (await stage.answer(who, prompt, text, **values))[1]


async def look(stage: Stage, desk: Channel) -> Answer:
    """Open the page of what waits, as Mo."""
    message = await until_told(stage, desk, "")
    return await press(stage.mo, message, "look")


async def decide(stage: Stage, who: Person, page: Answer, label: str) -> str:
    """Press a button of a page; return the first line of what it says then."""
    message = message_of(page)
    before = message.content
    done = await who.click(message, label=label)
    assert not done.failed
    await stage.sandbox.until(lambda: message.content != before)
    return message.content.splitlines()[0]


async def test_an_answer_is_shown_once_a_moderator_approved_it(stage: Stage, desk: Channel) -> None:
    thread = await stage.thread()
    assert await answer(stage, stage.ada, "The tickets.") == WAITS
    message = await until_told(stage, desk, ONE)
    assert message.content.splitlines()[1].startswith("- Maps: 1, the oldest <t:")
    assert message.buttons == ["Look"]
    for word in ("tickets", "Ada"):
        assert word not in message.content
    await stage.until_hidden(thread, "tickets")
    page = await press(stage.mo, message, "look")
    assert message_of(page).ephemeral
    lines = said(page).splitlines()
    assert lines[0].startswith("-# 1 of 1 · Maps · <t:")
    assert lines[1:] == [f"> {KEEPS}", "**Ada** answers", "The tickets."]
    assert message_of(page).buttons == ["Approve", "Decline"]
    assert await decide(stage, stage.mo, page, "Approve") == "Approved: it is shown in the thread."
    await stage.shown(thread, "The tickets.")
    await until_told(stage, desk, OVER)
    assert len(await told(stage, desk)) == 1
    assert stage.rows(ACTS) == [("approved an answer", stage.mo.id, "")]


async def test_what_is_declined_stays_its_readers(stage: Stage, desk: Channel) -> None:
    thread = await stage.thread()
    await answer(stage, stage.ada, "The tickets.")
    sentence = await decide(stage, stage.mo, await look(stage, desk), "Decline")
    assert sentence == "Declined: it stays kept for the author, and is not shown."
    assert stage.kept() == {"The tickets.": KEEPS}
    again = await answer(stage, stage.ada, "The tickets.")
    assert again.startswith("Kept for the author. A moderator decided not to show it")
    assert await answer(stage, stage.ada, "The stamps.") == WAITS
    assert [each for each in await stage.bot_says(thread) if "Ada" in each.content] == []


async def test_a_change_of_what_was_approved_waits_again(stage: Stage, desk: Channel) -> None:
    thread = await stage.thread()
    await answer(stage, stage.ada, "The tickets.")
    await decide(stage, stage.mo, await look(stage, desk), "Approve")
    shown = await stage.shown(thread, "The tickets.")
    _, sentence = await stage.answer(stage.ada, shown, "The stamps.")
    assert sentence.startswith("Kept. A moderator looks at your change before it is shown")
    await stage.sandbox.until(lambda: shown.deleted)
    await until_told(stage, desk, ONE)
    await decide(stage, stage.mo, await look(stage, desk), "Approve")
    await stage.shown(thread, "The stamps.")


async def test_many_that_wait_are_one_message_and_gone_through_in_turn(
    stage: Stage, desk: Channel
) -> None:
    mia = await stage.sandbox.member(stage.guild, "Mia")
    for who, text in ((stage.ada, "One."), (stage.bora, "Two."), (mia, "Three.")):
        await answer(stage, who, text)
    await until_told(stage, desk, "**3 answers wait")
    assert len(await told(stage, desk)) == 1
    page = await look(stage, desk)
    assert message_of(page).buttons == ["Approve", "Decline", "Next", "Approve all 3"]
    following = await stage.mo.click(message_of(page), label="Next")
    assert said(following).endswith("Two.")
    await decide(stage, stage.mo, following, "Decline")
    assert said(following).endswith("Three.")
    await decide(stage, stage.mo, following, "Approve")
    assert said(following).endswith("One.")
    await until_told(stage, desk, ONE)
    await stage.shown(await stage.thread(), "Three.")
    assert len(await told(stage, desk)) == 1


async def test_approve_all_shows_what_waited_and_nothing_that_came_since(
    stage: Stage, desk: Channel
) -> None:
    thread = await stage.thread()
    await answer(stage, stage.ada, "One.")
    await answer(stage, stage.bora, "Two.")
    page = await look(stage, desk)
    set_guild(stage, approval=0)
    await stage.rounds.run()
    assert len(await stage.bot_says(thread)) == 2
    set_guild(stage, approval=1)
    mia = await stage.sandbox.member(stage.guild, "Mia")
    await answer(stage, mia, "Three.")
    sentence = await decide(stage, stage.mo, page, "Approve all 2")
    assert sentence == "2 answers are approved; they are shown one by one."
    await stage.shown(thread, "One.")
    await stage.shown(thread, "Two.")
    await stage.until_hidden(thread, "Three.")
    await until_told(stage, desk, ONE)


async def test_two_moderators_at_once_decide_once(stage: Stage, desk: Channel) -> None:
    mia = await stage.sandbox.member(stage.guild, "Mia", permissions=MODERATES.value)
    await answer(stage, stage.ada, "The tickets.")
    message = await until_told(stage, desk, ONE)
    pages = [await press(who, message, "look") for who in (stage.mo, mia)]
    sentences = await asyncio.gather(
        decide(stage, stage.mo, pages[0], "Approve"), decide(stage, mia, pages[1], "Approve")
    )
    approved = "Approved: it is shown in the thread."
    assert approved in sentences
    first = (stage.mo, mia)[sentences.index(approved)]
    (second,) = [each for each in sentences if each != approved]
    assert second == f"<@{first.id}> has approved it before you."
    assert stage.rows(ACTS) == [("approved an answer", first.id, "")]
    shown = [each for each in await stage.bot_says(await stage.thread()) if "Ada" in each.content]
    assert len(shown) == 1


async def test_a_text_that_was_changed_since_is_not_approved_unseen(
    stage: Stage, desk: Channel
) -> None:
    await answer(stage, stage.ada, "The tickets.")
    page = await look(stage, desk)
    await answer(stage, stage.ada, "Something else.")
    assert await decide(stage, stage.mo, page, "Approve") == (
        "Its reader has changed it since you looked; nothing was decided."
    )
    assert said(page).endswith("Something else.")
    assert stage.rows("select review from responses") == [("waiting",)]


async def test_what_its_reader_withdraws_or_deletes_waits_no_more(
    stage: Stage, desk: Channel
) -> None:
    await answer(stage, stage.ada, "The tickets.")
    page = await look(stage, desk)
    privacy = await stage.ada.command(stage.text, "privacy")
    sure = await stage.ada.click(message_of(privacy), label="Delete mine here")
    await stage.ada.click(message_of(sure), label="Delete mine here")
    await stage.until_kept()
    assert (await decide(stage, stage.mo, page, "Approve")).startswith("That answer does not wait")
    assert said(page).endswith("No answer waits for a moderator here.")
    await until_told(stage, desk, OVER)
    assert stage.rows(ACTS) == []


async def test_a_reader_decides_nothing(stage: Stage, desk: Channel) -> None:
    await answer(stage, stage.ada, "The tickets.")
    message = await until_told(stage, desk, ONE)
    assert said(await stage.ada.click(message, label="Look")) == REFUSED
    command_open_to_all(stage, "review")
    assert said(await stage.ada.command(stage.text, "review")) == REFUSED


async def test_a_right_that_was_taken_away_is_gone_at_the_press(
    stage: Stage, desk: Channel
) -> None:
    await answer(stage, stage.ada, "The tickets.")
    page = await look(stage, desk)
    await stage.mo.set_roles([])
    for label in ("Approve", "Decline"):
        assert said(await stage.mo.click(message_of(page), label=label)) == REFUSED
    assert stage.rows("select review from responses") == [("waiting",)]


async def test_a_moderator_of_another_server_sees_none_of_it(stage: Stage, desk: Channel) -> None:
    other = await stage.sandbox.guild("Others")
    place = await stage.sandbox.channel(other, "talk")
    mia = await stage.sandbox.member(other, "Mia", permissions=MODERATES.value)
    await answer(stage, stage.ada, "The tickets.")
    await until_told(stage, desk, ONE)
    assert said(await mia.command(place, "review")) == "No answer waits for a moderator here."


async def test_without_a_channel_for_notices_the_command_lists_what_waits(
    stage: Stage, desk: Channel
) -> None:
    set_guild(stage, notices_channel_id=None)
    await answer(stage, stage.ada, "The tickets.")
    page = await stage.mo.command(stage.text, "review")
    assert said(page).endswith("The tickets.")
    report = said(await stage.mo.command(stage.text, "setup", channel=str(stage.text.id)))
    assert "No channel tells moderators of answers that wait" in report
    assert await told(stage, desk) == []


async def test_what_keeps_the_bot_from_telling_moderators_is_in_the_report_of_setup(
    stage: Stage, desk: Channel
) -> None:
    await stage.sandbox.deny_bot(desk, Permission.SEND_MESSAGES)
    await answer(stage, stage.ada, "The tickets.")
    await stage.rounds.run()
    report = said(await stage.mo.command(stage.text, "setup", channel=str(stage.text.id)))
    assert f"cannot be told of in <#{desk.id}>: allow Afterword Send Messages there" in report
    await stage.sandbox.deny_bot(desk, 0)
    await stage.rounds.run()
    await until_told(stage, desk, ONE)


async def test_after_a_restart_the_message_and_the_page_go_on(stage: Stage, desk: Channel) -> None:
    await answer(stage, stage.ada, "One.")
    page = await look(stage, desk)
    await stage.restart()
    await answer(stage, stage.bora, "Two.")
    await until_told(stage, desk, "**2 answers wait")
    assert len(await told(stage, desk)) == 1
    assert await decide(stage, stage.mo, page, "Approve") == "Approved: it is shown in the thread."
    await stage.shown(await stage.thread(), "One.")


@pytest.mark.parametrize("fault", ["drop_after_commit", "error_after_commit"])
async def test_a_message_in_doubt_is_found_and_not_sent_again(
    stage: Stage, desk: Channel, fault: str
) -> None:
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault(fault, method="POST", path=path, times=10)
    await answer(stage, stage.ada, "One.")
    await until_told(stage, desk, ONE)
    await stage.sandbox.clear_faults()
    await stage.restart()
    await answer(stage, stage.bora, "Two.")
    await until_told(stage, desk, "**2 answers wait")
    assert len(await told(stage, desk)) == 1


async def test_a_message_that_was_deleted_is_sent_again_only_for_what_is_new(
    stage: Stage, desk: Channel
) -> None:
    mia = await stage.sandbox.member(stage.guild, "Mia")
    await answer(stage, stage.ada, "One.")
    await answer(stage, mia, "Two.")
    message = await until_told(stage, desk, "**2 answers wait")
    await stage.mo.delete(message)
    page = await stage.mo.command(stage.text, "review")
    await decide(stage, stage.mo, page, "Approve")
    await stage.until_rows("select 1 from review_notices where deleted_at is not null")
    await stage.rounds.run()
    assert await told(stage, desk) == []
    await answer(stage, stage.bora, "Three.")
    await until_told(stage, desk, "**2 answers wait")


async def test_the_message_moves_with_the_channel_for_notices(stage: Stage, desk: Channel) -> None:
    await answer(stage, stage.ada, "One.")
    old = await until_told(stage, desk, ONE)
    other = await stage.sandbox.channel(stage.guild, "other")
    set_guild(stage, notices_channel_id=other.id)
    await stage.rounds.run()
    await until_told(stage, other, ONE)
    assert old.content == f"Answers that wait for a moderator are told of in <#{other.id}> now."
    assert old.buttons == []


async def test_many_answers_within_a_minute_are_held_with_one_message(
    stage: Stage, desk: Channel
) -> None:
    set_guild(stage, approval=0)
    prompt = await stage.prompt(await stage.thread())
    people = [
        await stage.sandbox.member(stage.guild, f"Reader {each}")
        for each in range(MOST_ANSWERS + 3)
    ]
    sentences = [(await stage.answer(who, prompt, f"By {who.name}."))[1] for who in people]
    assert set(sentences[:MOST_ANSWERS]) == {"Kept for the author, and shown in the thread."}
    assert set(sentences[MOST_ANSWERS:]) == {
        "Kept. Many answers came within a minute, so a moderator looks at yours before it is shown."
    }
    message = await until_told(stage, desk, "**3 answers wait")
    assert message.content.splitlines()[1] == (
        "3 answers came within a minute; they are kept, and wait for you."
    )
    assert len(await told(stage, desk)) == 1
    assert stage.rows(ACTS) == [("held answers", 0, "3")]
    await decide(stage, stage.mo, await look(stage, desk), "Approve all 3")
    await stage.shown(await stage.thread(), f"By {people[-1].name}.")


async def test_an_answer_that_cannot_be_shown_yet_is_approved_all_the_same(
    stage: Stage, desk: Channel
) -> None:
    await answer(stage, stage.ada, "The tickets.")
    page = await look(stage, desk)
    await stage.sandbox.deny_bot(stage.text, Permission.SEND_MESSAGES_IN_THREADS)
    sentence = await decide(stage, stage.mo, page, "Approve")
    assert sentence.startswith("Approved. It is shown as soon as Discord allows it:")
    assert "Send Messages in Threads" in sentence
    await stage.sandbox.deny_bot(stage.text, 0)
    await stage.shown(await stage.thread(), "The tickets.")


async def test_moderators_are_told_at_once_that_a_reader_deleted_what_waited(
    stage: Stage, desk: Channel
) -> None:
    prompt = await stage.prompt((await stage.threads(stage.text))[0])
    await stage.answer(stage.ada, prompt, "The tickets.")
    await stage.sandbox.until(lambda: told(stage, desk))
    card = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(card, label="Delete mine here"))
    await stage.ada.click(sure, label="Delete mine here")
    await until_over(stage, desk)
