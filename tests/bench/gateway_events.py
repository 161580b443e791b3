"""Gateway events of a lively thread, as the bytes that go over the socket, and what they leave."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

JSON = dict[str, Any]
FIRST_SEQUENCE = 1_000_000
"""Above every sequence number of the session that the events are put into."""

TEXT_FRAME = 0x81
SHORT, MEDIUM = 126, 1 << 16
CYCLE = "crRcrrcRecrcRecrdcrd"
"""The kinds of events, over and over: c a message, r a reply to the prompt,
R a reply to an earlier message, e an edit, d a deletion."""

READERS = 40
SENTENCE = "I keep a spoon with a bent neck, since nobody else would have it. "


@dataclass
class Expected:
    """What a database must hold once all events are in it."""

    prompt_of: dict[int, int | None] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    edited: set[int] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind."""
        left = self.prompt_of.keys() - self.deleted
        return {
            "responses": len(left),
            "linked": sum(self.prompt_of[each] is not None for each in left),
            "edited": len(self.edited - self.deleted),
            "tombstones": len(self.deleted),
        }


class Talk:
    """Writes events of readers who talk in one thread.

    Args:
        prompt: The message of ours that the replies answer.
        first: The id of the first message; the others follow.
        author: A user object, and with it the member's.
    """

    def __init__(
        self, *, guild: int, thread: int, prompt: JSON, first: int, author: JSON, member: JSON
    ) -> None:
        self.expected = Expected()
        self._place = {"guild_id": str(guild), "channel_id": str(thread), "channel_type": 11}
        self._prompt = prompt
        self._next = first
        self._author = author
        self._member = member
        self._said: list[JSON] = []
        self._edited = self._deleted = 0

    def frames(self, count: int) -> list[bytes]:
        """Return so many events, each as a frame of a WebSocket."""
        made = []
        for number in range(count):
            name, data = self._event(CYCLE[number % len(CYCLE)])
            body = {"op": 0, "t": name, "s": FIRST_SEQUENCE + number, "d": data}
            made.append(_frame(orjson.dumps(body)))
        return made

    def _event(self, kind: str) -> tuple[str, JSON]:
        if kind == "e":
            said = self._said[self._edited]
            self._edited += 5
            self.expected.edited.add(int(said["id"]))
            now = datetime.now(UTC).isoformat()
            return "MESSAGE_UPDATE", said | {"content": "Edited.", "edited_timestamp": now}
        if kind == "d":
            said = self._said[self._deleted]
            self._deleted += 7
            self.expected.deleted.add(int(said["id"]))
            return "MESSAGE_DELETE", {"id": said["id"], **self._place}
        parent = None
        if kind == "r":
            parent = self._prompt
        elif kind == "R" and self._said:
            parent = self._said[len(self._said) // 2]
        return "MESSAGE_CREATE", self._say(parent)

    def _say(self, parent: JSON | None) -> JSON:
        ident = self._next
        self._next += 1
        number = len(self._said) % READERS
        author = self._author | {"id": str(int(self._author["id"]) + number)}
        message = {
            "id": str(ident),
            **self._place,
            "type": 0 if parent is None else 19,
            "author": author,
            "member": self._member,
            "content": SENTENCE * (1 + ident % 4),
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "flags": 0,
        }
        if parent is not None:
            message["message_reference"] = {"type": 0, "message_id": parent["id"], **self._place}
        self._said.append(message)
        self.expected.prompt_of[ident] = self._linked(parent)
        return message if parent is None else message | {"referenced_message": parent}

    def _linked(self, parent: JSON | None) -> int | None:
        if parent is None:
            return None
        ident = int(parent["id"])
        return ident if parent is self._prompt else self.expected.prompt_of[ident]


def _frame(body: bytes) -> bytes:
    """Return a frame as a server sends it (RFC 6455, 5.2)."""
    size = len(body)
    if size < SHORT:
        return struct.pack("!BB", TEXT_FRAME, size) + body
    if size < MEDIUM:
        return struct.pack("!BBH", TEXT_FRAME, SHORT, size) + body
    return struct.pack("!BBQ", TEXT_FRAME, SHORT + 1, size) + body
