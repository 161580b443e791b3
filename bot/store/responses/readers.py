"""What readers are called: a name everywhere, and in some servers another."""

from collections.abc import Mapping

import orjson
from sqlite_utils import Database

NICKNAMES = """
insert into nicknames (guild_id, reader_id, name)
select json_extract(value, '$[0]'), readers.id, json_extract(value, '$[2]')
from json_each(:known) join readers on readers.id = json_extract(value, '$[1]')
where true
on conflict (guild_id, reader_id) do update set name = excluded.name where name <> excluded.name
"""
"""An empty name is that of somebody who has no other one in that guild."""


def remember_nicknames(db: Database, nicknames: Mapping[tuple[int, int], str]) -> None:
    """Keep what readers are called in a guild, by guild and reader; "" for no other name there."""
    if nicknames:
        known = [(*key, sound(name)) for key, name in nicknames.items()]
        db.execute(NICKNAMES, {"known": orjson.dumps(known).decode()})


def remember_reader(
    db: Database, reader_id: int, name: str, guild_id: int = 0, nickname: str | None = None
) -> None:
    """Keep the name a reader goes by now, and the one in a guild if that is known."""
    db.execute(
        "insert into readers (id, name) values (?, ?) on conflict (id) do update "
        "set name = excluded.name where name <> excluded.name",
        [reader_id, sound(name)],
    )
    if nickname is not None:
        remember_nicknames(db, {(guild_id, reader_id): nickname})


def sound(text: str) -> str:
    """Return a text without what no JSON carries: half a character, or a NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
