"""What the bot shows to one person: cards, reading pages, lists. In the reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core import custom_ids
from bot.core.links import embed_link
from bot.core.markup import escape, one_line, shorten
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post
from bot.core.text.folding import fold
from bot.desk.passages.related import Named
from bot.discussion.messages.compose import MESSAGE, blog_button, card
from bot.discussion.messages.outgoing import Button, Outgoing, Select
from bot.store.ledger.prompts import Asked
from bot.store.threads import Place

PAGE = 10
"""Essays on a page of `/tag`."""

RELATED_TITLE, RELATED_LINK = 80, 200
"""Code points of the title and the address of an essay that a card names beside another."""

TAG_SHOWN = 100
"""Code points of a tag in a sentence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an essay stands in a guild, as somebody sees it.

    Attributes:
        place: Where it is discussed; None if it is not.
        asked: What is asked there.
        may_start: Whether who looks may start its thread.
        may_ask: Whether they may ask for it.
    """

    guild_id: int
    place: Place | None = None
    asked: tuple[Asked, ...] = ()
    may_start: bool = False
    may_ask: bool = False


def thread_url(guild_id: int, thread_id: int) -> str:
    """Return the address of a thread."""
    return f"https://discord.com/channels/{guild_id}/{thread_id}"


def post_card(
    post: Post,
    standing: Standing,
    translations: Sequence[tuple[str, Post]],
    say: Phrases,
    related: Sequence[Named] = (),
) -> Outgoing:
    """Return the private card of a post: its prompts, how many responded, and what one can do.

    Args:
        translations: Each with what its language is called.
        related: What reads well with it; left out where there is no room.
    """
    parts = [
        shorten(escape(post.description), MESSAGE // 3),
        "\n".join(f"**{escape(question.text)}**" for question in post.questions),
        reads_well(related, say),
        f"-# {_standing(standing, say)}",
    ]
    if sum(len(part) + 2 for part in parts) > MESSAGE:
        del parts[2]
    return Outgoing(
        content=shorten("\n\n".join(part for part in parts if part), MESSAGE),
        embed=card(post),
        rows=tuple(row for row in _card_rows(post, standing, translations, say) if row),
    )


def reads_well(related: Sequence[Named], say: Phrases) -> str:
    """Return a list of essays that read well with one, and the words that tie each to it."""
    if not related:
        return ""
    return "\n".join([say.reads_well, *(f"- {_related(one, say)}" for one in related)])


def _related(one: Named, say: Phrases) -> str:
    title = one_line(one.post.title, RELATED_TITLE)
    url = embed_link(one.post.url)
    essay = f"[{title}](<{url}>)" if url and len(url) <= RELATED_LINK else title
    words = ", ".join(f"*{escape(word)}*" for word in one.because)
    return say.reads_well_because.format(essay=essay, words=words) if words else essay


def _standing(standing: Standing, say: Phrases) -> str:
    if standing.place is None:
        return say.on_the_shelf
    count = standing.place.responses
    if count == 0:
        return say.responses_none
    return say.responses.format(count=count)


def _card_rows(
    post: Post, standing: Standing, translations: Sequence[tuple[str, Post]], say: Phrases
) -> list[tuple[Button, ...]]:
    first: list[Button] = []
    place = standing.place
    if place is not None and place.thread_id is not None:
        url = thread_url(standing.guild_id, place.thread_id)
        first.append(Button(say.open_thread, url=url))
        if len(standing.asked) == 1:
            prompt = custom_ids.ANSWER(standing.asked[0].id)
            first.append(Button(say.answer, prompt, tone="primary"))
        elif standing.asked:
            pick = custom_ids.PICK(place.publication_id)
            first.append(Button(say.answer, pick, tone="primary"))
    elif standing.may_start:
        first.append(Button(say.discuss, custom_ids.DISCUSS(post.id or 0), tone="primary"))
    elif standing.may_ask:
        first.append(Button(say.ask_for_thread, custom_ids.ASK(post.id or 0), tone="primary"))
    first.append(Button(say.read, custom_ids.READ(post.id or 0, 0)))
    first.append(Button(say.share, custom_ids.SHARE(post.id or 0)))
    second = [
        *blog_button(post, say),
        *(Button(lang, custom_ids.SHOW(other.id or 0)) for lang, other in translations),
    ]
    return [tuple(first), tuple(second[:5])]


def reading_page(post: Post, pages: Sequence[str], page: int, say: Phrases) -> Outgoing:
    """Return a page of a post, with the ways back and on."""
    page = max(0, min(page, len(pages) - 1))
    last = max(0, len(pages) - 1)
    ways = turns(page, last, lambda other: custom_ids.READ(post.id or 0, other), say)
    buttons = (*(ways[0] if ways else ()), *blog_button(post, say))
    foot = f"\n-# {say.page.format(page=page + 1, pages=len(pages))}" if len(pages) > 1 else ""
    text = pages[page] if pages else escape(post.title)
    return Outgoing(content=text + foot, rows=(buttons,) if buttons else ())


def unknown_tag(tag: str, near: Sequence[str], say: Phrases) -> str:
    """Return the sentence about a tag that no essay has, with those that may be meant."""
    names = ", ".join(f"“{escape(shorten(one, TAG_SHOWN))}”" for one in near)
    said = say.no_tag_but if near else say.no_tag
    return said.format(tag=escape(shorten(tag, TAG_SHOWN)), near=names)


def tag_page(
    tag: str, posts: Sequence[Post], places: dict[int, Place], page: int, say: Phrases
) -> Outgoing:
    """Return a page of the essays with a tag: discussed ones first, then the newest.

    Args:
        posts: The newest first.
        places: Where essays are discussed, by essay.
    """
    ordered = sorted(posts, key=lambda post: post.essay_id not in places)
    last = max(0, (len(ordered) - 1) // PAGE)
    page = max(0, min(page, last))
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    lines = [f"### {escape(say.tag_heading.format(tag=tag))}"]
    lines += [_line(post, places.get(post.essay_id or 0), say) for post in shown]
    if last:
        lines.append(f"-# {say.page.format(page=page + 1, pages=last + 1)}")
    options = tuple((post.title, str(post.id)) for post in shown)
    return Outgoing(
        content=shorten("\n".join(lines), MESSAGE),
        rows=(
            Select(custom_ids.OPEN(fold(tag)), say.choose_an_essay, options),
            *turns(page, last, lambda other: custom_ids.TAG(fold(tag), other), say),
        ),
        quiet_links=True,
    )


def _line(post: Post, place: Place | None, say: Phrases) -> str:
    date = f" · {post.date:%Y-%m-%d}" if post.date else ""
    state = ""
    if place is not None:
        state = f" · {say.discussed} ({place.responses})"
    return f"- {escape(shorten(post.title, 120))}{date}{state}"


def turns(
    page: int, last: int, custom_id: Callable[[int], str], say: Phrases
) -> tuple[tuple[Button, ...], ...]:
    """Return the row of ways back and on, or nothing where there is only one page."""
    buttons = [
        *([Button(say.newer, custom_id(page - 1))] if page else []),
        *([Button(say.older, custom_id(page + 1), tone="primary")] if page < last else []),
    ]
    return (tuple(buttons),) if buttons else ()


def shared_card(post: Post, standing: Standing, reader: str) -> Outgoing:
    """Return a post's card for everybody, as somebody shared it; in the post's language."""
    say = phrases(post.lang)
    questions = "\n".join(f"**{escape(question.text)}**" for question in post.questions)
    foot = f"-# {say.shared.format(reader=escape(reader))}"
    place = standing.place
    buttons = [
        *(
            [Button(say.open_thread, url=thread_url(standing.guild_id, place.thread_id))]
            if place is not None and place.thread_id is not None
            else []
        ),
        Button(say.read, custom_ids.READ(post.id or 0, 0)),
        *blog_button(post, say),
    ]
    return Outgoing(
        content="\n".join(part for part in (shorten(questions, MESSAGE // 2), foot) if part),
        embed=card(post),
        rows=(tuple(buttons),),
    )
