"""`afterword dream` on a bot's file, with and without a journal or an index."""

import sqlite3
from pathlib import Path

import pytest

from bot.blog.files.reading import read_folder
from tests.cli.conftest import Type, write
from tests.eval.nights import filled

SAID = (
    ("tide", "The metronome on the piano ticked so slowly that my teacher left the room.", 1),
    ("clocks", "My sister took her metronome from the piano and let it tick for nine hours.", 1),
    ("tide", "I bought two kilos of potatoes.", 2),
    ("clocks", "Braille was the alphabet that my fingertips learned after I went blind.", 2),
    ("tide", "Blind as I am, I read the braille under my fingertips and smiled.", 3),
)


@pytest.fixture
def file(blog: Path, tmp_path: Path) -> Path:
    """A bot's file in which readers of two essays wrote, on three days."""
    for name, text in (("tide", "Water goes and returns."), ("clocks", "Springs unwind at last.")):
        head = f"---\ntitle: {name.title()}\ndate: 2026-01-05\n---\n"
        write(blog, f"content/posts/{name}.md", f"{head}{text}\n")
    contents = read_folder(blog)
    index = filled(
        contents,
        blog,
        [
            {
                "post": f"content/posts/{name}.md",
                "reader": f"r{number}",
                "text": text,
                "created_at": f"2026-02-0{day}T20:00:00+00:00",
            }
            for number, (name, text, day) in enumerate(SAID)
        ],
    )
    path = tmp_path / "bot.db"
    target = sqlite3.connect(path)
    index.db.conn.backup(target)
    target.close()
    return path


def test_each_night_sees_what_was_written_by_then(type_in: Type, blog: Path, file: Path) -> None:
    ran = type_in("dream", blog, "--database", file, "--json")
    assert ran.status == 0
    found = [(row["night"], row["a"]["response"], row["b"]["response"]) for row in ran.lines]
    assert found == [("2026-02-01", "1", "2"), ("2026-02-03", "5", "4")]
    first = ran.lines[0]
    assert list(first) == ["night", "kind", "a", "b", "because", "score", "through"]
    assert first["a"] == {
        "post": "content/posts/tide.md",
        "response": "1",
        "text": SAID[0][1],
    }
    assert "metronome" in first["because"]


def test_one_night_is_chosen_by_its_date(type_in: Type, blog: Path, file: Path) -> None:
    ran = type_in("dream", blog, "--database", file, "--night", "2026-02-03", "--json")
    assert [row["night"] for row in ran.lines] == ["2026-02-03"]
    empty = type_in("dream", blog, "--database", file, "--night", "2026-02-02", "--json")
    assert (empty.status, empty.out) == (0, "")
    assert "No two texts" in empty.err


def test_a_file_without_an_index_is_dreamt_of_all_the_same(
    type_in: Type, blog: Path, file: Path
) -> None:
    whole = type_in("dream", blog, "--database", file, "--json").lines
    db = sqlite3.connect(file)
    db.execute("delete from passages")
    db.execute("delete from indexed_posts")
    db.execute("update responses set source_id = source_id + 100")
    db.commit()
    db.close()
    bare = type_in("dream", blog, "--database", file, "--json").lines
    assert [row["a"].pop("message") for row in bare] == ["101", "105"]
    assert [row["b"].pop("message") for row in bare] == ["102", "104"]
    assert bare == whole


def test_the_journal_is_printed_as_it_is_and_nothing_is_written(
    type_in: Type, blog: Path, file: Path
) -> None:
    db = sqlite3.connect(file)
    db.execute(
        "insert into dream_nights (guild_id, night, begun_at, ended_at) "
        "values (1, '2026-02-01', '', '')"
    )
    db.execute(
        "insert into connections (id, guild_id, night, kind, a_post_id, a_response_id, b_post_id, "
        "b_response_id, because, score, pair) select 9, 1, '2026-02-01', 'pair', "
        "(select id from posts where slug = 'tide'), 1, (select id from posts where slug = 'clocks'"
        "), 2, '[\"kept\"]', 0.5, 'r1 r2'"
    )
    db.commit()
    before = list(db.iterdump())
    rows = type_in("dream", blog, "--database", file, "--json").lines
    assert [row["because"] for row in rows if row["night"] == "2026-02-01"] == [["kept"]]
    assert list(db.iterdump()) == before
    db.close()


def test_what_does_not_stand_in_its_thread_is_not_dreamt_of(
    type_in: Type, blog: Path, file: Path
) -> None:
    db = sqlite3.connect(file)
    db.execute("update responses set hidden_at = '2026-02-02' where id = 1")
    db.execute("update responses set review = 'waiting' where id = 4")
    db.commit()
    db.close()
    assert type_in("dream", blog, "--database", file, "--json").out == ""


def test_both_texts_are_quoted_and_then_what_ties_them(
    type_in: Type, blog: Path, file: Path
) -> None:
    out = type_in("dream", blog, "--database", file, "--night", "2026-02-01").out
    assert out.startswith("The night after 2026-02-01\n\nTwo readers may be speaking of")
    first, second, tied = out.split("  a reader of ")
    assert "  │ " in first
    assert "  │ " in second
    assert "What ties them: " in tied
    assert "metronome" in tied
