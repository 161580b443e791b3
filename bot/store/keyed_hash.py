"""What stands for a reader where no id may be kept: a hash with a key of its own for each purpose.

Without the key, which stands among the notes of the same file, nobody can try out whose hash it is.
A hash of one purpose says nothing about those of another.
"""

import hashlib
import secrets
from typing import Literal

from sqlite_utils import Database

from bot.store.key_values import get_value, set_value

Purpose = Literal["thread requests"]
"""What readers are counted or remembered for without being named."""

KEY = "key of "
"""How the name begins under which a purpose's key stands among the notes."""

DIGEST_SIZE = 16


def reader_digest(db: Database, purpose: Purpose, guild_id: int, reader_id: int) -> str:
    """Return what stands for a reader in a guild, for one purpose; the same every time.

    The first call makes the purpose's key, so that it belongs into a transaction that writes.
    """
    key = get_value(db, f"{KEY}{purpose}")
    if key is None:
        key = secrets.token_hex(32)
        set_value(db, f"{KEY}{purpose}", key)
    whom = f"{guild_id}/{reader_id}".encode()
    return hashlib.blake2b(whom, key=bytes.fromhex(key), digest_size=DIGEST_SIZE).hexdigest()
