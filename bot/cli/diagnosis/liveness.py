"""A finding of `afterword doctor`, and the health check, which imports only this."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.core.errors import AfterwordError
from bot.settings import Settings
from bot.store import key_values
from bot.store.file.database import open_for_reading
from bot.store.times import from_text

ALIVE_FOR = timedelta(minutes=3)
"""A running bot writes the time to the database each minute."""

State = Literal["ok", "fault", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: in order, a fault, or a note."""

    about: str
    state: State
    text: str


def check_alive(settings: Settings) -> Iterator[Finding]:
    """Yield whether a bot ran on this database in the last minutes."""
    try:
        with open_for_reading(settings.database) as db:
            said = key_values.get_value(db, key_values.ALIVE)
    except AfterwordError as error:
        yield Finding("bot", "fault", str(error))
        return
    if said is None:
        yield Finding("bot", "fault", "No bot has been awake on this database: start it.")
        return
    age = datetime.now(UTC) - from_text(said)
    if age < -ALIVE_FOR:
        text = f"The last sign of the bot is from the future, {said}: a clock was wrong."
        yield Finding("bot", "fault", f"{text} A bot that is awake corrects it within a minute.")
    elif age > ALIVE_FOR:
        yield Finding("bot", "fault", f"No sign of the bot since {said}: look at its log.")
    else:
        yield Finding("bot", "ok", f"Awake at {said}.")
