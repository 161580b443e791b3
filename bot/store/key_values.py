"""Small things to remember between two runs, by a key."""

from sqlite_utils import Database

ALIVE = "alive"
"""The key under which a running bot leaves the time, each minute."""

OWNER = "owner"
"""The key under which the owner's token stands (see `bot.store.file.owner`)."""

COMMANDS = "commands of "
"""How a key begins under which it stands what commands an application has told Discord about."""


def get_value(db: Database, key: str) -> str | None:
    """Return what was remembered under a key."""
    row = db.execute("select value from notes where key = ?", [key]).fetchone()
    return row[0] if row else None


def set_value(db: Database, key: str, value: str) -> None:
    """Remember a value under a key, in the place of an earlier one."""
    db.execute(
        "insert into notes (key, value) values (?, ?) "
        "on conflict (key) do update set value = excluded.value",
        [key, value],
    )
