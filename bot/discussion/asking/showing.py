"""Shows everybody a passage that answered somebody, because they ask for it, and takes it away."""

from datetime import UTC, datetime
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.discussion.asking.passages import Passages
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.messages.asking import question_of, shown_passage
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import may_not_show, still_slow
from bot.store.audit import record_act
from bot.store.ledger import channels
from bot.store.ledger.decisions import withdrawn_essays
from bot.store.responses.answers import last_words
from bot.store.store import Store
from bot.store.threads import Home

Interaction = discord.Interaction[Any]

MOST_SHOWN = 1_000
"""So many shown answers are remembered, so that a second press shows nothing twice."""


class Showing:
    """Puts passages where everybody reads them, and takes them away again."""

    def __init__(
        self, store: Store, blog: Blog, languages: PlaceLanguages, passages: Passages
    ) -> None:
        self._store = store
        self._blog = blog
        self._languages = languages
        self._passages = passages
        self._shown: dict[int, datetime] = {}
        self._last: dict[tuple[int, int], datetime] = {}

    async def shown(
        self, interaction: Interaction, post_id: int, places: range, text: str
    ) -> Outgoing:
        """Return what is shown to everybody of a private answer.

        Args:
            places: Of the passages among those of the post.
            text: The digest of their text as it was read.

        Raises:
            AfterwordError: Who asked may not write here, or the passage is not what it was.
        """
        say = phrases(str(interaction.locale))
        if refusal := await self._refusal(interaction, say):
            raise AfterwordError(refusal)
        post = self._blog.catalog.by_id(post_id)
        withdrawn = await self._store.read(withdrawn_essays, interaction.guild_id or 0)
        may = post is not None and post.essay_id not in withdrawn
        found = await self._passages.quote(post, places) if post and may else None
        if post is None or found is None or custom_ids.digest(found.text) != text:
            raise AfterwordError(say.ask_passage_changed)
        place = self._languages.of_place(interaction.channel_id)
        if place is not None:
            found = await self._passages.quote(post, places, (place,)) or found
        guild = await self._store.read(channels.get_guild, interaction.guild_id or 0)
        question = "" if guild.approval else question_of(interaction.message)
        name, reader = interaction.user.display_name, interaction.user.id
        return shown_passage(found, question, name, reader, place or found.post.lang)

    def take_turn(self, interaction: Interaction) -> None:
        """Take note that a private answer is being shown; a press that comes twice ends here.

        Raises:
            AfterwordError: It was shown already.
        """
        message_id = interaction.message.id if interaction.message is not None else 0
        if message_id in self._shown:
            raise AfterwordError(phrases(str(interaction.locale)).ask_shown_already)
        self._shown[message_id] = interaction.created_at
        self._last[interaction.channel_id or 0, interaction.user.id] = interaction.created_at
        if len(self._shown) > MOST_SHOWN:
            del self._shown[next(iter(self._shown))]
        if len(self._last) > MOST_SHOWN:
            del self._last[next(iter(self._last))]

    def require_may_take_away(self, interaction: Interaction, reader_id: int) -> None:
        """Refuse who neither asked nor may manage messages or threads here.

        Raises:
            AfterwordError: They may not.
        """
        allowed = interaction.permissions
        may = allowed.manage_messages or allowed.manage_threads or allowed.administrator
        if interaction.user.id != reader_id and not may:
            raise AfterwordError(phrases(str(interaction.locale)).ask_not_yours_to_take)

    async def record_taken(
        self, interaction: Interaction, reader_id: int, home: Home | None
    ) -> None:
        """Write down that a moderator took away what stood there because a reader asked.

        Args:
            home: Of the thread; None if it is no essay's.
        """
        if interaction.user.id == reader_id:
            return
        await self._store.write(
            record_act,
            interaction.guild_id or 0,
            interaction.user.id,
            "took down a passage",
            datetime.now(UTC),
            subject_id=home.publication if home is not None else None,
        )

    async def _refusal(self, interaction: Interaction, say: Phrases) -> str | None:
        """Return why who asked may not show anything here, as Discord would have said."""
        place, reader, now = interaction.channel, interaction.user, interaction.created_at
        if not isinstance(place, discord.Thread):
            if isinstance(reader, discord.Member) and reader.is_timed_out():
                return say.ask_not_shown.format(reason=say.is_timed_out)
            return None if interaction.permissions.send_messages else say.may_not_write
        if reason := may_not_show(place, reader, say, None, now):
            return say.ask_not_shown.format(reason=reason)
        kept = await self._store.read(last_words, place.id, reader.id, 0)
        shown = self._last.get((place.id, reader.id))
        words = max((one for one in (kept, shown) if one is not None), default=None)
        seconds = 0
        if isinstance(reader, discord.Member):
            seconds = still_slow(place, reader, words, now)
        return say.ask_slow.format(seconds=seconds) if seconds else None
