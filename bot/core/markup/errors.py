"""The error of an essay that cannot be shown; the other essays go on."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases


class CannotShowError(AfterwordError):
    """An essay that cannot be shown in Discord.

    Attributes:
        line: Of the essay's body, from 1, at which it went wrong; None if that is unknown.
        reason: What went wrong, in a word or two, without the essay's text.
    """

    def __init__(self, error: Exception, line: int | None = None) -> None:
        self.line = line
        self.reason = type(error).__name__
        at = "" if line is None else f" at line {line} of its text"
        super().__init__(
            f"The essay cannot be shown in Discord ({self.reason}{at}). `afterword check` names "
            "the place: change what stands there."
        )

    def sentence(self, say: Phrases) -> str:
        """Return what readers are told of it."""
        return say.not_shown_here


@contextmanager
def show_errors() -> Iterator[None]:
    """Turn every error that is raised into one.

    Raises:
        CannotShowError: Something was raised.
    """
    try:
        yield
    except CannotShowError:
        raise
    except Exception as error:
        raise CannotShowError(error) from error
