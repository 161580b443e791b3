"""Threads from before the bot, taken in from a file.

Such a thread is a publication that is over from the beginning, in a channel of its own that was
never open: so nothing plans it, sends to it, edits or locks it, and the essay can have its own
thread anywhere. Its row among the threads has ``deleted_at`` and no ``deleted_because``: that is
what tells that it is not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.core.response import Captured
from bot.store.ids import new_id, new_ids
from bot.store.reply_links import link_batch
from bot.store.responses.keeping import keepable
from bot.store.responses.readers import sound
from bot.store.times import to_text

OVER_BECAUSE = "it was imported"


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that the database knows.

    Attributes:
        is_removed: Whether its file is gone.
    """

    id: int
    essay_id: int
    lang: str
    slug: str
    title: str
    url: str | None
    is_removed: bool

    @property
    def name(self) -> str:
        """What tells it from its translations."""
        return f"{self.lang}:{self.slug}"


@dataclass(frozen=True, slots=True)
class OldThread:
    """A thread as a file has it, with what people wrote in it."""

    id: int
    name: str
    guild_id: int
    guild_name: str
    messages: tuple[Captured, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a thread.

    Attributes:
        new: How many messages are new here.
        known: How many are known, or were deleted.
        refused: How many are not to be kept.
    """

    post: KnownPost
    new: int
    known: int
    refused: int = 0


def known_posts(db: Database) -> list[KnownPost]:
    """Return all posts that the bot has read."""
    rows = db.execute(
        "select id, essay_id, lang, slug, title, url, removed_at is not null from posts order by id"
    )
    return [KnownPost(*row) for row in rows.fetchall()]


def discussed_in(db: Database, thread_id: int) -> int | None:
    """Return the id of the post that is discussed in a thread of ours; None if it is not ours.

    Raises:
        AfterwordError: It was deleted, or it is a channel in which essays are discussed.
    """
    row = db.execute(
        "select post_id, deleted_because from threads "
        "join publications on publications.id = publication_id where threads.id = ?",
        [thread_id],
    ).fetchone()
    if row is not None and row[1] is not None:
        raise AfterwordError(
            "That thread was deleted from Discord after the bot knew it, and what was written in "
            "it stays deleted."
        )
    if db.execute("select 1 from channels where id = ?", [thread_id]).fetchone():
        raise AfterwordError(
            "That is the channel in which essays are discussed, not a thread: export its threads "
            "one by one."
        )
    return row[0] if row else None


def take_in(db: Database, thread: OldThread, post: KnownPost, now: datetime) -> TakenIn:
    """Keep the messages of a thread that are not known, nor deleted; nobody agreed to a quote.

    What their writers do not want to be kept is left out.

    Args:
        post: What `discussed_in` says that it is about, if that says anything.
    """
    unknown = _unknown(db, thread.messages)
    new = keepable(db, unknown)
    if new:
        home = db.execute(
            "select publication_id, guild_id from threads where id = ?", [thread.id]
        ).fetchone()
        if home is not None and home[1] != thread.guild_id:
            raise AfterwordError("The bot knows that thread in another server. Export it again.")
        _insert(db, new, home[0] if home else _begin(db, thread, post, now))
    known, refused = len(thread.messages) - len(unknown), len(unknown) - len(new)
    return TakenIn(post, len(new), known, refused)


def _unknown(db: Database, messages: Sequence[Captured]) -> list[Captured]:
    """Return the messages that are neither kept nor deleted nor our own, each once."""
    ids = orjson.dumps([one.source_id for one in messages]).decode()
    rows = db.execute(
        "select value from json_each(:ids) where value in (select source_id from responses) "
        "or value in (select source_id from tombstones) "
        "or value in (select message_id from messages)",
        {"ids": ids},
    )
    known = {row[0] for row in rows.fetchall()}
    return list({one.source_id: one for one in messages if one.source_id not in known}.values())


def _begin(db: Database, thread: OldThread, post: KnownPost, now: datetime) -> int:
    """Record a thread that is not read; return its publication."""
    channel, publication = new_ids(2)
    values = {
        "guild": thread.guild_id,
        "guild_name": sound(thread.guild_name),
        "channel": channel,
        "lang": post.lang,
        "publication": publication,
        "essay": post.essay_id,
        "post": post.id,
        "thread": thread.id,
        "name": sound(thread.name),
        "because": OVER_BECAUSE,
        "seen": max(one.source_id for one in thread.messages),
        "now": to_text(now),
    }
    for statement in BEGIN.split(";"):
        db.execute(statement, values)
    return publication


BEGIN = """
insert or ignore into guilds (id, name, joined_at, left_at)
values (:guild, :guild_name, :now, :now);
insert into channels (id, guild_id, kind, lang, pace, body, closed_at)
values (:channel, :guild, 'text', :lang, 'each', 'auto', :now);
insert into publications (id, channel_id, essay_id, post_id, thread_id, title, intended_at,
  started_at, over_at, over_because)
values (:publication, :channel, :essay, :post, :thread, :name, :now, :now, :now, :because);
insert into threads (id, guild_id, publication_id, seen_id, deleted_at)
values (:thread, :guild, :publication, :seen, :now)
"""
"""The channel's id is minted: no channel of Discord's is ever taken for it."""


def _insert(db: Database, messages: Sequence[Captured], publication: int) -> None:
    db.conn.executemany(
        "insert or ignore into readers (id, name) values (?, ?)",
        [(one.reader_id, sound(one.reader_name)) for one in messages],
    )
    db.conn.executemany(
        "insert or ignore into nicknames (guild_id, reader_id, name) values (?, ?, ?)",
        [(one.guild_id, one.reader_id, sound(one.nickname or "")) for one in messages],
    )
    db.conn.executemany(
        "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
        "parent_id, reader_id, text, created_at, edited_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                new_id(),
                one.source_id,
                "message" if one.parent_id is None else "reply",
                one.guild_id,
                one.thread_id,
                publication,
                one.parent_id,
                one.reader_id,
                sound(one.text),
                to_text(one.created_at),
                to_text(one.edited_at) if one.edited_at else None,
            )
            for one in messages
        ],
    )
    replies = [(one.source_id, one.thread_id, one.parent_id) for one in messages if one.parent_id]
    link_batch(db, [(source, thread, parent or 0) for source, thread, parent in replies])
