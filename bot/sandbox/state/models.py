"""What the sandbox knows: users, guilds, channels, threads, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.sandbox.state.clock import created_at
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.timeline import Timeline


class ChannelType(IntEnum):
    """The kinds of channel that the sandbox has."""

    TEXT = 0
    CATEGORY = 4
    PUBLIC_THREAD = 11
    FORUM = 15


class MessageType(IntEnum):
    """The kinds of message that the sandbox writes (docs/discord-facts.md#message-types)."""

    DEFAULT = 0
    RENAME = 4
    PIN = 6
    THREAD_CREATED = 18
    REPLY = 19
    COMMAND_REPLY = 20
    THREAD_STARTER = 21
    MENU_REPLY = 23


class MessageFlag(IntEnum):
    """Flags of a message."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12


class ChannelFlag(IntEnum):
    """Flags of a channel or thread."""

    PINNED = 1 << 1
    REQUIRE_TAG = 1 << 4
    HIDDEN = 1 << 17


OUTAGE = 503
"""What REST answers for a guild during an outage, unless a test says otherwise."""


class ClientKind(StrEnum):
    """What somebody uses Discord with.

    They differ in archived threads (docs/discord-facts.md#presses-in-archived-threads).
    """

    WEB = "web"
    PHONE = "phone"
    DESKTOP = "desktop"


@dataclass(slots=True, eq=False)
class User:
    """Somebody, in no particular guild."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"
    client: ClientKind = ClientKind.WEB


@dataclass(slots=True, eq=False)
class Role:
    """A role; the one with its guild's id is @everyone."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    color: int = 0
    mentionable: bool = False
    hoist: bool = False
    bot_id: int | None = None


@dataclass(slots=True, eq=False)
class Overwrite:
    """A channel's own word on one role (kind 0) or member (kind 1)."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined_at: datetime
    nick: str | None = None
    roles: list[int] = field(default_factory=list)
    timed_out_until: datetime | None = None

    @property
    def display_name(self) -> str:
        """The name that people see."""
        return self.nick or self.user.global_name or self.user.username

    def is_timed_out(self, now: datetime) -> bool:
        """Return whether the member is in a timeout."""
        return self.timed_out_until is not None and self.timed_out_until > now


@dataclass(slots=True, eq=False)
class Guild:
    """A guild; ``channels`` has its channels and all threads, archived ones too.

    Attributes:
        bans: Why each user is banned, by the user's id.
        unavailable: Whether an outage is under way.
        refusal: What REST answers during an outage: an HTTP status, or one of Discord's codes.
    """

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    active_threads: dict[int, "Thread"] = field(default_factory=dict)
    bans: dict[int, str | None] = field(default_factory=dict)
    unavailable: bool = False
    refusal: int = OUTAGE

    def inside(self, category: "Channel") -> list["Channel"]:
        """Return the channels of a category; their threads are not among them."""
        every = self.channels.values()
        return [
            each for each in every if each.parent_id == category.id and not isinstance(each, Thread)
        ]

    def rank(self, member: Member) -> tuple[int, int]:
        """Return where a member's highest role stands; of two at one position the older is above.

        See docs/discord-facts.md#order-of-permissions.
        """
        held = [self.roles[each] for each in member.roles]
        return max(((role.position, -role.id) for role in held), default=(0, 0))


@dataclass(slots=True, eq=False)
class Message:
    """A message.

    Attributes:
        embeds: As the author sent them.
        components: The same, each with its ``id``.
        reference: The ``message_reference`` object of a reply, pin or starter.
        reader: Who alone sees it, if it is ephemeral.
        snapshot: What it forwards.
        metadata: The ``interaction_metadata`` object of an interaction's answer.
        reactions: Who reacted, by emoji, each in order.
    """

    id: int
    channel: "Channel"
    author: User
    created_at: datetime
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    embeds: list[JSON] = field(default_factory=list)
    components: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reference: JSON | None = None
    edited_at: datetime | None = None
    pinned_at: datetime | None = None
    reader: int | None = None
    metadata: JSON | None = None
    thread: "Thread | None" = None
    snapshot: JSON | None = None
    reactions: dict[str, list[User]] = field(default_factory=dict)

    def has(self, flag: MessageFlag) -> bool:
        """Return whether a flag is set."""
        return bool(self.flags & flag)


@dataclass(slots=True, eq=False)
class Tag:
    """A forum tag."""

    id: int
    name: str
    moderated: bool = False
    emoji_name: str | None = None


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel, a forum or a category; a thread is a :class:`Thread`.

    Attributes:
        thread_slowmode: The slow mode that its new threads begin with.
    """

    id: int
    guild: Guild
    type: ChannelType
    name: str
    topic: str | None = None
    position: int = 0
    parent_id: int | None = None
    flags: int = 0
    slowmode: int = 0
    thread_slowmode: int = 0
    auto_archive: int = 4320
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    tags: dict[int, Tag] = field(default_factory=dict)
    threads: dict[int, "Thread"] = field(default_factory=dict)
    messages: Timeline[Message] = field(default_factory=Timeline)
    pins: dict[int, Message] = field(default_factory=dict)
    last_message_id: int | None = None
    last_pin_at: datetime | None = None
    last_sent: dict[int, datetime] = field(default_factory=dict)


@dataclass(slots=True, eq=False, kw_only=True)
class Thread(Channel):
    """A public thread of a text channel, or a forum's post.

    Attributes:
        message_count: Messages there are, the first one not counted.
        total_sent: Messages there ever were, the first one not counted.
        archived_at: When it was last archived, un-archived or made.
    """

    parent: Channel
    owner_id: int
    archived_at: datetime
    archived: bool = False
    locked: bool = False
    message_count: int = 0
    total_sent: int = 0
    applied_tags: list[int] = field(default_factory=list)
    members: dict[int, datetime] = field(default_factory=dict)

    @property
    def created_at(self) -> datetime:
        """When it was made."""
        return created_at(self.id)
