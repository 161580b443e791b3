"""The parts of one sandbox, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.faults.faults import Faults
from bot.sandbox.gateway.gateway import Gateway
from bot.sandbox.gateway.streams import Streams
from bot.sandbox.page.tour import Tour
from bot.sandbox.rest.rate_limits import RateLimits
from bot.sandbox.state.request_log import RequestLog

if TYPE_CHECKING:
    from bot.sandbox.state.state import State


@dataclass(slots=True)
class Services:
    """The state and everything that projects, disturbs or records it."""

    state: State
    faults: Faults
    requests: RequestLog
    rate_limits: RateLimits
    gateway: Gateway
    streams: Streams
    tour: Tour

    @classmethod
    def build(cls, state: State) -> Services:
        """Return the parts around a state."""
        faults, requests = Faults(), RequestLog()
        gateway = Gateway(state, faults, requests)
        streams = Streams(state, requests)
        limits, tour = RateLimits(state.limits), Tour(streams)
        return cls(state, faults, requests, limits, gateway, streams, tour)
