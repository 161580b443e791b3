"""A file of which nearly everything changed at once is still the same essay, or else none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.post import Post
from bot.store.content.posts import record_posts
from tests.store.conftest import NOW, undone
from tests.store.test_essay_identity import ids
from tests.store.test_essay_identity import post as plain_post

DAY = datetime(2026, 2, 1, tzinfo=UTC)


def post(name: str, lang: str = "en", **changes: Any) -> Post:
    own = {
        "date": DAY + timedelta(days=sum(name.encode())),
        "body_digest": f"text of {name} in {lang}",
    }
    return plain_post(name, lang, **own | changes)


OTHERS = [post(f"other{number}") for number in range(4)]


def renamed(one: Post, name: str, **changes: object) -> Post:
    """Return a post in another file, under another slug and with other bytes."""
    moved = replace(one, path=f"moved/{name}.md", slug=name, essay=name, digest=f"bytes of {name}")
    return replace(moved, **changes)  # type: ignore[arg-type]  # the names of Post's fields


def corrected(one: Post, name: str) -> Post:
    """Return a post that was renamed, and in whose text one word is another."""
    return renamed(one, name, body_digest=f"text of {name}")


TWINS = [post("a", title="Notes", date=DAY), post("b", title="Notes", date=DAY)]
TRANSLATIONS = [post("a", title="AI", date=DAY), post("a", "tr", title="AI", date=DAY)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([post("a")], [corrected(post("a"), "b")]),
        ([post("a")], [renamed(post("a"), "b", title="Otherwise", date=None)]),
        (TWINS, [TWINS[0], corrected(TWINS[1], "c")]),
        (
            [post("a"), post("b")],
            [
                post("a", path="b.en.md", slug="b", essay="b", digest="2", body_digest="2"),
                post("b", path="a.en.md", slug="a", essay="a", digest="1", body_digest="1"),
            ],
        ),
        (
            TRANSLATIONS,
            [
                replace(corrected(one, "b"), path=f"b.{one.lang}.md", body_digest="1")
                for one in TRANSLATIONS
            ],
        ),
    ],
    ids=[
        "renamed and corrected in one push",
        "its text when all else has changed",
        "one of two with the same title and date",
        "files that trade names and are edited keep their titles",
        "translations that are renamed together",
    ],
)
def test_an_essay_is_known_again(db: Database, before: list[Post], after: list[Post]) -> None:
    first = record_posts(db, [*before, *OTHERS], NOW)
    second = record_posts(db, [*after, *OTHERS], NOW)
    assert ids(second) == ids(first)
    assert [one.essay_id for one in second.posts] == [one.essay_id for one in first.posts]
    assert second.removed == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (post("a"), renamed(post("a"), "b", title="New", body_digest="new")),
        (post("a"), renamed(post("a"), "b", date=DAY, body_digest="new")),
        (post("a", date=None), renamed(post("a"), "b", date=None, body_digest="new")),
        (post("a", title=""), renamed(post("a"), "b", title="", body_digest="new")),
        (post("a", body_digest=""), renamed(post("a"), "b", title="New", body_digest="")),
        (post("a"), renamed(post("a"), "b", lang="tr")),
    ],
    ids=["title and text", "date and text", "no date", "no title", "too short", "language"],
)
def test_a_file_of_which_too_little_is_left_is_another(
    db: Database, before: Post, after: Post
) -> None:
    first = record_posts(db, [before, *OTHERS], NOW)
    second = record_posts(db, [after, *OTHERS], NOW)
    assert second.removed == ("en:a",)
    assert second.posts[0].id not in ids(first)


def test_of_two_with_the_same_title_and_date_none_is_taken_for_the_other(db: Database) -> None:
    many = [*OTHERS, *(post(f"more{number}") for number in range(20))]
    first = record_posts(db, [*TWINS, *many], NOW)
    both = record_posts(db, [corrected(TWINS[0], "c"), corrected(TWINS[1], "d"), *many], NOW)
    assert set(ids(both)[:2]).isdisjoint(ids(first))


def test_a_text_that_others_have_too_is_a_template(db: Database) -> None:
    weeks = [post(f"week{number}", body_digest="template") for number in range(4)]
    first = record_posts(db, weeks, NOW)
    new = renamed(weeks[3], "week4", title="Week 4", date=DAY)
    second = record_posts(db, [*weeks[:3], new], NOW)
    assert second.removed == ("en:week3",)
    assert second.posts[3].id not in ids(first)


def test_a_copy_is_not_taken_for_what_it_is_a_copy_of(db: Database) -> None:
    first = record_posts(db, [post("a"), *OTHERS], NOW)
    copies = [renamed(post("a"), name, title=name, date=None) for name in ("b", "c")]
    second = record_posts(db, [*copies, *OTHERS], NOW)
    assert set(ids(second)[:2]).isdisjoint(ids(first))


def test_a_file_that_is_edited_and_put_in_anothers_place_is_still_itself(db: Database) -> None:
    first = record_posts(db, [post("a"), post("b"), *OTHERS], NOW)
    moved = post("b", path="a.en.md", slug="a", essay="a", digest="1", body_digest="1")
    second = record_posts(db, [moved, *OTHERS], NOW)
    assert second.posts[0].id == first.posts[1].id
    assert second.removed == ("en:a",)


@pytest.mark.parametrize("slugs", [("a", "b"), ("b", "a")])
def test_titles_that_were_given_to_the_wrong_texts_are_put_right_where_the_texts_are(
    db: Database, slugs: tuple[str, str]
) -> None:
    both = [post("a", date=DAY), post("b", date=DAY)]
    first = record_posts(db, [*both, *OTHERS], NOW)
    right = [
        replace(one, title=title, slug=slug, essay=slug, digest=title)
        for one, title, slug in zip(both, ("On b", "On a"), slugs, strict=True)
    ]
    assert ids(record_posts(db, [*right, *OTHERS], NOW)) == ids(first)


def test_a_new_essay_with_a_title_that_became_free_is_another(db: Database) -> None:
    first = record_posts(db, [post("a", title="Notes"), *OTHERS], NOW)
    retitled = post("a", title="Notes, part 1", digest="1", body_digest="1")
    fresh = post("z", title="Notes", date=post("a").date)
    second = record_posts(db, [retitled, fresh, *OTHERS], NOW)
    assert second.posts[0].id == first.posts[0].id
    assert second.posts[1].id not in ids(first)


def test_a_post_that_was_removed_comes_back_under_another_name(db: Database) -> None:
    first = record_posts(db, [post("a"), *OTHERS], NOW)
    assert record_posts(db, OTHERS, NOW).removed == ("en:a",)
    back = record_posts(db, [renamed(post("a"), "b", title="Again"), *OTHERS], NOW)
    assert ids(back) == ids(first)


def test_a_post_that_is_there_outdoes_one_that_was_removed_before(db: Database) -> None:
    record_posts(db, [post("a"), *OTHERS], NOW)
    record_posts(db, OTHERS, NOW)
    again = replace(post("a"), path="x.md", slug="x", essay="x", title="X", date=None)
    second = record_posts(db, [replace(again, digest="x", body_digest="x"), *OTHERS], NOW)
    db.execute(
        "update posts set title = 'On a', date = (select date from posts where slug = 'a') "
        "where slug = 'x'"
    )
    third = record_posts(db, [corrected(post("a"), "c"), *OTHERS], NOW)
    assert ids(third) == ids(second)


def test_a_folder_that_is_renamed_and_edited_throughout_loses_nothing(db: Database) -> None:
    first = record_posts(db, OTHERS, NOW)
    moved = [corrected(one, f"new-{one.slug}") for one in OTHERS]
    second = record_posts(db, moved, NOW)
    assert ids(second) == ids(first)
    assert (second.removed, second.is_suspicious) == ((), False)


NAMES = ("a", "b", "c", "d")


@settings(max_examples=150)
@given(
    kept=st.lists(st.sampled_from(["title", "text", "name"]), min_size=4, max_size=4),
    places=st.permutations(NAMES),
    gone=st.sets(st.sampled_from(NAMES)),
    new=st.integers(0, 3),
    data=st.data(),
)
def test_no_essay_is_ever_taken_for_another(
    shared_empty: Database,
    kept: list[str],
    places: list[str],
    gone: set[str],
    new: int,
    data: st.DataObject,
) -> None:
    """Of each essay one thing is kept; files may trade places, go, and others come."""
    db = shared_empty
    with undone(db):
        files = [post(name) for name in NAMES]
        before = {one.slug: one.id for one in record_posts(db, files, NOW).posts}
        read = {
            name: {
                "title": corrected(post(name), f"new-{name}"),
                "text": renamed(post(name), f"new-{name}", title="Otherwise", date=DAY),
                "name": post(name, title="Otherwise", date=None, digest="1", body_digest=name),
            }[what]
            for name, what in zip(NAMES, kept, strict=True)
            if name not in gone
        }
        for name, place in zip(NAMES, places, strict=True):
            if name in read and "name" not in kept:  # then names say nothing, and may be traded
                read[name] = replace(read[name], path=f"{place}.en.md", slug=place, essay=place)
        fresh = {f"fresh-{number}": post(f"fresh-{number}") for number in range(new)}
        order = data.draw(st.permutations([*read.items(), *fresh.items()]))
        recorded = record_posts(db, [one for _, one in order], NOW)
        after = {name: one.id for (name, _), one in zip(order, recorded.posts, strict=True)}
        assert {name: after[name] for name in read} == {name: before[name] for name in read}
        assert not {after[name] for name in fresh} & set(before.values())
