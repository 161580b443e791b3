"""The tour that plays, the wish to end it, and what the bot has stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.control.endpoints import Answer, get, post

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services


@get
def tour(services: Services, args: Args) -> Answer:
    """Return the last caption and whether more are to come; and what can be looked at."""
    del args
    offered = {"stored": services.tour.has_stored, "report": services.tour.has_report}
    return services.tour.view() | offered


@post
def stop_tour(services: Services, args: Args) -> Answer:
    """End the tour after its present step."""
    del args
    services.tour.stop()
    return None


@get
async def stored(services: Services, args: Args) -> Answer:
    """Return what the bot has stored: rows by table."""
    del args
    return await services.tour.stored()
