from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from bot.sandbox.state.interactions import Interaction
    from tests.sandbox.probe_bot import Place


class Answers:
    """Answers by hand, to answer late and twice."""

    def __init__(self, sandbox: Sandbox, place: Place) -> None:
        self.sandbox = sandbox
        self.place = place
        self.app = sandbox.state.application.id

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {self.sandbox.token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, self.sandbox.api + path, json=body) as reply,
        ):
            text = await reply.read()
            return reply.status, await reply.json() if text else None

    async def ask(self) -> Interaction:
        commands = [{"name": "ask", "description": "Ask"}]
        await self.call("PUT", f"/applications/{self.app}/commands", commands)
        ada = self.place.ada
        raw = await self.sandbox.post(
            "command", channel=self.place.channel.id, name="ask", **{"as": str(ada.id)}
        )
        return self.sandbox.state.interactions[int(raw["id"])]

    async def answer(self, asked: Interaction, body: Any = None) -> tuple[int, Any]:
        body = body or {"type": 4, "data": {"content": "Answer"}}
        return await self.call("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)

    async def original(self, asked: Interaction, method: str = "GET") -> tuple[int, Any]:
        body = {"content": "edited"} if method == "PATCH" else None
        path = f"/webhooks/{self.app}/{asked.token}/messages/@original"
        return await self.call(method, path, body)


async def test_an_interaction_is_answered_once(sandbox: Sandbox, place: Place) -> None:
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    assert (await answers.answer(asked))[0] == 204
    status, body = await answers.answer(asked)
    assert (status, body["code"]) == (400, 40060)


async def test_an_answer_after_three_seconds_comes_too_late(sandbox: Sandbox, place: Place) -> None:
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    await sandbox.post("advance", seconds=3.1)
    status, body = await answers.answer(asked)
    assert (status, body["code"]) == (404, 10062)
    assert asked.stage == "failed"


async def test_a_token_lives_for_fifteen_minutes(sandbox: Sandbox, place: Place) -> None:
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    await answers.answer(asked)
    assert (await answers.original(asked, "PATCH"))[1]["content"] == "edited"
    await sandbox.post("advance", seconds=901)
    status, body = await answers.original(asked, "PATCH")
    assert (status, body["code"]) == (401, 50027)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"type": 8, "data": {"choices": []}}, "type"),
        ({"type": 5, "data": {"flags": 4}}, "flags"),
        ({"type": 4, "data": {"content": "x" * 2001}}, "content"),
        ({"type": 9, "data": {"title": "t" * 46, "custom_id": "c", "components": []}}, "title"),
        (
            {
                "type": 9,
                "data": {
                    "title": "t",
                    "custom_id": "c",
                    "components": [
                        {"type": 18, "label": "l" * 46,
                         "component": {"type": 4, "custom_id": "x", "style": 1}}
                    ],
                },
            },
            "label",
        ),
        (
            {
                "type": 9,
                "data": {
                    "title": "t",
                    "custom_id": "c",
                    "components": [{"type": 10, "content": "x"}] * 6,
                },
            },
            "components",
        ),
    ],
)  # fmt: skip
async def test_an_answer_beyond_a_limit_is_refused(
    sandbox: Sandbox, place: Place, body: dict[str, Any], where: str
) -> None:
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    status, answer = await answers.answer(asked, body)
    assert (status, answer["code"]) == (400, 50035)
    assert where in str(answer["errors"])
    assert (await answers.answer(asked))[0] == 204


async def test_a_deleted_answer_is_gone(sandbox: Sandbox, place: Place) -> None:
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    await answers.answer(asked)
    assert (await answers.original(asked, "DELETE"))[0] == 204
    assert (await answers.original(asked))[1]["code"] == 10008


@pytest.mark.parametrize("denied", [Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES])
async def test_answers_take_no_permission_in_the_channel(
    sandbox: Sandbox, place: Place, denied: Permission
) -> None:
    await sandbox.deny_bot(place.channel, denied)
    answers = Answers(sandbox, place)
    asked = await answers.ask()
    body = {"type": 4, "data": {"embeds": [{"title": "An embed too"}]}}
    assert (await answers.answer(asked, body))[0] == 204
    assert (await answers.original(asked, "PATCH"))[0] == 200
    more = {"embeds": [{"title": "More"}]}
    assert (await answers.call("POST", f"/webhooks/{answers.app}/{asked.token}", more))[0] == 200
    assert (await answers.original(asked))[1]["content"] == "edited"
    assert (await answers.original(asked, "DELETE"))[0] == 204
    assert len(await sandbox.messages_in(place.channel)) == 1
