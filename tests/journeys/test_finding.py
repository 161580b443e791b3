"""`/questions` and `/search`: what readers find, and that they find no more than they may see."""

from __future__ import annotations

import pytest

from bot.sandbox import Message
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import KEEPS, Stage, message_of, said

SEES = int(Permission.VIEW_CHANNEL)


async def listed(stage: Stage, **options: object) -> Message:
    return message_of(await stage.ada.command(stage.text, "questions", **options))


def lines(message: Message) -> list[str]:
    """The questions or results of a page, without their small print."""
    text = str(message.embeds[0]["description"])
    return [line for line in text.split("\n") if not line.startswith(("-#", "###"))]


async def two_threads(stage: Stage) -> None:
    stage.write("maps", asks="What does a map leave out?", tags=["Maps"])
    stage.write("clocks", asks="Who owns an hour?", date="2026-02-01")
    await stage.start()
    await stage.thread()
    await stage.mo.command(stage.text, "discuss", slug="clocks")
    await stage.threads(stage.text, 2)


async def test_open_questions_are_listed_least_answered_first_and_can_be_answered(
    stage: Stage,
) -> None:
    await two_threads(stage)
    page = await listed(stage)
    assert page.ephemeral
    assert lines(page) == ["**Who owns an hour?**", "**What does a map leave out?**"]
    assert page.texts.count("nobody has answered") == 2
    ids = dict(stage.rows("select text, id from prompts"))
    form = await stage.ada.select(page, [str(ids["Who owns an hour?"])])
    await stage.ada.submit(form, {"text": "Nobody."})
    await stage.until_kept("Nobody.")
    again = await listed(stage)
    assert lines(again) == ["**What does a map leave out?**", "**Who owns an hour?**"]
    assert "one answer" in again.texts
    assert "Ada" not in again.texts


async def test_a_question_leads_to_its_message(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    page = await listed(stage)
    assert f"/channels/{stage.guild.id}/{thread.id}/{prompt.id})" in page.texts


async def test_questions_can_be_about_a_tag(stage: Stage) -> None:
    await two_threads(stage)
    assert lines(await listed(stage, tag="maps")) == ["**What does a map leave out?**"]
    offered = await stage.ada.complete(stage.text, "questions", "tag", "ma")
    assert offered == [("Maps", "Maps")]
    unknown = await stage.ada.command(stage.text, "questions", tag="mops")
    assert said(unknown) == "No essay is about “mops”. Did you mean “Maps”?"


async def test_many_questions_have_pages_that_turn_after_a_restart(stage: Stage) -> None:
    questions = " ".join(f"Is number {number} a question?" for number in range(3))
    stage.write("maps", asks=questions)
    for number in range(11):
        stage.write(f"essay-{number}", date="2026-01-01", asks=f"Is essay {number} enough?")
    await stage.start()
    await stage.thread()
    for number in range(11):
        await stage.mo.command(stage.text, "discuss", slug=f"essay-{number}")
    await stage.threads(stage.text, 12)
    page = await listed(stage)
    assert len(lines(page)) == len(page.options) == 10
    assert "Page 1 of 2" in page.texts
    await stage.restart()
    await stage.ada.click(page, label="On")
    await stage.sandbox.until(lambda: "Page 2 of 2" in page.texts)
    assert page.buttons == ["Back"]


async def test_questions_are_in_the_places_language_then_the_readers(stage: Stage) -> None:
    stage.write("haritalar", lang="tr", asks="Ya siz hangi haritayı unuttunuz?")
    stage.write("maps", asks="What does a map leave out?")
    await stage.start()
    await stage.thread()
    place = str(stage.forum.id)
    await stage.mo.command(stage.text, "setup", channel=place, language="tr")
    await stage.thread(stage.forum)
    in_text = message_of(await stage.bora.command(stage.text, "questions"))
    assert lines(in_text) == ["**What does a map leave out?**"]
    in_forum = message_of(await stage.ada.command(stage.forum, "questions"))
    assert lines(in_forum) == ["**Ya siz hangi haritayı unuttunuz?**"]
    lobby = await stage.sandbox.channel(stage.guild, "lobby")
    own = message_of(await stage.bora.command(lobby, "questions"))
    assert lines(own) == ["**Ya siz hangi haritayı unuttunuz?**"]
    default = message_of(await stage.ada.command(lobby, "questions"))
    assert lines(default) == ["**What does a map leave out?**"]


async def test_questions_and_responses_of_a_channel_out_of_sight_are_not_found(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.mo, thread, "The river remembers.")
    lobby = await stage.sandbox.channel(stage.guild, "lobby")
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=SEES)
    questions = await stage.ada.command(lobby, "questions")
    assert said(questions).startswith("No question is open here now.")
    found = await stage.ada.command(lobby, "search", words="river")
    assert said(found).startswith("Nothing that you can see here has all of these words: river.")
    await stage.sandbox.allow(stage.text, stage.ada.id)
    found = await stage.ada.command(lobby, "search", words="river")
    assert lines(message_of(found)) == ["> The river remembers."]


async def test_what_stands_where_the_bot_cannot_look_any_more_is_not_found(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.mo, thread, "The river remembers.")
    await stage.sandbox.deny_bot(stage.text, SEES)
    await stage.until_rows("select 1 from gaps where ended_at is null")
    found = await stage.ada.command(stage.forum, "search", words="river")
    assert said(found).startswith("Nothing that you can see here")
    asked = await stage.ada.command(stage.forum, "questions")
    assert said(asked).startswith("No question is open here now.")


async def test_a_thread_that_is_locked_asks_nothing(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.mo.lock(thread)
    await stage.sandbox.until(lambda: stage.bot.get_channel(thread.id).locked)  # type: ignore[union-attr]
    asked = await stage.ada.command(stage.text, "questions")
    assert said(asked).startswith("No question is open here now.")


async def test_a_search_finds_essays_first_then_what_readers_wrote(stage: Stage) -> None:
    stage.write("maps", title="Rivers on Maps", description="Where they *end*.", tags=["water"])
    stage.write("clocks", date="2026-01-01", description="Rivers of time.")
    await stage.start()
    thread = await stage.thread()
    message = await stage.say_until_kept(stage.bora, thread, "My **river** is <@1> slow.")
    page = message_of(await stage.ada.command(stage.text, "search", words="RIVER"))
    assert page.ephemeral
    assert lines(page) == [
        "**Rivers on Maps** · 2026-03-01",
        "**Clocks** · 2026-01-01",
        r"> My \*\*river\*\* is \<\@1> slow.",
    ]
    assert f"/channels/{stage.guild.id}/{thread.id}/{message.id})" in page.texts
    assert page.options == ["Rivers on Maps", "Clocks"]
    post_id = stage.rows("select id from posts where slug = 'maps'")[0][0]
    card = message_of(await stage.ada.select(page, [str(post_id)]))
    assert card.embeds[0]["title"] == "Rivers on Maps"


@pytest.mark.parametrize("words", ["water", "no use anyone", "water no use", "Örtlich", "ortlich"])
async def test_essays_are_found_by_tags_questions_and_folded_words(
    stage: Stage, words: str
) -> None:
    await stage.publish(tags=["Water"], description="Örtliche Karten.")
    page = message_of(await stage.ada.command(stage.text, "search", words=words))
    assert lines(page) == ["**Maps** · 2026-03-01"]


async def test_an_edited_description_is_found_by_its_new_words(stage: Stage) -> None:
    await stage.publish(description="About ink.")
    await stage.ada.command(stage.text, "search", words="ink")
    stage.write("maps", description="About paper.")

    async def is_found() -> bool:
        done = await stage.ada.command(stage.text, "search", words="paper")
        return bool(message_of(done).embeds)

    await stage.rounds.run()
    await stage.sandbox.until(is_found)
    assert "Nothing" in said(await stage.ada.command(stage.text, "search", words="ink"))


async def test_pages_of_a_search_turn_after_a_restart_and_see_what_changed(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"river {number}" for number in range(12)]
    await stage.bora.say_all(thread, texts)
    await stage.until_kept(*texts)
    page = message_of(await stage.ada.command(stage.forum, "search", words=' "river* '))
    assert len(lines(page)) == 10
    await stage.restart()
    await stage.ada.click(page, label="On")
    await stage.sandbox.until(lambda: lines(page) == ["> river 1", "> river 0"])
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=SEES)
    refused = await stage.ada.click(page, label="Back")
    await stage.sandbox.until(lambda: refused.followups)
    assert "Nothing that you can see here" in refused.followups[0].content


async def test_who_may_not_read_what_was_written_before_finds_none_of_it(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.bora, thread, "The river remembers.")
    deny = int(Permission.READ_MESSAGE_HISTORY)
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=deny)
    found = await stage.ada.command(stage.text, "search", words="river")
    assert said(found).startswith("Nothing")


async def test_another_servers_responses_are_not_found(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.bora, thread, "The river remembers.")
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    cem = await stage.sandbox.member(other, "Cem")
    assert said(await cem.command(lobby, "search", words="river")).startswith("Nothing")
    assert said(await cem.command(lobby, "questions")).startswith("No question")


async def test_an_answer_that_is_not_shown_is_not_found(stage: Stage) -> None:
    _, prompt = await stage.publish_and_ask()
    await stage.answer(stage.bora, prompt, "A secret garden.", show=False)
    await stage.until_kept("A secret garden.")
    assert said(await stage.ada.command(stage.text, "search", words="garden")).startswith("Nothing")


async def test_a_search_without_a_word_says_so(stage: Stage) -> None:
    await stage.publish()
    done = await stage.ada.command(stage.text, "search", words="!?")
    assert said(done) == "Type a word or two to search for."


async def test_a_question_that_was_withdrawn_is_listed_no_more(stage: Stage) -> None:
    _, prompt = await stage.publish_and_ask()
    page = await listed(stage)
    assert page.options == [KEEPS]
    await stage.mo.delete(prompt)
    await stage.until_rows("select 1 from prompts where withdrawn_at is not null")
    gone = await stage.ada.command(stage.text, "questions")
    assert said(gone).startswith("No question")


async def test_a_question_that_closed_since_the_list_was_opened_opens_no_form(
    stage: Stage,
) -> None:
    _, prompt = await stage.publish_and_ask()
    [value] = [str(row[0]) for row in stage.rows("select id from prompts")]
    page = message_of(await stage.ada.command(stage.forum, "questions"))
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=SEES)
    unseen = await stage.ada.select(page, [value])
    assert said(unseen).startswith("That question is not open to you any more.")
    await stage.sandbox.allow(stage.text, stage.ada.id)
    assert (await stage.ada.select(page, [value])).modal is not None
    await stage.mo.delete(prompt)
    await stage.until_rows("select 1 from prompts where withdrawn_at is not null")
    assert said(await stage.ada.select(page, [value])).startswith("That question is not open")
