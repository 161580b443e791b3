"""The views. docs/database.md says what each column means.

In all of them: plain names, ids as text, times as ISO 8601 text, and no text of our own invitation.
A view of a released migration is never edited: others rely on it.
"""

VIEW = """
create view responses_by_question as
select
  posts.slug as post,
  posts.lang as lang,
  posts.title as title,
  iif(prompts.is_ours, null, prompts.text) as question,
  readers.name as reader_name,
  responses.text as text,
  responses.created_at as created_at,
  responses.edited_at as edited_at,
  responses.source as source,
  case
    when responses.source <> 'answer' then 'https://discord.com/channels/' || responses.guild_id
      || '/' || responses.thread_id || '/' || responses.source_id
    when messages.message_id is not null
      then 'https://discord.com/channels/' || responses.guild_id
        || '/' || responses.thread_id || '/' || messages.message_id
  end as url,
  cast(responses.guild_id as text) as guild,
  cast(responses.thread_id as text) as thread,
  cast(responses.reader_id as text) as reader,
  cast(responses.id as text) as id
from responses
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
join readers on readers.id = responses.reader_id
left join prompts on prompts.id = responses.prompt_id
left join messages on messages.response_id = responses.id and messages.deleted_at is null
where responses.hidden_at is null
order by posts.date desc, posts.slug, responses.publication_id, prompts.position is null,
  prompts.position, responses.created_at, responses.id
"""

VIEW_WITH_NICKNAMES = VIEW.replace(
    "  readers.name as reader_name,",
    "  coalesce(nullif(nicknames.name, ''), readers.name) as reader_name,",
).replace(
    "where responses.hidden_at is null",
    "left join nicknames on nicknames.guild_id = responses.guild_id\n"
    "  and nicknames.reader_id = responses.reader_id\n"
    "where responses.hidden_at is null and responses.text <> ''",
)
"""Names as they are in each server, and no response of which no word is left."""

NAME = "coalesce(nullif(nicknames.name, ''), readers.name)"

THREAD = "'https://discord.com/channels/' || threads.guild_id || '/' || threads.id"

URL = """
'https://discord.com/channels/' || responses.guild_id || '/' || responses.thread_id || '/'
    || iif(responses.source <> 'answer', responses.source_id, (
      select message_id from messages where response_id = responses.id and deleted_at is null
    ))
"""

WRITTEN = """
join publications on publications.id = responses.publication_id
join posts on posts.id = publications.post_id
left join readers on readers.id = responses.reader_id
left join prompts on prompts.id = responses.prompt_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
"""
"""All that a response is shown with. SQLite leaves out a left join that a query does not need."""

ESSAY = "posts.slug as post, posts.lang as lang, posts.title as title"

QUESTION = "iif(prompts.is_ours, null, prompts.text) as question"

ALL_RESPONSES = f"""
select {ESSAY}, {QUESTION},
  {NAME} as reader_name,
  responses.text as text,
  responses.created_at as created_at,
  responses.edited_at as edited_at,
  responses.source as source,
  iif(responses.shown and responses.hidden_at is null, 1, 0) as shown,
  responses.hidden_at is not null as hidden,
  coalesce((
    select granted from consents where response_id = responses.id order by id desc limit 1
  ), 0) as may_quote,
  coalesce((
    select granted and named from consents where response_id = responses.id
    order by id desc limit 1
  ), 0) as named,
  exists (select 1 from highlights where response_id = responses.id) as highlighted,
  {URL} as url,
  cast(responses.guild_id as text) as guild,
  cast(responses.thread_id as text) as thread,
  cast(responses.reader_id as text) as reader,
  cast(responses.id as text) as id
from responses {WRITTEN}
where responses.text <> ''
"""  # noqa: S608  # no value in it, here and below

HIGHLIGHTED_RESPONSES = f"""
select {ESSAY}, {QUESTION},
  {NAME} as reader_name,
  responses.text as text,
  responses.created_at as created_at,
  highlights.highlighted_at as highlighted_at,
  cast(nullif(highlights.highlighted_by, 0) as text) as highlighted_by,
  {URL} as url,
  cast(responses.guild_id as text) as guild,
  cast(responses.thread_id as text) as thread,
  cast(responses.reader_id as text) as reader,
  cast(responses.id as text) as id
from highlights join responses on responses.id = highlights.response_id {WRITTEN}
where responses.hidden_at is null and responses.text <> ''
"""  # noqa: S608

QUOTABLE_RESPONSES = f"""
select {ESSAY}, {QUESTION},
  responses.text as text,
  iif(consents.named, {NAME}, null) as name,
  responses.created_at as created_at,
  responses.edited_at as edited_at,
  consents.given_at as agreed_at,
  exists (select 1 from highlights where response_id = responses.id) as highlighted,
  iif(consents.named, {URL}, null) as url,
  cast(responses.guild_id as text) as guild,
  cast(responses.thread_id as text) as thread,
  cast(responses.id as text) as id
from consents join responses on responses.id = consents.response_id {WRITTEN}
where consents.granted and responses.hidden_at is null and responses.text <> '' and not exists (
  select 1 from consents as later
  where later.response_id = consents.response_id and later.id > consents.id
)
"""  # noqa: S608

OF_THREAD = """
select count(*) from prompts as other where other.publication_id = prompts.publication_id
    and (other.retired_at is null or other.id = prompts.id)
"""

ASKED_QUESTIONS = f"""
select {ESSAY}, {QUESTION},
  ({OF_THREAD} and other.position <= prompts.position) as position,
  ({OF_THREAD}) as questions,
  (
    select min(generic) from prompt_questions join questions on questions.id = question_id
    where prompt_id = prompts.id
  ) as generic,
  coalesce(messages.sent_at, publications.started_at) as asked_at,
  prompts.retired_at is null and prompts.withdrawn_at is null and publications.over_at is null
    as still_asked,
  coalesce(given.responses, 0) as responses,
  coalesce(given.readers, 0) as readers,
  coalesce(forms_opened.count, 0) as forms_opened,
  given.first_at as first_response_at,
  {THREAD} || coalesce('/' || iif(messages.deleted_at is null, messages.message_id, null), '')
    as url,
  cast(threads.guild_id as text) as guild,
  cast(threads.id as text) as thread,
  cast(prompts.id as text) as id
from prompts
join publications on publications.id = prompts.publication_id
join threads on threads.id = publications.thread_id
join posts on posts.id = publications.post_id
left join messages on messages.publication_id = prompts.publication_id
  and messages.kind = 'prompt' and messages.position = prompts.position
left join forms_opened on forms_opened.prompt_id = prompts.id
left join (
  select prompt_id, count(*) as responses, count(distinct reader_id) as readers,
    min(created_at) as first_at
  from responses where prompt_id is not null and hidden_at is null and text <> ''
  group by prompt_id
) as given on given.prompt_id = prompts.id
"""  # noqa: S608

ESSAY_DISCUSSIONS = f"""
select {ESSAY},
  (
    select count(*) from prompts
    where prompts.publication_id = publications.id and retired_at is null
  ) as questions,
  coalesce(given.responses, 0) as responses,
  coalesce(given.readers, 0) as readers,
  coalesce(given.answers, 0) as answers,
  coalesce(given.highlighted, 0) as highlighted,
  publications.started_at as started_at,
  given.first_at as first_response_at,
  given.last_at as last_response_at,
  publications.over_at as over_at,
  {THREAD} as url,
  cast(threads.guild_id as text) as guild,
  cast(threads.id as text) as thread,
  cast(publications.id as text) as id
from publications
join threads on threads.id = publications.thread_id
join posts on posts.id = publications.post_id
left join (
  select publication_id, count(*) as responses, count(distinct reader_id) as readers,
    sum(source = 'answer') as answers, count(highlights.response_id) as highlighted,
    min(created_at) as first_at, max(created_at) as last_at
  from responses left join highlights on highlights.response_id = responses.id
  where hidden_at is null and text <> '' group by publication_id
) as given on given.publication_id = publications.id
"""  # noqa: S608

ACTS = """
select intended_at as at, 'started a thread' as act, asked_by as who, channel_id, post_id,
  thread_id, null as prompt_id, null as response_id
from publications where asked_by is not null
union all
select decided_at, iif(decision = 'start', 'started a held essay', 'shelved a held essay'),
  decided_by, holds.channel_id, coalesce(
    post_id,
    (select min(id) from posts where essay_id = held_essays.essay_id and lang = channels.lang),
    (select min(id) from posts where essay_id = held_essays.essay_id)
  ), thread_id, null, null
from holds join held_essays on held_essays.hold_id = holds.id
join channels on channels.id = holds.channel_id
left join publications on publications.channel_id = holds.channel_id
  and publications.essay_id = held_essays.essay_id
where decision is not null
union all
select highlighted_at, 'highlighted a response', highlighted_by, channel_id, post_id,
  responses.thread_id, prompt_id, response_id
from highlights join responses on responses.id = response_id
join publications on publications.id = publication_id
union all
select hidden_at, 'hid an answer', null, channel_id, post_id, responses.thread_id, prompt_id,
  responses.id
from responses join publications on publications.id = publication_id where hidden_at is not null
union all
select withdrawn_at, 'deleted a question', null, channel_id, post_id, thread_id, prompts.id, null
from prompts join publications on publications.id = publication_id
where withdrawn_at is not null
union all
select deleted_at, 'deleted a thread', null, channel_id, post_id, threads.id, null, null
from threads join publications on publications.id = publication_id where deleted_at is not null
"""
"""Of what is deleted in Discord, the bot is not told who did it."""

MODERATOR_ACTS = f"""
select acts.at as at, acts.act as act, {ESSAY}, {QUESTION},
  cast(nullif(acts.who, 0) as text) as who,
  cast(channels.guild_id as text) as guild,
  cast(acts.thread_id as text) as thread,
  cast(acts.response_id as text) as response
from ({ACTS}) as acts
join channels on channels.id = acts.channel_id
left join posts on posts.id = acts.post_id
left join prompts on prompts.id = acts.prompt_id
"""  # noqa: S608

VIEWS = {
    "all_responses": ALL_RESPONSES,
    "asked_questions": ASKED_QUESTIONS,
    "essay_discussions": ESSAY_DISCUSSIONS,
    "highlighted_responses": HIGHLIGHTED_RESPONSES,
    "moderator_acts": MODERATOR_ACTS,
    "quotable_responses": QUOTABLE_RESPONSES,
}
"""What each view of the author's desk selects, by its name."""

AUDITED = "select 1 from audit where subject_id = {id} and act = '{act}'"

ACTS_BEFORE_AUDIT = (
    ACTS.replace(
        "where asked_by is not null",
        "where asked_by is not null and not exists ("
        + AUDITED.format(id="publications.id", act="started a thread")
        + ")",
    )
    .replace(
        "join publications on publications.id = publication_id\nunion all\nselect hidden_at",
        "join publications on publications.id = publication_id\nwhere not exists ("
        + AUDITED.format(id="response_id", act="highlighted a response")
        + ")\nunion all\nselect hidden_at",
    )
    .replace("where hidden_at is not null", "where hidden_at is not null and hidden_by is null")
)
"""What is only known from what was done, and of held essays which they were."""

MODERATOR_ACTS_WITH_AUDIT = f"""
select acts.at as at, acts.act as act, {ESSAY}, {QUESTION},
  cast(nullif(acts.who, 0) as text) as who,
  acts.detail as detail,
  cast(acts.guild as text) as guild,
  cast(acts.thread_id as text) as thread,
  cast(acts.response_id as text) as response
from (
  select old.*, channels.guild_id as guild, '' as detail
  from ({ACTS_BEFORE_AUDIT}) as old join channels on channels.id = old.channel_id
  union all
  select audit.at, audit.act, audit.actor_id, null, coalesce(publications.post_id, (
      select min(posts.id) from posts where posts.essay_id = audit.subject_id
    )), publications.thread_id, responses.prompt_id, responses.id, audit.guild_id, audit.detail
  from audit left join responses on responses.id = audit.subject_id
  left join publications
    on publications.id = coalesce(responses.publication_id, audit.subject_id)
  where audit.act <> 'decided about held essays'
) as acts
left join posts on posts.id = acts.post_id
left join prompts on prompts.id = acts.prompt_id
"""  # noqa: S608
