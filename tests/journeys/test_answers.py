"""Answers through a prompt's button: the form, what is shown, and who may change it."""

from __future__ import annotations

import pytest

from bot.sandbox import Channel
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said

CONSENTS = "select granted, wording from consents order by id"
SHOWN = "Kept for the author, and shown in the thread."


async def test_the_form_shows_the_question_and_asks_four_things(stage: Stage) -> None:
    _, prompt = await stage.publish_and_ask()
    form = (await press(stage.ada, prompt, "answer")).modal
    assert form is not None
    assert form.title == "Your answer"
    assert form.text == KEEPS
    assert form.labels == [
        "Your answer",
        "Show it in the thread",
        "May be quoted on the blog",
        "If quoted, with my name",
    ]


async def test_the_form_is_in_the_language_of_its_reader(stage: Stage) -> None:
    _, prompt = await stage.publish_and_ask()
    form = (await press(stage.bora, prompt, "answer")).modal
    assert form is not None
    assert form.title == "Yanıtınız"


async def test_an_answer_is_kept_and_shown_under_its_question(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    done, told = await stage.answer(stage.ada, prompt, "The *tickets*.")
    assert told == SHOWN
    assert message_of(done).ephemeral
    shown = await stage.shown(thread, "tickets")
    assert shown.content == f"> {KEEPS}\n**Ada** answers\nThe *tickets*."
    assert shown.buttons == ["Answer too", "Edit", "Withdraw"]
    assert stage.kept() == {"The *tickets*.": KEEPS}
    url = f"https://discord.com/channels/{stage.guild.id}/{thread.id}/{shown.id}"
    await stage.sandbox.until(
        lambda: stage.rows("select url from responses_by_question") == [(url,)]
    )


async def test_an_answer_can_be_kept_from_the_thread(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    before = len(await stage.bot_says(thread))
    _, told = await stage.answer(stage.ada, prompt, "For the author only.", show=False)
    assert told == "Kept for the author. It is not shown in the thread."
    await stage.threads(stage.text, 1)
    assert len(await stage.bot_says(thread)) == before
    assert stage.kept() == {"For the author only.": KEEPS}


async def test_consent_to_be_quoted_is_kept_with_its_wording_each_time_it_changes(
    stage: Stage,
) -> None:
    _, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "One.")
    await stage.answer(stage.ada, prompt, "Two.", quote=True)
    await stage.answer(stage.ada, prompt, "Three.")  # the form keeps the yes unless it is taken
    await stage.answer(stage.ada, prompt, "Four.", quote=False)
    wording = "May be quoted on the blog"
    assert stage.rows(CONSENTS) == [(0, wording), (1, wording), (0, wording)]


async def test_a_second_answer_edits_the_first(stage: Stage) -> None:
    thread = await stage.publish()
    first = await stage.show_answer(stage.ada, thread, "The tickets.")
    opened = await press(stage.ada, await stage.starter(thread), "answer")
    assert opened.modal is not None
    assert "The tickets." in str(opened.modal.components)  # what was said before is there to edit
    await stage.ada.submit(opened, {"text": "The tickets, mostly."})
    await stage.sandbox.until(lambda: "mostly" in first.content)
    assert stage.kept() == {"The tickets, mostly.": KEEPS}
    assert len(await stage.bot_says(thread)) == 3


async def test_a_shown_answer_can_be_taken_out_of_the_thread_and_put_back(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.answer(stage.ada, shown, "The tickets.", show=False)
    await stage.sandbox.until(lambda: shown.deleted)
    assert stage.kept() == {"The tickets.": KEEPS}
    await stage.answer(stage.ada, prompt, "The tickets.", show=True)
    assert (await stage.shown(thread, "The tickets.")).id != shown.id


async def test_answer_too_opens_the_same_question_to_others(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.answer(stage.bora, shown, "The stamps.")
    await stage.shown(thread, "The stamps.")
    assert stage.kept() == {"The tickets.": KEEPS, "The stamps.": KEEPS}


async def test_a_reply_to_a_shown_answer_belongs_to_its_question(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.bora.say(thread, "From where?", reply_to=shown)
    await stage.until_kept("The tickets.", "From where?")
    assert stage.kept()["From where?"] == KEEPS


async def test_only_its_writer_edits_or_withdraws_an_answer(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    for who in (stage.bora, stage.mo):
        for verb in ("edit", "withdraw"):
            refused = await press(who, shown, verb)
            assert refused.modal is None
            assert message_of(refused).ephemeral
    assert said(refused).startswith("Only its writer can do that.")
    assert not shown.deleted

    opened = await press(stage.ada, shown, "edit")
    await stage.ada.submit(opened, {"text": "The tickets, still."})
    await stage.sandbox.until(lambda: "still" in shown.content)
    withdrawn = await press(stage.ada, shown, "withdraw")
    assert said(withdrawn).endswith("```\nThe tickets, still.\n```")
    await stage.sandbox.until(lambda: shown.deleted)
    assert stage.kept() == {}
    assert stage.rows("select count(*) from readers") == [(0,)]


async def test_an_answer_that_a_moderator_deletes_is_hidden_and_stays_its_readers(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "Rude.")
    await stage.mo.delete(await stage.shown(thread, "Rude."))
    await stage.until_kept()
    privacy = message_of(await stage.ada.command(stage.text, "privacy"))
    assert "Kept of you: 1 here, 1 in all." in privacy.content
    _, told = await stage.answer(stage.ada, prompt, "Rude again.", show=True)
    assert told == "Kept for the author. It is not shown in the thread."
    await stage.threads(stage.text, 1)
    assert all("Rude" not in one.content for one in await stage.bot_says(thread))


async def test_an_answer_from_the_card_in_another_channel_is_shown_in_the_thread(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    card = message_of(await stage.ada.command(stage.forum, "post", slug="maps"))
    _, told = await stage.answer(stage.ada, card, "The tickets.")
    assert told == SHOWN
    await stage.shown(thread, "The tickets.")
    again = message_of(await stage.ada.command(stage.forum, "post", slug="maps"))
    assert "One response so far." in again.content


async def test_an_answer_to_a_thread_that_is_gone_is_handed_back(stage: Stage) -> None:
    thread = await stage.publish()
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    opened = await press(stage.ada, card, "answer")
    await stage.mo.delete_thread(thread)
    await stage.until_rows("select 1 from publications where over_at is not null")
    told = said(await stage.ada.submit(opened, {"text": "The tickets."}))
    assert told.startswith("That is not here any more.")
    assert "```\nThe tickets.\n```" in told
    assert stage.kept() == {}


async def test_in_a_locked_thread_an_answer_is_kept_and_not_shown(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.mo.lock(thread)
    _, told = await stage.answer(stage.ada, prompt, "Too late?")
    assert told == "Kept for the author, but not shown: this thread is locked."
    assert stage.kept() == {"Too late?": KEEPS}
    _, told = await stage.answer(stage.mo, prompt, "I may.")  # as Discord lets moderators
    assert told == SHOWN
    await stage.shown(thread, "I may.")


@pytest.mark.parametrize(
    ("is_timed_out", "why"),
    [(True, "you are timed out here."), (False, "you may not write in this thread.")],
)
async def test_who_is_timed_out_or_may_not_write_in_threads_is_not_shown(
    stage: Stage, *, is_timed_out: bool, why: str
) -> None:
    thread, prompt = await stage.publish_and_ask()
    if is_timed_out:
        await stage.ada.time_out(600)
    else:
        deny = int(Permission.SEND_MESSAGES_IN_THREADS)
        await stage.sandbox.allow(stage.text, stage.ada, deny=deny)
    _, told = await stage.answer(stage.ada, prompt, "Let me in.")
    assert told == f"Kept for the author, but not shown: {why}"
    assert await not_shown(stage, thread, "Let me in.")


async def test_slow_mode_counts_for_answers_too(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.mo.change_thread(thread, rate_limit_per_user=3600)
    await stage.say_until_kept(stage.ada, thread, "A word before.")
    _, told = await stage.answer(stage.ada, prompt, "Me again.")
    assert told.startswith("Kept for the author, but not shown: this thread is in slow mode")
    assert await not_shown(stage, thread, "Me again.")
    _, told = await stage.answer(stage.bora, prompt, "My first.", show=True)
    await stage.shown(thread, "My first.")

    await stage.mo.change_thread(thread, rate_limit_per_user=0)
    opened = await press(stage.ada, prompt, "answer")
    assert said(await stage.ada.submit(opened, {"show": True})) == SHOWN
    await stage.shown(thread, "Me again.")


async def test_slow_mode_lets_people_edit_what_they_answered(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    shown = await stage.show_answer(stage.ada, thread, "The tickts.")
    await stage.ada.say(thread, "A word after.")
    await stage.until_kept("A word after.", "The tickts.")
    await stage.mo.change_thread(thread, rate_limit_per_user=3600)
    _, told = await stage.answer(stage.ada, prompt, "The tickets.")
    assert told == SHOWN
    await stage.sandbox.until(lambda: "The tickets." in shown.content)
    assert not shown.deleted


async def test_an_answer_is_shown_in_an_archived_thread_too(stage: Stage) -> None:
    thread = await stage.publish()
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    await stage.put_to_sleep(thread)
    _, told = await stage.answer(stage.ada, card, "Is anybody here?")
    assert told == SHOWN
    await stage.shown(thread, "Is anybody here?")


async def test_links_in_a_shown_answer_are_not_unfurled_and_nobody_is_pinged(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    text = f"See https://example.org and ask {stage.bora.mention} or @everyone."
    await stage.answer(stage.ada, prompt, text)
    shown = await stage.shown(thread, "See ")
    assert shown.raw["flags"] & 4
    assert shown.raw["mentions"] == []


async def test_a_long_answer_fits_its_message(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.answer(stage.ada, prompt, "*" * 1500)
    shown = await stage.shown(thread, "answers")
    assert len(shown.content) <= 2000
    assert stage.kept() == {"*" * 1500: KEEPS}


async def not_shown(stage: Stage, thread: Channel, text: str) -> bool:
    """Return whether a text is kept and stands nowhere in the thread."""
    await stage.threads(stage.text, 1)
    shown = [one for one in await stage.bot_says(thread) if custom_id(one, "edit")]
    return text in stage.kept() and all(text not in one.content for one in shown)
