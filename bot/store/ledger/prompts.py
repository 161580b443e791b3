"""The prompts of a publication: the closing questions as they are asked in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlite_utils import Database

from bot.core.custom_ids import minted_at
from bot.core.post import Post, Prompt
from bot.core.publishing.align import align
from bot.core.publishing.sealing import OPEN, Seal, seal_of
from bot.store.content.posts import question_ids
from bot.store.ids import new_id
from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as it was asked in a thread.

    Attributes:
        is_ours: It is our own invitation, which has no message of its own.
        is_withdrawn: Somebody deleted its message; it is not asked any more.
        seal: Until when answers to it wait.
    """

    id: int
    publication_id: int
    position: int
    text: str
    is_ours: bool = False
    is_withdrawn: bool = False
    seal: Seal = OPEN

    def sealed_as(self, post: Post, channel_days: int | None, now: datetime) -> Seal:
        """Return until when answers to it wait by what its essay's file says now.

        Args:
            channel_days: What its channel's setting is.
        """
        return seal_of(post.sealed, channel_days, minted_at(self.id), now, self.seal)


def record_prompts(
    db: Database, publication_id: int, post: Post, prompts: Sequence[Prompt], now: datetime
) -> list[Asked]:
    """Bring a publication's prompts up to date; a reworded one keeps its id and responses.

    A prompt keeps its position too, and no other ever gets it: the position names its message, so
    that a reply to that message is never taken for an answer to another question.
    """
    old = living(db, publication_id)
    days = _sealed_days(db, publication_id)
    links = align([prompt.text for prompt in old], [prompt.text for prompt in prompts])
    questions = question_ids(db, post.id) if post.id else {}
    query = "select coalesce(max(position) + 1, 0) from prompts where publication_id = ?"
    positions = count(db.execute(query, [publication_id]).fetchone()[0])
    for prompt, link in zip(prompts, links, strict=True):
        known = None if link is None else old[link]
        prompt_id = known.id if known else new_id(now)
        position = known.position if known else next(positions)
        before = known.seal if known else None
        seal = seal_of(post.sealed, days, minted_at(prompt_id), now, before)
        _write_prompt(db, prompt_id, publication_id, position, prompt, seal)
        db.execute("delete from prompt_questions where prompt_id = ?", [prompt_id])
        db.conn.executemany(
            "insert or ignore into prompt_questions (prompt_id, question_id) values (?, ?)",
            [(prompt_id, questions[one.text]) for one in prompt.questions if one.text in questions],
        )
    for index, gone in enumerate(old):
        if index not in links:
            db.execute("update prompts set retired_at = ? where id = ?", [to_text(now), gone.id])
    return asked(db, publication_id)


def _write_prompt(
    db: Database, prompt_id: int, publication_id: int, position: int, prompt: Prompt, seal: Seal
) -> None:
    until = to_text(seal.until) if seal.until else None
    by = "file" if seal.by_file else "channel" if until else None
    db.execute(
        "insert into prompts (id, publication_id, position, text, is_ours, sealed_until, "
        "sealed_by) values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do update "
        "set text = excluded.text, is_ours = excluded.is_ours, "
        "sealed_until = excluded.sealed_until, sealed_by = excluded.sealed_by",
        [prompt_id, publication_id, position, prompt.text, int(prompt.is_ours), until, by],
    )


def _sealed_days(db: Database, publication_id: int) -> int | None:
    query = (
        "select sealed_days from publications join channels on channels.id = channel_id "
        "where publications.id = ?"
    )
    row = db.execute(query, [publication_id]).fetchone()
    return row[0] if row else None


def asked(db: Database, publication_id: int) -> list[Asked]:
    """Return what is asked in a publication's thread, as it was first asked, in order."""
    return [prompt for prompt in living(db, publication_id) if not prompt.is_withdrawn]


def living(db: Database, publication_id: int) -> list[Asked]:
    """Return the prompts that the essay has, also those that were withdrawn from the thread."""
    rows = db.query(
        "select * from prompts where publication_id = ? and retired_at is null order by position",
        [publication_id],
    )
    return [_asked(row) for row in rows]


def withdrawn_by_deletion(db: Database, message_id: int, now: datetime) -> None:
    """Record that the message of a prompt was deleted: it is not asked any more.

    Its responses stay, and stay linked to it.
    """
    rows = db.execute(
        "update prompts set withdrawn_at = coalesce(withdrawn_at, ?) where id in (select prompt_id "
        "from messages where message_id = ? and kind = 'prompt') returning publication_id",
        [to_text(now), message_id],
    )
    for row in rows.fetchall():
        db.execute("update publications set settled = 'again' where id = ?", row)


def withdrawn(db: Database) -> list[tuple[str, str]]:
    """Return the prompts that were taken away by deletion, with the posts' paths."""
    rows = db.execute(
        "select posts.path, prompts.text from prompts "
        "join publications on publications.id = publication_id join posts on posts.id = post_id "
        "where withdrawn_at is not null and retired_at is null order by prompts.id"
    )
    return [(row[0], row[1]) for row in rows]


def get_prompt(db: Database, prompt_id: int) -> Asked | None:
    """Return a prompt, retired or not."""
    rows = db.query("select * from prompts where id = ?", [prompt_id])
    return next((_asked(row) for row in rows), None)


def _asked(row: dict[str, Any]) -> Asked:
    return Asked(
        row["id"],
        row["publication_id"],
        row["position"],
        row["text"],
        is_ours=bool(row["is_ours"]),
        is_withdrawn=row["withdrawn_at"] is not None,
        seal=Seal(
            from_text(row["sealed_until"]) if row["sealed_until"] else None,
            row["sealed_by"] == "file",
        ),
    )
