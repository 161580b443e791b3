"""Files that commands write: whole or not at all, and for nobody else to read."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from bot.core.errors import AfterwordError

STANDARD = Path("-")
"""Stands for standard output, or standard input."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write, which takes its place when all is written; mode 0600.

    If anything fails, what stood there before still stands there, and nothing else.

    Raises:
        AfterwordError: It cannot be written.
    """
    if path == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            raise AfterwordError(f"{path} is no file: name one, or - for standard output.")
        descriptor, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(descriptor)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AfterwordError(
            f"{path} cannot be written ({error.strerror}): make its folder, free space, or name "
            "another file."
        ) from error
