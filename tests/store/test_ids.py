"""Ids that are never used again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from bot.store import ids
from bot.store.ids import new_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_as_many_ids_as_one_wants_of_one_millisecond_differ() -> None:
    assert len({new_id(NOW) for _ in range(30_000)}) == 30_000


def test_ids_grow_even_when_the_clock_goes_back() -> None:
    made = [new_id(NOW + timedelta(days=days)) for days in (3, 2, 1, 0, 4)]
    assert sorted(made) == made


def test_ids_fit_the_database_whatever_the_clock_says() -> None:
    minter = ids._Minter()  # of its own: they only grow
    years = (1970, 2025, 2060, 2106, 9999)
    made = [minter.mint(datetime(year, 1, 1, tzinfo=UTC), 1)[0] for year in years]
    made += minter.mint(NOW, 20_000)
    assert all(0 < new < 2**63 for new in made)
    assert sorted(set(made)) == made
    assert 0 < new_id() < 2**63


def test_threads_never_draw_the_same_id() -> None:
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(lambda _: [new_id(NOW) for _ in range(2000)], range(3)))
    assert len({new for box in drawn for new in box}) == 6000
