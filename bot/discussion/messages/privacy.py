"""What a reader is told of what is kept of them, and asked before it is deleted."""

from collections.abc import Sequence
from typing import Literal

from discord.utils import format_dt

from bot.core import custom_ids
from bot.core.markup import one_line, quote, shorten
from bot.core.phrases import Phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.outgoing import Button, Outgoing, Select
from bot.discussion.messages.private import turns
from bot.store.file.scrubbing import Hindrance
from bot.store.responses.own import Kept, OfEssay, Own

Scope = Literal["here", "everywhere"]

PAGE = 4
"""Responses on a page of a reader's own."""

TITLE = 70
"""Code points of a title, a question or a server's name."""

GAP = "\n\n"
"""Between two of them."""

QUOTED, LEAST_QUOTED = 280, 40
"""How much of a response is quoted, at most and at least."""


def privacy_card(kept: Kept, say: Phrases) -> Outgoing:
    """Return what is kept of a reader, and what they can do about it."""
    here = kept.in_scope(is_here=True)
    first = [say.privacy]
    if kept.retention_days is not None:
        first.append(say.privacy_retention.format(count=kept.retention_days))
    last = []
    if kept.owed is not None:
        last.append(f"-# {say.privacy_owed.format(since=format_dt(kept.owed.since, 'f'))}")
    choose = Button(say.change_choices, custom_ids.CHOICES())
    if not kept.is_anything:
        nothing = "\n\n".join([*first, say.privacy_nothing, *last])
        return Outgoing(content=nothing, rows=((choose,),))
    counts = say.privacy_count.format(here=here.responses, everywhere=kept.responses)
    lines = _counted(kept, say)
    room = MESSAGE - sum(len(part) + 2 for part in (*first, counts, *last))
    content = "\n\n".join([*first, "\n".join([counts, *_fitted(lines, room, say)]), *last])
    looks = [Button(say.privacy_hand_over, custom_ids.KEPT()), choose]
    if here.responses:
        looks.insert(0, Button(say.privacy_each, custom_ids.MINE(0)))
    deletes = [_delete(say.privacy_everywhere, "everywhere", sure=False)]
    if here.is_anything:
        deletes.insert(0, _delete(say.privacy_here, "here", sure=False))
    return Outgoing(content=content, rows=(tuple(looks), tuple(deletes)))


def deletion_question(scope: Scope, kept: Kept, say: Phrases) -> Outgoing:
    """Return what would be deleted and what would not, and the question whether to do it.

    Args:
        kept: In that scope.
    """
    is_here = scope == "here"
    head = say.privacy_would_here if is_here else say.privacy_would_everywhere
    shown = sum(one.shown for one in kept.essays)
    quotable = sum(one.quotable for one in kept.essays)
    last = [
        *([say.privacy_would_hide.format(count=shown)] if shown else []),
        *([say.privacy_would_unquote.format(count=quotable)] if quotable else []),
    ]
    end = [*(["\n".join(last)] if last else []), say.privacy_not_reached, say.privacy_sure]
    room = MESSAGE - len(head) - sum(len(part) + 2 for part in end)
    lines = "\n".join([head, *_fitted(_counted(kept, say), room, say)])
    label = say.privacy_here if is_here else say.privacy_everywhere
    return Outgoing(
        content="\n\n".join([lines, *end]),
        rows=((_delete(label, scope, sure=True), _back(custom_ids.PRIVACY(), say)),),
    )


def own_page(responses: Sequence[Own], page: int, pages: int, say: Phrases) -> Outgoing:
    """Return a page of what a reader wrote here, how each stands, and a choice of one to delete."""
    if not responses:
        return Outgoing(say.privacy_nothing_here, rows=((_back(custom_ids.PRIVACY(), say),),))
    foot = [f"-# {say.page.format(page=page + 1, pages=pages)}"] if pages > 1 else []
    room = (MESSAGE - sum(map(len, foot))) // len(responses) - len(GAP)
    numbers = range(page * PAGE + 1, page * PAGE + 1 + len(responses))
    numbered = list(zip(numbers, responses, strict=True))
    options = tuple((f"{n}. {' '.join(one.text.split())}", str(one.id)) for n, one in numbered)
    ways = turns(page, pages - 1, custom_ids.MINE, say)
    return Outgoing(
        content=GAP.join([*(_entry(f"{n}. ", one, room, say) for n, one in numbered), *foot]),
        rows=(
            Select(custom_ids.CHOOSE_MINE(page), say.privacy_choose, options),
            *ways,
            (_back(custom_ids.PRIVACY(), say),),
        ),
        quiet_links=True,
    )


def one_question(own: Own, page: int, say: Phrases) -> Outgoing:
    """Return the question whether a reader is sure to delete one response."""
    end = [say.privacy_not_reached, say.privacy_sure]
    room = MESSAGE - len(say.privacy_would_one) - sum(len(part) + 2 for part in end) - 2
    lines = f"{say.privacy_would_one}\n{_entry('', own, room, say)}"
    erase = Button(say.privacy_one, custom_ids.ERASE(own.id), tone="danger")
    return Outgoing(
        content="\n\n".join([lines, *end]),
        rows=((erase, _back(custom_ids.MINE(page), say)),),
        quiet_links=True,
    )


def _entry(mark: str, own: Own, room: int, say: Phrases) -> str:
    """Return a response in so many code points: the link whole, of its text what fits."""
    head = f"**{mark}{one_line(own.title, TITLE)}**"
    lines = [head, *([f"-# {one_line(own.question, TITLE)}"] if own.question else [])]
    foot = _foot(own, say)
    left = room - sum(len(line) + 1 for line in (*lines, foot))
    return "\n".join([*lines, quote(own.text, max(LEAST_QUOTED, min(QUOTED, left))), foot])


def _foot(own: Own, say: Phrases) -> str:
    said = [
        format_dt(own.created_at, "f"),
        state_of(own, say),
        *([f"[↗]({own.url})"] if own.url else []),
    ]
    return f"-# {' · '.join(said)}"


def waits_for(hindrance: Hindrance, say: Phrases) -> str:
    """Return what keeps deleted words from being overwritten, and where to look later."""
    reasons = {
        "reading": say.privacy_waits_reading,
        "copy": say.privacy_waits_copy,
        "disk": say.privacy_waits_disk,
    }
    return f"{reasons[hindrance]} {say.privacy_says_later}"


def state_of(own: Own, say: Phrases) -> str:
    """Return how a response stands, in words."""
    states = {
        "message": say.state_message,
        "shown": say.state_shown,
        "private": say.state_private,
        "sealed": say.state_sealed,
        "waiting": say.state_waiting,
        "declined": say.state_declined,
        "hidden": say.state_hidden,
    }
    when = format_dt(own.sealed_until, "f") if own.sealed_until else ""
    said = [states[own.state].format(when=when)]
    if own.may_quote and own.state not in {"hidden", "declined"}:
        said.append(say.state_quotable_by_name if own.named else say.state_quotable)
    return " · ".join(said)


def _counted(kept: Kept, say: Phrases) -> list[str]:
    """Return a line for each essay and for each other kind of what is kept."""
    _, drafts = kept.drafts
    _, choices = kept.choices
    _, acts = kept.acts
    return [
        *(f"- {say.privacy_drafts.format(count=drafts)}" for _ in range(drafts > 0)),
        *(f"- {say.privacy_choices.format(count=choices)}" for _ in range(choices > 0)),
        *(f"- {say.privacy_acts.format(count=acts)}" for _ in range(acts > 0)),
        *(_of_essay(one, kept.guild_id) for one in kept.essays),
    ]


def _of_essay(one: OfEssay, guild_id: int) -> str:
    where = "" if one.guild_id == guild_id else f" ({one_line(one.guild_name, TITLE)})"
    return f"- {one_line(one.title, TITLE)}{where}: {one.responses}"


def _fitted(lines: Sequence[str], room: int, say: Phrases) -> list[str]:
    """Return the lines that fit so many code points, and how many more there are."""
    if sum(len(line) + 1 for line in lines) <= room:
        return list(lines)
    left = room - len(say.more.format(count=len(lines))) - 3
    shown: list[str] = []
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        shown.append(line)
    return [*shown, f"- {shorten(say.more.format(count=len(lines) - len(shown)), TITLE)}"]


def _back(custom_id: str, say: Phrases) -> Button:
    return Button(say.privacy_back, custom_id)


def _delete(label: str, scope: Scope, *, sure: bool) -> Button:
    return Button(label, custom_ids.FORGET(scope, int(sure)), tone="danger")
