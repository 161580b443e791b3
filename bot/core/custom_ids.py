"""The custom_ids of buttons, which work after a restart and after a lost database.

A custom_id is ``aw:`` and a verb and its numbers. Numbers are ids that were minted and are never
used again (`mint`), so that a button of a lost database names nothing instead of the wrong thing.
The longest takes 51 of the 100 characters that there are (docs/discord-facts.md#component-limits).
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta

PREFIX = "aw"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
RANDOM_BITS = 22
LATEST = 2**41 - 2**20
"""Milliseconds after `EPOCH`: with them an id fits SQLite's INTEGER, and has room to grow."""

ANSWER = re.compile(r"aw:answer:(?P<prompt>\d+)")
PICK = re.compile(r"aw:pick:(?P<publication>\d+)")
CARD = re.compile(r"aw:card:(?P<publication>\d+):(?P<essay>[0-9a-f]{12})")
EDIT = re.compile(r"aw:edit:(?P<response>\d+):(?P<reader>\d+)")
WITHDRAW = re.compile(r"aw:withdraw:(?P<response>\d+):(?P<reader>\d+)")
READ = re.compile(r"aw:read:(?P<post>\d+):(?P<page>\d+)")
SHOW = re.compile(r"aw:show:(?P<post>\d+)")
SHARE = re.compile(r"aw:share:(?P<post>\d+)")
DISCUSS = re.compile(r"aw:discuss:(?P<post>\d+)")
TAG = re.compile(r"aw:tag:(?P<tag>[0-9a-f]{12}):(?P<page>\d+)")
OPEN = re.compile(r"aw:open:(?P<tag>[0-9a-f]{12})")
RESPONSES = re.compile(r"aw:responses:(?P<essay>\d+):(?P<page>\d+)")
FORGET = re.compile(r"aw:forget:(?P<scope>here|everywhere):(?P<sure>[01])")
KEPT = re.compile(r"aw:kept")
RELEASE = re.compile(r"aw:release:(?P<hold>\d+):(?P<decision>start|shelve)")
MODAL = re.compile(r"aw:modal:(?P<prompt>\d+):(?P<response>\d+)")


def mint(now: datetime, entropy: int) -> int:
    """Return a new id that fits SQLite's INTEGER and sorts by time.

    Args:
        now: Aware; a clock that is wrong and says less than `EPOCH` counts as that, and one that
            says more than has a place in an id, seventy years on, as the most.
        entropy: At least 22 random bits; the rest is ignored.
    """
    milliseconds = min(max(0, (now - EPOCH) // timedelta(milliseconds=1)), LATEST)
    return (milliseconds << RANDOM_BITS) | (entropy & ((1 << RANDOM_BITS) - 1))


def digest(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text of any length."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def nonce(publication: int, kind: str, position: int, since: str = "") -> str:
    """Return the nonce of one message: 24 characters of the 25 that Discord allows.

    It depends on nothing that may change between two attempts, neither language nor content.

    Args:
        since: When it was first attempted: a message that takes the place of one that was removed,
            or that was counted otherwise before the database was lost, is another one.
    """
    step = f"{publication}/{kind}/{position}/{since}"
    return "aw" + hashlib.blake2b(step.encode(), digest_size=11).hexdigest()


def answer(prompt: int) -> str:
    """Answer a prompt."""
    return f"aw:answer:{prompt}"


def pick(publication: int) -> str:
    """Choose which of a publication's prompts to answer."""
    return f"aw:pick:{publication}"


def card(publication: int, essay_key: str) -> str:
    """Read the essay of a starter message. This id is the marker that names the publication.

    It carries a digest of the essay's key too, so that a thread finds its essay again when the
    database is lost.
    """
    return f"aw:card:{publication}:{digest(essay_key)}"


def edit(response: int, reader: int) -> str:
    """Edit a shown answer; the reader's id in it refuses everybody else."""
    return f"aw:edit:{response}:{reader}"


def withdraw(response: int, reader: int) -> str:
    """Withdraw a shown answer."""
    return f"aw:withdraw:{response}:{reader}"


def read(post: int, page: int) -> str:
    """Show a page of a post privately; pages count from 0."""
    return f"aw:read:{post}:{page}"


def show(post: int) -> str:
    """Show a post's private card, as its translation's button does."""
    return f"aw:show:{post}"


def share(post: int) -> str:
    """Put a post's card into the channel."""
    return f"aw:share:{post}"


def discuss(post: int) -> str:
    """Start the thread of a shelved essay."""
    return f"aw:discuss:{post}"


def tag(folded: str, page: int) -> str:
    """Show a page of the essays with a tag; pages count from 0."""
    return f"aw:tag:{digest(folded)}:{page}"


def open_post(folded: str) -> str:
    """Open one of the essays of a tag's list."""
    return f"aw:open:{digest(folded)}"


def responses(essay: int, page: int) -> str:
    """Show an author a page of responses; pages count from 0."""
    return f"aw:responses:{essay}:{page}"


def forget(scope: str, *, sure: bool) -> str:
    """Delete what is kept about a reader, ``here`` or ``everywhere``, once they are sure."""
    return f"aw:forget:{scope}:{int(sure)}"


def kept() -> str:
    """Hand a reader everything that is kept about them."""
    return "aw:kept"


def release(hold: int, decision: str) -> str:
    """Decide about essays that were held back: ``start`` or ``shelve`` them."""
    return f"aw:release:{hold}:{decision}"


def modal(prompt: int, response: int | None) -> str:
    """Submit an answer to a prompt, new or as an edit of a response."""
    return f"aw:modal:{prompt}:{response or 0}"
