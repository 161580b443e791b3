"""What REST and the control API share: one state, and all that projects or disturbs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.faults.faults import Faults
from bot.sandbox.gateway.gateway import Gateway
from bot.sandbox.gateway.streams import Streams
from bot.sandbox.page.tour import Tour
from bot.sandbox.state.request_log import RequestLog

if TYPE_CHECKING:
    from bot.sandbox.state.state import State


class Services:
    """The state and everything around it that REST and control reach."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.faults = Faults()
        self.requests = RequestLog()
        self.gateway = Gateway(state, self.faults, self.requests)
        self.streams = Streams(state, self.requests)
        self.tour = Tour(self.streams)
