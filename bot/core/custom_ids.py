"""The custom_ids of buttons, which work after a restart and after a lost database.

A custom_id is ``aw:`` and a verb and its numbers. Numbers are ids that were minted and are never
used again (`mint`), so that a button of a lost database names nothing instead of the wrong thing.
The longest takes 96 of the 100 characters that there are (docs/discord-facts.md#component-limits).
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta

PREFIX = "aw"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
RANDOM_BITS = 22
LATEST = 2**41 - 2**20
"""Milliseconds after `EPOCH`: with them an id fits SQLite's INTEGER, and has room to grow."""

NUMBER, DIGEST = r"\d+", r"[0-9a-f]{12}"
SHORT = r"[0-9a-z]{1,13}"
"""A number in base 36, where many have to fit: 64 bits take thirteen digits (see `short`)."""

SPAN = rf"{NUMBER}(?:-{NUMBER})?"
"""Places that follow each other (see `span`)."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def short(number: int) -> str:
    """Return a number that is not negative in base 36; ``int(text, 36)`` reads it back."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits


def digest(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text of any length."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def span(places: range) -> str:
    """Return places that follow each other, at least one, as a `SPAN`: ``3``, or ``3-5``."""
    return f"{places[0]}" if len(places) == 1 else f"{places[0]}-{places[-1]}"


def places_in(span: str) -> range:
    """Return the places that a `SPAN` names."""
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


class CustomId:
    """A kind of custom_id: makes it for a button, and recognises it when the button is pressed.

    Args:
        verb: What the button does.
        fields: Patterns of the values that follow, by their names in a match.
    """

    def __init__(self, verb: str, **fields: str) -> None:
        self._verb, self._fields = verb, fields
        named = (f"(?P<{name}>{pattern})" for name, pattern in fields.items())
        self.pattern = re.compile(":".join((PREFIX, verb, *named)))

    def __call__(self, *values: int | str) -> str:
        """Return a custom_id with these values; of a text for `DIGEST`, the digest stands in it.

        Raises:
            ValueError: It would not be recognised.
        """
        parts = [PREFIX, self._verb]
        for pattern, value in zip(self._fields.values(), values, strict=True):
            parts.append(digest(str(value)) if pattern == DIGEST else f"{value}")
        custom_id = ":".join(parts)
        if self.fullmatch(custom_id) is None:
            raise ValueError(custom_id)
        return custom_id

    def fullmatch(self, custom_id: str) -> re.Match[str] | None:
        """Return the values of a custom_id by their names; None if it is of another kind."""
        return self.pattern.fullmatch(custom_id)


ANSWER = CustomId("answer", prompt=NUMBER)
"""Answer a prompt."""

PICK = CustomId("pick", publication=NUMBER)
"""Choose which of a publication's prompts to answer; 0 where they are of several."""

CARD = CustomId("card", publication=NUMBER, essay=DIGEST)
"""Read the essay of a starter message. This is the marker that names the publication; by the digest
of its essay's key, a thread finds its essay again when the database is lost.
"""

EDIT = CustomId("edit", response=NUMBER, reader=NUMBER)
WITHDRAW = CustomId("withdraw", response=NUMBER, reader=NUMBER)
"""Edit or withdraw a shown answer; the reader's id in it refuses everybody else."""

READ = CustomId("read", post=NUMBER, page=NUMBER)
"""Show a page of a post privately; pages count from 0, as in all of these."""

SHOW = CustomId("show", post=NUMBER)
"""Show a post's private card, as its translation's button does."""

SHARE = CustomId("share", post=NUMBER)
"""Put a post's card into the channel."""

DISCUSS = CustomId("discuss", post=NUMBER)
"""Start the thread of a shelved essay."""

ASK = CustomId("ask", post=NUMBER)
"""Ask for the thread of a shelved essay."""

REQUEST = CustomId("request", request=NUMBER, decision="discuss|later")
"""Decide about a thread that readers ask for. This is the marker by which the notice is found."""

FOLLOW = CustomId("follow")
"""Choose what to follow, or to follow no longer."""

TAG = CustomId("tag", tag=DIGEST, page=NUMBER)
OPEN = CustomId("open", tag=DIGEST)
"""Show a page of the essays with a tag, by its folded name; open one of these essays."""

QUESTIONS = CustomId("questions", tag=DIGEST, page=NUMBER)
"""Show a page of the open questions, about a tag by its folded name, or about anything by ""."""

FOUND = CustomId("found", page=NUMBER)
"""Show a page of what a search found; the words stand in the message."""

ASKED = CustomId("asked", reader=NUMBER, publication=NUMBER, question=NUMBER)
"""Show the answer to a question that mentioned the bot to its reader; the question is read from its
message when that is pressed.
"""

PASSAGE = CustomId("passage", post=NUMBER, places=SPAN, text=DIGEST)
"""Show everybody what answers: passages side by side, as long as they say what they said."""

TAKE_AWAY = CustomId("takeaway", reader=NUMBER)
"""Take away what was shown to everybody because this reader asked."""

RESPONSES = CustomId("responses", essay=NUMBER, page=NUMBER)
"""Show an author a page of an essay's responses; new messages have `LISTING` in its place."""

LISTING = CustomId(
    "responses",
    essay=SHORT,
    page=r"[0-9a-z]{1,4}",
    prompt=SHORT,
    reader=SHORT,
    since=r"[0-9a-z]{1,6}",
    after=SHORT,
    until=SHORT,
    highlighted="[01]",
)
"""Show an author a page of the responses that they asked for (see `bot.core.listing`)."""

NEWS = CustomId("news", page=SHORT, after=SHORT, until=SHORT, seen=SHORT)
"""Show an author a page of what was new when they asked, and since when."""

UNREAD = CustomId("unread", after=SHORT, until=SHORT)
"""Choose an essay, and read what was new about it."""

TOLD = CustomId("digest", digest=NUMBER)
"""Read what is new, from a digest. This is the marker by which the digest is found again."""

FORGET = CustomId("forget", scope="here|everywhere", sure="[01]")
"""Delete what is kept about a reader, once they are sure."""

KEPT = CustomId("kept")
"""Hand a reader everything that is kept about them."""

CHOICES = CustomId("choices")
"""Show a reader their choices in this server."""

KEEP = CustomId("keep", choice="yes|no", sure="[01]")
"""Choose whether what one writes is kept; a no deletes, once its reader is sure."""

DEFAULT = CustomId("default")
UNQUOTE = CustomId("unquote")
UNCHOOSE = CustomId("unchoose")
"""Choose whether one may be quoted from now on; withdraw all that may be quoted already; have what
one chose forgotten.
"""

QUOTE = CustomId("quote", response=NUMBER, choice="by_name|without_name|no")
"""Say whether a response may be quoted. It is the marker by which the question is found again; only
the response's writer may press it, and who that is, the store knows.
"""

PRIVACY = CustomId("privacy")
"""Go back to what is kept of a reader."""

MINE = CustomId("mine", page=NUMBER)
CHOOSE_MINE = CustomId("choose-mine", page=NUMBER)
"""Show a reader a page of what they wrote here; choose one of it to delete."""

ERASE = CustomId("erase", response=NUMBER)
"""Delete one response for its reader, who is sure."""

RELEASE = CustomId("release", hold=NUMBER, decision="start|shelve")
"""Decide about essays that were held back."""

LOOK = CustomId("look", notice=NUMBER)
"""Look at the answers that wait for a moderator. This is the marker by which the message that tells
of them is found again.
"""

NEXT = CustomId("next", after=NUMBER)
"""Look at the answer that waits after another."""

DECIDE = CustomId("decide", response=NUMBER, decision="approve|decline", text=DIGEST)
"""Approve or decline an answer, as it was read."""

APPROVE_ALL = CustomId("approve", until=NUMBER)
"""Approve the answers that waited then, in milliseconds since 1970."""

PLAN = CustomId("plan", page=NUMBER)
"""Show moderators a page of what is published, waits, or is on the shelf."""

CUT = CustomId("cut", cut=r"[0-9a-f]{1,12}", deed="confirm|show")
"""Withdraw exactly the posts that a notice says are missing, or list them."""

AUDIT = CustomId("audit", page=r"\d{1,6}", until=SHORT, who=SHORT, act=r"[0-9a-f]{1,12}")
"""Show moderators a page of what was done, by whom, and of which kind."""

LOGGED = CustomId("logged", entry=NUMBER)
"""Read the audit from a message of the log on. This is the marker by which it is found again."""

UNHIDE = CustomId("unhide", response=NUMBER)
"""Show a hidden response again; the one that was chosen, if none is named."""

LINK = CustomId("link", response=NUMBER)
"""Choose the question that a response answers."""

PAGE = "place|essays|tags|people|reports"
SETUP = CustomId("setup", draft=NUMBER, page=PAGE)
"""Show a page of a draft of a server's settings."""

SETUP_CHOOSE = CustomId("setupchoose", draft=NUMBER, page=PAGE, key="[a-z_]{2,20}")
"""Choose a value in a menu on that page."""

SETUP_SWITCH = CustomId("setupswitch", draft=NUMBER, page=PAGE, key="[a-z_]{2,20}", value="on|off")
SETUP_TAKE = CustomId("setuptake", draft=NUMBER, how="all|existing|none")
"""Turn something on or off; take the proposed tags, those that exist, or none."""

SETUP_FORM = CustomId("setupform", draft=NUMBER, page=PAGE, form="quiet|which|age|digest")
SETUP_MODAL = CustomId("setupmodal", draft=NUMBER, page=PAGE, form="quiet|which|age|digest")
"""Open a form about that page, and hand it in."""

SETUP_APPLY = CustomId("setupapply", draft=NUMBER, page=PAGE, shown=DIGEST)
"""Apply the draft, if it and what it changes are still as they were shown."""

SETUP_DISCARD = CustomId("setupdiscard", draft=NUMBER, page=PAGE)
SETUP_PREVIEW = CustomId("setuppreview", draft=NUMBER)
"""Forget the draft's changes; show the next essay as it would look."""

DREAM = CustomId("dream", connection=NUMBER, decision="asked|dismissed|never_a|never_b")
SECOND = CustomId("second", question=NUMBER, decision="asked|dismissed")
"""Decide about a connection, or about a prompt that may be asked again. These are the markers by
which their drafts are found again.
"""

WHY = CustomId("why", message=NUMBER)
"""Learn why the bot asks. This is the marker by which a question that moderators approved is found
again.
"""

MODAL = CustomId("modal", prompt=NUMBER, response=NUMBER)
"""Submit an answer to a prompt; the response that it edits, or 0 for a new one."""


def mint(now: datetime, entropy: int) -> int:
    """Return a new id that fits SQLite's INTEGER and sorts by time.

    Args:
        now: Aware; a clock that is wrong and says less than `EPOCH` counts as that, and one that
            says more than has a place in an id, seventy years on, as the most.
        entropy: At least 22 random bits; the rest is ignored.
    """
    milliseconds = min(max(0, (now - EPOCH) // timedelta(milliseconds=1)), LATEST)
    return (milliseconds << RANDOM_BITS) | (entropy & ((1 << RANDOM_BITS) - 1))


def minted_at(number: int) -> datetime:
    """Return when an id was minted, by the clock that it was minted by."""
    return EPOCH + timedelta(milliseconds=number >> RANDOM_BITS)


def nonce(publication: int, kind: str, position: int, since: str = "") -> str:
    """Return the nonce of one message: 24 characters of the 25 that Discord allows.

    It depends on nothing that may change between two attempts, neither language nor content.

    Args:
        since: When it was first attempted: a message that takes the place of one that was removed,
            or that was counted otherwise before the database was lost, is another one.
    """
    step = f"{publication}/{kind}/{position}/{since}"
    return "aw" + hashlib.blake2b(step.encode(), digest_size=11).hexdigest()
