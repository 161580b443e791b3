"""What a blog may show: its posts with what was asked, and what may be quoted of the responses."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from bot.store import key_values

POSTS = """
select id, lang, slug, title, url from posts
where removed_at is null and id in (select post_id from publications)
order by lang, slug, id
"""

ASKED = """
select prompts.id, prompts.text, is_ours, threads.guild_id, threads.id, messages.message_id,
  prompts.retired_at is null and prompts.withdrawn_at is null and publications.over_at is null
from publications
join threads on threads.id = publications.thread_id and threads.deleted_at is null
left join prompts on prompts.publication_id = publications.id
left join messages on messages.publication_id = publications.id and messages.kind = 'prompt'
  and messages.prompt_id = prompts.id and messages.deleted_at is null
where publications.post_id = ? and (publications.over_at is null or prompts.id is not null)
order by publications.over_at is not null, publications.id, prompts.position
"""

QUOTES = """
select responses.id, responses.prompt_id, responses.reader_id,
  iif(consents.named, coalesce(nullif(nicknames.name, ''), readers.name), null),
  responses.text, responses.created_at, responses.guild_id, responses.thread_id,
  iif(source = 'answer', (
    select message_id from messages where response_id = responses.id and deleted_at is null
  ), source_id)
from publications
join responses on responses.publication_id = publications.id
join consents on consents.id = (
  select id from consents as given where given.response_id = responses.id order by id desc limit 1
)
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where publications.post_id = ? and consents.granted and responses.hidden_at is null
  and responses.text <> ''
order by responses.created_at, responses.id
"""


@dataclass(frozen=True, slots=True)
class AskedThere:
    """A prompt of a post, in one of its threads.

    Attributes:
        text: None if it is our own invitation.
        url: Of its message; of its thread if it has none of its own.
        thread: The address of the thread.
        is_asked: Whether it still is.
    """

    id: int
    text: str | None
    url: str
    thread: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A response that its reader agreed to see on the blog, and that nobody hid.

    Attributes:
        prompt_id: Which it answers; None if that is not known for sure.
        by: The reader's name in their server; None if they chose to be quoted without it.
        url: Where it stands; None for an answer that is not shown.
        thread: The address of its thread.
    """

    id: int
    prompt_id: int | None
    reader_id: int
    by: str | None
    text: str
    created_at: str
    url: str | None
    thread: str


@dataclass(frozen=True, slots=True)
class SitePost:
    """A post of the blog that has, or had, a thread.

    Attributes:
        url: Its address on the blog.
        thread: The address of the first of its threads that goes on; None if none does.
        asked: As in its threads, those that go on first.
    """

    lang: str
    slug: str
    title: str
    url: str | None
    thread: str | None
    asked: tuple[AskedThere, ...]
    quotes: tuple[Quote, ...]


def count_site_posts(db: Database) -> int:
    """Return how many posts `site_posts` yields."""
    return sum(1 for _ in db.execute(POSTS))


def site_posts(db: Database) -> Iterator[SitePost]:
    """Yield the posts of the blog that have or had threads, by language and slug."""
    for number, lang, slug, title, url in db.execute(POSTS).fetchall():
        asked, thread = _asked(db, number)
        quotes = tuple(_quote(*one) for one in db.execute(QUOTES, [number]))
        yield SitePost(lang, slug, title, url, thread, asked, quotes)


def quote_key(db: Database) -> bytes:
    """Return the secret with which quotes without a name get ids that say nothing of them."""
    return (key_values.get_value(db, key_values.QUOTE_KEY) or "").encode()


def _asked(db: Database, post_id: int) -> tuple[tuple[AskedThere, ...], str | None]:
    asked: list[AskedThere] = []
    first: str | None = None
    for prompt, text, is_ours, guild, thread_id, message, is_asked in db.execute(ASKED, [post_id]):
        thread = _address(guild, thread_id)
        if is_asked is None or is_asked:
            first = first or thread
        if prompt is not None:
            url = _address(guild, thread_id, message) if message else thread
            asked.append(AskedThere(prompt, None if is_ours else text, url, thread, bool(is_asked)))
    return tuple(asked), first


def _quote(
    number: int,
    prompt: int | None,
    reader: int,
    by: str | None,
    text: str,
    created_at: str,
    guild: int,
    thread: int,
    message: int | None,
) -> Quote:
    url = _address(guild, thread, message) if message else None
    return Quote(number, prompt, reader, by, text, created_at, url, _address(guild, thread))


def _address(guild: int, thread: int, message: int | None = None) -> str:
    address = f"https://discord.com/channels/{guild}/{thread}"
    return f"{address}/{message}" if message else address
