"""The links that authors set are found without looking at them, in the essays made for that."""

from datetime import UTC, datetime

import pytest

from tests.eval.related import OURS, Blog, found, read

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def linked() -> Blog:
    return read(OURS[0], NOW)


def test_more_links_are_found_than_by_tags_by_whole_texts_or_by_chance(linked: Blog) -> None:
    ours = found(linked, "ours")
    assert ours >= 0.75
    for method in ("chance", "shared tags", "whole texts"):
        assert ours > found(linked, method)


def test_no_link_is_seen_by_who_looks_for_it(linked: Blog) -> None:
    assert sum(map(len, linked.links.values())) >= 18
    assert linked.db.execute("select count(*) from post_links").fetchone() == (0,)
