"""What members do to make the bot answer, and waiting for the answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.sandbox.actions.interactions import invocations, lifecycle
from bot.sandbox.actions.interactions.localised import in_locale
from bot.sandbox.control.endpoints import Answer, get, post
from bot.sandbox.state.errors import RefusedError

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services

LONGEST_WAIT = 60.0


@post
def command(services: Services, args: Args) -> Answer:
    """Run the slash command ``name`` in ``channel`` with ``options``.

    A subcommand's name follows its command's, as in ``thread close``.
    """
    options = dict(args.get("options") or {})
    return lifecycle.view(
        invocations.run_command(
            services.state, args.actor(), args.channel(), args.text("name"), options
        )
    )


@post
def complete(services: Services, args: Args) -> Answer:
    """Type ``text`` into ``option`` of the command ``name``; ``options`` are the others."""
    return lifecycle.view(
        invocations.autocomplete(
            services.state,
            args.actor(),
            args.channel(),
            args.text("name"),
            args.text("option"),
            args.text("text"),
            dict(args.get("options") or {}),
        )
    )


@post
def menu(services: Services, args: Args) -> Answer:
    """Use the message command ``name`` on ``message``."""
    return lifecycle.view(
        invocations.use_menu(services.state, args.actor(), args.message(), args.text("name"))
    )


@post
def click(services: Services, args: Args) -> Answer:
    """Press a button of ``message``, by ``custom_id`` or ``label``, with ``client``."""
    return lifecycle.view(
        invocations.click(
            services.state,
            args.actor(),
            args.message(),
            custom_id=args.get("custom_id"),
            label=args.get("label"),
            client=args.client(),
        )
    )


@post
def select(services: Services, args: Args) -> Answer:
    """Choose ``values`` in a select of ``message``, its first or that with ``custom_id``."""
    return lifecycle.view(
        invocations.select(
            services.state,
            args.actor(),
            args.message(),
            [str(each) for each in args.get("values") or []],
            custom_id=args.get("custom_id"),
            client=args.client(),
        )
    )


@post
def submit(services: Services, args: Args) -> Answer:
    """Send the form that ``interaction`` opened, with ``values`` by label or custom_id."""
    opened_by = args.interaction()
    member = args.member(opened_by.channel.guild)
    values = dict(args.get("values") or {})
    return lifecycle.view(invocations.submit(services.state, member, opened_by, values))


@post
def deliver_again(services: Services, args: Args) -> Answer:
    """Tell the bot of ``interaction`` once more, word for word, however long it is over."""
    invocations.deliver(services.state, args.interaction())
    return None


@post
def close_form(services: Services, args: Args) -> Answer:
    """Close the form that ``interaction`` opened; the bot does not hear of it."""
    del services
    opened_by = args.interaction()
    if opened_by.member.user.id != args.ident("as"):
        raise RefusedError("There is no such form open.")
    opened_by.modal = None
    return None


@get
async def answer(services: Services, args: Args) -> Answer:
    """Return ``interaction``, after ``wait`` ("first" answer or "filled") or ``timeout``."""
    del services
    interaction = args.interaction()
    event = interaction.first if args.get("wait") == "first" else interaction.filled
    seconds = min(args.number("timeout", 10), LONGEST_WAIT)
    if args.has("wait"):
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
    return lifecycle.view(interaction)


@get
def commands(services: Services, args: Args) -> Answer:
    """Return the commands that a member is offered in ``channel``, as their client shows them."""
    member = args.actor()
    offered = invocations.commands_for(services.state, member, args.channel())
    return [in_locale(each, member.user.locale) for each in offered]
