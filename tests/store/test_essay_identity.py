"""Which file is which essay, whatever it is called now."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.post import Post, Question
from bot.store.content.posts import (
    Recorded,
    count_missing,
    discussed_paths,
    has_post,
    question_ids,
    record_changed,
    record_posts,
    removed_post,
)
from tests.store.conftest import NOW, World, undone


def post(name: str, lang: str = "en", **changes: object) -> Post:
    made = Post(
        path=f"{name}.{lang}.md",
        lang=lang,
        slug=name,
        title=f"On {name}",
        essay=name,
        digest=f"bytes of {name} in {lang}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the names of Post's fields


def ids(recorded: Recorded) -> list[int | None]:
    return [one.id for one in recorded.posts]


def living(db: Database) -> set[str]:
    return {row[0] for row in db.execute("select slug from posts where removed_at is null")}


def test_what_did_not_change_keeps_its_ids(db: Database) -> None:
    first = record_posts(db, [post("a"), post("b")], NOW)
    second = record_posts(db, [post("b"), post("a")], NOW + timedelta(days=1))
    assert ids(second) == list(reversed(ids(first)))
    assert all(one.id and one.essay_id for one in first.posts)
    assert len({one.essay_id for one in first.posts}) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (post("a"), post("a", path="moved/a.md", digest="edited")),
        (post("a"), post("a", slug="b", essay="b", digest="edited")),
        (post("a"), post("b", title="New", aliases=("/en/a/",), digest="edited")),
        (post("a"), post("b", title="New", aliases=("/old/a.html",), digest="edited")),
        (post("a", essay="key"), post("b", essay="key", title="New", digest="edited")),
        (post("a"), post("b", title="New", digest=post("a").digest)),
        (post("a"), post("a", title="New", digest="edited")),
    ],
    ids=["moved", "new slug", "alias", "old address", "translation key", "same bytes", "edited"],
)
def test_an_essay_keeps_its_identity(db: Database, before: Post, after: Post) -> None:
    others = [post(f"other{number}") for number in range(3)]
    first = record_posts(db, [before, *others], NOW)
    second = record_posts(db, [after, *others], NOW)
    assert ids(second) == ids(first)
    assert [one.essay_id for one in second.posts] == [one.essay_id for one in first.posts]
    assert second.removed == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"digest": "edited a"}, {"digest": "edited b"}),
        ({"path": "b.en.md"}, {"path": "a.en.md"}),
    ],
    ids=["slugs", "names"],
)
def test_files_that_trade_slugs_keep_their_paths_or_trade_names_keep_their_bytes(
    db: Database, a: dict[str, Any], b: dict[str, Any]
) -> None:
    first = record_posts(db, [post("a"), post("b")], NOW)
    swapped = [post("a", slug="b", essay="b", **a), post("b", slug="a", essay="a", **b)]
    assert ids(record_posts(db, swapped, NOW)) == ids(first)


@pytest.mark.parametrize("edited", [False, True])
def test_a_chain_of_new_slugs_moves_no_thread(db: Database, *, edited: bool) -> None:
    names = ["a", "b", "c", "d"]
    first = record_posts(db, [post(name) for name in names], NOW)
    chain = [
        replace(
            post(name),
            slug=new,
            essay=new,
            path=post(name).path if edited else f"{new}.en.md",
            digest=f"edited {name}" if edited else post(name).digest,
        )
        for name, new in zip(names, ["b", "c", "d", "e"], strict=True)
    ]
    assert ids(record_posts(db, chain, NOW)) == ids(first)


def test_a_new_essay_under_a_slug_that_became_free_is_another(db: Database) -> None:
    first = record_posts(db, [post("a")], NOW).posts[0]
    renamed = replace(post("a"), slug="b", essay="b", digest="edited")
    fresh = post("a", path="new.md", title="Something else", digest="other")
    second = record_posts(db, [renamed, fresh], NOW)
    assert second.posts[0].id == first.id
    assert second.posts[1].essay_id != first.essay_id


def test_translations_share_their_essay_in_whatever_order_they_come(db: Database) -> None:
    first = record_posts(db, [post("a"), post("a", "tr")], NOW).posts
    third = record_posts(db, [*first, post("a", "de")], NOW).posts
    assert len({one.essay_id for one in third}) == 1
    assert len({one.id for one in third}) == 3


def test_a_translation_that_comes_when_its_original_went_is_the_same_essay(db: Database) -> None:
    others = [post(f"other{number}") for number in range(3)]
    first = record_posts(db, [post("a"), *others], NOW).posts[0]
    second = record_posts(db, [post("a", "tr"), *others], NOW).posts[0]
    assert second.essay_id == first.essay_id
    assert second.id != first.id


@pytest.mark.parametrize(
    "both",
    [
        [post("a", path="a.md"), post("a", "tr", path="a.md", digest="x")],
        [post("a", digest="same"), post("b", digest="same")],
    ],
    ids=["languages under one path", "names of the same bytes"],
)
def test_posts_are_told_apart_in_whatever_order_they_come(db: Database, both: list[Post]) -> None:
    first = record_posts(db, both, NOW)
    assert ids(record_posts(db, list(reversed(both)), NOW)) == list(reversed(ids(first)))


def test_posts_without_a_digest_are_not_taken_for_each_other(db: Database) -> None:
    record_posts(db, [post("a", digest=""), post("b", digest="")], NOW)
    after = record_posts(db, [post("b", digest=""), post("c", digest="")], NOW)
    assert after.removed == ("en:a",)
    assert living(db) == {"b", "c"}


def test_a_post_that_goes_is_removed_and_keeps_its_row(db: Database) -> None:
    first = record_posts(db, [post("a"), post("b")], NOW)
    gone = record_posts(db, [post("a")], NOW)
    assert (gone.removed, gone.is_suspicious, living(db)) == (("en:b",), False, {"a"})
    back = record_posts(db, [post("a"), post("b", digest="rewritten")], NOW)
    assert ids(back) == ids(first)
    assert living(db) == {"a", "b"}


@pytest.mark.parametrize(
    ("many", "left", "is_suspicious"),
    [(20, 18, False), (20, 17, True), (5, 4, False), (5, 3, True), (1, 0, True), (3, 0, True)],
)
def test_if_more_than_a_tenth_vanishes_at_once_nothing_is_removed(
    db: Database, many: int, left: int, *, is_suspicious: bool
) -> None:
    posts = [post(f"p{number}") for number in range(many)]
    record_posts(db, posts, NOW)
    recorded = record_posts(db, posts[:left], NOW)
    assert recorded.is_suspicious is is_suspicious
    assert len(recorded.removed) == many - left
    assert len(living(db)) == (many if is_suspicious else left)


def test_an_empty_blog_is_not_suspicious(db: Database) -> None:
    assert record_posts(db, [], NOW) == Recorded(())


def asked(db: Database) -> dict[str, int]:
    """Return the ids of the questions of the one post that there is."""
    [(post_id,)] = db.execute("select id from posts")
    return question_ids(db, post_id)


def asking(*texts: str, digest: str = "") -> Post:
    return post("a", questions=tuple(Question(text) for text in texts), digest=digest)


def test_a_reworded_question_keeps_its_id_and_a_new_one_gets_its_own(db: Database) -> None:
    record_posts(db, [asking("Is dreaming biological?", "Why?")], NOW)
    before = asked(db)
    new = asking("Who else?", "Is dreaming fundamentally biological?", digest="edited")
    record_posts(db, [new], NOW)
    after = asked(db)
    assert list(after) == ["Who else?", "Is dreaming fundamentally biological?"]
    assert after["Is dreaming fundamentally biological?"] == before["Is dreaming biological?"]
    assert after["Who else?"] not in before.values()


def test_questions_found_later_are_stored_without_a_change_of_the_file(db: Database) -> None:
    record_posts(db, [asking()], NOW)
    record_posts(db, [asking("Why?")], NOW)
    before = asked(db)
    assert list(before) == ["Why?"]
    record_posts(db, [asking()], NOW)
    assert asked(db) == {}
    record_posts(db, [asking("Why?")], NOW)
    assert asked(db) == before


def test_a_name_is_known_by_its_slug_or_with_its_language(db: Database) -> None:
    record_posts(db, [post("a", "tr")], NOW)
    assert has_post(db, "a")
    assert has_post(db, "tr:a")
    assert not has_post(db, "en:a")


@settings(max_examples=80)
@given(st.lists(st.sampled_from(["slug", "path", "edit", "swap", "move"]), max_size=6), st.data())
def test_no_sequence_of_renames_starts_a_second_essay(
    shared_empty: Database, acts: list[str], data: st.DataObject
) -> None:
    """Each act changes one essay, or lets two trade slugs; then the site is read."""
    db = shared_empty
    with undone(db):
        files = {name: post(name) for name in ("a", "b", "c", "d")}
        before = {one.title: one.id for one in record_posts(db, list(files.values()), NOW).posts}
        for number, act in enumerate(acts):
            one, other = data.draw(st.permutations(sorted(files)))[:2]
            fresh = f"{act}{number}"
            changes: dict[str, dict[str, object]] = {
                "slug": {"slug": fresh, "essay": fresh, "digest": fresh},
                "path": {"path": f"{fresh}.md"},
                "edit": {"digest": fresh},
                "swap": {"slug": files[other].slug, "digest": f"{fresh} one"},
                "move": {"path": f"{fresh}.md", "digest": fresh},
            }
            if act == "swap":
                slug = files[one].slug
                files[other] = replace(files[other], slug=slug, digest=f"{fresh} other")
            files[one] = replace(files[one], **changes[act])  # type: ignore[arg-type]  # Post's
            read = data.draw(st.permutations(list(files.values())))
            after = {found.title: found.id for found in record_posts(db, read, NOW).posts}
            assert after == before
        assert db.table("posts").count == 4


def test_what_is_known_of_a_removed_post_can_be_read(db: Database) -> None:
    first = record_posts(db, [post("a"), post("b")], NOW).posts
    assert first[1].id is not None
    assert removed_post(db, first[1].id) is None
    record_posts(db, [post("a")], NOW)
    gone = removed_post(db, first[1].id)
    assert gone == post("b")
    assert gone is not None
    assert (gone.id, gone.essay_id) == (first[1].id, first[1].essay_id)


def test_posts_that_went_missing_are_counted_once_and_matched_when_back(db: Database) -> None:
    posts = [post(f"p{number}") for number in range(20)]
    first = record_posts(db, posts, NOW)
    assert record_posts(db, posts[:10], NOW).is_suspicious
    assert count_missing(db) == 10
    later = record_posts(db, posts[:9], NOW)
    assert (later.removed, later.is_suspicious) == (("en:p9",), False)
    assert count_missing(db) == 10
    back = record_posts(db, [*posts[:9], replace(posts[15], digest="edited")], NOW)
    assert back.posts[-1].id == first.posts[15].id
    assert (back.is_suspicious, back.removed, count_missing(db)) == (False, (), 9)


def test_the_thread_of_a_missing_post_is_left_alone(world: World) -> None:
    for publication in (world.first.publication, world.second.publication):
        world.db.execute("update publications set settled = 'done' where id = ?", [publication])
    assert record_posts(world.db, [], world.now).is_suspicious
    settled = "select distinct settled from publications"
    assert world.db.execute(settled).fetchall() == [("done",)]
    record_posts(world.db, [world.first.post, world.second.post], world.now)
    assert count_missing(world.db) == 0


def test_what_is_known_of_the_questions_of_a_pending_post_stays(db: Database) -> None:
    record_posts(db, [asking("Why?", "Who?")], NOW)
    record_posts(db, [asking("Why?")], NOW)
    before = asked(db)
    assert list(before) == ["Why?"]
    edited = asking(digest="edited")
    record_posts(db, [edited], NOW, {edited.path})
    assert asked(db) == before
    record_posts(db, [asking("Why?", digest="edited")], NOW)
    assert asked(db) == before


def test_a_thread_that_began_before_its_questions_were_found_is_gone_on_with(world: World) -> None:
    def settled() -> list[str]:
        query = "select settled from publications order by id"
        return [value for (value,) in world.db.execute(query)]

    posts = [world.first.post, world.second.post]
    world.db.execute("update publications set settled = 'done'")
    record_posts(world.db, posts, world.now, {posts[0].path})
    record_posts(world.db, posts, world.now)
    assert settled() == ["done", "done"]
    unasked = [replace(one, questions=()) for one in posts]
    record_posts(world.db, unasked, world.now, {posts[0].path})
    record_posts(world.db, [replace(posts[0], questions=(Question("New?"),)), posts[1]], world.now)
    assert sorted(settled()) == ["again", "done"]


def test_the_paths_of_discussed_posts_are_those_with_a_thread(world: World) -> None:
    record_posts(world.db, [world.first.post, world.second.post, post("other")], world.now)
    assert discussed_paths(world.db) == {world.first.post.path, world.second.post.path}
    over = "update publications set over_at = 'x' where id = ?"
    world.db.execute(over, [world.first.publication])
    assert discussed_paths(world.db) == {world.second.post.path}


def test_a_changed_text_is_recorded_alone(db: Database) -> None:
    asks = (Question("Why?"), Question("And then?"))
    (first, other) = record_posts(
        db, [post("a", questions=asks), post("b", questions=asks)], NOW, {"a.en.md"}
    ).posts
    kept = question_ids(db, first.id or 0)
    changed = replace(first, digest="new", questions=(Question("Why?"), Question("What next?")))
    record_changed(db, [changed], NOW + timedelta(days=1))
    found = question_ids(db, first.id or 0)
    assert found.keys() == {"Why?", "What next?"}
    assert found["Why?"] == kept["Why?"]
    assert question_ids(db, other.id or 0).keys() == {"Why?", "And then?"}
    rows = db.execute("select digest, pending from posts order by path").fetchall()
    assert rows == [("new", 0), (other.digest, 0)]
    again = record_posts(db, [changed, other], NOW + timedelta(days=2))
    assert ids(again) == [first.id, other.id]
