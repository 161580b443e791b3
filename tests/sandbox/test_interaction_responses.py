from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from bot.sandbox.state.interactions import Interaction
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw, Reply


class Answers:
    """Answers by hand, to answer late and twice."""

    def __init__(self, sandbox: Sandbox, place: Place, raw: Raw) -> None:
        self.sandbox = sandbox
        self.place = place
        self.raw = raw
        self.app = sandbox.state.application.id

    async def ask(self) -> Interaction:
        commands = [{"name": "ask", "description": "Ask"}]
        await self.raw("PUT", f"/applications/{self.app}/commands", commands)
        ada = self.place.ada
        raw = await self.sandbox.post(
            "command", channel=self.place.channel.id, name="ask", **{"as": str(ada.id)}
        )
        return self.sandbox.state.interactions[int(raw["id"])]

    async def answer(self, asked: Interaction, body: Any = None) -> Reply:
        body = body or {"type": 4, "data": {"content": "Answer"}}
        return await self.raw("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)

    async def original(self, asked: Interaction, method: str = "GET") -> Reply:
        body = {"content": "edited"} if method == "PATCH" else None
        path = f"/webhooks/{self.app}/{asked.token}/messages/@original"
        return await self.raw(method, path, body)


@pytest.fixture
async def answers(sandbox: Sandbox, place: Place, raw: Raw) -> Answers:
    return Answers(sandbox, place, raw)


async def test_an_interaction_is_answered_once(answers: Answers) -> None:
    asked = await answers.ask()
    assert (await answers.answer(asked)).status == 204
    assert (await answers.answer(asked)).refused == (400, 40060)


async def test_an_answer_after_three_seconds_comes_too_late(answers: Answers) -> None:
    asked = await answers.ask()
    await answers.sandbox.post("advance", seconds=3.1)
    assert (await answers.answer(asked)).refused == (404, 10062)
    assert asked.stage == "failed"


async def test_a_token_lives_for_fifteen_minutes(answers: Answers) -> None:
    asked = await answers.ask()
    await answers.answer(asked)
    assert (await answers.original(asked, "PATCH")).body["content"] == "edited"
    await answers.sandbox.post("advance", seconds=901)
    assert (await answers.original(asked, "PATCH")).refused == (401, 50027)


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
    answers: Answers, body: dict[str, Any], where: str
) -> None:
    asked = await answers.ask()
    reply = await answers.answer(asked, body)
    assert reply.refused == (400, 50035)
    assert where in str(reply.body["errors"])
    assert (await answers.answer(asked)).status == 204


async def test_a_deleted_answer_is_gone(answers: Answers) -> None:
    asked = await answers.ask()
    await answers.answer(asked)
    assert (await answers.original(asked, "DELETE")).status == 204
    assert (await answers.original(asked)).code == 10008


@pytest.mark.parametrize("denied", [Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES])
async def test_answers_take_no_permission_in_the_channel(
    sandbox: Sandbox, place: Place, answers: Answers, denied: Permission
) -> None:
    await sandbox.deny_bot(place.channel, denied)
    asked = await answers.ask()
    body = {"type": 4, "data": {"embeds": [{"title": "An embed too"}]}}
    assert (await answers.answer(asked, body)).status == 204
    assert (await answers.original(asked, "PATCH")).status == 200
    more = {"embeds": [{"title": "More"}]}
    assert (await answers.raw("POST", f"/webhooks/{answers.app}/{asked.token}", more)).status == 200
    assert (await answers.original(asked)).body["content"] == "edited"
    assert (await answers.original(asked, "DELETE")).status == 204
    assert len(await sandbox.messages_in(place.channel)) == 1
