"""The copy in memory of an encrypted database: whole, of one moment, and of a size that fits."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.store.desk import memory_copy
from bot.store.desk.held_back import Source, open_whole
from bot.store.desk.memory_copy import MemoryCopy, copied_into_memory
from bot.store.file.conversion import convert
from bot.store.file.database import DatabaseError, address_for_reading
from bot.store.responses.queries import Filter, listing
from tests.desk.datasette.conftest import Said
from tests.store.encryption import KEY, OTHER_KEY, encrypted

FULL_TEXT = "select name, type from pragma_table_list where type in ('virtual', 'shadow')"
CONTENTS = "select type, name, tbl_name, sql from sqlite_master order by 1, 2"


@pytest.fixture
def is_copied() -> bool:
    return True


def test_the_copy_holds_every_row_table_view_and_index(said: Said, source: Source) -> None:
    assert isinstance(source, MemoryCopy)
    with closing(source.open()) as copy:
        assert copy.execute(CONTENTS).fetchall() == said.db.execute(CONTENTS).fetchall()
        full_text = {name for name, _ in said.db.execute(FULL_TEXT)}
        for name in said.db.table_names() + said.db.view_names():
            if name not in full_text:
                rows = f'select * from "{name}"'  # noqa: S608  # our own names
                assert copy.execute(rows).fetchall() == said.db.execute(rows).fetchall()
        assert [one.text for one in listing(copy, Filter(words="owl"))] == ["An owl in the attic"]
        assert copy.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_copy_ends_with_whoever_keeps_it(source: Source, tmp_path: Path) -> None:
    assert isinstance(source, MemoryCopy)
    before = {file.name for file in tmp_path.iterdir()}
    with closing(open_whole(source)) as connection:
        assert len(connection.execute("select * from responses").fetchall()) == 4
    assert {file.name for file in tmp_path.iterdir()} == before


def test_a_file_that_is_too_large_or_has_another_key_is_refused(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.db.close()
    convert(said.path, [None], KEY, lambda _done, _total: None)
    with (
        pytest.raises(DatabaseError, match="key does not open"),
        copied_into_memory(encrypted(said.path, OTHER_KEY)),
    ):
        pass
    monkeypatch.setattr(memory_copy, "MOST_BYTES", 1 << 16)
    with (
        pytest.raises(DatabaseError, match="use `afterword responses`"),
        copied_into_memory(encrypted(said.path)),
    ):
        pass
    with pytest.raises(DatabaseError, match="is encrypted"):
        address_for_reading(encrypted(said.path))
