"""The key of an encrypted database, and a path that carries one.

Neither shows the key in its representation. A path is what every part of the bot passes on to
whoever opens the database; so the key goes the same way, and nobody else has to know of it.
"""

import base64
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

if sys.platform == "win32":
    from pathlib import WindowsPath as NativePath
else:
    from pathlib import PosixPath as NativePath

KEY_BYTES = 32

MOST_BYTES = 1000
"""Of a key file that are looked at."""

FORMS = "64 hex digits, or base64 of 32 random bytes"
"""How a key is written as text."""

HEX = re.compile(r"[0-9A-Fa-f]{64}")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{43}=?")
URL_SAFE = str.maketrans("+/", "-_")


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """32 bytes that encrypt a database."""

    raw: bytes = field(repr=False)

    @property
    def literal(self) -> str:
        """The key as SQLCipher reads one that is not to be stretched like a passphrase."""
        return f"x'{self.raw.hex()}'"


def key_from_text(text: str) -> DatabaseKey | None:
    """Return the key that a text spells; None if it is none."""
    text = text.strip()
    if HEX.fullmatch(text):
        return DatabaseKey(bytes.fromhex(text))
    if BASE64.fullmatch(text):
        return DatabaseKey(base64.urlsafe_b64decode(text.translate(URL_SAFE).rstrip("=") + "="))
    return None


def key_from_file(data: bytes) -> DatabaseKey | None:
    """Return the key that a file holds, as text or as it is; None if it holds none.

    Text of 32 characters is no key: whoever wrote it meant half of one, or a passphrase.
    """
    if data.isascii() and (key := key_from_text(data.decode("ascii"))):
        return key
    is_text = data.isascii() and data.decode("ascii").replace("\n", "").isprintable()
    return DatabaseKey(data) if len(data) == KEY_BYTES and not is_text else None


class KeyedPath(NativePath):
    """The path of a database that a key opens.

    Paths that are made from it have no key.
    """

    _read_key: Callable[[], DatabaseKey] | None = None

    @classmethod
    def of(cls, path: Path, read_key: Callable[[], DatabaseKey]) -> "KeyedPath":
        """Return a path with what reads its key, which is called when the database is opened."""
        keyed = cls(path)
        keyed._read_key = read_key
        return keyed

    def beside(self, other: Path) -> "KeyedPath":
        """Return another path with the same key, as that of a copy."""
        keyed = KeyedPath(other)
        keyed._read_key = self._read_key
        return keyed

    def key(self) -> DatabaseKey | None:
        """Return the key.

        Raises:
            AfterwordError: It cannot be read.
        """
        return None if self._read_key is None else self._read_key()
