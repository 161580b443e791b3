"""Checks of an interaction's first answer."""

from __future__ import annotations

from bot.sandbox.state.interactions import CallbackType
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import MessageFlag
from bot.sandbox.validation.body import (
    Form,
    any_record,
    anything,
    listed,
    maybe,
    number,
    one_of,
    record,
    text,
)
from bot.sandbox.validation.commands import CHOICE
from bot.sandbox.validation.components import check_modal_components
from bot.sandbox.validation.messages import check_message

_MODAL = record(
    {"title": text(45, 1), "custom_id": text(100, 1), "components": anything},
    ("title", "custom_id", "components"),
)


def check_callback(body: JSON, allowed: frozenset[CallbackType], files: int) -> CallbackType:
    """Check the body and return its type.

    Raises:
        DiscordError: 50035 for every fault in the data, or a type that cannot answer this.
    """
    form = Form()
    fields = {"type": one_of(*allowed), "data": maybe(any_record)}
    record(fields, ("type",))(body, (), form)
    form.finish()
    kind = CallbackType(body["type"])
    data = body.get("data") or {}
    if kind is CallbackType.MESSAGE:
        check_message(data, "callback", files=files, path=("data",))
    elif kind is CallbackType.UPDATE:
        check_message(data, "edit", files=files, path=("data",))
    elif kind is CallbackType.DEFERRED_MESSAGE:
        record({"flags": number(0)})(data, ("data",), form)
        if not form.errors and data.get("flags", 0) & ~MessageFlag.EPHEMERAL:
            message = "Only EPHEMERAL can be set on a deferred answer"
            form.fail(("data", "flags"), "MESSAGE_FLAGS_INVALID", message)
    elif kind is CallbackType.MODAL:
        _MODAL(data, ("data",), form)
        check_modal_components(data.get("components"), ("data", "components"), form)
    elif kind is CallbackType.CHOICES:
        record({"choices": listed(CHOICE, 25)}, ("choices",))(data, ("data",), form)
    form.finish()
    return kind
