"""A database that this command writes to, while no bot does."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.store import key_values
from bot.store.file.database import open_database, refused_in_words
from bot.store.file.owner import OwnedError, Ownership


@contextmanager
def owned_database(path: Path, again: str) -> Iterator[Database]:
    """Yield a database in one transaction, which is committed if nothing is raised.

    A file that was made for it does not stay if it is not.

    Args:
        again: What to do after the bot was stopped, such as "import again".

    Raises:
        AfterwordError: A bot uses the database, or it cannot be opened.
    """
    is_new = not path.exists()
    with ownership(path, again) as own:
        try:
            with closing(open_database(path)) as db, refused_in_words(path):
                db.execute("begin immediate")
                try:
                    key_values.set_value(db, key_values.OWNER, own.token)
                    yield db
                    db.execute("commit")
                except BaseException:
                    db.rollback()
                    raise
        except BaseException:
            if is_new:
                path.unlink(missing_ok=True)
            raise


@contextmanager
def ownership(path: Path, again: str) -> Iterator[Ownership]:
    """Own a database, so that no bot starts on it meanwhile.

    Raises:
        AfterwordError: A bot uses it.
    """
    own = Ownership(path)
    try:
        own.take()
    except OwnedError as error:
        raise in_use(path, error, again) from error
    try:
        yield own
    finally:
        own.release()


def in_use(path: Path, error: OwnedError, again: str) -> AfterwordError:
    """Return the sentence about a database that a bot uses, and what to do after it was stopped."""
    return AfterwordError(
        f"{path} is in use by another Afterword ({error.holder}). Stop that one, and {again}."
    )
