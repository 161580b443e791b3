"""The parts of one sandbox, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.faults import Faults
from bot.sandbox.gateway import Gateway
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.requests import Requests
from bot.sandbox.showing import Show
from bot.sandbox.streams import Streams

if TYPE_CHECKING:
    from bot.sandbox.state import State


@dataclass(slots=True)
class Machine:
    """The state and everything that projects, disturbs or records it."""

    state: State
    faults: Faults
    requests: Requests
    rate_limits: RateLimits
    gateway: Gateway
    streams: Streams
    show: Show

    @classmethod
    def build(cls, state: State) -> Machine:
        """Return the parts around a state."""
        faults, requests = Faults(), Requests()
        gateway = Gateway(state, faults, requests)
        streams = Streams(state, requests)
        limits, show = RateLimits(state.limits), Show(streams)
        return cls(state, faults, requests, limits, gateway, streams, show)
