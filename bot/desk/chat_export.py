"""What DiscordChatExporter writes as JSON, of one thread or channel (docs/moving.md).

Its format is not described by its authors: this reads what its writer writes, and nothing more
than is kept of a message. The file may be anybody's, so every value is bounded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, NoReturn

import orjson

from bot.core.errors import AfterwordError
from bot.core.response import Captured
from bot.core.text.folding import fold
from bot.store.desk.old_threads import KnownPost, OldThread

MOST_BYTES = 64 * 1024 * 1024
"""Of a file, which has to be read whole; the exporter writes larger ones in parts if asked."""

MOST_CHARACTERS = 20_000
"""Of a message: five times what Discord takes, since mentions are written out in it."""

LONGEST_NAME = 200

WRITTEN = ("Default", "Reply")
"""Every other type is of a message that Discord wrote itself."""

FIRST = 10
"""In so many messages the essay's address is looked for."""

_ID = re.compile(r"[1-9]\d{0,18}")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'|]+", re.IGNORECASE)
_DIRECT = "0"
"""The guild's id in an export of direct messages."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What an export holds.

    Attributes:
        thread: With the messages that people wrote.
        first_texts: Of the first messages, whoever wrote them.
    """

    thread: OldThread
    first_texts: tuple[str, ...]


def read_chat(file: BinaryIO) -> Chat:
    """Return what an export holds.

    Raises:
        AfterwordError: It is none, is too large or damaged, or is of direct messages.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise AfterwordError(
            f"That file has more than {MOST_BYTES // 1024**2} MB. Export it in parts, with "
            "`--partition 20mb`, and import one after another."
        )
    try:
        read = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise AfterwordError(
            "That file is no JSON, or was cut short: export the thread again, as JSON."
        ) from error
    guild, channel = (_object(read, name) for name in ("guild", "channel"))
    messages = read.get("messages")
    if not isinstance(messages, list):
        _refuse("messages")
    if guild.get("id") == _DIRECT:
        raise AfterwordError("Direct messages belong to no essay. Export a thread of a server.")
    guild_id, thread_id = _id(guild, "id", "guild"), _id(channel, "id", "channel")
    thread = OldThread(
        id=thread_id,
        name=_text(channel, "name", "channel", LONGEST_NAME),
        guild_id=guild_id,
        guild_name=_text(guild, "name", "guild", LONGEST_NAME),
        messages=tuple(_messages(messages, guild_id, thread_id)),
    )
    first = (one.get("content") for one in messages[:FIRST] if isinstance(one, dict))
    return Chat(thread, tuple(text for text in first if isinstance(text, str)))


def _messages(messages: Sequence[object], guild_id: int, thread_id: int) -> Iterator[Captured]:
    for number, message in enumerate(messages, 1):
        what = f"message {number}"
        if not isinstance(message, dict):
            _refuse(what)
        author = _object(message, "author", what)
        if message.get("type") not in WRITTEN or author.get("isBot") is not False:
            continue
        if message.get("forwardedMessage") is not None:
            continue
        text = _text(message, "content", what, MOST_CHARACTERS)
        if not text.strip():
            continue
        name = _text(author, "name", what, LONGEST_NAME)
        nickname = _text(author, "nickname", what, LONGEST_NAME) if author.get("nickname") else ""
        yield Captured(
            source_id=_id(message, "id", what),
            guild_id=guild_id,
            thread_id=thread_id,
            reader_id=_id(author, "id", what),
            reader_name=name,
            text=text,
            created_at=_time(message, "timestamp", what),
            edited_at=_time(message, "timestampEdited", what)
            if message.get("timestampEdited") is not None
            else None,
            parent_id=_parent(message, thread_id, what),
            nickname="" if nickname == name else nickname,
        )


def _parent(message: dict[str, Any], thread_id: int, what: str) -> int | None:
    """Return the message of the same thread to which one replies."""
    if message.get("reference") is None:
        return None
    reference = _object(message, "reference", what)
    is_here = reference.get("channelId") in {None, str(thread_id)}
    return _id(reference, "messageId", what) if is_here and reference.get("messageId") else None


def find_post(chat: Chat, posts: Sequence[KnownPost], wanted: str | None) -> KnownPost:
    """Return the essay that a thread is about.

    Args:
        posts: All that the database knows.
        wanted: Its slug or ``lang:slug``; None to go by the thread's name, then by an address.

    Raises:
        AfterwordError: None is, or several are.
    """
    if wanted is not None:
        found = [one for one in posts if wanted in {one.slug, one.name}]
    else:
        name = _bare(chat.thread.name)
        found = [one for one in posts if name and name in {_bare(one.title), _bare(one.slug)}]
        if not found:
            told = {
                _bare_address(one) for text in chat.first_texts for one in _ADDRESS.findall(text)
            }
            found = [one for one in posts if one.url and _bare_address(one.url) in told]
    living = [one for one in found if not one.is_removed] or found
    if len(living) == 1:
        return living[0]
    if living:
        names = " or ".join(sorted(one.name for one in living)[:5])
        raise AfterwordError(f"Several essays may be meant. Name one: --post {names}.")
    if wanted is not None:
        raise AfterwordError(
            f"No essay that the bot has read is called {wanted}. `afterword posts` lists what the "
            "essays are called; if it is new, run the bot once."
        )
    raise AfterwordError(
        f"Neither the name “{chat.thread.name}” nor an address in the first messages says which "
        "essay this thread is about. Name it with --post SLUG."
    )


def _bare(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _bare_address(address: str) -> str:
    return re.split(r"[?#]", address.partition("://")[2])[0].rstrip("/.,;:!").casefold()


def _object(values: object, key: str, what: str = "") -> dict[str, Any]:
    found = values.get(key) if isinstance(values, dict) else None
    return found if isinstance(found, dict) else _refuse(what or key)


def _id(values: dict[str, Any], key: str, what: str) -> int:
    value = values.get(key)
    if isinstance(value, str) and _ID.fullmatch(value) and int(value) < 2**63:
        return int(value)
    return _refuse(what, key)


def _text(values: dict[str, Any], key: str, what: str, most: int) -> str:
    value = values.get(key)
    if isinstance(value, str) and len(value) <= most and "\0" not in value:
        return value
    return _refuse(what, key)


def _time(values: dict[str, Any], key: str, what: str) -> datetime:
    try:
        found = datetime.fromisoformat(values[key])
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (LookupError, TypeError, ValueError, OverflowError):
        pass
    return _refuse(what, key)


def _refuse(what: str, key: str = "") -> NoReturn:
    part = f" ({key})" if key else ""
    raise AfterwordError(
        f"That file is not what DiscordChatExporter writes as JSON: {what} in it is missing or "
        f"damaged{part}. Nothing was changed. Export the thread again; for a file of `afterword "
        "export --all`, leave out --discord."
    )
