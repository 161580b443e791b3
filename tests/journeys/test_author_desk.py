"""`/responses` with filters and without an essay, as a file; and *Highlight*."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from bot.core import custom_ids
from tests.journeys.stage import KEEPS, Stage, command_open_to_all, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Person

GIVES = "What would you give away?"
SECOND = "Which road do you miss?"
COUNT = "select 1 where (select count(*) from responses) = ?"


async def two_essays(stage: Stage) -> tuple[Channel, Channel]:
    """Publish an essay with two questions and one with one; return their threads."""
    stage.settings["first_run"] = 2
    stage.write("maps", date="2026-03-01", asks=f"{KEEPS}\n\n{GIVES}")
    stage.write("roads", date="2026-03-02", asks=SECOND)
    await stage.start()
    threads = {thread.name: thread for thread in await stage.threads(stage.text, 2)}
    return threads["Maps"], threads["Roads"]


async def asks(stage: Stage, thread: Channel, question: str) -> Message:
    """Return the message that asks a question."""
    found = await stage.bot_says(thread)
    return next(each for each in found if each.content == f"**{question}**")


async def spoken(stage: Stage) -> tuple[Channel, Channel]:
    """Let Ada and Bora answer; return the threads."""
    maps, roads = await two_essays(stage)
    await stage.ada.say(maps, "The tickets.", reply_to=await asks(stage, maps, KEEPS))
    await stage.bora.say(maps, "My maps.", reply_to=await asks(stage, maps, GIVES))
    await stage.ada.say(roads, "The old one.", reply_to=await asks(stage, roads, SECOND))
    await stage.until_kept("The tickets.", "My maps.", "The old one.")
    return maps, roads


async def quoted(stage: Stage, who: Person | None = None, **options: object) -> list[str]:
    """Return what `/responses` quotes."""
    page = await (who or stage.mo).command(stage.text, "responses", **options)
    assert message_of(page).ephemeral
    return [line[2:] for line in said(page).splitlines() if line.startswith("> ")]


async def test_filters_narrow_what_is_read(stage: Stage) -> None:
    await spoken(stage)
    assert await quoted(stage, slug="maps") == ["The tickets.", "My maps."]
    assert await quoted(stage, slug="maps", question="give AWAY") == ["My maps."]
    assert await quoted(stage, slug="maps", reader="bora") == ["My maps."]
    assert await quoted(stage, reader="Ada") == ["The old one.", "The tickets."]
    assert await quoted(stage, question=SECOND) == ["The old one."]
    assert await quoted(stage, reader=f"<@{stage.ada.id}>", slug="maps") == ["The tickets."]
    assert len(await quoted(stage, since="1d")) == 3
    assert await quoted(stage, since="2999-01-01") == []
    nothing = await stage.mo.command(stage.text, "responses", slug="maps", highlighted=True)
    assert said(nothing).endswith("No response matches that. Leave a filter out to find more.")


async def test_a_listing_of_all_essays_names_each(stage: Stage) -> None:
    maps, _ = await spoken(stage)
    page = said(await stage.mo.command(stage.text, "responses", since="1w"))
    first, roads, question, *_ = page.splitlines()
    assert first.startswith("-# Responses: 3 · since <t:")
    assert (roads, question) == ("### Roads", f"**{SECOND}**")
    assert page.index("### Roads") < page.index("The old one.") < page.index("### Maps")
    assert f"[↗](https://discord.com/channels/{stage.guild.id}/{maps.id}/" in page


@pytest.mark.parametrize(
    ("options", "sentence", "named"),
    [
        ({"question": "what"}, "may be one of several questions", [KEEPS, GIVES]),
        ({"question": "no such"}, "No question that was asked here reads “no such”", []),
        ({"question": "#12345"}, "No question that was asked here", []),
        ({"reader": "a"}, "may be one of several readers", ["Ada (#", "Bora (#"]),
        ({"reader": "*Zed*"}, "Nobody called “\\*Zed\\*” has responded here", []),
        ({"since": "yesterday"}, "“yesterday” is no day", []),
        ({"slug": "nowhere"}, "No essay is called “nowhere”", []),
    ],
)
async def test_what_is_unclear_is_said_with_what_may_be_meant(
    stage: Stage, options: dict[str, object], sentence: str, named: list[str]
) -> None:
    await spoken(stage)
    refused = await stage.mo.command(stage.text, "responses", **options)
    assert message_of(refused).ephemeral
    assert sentence in said(refused)
    assert all(name in said(refused) for name in named)


async def test_questions_and_readers_are_offered_to_authors_alone(stage: Stage) -> None:
    await spoken(stage)

    async def offered(who: Person, option: str, typed: str, **others: object) -> list[str]:
        found = await who.complete(stage.text, "responses", option, typed, **others)
        return [name for name, _ in found]

    assert await offered(stage.mo, "question", "", slug="maps") == [KEEPS, GIVES]
    assert await offered(stage.mo, "question", "road") == [SECOND]
    assert await offered(stage.mo, "question", "", slug="no such essay") == [SECOND, KEEPS, GIVES]
    assert await offered(stage.mo, "reader", "") == ["Ada", "Bora"]
    assert await offered(stage.mo, "reader", "", slug="roads") == ["Ada"]
    for option in ("question", "reader"):
        assert await offered(stage.ada, option, "") == []
    chosen = await stage.mo.complete(stage.text, "responses", "question", "give", slug="maps")
    assert await quoted(stage, slug="maps", question=str(chosen[0][1])) == ["My maps."]
    chosen = await stage.mo.complete(stage.text, "responses", "reader", "bo")
    assert await quoted(stage, reader=str(chosen[0][1])) == ["My maps."]


async def test_pages_keep_their_filters_and_hold_still_through_a_restart(stage: Stage) -> None:
    maps, _ = await two_essays(stage)
    prompt = await asks(stage, maps, KEEPS)
    for number in range(7):
        await stage.ada.say(maps, f"Mine {number}.", reply_to=prompt)
    await stage.bora.say(maps, "Somebody else's.", reply_to=prompt)
    await stage.until_rows(COUNT, 8)
    page = message_of(
        await stage.mo.command(stage.text, "responses", slug="maps", reader="Ada", since="2d")
    )
    assert "Page 1 of 2" in page.content
    await stage.ada.say(maps, "Mine, later.", reply_to=prompt)
    await stage.until_rows(COUNT, 9)
    await stage.restart()
    turned = message_of(await stage.mo.click(page, label="On"))
    assert turned.id == page.id
    assert "-# Responses: 7 · since <t:" in turned.content
    assert "Page 2 of 2" in turned.content
    texts = [line for line in turned.content.splitlines() if line.startswith("> ")]
    assert texts == ["> Mine 5.", "> Mine 6."]


async def test_a_button_of_an_earlier_version_still_turns_the_page(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"Thought {number}." for number in range(6)]
    await stage.ada.say_all(thread, texts)
    await stage.until_kept(*texts)
    page = message_of(await stage.mo.command(stage.text, "responses", slug="maps"))
    ((essay,),) = stage.rows("select id from essays")
    old = custom_ids.RESPONSES(essay, 1)
    kept = stage.sandbox.state.ephemeral[page.id]
    kept.components[0]["components"][0]["custom_id"] = old
    turned = message_of(await stage.mo.click(page, custom_id=old))
    assert "> Thought 5." in turned.content
    assert "Page 2 of 2" in turned.content


async def test_what_is_new_is_listed_once_by_essay_and_question(stage: Stage) -> None:
    maps, roads = await spoken(stage)
    page = message_of(await stage.mo.command(stage.text, "responses"))
    assert page.ephemeral
    lines = page.content.splitlines()
    assert lines[:2] == ["### New to you", "-# Responses: 3. Essays: 2."]
    url = f"https://discord.com/channels/{stage.guild.id}"
    assert lines[2:4] == [f"**Roads** · 1 [↗]({url}/{roads.id})", f"- 1 · {SECOND}"]
    assert lines[4] == f"**Maps** · 2 [↗]({url}/{maps.id})"
    assert lines[5:] == [f"- 1 · {GIVES}", f"- 1 · {KEEPS}"]
    nothing = said(await stage.mo.command(stage.text, "responses"))
    assert nothing.startswith("Nothing is new since <t:")
    assert "`/responses` with an essay" in nothing
    await stage.bora.say(maps, "Late.")
    await stage.until_rows("select 1 from responses where text = 'Late.'")
    late = said(await stage.mo.command(stage.text, "responses")).splitlines()
    assert late[0].startswith("### New since <t:")
    assert late[2:] == [f"**Maps** · 1 [↗]({url}/{maps.id})", "- 1 · Without a question"]


async def test_one_essay_of_the_news_is_opened_as_it_was_after_a_restart(stage: Stage) -> None:
    maps, roads = await spoken(stage)
    page = message_of(await stage.mo.command(stage.text, "responses"))
    await stage.ada.say(roads, "Later.")
    await stage.until_rows("select 1 from responses where text = 'Later.'")
    await stage.restart()
    menu = next(each for each in page.components if "options" in each)
    assert page.options == ["Roads", "Maps"]
    opened = await stage.mo.select(page, [menu["options"][0]["value"]])
    assert message_of(opened).ephemeral
    assert message_of(opened).id != page.id
    texts = [line for line in said(opened).splitlines() if line.startswith("> ")]
    assert texts == ["> The old one."]
    await stage.mo.set_roles([])
    refused = await stage.mo.select(page, [menu["options"][0]["value"]])
    assert said(refused).startswith("Only authors can read all responses.")
    assert maps.id != roads.id


async def test_each_author_has_looked_for_themselves(stage: Stage) -> None:
    await spoken(stage)
    role = await stage.sandbox.role(stage.guild, "Author")
    iris = await stage.sandbox.member(stage.guild, "Iris", roles=[role.id])
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), author=str(role.id))
    await stage.mo.command(stage.text, "responses")
    assert said(await iris.command(stage.text, "responses")).startswith("### New to you")
    refused = await stage.ada.command(stage.text, "responses")
    assert said(refused).startswith("Only authors can read all responses.")
    looked = {row[0] for row in stage.rows("select author_id from author_visits")}
    assert looked == {stage.mo.id, iris.id}


async def test_what_could_not_be_shown_stays_new(stage: Stage) -> None:
    await spoken(stage)
    await stage.sandbox.refuse(10062, method="POST", path="/callback$")
    lost = await stage.mo.command(stage.text, "responses")
    assert lost.message is None
    assert stage.rows("select count(*) from author_visits") == [(0,)]
    assert said(await stage.mo.command(stage.text, "responses")).startswith("### New to you")


async def test_many_essays_with_news_are_listed_page_by_page(stage: Stage) -> None:
    stage.settings["first_run"] = 5
    for number in range(5):
        stage.write(f"essay-{number}", date=f"2026-03-0{number + 1}")
    await stage.start()
    for number, thread in enumerate(await stage.threads(stage.text, 5)):
        await stage.ada.say(thread, f"To {number}.")
        await stage.until_rows("select 1 from responses where text = ?", f"To {number}.")
    stage.write("essay-5", date="2026-03-06")
    await stage.until_read("essay-5")
    await stage.mo.command(stage.text, "discuss", slug="essay-5")
    last = (await stage.threads(stage.text, 6))[-1]
    await stage.ada.say(last, "To the last.")
    await stage.until_rows("select 1 from responses where text = 'To the last.'")
    page = message_of(await stage.mo.command(stage.text, "responses"))
    assert page.content.splitlines()[2].startswith("**Essay 5** · 1")
    assert page.content.endswith("Page 1 of 2")
    turned = message_of(await stage.mo.click(page, label="On"))
    assert turned.id == page.id
    assert turned.content.splitlines()[0] == "### New to you"
    assert turned.content.splitlines()[2].startswith("**Essay 0** · 1")
    assert "-# Responses: 6. Essays: 6." in turned.content


async def fetch(stage: Stage, message: Message) -> tuple[str, bytes]:
    """Return the file of a message, and what it is called."""
    (file,) = message.raw["attachments"]
    async with stage.sandbox._session().get(file["url"]) as reply:
        return file["filename"], await reply.read()


async def test_the_same_responses_come_as_a_file(stage: Stage) -> None:
    await spoken(stage)
    handed = message_of(
        await stage.mo.command(stage.text, "responses", slug="maps", reader="Ada", file="csv")
    )
    assert handed.ephemeral
    name, content = await fetch(stage, handed)
    assert name == "responses-maps.csv"
    assert content.startswith(b"\xef\xbb\xbf")  # or Excel takes it for ANSI
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["question"], row["text"]) for row in rows] == [(KEEPS, "The tickets.")]
    handed = message_of(await stage.mo.command(stage.text, "responses", file="markdown"))
    name, content = await fetch(stage, handed)
    assert name == "responses.md"
    assert content.decode().index("# Roads") < content.decode().index("> The tickets.")
    nothing = await stage.mo.command(stage.text, "responses", file="csv", since="2999-01-01")
    assert said(nothing).startswith("No response matches that.")
    assert stage.rows("select count(*) from author_visits") == [(0,)]


async def test_a_file_that_discord_does_not_take_is_refused_with_advice(stage: Stage) -> None:
    await spoken(stage)

    def limit(interaction: Any) -> None:
        interaction.filesize_limit = 10

    cog: Any = stage.bot.get_cog("Authors")
    hand_over = cog._hand_over

    async def with_limit(interaction: Any, *args: Any) -> None:
        limit(interaction)
        await hand_over(interaction, *args)

    cog._hand_over = with_limit
    refused = await stage.mo.command(stage.text, "responses", file="csv")
    assert said(refused).startswith("That file would have 1 MB; Discord takes 0.")


async def test_a_highlight_is_toggled_on_replies_messages_and_shown_answers(
    stage: Stage,
) -> None:
    maps, _ = await two_essays(stage)
    reply = await stage.ada.say(maps, "A reply.", reply_to=await asks(stage, maps, KEEPS))
    plain = await stage.bora.say(maps, "A message.")
    await stage.answer(stage.ada, await asks(stage, maps, GIVES), "An answer.")
    shown = await stage.shown(maps, "An answer.")
    await stage.until_kept("A reply.", "A message.", "An answer.")
    for message in (reply, plain, shown):
        marked = await stage.mo.menu(message, "Highlight")
        assert message_of(marked).ephemeral
        assert said(marked).startswith("Highlighted, for authors only.")
    assert sorted(await quoted(stage, highlighted=True)) == ["A message.", "A reply.", "An answer."]
    page = said(await stage.mo.command(stage.text, "responses", slug="maps"))
    assert page.count("★ highlighted") == 3
    assert said(await stage.mo.menu(shown, "Highlight")) == "No longer highlighted."
    assert sorted(await quoted(stage, highlighted=True)) == ["A message.", "A reply."]
    assert stage.rows("select distinct highlighted_by from highlights") == [(stage.mo.id,)]


async def test_only_authors_and_moderators_highlight(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "Mine.")
    role = await stage.sandbox.role(stage.guild, "Author")
    iris = await stage.sandbox.member(stage.guild, "Iris", roles=[role.id])
    threads = await stage.sandbox.member(stage.guild, "Teo", permissions=1 << 34)
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), author=str(role.id))
    refused = await stage.ada.menu(message, "Highlight")
    assert message_of(refused).ephemeral
    assert said(refused).startswith("Only authors and moderators can highlight responses.")
    assert stage.rows("select count(*) from highlights") == [(0,)]
    for who, marked in ((iris, 1), (threads, 0), (stage.mo, 1)):
        await who.menu(message, "Highlight")
        assert stage.rows("select count(*) from highlights") == [(marked,)]


async def test_what_is_no_response_cannot_be_highlighted(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "Mine.")
    elsewhere = await stage.ada.say(stage.text, "Not in a thread.")
    for message in (elsewhere, await stage.prompt(thread), await stage.starter(thread)):
        refused = said(await stage.mo.menu(message, "Highlight"))
        assert refused.startswith("Only a reader's response in an essay's thread")
    assert stage.rows("select count(*) from highlights") == [(0,)]


async def test_a_highlight_that_is_asked_for_twice_by_discord_counts_once(stage: Stage) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "Mine.")
    marked = await stage.mo.menu(message, "Highlight")
    await stage.sandbox.post("deliver_again", interaction=str(marked.id))

    def answers() -> int:
        prefix = f"/interactions/{marked.id}/"
        return sum(prefix in each.path for each in stage.sandbox.requests)

    await stage.sandbox.until(lambda: answers() == 2)
    await stage.mo.command(stage.text, "responses", slug="maps")  # comes after it
    assert stage.rows("select count(*) from highlights") == [(1,)]


async def test_a_manager_of_another_guild_reads_and_marks_nothing_of_this_one(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "Said here.")
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    olga = await stage.sandbox.member(other, "Olga", permissions=8)
    command_open_to_all(stage, "responses")
    assert said(await olga.command(lobby, "responses")) == "Nobody has responded yet."
    assert "Said here." not in said(await olga.command(lobby, "responses", since="1d"))
    unknown = await olga.command(lobby, "responses", reader="Ada")
    assert said(unknown).startswith("Nobody called “Ada” has responded here.")
    assert await olga.complete(lobby, "responses", "reader", "") == []
    assert await olga.complete(lobby, "responses", "question", "") == []
    page = message_of(await stage.mo.command(stage.text, "responses", slug="maps"))
    assert "> Said here." in page.content


async def test_the_news_and_their_buttons_are_in_the_language_of_who_looks(stage: Stage) -> None:
    await spoken(stage)
    mine = await stage.sandbox.member(stage.guild, "Defne", locale="tr", permissions=1 << 5)
    page = message_of(await mine.command(stage.text, "responses"))
    assert page.content.startswith("### Size yeni\n-# Yanıt: 3. Yazı: 2.")
    assert said(await mine.command(stage.text, "responses", since="dün")).startswith(
        "“dün” bir gün"
    )
