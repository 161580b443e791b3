"""Questions that mention the bot: it replies with a button that answers who asked, alone.

An answer to a message can be private only if its writer presses something. The question is read
from its message when they do, so that it is kept nowhere.
"""

import logging
from typing import Any

import discord

from bot.blog.blog import Blog
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.asking.pace import Pace
from bot.discussion.asking.passages import Passages
from bot.discussion.collecting.capture import question
from bot.discussion.collecting.collector import Collector
from bot.discussion.lookup import post_of
from bot.discussion.messages.asking import offer
from bot.endpoint import NO_ANSWER
from bot.store.store import Store
from bot.store.threads import Home

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

MOST_ANSWERED = 1_000
"""So many questions are remembered, so that an event that comes twice is replied to once."""


class Mentions:
    """Replies to questions in essays' threads, and to those that reply to a starter message."""

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        blog: Blog,
        collector: Collector,
        passages: Passages,
    ) -> None:
        self._client = client
        self._store = store
        self._blog = blog
        self._threads = collector.threads
        self._passages = passages
        self._pace = Pace()
        self._answered: dict[int, None] = {}

    def home(self, channel_id: int | None) -> Home | None:
        """Return where the essay's thread stands that a place is; None if it is none."""
        return self._threads.get(channel_id or 0)

    async def reply(self, message: discord.Message) -> None:
        """Offer to answer a question, silently and without a ping; once.

        Who asks much at once gets no reply, and neither does who asks where the bot may not write.
        """
        home = self._asked(message)
        if home is None or message.guild is None or message.id in self._answered:
            return
        if self._pace.wait(message.guild.id, message.author.id, message.created_at):
            return
        self._answered[message.id] = None
        if len(self._answered) > MOST_ANSWERED:
            del self._answered[next(iter(self._answered))]
        post = await post_of(self._store, self._blog, home.publication)
        if post is None or not self._passages.is_readable(post):
            return
        offered = offer(message.author.id, home.publication, message.id, post.lang)
        try:
            await message.channel.send(
                **offered.arguments(),
                reference=message.to_reference(fail_if_not_exists=True),
                mention_author=False,
                silent=True,
                nonce=f"awask{message.id}",
            )
        except (discord.HTTPException, *NO_ANSWER) as error:
            log.info("A question could not be replied to (%s)", type(error).__name__)

    async def question(self, interaction: Interaction, message_id: int) -> str:
        """Return the question that a message puts now.

        Raises:
            AfterwordError: The message is gone, or asks nothing any more.
        """
        say = phrases(str(interaction.locale))
        place = interaction.channel
        if not isinstance(place, discord.abc.Messageable):
            raise AfterwordError(say.ask_question_gone)
        try:
            message = await place.fetch_message(message_id)
        except discord.NotFound:
            raise AfterwordError(say.ask_question_gone) from None
        except discord.Forbidden:
            raise AfterwordError(say.ask_cannot_look) from None
        asked = question(self._client, message)
        if not asked or message.author.id != interaction.user.id:
            raise AfterwordError(say.ask_question_gone)
        return asked

    def _asked(self, message: discord.Message) -> Home | None:
        """Return of which essay a message asks something; None if it does not."""
        if message.author.bot or message.webhook_id or not question(self._client, message):
            return None
        home = self._threads.get(message.channel.id)
        if home is None and message.reference is not None:
            starter = self._threads.get(message.reference.message_id or 0)
            is_there = starter is not None and starter.channel == message.channel.id
            home = starter if is_there else None
        return home
