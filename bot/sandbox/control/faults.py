"""Faults, the request log and the gateway's sockets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox import serialisation
from bot.sandbox.actions import messages
from bot.sandbox.control.endpoints import Answer, get, post
from bot.sandbox.faults.faults import EventFault, EventKind, Fault, Kind
from bot.sandbox.faults.wrong_answers import Subject, WrongAnswer, WrongAnswerKind
from bot.sandbox.state.errors import TEXTS, RefusedError

if TYPE_CHECKING:
    from bot.sandbox.control.args import Args
    from bot.sandbox.services import Services


K = TypeVar("K", Kind, EventKind, WrongAnswerKind, Subject)


@post
def fault(services: Services, args: Args) -> Answer:
    """Let ``times`` requests with ``method`` and ``path`` (regex) meet ``kind``, after ``skip``.

    ``status``, ``seconds``, and for a refusal its ``code`` and the ``field`` it is about.
    """
    _require_patterns(args, "path", "method")
    services.faults.add(
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
        raise RefusedError(
            f"The sandbox knows no text for the code {code}: bot/sandbox/state/errors.py."
        )
    return code


@post
def wrong_answer(services: Services, args: Args) -> Answer:
    """Let the next ``times`` answers ``about`` something say ``kind``, after ``skip`` true ones.

    ``place`` is the channel, or the guild for active threads; ``seed`` draws what is random.
    """
    services.faults.add(
        WrongAnswer(
            _kind(WrongAnswerKind, args),
            _kind(Subject, args, "about"),
            args.ident("place") if args.has("place") else None,
            int(args.number("times", 1)),
            int(args.number("skip", 0)),
            int(args.number("seed", 0)),
        )
    )
    return None


@post
def drop_keys(services: Services, args: Args) -> Answer:
    """Let the bot get ``message`` of ``channel`` without ``keys`` from now on; [] heals it."""
    message, keys = args.message(), args.names("keys")
    unknown = keys - set(serialisation.message_event(message))
    if unknown:
        raise RefusedError(f"That message has no key {', '.join(sorted(unknown))}.")
    messages.drop_keys(services.state, message, keys)
    return None


@post
def event_fault(services: Services, args: Args) -> Answer:
    """Let the next ``times`` events be duplicated, shuffled or delayed: ``kind``.

    Only those with ``name``, a regular expression.
    """
    _require_patterns(args, "name")
    services.faults.add(
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


@post
def gateway(services: Services, args: Args) -> Answer:
    """Do ``what`` to every socket: drop, reconnect, invalidate (``resumable`` or not)."""
    what = args.text("what")
    if what == "drop":
        hit = services.gateway.drop()
    elif what == "reconnect":
        hit = services.gateway.reconnect()
    elif what == "invalidate":
        hit = services.gateway.invalidate(resumable=args.flag("resumable"))
    else:
        raise RefusedError("The gateway can drop, reconnect or invalidate.")
    return {"sockets": hit}


@post
def clear_faults(services: Services, args: Args) -> Answer:
    """Forget the faults that still wait, and let what is late arrive now."""
    del args
    services.faults.clear()
    return None


@get
def faults(services: Services, args: Args) -> Answer:
    """Return how many faults of each kind have happened."""
    del args
    return {str(kind): times for kind, times in services.faults.happened.items()}


@get
def requests(services: Services, args: Args) -> Answer:
    """Return the last requests without their bodies, counts per route, and what was unknown."""
    limit = int(args.number("limit", 100))
    log = services.requests
    return {
        "last": [each.summary() for each in list(log)[-limit:]],
        "counts": dict(log.counts),
        "unknown": list(log.unknown),
    }


def _kind(kinds: type[K], args: Args, name: str = "kind") -> K:
    try:
        return kinds(args.text(name))
    except ValueError:
        raise RefusedError(f"A fault's {name} is one of {', '.join(kinds)}.") from None
