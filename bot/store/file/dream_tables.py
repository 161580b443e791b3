"""The tables of the dream journal, of what was made of it, and of prompts that are asked again."""

TABLES = """
alter table guilds add column dreams integer not null default 1 check (dreams in (0, 1));
create table dream_nights (
  guild_id integer not null references guilds(id),
  night text not null,
  begun integer not null default 1,
  begun_at text not null,
  ended_at text,
  fault text,
  primary key (guild_id, night)
) strict, without rowid;
create table connections (
  id integer primary key,
  guild_id integer not null references guilds(id),
  night text not null,
  kind text not null check (kind in ('pair', 'bridge', 'question')),
  a_post_id integer not null references posts(id),
  a_response_id integer references responses(id) on delete cascade,
  a_position integer,
  b_post_id integer not null references posts(id),
  b_response_id integer references responses(id) on delete cascade,
  b_position integer,
  through_post_id integer references posts(id),
  through_response_id integer references responses(id) on delete cascade,
  through_position integer,
  because text not null,
  score real not null,
  pair text not null,
  decision text check (decision in ('asked', 'dismissed', 'never_a', 'never_b')),
  decided_at text,
  unique (guild_id, pair)
) strict;
create index connections_night on connections(guild_id, night);
create index connections_a on connections(a_response_id) where a_response_id is not null;
create index connections_b on connections(b_response_id) where b_response_id is not null;
create index connections_through on connections(through_response_id)
  where through_response_id is not null;
create table dreamt_pairs (
  guild_id integer not null references guilds(id),
  pair text not null,
  primary key (guild_id, pair)
) strict, without rowid;
create table dreamless_essays (
  guild_id integer not null references guilds(id),
  essay_id integer not null references essays(id),
  since text not null,
  primary key (guild_id, essay_id)
) strict, without rowid;
create table second_questions (
  id integer primary key,
  publication_id integer not null unique references publications(id),
  prompt_id integer not null references prompts(id),
  noted_at text not null,
  decision text check (decision in ('left_alone', 'asked', 'dismissed')),
  decided_at text
) strict;
create table dream_messages (
  id integer primary key,
  guild_id integer not null references guilds(id),
  connection_id integer,
  second_question_id integer references second_questions(id),
  role text not null check (role in ('draft', 'a', 'b', 'again')),
  channel_id integer,
  intended_at text not null,
  attempted_after integer not null default 0,
  message_id integer unique,
  sent_at text,
  shown text not null default '',
  stale integer not null default 1 check (stale >= 0),
  over_at text,
  check ((connection_id is null) <> (second_question_id is null))
) strict;
create unique index dream_messages_connection on dream_messages(connection_id, role)
  where connection_id is not null;
create unique index dream_messages_second on dream_messages(second_question_id, role)
  where second_question_id is not null;
create index dream_messages_stale on dream_messages(guild_id) where stale > 0 and over_at is null
"""
"""A message outlives the row of its connection, so that it can lose the words.

``stale`` counts what happened since it was brought up to date: it is set to 0 only if nothing did
meanwhile.
"""

PAIR_KEPT = """
create trigger connections_pair after insert on connections begin
  insert or ignore into dreamt_pairs (guild_id, pair) values (new.guild_id, new.pair);
end
"""

CONNECTION_GONE = """
create trigger connections_gone after delete on connections begin
  update dream_messages set stale = stale + 1 where connection_id = old.id;
end
"""

RESPONSE_CHANGED = """
create trigger dream_responses after update of text, shown, hidden_at, review, sealed on responses
when old.text is not new.text or old.shown is not new.shown or old.hidden_at is not new.hidden_at
  or old.review is not new.review or old.sealed is not new.sealed
begin
  update dream_messages set stale = stale + 1 where connection_id in (
    select id from connections where a_response_id = new.id
    union select id from connections where b_response_id = new.id
    union select id from connections where through_response_id = new.id
  );
end
"""

WORDS_CHANGED = """
create trigger dream_words after update of text on responses when old.text is not new.text begin
  update connections set because = (
    select json_group_array(value) from json_each(because)
    where exists (
      select 1 from responses
      where responses.id in (a_response_id, b_response_id, through_response_id)
        and instr(lower(text), lower(value)) > 0
    )
  )
  where id in (
    select id from connections where a_response_id = new.id
    union select id from connections where b_response_id = new.id
    union select id from connections where through_response_id = new.id
  );
end
"""
"""What a reader takes out of a text by an edit is not kept as a word that ties it, either."""

CONSENT_CHANGED = """
create trigger dream_consents after insert on consents begin
  update dream_messages set stale = stale + 1 where connection_id in (
    select id from connections where a_response_id = new.response_id
    union select id from connections where b_response_id = new.response_id
  );
end
"""

DREAMS = (
    *TABLES.split(";"),
    PAIR_KEPT,
    CONNECTION_GONE,
    WORDS_CHANGED,
    RESPONSE_CHANGED,
    CONSENT_CHANGED,
)
"""Statement by statement. The triggers see to it that whoever deletes, hides or edits a response,
or withdraws a consent, need not know which messages quote it.
"""
