"""Applying a draft: what Discord has to make first, then all settings in one transaction."""

import discord

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.server_settings.keys import KEYS
from bot.core.text.folding import fold
from bot.discussion.messages.setup.draft import Draft, may_make_tags
from bot.discussion.permissions import lacks
from bot.discussion.setup.places import require_there
from bot.discussion.setup.server_setup import ServerSetup
from bot.endpoint import NO_ANSWER


class Applying:
    """Applies drafts, each whole or not at all."""

    def __init__(self, setup: ServerSetup) -> None:
        self._setup = setup

    async def apply(self, draft: Draft, manager_id: int, say: Phrases) -> bool:
        """Apply a draft; return whether it was still as it was shown.

        Tags that were made before a failure stay in the forum, and are found there the next time.

        Raises:
            AfterwordError: Something is in the way, and nothing was changed.
        """
        changes = draft.changes
        if not draft.changed_keys:
            raise AfterwordError(say.setup_same)
        self._require(draft, say)
        if draft.make:
            ids = dict(draft.after.channel.forum_tags) | await _made(draft, say)
            changes["forum_tags"] = KEYS["forum_tags"].kind.write(ids)
        old = draft.before.texts()
        return await self._setup.apply(
            draft.id,
            draft.guild,
            changes,
            {key: old[key] for key in changes},
            manager_id,
            say,
            is_forum=draft.after.channel.is_forum,
        )

    def _require(self, draft: Draft, say: Phrases) -> None:
        channel, place = draft.after.channel, draft.place
        keys = draft.changed_keys
        if channel.id == 0 and any(KEYS[key].scope == "channel" for key in keys):
            raise AfterwordError(say.setting_no_channel_yet)
        if "channel" in keys:
            if place is None:
                raise AfterwordError(say.setup_gone_channel)
            if refusal := lacks(place):
                raise AfterwordError(refusal.sentence(say))
        if "language" in keys:
            self._setup.require_language(channel.lang, say)
        require_there(draft.guild, draft.after, keys, say)


async def _made(draft: Draft, say: Phrases) -> dict[str, int]:
    """Make the tags that a forum lacks, in one request; return the ids of all of them.

    Raises:
        AfterwordError: The bot may not, or Discord refuses it.
    """
    forum = draft.place
    if not isinstance(forum, discord.ForumChannel):
        raise AfterwordError(say.setup_gone_channel)
    if not may_make_tags(forum):
        raise AfterwordError(say.tags_no_right.format(channel=f"<#{forum.id}>"))
    there = {fold(tag.name) for tag in forum.available_tags}
    new = [discord.ForumTag(name=one.name) for one in draft.make if fold(one.name) not in there]
    tags = forum.available_tags
    if new:
        try:
            changed = await forum.edit(available_tags=[*tags, *new])
        except (discord.HTTPException, *NO_ANSWER) as error:
            reason = type(error).__name__
            if isinstance(error, discord.HTTPException):
                reason = f"{error.status}, {error.code}"
            raise AfterwordError(say.setup_no_tags_made.format(reason=reason)) from error
        tags = changed.available_tags if changed else tags
    ids = {fold(tag.name): tag.id for tag in tags}
    return {
        spelling: ids[fold(group.name)]
        for group in draft.make
        for spelling in group.spellings
        if fold(group.name) in ids
    }
