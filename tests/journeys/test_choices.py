"""Readers choose what is kept of them and what may be quoted, and the bot keeps to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.consent import VERSION
from tests.journeys.stage import Stage, custom_id, message_of, press, said

if TYPE_CHECKING:
    import pytest

    from bot.sandbox import Channel, Message, Person

HERE = "select count(*) from responses where reader_id = ?"
GRANTED = "select text, granted, named from consents join responses on responses.id = response_id"


async def card(stage: Stage, who: Person) -> Message:
    """Open the page of choices from `/privacy`."""
    told = message_of(await who.command(stage.text, "privacy"))
    return message_of(await who.click(told, custom_id="aw:choices"))


async def refuse(stage: Stage, who: Person) -> Message:
    """Choose that nothing is kept, and be sure."""
    label = "No, keep nothing of mine"
    asked = message_of(await who.click(await card(stage, who), label=label))
    return message_of(await who.click(asked, label=label))


async def agree(stage: Stage, who: Person) -> Message:
    found = await card(stage, who)
    return message_of(await who.click(found, custom_id=custom_id(found, "keep:yes")))


async def choose_quote(stage: Stage, who: Person, quote: str) -> Message:
    found = await card(stage, who)
    return message_of(await who.select(found, [quote], custom_id="aw:default"))


def opt_in(stage: Stage, keeping: str = "opt_in") -> None:
    with stage.writing() as db:
        db.execute("update guilds set keeping = ?", [keeping])


def bytes_of(stage: Stage) -> bytes:
    """Return the database, its log and every copy beside it."""
    return b"".join(path.read_bytes() for path in stage.database.parent.glob("afterword.db*"))


async def is_seen(stage: Stage, thread: Channel, message: Message) -> None:
    """Wait until the bot has taken a message into account, kept or not."""
    query = "select 1 from threads where id = ? and seen_id >= ?"
    await stage.until_rows(query, thread.id, message.id)


async def test_a_reader_refuses_and_is_told_before_what_is_deleted(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "An answer.")
    await stage.ada.say(thread, "A message.")
    await stage.bora.say(thread, "Another's.")
    await stage.until_kept("An answer.", "A message.", "Another's.")
    found = await card(stage, stage.ada)
    assert found.ephemeral
    assert "what you write is kept until you say no" in found.content
    asked = message_of(await stage.ada.click(found, label="No, keep nothing of mine"))
    assert "2 responses" in asked.content
    assert len(stage.kept()) == 3  # nothing happens before that is answered
    done = message_of(await stage.ada.click(asked, label="No, keep nothing of mine"))
    assert "Being deleted: 2." in done.content
    await stage.sandbox.until(lambda: shown.deleted)
    assert list(stage.kept()) == ["Another's."]
    assert stage.rows("select count(*) from choices") == [(0,)]
    [(digest, wording, version)] = stage.rows("select digest, wording, version from refusals")
    assert (len(digest), version) == (64, VERSION)
    assert wording.endswith("No, keep nothing of mine")
    again = await card(stage, stage.ada)
    assert "No, keep nothing of mine · since 20" in again.content
    assert again.buttons == ["Yes, keep what I write", "Back"]


async def test_choices_stand_in_the_place_of_the_card_and_lead_back(stage: Stage) -> None:
    await stage.publish()
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    found = message_of(await stage.ada.click(told, label="Change my choices"))
    assert found.id == told.id
    asked = message_of(await stage.ada.click(found, label="No, keep nothing of mine"))
    found = message_of(await stage.ada.click(asked, label="Back"))
    assert "Your choices in this server" in found.content
    back = message_of(await stage.ada.click(found, label="Back"))
    assert (back.id, back.content) == (told.id, told.content)
    assert stage.rows("select 1 from refusals") == []


async def test_nothing_that_a_refuser_writes_is_stored_by_any_way_in(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await stage.publish()
    before = await stage.ada.say(thread, "quaggabefore")
    await stage.until_kept("quaggabefore")
    await refuse(stage, stage.ada)
    await stage.ada.edit(before, "quaggaedited")
    live = await stage.ada.say(thread, "quaggalive")
    await stage.ada.edit(live, "quaggalive again")
    await is_seen(stage, thread, live)
    await stage.stop()
    missed = await stage.ada.say(thread, "quaggamissed")  # while the bot is away
    await stage.bora.say(thread, "Bora's.")
    await stage.start()
    await is_seen(stage, thread, missed)
    await stage.until_kept("Bora's.")
    await stage.bot.discussion.sweeper.run()  # reads the whole thread again
    await stage.bot.discussion.collector.settle()
    await stage.bot.store.scrub()
    await stage.stop()
    left = bytes_of(stage)
    for trace in (b"quagga", str(stage.ada.id).encode(), b"Ada"):
        assert trace not in left
    assert stage.rows(HERE, stage.ada.id) == [(0,)]
    assert "quagga" not in caplog.text


async def test_the_form_of_a_refuser_says_so_before_anything_is_kept(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    opened = await press(stage.ada, prompt, "answer")  # a moment before
    await refuse(stage, stage.ada)
    late = said(await stage.ada.submit(opened, {"text": "quagga"}))
    assert "nothing you write in this server is kept" in late
    assert "quagga" in late  # the text is handed back
    refused = await press(stage.ada, prompt, "answer")
    assert refused.modal is None
    assert "`/privacy` > *Change my choices* changes that" in said(refused)
    assert stage.rows("select 1 from responses union select 1 from readers") == []
    await agree(stage, stage.ada)
    await stage.show_answer(stage.ada, thread, "Now.")
    await stage.until_kept("Now.")


async def test_a_refuser_s_message_is_not_kept_on_request_either(stage: Stage) -> None:
    stage.settings["message_content"] = False
    thread = await stage.publish()
    message = await stage.ada.say(thread, "A message.")
    await refuse(stage, stage.ada)
    refused = said(await stage.ada.menu(message, "Keep this response"))
    assert "nothing you write in this server is kept" in refused
    await agree(stage, stage.ada)
    assert said(await stage.ada.menu(message, "Keep this response")) == "Kept for the author."
    await stage.until_kept("A message.")


async def test_a_message_that_its_writer_deleted_is_kept_again_when_they_ask(stage: Stage) -> None:
    stage.settings["message_content"] = False
    thread = await stage.publish()
    message = await stage.ada.say(thread, "The tickets.")
    for _ in range(2):
        assert said(await stage.ada.menu(message, "Keep this response")) == "Kept for the author."
        assert list(stage.kept()) == ["The tickets."]
        told = message_of(await stage.ada.command(stage.text, "privacy"))
        sure = message_of(await stage.ada.click(told, label="Delete mine here"))
        await stage.ada.click(sure, label="Delete mine here")
        await stage.until_kept()


async def test_what_was_written_during_a_refusal_stays_away_after_a_yes(stage: Stage) -> None:
    thread = await stage.publish()
    await refuse(stage, stage.ada)
    await stage.ada.say(thread, "Meanwhile.")
    await agree(stage, stage.ada)
    await stage.ada.say(thread, "Since then.")
    await stage.until_kept("Since then.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))  # also once that yes is gone
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    await stage.ada.click(sure, label="Delete mine here")
    await stage.restart()
    last = await stage.ada.say(thread, "Last.")
    await is_seen(stage, thread, last)
    await stage.bot.discussion.sweeper.run()
    await stage.bot.discussion.collector.settle()
    assert list(stage.kept()) == ["Last."]


async def test_a_refusal_holds_in_its_server_alone(stage: Stage) -> None:
    thread = await stage.publish()
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    owner = await stage.sandbox.member(other, "Olga", permissions=8)
    await owner.command(lobby, "setup", channel=str(lobby.id))
    second = await stage.thread(lobby)
    raw = await stage.sandbox.post("add_member", guild=str(other.id), user=str(stage.ada.id))
    ada_there = type(stage.ada)(stage.sandbox, raw)
    await ada_there.say(second, "There.")
    await refuse(stage, stage.ada)
    here = await stage.ada.say(thread, "Here.")
    await is_seen(stage, thread, here)
    await ada_there.say(second, "There again.")
    await stage.until_kept("There.", "There again.")


async def test_mentions_of_a_refuser_leave_what_others_wrote(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    mention = f"<@{stage.ada.id}>"
    await stage.bora.say(thread, f"As {mention} said.")
    await stage.until_kept(f"As {mention} said.")
    await stage.show_answer(stage.bora, thread, f"Like <@!{stage.ada.id}>.")
    await refuse(stage, stage.ada)
    await stage.until_kept("As @someone said.", "Like @someone.")
    await stage.shown(thread, "Like @someone.")
    later = await stage.bora.say(thread, f"{mention} and <@{stage.mo.id}>!")
    await stage.bora.edit(later, f"{mention} and <@{stage.mo.id}>.")
    await stage.until_rows("select 1 from responses where edited_at is not null and text like '%.'")
    done = await stage.answer(stage.mo, prompt, f"To {mention}.")
    assert done[1] == "Kept for the author, and shown in the thread."
    await stage.until_kept(
        "As @someone said.", "Like @someone.", f"@someone and <@{stage.mo.id}>.", "To @someone."
    )
    page = said(await stage.mo.command(stage.text, "responses", slug="maps"))
    assert str(stage.ada.id) not in page
    await stage.bot.store.scrub()
    await stage.stop()
    assert str(stage.ada.id).encode() not in bytes_of(stage)


async def test_opt_in_keeps_only_what_is_written_after_a_yes(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    assert "Replies in the thread are kept for the author." in (await stage.starter(thread)).content
    opt_in(stage)
    await stage.rounds.run()
    starter = await stage.starter(thread)
    assert "only if their writer has said yes" in starter.content  # of the thread that stood there
    await stage.ada.say(thread, "Before.")
    found = await card(stage, stage.ada)
    assert "not kept until you say yes" in found.content
    await agree(stage, stage.ada)
    after = await stage.ada.say(thread, "After.", reply_to=prompt)
    await stage.bora.say(thread, "Never asked.")
    await stage.until_kept("After.")
    await stage.ada.edit(after, "After all.")
    await stage.until_kept("After all.")
    await stage.show_answer(stage.bora, thread, "Through the form.")  # is its own yes
    await stage.stop()
    await stage.bora.say(thread, "While it was away.")
    missed = await stage.ada.say(thread, "Missed.")
    await stage.start()
    await is_seen(stage, thread, missed)
    await stage.bot.discussion.sweeper.run()
    await stage.bot.discussion.collector.settle()
    assert sorted(stage.kept()) == ["After all.", "Missed.", "Through the form."]
    opt_in(stage, "opt_out")  # nothing that was written under the other mode is taken now
    await stage.restart()
    await stage.bora.say(thread, "From now on.")
    await stage.until_rows("select 1 from responses where text = 'From now on.'")
    await stage.bot.discussion.sweeper.run()
    await stage.bot.discussion.collector.settle()
    expected = ["After all.", "From now on.", "Missed.", "Through the form."]
    assert sorted(stage.kept()) == expected


async def test_a_new_thread_says_that_it_keeps_only_after_a_yes(stage: Stage) -> None:
    stage.write("maps")
    await stage.start()
    await stage.thread()
    opt_in(stage)
    stage.write("roads", date="2026-02-01")
    await stage.until_read("roads")
    await stage.mo.command(stage.text, "discuss", slug="roads")
    threads = {thread.name: thread for thread in await stage.threads(stage.text, 2)}
    starter = await stage.starter(threads["Roads"])
    assert "only if their writer has said yes" in starter.content


async def test_the_quote_default_holds_for_what_is_written_since(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.ada.say(thread, "Before.")
    await stage.until_kept("Before.")
    chosen = await choose_quote(stage, stage.ada, "by_name")
    assert chosen.content.startswith("Your choice is noted")
    assert "Yes, by name · since <t:" in chosen.content
    assert "What I write from now on may be quoted on the blog" in chosen.content
    first = await stage.ada.say(thread, "By name.")
    await stage.until_kept("Before.", "By name.")
    await choose_quote(stage, stage.ada, "without_name")
    await stage.ada.edit(first, "By name, edited.")
    await stage.ada.say(thread, "Without.")
    await stage.until_kept("Before.", "By name, edited.", "Without.")
    opened = await press(stage.ada, prompt, "answer")
    assert opened.modal is not None
    values = {"text": "In the form."}
    await stage.ada.submit(opened, values)  # the form shows the default, and it stays
    await stage.until_rows("select 1 from responses where text = 'In the form.'")
    assert sorted(stage.rows(GRANTED)) == [
        ("By name, edited.", 1, 1),
        ("In the form.", 1, 0),
        ("Without.", 1, 0),
    ]
    assert {row[0] for row in stage.rows("select version from consents")} == {VERSION}
    no = await choose_quote(stage, stage.ada, "no")
    assert "3 responses of yours in this server may be quoted now." in no.content
    gone = message_of(await stage.ada.click(no, label="Withdraw all quotes of mine here"))
    assert gone.content.startswith("3 responses may no longer be quoted.")
    assert stage.rows("select 1 from quotable_responses") == []
    await stage.ada.say(thread, "Never.")
    await stage.until_rows("select 1 from responses where text = 'Never.'")
    assert stage.rows("select 1 from quotable_responses") == []


async def test_what_is_picked_in_the_form_wins_over_the_default(stage: Stage) -> None:
    _, prompt = await stage.publish_and_ask()
    await choose_quote(stage, stage.ada, "by_name")
    await stage.answer(stage.ada, prompt, "Not this one.", quote=False)
    await stage.until_kept("Not this one.")
    assert stage.rows(GRANTED) == [("Not this one.", 0, 0)]


async def test_choices_work_after_a_restart_and_in_the_reader_s_language(stage: Stage) -> None:
    await stage.publish()
    found = await card(stage, stage.bora)
    assert found.ephemeral
    await stage.restart()
    done = message_of(await stage.bora.click(found, custom_id=custom_id(found, "keep:yes")))
    assert custom_id(done, "keep:yes") is None
    assert stage.rows("select purpose, choice from choices") == [("keep", "yes")]
    forgotten = message_of(await stage.bora.click(done, custom_id="aw:unchoose"))
    assert stage.rows("select 1 from choices") == []
    assert custom_id(forgotten, "unchoose") is None
