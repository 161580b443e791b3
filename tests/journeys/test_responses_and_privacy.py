"""`/responses` for authors, and `/privacy` for everybody."""

from __future__ import annotations

import json
from datetime import datetime

from tests.journeys.stage import KEEPS, Stage, command_open_to_all, message_of, press, said


async def test_a_manager_reads_responses_under_their_questions(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.answer(stage.ada, await stage.prompt(thread), "The tickets.")
    await stage.bora.say(thread, "Who drew the header?")
    await stage.until_kept("The tickets.", "Who drew the header?")
    page = message_of(await stage.mo.command(stage.forum, "responses", slug="maps"))
    assert page.ephemeral
    assert page.content.index(KEEPS) < page.content.index("> The tickets.")
    assert "> Who drew the header?" in page.content
    times = "select reader_name, created_at from responses_by_question"
    for name, created_at in stage.rows(times):  # in the zone of whoever reads
        moment = int(datetime.fromisoformat(created_at).timestamp())
        assert f"-# {name} · <t:{moment}:f> · " in page.content
    assert {"Ada", "Bora"} == {name for name, _ in stage.rows(times)}


async def test_the_authors_role_reads_and_a_reader_is_refused(stage: Stage) -> None:
    await stage.publish()
    role = await stage.sandbox.post("create_role", guild=str(stage.guild.id), name="Author")
    iris = await stage.sandbox.member(stage.guild, "Iris", roles=[int(role["id"])])
    before = await iris.command(stage.text, "responses", slug="maps")
    assert said(before).startswith("Only authors can read all responses.")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), author=str(role["id"]))
    allowed = await iris.command(stage.text, "responses", slug="maps")
    assert "Nobody has responded yet." in said(allowed)
    refused = await stage.ada.command(stage.text, "responses", slug="maps")
    assert message_of(refused).ephemeral
    assert said(refused).startswith("Only authors can read all responses.")


async def test_essays_with_responses_are_offered_first_however_old_they_are(stage: Stage) -> None:
    stage.write("maps", date="2019-01-01")
    for number in range(30):
        stage.write(f"newer-{number:02}", date="2026-02-01", asks="It ends.")
    await stage.start()
    thread = await stage.thread()

    async def offered(text: str) -> list[str]:
        choices = await stage.mo.complete(stage.text, "responses", "slug", text)
        return [name for name, _ in choices]

    assert len(await offered("")) == 25
    assert "Maps" not in await offered("")
    await stage.say_until_kept(stage.ada, thread, "The tickets.")
    for nothing in ("", "  "):
        first, *rest = await offered(nothing)
        assert first == "Maps"
        assert len(rest) == 24
    assert "Maps" not in await offered("newer")
    assert await offered("map") == ["Maps"]


async def test_responses_are_read_page_by_page(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"Thought {number}." for number in range(12)]
    await stage.ada.say_all(thread, texts)
    await stage.until_kept(*texts)
    page = message_of(await stage.mo.command(stage.text, "responses", slug="maps"))
    read = page.content
    assert "Page 1 of 3" in page.content
    for number in (2, 3):
        turned = message_of(await stage.mo.click(page, label="On"))
        assert turned.id == page.id
        assert f"Page {number} of 3" in turned.content
        read += turned.content
    assert all(text in read for text in texts)
    assert "Page 2 of 3" in message_of(await stage.mo.click(page, label="Back")).content


async def test_responses_say_whether_an_answer_is_shown_and_may_be_quoted(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "The tickets.", show=False)
    await stage.answer(stage.bora, prompt, "The maps.", quote=True)
    await stage.answer(stage.mo, prompt, "The dust.", show=False, quote=True)
    await stage.ada.say(thread, "A message.")
    await stage.until_kept("The tickets.", "The maps.", "The dust.", "A message.")
    message = await stage.shown(thread, "The maps.")
    await stage.until_rows("select 1 from messages where message_id = ?", message.id)
    page = said(await stage.mo.command(stage.text, "responses", slug="maps"))
    lines = page.splitlines()
    feet = {lines[at][2:]: lines[at + 1] for at in range(len(lines)) if lines[at][:2] == "> "}
    private, quotable = "not shown in the thread", "may be quoted"
    assert private in feet["The tickets."]
    assert quotable not in feet["The tickets."]
    assert f" · shown in the thread · {quotable} · by name · " in feet["The maps."]
    assert f" · {private} · {quotable}" in feet["The dust."]
    assert "thread" not in feet["A message."]
    assert "quoted" not in feet["A message."]


async def test_a_page_of_long_answers_ends_with_its_last_one_and_its_number(stage: Stage) -> None:
    stage.write("maps", title=f"Maps {'and more ' * 20}")
    await stage.start()
    prompt = await stage.prompt(await stage.thread())
    texts = [f"{number} {'* and _ ' * 80}".strip() for number in range(6)]
    for text in texts:
        who = await stage.sandbox.member(stage.guild, f"A reader with a name of 32 {text[:3]}")
        await stage.answer(who, prompt, text, quote=True)
    await stage.until_kept(*texts)
    page = said(await stage.mo.command(stage.text, "responses", slug="maps"))
    assert len(page) <= 2000
    assert page.endswith("Page 1 of 2")
    assert sum(line.startswith("-# A reader") for line in page.splitlines()) == 5


async def test_turning_a_page_asks_again_who_may(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"Thought {number}." for number in range(6)]
    await stage.ada.say_all(thread, texts)
    await stage.until_kept(*texts)
    page = message_of(await stage.mo.command(stage.text, "responses", slug="maps"))
    await stage.mo.set_roles([])
    refused = await press(stage.mo, page, "responses")
    assert said(refused).startswith("Only authors can read all responses.")


async def test_a_reader_who_forges_responses_sees_nothing_of_another_guild(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "Said here.")
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    owner = await stage.sandbox.member(other, "Olga", permissions=8)
    command_open_to_all(stage, "responses")
    page = message_of(await owner.command(lobby, "responses", slug="maps"))
    assert "Said here." not in page.content
    assert "Nobody has responded yet." in page.content


async def test_privacy_says_what_is_kept_here_and_everywhere(stage: Stage) -> None:
    thread = await stage.publish()
    nothing = message_of(await stage.ada.command(stage.text, "privacy"))
    assert nothing.ephemeral
    assert "Nothing of yours is kept, here or elsewhere." in nothing.content
    assert nothing.buttons == ["Change my choices"]
    await stage.ada.say(thread, "One.")
    await stage.answer(stage.ada, await stage.prompt(thread), "Two.")
    await stage.until_kept("One.", "Two.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    assert "Kept of you: 2 here, 2 in all." in told.content
    assert told.buttons == [
        "See each of them", "Hand it to me", "Change my choices",
        "Delete mine here", "Delete mine everywhere",
    ]  # fmt: skip


async def test_a_reader_is_handed_everything_of_theirs_and_nothing_else(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.ada.say(thread, "Mine.")
    await stage.bora.say(thread, "Not mine.")
    await stage.until_kept("Mine.", "Not mine.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    handed = message_of(await stage.ada.click(told, label="Hand it to me"))
    assert handed.ephemeral
    (file,) = handed.raw["attachments"]
    lines = [json.loads(line) for line in (await fetch(stage, file["url"])).splitlines()]
    assert [(line["text"], line["post"], line["reader"]) for line in lines] == [
        ("Mine.", "maps", str(stage.ada.id))
    ]


async def test_what_a_reader_deletes_is_gone_from_database_and_thread_for_good(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "An answer.")
    said_plainly = await stage.ada.say(thread, "A message.")
    await stage.bora.say(thread, "Somebody else's.")
    await stage.until_kept("An answer.", "A message.", "Somebody else's.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    assert sure.content.startswith("**This would be deleted here:**\n- Maps: 2\n")
    assert "One of them is shown in its thread, and is taken out." in sure.content
    assert sure.content.endswith("Delete this for good? Nobody can bring it back.")
    assert len(stage.kept()) == 3  # nothing happens before that is answered
    done = message_of(await stage.ada.click(sure, label="Delete mine here"))
    assert done.content.startswith(("Being deleted: 2. Nobody finds it any more.", "Deleted: 2."))
    assert done.buttons == []
    await stage.sandbox.until(lambda: shown.deleted)
    await stage.sandbox.until(lambda: done.content.startswith("Deleted: 2. It has left the file"))
    assert list(stage.kept()) == ["Somebody else's."]
    assert stage.rows("select name from readers") == [("Bora",)]
    assert stage.rows("select count(*) from consents") == [(0,)]

    await stage.ada.edit(said_plainly, "A message, edited.")  # still hers in Discord
    await stage.restart()
    await stage.bora.say(thread, "After the restart.")
    await stage.until_kept("Somebody else's.", "After the restart.")


async def test_everywhere_means_other_guilds_too_and_here_does_not(stage: Stage) -> None:
    thread = await stage.publish()
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    owner = await stage.sandbox.member(other, "Olga", permissions=8)
    await owner.command(lobby, "setup", channel=str(lobby.id))
    second = await stage.thread(lobby)
    raw = await stage.sandbox.post("add_member", guild=str(other.id), user=str(stage.ada.id))
    ada_there = type(stage.ada)(stage.sandbox, raw)
    await stage.ada.say(thread, "Here.")
    await ada_there.say(second, "There.")
    await stage.until_kept("Here.", "There.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    assert "Kept of you: 1 here, 2 in all." in told.content
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    await stage.ada.click(sure, label="Delete mine here")
    await stage.until_kept("There.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    assert "Kept of you: 0 here, 1 in all." in told.content
    assert "Delete mine here" not in told.buttons
    sure = message_of(await stage.ada.click(told, label="Delete mine everywhere"))
    await stage.ada.click(sure, label="Delete mine everywhere")
    await stage.until_kept()


async def fetch(stage: Stage, url: str) -> str:
    """Return a file that the bot handed over."""
    session = stage.sandbox._session()
    async with session.get(url) as reply:
        return await reply.text()
