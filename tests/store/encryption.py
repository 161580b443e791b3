"""Encrypted files for tests: a path with a key, and a look at bytes.

Whatever takes the path of a database takes `encrypted(path)` too. In tests/store, tests and modules
that are marked `encrypted_too` run on a plain and on an encrypted file.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bot.core.database_key import DatabaseKey, KeyedPath
from bot.store.file.database import connect

KEY = DatabaseKey(bytes(range(7, 39)))
OTHER_KEY = DatabaseKey(bytes(range(8, 40)))


def encrypted(path: Path, key: DatabaseKey = KEY) -> KeyedPath:
    """Return the path of a database that this key opens."""
    return KeyedPath.of(path, lambda: key)


def another_program(path: Path) -> sqlite3.Connection:
    """Return a connection that is none of the store's, and waits for nobody."""
    db = connect(path)
    db.conn.execute("pragma busy_timeout = 0")
    return db.conn


def found_in_bytes(folder: Path, words: Iterable[str]) -> set[tuple[str, str]]:
    """Return which words stand in the bytes of which files of a folder, in any case of letters.

    A word needs some letters: three stand by chance in what is encrypted.
    """
    return {
        (file.name, word)
        for file in folder.iterdir()
        if file.is_file()
        for content in [file.read_bytes().lower()]
        for word in words
        for spelled in [word.lower()]
        if spelled.encode() in content or spelled.encode("utf-16-le") in content
    }
