"""A database of two essays, as in the store's tests, and what a blog may show of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.desk.site.posts import post_data
from bot.store.desk.site import site_posts
from bot.store.file.database import open_database
from tests.store.conftest import World, build_world

SAID = ("First", "Second", "Third")
"""By three readers without a name."""


@contextmanager
def new_world(path: Path) -> Iterator[World]:
    db = open_database(path)
    try:
        with db.atomic():
            world = build_world(db, path)
        db.execute("update posts set url = 'https://essays.example.org/' || slug || '/'")
        yield world
    finally:
        db.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with new_world(tmp_path / "kept.db") as made:
        yield made


def quotable(world: World, number: int, text: str, *, by: str | None, **answer: Any) -> int:
    """Keep an answer of reader `number`, whose name is `by`; None if they chose no name."""
    given = {"shown": False, "reader": number, "named": by is not None} | answer
    kept = world.answer(9000 + number, text, may_quote=True, **given)
    assert kept is not None
    if by is not None:
        world.db.execute("update readers set name = ? where id = ?", [by, given["reader"]])
    return kept


def three_unnamed(world: World, texts: tuple[str, str, str] = SAID, first: int = 600) -> list[int]:
    return [quotable(world, first + place, text, by=None) for place, text in enumerate(texts)]


def data_of(world: World, slug: str = "dreams") -> dict[str, Any] | None:
    """Return what a post's file says; None if it has none."""
    return next((post_data(one) for one in site_posts(world.db) if one.slug == slug), None)


def texts_of(data: dict[str, Any] | None) -> list[str]:
    """Return every response of a file, in its order."""
    assert data is not None
    lists = [*(one["responses"] for one in data["questions"]), data["others"]]
    return [one["text"] for responses in lists for one in responses]
