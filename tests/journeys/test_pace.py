"""First runs, pace, the shelf, and the guard against floods."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest

from bot.sandbox import Answer, Message
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import Stage, message_of, press, said

SHELF = "select count(*) from shelf where essay_id not in (select essay_id from publications)"
HOLDS = "select count(*) from held_essays join holds on holds.id = hold_id where decision is null"


async def test_a_first_run_starts_the_newest_essay_that_asks(stage: Stage) -> None:
    stage.write("old", date="2026-01-01")
    stage.write("newer", date="2026-02-01")
    stage.write("newest", date="2026-03-01", asks="It simply ends.")
    await stage.start()
    assert (await stage.thread()).name == "Newer"
    assert stage.rows(SHELF) == [(2,)]


async def test_a_first_run_of_none_shelves_everything(stage: Stage) -> None:
    stage.write("old")
    stage.write("new")
    await stage.start(first_run="none")
    await stage.sandbox.until(lambda: stage.rows(SHELF) == [(2,)])
    assert await stage.sandbox.threads_in(stage.text) == []


@pytest.mark.parametrize("first_run", [2, date(2026, 2, 1)])
async def test_a_first_run_of_two_or_from_a_day_on_starts_the_older_first(
    stage: Stage, first_run: int | date
) -> None:
    for month in (1, 2, 3):
        stage.write(f"month-{month}", date=f"2026-0{month}-01")
    await stage.start(first_run=first_run)
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["Month 2", "Month 3"]
    assert stage.rows(SHELF) == [(1,)]


async def test_a_first_run_of_more_than_five_is_held_and_setup_asks(stage: Stage) -> None:
    fill(stage, 7)
    await stage.start(first_run=6)
    await stage.sandbox.until(lambda: stage.rows(HOLDS) == [(6,)])
    done = await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    question = await followup(stage, done)
    assert question.ephemeral
    assert question.content.startswith("6 essays would start a thread")
    assert await stage.sandbox.threads_in(stage.text) == []
    decided = await stage.mo.click(question, label="Start all 6")
    assert said(decided) == "Starting 6 essays, as Mo decided."
    assert len(await stage.threads(stage.text, 6)) == 6


async def test_a_flood_is_held_and_moderators_are_asked_once(stage: Stage) -> None:
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    await stage.publish("first")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    fill(stage, 6)
    (question,) = await stage.sandbox.until(lambda: stage.sandbox.messages_in(notices))
    assert question.content.startswith("6 essays would start a thread")
    await stage.bot.discussion.schedule.run()
    assert len(await stage.sandbox.messages_in(notices)) == 1
    assert len(await stage.sandbox.threads_in(stage.text)) == 1

    refused = await press(stage.ada, question, "release")
    assert said(refused).startswith("Only who may manage threads")
    await stage.mo.click(question, label="Put them on the shelf")
    assert question.content == "On the shelf: 6 essays, as Mo decided."
    assert stage.rows(SHELF) == [(6,)]
    await stage.bot.discussion.schedule.run()
    assert len(await stage.sandbox.threads_in(stage.text)) == 1


async def test_what_was_held_is_asked_and_decided_in_the_servers_language(stage: Stage) -> None:
    stage.sandbox.state.guild(stage.guild.id).locale = "tr"
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    await stage.publish("first")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    fill(stage, 6)
    (question,) = await stage.sandbox.until(lambda: stage.sandbox.messages_in(notices))
    assert question.content.startswith("6 yazı")
    await stage.mo.click(question, label="Hepsini rafa koy")
    assert question.content == "Rafta: 6 yazı, Mo böyle karar verdi."


async def test_moderators_are_asked_once_though_the_answer_of_discord_was_lost(
    stage: Stage,
) -> None:
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    await stage.publish("first")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    path = rf"/channels/{notices.id}/messages$"
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path)
    fill(stage, 6)
    await stage.sandbox.until(lambda: stage.sandbox.messages_in(notices))
    for _ in range(2):
        with suppress(aiohttp.ClientError):
            await stage.bot.discussion.schedule.run()
    assert stage.rows("select 1 from holds where asked_message_id > 0")
    assert len(await stage.sandbox.messages_in(notices)) == 1


async def test_two_moderators_who_decide_at_once_decide_once(stage: Stage) -> None:
    fill(stage, 6)
    await stage.start(first_run=6)
    await stage.sandbox.until(lambda: stage.rows(HOLDS) == [(6,)])
    questions = []
    for _ in range(2):
        done = await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
        questions.append(await followup(stage, done))
    await stage.mo.click(questions[0], label="Put them on the shelf")
    late = await stage.mo.click(questions[1], label="Start all 6")
    assert said(late) == "That was decided already."
    assert await stage.sandbox.threads_in(stage.text) == []


async def test_what_was_held_in_a_channel_that_is_used_no_more_starts_nothing_there(
    stage: Stage,
) -> None:
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    await stage.publish("first")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    fill(stage, 6)
    (question,) = await stage.sandbox.until(lambda: stage.sandbox.messages_in(notices))
    await stage.mo.command(stage.forum, "setup", channel=str(stage.forum.id))
    late = await stage.mo.click(question, label="Start all 6")
    assert said(late).startswith("Essays are discussed in another channel here by now")
    assert len(await stage.sandbox.threads_in(stage.text)) == 1
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    await stage.mo.click(question, label="Start all 6")
    assert len(await stage.threads(stage.text, 7)) == 7


async def test_a_new_essay_starts_by_itself(stage: Stage) -> None:
    stage.write("first")
    await stage.start(first_run="none")
    await stage.sandbox.until(lambda: stage.rows(SHELF) == [(1,)])
    stage.write("second", date="2025-01-01")  # new is what was never seen, whatever its date
    assert (await stage.thread()).name == "Second"


async def test_a_second_new_essay_waits_for_its_hour(stage: Stage) -> None:
    await stage.publish("first")
    stage.write("second")
    await stage.until_read("second")
    await stage.bot.discussion.schedule.run()
    assert len(await stage.sandbox.threads_in(stage.text)) == 1
    let_pass(stage, hours=1)
    await stage.bot.discussion.schedule.run()
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["First", "Second"]


async def test_a_start_that_a_clock_ahead_recorded_holds_nothing_up(stage: Stage) -> None:
    stage.write("first")
    bot = await stage.start(pace="weekly")
    await stage.thread()
    with stage.writing() as db:
        db.execute("update publications set intended_at = '2999-01-01T00:00:00.000+00:00'")
    stage.write("second")
    await stage.until_read("second")
    await bot.discussion.schedule.run()
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["First", "Second"]


async def test_a_weekly_channel_takes_the_best_of_a_day_and_shelves_the_rest(stage: Stage) -> None:
    stage.write("first")
    bot = await stage.start(pace="weekly")
    await stage.thread()
    stage.write("quiet", asks="It simply ends.")
    stage.write("asking")
    await stage.sandbox.until(lambda: stage.rows("select count(*) from posts") == [(3,)])
    await bot.discussion.schedule.run()
    assert stage.rows(SHELF) == [(1,)]
    let_pass(stage, hours=7 * 24)
    await bot.discussion.schedule.run()
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["First", "Asking"]


async def test_an_essay_of_the_future_waits_for_its_day(stage: Stage) -> None:
    stage.write("today")
    stage.write("tomorrow", date="2999-01-01", title="Not yet")
    await stage.start(first_run=5)
    assert (await stage.thread()).name == "Today"
    assert stage.rows(SHELF) == [(0,)]
    refused = await stage.mo.command(stage.text, "discuss", slug="tomorrow")
    assert said(refused).startswith("No essay is called")
    let_pass(stage, hours=1)
    stage.write("tomorrow", date=f"{datetime.now(UTC):%Y-%m-%d}", title="Its day")
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["Today", "Its day"]


async def test_drafts_and_pages_get_no_thread(stage: Stage) -> None:
    stage.write("essay")
    stage.write("sketch", draft="true")
    stage.write("about", layout="about")
    await stage.start(first_run=5)
    assert (await stage.thread()).name == "Essay"


async def test_a_shelved_essay_starts_from_its_card(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    await stage.publish("first")
    readers = message_of(await stage.ada.command(stage.text, "post", slug="shelved"))
    assert "Discuss" not in readers.buttons
    card = message_of(await stage.mo.command(stage.text, "post", slug="shelved"))
    assert "On the shelf" in card.content
    done = await stage.mo.click(card, label="Discuss")
    threads = await stage.threads(stage.text, 2)
    assert said(done).endswith(str(threads[1].id))


def fill(stage: Stage, count: int) -> None:
    for number in range(count):
        stage.write(f"essay-{number}", date=f"2026-02-{number + 1:02}")


def let_pass(stage: Stage, *, hours: int) -> None:
    """Let earlier starts lie further back."""
    with stage.writing() as db:
        for ident, began in db.execute("select id, intended_at from publications").fetchall():
            earlier = datetime.fromisoformat(began) - timedelta(hours=hours)
            text = earlier.isoformat(timespec="milliseconds")
            db.execute("update publications set intended_at = ? where id = ?", [text, ident])


async def followup(stage: Stage, done: Answer) -> Message:
    """Wait for what `/setup` asks after its answer."""
    await stage.sandbox.until(lambda: done.followups)
    return done.followups[0]


def quiet_now() -> tuple[int, int]:
    """Return hours that last for almost a day from an hour ago on."""
    hour = datetime.now(UTC).hour
    return (hour - 1) % 24, (hour - 2) % 24


def set_channel(stage: Stage, **values: object) -> None:
    with stage.writing() as db:
        for column, value in values.items():
            db.execute(f"update channels set {column} = ?", [value])  # noqa: S608  # our own names


async def test_nothing_starts_by_itself_in_quiet_hours_but_a_moderator_may(stage: Stage) -> None:
    await stage.publish("first")
    start, end = quiet_now()
    set_channel(stage, quiet_from=start, quiet_until=end)
    stage.write("second")
    await stage.until_read("second")
    await stage.bot.discussion.schedule.run()
    assert len(await stage.sandbox.threads_in(stage.text)) == 1
    assert stage.rows(SHELF) == [(0,)]
    await stage.mo.command(stage.text, "discuss", slug="second")
    assert len(await stage.threads(stage.text, 2)) == 2


async def test_what_became_due_in_quiet_hours_starts_after_them(stage: Stage) -> None:
    await stage.publish("first")
    start, end = quiet_now()
    ago = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    with stage.writing() as db:
        db.execute("update publications set intended_at = ?", [ago])
    set_channel(stage, quiet_from=start, quiet_until=end)
    stage.write("second")
    await stage.until_read("second")
    await stage.bot.discussion.schedule.run()
    set_channel(stage, quiet_from=None, quiet_until=None)
    await stage.bot.discussion.schedule.run()
    assert [one.name for one in await stage.threads(stage.text, 2)] == ["First", "Second"]


async def test_a_first_run_waits_for_the_end_of_quiet_hours(stage: Stage) -> None:
    stage.write("maps")
    stage.write("older", date="2026-01-01")
    await stage.start(channel=None)
    start, end = quiet_now()
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    await stage.thread()
    with stage.writing() as db:
        db.execute(
            "insert into channels (id, guild_id, kind, lang, pace, body, quiet_from, quiet_until)"
            " values (?, ?, 'forum', 'en', 'each', 'auto', ?, ?)",
            [stage.forum.id, stage.guild.id, start, end],
        )
    await stage.mo.command(stage.text, "setup", channel=str(stage.forum.id))
    await stage.bot.discussion.schedule.run()
    assert await stage.sandbox.threads_in(stage.forum) == []
    set_channel(stage, quiet_from=None, quiet_until=None)
    await stage.bot.discussion.schedule.run()
    assert (await stage.thread(stage.forum)).name == "Maps"
    assert stage.rows("select essay_id from shelf where channel_id = ?", stage.forum.id)


async def test_essays_that_are_left_out_neither_start_nor_are_shelved(stage: Stage) -> None:
    await stage.publish("first", tags=["maps"])
    set_channel(stage, tags_out='["private"]', from_date="2026-02-01")
    stage.write("diary", tags=["Private"])
    stage.write("ancient", date="2025-01-01")
    await stage.until_read("diary")
    await stage.until_read("ancient")
    await stage.bot.discussion.schedule.run()
    assert len(await stage.sandbox.threads_in(stage.text)) == 1
    assert stage.rows(SHELF) == [(0,)]
    assert stage.rows(HOLDS) == [(0,)]
    card = await stage.ada.command(stage.text, "post", slug="diary")
    assert "Read" in message_of(card).buttons
    await stage.mo.command(stage.text, "discuss", slug="diary")
    assert len(await stage.threads(stage.text, 2)) == 2


@pytest.mark.parametrize("reason", ["quiet", "left out"])
async def test_a_start_that_waited_for_a_permission_waits_for_what_was_set_meanwhile(
    stage: Stage, reason: str
) -> None:
    await stage.sandbox.allow(stage.text, stage.guild, deny=int(Permission.SEND_MESSAGES))
    bot = stage.sandbox.state.application.user.id
    await stage.sandbox.allow(stage.text, bot, deny=int(Permission.SEND_MESSAGES))
    stage.write("maps", tags=["private"])
    await stage.start()
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    start, end = quiet_now()
    if reason == "quiet":
        set_channel(stage, quiet_from=start, quiet_until=end)
    else:
        set_channel(stage, tags_out='["private"]')
    await stage.sandbox.allow(stage.text, bot)
    await stage.sandbox.allow(stage.text, stage.guild)
    await stage.bot.discussion.schedule.run()
    assert await stage.sandbox.threads_in(stage.text) == []
    set_channel(stage, quiet_from=None, quiet_until=None, tags_out="[]")
    await stage.bot.discussion.schedule.run()
    assert (await stage.thread()).name == "Maps"
