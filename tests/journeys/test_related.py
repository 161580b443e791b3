"""The card of `/post` names essays that read well with this one, once the index has them."""

from __future__ import annotations

import sqlite3

from tests.journeys.stage import Stage, message_of

SHOWS = "Reads well with it:"
MAPS = "A map forgets on purpose: the coast that it draws is a street of what was forgotten."
SUBJECTS = ("garden fence", "engine valve", "river ferry", "choir tenor", "goat meadow")


async def begin(stage: Stage, *, topic: str = "", **changes: str) -> None:
    """Start a bot that has indexed an essay about maps, one like it, and five about others."""
    for number, subject in enumerate(SUBJECTS):
        words = f"The {subject} was there, and nobody asked why. It is number {number}."
        stage.write(subject.replace(" ", "-"), text=words, date="2025-12-01")
    stage.write(
        "forgetting",
        text=f"What I forget stays: {MAPS}",
        date="2026-01-01",
        tags=[topic] if topic else (),
        **changes,
    )
    await stage.publish(text=MAPS)
    await stage.sandbox.until(lambda: stage.bot.discussion.indexer.is_done)


async def card_of(stage: Stage, slug: str = "maps") -> str:
    return message_of(await stage.ada.command(stage.text, "post", slug=slug)).content


async def test_the_card_names_what_reads_well_with_the_essay_and_why(stage: Stage) -> None:
    await begin(stage)
    _, _, block = (await card_of(stage)).partition(SHOWS)
    first = block.split("\n")[1]
    assert first.startswith("- Forgetting: both turn on *")
    assert first.count("*, *") == 2
    assert "*coast*" in first
    assert block.endswith("Nobody has responded yet.")


async def test_the_essays_are_linked_to_their_pages(stage: Stage) -> None:
    stage.settings["site"] = "https://blog.example"
    await begin(stage)
    assert "- [Forgetting](<https://blog.example/forgetting/>): both" in await card_of(stage)


async def test_an_essay_that_readers_cannot_see_is_not_named(stage: Stage) -> None:
    await begin(stage, publishDate="2199-01-01")
    assert "Forgetting" not in await card_of(stage)


async def test_the_card_comes_without_while_the_index_is_made(stage: Stage) -> None:
    await begin(stage)
    stage.bot.discussion.indexer.left = 1
    assert SHOWS not in await card_of(stage)


async def test_the_card_comes_without_where_the_index_cannot_be_read(stage: Stage) -> None:
    await begin(stage)
    with sqlite3.connect(stage.database) as db:
        db.execute("drop table post_words")
    content = await card_of(stage)
    assert SHOWS not in content
    assert content.endswith("Nobody has responded yet.")


async def test_the_card_that_is_opened_from_a_list_names_them_too(stage: Stage) -> None:
    await begin(stage, topic="maps")
    listed = message_of(await stage.ada.command(stage.text, "tag", tag="maps"))
    ((value,),) = stage.rows("select id from posts where slug = 'forgetting'")
    card = message_of(await stage.ada.select(listed, [str(value)]))
    assert "Maps: both turn on *" in card.content


async def test_a_restarted_bot_still_names_them(stage: Stage) -> None:
    await begin(stage)
    await stage.restart()
    await stage.sandbox.until(lambda: stage.bot.discussion.indexer.is_done)
    assert "Forgetting" in await card_of(stage)
