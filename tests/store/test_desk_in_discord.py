"""What `/responses` and the digest ask of the store: pages, names, what is new."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.listing import Listing
from bot.core.post import Prompt
from bot.store.desk import listings
from bot.store.desk.naming import (
    prompts_alike,
    questions_called,
    questions_offered,
    readers_meant,
    readers_offered,
)
from bot.store.desk.news import highlighted, news, unanswered
from bot.store.ledger import channels, publications
from bot.store.ledger.prompts import asked
from bot.store.responses.highlights import toggle_highlight, toggle_shown
from bot.store.responses.queries import listing, newest
from bot.store.responses.readers import remember_nicknames

MODERATOR = 900
ELSEWHERE = 77


@pytest.fixture
def said(world: Any) -> Any:
    """An answer and a reply to the first essay, a message about the second."""
    first, second = world.first, world.second
    world.answer(9000, "One", reader=500)
    world.collect(
        world.message(3000, "Two", reader=501, parent=first.asked_in[1]),
        world.message(second.thread + 5, "Three", reader=502, thread=second.thread),
    )
    return world


def publish_elsewhere(world: Any, guild: int, channel: int) -> int:
    """Publish the first essay in another channel; return the publication."""
    channels.join_guild(world.db, guild, "Elsewhere", world.now)
    place = channels.Channel(channel, guild, is_forum=False, lang="en", pace="each", body="auto")
    channels.use_channel(world.db, place, world.now)
    post = world.first.post
    prompts = [Prompt((question,)) for question in post.questions]
    now = world.now
    made = publications.intend(world.db, channel, post, prompts, asked_by=None, now=now)
    publications.record_thread(world.db, made, guild, channel + 1, now)
    return int(made)


def test_pages_hold_still_while_others_respond(said: Any) -> None:
    wanted = listings.begin(said.db, said.guild, Listing())
    first = listings.read_page(said.db, said.guild, wanted, 0, 2)
    said.collect(said.message(3001, "Late", reader=501, parent=said.first.asked_in[1]))
    second = listings.read_page(said.db, said.guild, wanted, 1, 2)
    read = [one.text for one in (*first.responses, *second.responses)]
    assert read == ["One", "Two", "Three"]
    assert (first.number, first.total, second.number, second.total) == (0, 3, 1, 3)
    assert [one.text for one in listings.read_all(said.db, said.guild, wanted)] == read


@pytest.mark.parametrize(("asked_for", "shown"), [(-1, 0), (9, 1)])
def test_of_a_page_that_is_not_there_the_nearest_is_read(
    said: Any, asked_for: int, shown: int
) -> None:
    found = listings.read_page(said.db, said.guild, Listing(), asked_for, 2)
    assert found.number == shown
    assert listings.read_page(said.db, ELSEWHERE, Listing(), asked_for, 2) == ([], 0, 0)


def test_a_listing_asks_for_what_it_names(said: Any) -> None:
    def texts(**wanted: Any) -> list[str]:
        return [one.text for one in listings.read_all(said.db, said.guild, Listing(**wanted))]

    (one, *_) = listing(said.db)
    toggle_highlight(said.db, one.id, MODERATOR, said.now)
    assert texts(essay=said.second.post.essay_id) == ["Three"]
    assert texts(prompt=said.first.prompts[1]) == ["Two"]
    assert texts(reader=500) == ["One"]
    assert texts(highlighted=True) == ["One"]
    assert texts(since=said.now + timedelta(days=1)) == []
    assert texts(after_id=one.id) == ["Two", "Three"]
    assert texts(until_id=one.id) == ["One"]


def test_a_question_that_two_threads_ask_is_one(said: Any) -> None:
    other = publish_elsewhere(said, said.guild, 21)
    ids = [each.id for each in asked(said.db, other)]
    assert set(prompts_alike(said.db, ids[0])) == {said.first.prompts[0], ids[0]}
    (found,) = questions_called(
        said.db, said.guild, "DREAMING biological", said.first.post.essay_id
    )
    assert found == (ids[0], "Is dreaming biological?", "Dreams")
    assert len(questions_called(said.db, said.guild, "give up")) == 2  # of two essays
    (chosen,) = questions_called(said.db, said.guild, f"#{said.first.prompts[1]}")
    assert chosen.text == "What would you give up?"


def test_nothing_of_another_guild_is_found_or_offered(said: Any) -> None:
    publish_elsewhere(said, ELSEWHERE, 22)
    mine = said.first.prompts[0]
    assert questions_called(said.db, ELSEWHERE, f"#{mine}") == []
    assert len(questions_offered(said.db, ELSEWHERE, "", None, 25)) == 2
    assert readers_meant(said.db, ELSEWHERE, "500") == []
    assert readers_offered(said.db, ELSEWHERE, "", None, 25) == []
    remember_nicknames(said.db, {(ELSEWHERE, 500): "Secret"})
    assert readers_meant(said.db, said.guild, "secret") == []
    assert news(said.db, ELSEWHERE, 0, newest(said.db)) == []


def test_questions_and_readers_are_offered_for_what_is_typed(said: Any) -> None:
    essay = said.first.post.essay_id
    texts = [one.text for one in questions_offered(said.db, said.guild, "", essay, 25)]
    assert texts == ["Is dreaming biological?", "What would you give up?"]
    assert len(questions_offered(said.db, said.guild, "", None, 3)) == 3
    (only,) = questions_offered(said.db, said.guild, " GIVE", essay, 25)
    assert only.prompt == said.first.prompts[1]
    remember_nicknames(said.db, {(said.guild, 501): "Åda"})
    assert readers_offered(said.db, said.guild, "ada", None, 25) == [(501, "Åda")]
    assert [one.id for one in readers_offered(said.db, said.guild, "", essay, 25)] == [501, 500]
    for called in ("Åda", "ada", "501", "#501", "<@501>", "<@!501>"):
        assert readers_meant(said.db, said.guild, called) == [(501, "Åda")], called
    assert [one.id for one in readers_meant(said.db, said.guild, "reader")] == [502, 501, 500]


def test_news_is_by_essay_and_question_the_newest_first(said: Any) -> None:
    before = newest(said.db)
    assert [(one.title, one.count) for one in news(said.db, said.guild, 0, before)] == [
        ("Machines", 1),
        ("Dreams", 2),
    ]
    said.collect(
        said.message(3001, "Again", reader=502, parent=said.first.asked_in[1]),
        said.message(3002, "And again", reader=500, parent=said.first.asked_in[1]),
        said.message(3003, "", reader=500, parent=said.first.asked_in[1]),
    )
    private = said.answer(9001, "Private", reader=502, shown=False)
    (one,) = news(said.db, said.guild, before, newest(said.db))
    thread = f"https://discord.com/channels/{said.guild}/{said.first.thread}"
    assert (one.title, one.url, one.count) == ("Dreams", thread, 3)
    assert [(each.question, each.count, each.url) for each in one.answers] == [
        ("Is dreaming biological?", 1, None),
        ("What would you give up?", 2, f"{thread}/3001"),
    ]
    said.show(private, 7000)
    (one,) = news(said.db, said.guild, before, newest(said.db))
    assert one.answers[0].url == f"{thread}/7000"


def test_a_question_of_two_threads_is_counted_once_in_the_news(said: Any) -> None:
    other = publish_elsewhere(said, said.guild, 21)
    where = asked(said.db, other)[1]
    said.db.execute(
        "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
        "prompt_id, reader_id, text, shown, created_at) select ?, 5000, 'reply', guild_id, 22, ?, "
        "?, reader_id, 'There', 1, created_at from responses where text = 'Two'",
        [newest(said.db) + 1, other, where.id],
    )
    essays = news(said.db, said.guild, 0, newest(said.db))
    dreams = next(one for one in essays if one.title == "Dreams")
    assert [(each.question, each.count) for each in dreams.answers] == [
        ("What would you give up?", 2),
        ("Is dreaming biological?", 1),
    ]


def test_a_question_is_unanswered_until_somebody_answers_it_anywhere_in_the_guild(
    said: Any,
) -> None:
    publish_elsewhere(said, said.guild, 21)

    def open_questions() -> set[tuple[str, str]]:
        return {(one.title, one.text) for one in unanswered(said.db, said.guild)}

    give_up = "What would you give up?"
    dreaming = "Is dreaming biological?"
    assert open_questions() == {("Machines", dreaming), ("Machines", give_up)}
    links = {one.text: one.url for one in unanswered(said.db, said.guild)}
    thread, prompt = said.second.thread, said.second.asked_in[0]
    assert links[dreaming] == f"https://discord.com/channels/{said.guild}/{thread}/{prompt}"
    said.collect(said.message(4000, "Mine", thread=thread, parent=said.second.asked_in[0]))
    assert open_questions() == {("Machines", give_up)}
    said.db.execute("update prompts set withdrawn_at = 'then'")
    assert open_questions() == set()


def test_only_what_was_said_in_the_guild_is_highlighted_there(said: Any) -> None:
    assert toggle_shown(said.db, ELSEWHERE, 3000, MODERATOR, said.now) is None
    assert toggle_shown(said.db, said.guild, 1, MODERATOR, said.now) is None
    assert said.db["highlights"].count == 0
    assert toggle_shown(said.db, said.guild, 3000, MODERATOR, said.now) is True
    assert toggle_shown(said.db, said.guild, 3000, MODERATOR, said.now) is False
    said.db.execute("update responses set text = ''")
    assert toggle_shown(said.db, said.guild, 3000, MODERATOR, said.now) is None


def test_highlights_are_those_between_two_moments_and_say_no_word(said: Any) -> None:
    hour = timedelta(hours=1)
    for number, one in enumerate(listing(said.db)):
        toggle_highlight(said.db, one.id, MODERATOR, said.now + number * hour)
    found = highlighted(said.db, said.guild, said.now, said.now + hour)
    thread = f"https://discord.com/channels/{said.guild}/{said.first.thread}"
    assert found == [("Dreams", "", f"{thread}/3000")]
    assert [one.url for one in highlighted(said.db, said.guild, said.now - hour, said.now)] == [
        None
    ]
    assert highlighted(said.db, ELSEWHERE, said.now - hour, said.now + hour) == []
