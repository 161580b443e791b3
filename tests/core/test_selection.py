"""Which essays start by themselves: tags in, tags out, from which day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.core.post import Post
from bot.core.publishing.due import FLOOD, due_for_thread, plan_next
from bot.core.publishing.forum_tags import TagMap, tags_of
from bot.core.publishing.selection import Selection

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def essay(*tags: str, number: int = 1, born: datetime | None = NOW - timedelta(days=1)) -> Post:
    return Post(f"{number}.md", "en", f"e{number}", "E", "e", tags=tags, date=born, essay_id=number)


@pytest.mark.parametrize(
    ("tags_in", "tags_out", "taken"),
    [
        ((), (), True),
        (("memory",), (), True),
        (("maps",), (), False),
        (("maps", "felsefe"), (), True),
        ((), ("memory",), False),
        ((), ("maps",), True),
        (("memory",), ("felsefe",), False),
    ],
)
def test_tags_choose_whatever_their_case(
    tags_in: tuple[str, ...], tags_out: tuple[str, ...], *, taken: bool
) -> None:
    assert Selection(tags_in, tags_out).takes(essay("Memory", "FELSEFE")) is taken


def test_an_essay_without_tags_is_in_none_of_them() -> None:
    assert not Selection(("memory",)).takes(essay())
    assert Selection((), ("memory",)).takes(essay())


def test_the_day_is_the_one_that_the_essay_bears_in_its_own_zone() -> None:
    east = timezone(timedelta(hours=3))
    chosen = Selection(from_date=date(2026, 1, 1))
    assert chosen.takes(essay(born=datetime(2026, 1, 1, tzinfo=east)))
    assert not chosen.takes(essay(born=datetime(2025, 12, 31, 23, tzinfo=east)))
    assert chosen.takes(essay(born=None))


def test_what_is_left_out_is_neither_due_nor_a_flood() -> None:
    many = [essay("old", number=number) for number in range(FLOOD + 5)]
    wanted = essay("new", number=99)
    due = due_for_thread([*many, wanted], "en", (), NOW, Selection(tags_out=("old",)))
    assert due == [wanted]
    assert plan_next(due, "each", [], NOW).start == (wanted,)


FORUM = {1: "Memory", 2: "Maps", 3: "Other"}


@pytest.mark.parametrize(
    ("tags", "ids", "default", "got"),
    [
        (["maps", "MEMORY"], {}, None, [2, 1]),
        (["memories"], {"memories": 1}, None, [1]),
        (["memories", "memory"], {"memories": 1}, None, [1]),
        (["maps"], {"maps": 1}, None, [1]),
        (["maps"], {"maps": 404}, None, [2]),
        (["none"], {}, 3, [3]),
        (["none"], {}, 404, []),
        (["maps"], {}, 3, [2]),
        ([], {}, None, []),
    ],
)
def test_forum_tags_come_from_the_map_then_by_name_then_by_default(
    tags: list[str], ids: dict[str, int], default: int | None, got: list[int]
) -> None:
    assert tags_of(tags, FORUM, TagMap(ids, default)) == got


def test_a_post_gets_at_most_five_forum_tags() -> None:
    forum = {number: str(number) for number in range(1, 9)}
    assert tags_of([*forum.values()], forum, TagMap()) == [1, 2, 3, 4, 5]
