"""The messages of an essay's thread, in its order: starter, body, prompts, shown answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import discord

from bot.blog.files.reading import Text
from bot.core import custom_ids
from bot.core.links import button_link, embed_link
from bot.core.markup import (
    Rendered,
    as_written,
    escape,
    excerpt,
    quote,
    render,
    shorten,
    split,
)
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post, Prompt, Question
from bot.core.publishing.prompts import prompts as group
from bot.core.publishing.publication import Kind, Publication
from bot.core.publishing.sealing import OPEN, Seal
from bot.discussion.messages.outgoing import OPTIONS, Button, Outgoing, Select
from bot.store.ledger.channels import Body, Keeping
from bot.store.ledger.prompts import Asked
from bot.store.responses.answers import Answer

MESSAGE = 2000
EMBED_TITLE = 256
THREAD_NAME = 100
"""Discord's limits (docs/discord-facts.md#message-limits), in code points
(docs/discord-facts.md#code-points).
"""

DESCRIPTION = 500
QUESTIONS = 1200
EXCERPT = 700
QUOTED_QUESTION = 200
"""Ours: what leaves room for the rest of the message."""

MOST_MESSAGES = 5
"""A body of more messages is shown as an excerpt, unless it was asked for whole."""

MOST_PROMPTS = 5
"""More prompts than this are asked in one message, with a menu."""

MENU = -1
"""The menu's place among the prompts' messages: no single prompt has it."""

ACCENT = 0x5B6EE1


def thread_name(post: Post) -> str:
    """Return what a post's thread is called; Discord shows names as they are, without markup."""
    return shorten(" ".join(post.title.split()), THREAD_NAME) or post.slug[:THREAD_NAME]


def thread_names(post: Post) -> tuple[str, str, str]:
    """Return what a post's thread may be called, plainer and plainer: Discord may refuse a name."""
    plain = " ".join(re.findall(r"[^\W_]+", post.title))
    dated = f"{post.date:%Y-%m-%d}" if post.date else post.slug
    return thread_name(post), shorten(plain, THREAD_NAME) or dated, dated[:THREAD_NAME]


def prompts_for(post: Post) -> tuple[Prompt, ...]:
    """Return what is asked in a post's thread: its own questions, or our invitation."""
    own = group(post.questions)
    if own:
        return own
    invitation = Question(phrases(post.lang).invitation, generic=True)
    return (Prompt((invitation,), is_ours=True),)


def card(post: Post) -> discord.Embed:
    """Return what is known of a post at a glance: title, date, length, tags, author, cover."""
    say = phrases(post.lang)
    facts = [say.minutes.format(minutes=post.minutes), *post.tags]
    embed = discord.Embed(
        title=shorten(escape(post.title), EMBED_TITLE),
        url=embed_link(post.url),
        timestamp=post.date,
        colour=ACCENT,
    )
    embed.set_footer(text=shorten(" · ".join(facts), MESSAGE))
    if post.authors:
        embed.set_author(name=shorten(", ".join(post.authors), EMBED_TITLE))
    if cover := embed_link(post.cover):
        embed.set_image(url=cover)
    return embed


def starter(
    post: Post,
    publication_id: int,
    asked: Sequence[Asked],
    *,
    hears_messages: bool = True,
    keeping: Keeping = "opt_out",
    followers: tuple[int, ...] = (),
) -> Outgoing:
    """Return the message that a thread hangs on: plain content first, since lists show that.

    Args:
        hears_messages: Whether plain replies can be kept, as the notice says.
        keeping: Whether they are kept before their writers agree, as it says, too.
        followers: Roles that readers gave themselves, and that are mentioned when it is sent.
    """
    say = phrases(post.lang)
    notice = say.notice_opt_in if keeping == "opt_in" else say.notice
    notice = notice if hears_messages else say.notice_buttons_only
    mentioned = " ".join(f"<@&{role}>" for role in followers)
    followed = f"-# {say.followers.format(roles=mentioned)}" if followers else ""
    closing = _closing(say, asked, QUESTIONS - len(followed))
    parts = [shorten(escape(post.description), DESCRIPTION), closing, followed, f"-# {notice}"]
    answer = _answer_button(say, publication_id, asked)
    buttons = [
        *([answer] if answer else []),
        Button(say.read, custom_ids.CARD(publication_id, post.essay)),
        *blog_button(post, say),
    ]
    return Outgoing(
        content="\n\n".join(part for part in parts if part),
        embed=card(post),
        rows=(tuple(buttons),),
        kind=Kind.STARTER,
        mentions=followers,
    )


def blog_button(post: Post, say: Phrases) -> tuple[Button, ...]:
    """Return what leads to a post on the blog; nothing if Discord would not take its address."""
    url = button_link(post.url)
    return (Button(say.on_the_blog, url=url),) if url else ()


def withdrawn_starter(post: Post, publication_id: int) -> Outgoing:
    """Return the starter of an essay that was taken back: its title, and that it is gone.

    It keeps its marker, so that the thread is still known to be the essay's.
    """
    say = phrases(post.lang)
    read = Button(say.read, custom_ids.CARD(publication_id, post.essay), disabled=True)
    return Outgoing(
        content=f"**{shorten(escape(post.title), EMBED_TITLE)}**\n-# {say.taken_back}",
        rows=((read,),),
        kind=Kind.STARTER,
    )


def _closing(say: Phrases, asked: Sequence[Asked], room: int) -> str:
    if not asked:
        return ""
    texts = "\n".join(f"**{escape(prompt.text)}**" for prompt in asked if not prompt.is_ours)
    if not texts:
        return f"*{escape(asked[0].text)}*{_sealed(say, asked)}"
    return f"{say.ends_by_asking}\n{shorten(texts, room)}"


def _answer_button(say: Phrases, publication_id: int, asked: Sequence[Asked]) -> Button | None:
    if not asked:
        return None
    if len(asked) == 1:
        return Button(say.answer, custom_ids.ANSWER(asked[0].id), tone="primary")
    return Button(say.answer, custom_ids.PICK(publication_id), tone="primary")


def body(post: Post, text: Text, how: Body, *, is_forum: bool) -> list[Outgoing]:
    """Return the essay itself, whole or as an excerpt.

    ``auto`` is whole in a forum, whose posts open at the top, and an excerpt in a text channel,
    whose threads open at the end; an excerpt anywhere beyond five messages.
    """
    if how == "card":
        return []
    rendered = render(
        text.markdown,
        address=embed_link(post.url),
        omit=text.closing,
        find_note=text.find_note,
    )
    if how == "full" or (how == "auto" and is_forum):
        messages = split(rendered, MESSAGE)
        if how == "full" or len(messages) <= MOST_MESSAGES:
            return [
                Outgoing(content=text, kind=Kind.BODY, position=position)
                for position, text in enumerate(messages)
            ]
    return _excerpt(post, rendered)


def _excerpt(post: Post, rendered: Rendered) -> list[Outgoing]:
    text = excerpt(rendered, EXCERPT)
    if not text:
        return []
    read = Button(phrases(post.lang).read, custom_ids.READ(post.id or 0, 0))
    return [Outgoing(content=text, rows=((read,),), kind=Kind.BODY, quiet_links=True)]


def link_continuation(
    post: Post, publication: Publication, guild_id: int, messages: Sequence[Outgoing]
) -> list[Outgoing]:
    """Return messages with a link from where the body stopped to where it goes on.

    A body that outgrew its messages goes on at the end of the thread, below the prompts: the last
    part above them then ends with a button that leads there.
    """
    known = {sent.key: sent.message_id for sent in publication.messages if sent.message_id}
    prompts_from = min((known[key] for key in known if key[0] is Kind.PROMPT), default=None)
    if prompts_from is None:
        return list(messages)
    above = sum(key[0] is Kind.BODY and known[key] < prompts_from for key in known)
    below = known.get((Kind.BODY, above))
    parts = sum(message.kind is Kind.BODY for message in messages)
    if not 0 < above < parts or below is None:
        return list(messages)
    url = f"https://discord.com/channels/{guild_id}/{publication.thread_id}/{below}"
    link = Button(phrases(post.lang).continues, url=url)
    return [
        replace(each, rows=(*each.rows, (link,))) if each.key == (Kind.BODY, above - 1) else each
        for each in messages
    ]


def prompts(post: Post, publication_id: int, asked: Sequence[Asked]) -> list[Outgoing]:
    """Return the prompts, each a message of its own with its button, or one with a menu."""
    say = phrases(post.lang)
    real = [prompt for prompt in asked if not prompt.is_ours]
    if len(real) > MOST_PROMPTS:
        return [_menu(say, publication_id, real)]
    return [
        Outgoing(
            content=_prompt(say, prompt),
            rows=((Button(say.answer, custom_ids.ANSWER(prompt.id), tone="primary"),),),
            kind=Kind.PROMPT,
            position=prompt.position,
            prompt_id=prompt.id,
        )
        for prompt in real
    ]


def _prompt(say: Phrases, prompt: Asked) -> str:
    sealed = _sealed(say, [prompt])
    return f"**{shorten(escape(prompt.text), MESSAGE - 4 - len(sealed))}**{sealed}"


def _sealed(say: Phrases, asked: Sequence[Asked]) -> str:
    """Return a line that says until when answers wait; "" if they do not."""
    until = max((prompt.seal.until for prompt in asked if prompt.seal.until), default=None)
    if until is None:
        return ""
    return f"\n-# {say.sealed_prompt.format(date=discord.utils.format_dt(until, 'D'))}"


def _menu(say: Phrases, publication_id: int, asked: Sequence[Asked]) -> Outgoing:
    lines = [f"{number}. {escape(prompt.text)}" for number, prompt in enumerate(asked, 1)]
    sealed = _sealed(say, asked)
    return Outgoing(
        content=shorten("\n".join(lines), MESSAGE - len(sealed)) + sealed,
        rows=(choice(say, publication_id, asked),),
        kind=Kind.PROMPT,
        position=MENU,
    )


def choice(say: Phrases, publication_id: int, asked: Sequence[Asked]) -> Select:
    """Return a menu of prompts."""
    options = tuple((prompt.text, str(prompt.id)) for prompt in asked[:OPTIONS])
    return Select(custom_ids.PICK(publication_id), say.choose_a_question, options)


def shown_answer(post: Post, answer: Answer) -> Outgoing:
    """Return the message that shows an answer: its question, who answers, what they wrote."""
    say = phrases(post.lang)
    question = quote(answer.question, QUOTED_QUESTION)
    who = say.answered.format(reader=f"**{escape(answer.reader_name)}**")
    buttons = (
        Button(say.answer_too, custom_ids.ANSWER(answer.prompt_id)),
        Button(say.edit, custom_ids.EDIT(answer.id, answer.reader_id)),
        Button(say.withdraw, custom_ids.WITHDRAW(answer.id, answer.reader_id)),
    )
    head = f"{question}\n{who}\n"
    return Outgoing(
        content=head + shorten(as_written(answer.text), MESSAGE - len(head)),
        rows=(buttons,),
        kind=Kind.ANSWER,
        position=answer.id,
        prompt_id=answer.prompt_id,
        response_id=answer.id,
        quiet_links=True,
    )


def shown_answers(post: Post, answers: Iterable[Answer]) -> list[Outgoing]:
    """Return the messages that show answers, in their order."""
    return [shown_answer(post, answer) for answer in answers]


def thread_messages(
    post: Post,
    text: Text,
    asked: Sequence[Asked],
    answers: Iterable[Answer],
    *,
    publication_id: int,
    how: Body,
    is_forum: bool,
    hears_messages: bool = True,
    keeping: Keeping = "opt_out",
    followers: tuple[int, ...] = (),
) -> list[Outgoing]:
    """Return all that a post's thread is to hold, in its order, in the post's language.

    Args:
        text: Its Markdown.
        asked: Its prompts, as they are asked now.
        answers: Those that are to be shown.
        how: How much of the essay is shown.
        hears_messages: Whether plain replies can be kept.
        keeping: Whether they are kept before their writers agree.
        followers: The roles that the starter mentions.

    Raises:
        CannotShowError: The text is nested too deep to be shown.
    """
    return [
        starter(
            post,
            publication_id,
            asked,
            hears_messages=hears_messages,
            keeping=keeping,
            followers=followers,
        ),
        *body(post, text, how, is_forum=is_forum),
        *prompts(post, publication_id, asked),
        *shown_answers(post, answers),
    ]


def preview_messages(post: Post, text: Text) -> list[Outgoing]:
    """Return what would be sent for a post, with the full body; ids in buttons stand for none."""
    return thread_messages(
        post, text, asked_of(post), (), publication_id=0, how="full", is_forum=True
    )


def asked_of(post: Post) -> list[Asked]:
    """Return what would be asked in a post's thread; the ids stand for none."""
    seal = Seal(post.sealed) if isinstance(post.sealed, datetime) else OPEN
    return [
        Asked(position + 1, 0, position, prompt.text, prompt.is_ours, seal=seal)
        for position, prompt in enumerate(prompts_for(post))
    ]
