"""The table of control verbs, filled by the modules beside this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.wire import JSON, Value

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine

Answer = JSON | list[Value] | None
Verb = Callable[["Machine", "Args"], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A verb, and whether it only reads (GET) or acts (POST)."""

    name: str
    method: str
    run: Verb


VERBS: dict[str, Entry] = {}


def reads(verb: Verb) -> Verb:
    """Register a function as a GET under its name."""
    return _register(verb, "GET")


def acts(verb: Verb) -> Verb:
    """Register a function as a POST under its name."""
    return _register(verb, "POST")


def _register(verb: Verb, method: str) -> Verb:
    name = getattr(verb, "__name__", "")
    VERBS[name] = Entry(name, method, verb)
    return verb
