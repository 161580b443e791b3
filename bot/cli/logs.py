"""Logging for people who watch a terminal. Never a message's text, never a token."""

import logging
import sys
from pathlib import Path

from bot.core.visible import visible, visible_line


class Lines(logging.Formatter):
    """Writes each record on one line and makes control characters visible, in tracebacks too."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        """Return the line that a message is on."""
        return visible_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a message, and what was raised below it."""
        return visible(super().format(record))


class Brief(Lines):
    """Writes one line for each fault: its traceback is for a file."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record without its traceback, but with what was raised."""
        error = record.exc_info[1] if record.exc_info else None
        line = super().format(
            logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None})
        )
        return line if error is None else visible_line(f"{line} ({type(error).__name__}: {error})")


def set_up_logging(
    *, verbose: bool = False, level: int = logging.INFO, details: Path | None = None
) -> None:
    """Send this program's log to standard error.

    discord.py is quieter than we are: its debug log holds message texts, so that it is never
    turned on.

    Args:
        verbose: Show our own debug lines too.
        level: What to show otherwise.
        details: A file for warnings and tracebacks; standard error then has errors, a line each.
    """
    form = ("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(Lines(*form) if details is None else Brief(*form))
    handlers: list[logging.Handler] = [shown]
    if details is not None:
        shown.setLevel(logging.ERROR)
        written = logging.FileHandler(details, encoding="utf-8", delay=True)
        written.setFormatter(Lines(*form))
        handlers.append(written)
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)
    logging.getLogger("bot").setLevel(logging.DEBUG if verbose else level)
    logging.getLogger("discord").setLevel(logging.WARNING)
