"""What is remembered of what cannot be read or seen, and what gives way when it can."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.response import Captured
from bot.store import threads
from bot.store.ledger import notices, prompts
from bot.store.ledger.notices import Notice
from bot.store.ledger.publications import reopen_thread
from bot.store.responses import absences, answers, gaps
from bot.store.responses.collected import (
    Deleted,
    GapClosed,
    GapOpened,
    SeenAgain,
    ThreadDeleted,
    collect,
)
from bot.store.responses.queries import listing
from bot.store.responses.readers import remember_reader

pytestmark = pytest.mark.encrypted_too


HOUR = timedelta(hours=1)


def texts(world: Any) -> list[str]:
    return [one.text for one in listing(world.db)]


def test_a_gap_keeps_its_beginning_until_it_is_closed(world: Any) -> None:
    thread, now = world.first.thread, world.now
    collect(world.db, [GapOpened(thread, ("view_channel",), now)], {}, now)
    collect(world.db, [GapOpened(thread, ("read_message_history",), now + HOUR)], {}, now)
    (gap,) = gaps.open_gaps(world.db)
    assert (gap.thread_id, gap.post, gap.channel_id) == (thread, "en:dreams", world.channel)
    assert (gap.since, gap.lacking) == (now, ("read_message_history",))
    assert gaps.open_gaps(world.db, world.guild) == [gap]
    assert gaps.open_gaps(world.db, 99) == []
    assert gaps.threads_with_gaps(world.db) == {thread}
    collect(world.db, [GapClosed(thread)], {}, now + HOUR)
    assert gaps.open_gaps(world.db) == []
    collect(world.db, [GapOpened(thread, ("outage",), now + 2 * HOUR)], {}, now)
    assert [one.since for one in gaps.open_gaps(world.db)] == [now + 2 * HOUR]
    assert world.db.execute("select count(*) from gaps").fetchone() == (2,)


def test_a_gap_that_is_closed_has_its_thread_swept_again(world: Any) -> None:
    world.db.execute("update threads set swept_at = '2026-03-01'")
    world.collect(GapClosed(world.first.thread))
    swept = dict(world.db.execute("select id, swept_at from threads"))
    assert swept == {world.first.thread: None, world.second.thread: "2026-03-01"}


def test_a_gap_of_a_thread_that_is_not_ours_is_none(world: Any) -> None:
    world.collect(GapOpened(77, ("outage",), world.now))
    assert gaps.open_gaps(world.db) == []


def test_what_was_concluded_gives_way_and_what_was_told_or_asked_for_does_not(world: Any) -> None:
    said = [world.message(number, f"words {number}") for number in (3000, 3001, 3002)]
    world.collect(*said)
    world.collect(Deleted(3000, "concluded"), Deleted(3001))
    answers.forget_reader(world.db, 500, None, world.now)
    assert texts(world) == []
    world.collect(*said)
    assert texts(world) == ["words 3000"]


def test_what_was_concluded_and_is_told_later_does_not_give_way_any_more(world: Any) -> None:
    said = [world.message(3000, "words")]
    for event in (Deleted(3000, "concluded"), Deleted(3000), Deleted(3000, "concluded")):
        world.collect(event)
    world.collect(*said)
    assert texts(world) == []


def test_what_is_seen_in_the_batch_of_its_conclusion_stands(world: Any) -> None:
    said = world.message(3000, "words")
    world.collect(said, Deleted(3000, "concluded"))
    assert texts(world) == ["words"]


def test_a_reply_that_gives_way_is_linked_again(world: Any) -> None:
    said = world.message(3000, "words", parent=world.first.asked_in[0])
    world.collect(said)
    world.collect(Deleted(3000, "concluded"))
    world.collect(said)
    assert [one.question for one in listing(world.db)] == ["Is dreaming biological?"]


def test_a_prompt_of_ours_that_is_seen_again_is_asked_again(world: Any) -> None:
    asked_in = world.first.asked_in[0]
    world.collect(Deleted(asked_in, "concluded"))
    assert len(prompts.asked(world.db, world.first.publication)) == 1
    world.collect(SeenAgain(asked_in))
    assert len(prompts.asked(world.db, world.first.publication)) == 2
    assert world.first.publication in world.unfinished()
    world.collect(Deleted(asked_in))
    world.collect(SeenAgain(asked_in))
    assert len(prompts.asked(world.db, world.first.publication)) == 1


def test_a_shown_answer_that_is_seen_again_is_shown_again(world: Any) -> None:
    response = world.answer()
    world.show(response, 1600)
    for event, is_shown in ((Deleted(1600, "concluded"), False), (SeenAgain(1600), True)):
        world.collect(event)
        answer = answers.get_answer(world.db, response)
        assert answer is not None
        assert answer.is_shown is is_shown
    ledger = world.ledger()
    assert [sent.deleted for sent in ledger.messages] == [False] * len(ledger.messages)


def test_a_thread_presumed_deleted_opens_again_and_a_deleted_one_does_not(world: Any) -> None:
    first, second = world.first.thread, world.second.thread
    collect(
        world.db, [ThreadDeleted(first, "concluded"), ThreadDeleted(second)], {first: 9}, world.now
    )
    assert threads.threads(world.db) == {}
    assert threads.lost_threads(world.db).keys() == {first}
    assert reopen_thread(world.db, first)
    assert not reopen_thread(world.db, second)
    assert threads.threads(world.db).keys() == {first}
    assert threads.lost_threads(world.db) == {}
    assert not world.ledger().is_over
    world.collect(ThreadDeleted(first, "concluded"), ThreadDeleted(first))
    assert not reopen_thread(world.db, first)


def named(world: Any, guild: int, name: str, nickname: str | None) -> Captured:
    said: Captured = world.message(3000, "words")
    return said._replace(guild_id=guild, reader_name=name, nickname=nickname)


def test_a_nickname_is_a_servers_and_stays_until_a_live_message_says_otherwise(world: Any) -> None:
    def shown() -> list[str]:
        return [one.reader_name for one in listing(world.db)]

    world.collect(named(world, world.guild, "Ada", "Lovelace"))
    assert shown() == ["Lovelace"]
    world.collect(named(world, world.guild, "Ada L.", None))
    assert shown() == ["Lovelace"]
    world.collect(named(world, world.guild, "Ada L.", ""))
    assert shown() == ["Ada L."]
    remember_reader(world.db, 500, "Ada", world.guild, "Countess")
    assert shown() == ["Countess"]
    answers.forget_reader(world.db, 500, None, world.now)
    assert world.db.execute("select count(*) from nicknames").fetchone() == (0,)


def test_what_is_out_of_sight_is_looked_at_later_and_forgotten_when_it_is_seen(world: Any) -> None:
    db, now = world.db, world.now
    assert absences.second_check_at(db, 1) is None
    absences.record_absence(db, 1, world.guild, 40, now, now + HOUR)
    absences.record_absence(db, 1, world.guild, 30, now + HOUR, now + 2 * HOUR)
    assert absences.second_check_at(db, 1) == now + 2 * HOUR
    assert db.execute("select place_id, count from absences").fetchall() == [(1, 30)]
    notices.raise_notice(db, Notice(absences.notice_key(1), world.guild, "gone"), now)
    absences.forget_absence(db, 1)
    assert absences.second_check_at(db, 1) is None
    assert notices.standing(db) == []


def test_moderators_are_told_the_same_once_however_many_things_it_is_about(world: Any) -> None:
    db, guild, now = world.db, world.guild, world.now
    for key in ("a", "b"):
        notices.raise_notice(db, Notice(key, guild, "do this"), now)
    (first,) = notices.untold(db)
    notices.told(db, first, now)
    notices.raise_notice(db, Notice("c", guild, "do this"), now)
    notices.raise_notice(db, Notice("a", guild, "do this"), now)
    assert notices.untold(db) == []
    notices.raise_notice(db, Notice("a", guild, "do that"), now)
    assert [one.text for one in notices.untold(db)] == ["do that"]
    for key in ("a", "b", "c"):
        assert key in {one.key for one in notices.standing(db)}
        notices.resolve_notice(db, key)
    assert notices.standing(db, guild) == []
    notices.raise_notice(db, Notice("a", guild, "do this"), now)
    assert [one.text for one in notices.untold(db)] == ["do this"]
