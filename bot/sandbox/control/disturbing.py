"""Faults, the request log and the gateway's sockets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox import payloads
from bot.sandbox.acts import messages
from bot.sandbox.control.verbs import Answer, acts, reads
from bot.sandbox.errors import TEXTS, RefusedError
from bot.sandbox.faults import EventFault, EventKind, Fault, Kind
from bot.sandbox.lies import Lie, LieKind, Subject

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.machine import Machine


K = TypeVar("K", Kind, EventKind, LieKind, Subject)


@acts
def fault(machine: Machine, args: Args) -> Answer:
    """Let ``times`` requests with ``method`` and ``path`` (regex) meet ``kind``, after ``skip``.

    ``status``, ``seconds``, and for a refusal its ``code`` and the ``field`` it is about.
    """
    _require_patterns(args, "path", "method")
    machine.faults.add(
        Fault(
            _kind(Kind, args),
            args.get("method", ".*"),
            args.get("path", ""),
            int(args.number("times", 1)),
            int(args.number("status", 0)),
            args.number("seconds", 1.0),
            int(args.number("skip", 0)),
            _code(args),
            args.get("field", ""),
        )
    )
    return None


def _code(args: Args) -> int:
    code = int(args.number("code", 0))
    if code not in TEXTS and (code or args.get("kind") == Kind.REFUSE):
        raise RefusedError(f"The sandbox knows no text for the code {code}: bot/sandbox/errors.py.")
    return code


@acts
def lie(machine: Machine, args: Args) -> Answer:
    """Let the next ``times`` answers ``about`` something say ``kind``, after ``skip`` true ones.

    ``place`` is the channel, or the guild for active threads; ``seed`` draws what is random.
    """
    machine.faults.add(
        Lie(
            _kind(LieKind, args),
            _kind(Subject, args, "about"),
            args.ident("place") if args.has("place") else None,
            int(args.number("times", 1)),
            int(args.number("skip", 0)),
            int(args.number("seed", 0)),
        )
    )
    return None


@acts
def spoil(machine: Machine, args: Args) -> Answer:
    """Let the bot get ``message`` of ``channel`` without ``keys`` from now on; [] heals it."""
    message, keys = args.message(), args.names("keys")
    unknown = keys - set(payloads.message_event(message, message.author.id))
    if unknown:
        raise RefusedError(f"That message has no key {', '.join(sorted(unknown))}.")
    messages.spoil(machine.state, message, keys)
    return None


@acts
def event_fault(machine: Machine, args: Args) -> Answer:
    """Let the next ``times`` events be duplicated, shuffled or delayed: ``kind``.

    Only those with ``name``, a regular expression.
    """
    _require_patterns(args, "name")
    machine.faults.add(
        EventFault(
            _kind(EventKind, args),
            int(args.number("times", 1)),
            int(args.number("copies", 1)),
            args.number("seconds", 0.1),
            args.get("name", ".*"),
        )
    )
    return None


def _require_patterns(args: Args, *names: str) -> None:
    for name in names:
        try:
            re.compile(args.get(name, ""))
        except re.error as error:
            raise RefusedError(f"Say {name} as a regular expression: {error}.") from None


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


def _kind(kinds: type[K], args: Args, name: str = "kind") -> K:
    try:
        return kinds(args.text(name))
    except ValueError:
        raise RefusedError(f"A fault's {name} is one of {', '.join(kinds)}.") from None
