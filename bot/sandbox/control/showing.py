"""The tour that plays, the wish to end it, and what the bot has stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.control.verbs import Answer, acts, reads

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine


@reads
def tour(machine: Machine, args: Args) -> Answer:
    """Return the last caption and whether more are to come; and whether there is a store."""
    del args
    return machine.show.view() | {"stored": machine.show.has_stored}


@acts
def stop_tour(machine: Machine, args: Args) -> Answer:
    """End the tour after its present step."""
    del args
    machine.show.stop()
    return None


@reads
async def stored(machine: Machine, args: Args) -> Answer:
    """Return what the bot has stored: rows by table."""
    del args
    return await machine.show.stored()
