"""What a reader who asks is answered, privately, and what everybody sees once it is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import discord

from bot.core import custom_ids
from bot.core.links import button_link, embed_link
from bot.core.markup import escape, one_line, shorten
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post
from bot.discussion.messages.compose import ACCENT, EMBED_TITLE
from bot.discussion.messages.finding import hit_lines
from bot.discussion.messages.outgoing import Button, Outgoing
from bot.store.finding.search import Hit

DESCRIPTION = 4096
"""Code points of an embed's text (docs/discord-facts.md#message-limits)."""

WHOLE = 1500
"""Code points of a passage that is quoted whole; a longer one is cut where a sentence ends."""

SHORT = 240
SHOWN_QUESTION = 200
HEADING = 120
TITLE = 80
PLACE = 160
LINK = 500
"""Ours, in code points; a longer address is left out where it would stand in a text."""

_SENTENCE_ENDS = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”’）]*|\n)")  # noqa: RUF001  # Japanese
_ADDRESS = re.compile(r"\S*(?:://|www\.|\w\.\w{2,}/)\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage of an essay, or a few side by side, as a reader is shown them.

    Attributes:
        places: Where they stand among the passages of their post.
        text: Whole, without markup.
        url: Opens the page at that place; None if the site's address is unknown.
        other: The same essay in the reader's language, or in the one in which it was found, with
            what that language is called.
    """

    post: Post
    places: range
    heading: str
    text: str
    url: str | None
    other: tuple[str, Post] | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question found.

    Attributes:
        essay: The essay that was asked; None for the whole blog.
        quotations: The best first; none if nothing answers.
        nearest: What comes nearest where nothing answers.
        said: What readers said about it.
        unread: Essays that are not in the index yet, of `essays` in all.
    """

    question: str
    essay: Post | None
    quotations: Sequence[Quotation] = ()
    nearest: Quotation | None = None
    said: Sequence[Hit] = ()
    unread: int = 0
    essays: int = 0


def answer_page(answered: Answered, say: Phrases) -> Outgoing:
    """Return the private answer to a question.

    The question stands in the embed's small print, from where `question_of` reads it when the
    answer is shown to everybody: it is kept nowhere else.
    """
    if not answered.quotations:
        return _silence(answered, say)
    first = answered.quotations[0]
    embed = discord.Embed(
        title=one_line(first.post.title, EMBED_TITLE),
        url=embed_link(first.url),
        description="\n".join(_lines(answered, say)),
        colour=ACCENT,
    ).set_footer(text=answered.question)
    show = custom_ids.PASSAGE(first.post.id or 0, custom_ids.span(first.places), first.text)
    buttons = (Button(say.ask_show_here, show, tone="primary"), *_ways(first, say))
    return Outgoing(embed=embed, rows=(buttons,))


def _lines(answered: Answered, say: Phrases) -> list[str]:
    """Return what an embed says: the best passage, and of the rest what fits."""
    first, *rest = answered.quotations
    lines = [f"**{one_line(first.heading, HEADING)}**"] if first.heading else []
    lines.append(quoted(first.text, WHOLE))
    if answered.unread:
        unread = say.ask_not_all_read.format(count=answered.unread, total=answered.essays)
        lines.append(f"-# {unread}")
    for heading, more in (
        (say.ask_also, [_also(one) for one in rest]),
        (say.ask_readers_said, [hit_lines(one) for one in answered.said]),
    ):
        room = DESCRIPTION - len("\n".join((*lines, f"### {heading}")))
        fitting = [one for one in accumulate(more, "{}\n{}".format) if len(one) < room]
        lines += [f"### {heading}", fitting[-1]] if fitting else []
    return lines


def _also(quotation: Quotation) -> str:
    place = " · ".join(part for part in (quotation.post.title, quotation.heading) if part)
    foot = _arrow(one_line(place, HEADING), quotation.url)
    return f"{quoted(quotation.text, SHORT)}\n-# {foot}"


def _silence(answered: Answered, say: Phrases) -> Outgoing:
    """Return that nothing answers, or that it is not known yet, and what comes nearest."""
    if answered.unread:
        count, total = answered.unread, answered.essays
        return Outgoing(say.ask_not_read_yet.format(count=count, total=total))
    silent = say.ask_blog_silent if answered.essay is None else say.ask_essay_silent
    nearest = answered.nearest
    if nearest is None:
        return Outgoing(silent)
    title = f"**{one_line(nearest.post.title, TITLE)}**"
    heading = one_line(nearest.heading, HEADING)
    near = (
        say.ask_nearest.format(heading=heading, title=title)
        if heading
        else say.ask_nearest_untitled.format(title=title)
    )
    return Outgoing(f"{silent} {near}", rows=(_ways(nearest, say),), quiet_links=True)


def shown_passage(
    quotation: Quotation, question: str, reader: str, reader_id: int, lang: str
) -> Outgoing:
    """Return the message that shows everybody a passage, and who asked; nothing of it is kept.

    Args:
        question: What they asked; "" where nobody may say something here that no moderator saw.
        lang: Of the place.
    """
    say = phrases(lang)
    name, asked = escape(reader), one_line(without_addresses(question), SHOWN_QUESTION)
    head = (
        say.ask_shown.format(reader=name, question=asked)
        if asked
        else say.ask_shown_unquoted.format(reader=name)
    )
    place = [quotation.post.title, *([quotation.heading] if quotation.heading else [])]
    foot = f"-# {one_line(' · '.join(place), PLACE)}"
    take_away = Button(say.ask_take_away, custom_ids.TAKE_AWAY(reader_id))
    return Outgoing(
        content="\n".join((head, quoted(quotation.text, WHOLE), foot)),
        rows=((*_ways(quotation, say), take_away),),
        quiet_links=True,
    )


def offer(reader_id: int, publication_id: int, question_id: int, lang: str) -> Outgoing:
    """Return the reply to a question in a thread: a button that shows the answer to who asked."""
    say = phrases(lang)
    show = custom_ids.ASKED(reader_id, publication_id, question_id)
    return Outgoing(
        content=f"-# {say.ask_mentioned}",
        rows=(
            (
                Button(say.ask_show_answer, show, tone="primary"),
                Button(say.ask_take_away, custom_ids.TAKE_AWAY(reader_id)),
            ),
        ),
    )


def question_of(message: discord.Message | None) -> str:
    """Return the question that a private answer is about; "" if it has none."""
    embed = message.embeds[0] if message is not None and message.embeds else None
    return (embed.footer.text or "") if embed is not None else ""


def without_addresses(question: str) -> str:
    """Return a question without addresses: nobody looks for them, and none is shown for anybody."""
    return _ADDRESS.sub("…", question)


def quoted(text: str, limit: int) -> str:
    """Return an essay's words as a quote of so many code points, cut where a sentence ends."""
    text, room = text.strip(), limit
    while True:
        shown = "> " + escape(at_sentence(text, room)).replace("\n", "\n> ")
        if len(shown) <= limit or room <= 1:
            return shown[:limit]
        room = min(room - 1, room * limit // len(shown))  # escaping may have doubled it


def at_sentence(text: str, limit: int) -> str:
    """Return a text, or those of its first sentences that fit, or at least its first words."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(text, 0, max(0, limit - 2))]
    return text[: ends[-1]].rstrip() + " …" if ends else shorten(text, limit)


def _ways(quotation: Quotation, say: Phrases) -> tuple[Button, ...]:
    """Return the buttons that lead to a passage: on the blog at its place, and the essay here."""
    buttons = []
    if url := button_link(quotation.url) or button_link(quotation.post.url):
        buttons.append(Button(say.ask_read_there, url=url))
    buttons.append(Button(say.read, custom_ids.READ(quotation.post.id or 0, 0)))
    if quotation.other is not None:
        language, other = quotation.other
        if url := button_link(other.url):
            buttons.append(Button(language, url=url))
        else:
            buttons.append(Button(language, custom_ids.READ(other.id or 0, 0)))
    return tuple(buttons)


def _arrow(text: str, url: str | None) -> str:
    link = embed_link(url)
    return f"{text} · [↗]({link})" if link and len(link) <= LINK else text
