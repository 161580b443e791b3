"""The tables of the first migration: never edited, as every migration that is released."""

BLOG = """
create table essays (
  id integer primary key,
  key text not null,
  first_seen_at text not null
) strict;
create table posts (
  id integer primary key,
  essay_id integer not null references essays(id),
  path text not null,
  lang text not null,
  slug text not null,
  key text not null,
  aliases text not null,
  title text not null,
  date text,
  url text,
  digest text not null,
  pending integer not null default 0 check (pending in (0, 1)),
  first_seen_at text not null,
  missing_since text,
  removed_at text
) strict;
create index posts_essay on posts(essay_id);
create index posts_slug on posts(lang, slug);
create table questions (
  id integer primary key,
  post_id integer not null references posts(id),
  position integer not null,
  text text not null,
  generic integer not null check (generic in (0, 1)),
  first_seen_at text not null,
  retired_at text
) strict;
create index questions_post on questions(post_id, position);
create table readings (
  path text primary key,
  changed_at integer not null,
  size integer not null,
  made_by text not null,
  reading blob not null,
  checksum blob not null
) strict, without rowid
"""

GUILDS = """
create table guilds (
  id integer primary key,
  name text not null,
  author_role_id integer,
  notices_channel_id integer,
  joined_at text not null,
  left_at text
) strict;
create table channels (
  id integer primary key,
  guild_id integer not null references guilds(id),
  kind text not null check (kind in ('text', 'forum')),
  lang text not null,
  pace text not null check (pace in ('each', 'daily', 'weekly')),
  body text not null check (body in ('auto', 'full', 'excerpt', 'card')),
  opened_at text,
  closed_at text
) strict;
create index channels_guild on channels(guild_id);
create table shelf (
  channel_id integer not null references channels(id),
  essay_id integer not null references essays(id),
  shelved_at text not null,
  primary key (channel_id, essay_id)
) strict, without rowid;
create table holds (
  id integer primary key,
  channel_id integer not null references channels(id),
  held_at text not null,
  asked_message_id integer,
  decision text check (decision in ('start', 'shelve')),
  decided_by integer,
  decided_at text
) strict;
create table held_essays (
  hold_id integer not null references holds(id),
  essay_id integer not null references essays(id),
  primary key (hold_id, essay_id)
) strict, without rowid
"""

PUBLICATIONS = """
create table publications (
  id integer primary key,
  channel_id integer not null references channels(id),
  essay_id integer not null references essays(id),
  post_id integer not null references posts(id),
  thread_id integer unique,
  title text not null,
  tags text not null default '[]',
  locked integer default 0 check (locked in (0, 1)),
  asked_by integer,
  waiting_for text,
  settled text not null default '',
  intended_at text not null,
  started_at text,
  over_at text,
  over_because text,
  unique (channel_id, essay_id)
) strict;
create table prompts (
  id integer primary key,
  publication_id integer not null references publications(id),
  position integer not null,
  text text not null,
  is_ours integer not null check (is_ours in (0, 1)),
  withdrawn_at text,
  retired_at text
) strict;
create index prompts_publication on prompts(publication_id, position);
create table prompt_questions (
  prompt_id integer not null references prompts(id),
  question_id integer not null references questions(id),
  primary key (prompt_id, question_id)
) strict, without rowid;
create table messages (
  publication_id integer not null references publications(id),
  kind text not null check (kind in ('starter', 'body', 'prompt', 'answer')),
  position integer not null,
  prompt_id integer references prompts(id),
  response_id integer references responses(id) on delete set null,
  digest text not null,
  attempted_at text,
  message_id integer unique,
  sent_at text,
  deleted_at text,
  primary key (publication_id, kind, position)
) strict, without rowid;
create index messages_response on messages(response_id);
create table threads (
  id integer primary key,
  guild_id integer not null references guilds(id),
  publication_id integer not null references publications(id),
  seen_id integer not null,
  message_count integer,
  total_sent integer,
  swept_at text,
  lost_at text,
  deleted_at text
) strict;
create index threads_publication on threads(publication_id)
"""

RESPONSES = """
create table readers (
  id integer primary key,
  name text not null
) strict;
create table responses (
  id integer primary key,
  source_id integer not null unique,
  source text not null check (source in ('message', 'reply', 'answer')),
  guild_id integer not null references guilds(id),
  thread_id integer not null references threads(id),
  publication_id integer not null references publications(id),
  prompt_id integer references prompts(id),
  parent_id integer,
  reader_id integer not null references readers(id),
  text text not null,
  shown integer not null default 1 check (shown in (0, 1)),
  created_at text not null,
  edited_at text,
  hidden_at text
) strict;
create index responses_publication on responses(publication_id, created_at);
create index responses_reader on responses(reader_id);
create index responses_prompt on responses(prompt_id);
create index responses_parent on responses(parent_id);
create table consents (
  id integer primary key,
  response_id integer not null references responses(id) on delete cascade,
  purpose text not null check (purpose in ('quote')),
  granted integer not null check (granted in (0, 1)),
  wording text not null,
  given_at text not null
) strict;
create index consents_response on consents(response_id);
create table tombstones (
  source_id integer primary key,
  parent_id integer,
  prompt_id integer references prompts(id),
  deleted_at text not null
) strict;
create index tombstones_parent on tombstones(parent_id) where parent_id is not null;
create table notes (
  key text primary key,
  value text not null
) strict
"""
