"""What `afterword doctor` finds about the key, and about what stands unencrypted beside it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.cli.diagnosis.liveness import Finding
from bot.core.database_key import KeyedPath
from bot.settings import Settings
from bot.store.file.conversion import UNFINISHED, leftovers
from bot.store.file.database import is_plain


def check_key_file(settings: Settings) -> Iterator[Finding]:
    """Yield whether others may read the key.

    A note and no refusal: Docker and Kubernetes mount secrets so, in a container of one user.
    """
    file = settings.database_key_file
    if file is not None and _may_be_read_by_others(file):
        text = f"Every user of this machine may read the key in {file}: type chmod 600 {file}"
        yield Finding("database", "note", text)


def _may_be_read_by_others(file: Path) -> bool:
    try:
        return os.name == "posix" and bool(file.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False  # told when it is read


def check_encryption(settings: Settings) -> Iterator[Finding]:
    """Yield what stands beside the database that should not."""
    path = settings.database
    is_encrypted = isinstance(path, KeyedPath)
    if found := [file for file in leftovers(path) if UNFINISHED not in file.name]:
        names = ", ".join(file.name for file in found)
        text = (
            f"`afterword encrypt` or `afterword decrypt` was cut short and left {names} beside the "
            "database: stop the bot, and type that command again. It removes what was left."
        )
        yield Finding("database", "fault", text)
    if is_encrypted and (found := [copy for copy in _copies(path) if is_plain(copy)]):
        names = ", ".join(file.name for file in found)
        text = (
            f"The database is encrypted, and {names} beside it is not: stop the bot and type "
            "`afterword encrypt`, or remove it."
        )
        yield Finding("database", "fault", text)
    yield from check_key_file(settings)


def _copies(path: Path) -> list[Path]:
    """Return what stands beside the database and bears its name."""
    cut_short = leftovers(path)
    return sorted(file for file in path.parent.glob(f"{path.name}.*") if file not in cut_short)
