"""The operating system's lock on a file: it ends with the process that holds it."""

import errno
import sys

BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
"""What says that another process holds the lock."""

if sys.platform == "win32":
    import msvcrt
    import os

    FAR = 1 << 30
    """Windows keeps others from reading what is locked, so that a byte far behind the text is."""

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock(descriptor: int) -> bool:
    """Lock a file that is open; return False if another process has it locked.

    Raises:
        OSError: The file system has no locks.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in BUSY:
            return False
        raise
    return True
