"""What the author's report reads of the database."""

from datetime import timedelta
from typing import Any

import pytest

from bot.store.desk.report import material
from bot.store.ledger import channels, forms
from bot.store.responses import queries
from bot.store.responses.highlights import toggle_highlight


def test_responses_come_with_what_they_answer_and_where_they_stand(world: Any) -> None:
    first, second = world.first, world.second
    shown = world.answer(9000, "Shown", may_quote=True, named=True)
    world.show(shown, 7000)
    world.answer(9001, "Kept", reader=501, shown=False, prompt=first.prompts[1])
    world.collect(
        world.message(3000, "A reply", reader=502, parent=first.asked_in[1]),
        world.message(second.thread + 5, "Beside", reader=500, thread=second.thread),
        world.message(3001, "Hidden", reader=503),
    )
    world.db.execute("update responses set hidden_at = created_at where text = 'Hidden'")
    toggle_highlight(world.db, shown, 900, world.now)
    world.db.execute("insert into nicknames values (?, 502, 'Chen of the hall')", [world.guild])
    found = material(world.db)
    place = f"https://discord.com/channels/{world.guild}"
    assert {(one.text, one.prompt, one.name, one.url) for one in found.said} == {
        ("A reply", first.prompts[1], "Chen of the hall", f"{place}/{first.thread}/3000"),
        ("Beside", None, "reader 500", f"{place}/{second.thread}/{second.thread + 5}"),
        ("Shown", first.prompts[0], "reader 500", f"{place}/{first.thread}/7000"),
        ("Kept", first.prompts[1], "reader 501", None),
    }  # fmt: skip
    marked = next(one for one in found.said if one.text == "Shown")
    assert (marked.may_quote, marked.named, marked.is_highlighted) == (True, True, True)
    assert marked.at == world.now


def test_the_last_consent_counts(world: Any) -> None:
    world.answer(9000, may_quote=True, named=True)
    world.answer(9001, may_quote=False, named=True, at=world.now.replace(hour=13))
    (kept,) = material(world.db).said
    assert (kept.may_quote, kept.named) == (False, False)


@pytest.mark.parametrize(
    "change", ["review = 'waiting'", "review = 'declined'", "sealed = 1", "hidden_at = null"]
)
def test_an_author_is_not_told_to_quote_what_may_not_leave(world: Any, change: str) -> None:
    world.answer(9000, may_quote=True, named=True)
    world.db.execute(f"update responses set {change}")  # noqa: S608  # our own
    may_quote = change == "hidden_at = null"
    [said] = material(world.db).said
    [listed] = queries.listing(world.db)
    assert (said.may_quote, listed.may_quote) == (may_quote, may_quote)
    [own] = queries.of_reader(world.db, listed.reader)
    assert own.may_quote, "they agreed"


def test_prompts_come_with_their_kind_their_place_and_their_forms(world: Any) -> None:
    first = world.first
    one, other = first.prompts
    for hours in (0, 1):
        forms.count_opened(world.db, one, world.now + timedelta(hours=hours))
    world.db.execute(
        "update questions set generic = 1 where id in "
        "(select question_id from prompt_questions where prompt_id = ?)",
        [other],
    )
    world.db.execute("update prompts set withdrawn_at = 'now' where id = ?", [one])
    found = {prompt.id: prompt for prompt in material(world.db, "dreams").asked}
    assert set(found) == {one, other}
    assert (found[one].opened, found[one].is_living, found[one].is_generic) == (2, False, False)
    assert (found[one].opened_since, found[other].opened_since) == (world.now, None)
    assert (found[other].opened, found[other].is_living, found[other].is_generic) == (0, True, True)
    assert found[other].url.endswith(f"/{first.thread}/{first.asked_in[1]}")


def test_a_slug_means_every_translation_and_a_language_only_one(world: Any) -> None:
    essay, db = world.first.post.essay_id, world.db
    turkish = channels.Channel(
        id=21, guild_id=world.guild, is_forum=False, lang="tr", pace="each", body="auto"
    )
    channels.use_channel(db, turkish, world.now)
    moved = [essay, world.second.publication]
    db.execute("update publications set essay_id = ?, channel_id = 21 where id = ?", moved)
    changed = "update posts set lang = 'tr', slug = 'ruyalar', essay_id = ? where slug = 'machines'"
    db.execute(changed, [essay])
    assert {one.slug for one in material(world.db).threads} == {"dreams", "ruyalar"}
    assert {one.slug for one in material(world.db, "dreams").threads} == {"dreams", "ruyalar"}
    assert {one.slug for one in material(world.db, "en:dreams").threads} == {"dreams"}
    assert material(world.db, "nothing").threads == ()


def test_it_says_how_far_it_is(world: Any) -> None:
    world.answer(9000)
    told: list[tuple[int, int]] = []
    material(world.db, None, lambda done, total: told.append((done, total)))
    assert told == [(0, 1)]
