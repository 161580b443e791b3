from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.actions import guilds
from bot.sandbox.actions.drafts import completed
from bot.sandbox.actions.interactions.command_options import half_typed, typed
from bot.sandbox.actions.interactions.submissions import submission
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.models import Guild
from bot.sandbox.state.state import State
from bot.sandbox.validation.body import Form
from bot.sandbox.validation.components import check_modal_components

CHOICES = [{"label": name, "value": name} for name in ("a", "b", "c")]


@pytest.fixture
def guild() -> Guild:
    return guilds.create(State(), "g")


def labelled(kind: int, **fields: Any) -> dict[str, Any]:
    return {"type": 18, "label": "L", "component": {"type": kind, "custom_id": "c"} | fields}


def form(*components: dict[str, Any]) -> dict[str, Any]:
    return {"title": "t", "custom_id": "f", "components": completed(list(components))}


@pytest.mark.parametrize(
    ("component", "values", "expected"),
    [
        (labelled(4, style=1), {"L": "text"}, {"value": "text"}),
        (labelled(4, style=1), {"c": "text"}, {"value": "text"}),
        (labelled(4, style=1, value="before"), {}, {"value": "before"}),
        (labelled(4, style=1, required=False), {}, {"value": ""}),
        (labelled(4, style=1, required=False, min_length=3), {"L": ""}, {"value": ""}),
        (labelled(23), {}, {"value": False}),
        (labelled(23, default=True), {}, {"value": True}),
        (labelled(23, default=True), {"L": False}, {"value": False}),
        (labelled(3, options=CHOICES, max_values=2), {"L": ["a", "c"]}, {"values": ["a", "c"]}),
        (labelled(3, options=CHOICES, required=False), {}, {"values": []}),
        (labelled(3, options=CHOICES), {"L": "a"}, {"values": ["a"]}),
        (labelled(3, options=[CHOICES[0] | {"default": True}]), {}, {"values": ["a"]}),
    ],
)
def test_a_field_is_sent_back_as_discord_sends_it(
    component: dict[str, Any], values: dict[str, Any], expected: dict[str, Any]
) -> None:
    faults = Form()
    check_modal_components([component], ("components",), faults)
    assert faults.errors == {}
    [sent] = submission(form(component), values)["components"]
    assert sent["type"] == 18
    assert sent["component"] == {
        "type": component["component"]["type"], "id": 2, "custom_id": "c"
    } | expected  # fmt: skip


@pytest.mark.parametrize(
    ("component", "values", "complaint"),
    [
        (labelled(4, style=1), {}, "required"),
        (labelled(4, style=1), {"L": "  "}, "required"),
        (labelled(4, style=1, min_length=3), {"L": "ab"}, "3 to 4000"),
        (labelled(4, style=1, max_length=3), {"L": "abcd"}, "0 to 3"),
        (labelled(4, style=1), {"L": "x", "M": "y"}, "no field M"),
        (labelled(3, options=CHOICES), {"L": ["a", "b"]}, "choose 1 to 1"),
        (labelled(3, options=CHOICES), {}, "choose 1 to 1"),
        (labelled(3, options=CHOICES), {"L": ["d"]}, "not offered"),
    ],
)
def test_a_client_keeps_a_form_open_that_is_not_filled_in_well(
    component: dict[str, Any], values: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RefusedError, match=complaint):
        submission(form(component), values)


def test_text_stands_in_a_submission_without_its_words() -> None:
    sent = submission(form({"type": 10, "content": "Read me"}, labelled(23)), {})
    assert sent["components"][0] == {"type": 10, "id": 1}


@pytest.mark.parametrize(
    ("component", "where"),
    [
        ({"type": 4, "custom_id": "c", "style": 1}, "0"),
        ({"type": 18, "label": "L", "component": {"type": 10, "content": "x"}}, "0"),
        (labelled(4, style=1, label="own"), "0"),
        (labelled(3, options=CHOICES, disabled=True), "0"),
        (labelled(21, options=CHOICES), "0"),
        ({"type": 1, "components": [{"type": 4, "custom_id": "c", "style": 1}]}, "0"),
    ],
)
def test_a_form_that_discord_would_not_show_is_refused(
    component: dict[str, Any], where: str
) -> None:
    faults = Form()
    check_modal_components([component], ("components",), faults)
    assert where in faults.errors["components"]


OPTIONS: list[dict[str, Any]] = [
    {"name": "text", "type": 3, "min_length": 2, "max_length": 4, "autocomplete": True},
    {"name": "where", "type": 7},
    {"name": "kind", "type": 3, "choices": [{"name": "A", "value": "a"}]},
]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"text": "x"}, "2 to 4"),
        ({"text": "xxxxx"}, "2 to 4"),
        ({"text": 1}, "does not take int"),
        ({"where": "1"}, "nothing with the id 1"),
        ({"where": "there"}, "nothing with the id there"),
        ({"kind": "b"}, "one of A"),
    ],
)
def test_an_option_out_of_range_is_refused(
    guild: Guild, given: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RefusedError, match=complaint):
        typed(OPTIONS, given, guild)


def test_autocompletion_marks_the_option_with_the_focus() -> None:
    sent = half_typed(OPTIONS, {"kind": "a"}, "text", "a")
    assert sent[-1] == {"name": "text", "type": 3, "value": "a", "focused": True}
    with pytest.raises(RefusedError, match="does not autocomplete"):
        half_typed(OPTIONS, {}, "kind", "a")
