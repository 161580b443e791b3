from __future__ import annotations

from tests.journeys.stage import KEEPS, Stage, custom_id


async def test_an_essay_becomes_a_thread_of_a_text_channel(stage: Stage) -> None:
    stage.write(
        "maps", title="What the Map Forgets", description="On what is left out.", tags=["Memory"]
    )
    await stage.start()
    thread = await stage.thread()
    starter = await stage.starter(thread)
    body, prompt = await stage.bot_says(thread)
    assert thread.name == "What the Map Forgets"
    assert starter.content.startswith("On what is left out.")
    assert f"It ends by asking:\n**{KEEPS}**" in starter.content
    assert starter.content.endswith("`/privacy` shows what is kept of you.")
    assert starter.embeds[0]["title"] == "What the Map Forgets"
    assert "Memory" in starter.embeds[0]["footer"]["text"]
    assert starter.buttons == ["Answer", "Read"]
    assert "The first paragraph" in body.content
    assert body.buttons == ["Read"]
    assert prompt.content == f"**{KEEPS}**"
    assert prompt.buttons == ["Answer"]
