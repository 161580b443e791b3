"""Logging for people who watch a terminal. Never a message's text, never a token."""

import logging
import sys


def set_up_logging(*, verbose: bool = False, level: int = logging.INFO) -> None:
    """Send this program's log to standard error.

    discord.py is quieter than we are: its debug log holds message texts, so that it is never
    turned on.

    Args:
        verbose: Show our own debug lines too.
        level: What to show otherwise.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.DEBUG if verbose else level)
    logging.getLogger("discord").setLevel(logging.WARNING)
