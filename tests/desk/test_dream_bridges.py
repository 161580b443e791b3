"""What a bound leaves out of the bridges of a night: only those below it."""

from datetime import UTC, timedelta
from pathlib import Path

from bot.desk.dreams.bridges import Bridge, Bridges
from bot.desk.dreams.corpus import Corpus
from bot.desk.dreams.night import end_of
from bot.store.dreams.material import written
from tests.eval.dream import FIRST, NIGHTS, index_of, read
from tests.eval.nights import GUILD

MANY = 10_000


def kept(found: dict[int, Bridge], least: float) -> dict[int, Bridge]:
    return {other: bridge for other, bridge in found.items() if bridge.score >= least}


def test_no_bridge_is_lost_that_is_good_enough(tmp_path: Path) -> None:
    index = index_of(read(), tmp_path)
    until = end_of(FIRST + timedelta(days=NIGHTS), UTC)
    corpus = Corpus(index.db, written(index.db, GUILD, None, until))
    every = Bridges(index.db, corpus, lambda one, other, _: one.essay_id != other.essay_id, MANY)
    few = Bridges(index.db, corpus, lambda one, other, _: one.essay_id != other.essay_id, 1)
    lost = 0
    for place in range(0, len(corpus.said), 10):
        found = every.of(place, 0.0)
        for least in (0.3, 0.6):
            assert kept(every.of(place, least), least) == kept(found, least)
        best = sorted((bridge.score for bridge in found.values()), reverse=True)[:1]
        assert kept(few.of(place, 0.0), best[-1] if best else 0.0) == kept(
            found, best[-1] if best else 0.0
        )
        lost += len(found) - len(few.of(place, 0.0))
    assert lost > 0
