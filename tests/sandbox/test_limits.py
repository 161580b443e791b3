from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def button(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "b", "custom_id": f"c{number}"} | changes


def select(options: int, **changes: Any) -> dict[str, Any]:
    offered = [{"label": str(n), "value": str(n)} for n in range(options)]
    return {"type": 3, "custom_id": "s", "options": offered} | changes


def inside(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [row(*components)]}


FIRST = "components.0.components.0"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"content": "\N{WINKING FACE}" * 2001}, "content"),
        ({"content": 7}, "content"),
        ({"content": "x", "nonce": "n" * 26}, "nonce"),
        ({"content": "x", "flags": 64}, "flags"),
        ({"embeds": [{"title": "t"}] * 11}, "embeds"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
        ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
        ({"embeds": [{"fields": [{"name": "", "value": "x"}]}]}, "embeds.0.fields.0.name"),
        ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields"),
        ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
        ({"embeds": [{"url": "javascript:alert(1)"}]}, "embeds.0.url"),
        ({"embeds": [{"url": "http://localhost:1313/"}]}, "embeds.0.url"),
        ({"embeds": [{"image": {"url": "http://blog/"}}]}, "embeds.0.image.url"),
        (inside({"type": 2, "style": 5, "label": "b", "url": "http://blog:8080/"}), FIRST + ".url"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
        ({"content": "x", "components": [row(button())] * 6}, "components"),
        (inside(*[button(n) for n in range(6)]), "components.0.components"),
        (inside(button(), select(1)), "components.0.components"),
        (inside(button(), button()), "components"),
        (inside(button(label="x" * 81)), FIRST + ".label"),
        (inside(button(custom_id="x" * 101)), FIRST + ".custom_id"),
        (inside(button(url="https://e.org")), FIRST + ".custom_id"),
        (inside(button(style=5)), FIRST),
        (inside(select(26)), FIRST + ".options"),
        ({"content": "x", "components": [button()]}, "components.0.type"),
        ({"content": "x", "components": [{"type": 10, "content": "x"}]}, "components.0.type"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions.users",
        ),
        ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0"),
        ({"content": "x", "message_reference": {"message_id": "1"}}, "message_reference"),
    ],
)  # fmt: skip
async def test_a_message_beyond_a_limit_is_refused_at_its_place(
    sandbox: Sandbox, place: Place, raw: Raw, body: dict[str, Any], where: str
) -> None:
    answer = await refused(raw, place, body)
    assert (answer["code"], answer["message"]) == (50035, "Invalid Form Body")
    node = answer["errors"]
    for step in where.split("."):
        node = node[step]
    assert node["_errors"][0]["code"]
    assert await sandbox.messages_in(place.channel) == []


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        {"content": "\N{WINKING FACE}" * 2000},
        {"embeds": [{"description": "x" * 3000}] * 2},
        {
            "content": "x",
            "components": [row(*[button(n + 5 * r) for n in range(5)]) for r in range(5)],
        },
        inside(select(25)),
        {"embeds": [{"title": "t", "url": "http://127.0.0.1:1313/"}]},
        {"content": "x", "nonce": "n" * 25, "enforce_nonce": True},
    ],
)  # fmt: skip
async def test_a_message_at_a_limit_is_taken(
    sandbox: Sandbox, place: Place, raw: Raw, body: dict[str, Any]
) -> None:
    assert (await raw("POST", f"/channels/{place.channel.id}/messages", body)).status == 200
    assert len(await sandbox.messages_in(place.channel)) == 1


async def test_discord_py_shows_where_a_body_is_wrong(place: Place, start: Start) -> None:
    probe = await start()
    with pytest.raises(discord.HTTPException) as error:
        await probe.text(place.channel).send("x" * 2001)
    assert error.value.code == 50035
    assert "content: Must be 2000 or fewer in length." in error.value.text


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": []}, "content"),
        ({"content": "x", "tts": "yes"}, "tts"),
        ({"content": "x", "flags": "many"}, "flags"),
        ({"content": "x", "flags": -1}, "flags"),
        ({"content": "x", "nonce": 1 << 63}, "nonce"),
        ({"content": "x", "embeds": "none"}, "embeds"),
        ({"content": "x", "embeds": ["none"]}, "embeds"),
        ({"content": "x", "embeds": [{"color": 1 << 24}]}, "embeds"),
        ({"content": "x", "message_reference": {}}, "message_reference"),
        ({"content": "x", "message_reference": {"message_id": "abc"}}, "message_reference"),
        ({"content": "x", "components": [{"type": 99}]}, "components"),
        ({"content": "x", "components": [7]}, "components"),
    ],
)
async def test_a_value_of_the_wrong_type_is_refused(
    raw: Raw, place: Place, body: dict[str, Any], where: str
) -> None:
    answer = await refused(raw, place, body)
    assert answer["code"] == 50035
    assert list(answer["errors"]) == [where]


@pytest.mark.parametrize("body", [b"{", b"[]", b"7"])
async def test_a_body_that_is_no_object_is_refused(raw: Raw, place: Place, body: bytes) -> None:
    assert (await refused(raw, place, body))["code"] == 50109


@pytest.mark.parametrize("body", [{}, {"content": "  \n"}, {"embeds": []}])
async def test_an_empty_message_is_refused(raw: Raw, place: Place, body: dict[str, Any]) -> None:
    assert (await refused(raw, place, body))["code"] == 50006


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"embeds": [{"titel": "t"}]}, "embeds.0.titel"),
        ({"components": [{"type": 17, "components": []}]}, "component type 17"),
    ],
)
async def test_what_is_not_served_is_refused_by_name(
    sandbox: Sandbox, place: Place, raw: Raw, part: dict[str, Any], name: str
) -> None:
    answer = await refused(raw, place, {"content": "x"} | part)
    assert name in answer["message"]
    assert sandbox.unknown == [f"POST /channels/{place.channel.id}/messages: {name}"]
    sandbox.requests.clear()


async def test_an_unknown_route_and_query_are_refused_by_name(
    sandbox: Sandbox, place: Place, raw: Raw
) -> None:
    path = f"/channels/{place.channel.id}"
    reply = await raw("GET", f"{path}/nonsense")
    assert reply.refused == (404, 0)
    assert f"GET {path}/nonsense" in reply.body["message"]
    reply = await raw("GET", f"{path}/messages?limt=3")
    assert reply.status == 400
    assert "limt" in reply.body["message"]
    assert len(sandbox.unknown) == 2
    sandbox.requests.clear()


@pytest.mark.parametrize("token", [None, "Bot wrong", "wrong"])
async def test_a_wrong_token_is_refused(sandbox: Sandbox, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": token}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{sandbox.api}/users/@me") as reply,
    ):
        assert reply.status == 401
        assert reply.headers["Content-Type"] == "application/json"
        assert await reply.json() == {"message": "401: Unauthorized", "code": 0}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/1", 10003),
        ("/guilds/1/channels", 10004),
        ("/channels/{channel}/messages/1", 10008),
        ("/channels/{forum}/messages", 50008),
        ("/channels/abc", 50035),
        ("/channels/{channel}/messages?limit=101", 50035),
        ("/channels/{channel}/threads/archived/public?limit=1", 50035),
    ],
)
async def test_what_is_not_there_has_its_code(raw: Raw, place: Place, path: str, code: int) -> None:
    reply = await raw("GET", path.format(channel=place.channel.id, forum=place.forum.id))
    assert reply.code == code
    assert reply.status in {400, 404}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"name": "Post"}, "0.name"),
        ({"name": "x" * 33}, "0.name"),
        ({"name": "two words"}, "0.name"),
        ({"description": ""}, "0.description"),
        ({"description": "x" * 101}, "0.description"),
        ({"options": [{"type": 3, "name": "a", "description": "d"}] * 26}, "0.options"),
        (
            {"options": [{"type": 3, "name": "a", "description": "d"},
                         {"type": 3, "name": "b", "description": "d", "required": True}]},
            "0.options.1",
        ),
        (
            {"options": [{"type": 3, "name": "a", "description": "d", "autocomplete": True,
                          "choices": [{"name": "x", "value": "x"}]}]},
            "0.options.0.choices",
        ),
        (
            {"options": [{"type": 5, "name": "a", "description": "d",
                          "choices": [{"name": "x", "value": "x"}]}]},
            "0.options.0.choices",
        ),
        (
            {"options": [{"type": 5, "name": "a", "description": "d", "autocomplete": True}]},
            "0.options.0.autocomplete",
        ),
        (
            {"options": [{"type": 3, "name": f"o{n}", "description": "d" * 100,
                          "choices": [{"name": "n" * 90 + str(m), "value": "v" * 90}
                                      for m in range(25)]} for n in range(2)]},
            "0",
        ),
    ],
)  # fmt: skip
async def test_a_command_beyond_a_limit_is_refused_at_its_place(
    sandbox: Sandbox, raw: Raw, changes: dict[str, Any], where: str
) -> None:
    path = f"/applications/{sandbox.state.application.id}/commands"
    reply = await raw("PUT", path, [{"name": "post", "description": "d"} | changes])
    assert reply.refused == (400, 50035)
    node = reply.body["errors"]
    for step in where.split("."):
        node = node[step]
    assert node["_errors"]


async def test_commands_are_replaced_and_keep_their_ids(sandbox: Sandbox, raw: Raw) -> None:
    path = f"/applications/{sandbox.state.application.id}/commands"
    post, tag = ({"name": name, "description": "d"} for name in ("post", "tag"))
    first = (await raw("PUT", path, [post, tag])).body
    second = (await raw("PUT", path, [post])).body
    assert [each["id"] for each in second] == [first[0]["id"]]
    many = [{"name": f"c{n}", "description": "d"} for n in range(101)]
    assert (await raw("PUT", path, many)).code == 30032


async def refused(raw: Raw, place: Place, body: object) -> dict[str, Any]:
    reply = await raw("POST", f"/channels/{place.channel.id}/messages", body)
    assert reply.status == 400
    error: dict[str, Any] = reply.body
    return error
