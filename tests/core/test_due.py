"""Which essays get a thread now, which wait, which go to the shelf."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.post import Kind, Post, Question
from bot.core.publishing.due import (
    FLOOD,
    RHYTHMS,
    Plan,
    due_for_thread,
    is_public,
    plan_first_run,
    plan_next,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def essay(
    number: int,
    *,
    age: timedelta = DAY,
    asks: bool = False,
    lang: str = "en",
    kind: Kind = "essay",
    draft: bool = False,
) -> Post:
    return Post(
        path=f"{number}.md",
        lang=lang,
        slug=f"essay-{number:04}",
        title=str(number),
        essay=str(number),
        kind=kind,
        draft=draft,
        date=NOW - age,
        questions=(Question("Why?"),) if asks else (),
        essay_id=number,
    )


def undated(number: int) -> Post:
    return Post(f"{number}.md", "en", str(number), "t", str(number), essay_id=number)


def due(*posts: Post) -> list[Post]:
    return due_for_thread(posts, "en", (), NOW)


def test_a_post_dated_tomorrow_is_not_due() -> None:
    assert not is_public(essay(1, age=-DAY), NOW)
    assert is_public(essay(1, age=-DAY), NOW + DAY)


def test_a_post_with_a_day_of_publication_waits_for_it_whatever_its_date() -> None:
    post = Post("a.md", "en", "a", "A", "a", date=NOW - DAY, publish=NOW + DAY)
    assert not is_public(post, NOW)
    assert is_public(post, NOW + DAY)
    undated_one = Post("a.md", "en", "a", "A", "a", publish=NOW - DAY, essay_id=1)
    assert plan_next([undated_one], "each", [], NOW).start == (undated_one,)


def test_pages_drafts_and_expired_posts_are_not_public() -> None:
    expired = Post("a.md", "en", "a", "A", "a", expires=NOW)
    assert not is_public(expired, NOW)
    assert is_public(expired, NOW - HOUR)
    assert not is_public(essay(1, draft=True), NOW)
    assert not is_public(essay(1, kind="page"), NOW)
    assert is_public(undated(1), NOW)


def test_essays_that_ask_go_first_and_then_the_newest() -> None:
    old_question, new_question = essay(1, age=9 * DAY, asks=True), essay(2, age=5 * DAY, asks=True)
    new, old = essay(3, age=DAY), essay(4, age=3 * DAY)
    assert due(old, undated(9), old_question, new, new_question) == [
        new_question,
        old_question,
        new,
        old,
        undated(9),
    ]


def test_what_a_channel_knows_or_cannot_read_is_not_due() -> None:
    posts = [essay(1), essay(2), essay(3, lang="tr"), essay(4, age=-DAY)]
    assert due_for_thread(posts, "en", {1}, NOW) == [posts[1]]


@pytest.mark.parametrize(
    ("first_run", "started", "shelved"), [("none", 0, 4), (0, 0, 4), (1, 1, 3), (3, 3, 1)]
)
def test_the_first_run_starts_as_many_as_it_was_told(
    first_run: str | int, started: int, shelved: int
) -> None:
    posts = due(*(essay(number, age=number * DAY) for number in range(3)), undated(9))
    plan = plan_first_run(posts, first_run)  # type: ignore[arg-type]  # a parametrized literal
    assert (len(plan.start), len(plan.shelve), plan.hold) == (started, shelved, ())


def test_the_first_run_publishes_the_newest_essay_that_asks() -> None:
    asking = essay(2, age=5 * DAY, asks=True)
    plan = plan_first_run(due(essay(1), essay(3, age=9 * DAY, asks=True), asking), 1)
    assert plan.start == (asking,)


def test_the_first_run_starts_from_a_day_on_oldest_first() -> None:
    posts = [essay(number, age=number * DAY) for number in range(4)]
    plan = plan_first_run(due(*posts), date(2026, 2, 27))
    assert plan.start == (posts[2], posts[1], posts[0])
    assert plan.shelve == (posts[3],)


def test_a_first_run_that_would_flood_is_held() -> None:
    posts = [essay(number, age=number * HOUR) for number in range(FLOOD + 2)]
    plan = plan_first_run(due(*posts), FLOOD + 1)
    assert (plan.start, len(plan.hold), plan.shelve) == ((), FLOOD + 1, (posts[-1],))
    assert plan.hold[0].date == NOW - (FLOOD * HOUR)


def test_an_essay_without_a_date_is_shelved() -> None:
    assert plan_next([undated(1), undated(2)], "each", [], NOW) == Plan(
        shelve=(undated(1), undated(2))
    )


def test_the_first_of_three_new_essays_starts_and_the_others_wait_an_hour() -> None:
    posts = due(*(essay(number, age=number * HOUR) for number in range(3)))
    plan = plan_next(posts, "each", [], NOW)
    assert plan == Plan(start=(posts[0],), again=NOW + HOUR)
    later = plan_next(posts[1:], "each", [NOW], NOW + HOUR)
    assert later == Plan(start=(posts[1],), again=NOW + 2 * HOUR)
    assert plan_next(posts[2:], "each", [NOW, NOW + HOUR], NOW + 2 * HOUR).start == (posts[2],)


def test_a_fourth_essay_of_a_day_goes_to_the_shelf() -> None:
    posts = due(*(essay(number, age=number * HOUR) for number in range(4)))
    assert plan_next(posts, "each", [], NOW).shelve == (posts[3],)


def test_a_full_day_waits_until_its_first_start_is_a_day_old() -> None:
    starts = [NOW - 5 * HOUR, NOW - 3 * HOUR, NOW - 20 * HOUR]
    plan = plan_next([essay(1)], "each", starts, NOW)
    assert plan == Plan(again=NOW + 4 * HOUR)
    assert plan_next([essay(1)], "each", starts, NOW + 4 * HOUR).start == (essay(1),)


def test_a_week_of_essays_one_by_one_is_no_flood_for_a_weekly_channel() -> None:
    new: list[Post] = []
    starts = [NOW - 7 * DAY + HOUR]
    shelved: list[Post] = []
    for number in range(20):
        new = due(*new, essay(number, age=timedelta(minutes=number), asks=number == 7))
        plan = plan_next(new, "weekly", starts, NOW)
        assert (plan.hold, plan.start) == ((), ())
        shelved.extend(plan.shelve)
        new = [post for post in new if post not in plan.shelve]
    assert [post.slug for post in new] == ["essay-0007"]
    assert len(shelved) == 19
    assert plan_next(new, "weekly", starts, NOW + HOUR).start == (new[0],)


def test_more_than_a_flood_is_held_whatever_the_pace() -> None:
    posts = due(*(essay(number, age=number * HOUR) for number in range(FLOOD + 1)), undated(99))
    for pace in RHYTHMS:
        plan = plan_next(posts, pace, [], NOW)
        assert (plan.start, set(plan.hold)) == ((), set(posts) - {undated(99)})
        assert plan.shelve == (undated(99),)


@settings(max_examples=150)
@given(
    pace=st.sampled_from(sorted(RHYTHMS)),
    arrivals=st.lists(st.tuples(st.integers(0, 60 * 48), st.integers(1, 8)), max_size=12),
    is_prompt=st.booleans(),
)
def test_no_channel_ever_gets_more_than_its_rhythm_allows(
    pace: str, arrivals: Sequence[tuple[int, int]], *, is_prompt: bool
) -> None:
    """Simulate a channel: essays arrive, the plan is asked then and when it said, or hourly."""
    rhythm = RHYTHMS[pace]
    started: list[datetime] = []
    settled: set[int] = set()
    told: list[Post] = []
    times = {NOW + timedelta(minutes=minutes) for minutes, _ in arrivals}
    times |= {NOW + number * (HOUR * 7) for number in range(60)}
    while times:
        now = min(times)
        times.discard(now)
        for minutes, many in arrivals:
            if NOW + timedelta(minutes=minutes) == now:
                first = len(told)
                told += [
                    essay(first + more, age=NOW - now, asks=more % 2 == 0) for more in range(many)
                ]
        plan = plan_next(due_for_thread(told, "en", settled, now), pace, started, now)
        groups = [{post.essay_id for post in group} for group in (plan.start, plan.shelve)]
        groups.append({post.essay_id for post in plan.hold})
        assert len(set.union(*groups)) == sum(map(len, groups))
        assert len(plan.start) <= 1
        assert not (plan.start and plan.hold)
        started += [now] * len(plan.start)
        settled |= {number for group in groups for number in group if number is not None}
        if plan.again is not None:
            assert plan.again > now
            if is_prompt:
                times.add(plan.again)
    assert all(later - earlier >= rhythm.apart for earlier, later in pairwise(started))
    for start in started:
        window = [other for other in started if start <= other < start + rhythm.period]
        assert len(window) <= rhythm.most
    assert settled == {post.essay_id for post in told}


def test_what_the_rest_of_the_day_has_no_place_for_is_shelved_while_it_waits() -> None:
    posts = due(*(essay(number, age=number * HOUR) for number in range(3)))
    waiting = plan_next(posts, "each", [NOW - HOUR / 2], NOW)
    assert waiting == Plan(shelve=(posts[2],), again=NOW + HOUR / 2)
    assert plan_next(posts[:2], "each", [NOW - HOUR], NOW).start == (posts[0],)


@given(
    pace=st.sampled_from(sorted(RHYTHMS)),
    minutes=st.lists(st.integers(-60 * 24 * 30, 60 * 24 * 3650), max_size=12),
)
def test_a_channel_opens_again_within_its_period_whatever_starts_are_recorded(
    pace: str, minutes: Sequence[int]
) -> None:
    """A clock that was wrong may have recorded any: nothing else starts meanwhile."""
    starts = [NOW + timedelta(minutes=each) for each in minutes]
    plan = plan_next([essay(1)], pace, starts, NOW)
    if not plan.start:
        assert plan.again is not None
        assert NOW < plan.again <= NOW + RHYTHMS[pace].period
        plan = plan_next([essay(1)], pace, [each for each in starts if each <= NOW], plan.again)
    assert plan.start == (essay(1),)


@pytest.mark.parametrize("pace", sorted(RHYTHMS))
def test_a_start_in_the_future_holds_nothing_up(pace: str) -> None:
    posts = due(*(essay(number, age=number * HOUR) for number in range(3)))
    ahead = [NOW + 400 * DAY, NOW + timedelta(seconds=1), NOW + 3 * HOUR]
    assert plan_next(posts, pace, ahead, NOW) == plan_next(posts, pace, [], NOW)
