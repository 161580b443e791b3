"""The tables of what readers chose, what moderators decided, and who did what."""

CONTROL = """
alter table guilds add column keeping text not null default 'opt_out'
  check (keeping in ('opt_out', 'opt_in'));
alter table guilds add column keeping_since text;
alter table guilds add column retention_days integer check (retention_days > 0);
alter table guilds add column approval integer not null default 0 check (approval in (0, 1));
alter table guilds add column requests integer not null default 0 check (requests in (0, 1));
alter table guilds add column log_channel_id integer;
alter table channels add column quiet_from integer check (quiet_from between 0 and 23);
alter table channels add column quiet_until integer check (quiet_until between 0 and 23);
alter table channels add column tags_in text not null default '[]';
alter table channels add column tags_out text not null default '[]';
alter table channels add column from_date text;
alter table channels add column forum_tags text not null default '{}';
alter table channels add column default_forum_tag_id integer;
alter table channels add column sealed_days integer check (sealed_days > 0);
alter table publications add column followers text not null default '[]';
alter table prompts add column sealed_until text;
alter table prompts add column sealed_by text check (sealed_by in ('file', 'channel'));
alter table responses add column linked_by integer;
alter table responses add column hidden_by integer;
alter table tombstones add column was_linked integer not null default 0
  check (was_linked in (0, 1));
alter table tombstones add column was_hidden_at text;
alter table publications add column lock_choice text check (lock_choice in ('locked', 'open'));
alter table responses add column review text
  check (review in ('waiting', 'approved', 'declined'));
alter table responses add column review_because text
  check (review_because in ('approval', 'flood'));
alter table responses add column reviewed_by integer;
alter table responses add column sealed integer not null default 0 check (sealed in (0, 1));
create index responses_waiting on responses(guild_id) where review = 'waiting';
create index prompts_sealed on prompts(sealed_until) where sealed_until is not null;
create index responses_sealed on responses(prompt_id) where sealed = 1;
create table review_notices (
  id integer primary key,
  guild_id integer not null references guilds(id),
  channel_id integer not null,
  intended_at text not null,
  attempted_after integer not null default 0,
  message_id integer,
  told text not null,
  newest_at text not null,
  concluded_at text,
  deleted_at text
) strict;
create unique index review_notices_open on review_notices(guild_id) where concluded_at is null;
alter table consents add column version text not null default '';
create table choices (
  id integer primary key,
  guild_id integer not null references guilds(id),
  reader_id integer not null,
  purpose text not null check (purpose in ('keep', 'quote')),
  choice text not null check (choice in ('yes', 'no', 'by_name', 'without_name')),
  wording text not null,
  version text not null,
  chosen_at text not null
) strict;
create index choices_reader on choices(guild_id, reader_id, purpose);
create index choices_purpose on choices(purpose);
create table erased_choices (
  guild_id integer not null,
  purpose text not null,
  chosen_at text not null,
  primary key (guild_id, purpose, chosen_at)
) strict, without rowid;
create table refusals (
  digest text primary key,
  wording text not null,
  version text not null,
  refused_at text not null,
  ended_at text
) strict, without rowid;
create table quote_requests (
  response_id integer primary key,
  thread_id integer not null references threads(id),
  source_message_id integer not null,
  asked_by integer not null,
  intended_at text not null,
  attempted_after integer not null default 0,
  message_id integer unique,
  sent_at text,
  answered_at text,
  removed_at text
) strict;
create table erasures (
  response_id integer primary key,
  publication_id integer not null references publications(id),
  because text not null,
  erased_at text not null
) strict;
create index erasures_publication on erasures(publication_id);
create table decisions (
  channel_id integer not null references channels(id),
  essay_id integer not null references essays(id),
  decision text not null check (decision in ('skip', 'withdraw')),
  body_digest text not null,
  decided_by integer not null,
  decided_at text not null,
  primary key (channel_id, essay_id)
) strict, without rowid;
create table audit (
  id integer primary key,
  guild_id integer not null references guilds(id),
  at text not null,
  actor_id integer not null,
  act text not null,
  subject_id integer,
  detail text not null default '',
  attempted_after integer not null default 0,
  message_id integer,
  told_at text
) strict;
create index audit_guild on audit(guild_id, id);
create index audit_subject on audit(subject_id) where subject_id is not null;
create index audit_untold on audit(guild_id) where told_at is null;
create table follow_roles (
  guild_id integer not null references guilds(id),
  kind text not null check (kind in ('tag', 'author')),
  folded text not null,
  name text not null,
  role_id integer,
  made_by integer not null,
  made_at text not null,
  primary key (guild_id, kind, folded)
) strict, without rowid;
create table thread_requests (
  channel_id integer not null references channels(id),
  essay_id integer not null references essays(id),
  reader_digest text not null,
  requested_at text not null,
  primary key (channel_id, essay_id, reader_digest)
) strict, without rowid;
create index thread_requests_reader on thread_requests(reader_digest, requested_at);
create table request_notices (
  id integer primary key,
  channel_id integer not null references channels(id),
  essay_id integer not null references essays(id),
  place_id integer,
  attempted_after integer not null default 0,
  message_id integer unique,
  shown text not null default '',
  put_off_at text,
  settled_at text,
  unique (channel_id, essay_id)
) strict;
create table drafts (
  reader_id integer not null,
  prompt_id integer not null references prompts(id),
  text text not null,
  saved_at text not null,
  primary key (reader_id, prompt_id)
) strict, without rowid;
create table setup_drafts (
  id integer primary key,
  guild_id integer not null references guilds(id),
  changes text not null,
  saved_at text not null
) strict;
create table reactions (
  response_id integer not null references responses(id) on delete cascade,
  emoji text not null,
  count integer not null check (count > 0),
  primary key (response_id, emoji)
) strict, without rowid
"""

CHOICE_ERASED = """
create trigger choices_erased after delete on choices begin
  insert or ignore into erased_choices (guild_id, purpose, chosen_at)
    values (old.guild_id, old.purpose, old.chosen_at);
end
"""
"""However a choice is deleted, the bare time of it stays, so that no import brings it back."""

KEEPING_CHANGED = """
create trigger guilds_keeping after update of keeping on guilds when old.keeping <> new.keeping
begin
  update guilds set keeping_since = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '+00:00'
    where id = new.id;
  update publications set settled = 'again' where over_at is null and channel_id in
    (select id from channels where guild_id = new.id);
end
"""
"""Who changes a guild's mode need not know what depends on it: from when on it counts, and that
the notices of its threads say something else now.
"""
