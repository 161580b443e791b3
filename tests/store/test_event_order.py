"""Whatever the order, the batches and the repetitions, the same events end in the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.publishing.publication import Kind
from bot.core.response import Captured
from bot.store.ledger.messages import sent
from bot.store.responses.collected import Deleted, Event, ThreadDeleted, collect
from bot.store.times import to_text
from tests.store.conftest import FIRST, NOW, SECOND, undone, written

pytestmark = pytest.mark.encrypted_too


NOBODY = 999_999
"""A message that was never seen."""

Row = tuple[int, int | None, str, str | None]


@dataclass(frozen=True)
class Recorded:
    """The id of the first thread's second prompt message becomes known."""


@dataclass(frozen=True)
class Message:
    """A message, and the versions of it that are heard: minutes until the edit, and the text."""

    id: int
    thread: int
    parent: int | None
    reader: int
    versions: tuple[tuple[int | None, str], ...]

    def captures(self) -> list[Captured]:
        say = partial(written, self.id, parent=self.parent, reader=self.reader, thread=self.thread)
        return [say(text, edited=minutes) for minutes, text in self.versions]

    def newest(self) -> tuple[int | None, str] | None:
        heard = [(minutes or 0, text) for minutes, text in self.versions if text or minutes]
        return max(heard, default=None)


@st.composite
def messages(draw: st.DrawFn) -> list[Message]:
    made = []
    for number in range(draw(st.integers(1, 7))):
        thread = draw(st.sampled_from([FIRST, SECOND]))
        asked = [thread + 1, thread + 2]
        others = [thread + 10 + other for other in range(7)]
        minutes = draw(st.lists(st.sampled_from([None, 1, 2]), min_size=1, unique=True))
        versions = tuple(
            (minute, draw(st.sampled_from(["", f"word{number}", f"word{number} edited{minute}"])))
            for minute in minutes
        )
        parent = draw(st.none() | st.sampled_from([*asked, *others, NOBODY]))
        reader = draw(st.integers(501, 503))
        made.append(Message(thread + 10 + number, thread, parent, reader, versions))
    return made


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Message], list[Event | Recorded]]:
    """Return messages, and everything that is heard of them, in some order, some of it twice."""
    told = draw(messages())
    events: list[Event | Recorded] = [one for message in told for one in message.captures()]
    ids = [message.id for message in told]
    events += [Deleted(gone) for gone in draw(st.lists(st.sampled_from(ids), max_size=2))]
    events += [Deleted(asked) for asked in draw(st.lists(st.just(FIRST + 1), max_size=1))]
    events += [ThreadDeleted(thread) for thread in draw(st.lists(st.just(SECOND), max_size=1))]
    again = draw(st.lists(st.sampled_from(events), max_size=4))
    return told, draw(st.permutations([Recorded(), *events, *again]))


def expected(
    told: Sequence[Message], events: Sequence[Event | Recorded], asked: dict[int, int]
) -> list[Row]:
    """Return the rows that these events should leave, worked out without their order."""
    by_id = {message.id: message for message in told}
    deleted = {event.source_id for event in events if isinstance(event, Deleted)}
    lost = {event.thread_id for event in events if isinstance(event, ThreadDeleted)}

    def prompt_of(parent: int | None) -> int | None:
        seen: set[int] = set()
        while parent is not None and parent not in asked:
            message = by_id.get(parent)
            if message is None or message.newest() is None or parent in seen:
                return None
            seen.add(parent)
            parent = message.parent
        return None if parent is None else asked[parent]

    rows: list[Row] = []
    for message in told:
        newest = message.newest()
        if newest is None or message.id in deleted or message.thread in lost:
            continue
        minutes, text = newest
        edited = to_text(NOW + timedelta(minutes=minutes)) if minutes else None
        rows.append((message.id, prompt_of(message.parent), text, edited))
    return sorted(rows)


def apply(db: Database, events: Sequence[Event | Recorded], publication: int, size: int) -> None:
    """Apply events in batches of a size."""
    batch: list[Event] = []
    for event in events:
        if isinstance(event, Recorded):
            sent(db, publication, {(Kind.PROMPT, 1): FIRST + 2}, NOW)
            continue
        batch.append(event)
        if len(batch) >= size:
            collect(db, batch, {}, NOW)
            batch = []
    collect(db, batch, {}, NOW)


def rows_of(db: Database) -> list[Row]:
    query = "select source_id, prompt_id, text, edited_at from responses order by source_id"
    return list(db.execute(query))


def indexed_words(db: Database, words: Sequence[str]) -> set[int]:
    query = (
        "select source_id from responses where id in "
        "(select rowid from responses_fts where responses_fts match ?)"
    )
    found = (db.execute(query, [f'"{word}"']) for word in words)
    return {row[0] for rows in found for row in rows}


@settings(max_examples=120)
@given(story=stories(), size=st.integers(1, 5), again=st.randoms(use_true_random=False))
def test_the_same_events_end_in_the_same_rows(
    shared_world: Any,
    story: tuple[list[Message], list[Event | Recorded]],
    size: int,
    again: Random,
) -> None:
    told, events = story
    db, first, second = shared_world.db, shared_world.first, shared_world.second
    asked = dict(zip(first.asked_in, first.prompts, strict=True))
    asked |= dict(zip(second.asked_in, second.prompts, strict=True))
    with undone(db):
        db.execute("update messages set message_id = null where message_id = ?", [FIRST + 2])
        apply(db, events, first.publication, size)
        rows = expected(told, events, asked)
        assert rows_of(db) == rows
        assert {reader for (reader,) in db.execute("select id from readers")} == {
            message.reader for message in told if message.id in {row[0] for row in rows}
        }
        words = [word for _, _, text, _ in rows for word in text.split()]
        assert indexed_words(db, words) == {row[0] for row in rows if row[2]}
        db.execute("insert into responses_fts(responses_fts) values ('integrity-check')")
        repeated = list(events)
        again.shuffle(repeated)
        apply(db, repeated, first.publication, 3)
        assert rows_of(db) == rows
