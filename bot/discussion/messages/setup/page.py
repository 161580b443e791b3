"""The pages of `/setup`: what is set, what would change and what happens then, and the controls."""

from datetime import datetime

import discord

from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.obstacles import Obstacle
from bot.core.server_settings.values import SHOWN
from bot.core.text.languages import language_name
from bot.discussion.messages.compose import ACCENT, MESSAGE
from bot.discussion.messages.outgoing import (
    Button,
    Menu,
    Option,
    Outgoing,
    PlaceMenu,
    RoleMenu,
    Row,
)
from bot.discussion.messages.setup import tags
from bot.discussion.messages.setup.draft import Draft
from bot.discussion.messages.setup.values import about, names, words

ON_PAGE = {
    "place": ("channel", "language", "body"),
    "essays": ("pace", "quiet", "from", "tags_in", "tags_out", "sealed"),
    "tags": ("forum_tags", "default_tag"),
    "people": ("keeping", "approval", "requests", "retention", "author"),
    "reports": ("notices", "log", "digest", "digest_channel", "dreams"),
}
"""Which settings stand on which page."""

FIELD = 1000
"""Characters of a field; Discord takes 1,024 (docs/discord-facts.md#message-limits)."""


def setup_page(draft: Draft, page: str, say: Phrases, note: str = "") -> Outgoing:
    """Return a page of a draft.

    Args:
        page: One of `ON_PAGE`.
        note: What has just happened.
    """
    heading = say.setup_heading.format(server=escape(draft.guild.name))
    lines = [heading, note or f"-# {say.setup_hint}", *draft.waiting]
    return Outgoing(
        content=shorten("\n".join(lines), MESSAGE),
        embed=_embed(draft, page, say),
        rows=(*_controls(draft, page, say), _actions(draft, page, say), _turns(draft, page, say)),
    )


def page_names(say: Phrases) -> dict[str, str]:
    """Return what the pages are called."""
    return {
        "place": say.setup_place,
        "essays": say.setup_essays,
        "tags": say.setup_tags,
        "people": say.setup_people,
        "reports": say.setup_reports,
    }


def _embed(draft: Draft, page: str, say: Phrases) -> discord.Embed:
    called, values = names(say), draft.values(say)
    embed = discord.Embed(title=page_names(say)[page], colour=ACCENT)
    changed = draft.changed_keys
    for key in ON_PAGE[page]:
        value = f"**{values[key]}**" if key in changed else values[key]
        embed.add_field(name=called[key], value=shorten(value, FIELD), inline=True)
    if page == "tags":
        embed.description = tags.description(draft, say)
    if page == "place":
        _add(embed, say.setup_rest, _overview(draft, values, say))
    lines = [f"- {line}" for line in draft.lines(say)]
    if draft.make and page != "tags":
        lines.append(f"- {say.setup_makes.format(tags=draft.new_tags())}")
    _add(embed, say.setup_changes, lines)
    _add(embed, say.setup_then, outlook_lines(draft, say))
    _add(embed, say.setup_obstacles, [f"⚠ {one}" for one in draft.obstacles])
    return embed


def _add(embed: discord.Embed, name: str, lines: list[str]) -> None:
    """Add a field over the whole width, of whole lines; nothing without any."""
    kept: list[str] = []
    for line in lines:
        if sum(len(one) + 1 for one in kept) + len(line) > FIELD:
            kept.append("…")
            break
        kept.append(line)
    if kept:
        embed.add_field(name=name, value="\n".join(kept), inline=False)


def _overview(draft: Draft, values: dict[str, str], say: Phrases) -> list[str]:
    """Return a line for each of the other pages."""
    told = {
        "essays": say.rest_essays,
        "tags": say.rest_tags,
        "people": say.rest_people,
        "reports": say.rest_reports,
    }
    if not draft.after.channel.is_forum:
        del told["tags"]
    called = page_names(say)
    return [f"**{called[page]}** · {text.format(**values)}" for page, text in told.items()]


def outlook_lines(draft: Draft, say: Phrases) -> list[str]:
    """Return what would happen next."""
    outlook = draft.outlook
    if not draft.after.channel.id:
        return [say.next_no_channel]
    lines = []
    if outlook.held:
        lines.append(say.next_held.format(count=outlook.held))
    elif outlook.next is None and outlook.quiet_until:
        at = discord.utils.format_dt(outlook.quiet_until, "f")
        lines.append(say.next_quiet.format(at=at))
    elif outlook.next is not None:
        lines.append(_next_line(draft, outlook.next, outlook.at, say))
    elif not draft.waiting:
        lines.append(say.next_none)
    if outlook.shelved:
        lines.append(say.next_shelved.format(count=outlook.shelved))
    lines.append(say.next_chosen.format(count=outlook.taken, all=outlook.count))
    if draft.older:
        lines.append(say.deleted_by_age.format(count=draft.older))
    return lines


def _next_line(draft: Draft, post: Post, at: datetime | None, say: Phrases) -> str:
    """Return when an essay starts, or what keeps it from that."""
    title = escape(shorten(post.title, 150))
    forum = draft.place
    is_required = isinstance(forum, discord.ForumChannel) and forum.flags.require_tag
    if forum is not None and is_required and not draft.tags_of(post):
        reason = Obstacle.for_person("tag_required", channel=f"#{forum.name}").sentence(say)
        return say.waits_line.format(post=f"**{title}**", reason=reason)
    if at is None:
        return say.next_now.format(title=title)
    return say.next_at.format(title=title, at=discord.utils.format_dt(at, "f"))


def _controls(draft: Draft, page: str, say: Phrases) -> list[Row]:
    return {
        "place": _place,
        "essays": _essays,
        "tags": tags.controls,
        "people": _people,
        "reports": _reports,
    }[page](draft, say)


def _choose(draft: Draft, page: str, key: str) -> str:
    return custom_ids.SETUP_CHOOSE(draft.id, page, key)


def _word_menu(draft: Draft, page: str, key: str, placeholder: str, say: Phrases) -> Menu:
    chosen, below = draft.after.texts()[key], about(say)[key]
    options = tuple(
        Option(capital(label), word, below[word], chosen=word == chosen)
        for word, label in words(say)[key].items()
    )
    return Menu(_choose(draft, page, key), placeholder, options)


def capital(text: str) -> str:
    """Return a text as it stands alone, with a capital letter."""
    return text[:1].upper() + text[1:]


def _place(draft: Draft, say: Phrases) -> list[Row]:
    channel = draft.after.channel
    rows: list[Row] = [
        PlaceMenu(
            _choose(draft, "place", "channel"),
            say.choose_channel,
            channel.id if draft.place else None,
            with_forums=True,
            least=1,
        )
    ]
    if len(draft.languages) > 1:
        options = tuple(
            Option(f"{language_name(code)} ({code})"[:SHOWN], code, chosen=code == channel.lang)
            for code in draft.languages
        )
        rows.append(Menu(_choose(draft, "place", "language"), say.choose_language, options))
    return [*rows, _word_menu(draft, "place", "body", say.choose_body, say)]


def _form(draft: Draft, page: str, form: str, label: str) -> Button:
    return Button(label, custom_ids.SETUP_FORM(draft.id, page, form))


def _essays(draft: Draft, say: Phrases) -> list[Row]:
    return [
        _word_menu(draft, "essays", "pace", say.choose_pace, say),
        (
            _form(draft, "essays", "quiet", say.setup_hours),
            _form(draft, "essays", "which", say.setup_which),
        ),
    ]


def _people(draft: Draft, say: Phrases) -> list[Row]:
    server = draft.after.guild
    labels = {
        "approval": (server.approval, say.setup_approval_on, say.setup_approval_off),
        "requests": (server.requests, say.setup_requests_on, say.setup_requests_off),
    }
    switches = [
        Button(
            turn_off if is_on else turn_on,
            custom_ids.SETUP_SWITCH(draft.id, "people", key, "off" if is_on else "on"),
        )
        for key, (is_on, turn_on, turn_off) in labels.items()
    ]
    role = server.author_role_id
    return [
        _word_menu(draft, "people", "keeping", say.choose_keeping, say),
        RoleMenu(
            _choose(draft, "people", "author"),
            say.choose_author,
            role if draft.guild.get_role(role or 0) else None,
        ),
        (*switches, _form(draft, "people", "age", say.setup_age)),
    ]


def _reports(draft: Draft, say: Phrases) -> list[Row]:
    server, there = draft.after.guild, draft.guild.get_channel

    def menu(key: str, placeholder: str, channel_id: int | None) -> PlaceMenu:
        chosen = channel_id if there(channel_id or 0) else None
        return PlaceMenu(_choose(draft, "reports", key), placeholder, chosen)

    return [
        menu("notices", say.choose_notices, server.notices_channel_id),
        menu("log", say.choose_log, server.log_channel_id),
        (
            _form(draft, "reports", "digest", say.setup_digest),
            Button(
                say.setup_dreams_off if server.dreams else say.setup_dreams_on,
                custom_ids.SETUP_SWITCH(
                    draft.id, "reports", "dreams", "off" if server.dreams else "on"
                ),
            ),
        ),
    ]


def _actions(draft: Draft, page: str, say: Phrases) -> tuple[Button, ...]:
    count = len(draft.changed_keys)
    apply = say.setup_apply_count.format(count=count) if count else say.setup_apply
    return (
        Button(
            apply,
            custom_ids.SETUP_APPLY(draft.id, page, draft.digest_text),
            tone="danger" if draft.older else "primary",
            disabled=not count,
        ),
        Button(say.setup_discard, custom_ids.SETUP_DISCARD(draft.id, page), disabled=not count),
        Button(say.setup_preview, custom_ids.SETUP_PREVIEW(draft.id)),
    )


def _turns(draft: Draft, page: str, say: Phrases) -> tuple[Button, ...]:
    return tuple(
        Button(
            label,
            custom_ids.SETUP(draft.id, one),
            tone="primary" if one == page else "secondary",
            disabled=one == page,
        )
        for one, label in page_names(say).items()
    )
