"""Answers to interactions: the callback and the webhook that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.drafts import Draft
from bot.sandbox.actions.interactions import lifecycle, responses
from bot.sandbox.rest.routes import route
from bot.sandbox.state.interactions import CallbackType
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import MessageFlag
from bot.sandbox.validation.callbacks import check_callback
from bot.sandbox.validation.messages import check_message

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call
    from bot.sandbox.state.interactions import Interaction

_WEBHOOK = "/webhooks/{application_id}/{token}"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"
_QUERY = ("wait", "with_components", "thread_id")


@route(
    "POST",
    "/interactions/{interaction_id}/{token}/callback",
    query=("with_response",),
    authorised=False,
)
def answer(call: Call) -> Answer:
    """Take an interaction's first answer; a body comes back only if it was asked for."""
    interaction = lifecycle.waiting(call.state, call.id("interaction_id"), call.params["token"])
    body = call.json()
    allowed = lifecycle.ALLOWED[interaction.type]
    kind = check_callback(body, allowed, len(call.files))
    responses.answer(call.state, interaction, kind, body.get("data") or {}, call.files)
    if call.query.get("with_response") not in {"1", "true", "True"}:
        return None
    return _response(interaction)


def _response(interaction: Interaction) -> JSON:
    body: JSON = {"id": str(interaction.id), "type": int(interaction.type)}
    message = interaction.original
    if message is None:
        return {"interaction": body}
    body |= {
        "response_message_id": str(message.id),
        "response_message_loading": message.has(MessageFlag.LOADING),
        "response_message_ephemeral": message.has(MessageFlag.EPHEMERAL),
    }
    if interaction.callback not in {CallbackType.MESSAGE, CallbackType.UPDATE}:
        return {"interaction": body}
    shown = serialisation.message(message)
    return {"interaction": body, "resource": {"type": interaction.callback, "message": shown}}


def _interaction(call: Call) -> Interaction:
    return lifecycle.living(call.state, call.id("application_id"), call.params["token"])


@route("POST", _WEBHOOK, query=_QUERY, authorised=False)
def follow_up(call: Call) -> Answer:
    """Send one more message."""
    interaction = _interaction(call)
    body = call.json()
    check_message(body, "webhook", files=len(call.files))
    message = responses.follow_up(call.state, interaction, Draft.of(body, call.files))
    return serialisation.message(message)


@route("GET", _MESSAGE, query=_QUERY, authorised=False)
def get_answer(call: Call) -> Answer:
    """Return an answer."""
    message = lifecycle.message_of(call.state, _interaction(call), call.params["message_id"])
    return serialisation.message(message)


@route("PATCH", _MESSAGE, query=_QUERY, authorised=False)
def edit_answer(call: Call) -> Answer:
    """Edit an answer; "thinking" ends with it."""
    interaction = _interaction(call)
    message = lifecycle.message_of(call.state, interaction, call.params["message_id"])
    check_message(call.json(), "edit", files=len(call.files))
    responses.edit(call.state, interaction, message, call.json(), call.files)
    return serialisation.message(message)


@route("DELETE", _MESSAGE, query=_QUERY, authorised=False, status=204)
def delete_answer(call: Call) -> Answer:
    """Delete an answer."""
    interaction = _interaction(call)
    message = lifecycle.message_of(call.state, interaction, call.params["message_id"])
    responses.delete(call.state, interaction, message)
    return None
