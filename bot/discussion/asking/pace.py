"""How much one reader may ask, in memory alone."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

MOST = 10
WITHIN = timedelta(minutes=1)
"""A reader asks so much within a minute; a person who reads the answers does not."""

READERS = 5_000
"""So many readers are remembered; who asked longest ago is forgotten."""


class Pace:
    """Counts what readers asked lately."""

    def __init__(self) -> None:
        self._asked: OrderedDict[tuple[int, int], deque[datetime]] = OrderedDict()

    def wait(self, guild_id: int, reader_id: int, now: datetime) -> int:
        """Count a question, or return after how many seconds it may be asked; 0 if it may be."""
        key = (guild_id, reader_id)
        asked = self._asked.setdefault(key, deque(maxlen=MOST))
        self._asked.move_to_end(key)
        if len(self._asked) > READERS:
            self._asked.popitem(last=False)
        if len(asked) == MOST and (free := asked[0] + WITHIN) > now:
            return max(1, round((free - now).total_seconds()))
        asked.append(now)
        return 0
