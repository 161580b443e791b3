from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.actions import guilds
from bot.sandbox.actions.drafts import completed
from bot.sandbox.actions.interactions.command_options import descend, half_typed, typed, wrap
from bot.sandbox.actions.interactions.resolved import Resolved
from bot.sandbox.actions.interactions.submissions import submission
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.models import Guild
from bot.sandbox.state.state import State
from bot.sandbox.validation.body import Form
from bot.sandbox.validation.components import check_modal_components

CHOICES = [{"label": name, "value": name} for name in ("a", "b", "c")]


@pytest.fixture
def guild() -> Guild:
    state = State()
    guild = guilds.create(state, "g")
    guilds.add_member(state, guild, "Ada")
    return guild


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
        (labelled(21, options=CHOICES), {"L": "b"}, {"value": "b"}),
        (labelled(21, options=CHOICES, required=False), {}, {"value": None}),
        (labelled(22, options=CHOICES), {"L": ["a", "c"]}, {"values": ["a", "c"]}),
        (labelled(22, options=CHOICES, required=False), {}, {"values": []}),
        (labelled(3, options=CHOICES), {"L": "a"}, {"values": ["a"]}),
        (labelled(3, options=[CHOICES[0] | {"default": True}]), {}, {"values": ["a"]}),
    ],
)
def test_a_field_is_sent_back_as_discord_sends_it(
    guild: Guild, component: dict[str, Any], values: dict[str, Any], expected: dict[str, Any]
) -> None:
    faults = Form()
    check_modal_components([component], ("components",), faults)
    assert faults.errors == {}
    [sent] = submission(form(component), values, guild)["components"]
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
        (labelled(21, options=CHOICES), {}, "choose one"),
        (labelled(21, options=CHOICES), {"L": "d"}, "not offered"),
        (labelled(22, options=CHOICES, max_values=1), {"L": ["a", "b"]}, "choose 1 to 1"),
        (labelled(3, options=CHOICES), {}, "choose 1 to 1"),
        (labelled(3, options=CHOICES), {"L": ["d"]}, "not offered"),
        (labelled(5), {"L": "1"}, "nothing with the id 1"),
    ],
)
def test_a_client_keeps_a_form_open_that_is_not_filled_in_well(
    guild: Guild, component: dict[str, Any], values: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RefusedError, match=complaint):
        submission(form(component), values, guild)


def test_an_old_form_is_sent_back_in_its_rows(guild: Guild) -> None:
    row = {
        "type": 1,
        "components": [{"type": 4, "custom_id": "c", "label": "Old", "style": 2}],
    }
    [sent] = submission(form(row), {"Old": "text"}, guild)["components"]
    assert sent == {
        "type": 1,
        "id": 1,
        "components": [{"type": 4, "id": 2, "custom_id": "c", "value": "text"}],
    }


def test_text_stands_in_a_submission_without_its_words(guild: Guild) -> None:
    sent = submission(form({"type": 10, "content": "Read me"}, labelled(23)), {}, guild)
    assert sent["components"][0] == {"type": 10, "id": 1}


def test_a_chosen_member_is_resolved(guild: Guild) -> None:
    ada = next(each for each in guild.members.values() if each.display_name == "Ada")
    sent = submission(form(labelled(5)), {"L": str(ada.user.id)}, guild)
    assert sent["components"][0]["component"]["values"] == [str(ada.user.id)]
    assert sent["resolved"]["users"][str(ada.user.id)]["username"] == "ada"


@pytest.mark.parametrize(
    ("component", "where"),
    [
        ({"type": 4, "custom_id": "c", "style": 1}, "0"),
        ({"type": 18, "label": "L", "component": {"type": 10, "content": "x"}}, "0"),
        (labelled(4, style=1, label="own"), "0"),
        (labelled(3, options=CHOICES, disabled=True), "0"),
        (labelled(21, options=CHOICES[:1]), "0"),
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
    {"name": "count", "type": 4, "min_value": 1, "max_value": 9},
    {"name": "on", "type": 5},
    {"name": "kind", "type": 3, "choices": [{"name": "A", "value": "a"}]},
    {"name": "share", "type": 10},
]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"text": "x"}, "2 to 4"),
        ({"text": "xxxxx"}, "2 to 4"),
        ({"count": 10}, "1 to 9"),
        ({"count": 0}, "1 to 9"),
        ({"count": 1.5}, "does not take float"),
        ({"count": True}, "does not take bool"),
        ({"on": 1}, "does not take int"),
        ({"kind": "b"}, "one of A"),
    ],
)
def test_an_option_out_of_range_is_refused(
    guild: Guild, given: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RefusedError, match=complaint):
        typed(OPTIONS, given, Resolved(guild))


def test_options_keep_their_types(guild: Guild) -> None:
    given = {"text": "abc", "count": 3, "on": False, "kind": "a", "share": 0.5}
    sent = typed(OPTIONS, given, Resolved(guild))
    assert {each["name"]: each["value"] for each in sent} == given


def test_autocompletion_marks_the_option_with_the_focus() -> None:
    sent = half_typed(OPTIONS, {"count": 3}, "text", "a")
    assert sent[-1] == {"name": "text", "type": 3, "value": "a", "focused": True}
    with pytest.raises(RefusedError, match="does not autocomplete"):
        half_typed(OPTIONS, {}, "count", "1")


def test_subcommands_are_wrapped_around_their_options() -> None:
    sub = {"name": "show", "type": 1, "options": OPTIONS}
    command = {"name": "posts", "options": [{"name": "all", "type": 2, "options": [sub]}]}
    passed, options = descend(command, ["all", "show"])
    assert options is OPTIONS
    inner = {"name": "show", "type": 1, "options": []}
    assert wrap(passed, []) == [{"name": "all", "type": 2, "options": [inner]}]
    with pytest.raises(RefusedError, match="no subcommand hide"):
        descend(command, ["all", "hide"])
    with pytest.raises(RefusedError, match="needs a subcommand"):
        descend(command, ["all"])
