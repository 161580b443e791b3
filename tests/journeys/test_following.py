"""`/follow` and `/follow-role`: readers choose their roles, and only these are mentioned."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Message
from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.conftest import SILENT as SILENT_FLAG
from tests.journeys.stage import Stage, command_open_to_all, message_of, said

MAY = INVITED | int(Permission.MANAGE_ROLES | Permission.MENTION_EVERYONE)


@pytest.fixture
async def town(stage: Stage) -> Stage:
    """A stage whose blog has a tag and an author, and whose bot may make roles."""
    stage.write("maps", tags=["Maps", "Memory"], author="Ada Lovelace")
    await stage.sandbox.permit_bot(stage.guild, MAY)
    await stage.start()
    await stage.thread()
    return stage


async def make(stage: Stage, **what: str) -> str:
    return said(await stage.mo.command(stage.text, "follow-role", action="add", **what))


def roles(stage: Stage) -> dict[str, Any]:
    """The roles of the guild to follow something, by name."""
    found = stage.sandbox.state.guild(stage.guild.id).roles.values()
    return {role.name: role for role in found if role.name.startswith("Follow")}


def held(stage: Stage) -> list[int]:
    return stage.sandbox.state.guild(stage.guild.id).members[stage.ada.id].roles


async def opened(stage: Stage) -> Message:
    return message_of(await stage.ada.command(stage.text, "follow"))


async def choose(stage: Stage, page: Message, value: str) -> Any:
    return await stage.ada.select(page, [value])


async def test_a_moderator_has_a_plain_role_made_and_a_reader_takes_it(town: Stage) -> None:
    told = await make(town, tag="maps")
    role = roles(town)["Follow Maps"]
    assert told == f"Made <@&{role.id}>. Readers give it to themselves with `/follow`."
    assert (role.permissions, role.mentionable, role.hoist) == (0, False, False)
    assert town.rows("select act, actor_id, subject_id, detail from audit") == [
        ("made a role", town.mo.id, role.id, "tag: Maps")
    ]
    page = await opened(town)
    assert page.ephemeral
    assert page.options == ["Follow Maps"]
    await town.restart()
    await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: page.content.startswith("You follow Maps now."))
    assert held(town) == [role.id]
    assert page.options == ["Stop following Maps"]
    before = message_of(await town.ada.command(town.text, "follow"))
    assert before.options == ["Stop following Maps"]
    await choose(town, page, f"take:{role.id}")
    await town.sandbox.until(lambda: page.content.startswith("You do not follow Maps any more."))
    assert held(town) == []
    await choose(town, before, f"take:{role.id}")  # as it was meant when the page was opened
    await town.sandbox.until(lambda: before.options == ["Follow Maps"])
    assert held(town) == []


async def test_a_new_essay_mentions_who_follows_silently_and_once(town: Stage) -> None:
    await make(town, tag="Maps")
    await make(town, author="ada lovelace")
    await make(town, tag="Memory")
    maps, ada = roles(town)["Follow Maps"], roles(town)["Follow Ada Lovelace"]
    town.write("roads", date="2026-01-01", tags=["maps"], author="Ada Lovelace")
    await town.until_read("roads")
    await town.mo.command(town.text, "discuss", slug="roads")
    _, thread = await town.threads(town.text, 2)
    starter = await town.starter(thread)
    assert f"-# Followers: <@&{maps.id}> <@&{ada.id}>" in starter.content
    assert starter.raw["mention_roles"] == [str(each) for each in sorted([maps.id, ada.id])]
    assert starter.flags & SILENT_FLAG
    first = await town.starter((await town.threads(town.text, 2))[0])
    assert "Followers" not in first.content
    town.write("roads", date="2026-01-01", tags=["maps"], author="Ada Lovelace", description="New.")
    await town.sandbox.until(lambda: _starts(town, thread.id, "New."))
    edits = [one for one in town.sandbox.requests if one.method == "PATCH"]
    said_again = [one.body for one in edits if one.body.get("content")]
    assert all(body["allowed_mentions"] == {"parse": []} for body in said_again)
    assert f"<@&{maps.id}>" in (await town.starter(thread)).content


async def _starts(stage: Stage, thread_id: int, text: str) -> bool:
    found = await stage.sandbox.messages_in(stage.text)
    return any(each.id == thread_id and each.content.startswith(text) for each in found)


async def test_a_forum_post_mentions_followers_too(stage: Stage) -> None:
    stage.write("maps", tags=["Maps"])
    stage.settings["channel"] = stage.forum.id
    await stage.sandbox.permit_bot(stage.guild, MAY)
    await stage.start()
    await stage.thread(stage.forum)
    await make(stage, tag="Maps")
    role = roles(stage)["Follow Maps"]
    stage.write("roads", date="2026-01-01", tags=["maps"])
    await stage.until_read("roads")
    await stage.mo.command(stage.text, "discuss", slug="roads")
    _, thread = await stage.threads(stage.forum, 2)
    starter = await stage.starter(thread)
    assert starter.raw["mention_roles"] == [str(role.id)]
    assert starter.flags & SILENT_FLAG


async def test_a_role_is_made_once_and_removed_with_its_followers(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    assert await make(town, tag="MAPS") == f"There is a role for it already: <@&{role.id}>."
    page = await opened(town)
    await choose(town, page, f"give:{role.id}")
    done = await town.mo.command(town.text, "follow-role", action="remove", tag="maps")
    assert said(done) == "Removed the role with which readers followed Maps."
    assert roles(town) == {}
    assert [row[0] for row in town.rows("select act from audit order by id")] == [
        "made a role",
        "removed a role",
    ]
    assert said(await town.ada.command(town.text, "follow")).startswith("Nothing can be followed")
    again = await town.mo.command(town.text, "follow-role", action="remove", tag="maps")
    assert said(again).startswith("There is no role to follow “maps”.")


async def test_what_is_offered_is_what_there_is(town: Stage) -> None:
    complete = town.mo.complete
    tags = await complete(town.text, "follow-role", "tag", "m", action="add")
    assert {name for name, _ in tags} == {"Maps", "Memory"}
    authors = await complete(town.text, "follow-role", "author", "ada", action="add")
    assert authors == [("Ada Lovelace", "Ada Lovelace")]
    assert await complete(town.text, "follow-role", "tag", "", action="remove") == []
    await make(town, tag="Memory")
    kept = await complete(town.text, "follow-role", "tag", "", action="remove")
    assert kept == [("Memory", "Memory")]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({}, "Name a tag or an author, and not both."),
        ({"tag": "Maps", "author": "Ada Lovelace"}, "Name a tag or an author, and not both."),
        ({"tag": "mops"}, "No essay is about “mops”. Did you mean “Maps”?"),
        ({"author": "Nobody"}, "No essay is by “Nobody”."),
    ],
)
async def test_what_cannot_be_followed_is_said(
    town: Stage, what: dict[str, str], sentence: str
) -> None:
    assert (await make(town, **what)).startswith(sentence)
    assert roles(town) == {}


async def test_a_reader_cannot_have_roles_made_nor_take_another(town: Stage) -> None:
    assert "follow-role" not in await town.ada.commands(town.text)
    command_open_to_all(town, "follow-role")
    refused = await town.ada.command(town.text, "follow-role", action="add", tag="maps")
    assert said(refused).startswith("Only who may manage threads can decide that.")
    await make(town, tag="Maps")
    page = await opened(town)
    boss = await town.sandbox.role(town.guild, "Boss", int(Permission.ADMINISTRATOR))
    forged = await forge(town, page, f"give:{boss.id}")
    assert forged.startswith("That cannot be followed any more.")
    assert held(town) == []


async def forge(stage: Stage, page: Message, value: str) -> str:
    """Send a choice that the menu does not have, as a forged client can."""
    [row] = stage.sandbox.state.ephemeral[page.id].components
    row["components"][0]["options"].append({"label": "Forged", "value": value})
    refused = await choose(stage, page, value)
    await stage.sandbox.until(lambda: refused.followups)
    text: str = refused.followups[0].content
    return text


async def test_a_role_that_was_given_permissions_is_not_given_away(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    page = await opened(town)
    await town.sandbox.permit(town.guild, role, int(Permission.MANAGE_MESSAGES))
    refused = await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: refused.followups)
    assert "was given permissions" in refused.followups[0].content
    assert held(town) == []


async def test_what_the_bot_may_not_do_is_said_with_what_to_allow(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    page = await opened(town)
    await town.sandbox.permit_bot(town.guild)
    assert (await make(town, tag="Memory")).startswith("Afterword may not manage roles here.")
    refused = await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("Afterword may not manage roles here.")
    done = await town.mo.command(town.text, "follow-role", action="remove", tag="maps")
    assert said(done).startswith("Afterword may not manage roles here.")
    assert list(roles(town)) == ["Follow Maps"]


async def test_a_role_above_the_bots_is_left_alone(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    page = await opened(town)
    role.position = 9
    await town.sandbox.permit(town.guild, role, 0)  # which tells the bot of it
    refused = await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: refused.followups)
    assert "stands above Afterword's own role" in refused.followups[0].content


async def test_without_the_right_to_mention_a_moderator_is_told(town: Stage) -> None:
    await town.sandbox.permit_bot(town.guild, INVITED | int(Permission.MANAGE_ROLES))
    told = await make(town, tag="Maps")
    assert "Nobody is told yet: allow Afterword" in told


async def test_a_role_that_was_deleted_in_discord_is_forgotten(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    page = await opened(town)
    await town.sandbox.delete_role(town.guild, role)
    await town.sandbox.until(lambda: town.rows("select count(*) from follow_roles") == [(0,)])
    refused = await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("That cannot be followed any more.")
    assert (await make(town, tag="Maps")).startswith("Made <@&")


async def test_a_role_deleted_while_the_bot_was_away_is_forgotten_when_asked(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    await town.stop()
    await town.sandbox.delete_role(town.guild, role)
    await town.start()
    assert said(await town.ada.command(town.text, "follow")).startswith("Nothing can be followed")
    assert town.rows("select count(*) from follow_roles") == [(0,)]


async def test_roles_are_still_there_after_the_bot_was_removed_and_came_back(town: Stage) -> None:
    await make(town, tag="Maps")
    role = roles(town)["Follow Maps"]
    await town.sandbox.remove_bot(town.guild)
    await town.until_rows("select 1 from guilds where left_at is not null")
    await town.sandbox.invite_bot(town.guild, MAY)
    await town.until_rows("select 1 from guilds where left_at is null")
    role.position = 0  # the bot's new role is younger, and would stand below
    await town.sandbox.permit(town.guild, role, 0)
    page = await opened(town)
    await choose(town, page, f"give:{role.id}")
    await town.sandbox.until(lambda: held(town) == [role.id])


async def test_a_role_whose_making_was_not_confirmed_is_found_and_not_made_twice(
    town: Stage,
) -> None:
    await town.sandbox.fault("drop_after_commit", method="POST", path="/roles$", times=1)
    told = await make(town, tag="Maps")
    assert told.startswith("Discord did not answer.")
    assert list(roles(town)) == ["Follow Maps"]
    told = await make(town, tag="Maps")
    assert told.startswith("Made <@&")
    assert list(roles(town)) == ["Follow Maps"]


async def test_a_role_of_that_name_that_was_there_before_is_not_taken(town: Stage) -> None:
    theirs = await town.sandbox.role(town.guild, "Follow Maps")
    await make(town, tag="Maps")
    assert set(roles(town)) == {"Follow Maps", "Follow Maps 2"}
    assert town.rows("select role_id from follow_roles") != [(theirs.id,)]


async def test_a_server_with_all_the_roles_there_can_be_says_so(town: Stage) -> None:
    town.sandbox.state.limits.roles = len(town.sandbox.state.guild(town.guild.id).roles)
    assert (await make(town, tag="Maps")).startswith("This server has 250 roles")


async def test_another_servers_roles_are_not_offered(town: Stage) -> None:
    await make(town, tag="Maps")
    other = await town.sandbox.guild("Elsewhere")
    lobby = await town.sandbox.channel(other, "lobby")
    cem = await town.sandbox.member(other, "Cem")
    assert said(await cem.command(lobby, "follow")).startswith("Nothing can be followed here yet.")
