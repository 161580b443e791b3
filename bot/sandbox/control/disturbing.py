"""Faults, the request log and the gateway's sockets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox.control.verbs import Answer, acts, reads
from bot.sandbox.errors import RefusedError
from bot.sandbox.faults import EventFault, EventKind, Fault, Kind

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine


K = TypeVar("K", Kind, EventKind)


@acts
def fault(machine: Machine, args: Args) -> Answer:
    """Let ``times`` requests with ``method`` and ``path`` (regex) meet ``kind``, after ``skip``."""
    try:
        re.compile(args.get("path", "")), re.compile(args.get("method", ".*"))
    except re.error as error:
        raise RefusedError(f"Say method and path as regular expressions: {error}.") from None
    machine.faults.add(
        Fault(
            _kind(Kind, args),
            args.get("method", ".*"),
            args.get("path", ""),
            int(args.number("times", 1)),
            int(args.number("status", 500)),
            args.number("seconds", 1.0),
            int(args.number("skip", 0)),
        )
    )
    return None


@acts
def event_fault(machine: Machine, args: Args) -> Answer:
    """Let the next ``times`` events be duplicated, shuffled or delayed: ``kind``."""
    machine.faults.add(
        EventFault(
            _kind(EventKind, args),
            int(args.number("times", 1)),
            int(args.number("copies", 1)),
            args.number("seconds", 0.1),
        )
    )
    return None


@acts
def gateway(machine: Machine, args: Args) -> Answer:
    """Do ``what`` to every socket: drop, reconnect, invalidate (``resumable`` or not)."""
    what = args.text("what")
    if what == "drop":
        hit = machine.gateway.drop()
    elif what == "reconnect":
        hit = machine.gateway.reconnect()
    elif what == "invalidate":
        hit = machine.gateway.invalidate(resumable=args.flag("resumable"))
    else:
        raise RefusedError("The gateway can drop, reconnect or invalidate.")
    return {"sockets": hit}


@acts
def clear_faults(machine: Machine, args: Args) -> Answer:
    """Forget the faults that still wait."""
    del args
    machine.faults.clear()
    return None


@reads
def faults(machine: Machine, args: Args) -> Answer:
    """Return how many faults of each kind have happened."""
    del args
    return {str(kind): times for kind, times in machine.faults.happened.items()}


@reads
def requests(machine: Machine, args: Args) -> Answer:
    """Return the last requests without their bodies, counts per route, and what was unknown."""
    limit = int(args.number("limit", 100))
    log = machine.requests
    return {
        "last": [each.summary() for each in list(log)[-limit:]],
        "counts": dict(log.counts),
        "unknown": list(log.unknown),
    }


@acts
def clear_requests(machine: Machine, args: Args) -> Answer:
    """Empty the log."""
    del args
    machine.requests.clear()
    return None


def _kind(kinds: type[K], args: Args) -> K:
    try:
        return kinds(args.text("kind"))
    except ValueError:
        raise RefusedError(f"A fault is one of {', '.join(kinds)}.") from None
