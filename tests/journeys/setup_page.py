"""The page of `/setup`, used as a manager uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.journeys.stage import Stage, message_of

if TYPE_CHECKING:
    from bot.sandbox import Answer, Message, Person

ACTS = "select actor_id, act, detail from audit order by id"


async def open_page(stage: Stage, who: Person | None = None, page: str = "Place") -> Message:
    message = message_of(await (who or stage.mo).command(stage.text, "setup"))
    assert message.ephemeral
    if page != "Place":
        await press(stage, message, page)
    return message


def edited(page: Message) -> object:
    """Return when a page was changed last."""
    return page.raw["edited_timestamp"]


async def press(stage: Stage, page: Message, label: str, who: Person | None = None) -> Answer:
    """Press a button of the page and wait for what comes of it."""
    button = next(one for one in page.buttons if one == label or one.startswith(f"{label} ("))
    before = edited(page)
    answer = await (who or stage.mo).click(page, label=button)
    assert not answer.failed
    if answer.modal is None:
        await stage.sandbox.until(lambda: edited(page) != before or answer.followups)
    return answer


async def choose(stage: Stage, page: Message, key: str, *values: str) -> Answer:
    before = edited(page)
    ids = [str(one.get("custom_id", "")) for one in page.components]
    custom_id = next(one for one in ids if one.endswith(f":{key}"))
    answer = await stage.mo.select(page, list(values), custom_id=custom_id)
    await stage.sandbox.until(lambda: edited(page) != before or answer.followups)
    return answer


async def fill(stage: Stage, page: Message, label: str, values: dict[str, Any]) -> Answer:
    opened = await press(stage, page, label)
    before = edited(page)
    done = await stage.mo.submit(opened, values)
    await stage.sandbox.until(lambda: edited(page) != before or done.followups)
    return done


def tags_now(stage: Stage) -> dict[str, int]:
    """Return the forum's tags as they are now, by name."""
    return {one.name: one.id for one in stage.sandbox.state.channels[stage.forum.id].tags.values()}


def acts(stage: Stage) -> list[str]:
    assert {(who, act) for who, act, _ in stage.rows(ACTS)} <= {(stage.mo.id, "set up")}
    return [detail for _, _, detail in stage.rows(ACTS)]


def channel_of(stage: Stage, columns: str) -> tuple[Any, ...]:
    [row] = stage.rows(f"select {columns} from channels where closed_at is null")  # noqa: S608  # our own names
    return row
