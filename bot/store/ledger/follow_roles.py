"""Roles that readers give themselves, to hear of essays with a tag or by an author.

An intent is recorded before a role is made on Discord, so that a role of which nobody heard whether
it was made is looked for, and not made twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson
from sqlite_utils import Database

from bot.core.post import Post
from bot.core.text.folding import fold
from bot.store.audit import record_act
from bot.store.times import from_text, to_text

Kind = Literal["tag", "author"]

MOST_MENTIONED = 10
"""Roles in a starter message: so many leave room for its questions."""


@dataclass(frozen=True, slots=True)
class FollowRole:
    """A role for a tag or an author.

    Attributes:
        name: The tag or the author, as it is shown.
        role_id: None as long as it is not known that it was made.
        made_at: When it was first attempted.
    """

    guild_id: int
    kind: Kind
    name: str
    role_id: int | None
    made_at: datetime

    def is_for(self, kind: Kind, name: str) -> bool:
        """Return whether it is the role for a tag or an author, however spelt."""
        return (self.kind, fold(self.name)) == (kind, fold(name))


def roles(db: Database, guild_id: int) -> list[FollowRole]:
    """Return a guild's roles and intents, tags before authors, in alphabetical order."""
    rows = db.execute(
        "select guild_id, kind, name, role_id, made_at from follow_roles where guild_id = ? "
        "order by kind desc, folded",
        [guild_id],
    )
    return [
        FollowRole(guild, kind, name, role, from_text(at)) for guild, kind, name, role, at in rows
    ]


def intend(
    db: Database, guild_id: int, kind: Kind, name: str, moderator_id: int, now: datetime
) -> tuple[FollowRole, bool]:
    """Record that a role is about to be made; return it, and whether that was not known before."""
    is_new = db.execute(
        "insert into follow_roles (guild_id, kind, folded, name, made_by, made_at) "
        "values (?, ?, ?, ?, ?, ?) on conflict (guild_id, kind, folded) do nothing",
        [guild_id, kind, fold(name), name, moderator_id, to_text(now)],
    ).rowcount
    return next(one for one in roles(db, guild_id) if one.is_for(kind, name)), is_new > 0


def made(db: Database, role: FollowRole, role_id: int, moderator_id: int, now: datetime) -> None:
    """Record that a role was made."""
    db.execute(
        "update follow_roles set role_id = ? where guild_id = ? and kind = ? and folded = ?",
        [role_id, role.guild_id, *_key(role)],
    )
    detail = f"{role.kind}: {role.name}"
    record_act(
        db, role.guild_id, moderator_id, "made a role", now, subject_id=role_id, detail=detail
    )


def removed(db: Database, role: FollowRole, moderator_id: int, now: datetime) -> None:
    """Record that a moderator had a role removed."""
    detail = f"{role.kind}: {role.name}"
    record_act(
        db,
        role.guild_id,
        moderator_id,
        "removed a role",
        now,
        subject_id=role.role_id,
        detail=detail,
    )
    db.execute(
        "delete from follow_roles where guild_id = ? and kind = ? and folded = ?",
        [role.guild_id, *_key(role)],
    )


def forget(db: Database, guild_id: int, role_ids: list[int]) -> None:
    """Forget roles that somebody deleted in Discord."""
    db.execute(
        "delete from follow_roles where guild_id = ? "
        "and role_id in (select value from json_each(?))",
        [guild_id, orjson.dumps(role_ids).decode()],
    )


def following(db: Database, channel_id: int, post: Post) -> list[int]:
    """Return the roles of those who follow a post in a channel's guild, a few at most."""
    wanted = [("tag", fold(tag)) for tag in post.tags]
    wanted += [("author", fold(author)) for author in post.authors]
    rows = db.execute(
        "select follow_roles.kind, folded, role_id from follow_roles "
        "join channels using (guild_id) where channels.id = ? and role_id is not null",
        [channel_id],
    )
    known = {(row[0], row[1]): int(row[2]) for row in rows}
    return list(dict.fromkeys(known[key] for key in wanted if key in known))[:MOST_MENTIONED]


def _key(role: FollowRole) -> tuple[Kind, str]:
    return role.kind, fold(role.name)
