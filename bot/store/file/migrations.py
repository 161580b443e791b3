"""The schema, one migration after another. A released migration is never edited.

Conventions, for a file that others open: STRICT tables, snowflakes and our own ids as INTEGER in
tables and TEXT in views, times as ISO 8601 text in UTC, lists as JSON text. Ids of posts, essays,
questions, prompts, publications and responses are minted (`bot.store.ids`) and never used again,
not even after the file was lost: they are in the custom_ids of buttons.

After a `transform`, recreate the full-text triggers: sqlite-utils drops them silently.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store.file import dream_tables
from bot.store.file.control_tables import CHOICE_ERASED, CONTROL, KEEPING_CHANGED
from bot.store.file.control_views import REVIEWED_VIEWS
from bot.store.file.first_tables import BLOG, GUILDS, PUBLICATIONS, RESPONSES
from bot.store.file.passage_tables import PASSAGES
from bot.store.file.views import (
    MODERATOR_ACTS_WITH_AUDIT,
    VIEW,
    VIEW_WITH_NICKNAMES,
    VIEWS,
)

migrations = Migrations("afterword")


@migrations(name="0001_first")
def first(db: Database) -> None:
    """Make every table, the view an author opens first, and full-text search over responses."""
    for tables in (BLOG, GUILDS, PUBLICATIONS, RESPONSES, VIEW):
        for statement in tables.split(";"):
            db.execute(statement)
    index_text(db)


def index_text(db: Database) -> None:
    """Make the full-text index over responses, and the triggers that keep it."""
    db.table("responses").enable_fts(
        ["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2"
    )
    (kept,) = (one for one in db.table("responses").triggers if one.name == "responses_au")
    db.execute("drop trigger responses_au")
    only_of_texts = kept.sql.replace("AFTER UPDATE ON", "AFTER UPDATE OF text ON")
    db.execute(only_of_texts)  # linking a response to its question leaves its words alone


@migrations(name="0002_bodies")
def bodies(db: Database) -> None:
    """Keep what tells a post's text; it is filled in when the files are read the next time."""
    db.execute("alter table posts add column body_digest text not null default ''")


ACCESS = """
alter table tombstones add column because text not null default 'event'
  check (because in ('event', 'reader', 'concluded'));
create index tombstones_concluded on tombstones(source_id) where because = 'concluded';
alter table messages add column deleted_because text
  check (deleted_because in ('event', 'concluded'));
alter table messages add column attempted_after integer;
alter table publications add column obstacle text;
alter table threads add column deleted_because text
  check (deleted_because in ('event', 'concluded'));
create table gaps (
  id integer primary key,
  thread_id integer not null references threads(id),
  began_at text not null,
  ended_at text,
  lacking text not null
) strict;
create unique index gaps_open on gaps(thread_id) where ended_at is null;
create table absences (
  place_id integer primary key,
  guild_id integer not null references guilds(id),
  count integer not null,
  first_seen_at text not null,
  look_again_at text not null
) strict;
create table notices (
  key text primary key,
  guild_id integer not null references guilds(id),
  text text not null,
  raised_at text not null,
  told_at text
) strict, without rowid;
create table nicknames (
  guild_id integer not null references guilds(id),
  reader_id integer not null references readers(id) on delete cascade,
  name text not null,
  primary key (guild_id, reader_id)
) strict, without rowid;
create index nicknames_reader on nicknames(reader_id)
"""


@migrations(name="0003_access")
def access(db: Database) -> None:
    """Tell why something counts as deleted, and when a thread could not be read."""
    for statement in ACCESS.split(";"):
        db.execute(statement)
    db.execute("drop view responses_by_question")
    db.execute(VIEW_WITH_NICKNAMES)


PENDING_ANSWERS = """
create table pending_answers (
  id integer primary key,
  response_id integer not null,
  publication_id integer not null references publications(id)
) strict;
create index pending_answers_response on pending_answers(response_id);
create index pending_answers_publication on pending_answers(publication_id)
"""


@migrations(name="0004_pending_answers")
def pending_answers(db: Database) -> None:
    """Show one answer without going through all that were shown before it."""
    for statement in PENDING_ANSWERS.split(";"):
        db.execute(statement)


DESK = """
create table highlights (
  response_id integer primary key references responses(id) on delete cascade,
  highlighted_by integer not null,
  highlighted_at text not null
) strict;
create table forms_opened (
  prompt_id integer primary key references prompts(id),
  count integer not null,
  since text not null
) strict;
create table author_visits (
  guild_id integer not null references guilds(id),
  author_id integer not null,
  seen_id integer not null,
  visited_at text not null,
  primary key (guild_id, author_id)
) strict, without rowid;
create table digests (
  id integer primary key,
  guild_id integer not null references guilds(id),
  channel_id integer not null,
  after_id integer not null,
  until_id integer not null,
  attempted_after integer not null default 0,
  intended_at text not null,
  message_id integer,
  sent_at text
) strict;
create index digests_guild on digests(guild_id);
alter table guilds add column digest text not null default 'off'
  check (digest in ('off', 'daily', 'weekly'));
alter table guilds add column digest_channel_id integer;
alter table consents add column named integer not null default 0 check (named in (0, 1));
alter table consents add column named_wording text not null default ''
"""
"""Who agreed to be quoted before they were asked about their name is quoted without it."""


@migrations(name="0005_desk")
def desk(db: Database) -> None:
    """Keep what authors highlighted and have seen, and which form of a quote a reader chose."""
    for statement in DESK.split(";"):
        db.execute(statement)


@migrations(name="0006_desk_views")
def desk_views(db: Database) -> None:
    """Make the views of the author's desk."""
    for name, select in VIEWS.items():
        db.execute(f"create view {name} as {select}")


@migrations(name="0007_control")
def control(db: Database) -> None:
    """Keep what readers chose, what moderators decided, and who did what."""
    for statement in CONTROL.split(";"):
        db.execute(statement)
    db.execute(KEEPING_CHANGED)
    db.execute(CHOICE_ERASED)
    db.execute("drop view moderator_acts")
    db.execute(f"create view moderator_acts as {MODERATOR_ACTS_WITH_AUDIT}")
    for name, select in REVIEWED_VIEWS.items():
        db.execute(f"drop view {name}")
        db.execute(f"create view {name} as {select}")


@migrations(name="0008_reading_along")
def reading_along(db: Database) -> None:
    """Keep the words of essays, by which their passages are found, and the dream journal."""
    for statement in (*PASSAGES, *dream_tables.DREAMS):
        db.execute(statement)


NAMES = (
    "0001_first",
    "0002_bodies",
    "0003_access",
    "0004_pending_answers",
    "0005_desk",
    "0006_desk_views",
    "0007_control",
    "0008_reading_along",
)
"""Every migration that this Afterword knows, in order."""
