"""What a bound leaves out of the bridges of a night: only those below it."""

from datetime import UTC, datetime
from pathlib import Path

from bot.blog.files.reading import read_folder
from bot.desk.dreams.bridges import Bridge, Bridges
from bot.desk.dreams.corpus import Corpus, Said
from bot.store.dreams.material import written
from tests.bench.prose import responses, write_essays
from tests.eval.nights import GUILD, filled

WHEN = "2026-03-01T12:00:00+00:00"


def is_elsewhere(one: Said, other: Said, _post_id: int) -> bool:
    return one.essay_id != other.essay_id


def kept(found: dict[int, Bridge], least: float) -> dict[int, Bridge]:
    return {other: bridge for other, bridge in found.items() if bridge.score >= least}


def test_no_bridge_is_lost_that_is_good_enough(tmp_path: Path) -> None:
    titles = write_essays(tmp_path, 60)
    contents = read_folder(tmp_path)
    paths = {post.title: post.path for post in contents.posts}
    said = [
        {"post": paths[titles[place]], "reader": text, "text": text, "created_at": WHEN}
        for place, text in responses(titles, 300)
    ]
    db = filled(contents, tmp_path, said).db
    corpus = Corpus(db, written(db, GUILD, None, datetime(2026, 3, 2, tzinfo=UTC)))
    every, few = (Bridges(db, corpus, is_elsewhere, most) for most in (10_000, 5))
    left_out = 0
    for place in range(20):
        found = every.of(place, 0.0)
        for least in (0.3, 0.6):
            assert kept(every.of(place, least), least) == kept(found, least)
        five = sorted((bridge.score for bridge in found.values()), reverse=True)[:5]
        best = few.of(place, 0.0)
        assert kept(best, five[-1]) == kept(found, five[-1])
        left_out += len(found) - len(best)
    assert left_out > 0
