"""What would start next and when, told beforehand."""

from datetime import UTC, datetime, timedelta

from bot.core.post import Post, Question
from bot.core.publishing.outlook import Rules, look_ahead
from bot.core.publishing.quiet import QuietHours
from bot.core.publishing.selection import Selection

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = Rules("en", "daily", Selection(), None)
QUIET = Rules("en", "daily", Selection(), QuietHours(10, 14, UTC))


def essay(number: int, age: timedelta = DAY, *tags: str) -> Post:
    return Post(
        f"{number}.md",
        "en",
        f"e{number}",
        "E",
        str(number),
        date=NOW - age,
        tags=tags,
        questions=(Question("Why?"),),
        essay_id=number,
    )


def test_a_new_channel_starts_its_first_essay_at_once_and_shelves_the_others() -> None:
    posts = [essay(1), essay(2, 2 * DAY), essay(3, 3 * DAY)]
    found = look_ahead(posts, RULES, (), (), 1, NOW)
    assert (found.next, found.at, found.shelved) == (posts[0], None, 2)
    assert (found.taken, found.count, found.quiet_until) == (3, 3, None)


def test_in_quiet_hours_a_new_channel_begins_after_them() -> None:
    found = look_ahead([essay(1)], QUIET, (), (), 1, NOW)
    assert found.at == found.quiet_until == NOW + 2 * HOUR


def test_what_waits_for_its_pace_says_until_when() -> None:
    found = look_ahead([essay(2)], RULES, {1}, [NOW - HOUR], None, NOW)
    assert (found.next, found.at) == (essay(2), NOW + 23 * HOUR)


def test_an_essay_of_the_future_is_next_where_nothing_waits() -> None:
    ahead = essay(2, -3 * HOUR)
    found = look_ahead([essay(1), ahead, essay(3, -9 * DAY)], RULES, {1}, (), None, NOW)
    assert (found.next, found.at) == (ahead, NOW + 3 * HOUR)


def test_an_essay_of_the_future_waits_for_its_pace_too() -> None:
    weekly = Rules("en", "weekly", Selection(), None)
    ahead = essay(2, -DAY)
    found = look_ahead([essay(1), ahead], weekly, {1}, [NOW - HOUR], None, NOW)
    assert (found.next, found.at) == (ahead, NOW - HOUR + 7 * DAY)


def test_what_is_left_out_is_counted_and_not_next() -> None:
    rules = Rules("en", "each", Selection(tags_out=("private",)), None)
    posts = [essay(1, DAY, "Private"), essay(2, -HOUR, "private")]
    found = look_ahead(posts, rules, (), (), None, NOW)
    assert (found.next, found.taken, found.count) == (None, 0, 1)


def test_a_flood_is_told_beforehand() -> None:
    found = look_ahead([essay(one) for one in range(9)], RULES, (), (), None, NOW)
    assert (found.next, found.held) == (None, 9)
