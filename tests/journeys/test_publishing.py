from __future__ import annotations

from collections import Counter

import pytest

from bot.sandbox import Channel
from bot.sandbox.state.models import MessageFlag
from tests.journeys.stage import KEEPS, Stage, message_of

LONG = "\n\n".join(f"Paragraph {number}. " + "It goes on and on. " * 40 for number in range(8))


async def test_an_essay_becomes_a_thread_of_a_text_channel(stage: Stage) -> None:
    thread = await stage.publish(
        title="What the Map Forgets", description="On what is left out.", tags=["Memory"]
    )
    starter = await stage.starter(thread)
    body, prompt = await stage.bot_says(thread)
    assert thread.name == "What the Map Forgets"
    assert starter.content.startswith("On what is left out.")
    assert f"It ends by asking:\n**{KEEPS}**" in starter.content
    assert starter.content.endswith("See, delete or refuse that with `/privacy`.")
    assert starter.embeds[0]["title"] == "What the Map Forgets"
    assert "Memory" in starter.embeds[0]["footer"]["text"]
    assert starter.buttons == ["Answer", "Read"]
    assert "The first paragraph" in body.content
    assert body.buttons == ["Read"]
    assert prompt.content == f"**{KEEPS}**"
    assert prompt.buttons == ["Answer"]


@pytest.mark.parametrize(
    "site",
    ["http://localhost:1313", "http://blog", "https://ada:secret@example.org", "https://a..b.org"],
)
async def test_an_address_that_discord_refuses_is_left_out(stage: Stage, site: str) -> None:
    stage.settings["site"] = site
    stage.write("maps", text="![](/a.png) See [the other](../other/).")
    await stage.start()
    starter = await stage.starter(await stage.thread())
    assert starter.buttons == ["Answer", "Read"]
    assert "url" not in starter.embeds[0]
    shown = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    assert "On the blog" not in shown.buttons
    assert "secret" not in f"{starter} {shown}"


async def test_a_text_channel_costs_one_request_a_message_and_one_for_the_thread(
    stage: Stage,
) -> None:
    await stage.publish("first")
    stage.write("maps", text=LONG)
    asked, thread = await requests_to_discuss(stage, "maps", stage.text)
    messages = 1 + len(await stage.bot_says(thread))
    assert asked == {
        "POST /channels/{channel_id}/messages": messages,
        "POST /channels/{channel_id}/messages/{message_id}/threads": 1,
    }


async def test_a_forum_costs_one_request_a_message(stage: Stage) -> None:
    await stage.publish("first", channel=stage.forum)
    stage.write("maps", text=LONG)
    asked, thread = await requests_to_discuss(stage, "maps", stage.forum)
    inside = len(await stage.bot_says(thread))
    assert inside > 2
    assert asked == {
        "POST /channels/{channel_id}/threads": 1,
        "POST /channels/{channel_id}/messages": inside,
    }


async def test_a_forum_post_holds_the_whole_essay_and_then_asks(stage: Stage) -> None:
    thread = await stage.publish(text=LONG, channel=stage.forum)
    *body, prompt = await stage.bot_says(thread)
    whole = "\n".join(message.content for message in body)
    assert all(f"Paragraph {number}." in whole for number in range(8))
    assert KEEPS not in whole  # a closing block that only asks is left to the prompt
    assert prompt.content == f"**{KEEPS}**"


async def test_a_forum_post_gets_the_tags_that_forum_and_essay_share(stage: Stage) -> None:
    thread = await stage.publish(
        tags=["MAPS", "unknown", "Memory", "three", "four", "five", "six"], channel=stage.forum
    )
    names = {number: name for name, number in stage.forum.tags.items()}
    applied = [names[tag] for tag in thread.applied_tags]
    assert applied == ["maps", "memory", "three", "four", "five"]
    assert await forum_tags(stage) == stage.forum.tags


async def test_a_moderated_tag_is_left_to_moderators(stage: Stage) -> None:
    await moderate(stage, "maps")
    await stage.sandbox.permit_bot(stage.guild, 309237730304)  # the least that publishing needs
    thread = await stage.publish(tags=["maps", "memory"], channel=stage.forum)
    assert thread.applied_tags == [stage.forum.tags["memory"]]


async def test_a_bot_that_manages_threads_may_use_a_moderated_tag(stage: Stage) -> None:
    await moderate(stage, "maps")
    thread = await stage.publish(tags=["maps", "memory"], channel=stage.forum)
    assert thread.applied_tags == [stage.forum.tags["maps"], stage.forum.tags["memory"]]


async def test_a_message_that_pings_in_the_essay_pings_nobody(stage: Stage) -> None:
    thread = await stage.publish(
        text=f"Dear @everyone and <@{stage.ada.id}>, hello.", asks="@here, and you?"
    )
    for message in [await stage.starter(thread), *await stage.bot_says(thread)]:
        assert message.raw["mentions"] == []
        assert not message.raw["mention_everyone"]
        assert message.flags & MessageFlag.SUPPRESS_NOTIFICATIONS


async def test_two_closing_questions_are_two_prompts_and_a_menu_on_the_card(stage: Stage) -> None:
    questions = ["What do you keep, and why?", "Who decides what a map may leave out?"]
    thread = await stage.publish(asks="\n\n".join(questions))
    asked = [one.content for one in await stage.bot_says(thread) if one.buttons == ["Answer"]]
    assert asked == [f"**{question}**" for question in questions]
    menu = message_of(await stage.ada.click(await stage.starter(thread), label="Answer"))
    assert menu.ephemeral
    assert menu.options == questions
    value = menu.components[1]["options"][1]["value"]
    opened = await stage.ada.select(menu, [value])
    assert opened.modal is not None
    assert opened.modal.text == questions[1]


async def test_an_essay_without_a_question_invites_in_its_starter(stage: Stage) -> None:
    thread = await stage.publish(asks="It simply ends.")
    starter = await stage.starter(thread)
    assert "*What stays with you after reading this?*" in starter.content
    assert len(await stage.bot_says(thread)) == 1
    await stage.answer(stage.ada, starter, "The silence.")
    await stage.until_kept("The silence.")
    assert stage.kept() == {"The silence.": None}  # no question of the essay's


async def test_a_turkish_channel_speaks_turkish(stage: Stage) -> None:
    stage.write(
        "maps",
        lang="tr",
        title="Haritanın Unuttuğu",
        text="Bir harita, bıraktıklarıyla da haritadır.",
        asks="Siz neyi saklarsınız?",
    )
    stage.write("maps")
    await stage.start(channel=None)
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), language="tr")
    thread = await stage.thread()
    starter = await stage.starter(thread)
    assert thread.name == "Haritanın Unuttuğu"
    assert "Sonunda şunu soruyor:\n**Siz neyi saklarsınız?**" in starter.content
    assert starter.buttons == ["Yanıtla", "Oku"]


async def test_a_thread_that_a_moderator_deleted_stays_deleted(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.mo.delete_thread(thread)
    over = "select over_because from publications where over_at is not null"
    await stage.until_rows(over)
    await stage.restart()
    await stage.bot.discussion.schedule.run()
    assert await stage.sandbox.threads_in(stage.text) == []
    assert stage.rows(over) == [("its thread was deleted",)]


async def test_a_message_that_a_moderator_deleted_is_not_posted_again(stage: Stage) -> None:
    thread = await stage.publish(text="It says one thing.")
    body, prompt = await stage.bot_says(thread)
    await stage.mo.delete(prompt)
    await stage.until_rows(
        "select 1 from messages where kind = 'prompt' and deleted_at is not null"
    )
    stage.write("maps", text="It says another thing.")
    await stage.sandbox.until(lambda: "another thing" in body.content)
    assert [one.id for one in await stage.bot_says(thread)] == [body.id]


async def requests_to_discuss(
    stage: Stage, slug: str, channel: Channel
) -> tuple[Counter[str], Channel]:
    """Start an essay's thread; return what was asked of Discord for it, and the thread.

    Reading a thread of which an event came early is catching up, and counted apart.
    """
    await stage.until_read(slug)
    before = stage.sandbox.requests.counts.copy()
    await stage.mo.command(stage.text, "discuss", slug=slug)
    threads = await stage.threads(channel, 2)
    asked = stage.sandbox.requests.counts - before
    asked.pop("GET /channels/{channel_id}/messages", None)
    return Counter({key: n for key, n in asked.items() if "{token}" not in key}), threads[1]


async def forum_tags(stage: Stage) -> dict[str, int]:
    raw = await stage.sandbox.get("channel", channel=stage.forum.id)
    return Channel(raw).tags


async def moderate(stage: Stage, tag: str) -> None:
    raw = await stage.sandbox.get("channel", channel=stage.forum.id)
    for each in raw["available_tags"]:
        each["moderated"] = each["name"] == tag
    changes = {"available_tags": raw["available_tags"]}
    await stage.sandbox.post("change_channel", channel=str(stage.forum.id), changes=changes)
