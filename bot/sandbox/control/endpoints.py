"""The table of the control API's endpoints, filled by the modules beside this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services

Answer = JSON | list[Value] | None
Run = Callable[["Services", "Args"], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A function and its method: GET if it only reads, POST if it acts."""

    name: str
    method: str
    run: Run


ENDPOINTS: dict[str, Endpoint] = {}


def get(run: Run) -> Run:
    """Register a function as a GET under its name."""
    return _register(run, "GET")


def post(run: Run) -> Run:
    """Register a function as a POST under its name."""
    return _register(run, "POST")


def _register(run: Run, method: str) -> Run:
    name = getattr(run, "__name__", "")
    ENDPOINTS[name] = Endpoint(name, method, run)
    return run
