"""What a reader finds, privately: open questions, and what a search found."""

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.core import custom_ids
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.text.folding import fold
from bot.discussion.messages.compose import ACCENT, EMBED_TITLE
from bot.discussion.messages.outgoing import OPTION, Button, Outgoing, Select
from bot.discussion.messages.private import thread_url, turns
from bot.store.finding.open_questions import OpenQuestion
from bot.store.finding.search import Hit
from bot.store.ledger.thread_requests import Request

PAGE = 10
"""Questions or results on a page: their lines fit the 4,096 code points of an embed's text."""

QUESTION = 180
EXCERPT = 200
TITLE = 60
HEADING = 240
"""Ours, in code points, so that ten of them fit with their links."""


def page_of(number: int, total: int) -> tuple[int, int, slice]:
    """Return the nearest page to a number, the last one, and what stands on it."""
    last = max(0, (total - 1) // PAGE)
    number = max(0, min(number, last))
    return number, last, slice(number * PAGE, (number + 1) * PAGE)


def questions_page(
    guild_id: int, questions: Sequence[OpenQuestion], tag: str, page: int, say: Phrases
) -> Outgoing:
    """Return a page of open questions, with a menu that opens the form of one of them.

    Args:
        tag: What they are about; "" for anything.
    """
    if not questions:
        named = one_line(tag, TITLE)
        return Outgoing(say.questions_none_about.format(tag=named) if tag else say.questions_none)
    page, last, shown = page_of(page, len(questions))
    lines = [_question(guild_id, one, say) for one in questions[shown]]
    if last:
        lines.append(f"-# {say.page.format(page=page + 1, pages=last + 1)}")
    heading = say.questions_about.format(tag=tag) if tag else say.questions_heading
    options = tuple((one.text, str(one.prompt_id)) for one in questions[shown])
    return Outgoing(
        embed=discord.Embed(
            title=one_line(heading, EMBED_TITLE), description="\n".join(lines), colour=ACCENT
        ),
        rows=(
            Select(custom_ids.PICK(0), say.choose_to_answer, options),
            *turns(page, last, lambda other: custom_ids.QUESTIONS(fold(tag), other), say),
        ),
    )


def _question(guild_id: int, one: OpenQuestion, say: Phrases) -> str:
    place = one.thread_id if one.message_id is None else f"{one.thread_id}/{one.message_id}"
    url = f"https://discord.com/channels/{guild_id}/{place}"
    count = say.answers.format(count=one.answers) if one.answers else say.answers_none
    title = one_line(one.title, TITLE)
    return f"**{one_line(one.text, QUESTION)}**\n-# {title} · {count} · [↗]({url})"


def found_page(
    words: str, essays: Sequence[Post], hits: Sequence[Hit], page: int, last: int, say: Phrases
) -> Outgoing:
    """Return a page of what was found: essays, then responses, with a menu that opens an essay.

    The words stand in the embed's small print, from where `searched_for` reads them when somebody
    turns the page, also after a restart.

    Args:
        essays: Those on this page.
        hits: The same.
    """
    lines = [f"### {say.search_essays}"] if essays else []
    lines += [_essay(post) for post in essays]
    lines += [f"### {say.search_responses}"] if hits else []
    lines += [hit_lines(hit) for hit in hits]
    if last:
        lines.append(f"-# {say.page.format(page=page + 1, pages=last + 1)}")
    embed = discord.Embed(
        title=say.search_heading, description="\n".join(lines), colour=ACCENT
    ).set_footer(text=words)
    menu = Select(
        custom_ids.OPEN(words),
        say.choose_an_essay,
        tuple((post.title, str(post.id)) for post in essays),
    )
    ways = turns(page, last, custom_ids.FOUND, say)
    return Outgoing(embed=embed, rows=(menu, *ways) if essays else ways)


def searched_for(message: discord.Message | None) -> str:
    """Return the words that a page of results was found by; "" if it has none."""
    embed = message.embeds[0] if message is not None and message.embeds else None
    return (embed.footer.text or "") if embed is not None else ""


def _essay(post: Post) -> str:
    date = f" · {post.date:%Y-%m-%d}" if post.date else ""
    about = one_line(post.description, EXCERPT)
    return f"**{one_line(post.title, TITLE)}**{date}" + (f"\n-# {about}" if about else "")


def hit_lines(hit: Hit) -> str:
    """Return a response that was found: a few of its words, and where it stands."""
    when = format_dt(hit.created_at, "d")
    foot = f"-# {one_line(hit.title, TITLE)} · {when} · [↗]({hit.url})"
    return f"> {one_line(hit.excerpt, EXCERPT)}\n{foot}"


def asked_for(title: str, count: int, say: Phrases) -> str:
    """Return a choice of an essay, with how many readers ask for its thread."""
    if not count:
        return title[:OPTION]
    said = f" ({say.asked_by.format(count=count)})"
    return shorten(title, OPTION - len(said)) + said


def request_notice(request: Request, title: str, say: Phrases) -> Outgoing:
    """Return what moderators are told about a thread that readers ask for, as it stands now."""
    named = one_line(title, HEADING)
    if request.thread_id is not None:
        url = thread_url(request.guild_id, request.thread_id)
        return Outgoing(say.request_discussed.format(url=url))
    if request.is_put_off:
        return Outgoing(say.request_put_off.format(count=request.readers, title=named))
    return Outgoing(
        say.request_notice.format(count=request.readers, title=named),
        rows=(
            (
                Button(say.discuss, custom_ids.REQUEST(request.id, "discuss"), tone="primary"),
                Button(say.request_later, custom_ids.REQUEST(request.id, "later")),
            ),
        ),
    )
