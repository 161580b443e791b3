"""The one state that REST, gateway and control are projections of."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.state import permissions
from bot.sandbox.state.clock import Clock
from bot.sandbox.state.errors import DiscordError, outage
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Channel, Guild, Member, Message, Thread, User

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.sandbox.state.interactions import Interaction

GUILD_MEMBERS = 1 << 1
"""The privileged intent that lists of members take."""
MESSAGE_CONTENT = 1 << 15
"""The privileged intent that messages' content takes."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change, ready to be told.

    Attributes:
        name: The gateway's name for it; names that Discord does not have go to people only.
        data: The gateway's payload.
        guild: Where it happened.
        channel: Who can see this channel may know; None if the whole guild may.
        message: The message that it carries, which a bot without the intent sees censored.
        reader: The only member who may know.
        gone: Ids of those who could see a channel that is no more.
        to_bot: Whether the bot hears of it.
        to_people: Whether people do.
    """

    name: str
    data: JSON
    guild: Guild
    channel: Channel | None = None
    message: Message | None = None
    reader: int | None = None
    gone: frozenset[int] | None = None
    to_bot: bool = True
    to_people: bool = True


@dataclass(slots=True)
class Limits:
    """Numbers that tests lower.

    Attributes:
        active_threads: In a guild (docs/discord-facts.md#active-threads).
        nonce_window: Seconds that a nonce is remembered ("a few minutes").
        first_response: Seconds until an interaction has failed.
        token_life: Seconds that an interaction's token lives.
        roles: In a guild (docs/discord-facts.md#roles).
        bucket: RequestLog of one route and channel in ``bucket_seconds``.
        everything: RequestLog a second.
    """

    active_threads: int = 1000
    nonce_window: float = 300
    first_response: float = 3
    token_life: float = 900
    roles: int = 250
    bucket: int = 1000
    bucket_seconds: float = 1
    everything: int = 5000


@dataclass(slots=True)
class Application:
    """The one application of the sandbox.

    Attributes:
        privileged: Privileged intents it was granted, as bits.
        commands: By guild id, 0 for global ones; then by command id.
    """

    id: int
    name: str
    user: User
    token: str
    privileged: int = MESSAGE_CONTENT
    commands: dict[int, dict[int, JSON]] = field(default_factory=dict)


class State:
    """Guilds, users and interactions, and a word to everybody who listens for each change.

    Attributes:
        missing: Which keys the bot gets a message without, by the message's id.
        hides_channels: Whether channels that the bot cannot view come to it without their names,
            as Discord announced for November 2026 (docs/discord-facts.md#hidden-channels).
    """

    def __init__(self, *, token: str | None = None, bot_name: str = "Afterword") -> None:
        self.clock = Clock()
        self.limits = Limits()
        self.address = ""
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[int, Interaction] = {}
        self.interactions_by_token: dict[str, Interaction] = {}
        self.ephemeral: dict[int, Message] = {}
        self.files: dict[int, tuple[str, bytes]] = {}
        self.missing: dict[int, frozenset[str]] = {}
        self.nonces: dict[tuple[int, int, str], tuple[int, datetime]] = {}
        self.hides_channels = False
        self.version = 0
        self.listeners: list[Callable[[Event], None]] = []
        ident = self.clock.snowflake()
        user = User(ident, bot_name.lower().replace(" ", "-"), bot_name, bot=True)
        self.users[ident] = user
        self.application = Application(
            ident, bot_name, user, token or f"sandbox.{secrets.token_urlsafe(24)}"
        )

    def now(self) -> "datetime":
        """Return the sandbox's time."""
        return self.clock.now()

    def emit(self, event: Event) -> None:
        """Tell everybody who listens about a change."""
        self.version += 1
        for listener in tuple(self.listeners):
            listener(event)

    def guild(self, guild_id: int) -> Guild:
        """Return a guild, or raise Discord's 10004."""
        try:
            return self.guilds[guild_id]
        except KeyError:
            raise DiscordError(10004) from None

    def channel(self, channel_id: int) -> Channel:
        """Return a channel or thread, or raise Discord's 10003."""
        try:
            return self.channels[channel_id]
        except KeyError:
            raise DiscordError(10003) from None

    def thread(self, thread_id: int) -> Thread:
        """Return a thread, or raise Discord's 10003, or 50024 if it is a channel."""
        channel = self.channel(thread_id)
        if not isinstance(channel, Thread):
            raise DiscordError(50024)
        return channel

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message, or raise Discord's 10008."""
        message = channel.messages.get(message_id)
        if message is None:
            raise DiscordError(10008)
        return message

    def member(self, guild: Guild, user_id: int) -> Member:
        """Return a member, or raise Discord's 10007."""
        try:
            return guild.members[user_id]
        except KeyError:
            raise DiscordError(10007) from None

    def user(self, user_id: int) -> User:
        """Return a user, or raise Discord's 10013."""
        try:
            return self.users[user_id]
        except KeyError:
            raise DiscordError(10013) from None

    def may_read(self, message: Message) -> bool:
        """Return whether the bot gets a message's content.

        The intent decides, and whose words they are (docs/discord-facts.md#message-content).
        """
        bot = self.application.user
        granted = bool(self.application.privileged & MESSAGE_CONTENT)
        return granted or message.author is bot or bot in message.mentions

    def bot_in(self, guild: Guild) -> Member:
        """Return the bot as a member.

        Raises:
            DiscordError: 50001 if it is none; during an outage what the outage is refused with.
        """
        member = guild.members.get(self.application.user.id)
        if member is None:
            raise DiscordError(50001)
        if guild.unavailable:
            raise outage(guild.refusal)
        return member

    def sees(self, member: Member, channel: Channel) -> bool:
        """Return whether a member can see a channel."""
        return permissions.can_see(channel, member, self.now())
