"""What each route asks for, without a library in between: the status and Discord's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Sandbox
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw

P = Permission
HIDDEN, REFUSED = (403, 50001), (403, 50013)
WHOLE = int(INVITED | EVERYONE)


class Scene:
    """A thread, a message in it, one of the bot's, and an archived thread."""

    def __init__(self, sandbox: Sandbox, place: Place) -> None:
        self.sandbox = sandbox
        self.place = place
        self.thread: Channel
        self.hers: Message
        self.archived: Channel
        self.own = 0

    async def build(self, raw: Raw) -> Scene:
        place = self.place
        self.thread = await place.ada.start_thread(place.channel, "Talk")
        self.hers = await place.ada.say(self.thread, "Hers")
        sent = await raw("POST", f"/channels/{self.thread.id}/messages", {"content": "Mine"})
        self.own = int(sent.body["id"])
        self.archived = await place.ada.start_thread(place.channel, "Over")
        await place.mo.archive(self.archived)
        return self

    async def leave_only(self, permissions: int) -> None:
        guild = self.place.guild
        await self.sandbox.permit(guild, guild, permissions)
        await self.sandbox.permit_bot(guild, permissions)

    def path(self, template: str) -> str:
        names = {
            "guild": self.place.guild.id,
            "channel": self.place.channel.id,
            "forum": self.place.forum.id,
            "thread": self.thread.id,
            "hers": self.hers.id,
            "own": self.own,
            "ada": self.place.ada.id,
        }
        return template.format(**names)


@pytest.fixture
async def scene(sandbox: Sandbox, place: Place, raw: Raw) -> Scene:
    return await Scene(sandbox, place).build(raw)


READS = [
    "/channels/{channel}",
    "/channels/{thread}",
    "/channels/{channel}/messages",
    "/channels/{thread}/messages",
    "/channels/{thread}/messages/{hers}",
    "/channels/{channel}/threads/archived/public",
]


@pytest.mark.parametrize("template", READS)
async def test_what_the_bot_cannot_see_it_cannot_read(
    scene: Scene, raw: Raw, template: str
) -> None:
    await scene.leave_only(WHOLE & ~P.VIEW_CHANNEL)
    assert (await raw("GET", scene.path(template))).refused == HIDDEN


WRITES = [
    ("POST", "/channels/{channel}/messages", {"content": "x"}),
    ("POST", "/channels/{thread}/messages", {"content": "x"}),
    ("PATCH", "/channels/{thread}/messages/{own}", {"content": "x"}),
    ("DELETE", "/channels/{thread}/messages/{own}", None),
    ("DELETE", "/channels/{thread}/messages/{hers}", None),
    ("POST", "/channels/{channel}/threads", {"name": "x", "type": 11}),
    ("POST", "/channels/{forum}/threads", {"name": "x", "message": {"content": "x"}}),
    ("PATCH", "/channels/{thread}", {"name": "x"}),
]


@pytest.mark.parametrize(("method", "template", "body"), WRITES)
async def test_what_the_bot_cannot_see_it_cannot_change(
    scene: Scene, raw: Raw, method: str, template: str, body: object
) -> None:
    await scene.leave_only(WHOLE & ~P.VIEW_CHANNEL)
    assert (await raw(method, scene.path(template), body)).refused == HIDDEN


@pytest.mark.parametrize(
    ("missing", "method", "template", "body", "refused"),
    [
        (P.READ_MESSAGE_HISTORY, "GET", "/channels/{thread}/messages/{hers}", None, HIDDEN),
        (P.READ_MESSAGE_HISTORY, "GET", READS[5], None, REFUSED),
        (P.SEND_MESSAGES, "POST", "/channels/{channel}/messages", {"content": "x"}, REFUSED),
        (P.SEND_MESSAGES, *WRITES[6], REFUSED),
        (P.SEND_MESSAGES_IN_THREADS, "POST", WRITES[1][1], {"content": "x"}, REFUSED),
        (P.EMBED_LINKS, "POST", WRITES[1][1], {"embeds": [{"title": "x"}]}, REFUSED),
        (P.CREATE_PUBLIC_THREADS, *WRITES[5], REFUSED),
        (P.MANAGE_THREADS, "PATCH", "/channels/{thread}", {"locked": True}, REFUSED),
        (P.MANAGE_THREADS, "PATCH", "/channels/{thread}", {"name": "x"}, REFUSED),
        (P.MANAGE_MESSAGES, "DELETE", "/channels/{thread}/messages/{hers}", None, REFUSED),
    ],
)
async def test_a_right_that_is_missing_is_named_by_its_code(
    scene: Scene,
    raw: Raw,
    missing: Permission,
    method: str,
    template: str,
    body: object,
    refused: tuple[int, int],
) -> None:
    most = WHOLE | P.MANAGE_MESSAGES
    await scene.leave_only(most & ~missing)
    assert (await raw(method, scene.path(template), body)).refused == refused
    await scene.leave_only(most)
    assert (await raw(method, scene.path(template), body)).status < 300


async def test_without_history_the_past_is_empty_and_no_refusal(scene: Scene, raw: Raw) -> None:
    path = scene.path("/channels/{thread}/messages")
    assert (await raw("GET", path)).body != []
    await scene.leave_only(WHOLE & ~P.READ_MESSAGE_HISTORY)
    reply = await raw("GET", path)
    assert (reply.status, reply.body) == (200, [])
    assert (await raw("POST", path, {"content": "Unread"})).status == 200


async def test_without_history_live_messages_are_heard_all_the_same(scene: Scene, raw: Raw) -> None:
    await scene.leave_only(WHOLE & ~P.READ_MESSAGE_HISTORY)
    sent = await raw("POST", scene.path("/channels/{thread}/messages"), {"content": "x"})
    assert sent.status == 200
    reply = {"content": "x", "message_reference": {"message_id": str(scene.hers.id)}}
    refused = await raw("POST", scene.path("/channels/{thread}/messages"), reply)
    assert refused.refused == (400, 160002)


async def test_the_active_threads_of_a_guild_are_those_the_bot_sees(scene: Scene, raw: Raw) -> None:
    post = await scene.place.ada.start_post(scene.place.forum, "Night", "text")
    path = scene.path("/guilds/{guild}/threads/active")

    async def listed() -> set[int]:
        return {int(each["id"]) for each in (await raw("GET", path)).body["threads"]}

    assert await listed() == {scene.thread.id, post.id}
    await scene.sandbox.deny_bot(scene.place.channel, P.VIEW_CHANNEL)
    assert await listed() == {post.id}


async def test_who_may_not_write_may_not_embed_or_mention_everyone(scene: Scene, raw: Raw) -> None:
    del raw
    guild, bot = scene.place.guild, await scene.sandbox.get("bot")
    viewer = {"channel": scene.place.channel.id, "as": bot["id"]}
    writing = P.EMBED_LINKS | P.ATTACH_FILES | P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES
    every = WHOLE | writing
    await scene.leave_only(every & ~P.SEND_MESSAGES)
    shown = await scene.sandbox.get("channel", **viewer)
    assert int(shown["permissions"]) & writing == 0
    thread = await scene.sandbox.get("channel", **viewer | {"channel": scene.thread.id})
    assert int(thread["permissions"]) & writing == writing
    await scene.leave_only(every & ~P.SEND_MESSAGES_IN_THREADS)
    thread = await scene.sandbox.get("channel", **viewer | {"channel": scene.thread.id})
    assert int(thread["permissions"]) & writing == 0
    assert int((await scene.sandbox.get("roles", guild=guild.id))[0]["permissions"]) & writing


async def test_roles_above_the_bot_are_out_of_its_hands(scene: Scene, raw: Raw) -> None:
    place, sandbox = scene.place, scene.sandbox
    await scene.leave_only(WHOLE | P.MANAGE_ROLES)
    below = await sandbox.role(place.guild, "Below")
    roles = scene.path("/guilds/{guild}/members/{ada}/roles/")
    assert (await raw("PUT", f"{roles}{below.id}")).status == 204
    guild = sandbox.state.guilds[place.guild.id]
    guild.roles[below.id].position = 9
    assert (await raw("DELETE", f"{roles}{below.id}")).refused == REFUSED


@pytest.mark.parametrize("whose", ["own", "hers"])
async def test_a_locked_thread_lets_only_moderators_change_its_messages(
    scene: Scene, raw: Raw, whose: str
) -> None:
    await scene.leave_only(WHOLE & ~P.MANAGE_THREADS | P.MANAGE_MESSAGES)
    await scene.place.mo.lock(scene.thread)
    path = scene.path("/channels/{thread}/messages/{" + whose + "}")
    body = {"flags": 4} if whose == "hers" else {"content": "x"}
    assert (await raw("PATCH", path, body)).refused == (400, 160005)
    await scene.leave_only(WHOLE | P.MANAGE_MESSAGES)
    assert (await raw("PATCH", path, body)).status == 200
    await scene.leave_only(WHOLE & ~P.MANAGE_THREADS | P.MANAGE_MESSAGES)
    assert (await raw("DELETE", path)).status == 204


async def test_a_thread_that_is_locked_and_archived_lets_go_of_nothing(
    scene: Scene, raw: Raw
) -> None:
    await scene.leave_only(WHOLE & ~P.MANAGE_THREADS)
    await scene.place.mo.change_thread(scene.thread, archived=True, locked=True)
    path = scene.path("/channels/{thread}/messages/{own}")
    assert (await raw("DELETE", path)).refused == (400, 50083)
    await scene.place.mo.change_thread(scene.thread, locked=False)
    assert (await raw("DELETE", path)).status == 204
