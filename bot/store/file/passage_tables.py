"""The tables by whose words essays are found: their passages as stems, in full-text tables.

A stem bears its language before it, ``en_forget``, so that each language counts its own words. The
texts themselves stay in their files.
"""

_WORDS = "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '_'\""
"""It is kept where in a text a word stands: without that, SQLite reads each text anew to count how
often it has a word, which takes twice as long, and a sixth less space.
"""

PASSAGES = (
    """
create table indexed_posts (
  id integer primary key references posts(id),
  digest text not null,
  title text not null,
  about text not null
) strict
""",
    """
create table passages (
  id integer primary key,
  post_id integer not null references indexed_posts(id),
  position integer not null,
  heading text not null,
  text text not null
) strict
""",
    "create unique index passages_post on passages(post_id, position)",
    """
create table post_links (
  post_id integer not null references indexed_posts(id),
  target text not null,
  primary key (post_id, target)
) strict, without rowid
""",
    """
create view passage_texts as
select passages.id, passages.post_id, indexed_posts.title, passages.heading, passages.text
from passages join indexed_posts on indexed_posts.id = passages.post_id
""",
    """
create view post_texts as
select indexed_posts.id, indexed_posts.title, indexed_posts.about,
  (select group_concat(passages.text, ' ') from passages
   where passages.post_id = indexed_posts.id) as text
from indexed_posts
""",
    f"""
create virtual table passage_words using fts5(
  title, heading, text, content = 'passage_texts', content_rowid = 'id', {_WORDS}
)
""",
    f"""
create virtual table post_words using fts5(
  title, about, text, content = 'post_texts', content_rowid = 'id', {_WORDS}
)
""",
    "create virtual table passage_terms using fts5vocab('passage_words', 'row')",
    "create virtual table post_terms using fts5vocab('post_words', 'row')",
)
