"""What members do to make the bot answer, and waiting for the answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.sandbox.acts import interactions, pressing
from bot.sandbox.control.verbs import Answer, acts, reads
from bot.sandbox.errors import RefusedError

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine

LONGEST_WAIT = 60.0


@acts
def command(machine: Machine, args: Args) -> Answer:
    """Run the slash command ``name`` in ``channel`` with ``options``."""
    options = dict(args.get("options") or {})
    return interactions.view(
        pressing.run_command(
            machine.state, args.actor(), args.channel(), args.text("name"), options
        )
    )


@acts
def complete(machine: Machine, args: Args) -> Answer:
    """Type ``text`` into ``option`` of the command ``name``; ``options`` are the others."""
    return interactions.view(
        pressing.autocomplete(
            machine.state,
            args.actor(),
            args.channel(),
            args.text("name"),
            args.text("option"),
            args.text("text"),
            dict(args.get("options") or {}),
        )
    )


@acts
def menu(machine: Machine, args: Args) -> Answer:
    """Use the message command ``name`` on ``message``."""
    return interactions.view(
        pressing.use_menu(machine.state, args.actor(), args.message(), args.text("name"))
    )


@acts
def click(machine: Machine, args: Args) -> Answer:
    """Press a button of ``message``, by ``custom_id`` or ``label``, with ``client``."""
    return interactions.view(
        pressing.click(
            machine.state,
            args.actor(),
            args.message(),
            custom_id=args.get("custom_id"),
            label=args.get("label"),
            client=args.client(),
        )
    )


@acts
def select(machine: Machine, args: Args) -> Answer:
    """Choose ``values`` in a select of ``message``, its first or that with ``custom_id``."""
    return interactions.view(
        pressing.select(
            machine.state,
            args.actor(),
            args.message(),
            [str(each) for each in args.get("values") or []],
            custom_id=args.get("custom_id"),
            client=args.client(),
        )
    )


@acts
def submit(machine: Machine, args: Args) -> Answer:
    """Send the form that ``interaction`` opened, with ``values`` by label or custom_id."""
    opened_by = args.interaction()
    member = args.member(opened_by.channel.guild)
    values = dict(args.get("values") or {})
    return interactions.view(pressing.submit(machine.state, member, opened_by, values))


@acts
def deliver_again(machine: Machine, args: Args) -> Answer:
    """Tell the bot of ``interaction`` once more, word for word, however long it is over."""
    pressing.deliver(machine.state, args.interaction())
    return None


@acts
def close_form(machine: Machine, args: Args) -> Answer:
    """Close the form that ``interaction`` opened; the bot does not hear of it."""
    del machine
    opened_by = args.interaction()
    if opened_by.member.user.id != args.ident("as"):
        raise RefusedError("There is no such form open.")
    opened_by.modal = None
    return None


@reads
async def answer(machine: Machine, args: Args) -> Answer:
    """Return ``interaction``, after ``wait`` ("first" answer or "filled") or ``timeout``."""
    del machine
    interaction = args.interaction()
    event = interaction.first if args.get("wait") == "first" else interaction.filled
    seconds = min(args.number("timeout", 10), LONGEST_WAIT)
    if args.has("wait"):
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
    return interactions.view(interaction)


@reads
def commands(machine: Machine, args: Args) -> Answer:
    """Return the commands that a member is offered in ``channel``."""
    return pressing.commands_for(machine.state, args.actor(), args.channel())
