"""Discord's own OpenAPI file as a judge (docs/discord-facts.md#the-openapi-file)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.state.request_log import Request

BESIDE = Path(__file__).parents[2] / ".." / "shared" / "discord-openapi.json"
SMALLEST_SNOWFLAKE = 1 << 53
BY_CALLBACK_TYPE = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


def spec_path() -> Path | None:
    named = os.environ.get("DISCORD_OPENAPI")
    path = Path(named) if named else BESIDE
    return path if path.is_file() else None


class Contract:
    """Validates what went over the wire; unions are narrowed to the branch that is meant."""

    def __init__(self, path: Path) -> None:
        self._spec: dict[str, Any] = orjson.loads(path.read_bytes())
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self._accept_numbers()
        self._accept_media_channels()
        self.checked = 0

    def faults(self, requests: Iterable[Request]) -> list[str]:
        return [fault for each in requests for fault in self._faults_of(each)]

    def _faults_of(self, request: Request) -> list[str]:
        if not 200 <= request.status < 300:
            return []
        self.checked += 1
        found = self._operation(request.method, request.path)
        if found is None:
            return [f"{request.method} {request.route} is not in the file"]
        template, operation = found
        faults = []
        if request.body is not None:
            schema = self._request_schema(template, operation, request)
            faults += self._errors(
                f"{request.method} {template} body", schema, _as_text(request.body)
            )
        answers = operation["responses"]
        if str(request.status) not in answers:
            faults.append(f"{request.method} {template} does not answer {request.status}")
        elif request.answer is not None:
            schema = answers[str(request.status)]["content"]["application/json"]["schema"]
            faults += self._errors(f"{request.method} {template} answer", schema, request.answer)
        return faults

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        steps = path.split("/")
        found = []
        for template, operations in self._spec["paths"].items():
            own = template.split("/")
            same = len(own) == len(steps) and all(
                a.startswith("{") or a == b for a, b in zip(own, steps, strict=True)
            )
            if same and method.lower() in operations:
                found.append((template.count("{"), template, operations[method.lower()]))
        if not found:
            return None
        _, template, operation = min(found, key=lambda each: each[0])
        return template, operation

    def _request_schema(
        self, template: str, operation: dict[str, Any], request: Request
    ) -> dict[str, Any]:
        body = request.body
        name = None
        if template.endswith("/callback"):
            name = BY_CALLBACK_TYPE[body["type"]]
        elif template == "/channels/{channel_id}/threads":
            forum = "message" in body
            name = "CreateForumThreadRequest" if forum else "CreateTextThreadWithoutMessageRequest"
        elif template == "/channels/{channel_id}":
            name = "UpdateThreadRequestPartial"
        if name:
            return {"$ref": f"#/components/schemas/{name}"}
        schema: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["schema"]
        return schema

    def _errors(self, where: str, schema: dict[str, Any], value: object) -> list[str]:
        key = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS).decode()
        if key not in self._validators:
            whole = {**schema, "components": self._spec["components"]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        errors = self._validators[key].iter_errors(value)
        return [
            f"{where} {'/'.join(map(str, each.instance_path))}: {each.message[:300]}"
            for each in errors
        ]

    def _accept_numbers(self) -> None:
        # an upload's id is its number; the docs say "snowflake or number"
        for name, schema in self._spec["components"]["schemas"].items():
            if "Attachment" in name and name.endswith("Request"):
                schema.get("properties", {}).pop("id", None)
        # the docs, and every answer, have permissions as a string, which discord.py sends
        self._spec["components"]["schemas"]["CreateRoleRequest"]["properties"].pop("permissions")

    def _accept_media_channels(self) -> None:
        # the documentation has them, and discord.py offers them wherever it offers forums
        kinds = self._spec["components"]["schemas"]["ChannelTypes"]["oneOf"]
        kinds.append({"title": "GUILD_MEDIA", "const": 16})


def _as_text(value: Any) -> Any:
    # Discord takes a snowflake as a number too, and discord.py sends some so
    if isinstance(value, dict):
        return {name: _as_text(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    is_snowflake = isinstance(value, int) and value > SMALLEST_SNOWFLAKE
    return str(value) if is_snowflake else value
