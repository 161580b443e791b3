"""`/setup` and `/discuss`, and who may."""

from __future__ import annotations

import pytest

from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.stage import Stage, command_open_to_all, message_of, press, said


async def test_setup_publishes_in_its_channel(stage: Stage) -> None:
    stage.write("maps")
    stage.write("shelved", date="2026-01-01")
    await stage.start(channel=None)
    done = await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    assert said(done) == (
        f"Essays in `en` are discussed in <#{stage.text.id}>, at the pace `each`. "
        "On the shelf: 1; `/discuss` starts one of them."
    )
    assert message_of(done).ephemeral
    assert (await stage.thread()).name == "Maps"


async def test_setup_names_a_permission_that_is_missing_and_changes_nothing(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    deny = int(Permission.CREATE_PUBLIC_THREADS | Permission.EMBED_LINKS)
    bot = stage.sandbox.state.application.user.id
    await stage.sandbox.allow(stage.text, bot, deny=deny)
    done = await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    assert said(done) == (
        "Afterword may not publish in #essays of Essays: allow it Embed Links, "
        "Create Public Threads there (Edit Channel > Permissions)."
    )
    assert stage.rows("select count(*) from channels") == [(0,)]


async def test_setup_refuses_a_language_that_the_blog_does_not_have(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    done = await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), language="fr")
    assert said(done) == "The blog has no essays in `fr`; it has en."
    assert stage.rows("select count(*) from channels") == [(0,)]


async def test_setup_of_another_channel_starts_there_and_still_hears_the_first(
    stage: Stage,
) -> None:
    first = await stage.publish()
    await stage.mo.command(stage.text, "setup", channel=str(stage.forum.id))
    second = await stage.thread(stage.forum)
    await stage.ada.say(first, "In the old thread.")
    await stage.ada.say(second, "In the new thread.")
    await stage.until_kept("In the old thread.", "In the new thread.")


CHOSEN = {"language": "tr", "pace": "weekly", "body": "card"}
OTHERWISE = {"language": "en", "pace": "daily", "body": "full"}
WAITS = "select waiting_for from publications where waiting_for is not null"
SETTLED = "select lang, pace, body from channels where id = ?"


@pytest.mark.parametrize("option", [None, *CHOSEN])
async def test_setup_again_leaves_what_is_not_given_as_the_channel_has_it(
    stage: Stage, option: str | None
) -> None:
    stage.write("maps")
    stage.write("haritalar", lang="tr", asks="Ya siz?")
    await stage.start(channel=None)
    place = str(stage.text.id)
    await stage.mo.command(stage.text, "setup", channel=place, **CHOSEN)
    changed = {} if option is None else {option: OTHERWISE[option]}
    await stage.mo.command(stage.text, "setup", channel=place, **changed)
    assert stage.rows(SETTLED, stage.text.id) == [tuple((CHOSEN | changed).values())]


async def test_setup_counts_the_shelf_in_the_language_that_is_chosen(stage: Stage) -> None:
    for slug, day in (("maps", 3), ("shelved", 2), ("older", 1)):
        stage.write(slug, date=f"2026-03-0{day}")
    await stage.publish("haritalar", lang="tr", asks="Ya siz?")
    place = str(stage.text.id)
    for lang, count in (("en", 2), ("tr", 0), ("en", 2)):  # what is new in tr waits for its turn
        done = await stage.mo.command(stage.text, "setup", channel=place, language=lang)
        assert f"On the shelf: {count};" in said(done)


async def test_setup_of_a_channel_that_was_left_finds_what_it_had(stage: Stage) -> None:
    stage.write("maps")
    stage.write("haritalar", lang="tr", asks="Ya siz?")
    await stage.start(channel=None)
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), **CHOSEN)
    await stage.mo.command(stage.text, "setup", channel=str(stage.forum.id))
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id))
    assert stage.rows(SETTLED, stage.text.id) == [tuple(CHOSEN.values())]
    assert stage.rows(SETTLED, stage.forum.id) == [("en", "each", "auto")]


async def test_setup_survives_a_restart_with_another_channel_in_the_settings(
    stage: Stage,
) -> None:
    await stage.publish()
    await stage.mo.command(stage.text, "setup", channel=str(stage.forum.id))
    await stage.thread(stage.forum)
    await stage.restart()
    assert stage.rows("select id from channels where closed_at is null") == [(stage.forum.id,)]


async def test_a_reader_is_not_offered_what_moderators_do(stage: Stage) -> None:
    await stage.publish()
    offered = sorted(await stage.ada.commands(stage.text))
    for_readers = ["ask", "follow", "post", "privacy", "questions", "responses", "search", "tag"]
    assert offered == ["Ask to quote", "Highlight", *for_readers]
    assert {"setup", "discuss"} <= set(await stage.mo.commands(stage.text))


async def test_a_reader_who_forges_a_command_is_refused(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    await stage.publish()
    command_open_to_all(stage, "setup")
    command_open_to_all(stage, "discuss")
    setup = await stage.ada.command(stage.text, "setup", channel=str(stage.forum.id))
    assert said(setup).startswith("Only who may manage this server")
    discuss = await stage.ada.command(stage.text, "discuss", slug="shelved")
    assert said(discuss).startswith("Only who may manage threads")
    assert stage.rows("select id from channels where closed_at is null") == [(stage.text.id,)]
    assert stage.rows("select count(*) from publications") == [(1,)]


async def test_a_button_asks_again_whether_its_presser_may(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    await stage.publish()
    card = message_of(await stage.mo.command(stage.text, "post", slug="shelved"))
    await stage.mo.set_roles([])
    refused = await press(stage.mo, card, "discuss")
    assert said(refused).startswith("Only who may manage threads")
    assert message_of(refused).ephemeral
    assert stage.rows("select count(*) from publications") == [(1,)]


async def test_discuss_offers_what_has_no_thread_and_starts_it_once(stage: Stage) -> None:
    stage.write("shelved", date="2026-01-01")
    await stage.publish()
    offered = await stage.mo.complete(stage.text, "discuss", "slug", "")
    assert [name for name, _ in offered] == ["Shelved"]
    first = await stage.mo.command(stage.text, "discuss", slug=offered[0][1])
    again = await stage.mo.command(stage.text, "discuss", slug="shelved")
    threads = await stage.threads(stage.text, 2)
    assert said(first) == said(again)
    assert said(first).endswith(f"/channels/{stage.guild.id}/{threads[1].id}")


async def test_discuss_without_a_channel_says_what_to_do(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(channel=None)
    done = await stage.mo.command(stage.text, "discuss", slug="maps")
    assert "Somebody who manages the server can type `/setup`" in said(done)


async def test_discuss_refuses_an_essay_in_another_language(stage: Stage) -> None:
    stage.write("haritalar", lang="tr", asks="Ya siz?")
    await stage.publish()
    done = await stage.mo.command(stage.text, "discuss", slug="tr:haritalar")
    assert said(done).endswith("discusses essays in `en`; this one is in `tr`.")


async def test_discuss_does_not_bring_a_deleted_thread_back(stage: Stage) -> None:
    stage.write("maps")
    await stage.start()
    await stage.mo.delete_thread(await stage.thread())
    await stage.until_rows("select 1 from publications where over_at is not null")
    done = await stage.mo.command(stage.text, "discuss", slug="maps")
    assert said(done) == "Its thread was deleted, and a deleted thread stays deleted."


async def test_a_permission_that_is_granted_later_lets_it_go_on(stage: Stage) -> None:
    stage.write("maps")
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~int(Permission.SEND_MESSAGES))
    await stage.sandbox.allow(stage.text, stage.guild, deny=int(Permission.SEND_MESSAGES))
    await stage.start()
    await stage.until_rows(WAITS)
    assert "Send Messages there (Edit Channel > Permissions)" in stage.rows(WAITS)[0][0]
    await stage.sandbox.permit_bot(stage.guild)
    await stage.sandbox.allow(stage.text, stage.guild)
    await stage.thread()


async def test_a_role_that_allows_it_later_lets_it_go_on(stage: Stage) -> None:
    stage.write("maps")
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~int(Permission.EMBED_LINKS))
    await stage.sandbox.permit(stage.guild, stage.guild, 0)
    await stage.start()
    await stage.until_rows(WAITS)
    assert "allow it Embed Links there" in stage.rows(WAITS)[0][0]
    await stage.sandbox.permit_bot(stage.guild)
    await stage.thread()
