from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.actions.interactions.lifecycle import ALLOWED
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.callbacks import check_callback
from bot.sandbox.validation.channels import CHANNEL_PATCH, FORUM_POST, THREAD_PATCH
from bot.sandbox.validation.commands import check_commands
from bot.sandbox.validation.messages import FIELDS, check_message

EXAMPLES = 25
NAMES = st.sampled_from(
    sorted(
        {name for fields in FIELDS.values() for name in fields}
        | set(CHANNEL_PATCH)
        | {"type", "data", "components", "custom_id", "style", "label", "url", "options", "value"}
        | {"name", "description", "component", "title", "choices"}
        | {"required", "fields", "footer", "author", "parse", "users", "roles", "message_id"}
    )
)
SCALARS = st.none() | st.booleans() | st.integers(-1, 30) | st.text(max_size=3) | st.floats()
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=6,
)
BODIES = st.dictionaries(NAMES, JSON, max_size=5)


@settings(max_examples=EXAMPLES)
@given(BODIES | JSON, st.sampled_from(sorted(FIELDS)))
def test_any_body_is_a_message_or_a_refusal(body: Any, where: str) -> None:
    with suppress(DiscordError):
        check_message(body, where)


@settings(max_examples=EXAMPLES)
@given(BODIES | JSON, st.sampled_from(sorted(ALLOWED)), st.integers(1, 9))
def test_any_body_is_an_answer_or_a_refusal(body: Any, kind: Any, number: int) -> None:
    with suppress(DiscordError):
        check_callback({"data": body}, ALLOWED[kind], 0)
    with suppress(DiscordError):
        check_callback({"type": number, "data": body}, ALLOWED[kind], 0)


@settings(max_examples=EXAMPLES)
@given(st.lists(BODIES, max_size=3) | JSON)
def test_any_body_is_a_list_of_commands_or_a_refusal(body: Any) -> None:
    with suppress(DiscordError):
        check_commands(body)


@settings(max_examples=EXAMPLES)
@given(BODIES, st.sampled_from([CHANNEL_PATCH, THREAD_PATCH, FORUM_POST]))
def test_any_body_is_a_change_or_a_refusal(body: dict[str, Any], fields: Any) -> None:
    with suppress(DiscordError):
        check_body(body, fields)
