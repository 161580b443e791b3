"""What a blog may show: its posts with what they ask, and what readers agreed to see there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from bot.store.responses.standing import MAY_LEAVE

POSTS = """
select id, lang, slug, title, url from posts where removed_at is null
order by lang, slug, missing_since is not null, id
"""

THREADS = """
select publications.id, post_id, channels.guild_id, thread_id, locked = 1,
  publications.over_at is null, threads.deleted_at is null
from publications join channels on channels.id = channel_id
join threads on threads.id = thread_id
order by publications.id
"""
"""Only the bot sets `locked`, and only for an essay that is withdrawn."""

PROMPTS = """
select prompts.id, publication_id, iif(is_ours, null, prompts.text),
  retired_at is null and withdrawn_at is null, (
    select message_id from messages where kind = 'prompt' and messages.prompt_id = prompts.id
    and messages.publication_id = prompts.publication_id and deleted_at is null
  )
from prompts order by publication_id, prompts.position, prompts.id
"""

QUOTES = f"""
select responses.id, responses.publication_id, responses.prompt_id, responses.reader_id,
  iif(consents.named, coalesce(nullif(nicknames.name, ''), readers.name), null),
  responses.text, responses.created_at, responses.edited_at, iif(source = 'answer', (
    select max(message_id) from messages where response_id = responses.id and deleted_at is null
  ), source_id)
from consents join responses on responses.id = consents.response_id
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where consents.granted and {MAY_LEAVE}
  and consents.id in (select max(id) from consents where purpose = 'quote' group by response_id)
order by responses.created_at, responses.id
"""  # noqa: S608  # no value in it


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt in one of a post's threads.

    Attributes:
        text: None if it is our own invitation.
        is_asked: Whether the essay and its thread still ask it.
        url: Its message, or else its thread; None if the thread is gone.
    """

    id: int
    text: str | None
    is_asked: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A response whose reader agreed to be quoted, and that waits for nothing and nobody hid.

    Attributes:
        prompt_id: What it answers; None if that is not known for sure.
        by: What its reader is called in their server; None if they chose no name.
        created_at: ISO 8601 with offset; `edited_at` is the same, or None.
        url: Its own message; None if it is not shown, or its thread is gone.
        thread: The address of its thread; None if that is gone.
    """

    id: int
    prompt_id: int | None
    reader_id: int
    by: str | None
    text: str
    created_at: str
    edited_at: str | None
    url: str | None
    thread: str | None


@dataclass(slots=True)
class SitePost:
    """A post of the blog, with what all its threads ask and hold.

    Attributes:
        url: Its address on the blog; None if that is unknown.
        thread: The address of its first thread that goes on; None if none does.
        asked: Thread by thread, those that go on first.
        quotes: The oldest first.
    """

    lang: str
    slug: str
    title: str
    url: str | None
    thread: str | None = None
    asked: list[Asked] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Thread:
    publication_id: int
    post_id: int
    url: str
    is_locked: bool
    goes_on: bool


def site_posts(db: Database) -> list[SitePost]:
    """Return the posts that have or had a thread, by language and slug.

    A post whose file is gone, or that its author withdrew, is not among them.

    Args:
        db: In a transaction, so that all is of one moment.
    """
    posts: dict[tuple[str, str], SitePost] = {}
    names: dict[int, tuple[str, str]] = {}
    for number, lang, slug, title, url in db.execute(POSTS):
        names[number] = lang, slug
        posts.setdefault((lang, slug), SitePost(lang, slug, title, url))
    threads: dict[tuple[str, str], list[_Thread]] = defaultdict(list)
    for one in _threads(db):
        if one.post_id in names:
            threads[names[one.post_id]].append(one)
    kept: dict[int, tuple[SitePost, _Thread]] = {}
    for name, found in threads.items():
        going_on = [one for one in found if one.goes_on]
        if any(one.is_locked for one in going_on or found):
            continue
        posts[name].thread = going_on[0].url if going_on else None
        for one in sorted(found, key=lambda one: not one.goes_on):
            kept[one.publication_id] = posts[name], one
    _add_prompts(db, kept)
    _add_quotes(db, kept)
    shown = {(post.lang, post.slug) for post, _ in kept.values()}
    return [post for name, post in posts.items() if name in shown]


def _threads(db: Database) -> Iterator[_Thread]:
    for number, post_id, guild, thread, locked, is_going_on, is_there in db.execute(THREADS):
        url = f"https://discord.com/channels/{guild}/{thread}"
        goes_on = bool(is_going_on and is_there)
        yield _Thread(number, post_id, url, is_locked=bool(locked), goes_on=goes_on)


def _add_prompts(db: Database, kept: dict[int, tuple[SitePost, _Thread]]) -> None:
    found: dict[int, list[Asked]] = defaultdict(list)
    for number, publication, text, is_living, message in db.execute(PROMPTS):
        if publication in kept:
            thread = kept[publication][1]
            is_asked = bool(is_living) and thread.goes_on
            found[publication].append(Asked(number, text, is_asked, _place(thread, message)))
    for publication, (post, _) in kept.items():
        post.asked += found[publication]


def _add_quotes(db: Database, kept: dict[int, tuple[SitePost, _Thread]]) -> None:
    for number, publication, prompt, reader, by, text, at, edited, message in db.execute(QUOTES):
        if publication in kept:
            post, thread = kept[publication]
            own = _place(thread, message) if message else None
            whole = _place(thread, None)
            quote = Quote(number, prompt, reader, by, text, at, edited, own, whole)
            post.quotes.append(quote)


def _place(thread: _Thread, message: int | None) -> str | None:
    if not thread.goes_on:
        return None
    return f"{thread.url}/{message}" if message else thread.url
