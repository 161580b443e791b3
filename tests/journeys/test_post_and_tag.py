"""`/post` and `/tag`: what readers find, read and share."""

from __future__ import annotations

import pytest

from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said

LONG = "\n\n".join(f"Paragraph {number}. " + "It goes on and on. " * 60 for number in range(8))


async def test_post_shows_a_private_card(stage: Stage) -> None:
    thread = await stage.publish(title="What the Map Forgets", description="On what is left out.")
    card = message_of(await stage.ada.command(stage.forum, "post", slug="maps"))
    assert card.ephemeral
    assert card.embeds[0]["title"] == "What the Map Forgets"
    assert card.content.startswith("On what is left out.")
    assert f"**{KEEPS}**" in card.content
    assert card.content.endswith("Nobody has responded yet.")
    assert card.buttons == ["Open thread", "Answer", "Read", "Share here"]
    link = next(each["url"] for each in card.components if "url" in each)
    assert link.endswith(f"/{stage.guild.id}/{thread.id}")


async def test_the_newest_essays_are_offered_before_anything_is_typed(stage: Stage) -> None:
    for month in range(1, 10):
        stage.write(f"month-{month}", date=f"2026-0{month}-01")
    await stage.start()
    await stage.thread()
    offered = await stage.ada.complete(stage.text, "post", "slug", "")
    assert [name for name, _ in offered] == [f"Month {month}" for month in range(9, 0, -1)]


@pytest.mark.parametrize("typed", ["IŞIK", "ışık", "isik", "Işı", "evin"])
async def test_completion_folds_case_and_turkish_letters(stage: Stage, typed: str) -> None:
    stage.write("isik", title="Işık ve Evin İçi", asks="Ya siz?")
    await stage.publish()
    offered = await stage.ada.complete(stage.text, "post", "slug", typed)
    assert [name for name, _ in offered] == ["Işık ve Evin İçi"]
    card = message_of(await stage.ada.command(stage.text, "post", slug=offered[0][1]))
    assert card.embeds[0]["title"] == "Işık ve Evin İçi"


async def test_a_near_miss_is_offered_what_was_meant(stage: Stage) -> None:
    await stage.publish("what-the-map-forgets")
    missed = await stage.ada.command(stage.text, "post", slug="what-the-map-forgts")
    assert message_of(missed).ephemeral
    assert said(missed) == (
        "No essay is called “what-the-map-forgts”. "
        "Did you mean “What the map forgets” (`what-the-map-forgets`)?"
    )


async def test_near_misses_are_offered_in_the_language_of_who_typed(stage: Stage) -> None:
    await stage.publish("what-the-map-forgets")
    missed = await stage.bora.command(stage.text, "post", slug="what-the-map-forgts")
    assert said(missed) == (
        "“what-the-map-forgts” adlı bir yazı yok. "
        "Şunu mu demek istediniz: “What the map forgets” (`what-the-map-forgets`)?"
    )


async def test_a_title_that_is_typed_whole_is_found(stage: Stage) -> None:
    await stage.publish(title="What the Map Forgets")
    card = message_of(await stage.ada.command(stage.text, "post", slug="what the map forgets"))
    assert card.embeds[0]["title"] == "What the Map Forgets"


async def test_a_slug_means_the_channels_language_and_can_name_another(stage: Stage) -> None:
    stage.write("maps", title="Maps")
    await stage.publish(lang="tr", title="Haritalar", asks="Ya siz?")
    plain = message_of(await stage.bora.command(stage.text, "post", slug="maps"))
    assert plain.embeds[0]["title"] == "Maps"
    named = message_of(await stage.ada.command(stage.text, "post", slug="tr:maps"))
    assert named.embeds[0]["title"] == "Haritalar"
    elsewhere = message_of(await stage.bora.command(stage.forum, "post", slug="maps"))
    assert elsewhere.embeds[0]["title"] == "Haritalar"  # his own language


async def test_the_translation_is_one_button_away(stage: Stage) -> None:
    stage.write("maps", title="Maps")
    await stage.publish(lang="tr", title="Haritalar", asks="Ya siz?")
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    assert "Türkçe" in card.buttons
    turned = message_of(await stage.ada.click(card, label="Türkçe"))
    assert turned.id == card.id
    assert turned.embeds[0]["title"] == "Haritalar"
    back = message_of(await stage.ada.click(turned, label="English"))
    assert back.embeds[0]["title"] == "Maps"


async def test_translations_have_the_names_that_languages_or_the_site_give_them(
    stage: Stage,
) -> None:
    site = stage.content.parent / "site"
    (site / "content" / "posts").mkdir(parents=True)
    for code in ("en", "de", "ja", "pt-br", "qaa"):
        own = f"---\ntitle: In {code}\ndate: 2026-03-01\n---\nText.\n\n{KEEPS}\n"
        (site / "content" / "posts" / f"maps.{code}.md").write_text(own, encoding="utf-8")
    (site / "hugo.toml").write_text(
        "[languages.en]\nweight = 1\n[languages.de]\nlanguageName = 'Auf Deutsch'\n"
        "[languages.ja]\n[languages.pt-br]\n[languages.qaa]\n",
        encoding="utf-8",
    )
    await stage.start(content=str(site))
    await stage.thread()
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    assert {"Auf Deutsch", "日本語", "Português (Brasil)", "qaa"} <= set(card.buttons)


async def test_an_essay_is_read_privately_page_by_page_and_back(stage: Stage) -> None:
    await stage.publish(text=LONG)
    starter = await stage.starter(await stage.thread())
    page = message_of(await press(stage.ada, starter, "card"))
    assert page.ephemeral
    assert "Paragraph 0." in page.content
    assert page.content.count("Page 1 of") == 1
    pages = int(page.content.rsplit(" ", 1)[1])
    read = [page.content]
    for number in range(2, pages + 1):
        turned = message_of(await stage.ada.click(page, label="On"))
        assert turned.id == page.id
        assert f"Page {number} of {pages}" in turned.content
        read.append(turned.content)
    assert "On" not in page.buttons
    whole = "\n".join(read)
    assert all(f"Paragraph {number}." in whole for number in range(8))
    back = message_of(await stage.ada.click(page, label="Back"))
    assert f"Page {pages - 1} of {pages}" in back.content


async def test_reading_goes_on_where_one_left_off_until_the_end(stage: Stage) -> None:
    await stage.publish(text=LONG)
    starter = await stage.starter(await stage.thread())
    page = message_of(await press(stage.ada, starter, "card"))
    page = message_of(await stage.ada.click(page, label="On"))
    again = message_of(await press(stage.ada, starter, "card"))
    assert again.id != page.id
    assert "Page 2 of" in again.content
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    assert "Page 2 of" in message_of(await stage.ada.click(card, label="Read")).content
    assert "Page 1 of" in message_of(await press(stage.mo, starter, "card")).content
    while "On" in again.buttons:
        again = message_of(await stage.ada.click(again, label="On"))
    assert "Page 1 of" in message_of(await press(stage.ada, starter, "card")).content


async def test_read_from_the_card_leaves_the_card_where_it_is(stage: Stage) -> None:
    await stage.publish()
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    page = message_of(await stage.ada.click(card, label="Read"))
    assert page.id != card.id
    assert "The first paragraph" in page.content


async def test_a_card_is_shared_by_who_may_write_here(stage: Stage) -> None:
    await stage.publish()
    lounge = await stage.sandbox.channel(stage.guild, "lounge")
    card = message_of(await stage.ada.command(lounge, "post", slug="maps"))
    await stage.ada.click(card, label="Share here")
    (shared,) = await stage.sandbox.messages_in(lounge)
    assert not shared.ephemeral
    assert shared.embeds[0]["title"] == "Maps"
    assert "shared by Ada" in shared.content
    assert shared.raw["flags"] & (1 << 12)


async def test_who_may_not_write_here_shares_nothing(stage: Stage) -> None:
    await stage.publish()
    lounge = await stage.sandbox.channel(stage.guild, "lounge")
    await stage.sandbox.allow(lounge, stage.ada, deny=int(Permission.SEND_MESSAGES))
    card = message_of(await stage.ada.command(lounge, "post", slug="maps"))
    refused = await stage.ada.click(card, label="Share here")
    assert message_of(refused).ephemeral
    assert "may not write" in said(refused).lower()
    assert await stage.sandbox.messages_in(lounge) == []


async def test_tags_are_offered_by_how_often_they_are_used(stage: Stage) -> None:
    stage.write("one", tags=["Maps", "Memory"])
    await stage.publish("two", tags=["memory", "Işık"])
    offered = await stage.ada.complete(stage.text, "tag", "tag", "")
    assert offered[0][0].casefold() == "memory (2)"
    assert {name for name, _ in offered[1:]} == {"Maps (1)", "Işık (1)"}
    assert [name for name, _ in await stage.ada.complete(stage.text, "tag", "tag", "isi")] == [
        "Işık (1)"
    ]


async def test_a_tag_lists_ten_a_page_discussed_ones_first(stage: Stage) -> None:
    for day in range(1, 13):
        stage.write(f"day-{day:02}", date=f"2026-02-{day:02}", tags=["Memory"], asks="It ends.")
    await stage.publish("asking", date="2025-01-01", tags=["memory"], title="The discussed one")
    listed = message_of(await stage.ada.command(stage.text, "tag", tag="MEMORY"))
    assert listed.ephemeral
    lines = [line for line in listed.content.splitlines() if line.startswith("- ")]
    assert len(lines) == 10
    assert lines[0] == "- The discussed one · 2025-01-01 · discussed (0)"
    assert lines[1].startswith("- Day 12")
    assert len(listed.options) == 10
    turned = message_of(await stage.ada.click(listed, label="On"))
    assert turned.id == listed.id
    assert [line[2:8] for line in turned.content.splitlines() if line.startswith("- ")] == [
        "Day 03",
        "Day 02",
        "Day 01",
    ]
    back = message_of(await stage.ada.click(turned, label="Back"))
    assert "The discussed one" in back.content


async def test_an_essay_of_a_tag_opens_from_the_list(stage: Stage) -> None:
    await stage.publish(tags=["Memory"])
    listed = message_of(await stage.ada.command(stage.text, "tag", tag="memory"))
    value = next(each["options"][0]["value"] for each in listed.components if "options" in each)
    card = message_of(await stage.ada.select(listed, [value]))
    assert card.id != listed.id
    assert card.ephemeral
    assert card.embeds[0]["title"] == "Maps"
    assert custom_id(card, "answer") is not None


async def test_a_tag_that_nobody_uses_says_what_to_do(stage: Stage) -> None:
    await stage.publish(tags=["Memory"])
    missed = await stage.ada.command(stage.text, "tag", tag="cooking")
    assert said(missed) == "No essay is about “cooking”. Type a letter to see the blog's tags."


@pytest.mark.parametrize("typed", ["memroy", "memorie", "*memory*"])
async def test_a_misspelt_tag_is_offered_what_was_meant(stage: Stage, typed: str) -> None:
    await stage.publish(tags=["Memory", "Cooking"])
    missed = await stage.ada.command(stage.text, "tag", tag=typed)
    shown = typed.replace("*", r"\*")
    assert said(missed) == f"No essay is about “{shown}”. Did you mean “Memory”?"
    missed = await stage.bora.command(stage.text, "tag", tag=typed)
    assert "“Memory”" in said(missed)
    assert said(missed).startswith(f"“{shown}” üzerine yazı yok.")


async def test_responses_are_counted_in_all_threads_of_an_essay(stage: Stage) -> None:
    first = await stage.publish(tags=["Memory"])
    await stage.ada.say(first, "One.")
    await stage.bora.say(first, "Two.")
    await stage.until_kept("One.", "Two.")
    await stage.mo.command(stage.text, "setup", channel=str(stage.forum.id))
    await stage.ada.say(await stage.thread(stage.forum), "Three.")
    await stage.until_kept("One.", "Two.", "Three.")
    listed = await stage.ada.command(stage.text, "tag", tag="memory")
    assert "discussed (3)" in said(listed)
    card = await stage.ada.command(stage.text, "post", slug="maps")
    assert "3 responses so far." in said(card)


async def test_a_private_text_is_in_the_readers_language(stage: Stage) -> None:
    await stage.publish(tags=["Memory"])
    card = message_of(await stage.bora.command(stage.text, "post", slug="maps"))
    assert card.buttons == ["Başlığı aç", "Yanıtla", "Oku", "Burada paylaş"]
    listed = message_of(await stage.bora.command(stage.text, "tag", tag="memory"))
    assert listed.content.startswith("### Memory üzerine yazılar")


async def test_an_essay_that_appears_while_the_bot_runs_is_found(stage: Stage) -> None:
    await stage.publish()
    stage.write("charts", date="2026-04-01")
    await stage.until_read("charts")
    offered: list[tuple[str, str]] = []

    async def is_offered() -> bool:
        offered[:] = await stage.ada.complete(stage.text, "post", "slug", "cha")
        return bool(offered)

    await stage.sandbox.until(is_offered)
    assert offered[0][0] == "Charts"
