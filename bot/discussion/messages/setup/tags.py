"""The page about tags: which of the forum's essays would get, and which would be made."""

from collections.abc import Sequence

import discord

from bot.core import custom_ids
from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.core.server_settings.tag_proposal import MOST, Group
from bot.discussion.messages.outgoing import Button, Menu, Option, Row
from bot.discussion.messages.setup.draft import Draft, may_make_tags
from bot.discussion.messages.setup.values import tag_list

DESCRIPTION = 2000
"""Characters of the list; Discord takes 4,096."""

SPELLINGS = 4
"""Spellings of a tag that are named."""


def description(draft: Draft, say: Phrases) -> str:
    """Return the proposal: a line for each tag, then what is left out and why."""
    forum = draft.place
    if not isinstance(forum, discord.ForumChannel):
        place = f"<#{draft.after.channel.id}>" if draft.after.channel.id else say.value_no_channel
        return say.tags_not_here.format(channel=place)
    proposal = draft.proposal
    lines = _lists(proposal.groups, say) or [say.tags_none]
    count = len(forum.available_tags)
    notes = [say.tags_count.format(count=count, most=MOST)]
    if proposal.common:
        notes.append(say.tags_common.format(tags=tag_list(proposal.common)))
    if proposal.full:
        notes.append(say.tags_full.format(count=proposal.full))
    if not may_make_tags(forum):
        notes.append(say.tags_no_right.format(channel=f"<#{forum.id}>"))
    if forum.flags.require_tag and draft.after.channel.default_forum_tag_id is None:
        notes.append(f"⚠ {say.tags_required}")
    return shorten("\n".join([*lines, "", *notes, say.tags_stay]), DESCRIPTION)


def _lists(groups: Sequence[Group], say: Phrases) -> list[str]:
    """Return the tags that are there, those to make, and which spellings are one tag."""
    there = [_counted(group) for group in groups if group.tag_id]
    new = [_counted(group) for group in groups if group.tag_id is None]
    merged = [
        f"{escape(group.name)} = {tag_list(group.spellings[:SPELLINGS])}"
        for group in groups
        if len(group.spellings) > 1
    ]
    lists = ((say.tags_there, there), (say.tags_new, new), (say.tags_merged, merged))
    return [text.format(tags=", ".join(named)) for text, named in lists if named]


def _counted(group: Group) -> str:
    return f"{escape(group.name)} ({group.essays})"


def controls(draft: Draft, say: Phrases) -> list[Row]:
    """Return the menus of tags, and what takes all or none of them; nothing without a forum."""
    forum = draft.place
    if not isinstance(forum, discord.ForumChannel):
        return []
    rows: list[Row] = []
    offered = offered_groups(draft)
    if offered:
        options = tuple(
            Option(group.name, group.key[:100], _about(group, say), group.key in draft.chosen)
            for group in offered
        )
        custom_id = custom_ids.SETUP_CHOOSE(draft.id, "tags", "forum_tags")
        rows.append(Menu(custom_id, say.choose_tags, options, least=0, most=len(options)))
    if forum.available_tags:
        default = draft.after.channel.default_forum_tag_id
        options = tuple(
            Option(tag.name, str(tag.id), chosen=tag.id == default) for tag in forum.available_tags
        )
        custom_id = custom_ids.SETUP_CHOOSE(draft.id, "tags", "default_tag")
        rows.append(Menu(custom_id, say.choose_default_tag, options, least=0))
    takes = {
        "all": say.setup_take_tags,
        "existing": say.setup_take_existing,
        "none": say.setup_take_none,
    }
    if not may_make_tags(forum):
        del takes["all"]
    buttons = (Button(label, custom_ids.SETUP_TAKE(draft.id, how)) for how, label in takes.items())
    return [*rows, tuple(buttons)]


def offered_groups(draft: Draft) -> list[Group]:
    """Return the groups that can be chosen: without the permission, only tags that exist."""
    is_allowed = isinstance(draft.place, discord.ForumChannel) and may_make_tags(draft.place)
    return [group for group in draft.proposal.groups if group.tag_id or is_allowed]


def _about(group: Group, say: Phrases) -> str:
    essays = say.tags_essays.format(count=group.essays)
    return essays if group.tag_id else say.tags_option_new.format(essays=essays)
