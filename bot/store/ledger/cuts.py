"""A cut: many posts that went missing at once, which are withdrawn only when somebody confirms it.

What is confirmed is exactly the set that was shown: if another post goes missing or one comes back,
it is another cut, and is asked about anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.custom_ids import digest
from bot.store.audit import OF_THE_BOT, record_act
from bot.store.ledger.notices import Notice, raise_notice
from bot.store.times import to_text


class MissingPost(NamedTuple):
    """A post whose file is missing."""

    id: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The posts that are missing now.

    Attributes:
        posts: By their names.
        left: How many posts are still there.
        guilds: Where any of them has a thread, or is about to.
    """

    posts: tuple[MissingPost, ...]
    left: int
    guilds: frozenset[int]

    @property
    def digest(self) -> str:
        """What stands for exactly these posts."""
        return digest(",".join(str(post.id) for post in sorted(self.posts)))

    def is_of(self, guild_id: int) -> bool:
        """Return whether nobody but this guild has threads of them."""
        return self.guilds <= {guild_id}


MISSING = "missing_since is not null and removed_at is null"


GUILDS = f"""
select distinct guild_id from publications join channels on channels.id = channel_id
join guilds on guilds.id = guild_id
where over_at is null and left_at is null and post_id in (select id from posts where {MISSING})
"""  # noqa: S608  # no value in it


def pending_cut(db: Database) -> Cut | None:
    """Return the posts that are missing now; None if none is."""
    rows = db.execute(
        f"select id, lang || ':' || slug, title from posts where {MISSING} order by lang, slug, id"  # noqa: S608
    ).fetchall()
    if not rows:
        return None
    [(left,)] = db.execute(
        "select count(*) from posts where missing_since is null and removed_at is null"
    ).fetchall()
    guilds = db.execute(GUILDS)
    posts = tuple(MissingPost(*row) for row in rows)
    return Cut(posts, left, frozenset(row[0] for row in guilds))


def confirm_cut(
    db: Database,
    now: datetime,
    *,
    cut: str | None = None,
    guild_id: int | None = None,
    by: int = OF_THE_BOT,
) -> Cut | None:
    """Withdraw the posts that are missing now, and no others; return which they were.

    Their threads say so, are locked, and keep what was said; the publisher does that in its next
    round. A file that comes back brings its thread back.

    Args:
        db: In a transaction.
        cut: The `Cut.digest` of what was shown to who confirms; None for whatever is missing now,
            as an operator says it in a terminal.
        guild_id: Where a moderator confirms it; None for the operator, who speaks for all guilds.
        by: The moderator.

    Returns:
        None if nothing is missing, if something else is than was shown, or if another guild has
        threads of it, about which a moderator of this one cannot decide.
    """
    pending = pending_cut(db)
    if pending is None or (cut is not None and cut != pending.digest):
        return None
    if guild_id is not None and not pending.is_of(guild_id):
        return None
    ids = orjson.dumps([post.id for post in pending.posts]).decode()
    among = "in (select value from json_each(:ids))"
    db.execute(
        f"update posts set removed_at = :now where id {among}",  # noqa: S608
        {"now": to_text(now), "ids": ids},
    )
    db.execute(f"update publications set settled = 'again' where post_id {among}", {"ids": ids})  # noqa: S608
    for where in pending.guilds if guild_id is None else {guild_id}:
        record_act(db, where, by, "confirmed a cut", now, detail=str(len(pending.posts)))
    return pending


NOTICE = "cut "
"""So begin the keys of the notices about a cut."""

ELSEWHERE = "~"
"""Before the digest of a cut about which one guild alone cannot decide."""


def notice_key(guild_id: int, cut: Cut) -> str:
    """Return the key of a guild's notice about a cut; see `digest_of`."""
    return f"{NOTICE}{guild_id} {'' if cut.is_of(guild_id) else ELSEWHERE}{cut.digest}"


def digest_of(key: str) -> str | None:
    """Return the digest of the cut that a notice lets its guild decide about, by its key."""
    last = key.rpartition(" ")[2]
    return last if key.startswith(NOTICE) and not last.startswith(ELSEWHERE) else None


def ask_about(db: Database, wanted: Collection[Notice], now: datetime) -> None:
    """Have moderators asked about the cut that there is now, and about no earlier one."""
    keys = orjson.dumps([notice.key for notice in wanted]).decode()
    db.execute(
        "delete from notices where substr(key, 1, ?) = ? "
        "and key not in (select value from json_each(?))",
        [len(NOTICE), NOTICE, keys],
    )
    for notice in wanted:
        raise_notice(db, notice, now)
