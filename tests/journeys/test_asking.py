"""`/ask`: what an essay answers, to whom, and what it keeps to itself."""

from __future__ import annotations

from bot.discussion.asking.pace import MOST
from bot.sandbox.state.permissions import Permission
from tests.journeys.asking import (
    KEEPS_WATER,
    RIVERS,
    ask,
    described,
    indexed,
    rewrite,
    rivers,
)
from tests.journeys.stage import Stage, message_of


async def test_a_question_is_answered_privately_with_the_passage_and_its_place(
    stage: Stage,
) -> None:
    await rivers(stage)
    done = await stage.ada.command(stage.text, "ask", question="What does a river keep of water?")
    page = message_of(done)
    assert page.ephemeral
    assert page.embeds[0]["title"] == "Rivers"
    assert described(page).startswith(f"**Water**\n> {RIVERS}")
    assert page.embeds[0]["url"].startswith("https://blog.example/rivers/#:~:text=A%20river")
    assert page.buttons == ["Show it here", "Read it there", "Read"]


async def test_what_the_essay_does_not_say_is_not_guessed(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, "Which mountain has a zeppelin?")
    assert page.content == (
        "The essay does not say. The nearest that it comes to is “Stone”, in **Rivers**."
    )
    assert page.buttons == ["Read it there", "Read"]
    other = await ask(stage.ada, thread, "Who flies a zeppelin?", essay="*")
    assert other.content == "The blog does not say."
    none = await ask(stage.ada, thread, "?!")
    assert none.content.startswith("Ask in a few words")


async def test_the_threads_essay_is_asked_unless_another_or_all_are_named(stage: Stage) -> None:
    stage.write("seas", title="Seas", date="2026-02-01", text="A sea keeps every river's salt.")
    thread = await rivers(stage)
    question = "Which sea keeps salt?"
    assert (await ask(stage.ada, thread, question)).content.startswith("The essay does not say.")
    for options in ({"essay": "*"}, {"essay": "the whole blog"}, {"essay": "seas"}):
        page = await ask(stage.ada, thread, question, **options)
        assert page.embeds[0]["title"] == "Seas"
    assert (await ask(stage.ada, stage.text, question)).embeds[0]["title"] == "Seas"
    offered = await stage.ada.complete(thread, "ask", "essay", "")
    assert offered == [("The whole blog", "*"), ("Rivers", "en:rivers"), ("Seas", "en:seas")]
    offered = await stage.ada.complete(thread, "ask", "essay", "se")
    assert offered == [("Seas", "en:seas")]


async def test_what_is_not_public_is_never_quoted(stage: Stage) -> None:
    stage.write("draft", text="A sea keeps every river's salt.", draft="true")
    stage.write("later", text="A sea keeps every river's salt.", date="2126-01-01")
    stage.write("gone", text="A sea keeps every river's salt.", expiryDate="2026-03-02")
    (stage.content / "_index.md").write_text("A sea keeps every river's salt.\n", encoding="utf-8")
    await rivers(stage)
    for slug in ("draft", "later", "gone"):
        refused = await ask(stage.ada, stage.text, "Which sea keeps salt?", essay=slug)
        assert refused.embeds == []
        assert "salt" not in refused.content
    page = await ask(stage.ada, stage.text, "Which sea keeps salt?")
    assert page.content.startswith("The blog does not say.")


async def test_what_moderators_withdrew_is_not_quoted_there(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    await stage.mo.command(stage.text, "publish withdraw", slug="rivers")
    refused = await stage.ada.click(page, label="Show it here")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content == ("Not shown: this thread is locked.")
    asked = await ask(stage.ada, stage.text, KEEPS_WATER)
    assert asked.content == "The blog does not say."
    asked = await ask(stage.ada, stage.text, KEEPS_WATER, essay="rivers")
    assert asked.content.startswith("That is no essay that can be read on the blog now.")


async def test_a_reader_is_answered_in_their_language_where_the_translation_has_it(
    stage: Stage,
) -> None:
    nehir = "Bir nehir, suyundan hiçbir şey kalmasa da adını tutar."
    dag = "Bir dağ yavaş unutur."
    text = f"## Su\n\n{nehir}\n\n## Taş\n\n{dag}"
    stage.write("rivers", title="Nehirler", lang="tr", text=text, asks="Ya siz ne tutarsınız?")
    await rivers(stage)
    page = await ask(stage.bora, stage.text, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Nehirler"
    assert described(page).startswith(f"**Su**\n> {nehir}")
    assert "English" in page.buttons
    found = await ask(
        stage.ada, stage.text, "Hangi nehir, suyundan hiçbir şey kalmasa da adını tutar?"
    )
    assert found.embeds[0]["title"] == "Rivers"
    await rewrite(stage, title="Nehirler", lang="tr", text=nehir, asks="Ya siz ne tutarsınız?")
    page = await ask(stage.bora, stage.text, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Rivers"
    assert "Türkçe" in page.buttons


async def test_a_passage_that_answers_in_two_languages_is_quoted_once(stage: Stage) -> None:
    there = {"": "The starter came from Ljubljana in 2011.", "tr": "Maya Ljubljana 2011 yadigârı."}
    for lang, text in there.items():
        await stage.publish("bread", lang=lang, text=text, asks="")
    await indexed(stage)
    page = await ask(stage.ada, stage.text, "Ljubljana 2011")
    assert described(page) == f"> {there['']}"


async def test_what_readers_said_is_shown_to_who_can_read_it(stage: Stage) -> None:
    thread = await rivers(stage)
    message = await stage.bora.say(thread, "My river kept a *shoe*.")
    await stage.mo.say(thread, "I like it.")
    await stage.until_kept("My river kept a *shoe*.", "I like it.")
    page = await ask(stage.ada, stage.text, KEEPS_WATER)
    assert r"### What readers said" in described(page)
    assert r"> My river kept a \*shoe\*." in described(page)
    assert f"/{thread.id}/{message.id})" in described(page)
    assert "I like it." not in described(page)
    lobby = await stage.sandbox.channel(stage.guild, "lobby")
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=int(Permission.VIEW_CHANNEL))
    page = await ask(stage.ada, lobby, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Rivers"
    assert "shoe" not in described(page)
    await stage.sandbox.allow(stage.text, stage.ada.id)
    await stage.mo.menu(message, "Hide")
    page = await ask(stage.ada, lobby, KEEPS_WATER)
    assert "shoe" not in described(page)


async def test_an_answer_that_nobody_sees_is_quoted_to_nobody(stage: Stage) -> None:
    thread = await rivers(stage)
    prompt = await stage.prompt(thread)
    await stage.answer(stage.bora, prompt, "My river kept a shoe.", show=False)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert "shoe" not in described(page)
    await stage.answer(stage.bora, prompt, "My river kept a shoe.", show=True)
    await stage.until_rows("select 1 from messages where response_id > 0 and message_id > 0")
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert "shoe" in described(page)


async def test_who_asks_much_at_once_is_told_to_wait(stage: Stage) -> None:
    thread = await rivers(stage)
    for _ in range(MOST):
        await ask(stage.ada, thread, KEEPS_WATER)
    refused = await ask(stage.ada, thread, KEEPS_WATER)
    assert refused.content.startswith("You have asked much within a minute.")
    assert (await ask(stage.bora, thread, KEEPS_WATER)).embeds


async def test_while_essays_are_read_it_says_how_many_are_left(stage: Stage) -> None:
    thread = await rivers(stage)
    with stage.writing() as db:
        db.execute("update indexed_posts set digest = 'of another time'")
        db.commit()
        db.execute("begin immediate")  # as long as it holds, nothing can be indexed
        stage.bot.discussion.indexer._done = None
        page = await ask(stage.ada, thread, KEEPS_WATER)
    assert page.content == (
        "The essays are still being read so that they can be asked: one is left of 1. Ask again "
        "in a moment."
    )
