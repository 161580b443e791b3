"""A database with a row in every table, and the commands that move it."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.core.response import Captured
from bot.store.file.database import open_database
from bot.store.responses.answers import keep_answer
from bot.store.responses.collected import Deleted, collect
from bot.store.responses.highlights import toggle_highlight
from tests.cli.conftest import GUILD, NOW, THREAD, Ran, Type

LATER = NOW + timedelta(days=1)
ADA = GUILD + 100
SECRET = "a sentence of Ada’s"

MORE = """
update messages set message_id = 7001;
update responses set parent_id = 7001 where parent_id is not null;
insert into questions select 77, id, 5, 'An old one?', 1, first_seen_at, first_seen_at from posts
  where slug = 'snow';
insert into shelf select 20, essay_id, 'NOW' from posts where slug = 'snow';
insert into holds values (78, 20, 'NOW', 79, 'start', ADA, 'NOW');
insert into held_essays select 78, essay_id from posts where slug = 'snow';
insert into pending_answers (id, response_id, publication_id) select 5, id, publication_id
  from responses where source = 'answer';
insert into messages (publication_id, kind, position, prompt_id, response_id, digest, message_id)
  select publication_id, 'answer', id, prompt_id, id, 'd', 7002 from responses
  where source = 'answer';
insert into gaps values (9, THREAD, 'NOW', null, '["view_channel"]');
insert into absences values (THREAD, GUILD, 30, 'NOW', 'NOW');
insert into notices values ('a', GUILD, 'Look.', 'NOW', null);
insert into nicknames values (GUILD, ADA, 'Ada of the drums');
insert into forms_opened select id, 3, 'NOW' from prompts;
insert into author_visits values (GUILD, ADA, 3, 'NOW');
insert into digests values (4, GUILD, 20, 1, 2, 0, 'NOW', null, null);
insert into follow_roles values (GUILD, 'tag', 'rain', 'Rain', 80, ADA, 'NOW');
insert into thread_requests select 20, essay_id, 'abcd', 'NOW' from posts where slug = 'snow';
insert into request_notices select 81, 20, essay_id, 21, 0, 82, 'd', null, null from posts
  where slug = 'snow';
insert into reactions select id, '👍', 2 from responses;
insert into choices values (3, GUILD, ADA, 'quote', 'by_name', 'May I?', '1', 'NOW');
insert into erased_choices values (GUILD, 'quote', '2026-01-01T00:00:00.000+00:00');
insert into refusals values ('5f', 'No.', '1', 'NOW', null);
insert into quote_requests (response_id, thread_id, source_message_id, asked_by, intended_at)
  select id, THREAD, source_id, ADA, 'NOW' from responses where source = 'answer' limit 1;
insert or replace into notes values ('AFTERWORD_CHANNEL', '20'), ('owner', 'a token'),
  ('commands of 5', 'digest'),
  ('alive', 'NOW'), ('scrub owed', 'NOW NOW');
insert into decisions select 20, essay_id, 'skip', '', ADA, 'NOW' from posts where slug = 'snow';
insert into audit (id, guild_id, at, actor_id, act, subject_id)
  values (91, GUILD, 'NOW', ADA, 'set up', 20);
insert into review_notices values (92, GUILD, 21, 'NOW', 0, 93, '', 'NOW', null, null);
insert into dream_nights values (GUILD, '2026-03-01', 1, 'NOW', 'NOW', null);
insert into connections select 94, GUILD, '2026-03-01', 'pair', post_id, responses.id, null,
  post_id, null, 3, null, null, null, '["drum"]', 0.25, 'p1.3 r1', 'asked', 'NOW'
  from responses join publications on publications.id = publication_id
  where source = 'answer' limit 1;
insert into dreamless_essays select GUILD, essay_id, 'NOW' from posts where slug = 'snow';
insert into second_questions select 95, publication_id, id, 'NOW', 'asked', 'NOW' from prompts
  limit 1;
insert into dream_messages values (96, GUILD, 94, null, 'a', THREAD, 'NOW', 0, 97, 'NOW', 'd', 0,
  null), (98, GUILD, null, 95, 'again', THREAD, 'NOW', 0, null, null, '', 1, null);
insert into drafts select ADA, id, 'begun', 'NOW' from prompts limit 1;
insert into readings values ('a.md', 1, 2, 'code', x'00', x'00');
update publications set waiting_for = 'a tag', asked_by = ADA,
  obstacle = '{"phrase":"no_access","needs_person":true,"values":[["channel","#a"]]}';
"""


@pytest.fixture
def house(database: Path) -> Path:
    """A database with a row in every table."""
    db = open_database(database)
    with db.atomic():
        _furnish(db)
    db.close()
    return database


def _furnish(db: Database) -> None:
    [prompt] = db.execute("select id from prompts").fetchone()
    for number, text in ((60, SECRET), (61, f"{SECRET}, again")):
        keep_answer(
            db,
            Captured(THREAD + number, GUILD, THREAD, ADA, "Ada", text, LATER),
            prompt,
            shown=True,
            may_quote=number == 61,
            named=True,
            wordings=("May I?", "By name?"),
        )
    collect(db, [Deleted(THREAD + 12), Deleted(THREAD + 500, "concluded")], {}, NOW)
    [answer] = db.execute("select id from responses where source = 'answer'").fetchone()
    toggle_highlight(db, answer, ADA, NOW)
    known = {"NOW": NOW.isoformat(), "ADA": ADA, "THREAD": THREAD, "GUILD": GUILD}
    for statement in MORE.split(";"):
        db.execute(re.sub("NOW|ADA|THREAD|GUILD", lambda name: str(known[name[0]]), statement))


class Moves:
    """Types the commands, each about a file in a folder."""

    def __init__(self, type_in: Type, folder: Path) -> None:
        self._type = type_in
        self.folder = folder

    def export(self, database: Path) -> bytes:
        file = self.folder / "house.jsonl"
        ran = self._type("export", "--all", file, "--database", database)
        assert (ran.status, ran.out.startswith(f"Wrote {file}. ")) == (0, True)
        return file.read_bytes()

    def report(self, database: Path) -> bytes:
        file = self.folder / "report.html"
        assert self._type("report", "-o", file, "--database", database).status == 0
        return file.read_bytes()

    def take_in(self, data: bytes, database: Path) -> Ran:
        file = self.folder / "from-elsewhere.jsonl"
        file.write_bytes(data)
        return self._type("import", file, "--database", database)


@pytest.fixture
def moves(type_in: Type, tmp_path: Path) -> Moves:
    return Moves(type_in, tmp_path)


def rows(data: bytes, table: str | None = None) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in data.splitlines()[1:]]
    return [one for one in found if table in {None, one["table"]}]


def joined(data: bytes, changed: list[dict[str, Any]]) -> bytes:
    """Return an export with other rows, counted anew."""
    head = json.loads(data.splitlines()[0]) | {"rows": len(changed)}
    return b"".join(json.dumps(one).encode() + b"\n" for one in (head, *changed))


def change(data: bytes, table: str, values: dict[str, object]) -> bytes:
    """Return an export whose first row of a table says something else."""
    found = rows(data)
    next(one for one in found if one["table"] == table).update(values)
    return joined(data, found)
