"""The ledger of a publication, and the order of its steps.

`next_step` is a pure function of three values: what the ledger says, what the essay wants said now,
and what Discord shows. Whoever performs a step records it and asks again; a process that dies
between any two steps starts over from the ledger and loses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.publishing.obstacles import Obstacle


class Kind(StrEnum):
    """What a message of ours is for."""

    STARTER = "starter"
    BODY = "body"
    PROMPT = "prompt"
    ANSWER = "answer"


ORDER = {Kind.STARTER: 0, Kind.BODY: 1, Kind.PROMPT: 2, Kind.ANSWER: 3}
"""In this order the messages of a thread are sent."""

Key = tuple[Kind, int]
"""Names a message within its publication: its kind, and its position in that kind."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as the ledger knows it.

    Attributes:
        digest: Of what was sent last, or of what was about to be sent.
        message_id: None until Discord confirmed it.
        attempted: Whether sending it was tried, so that it may exist without our knowing its id.
        deleted: Whether somebody removed it from Discord. It is never posted again.
        since: When it was first tried, aware.
        after: An id, by Discord's clock, that is older than the message.
        prompt_id: The prompt that it asks, or to which it shows an answer.
    """

    kind: Kind
    position: int
    digest: str
    message_id: int | None = None
    attempted: bool = False
    deleted: bool = False
    since: datetime | None = None
    after: int = 0
    prompt_id: int | None = None

    @property
    def key(self) -> Key:
        """The message's name."""
        return (self.kind, self.position)

    @property
    def is_in_doubt(self) -> bool:
        """Whether it may stand in Discord without our knowing its id."""
        return self.attempted and self.message_id is None and not self.deleted


@dataclass(frozen=True, slots=True)
class Publication:
    """An essay's thread in a channel, as the ledger knows it.

    Attributes:
        thread_id: None until there is one. A thread has its starter message's id.
        title: The thread's name as it was last set; what moderators call it since is theirs.
        tags: The forum's tags as they were last set, by name.
        is_locked: Whether the thread was last locked by us; None if a change was not confirmed.
        lock_choice: What a moderator wants of it, ``locked`` or ``open``; None if none said.
    """

    id: int
    channel_id: int
    is_forum: bool
    thread_id: int | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    is_locked: bool | None = False
    is_over: bool = False
    messages: tuple[Sent, ...] = ()
    lock_choice: str | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything of it may stand in Discord."""
        starter = self.find((Kind.STARTER, 0))
        return self.thread_id is not None or (starter is not None and starter.attempted)

    def wants_lock(self, *, is_withdrawn: bool) -> bool:
        """Return whether its thread is to be locked: as a moderator said, else if withdrawn."""
        return is_withdrawn if self.lock_choice is None else self.lock_choice == "locked"

    def find(self, key: Key) -> Sent | None:
        """Return the ledger's row of a message."""
        return next((sent for sent in self.messages if sent.key == key), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message as the essay wants it now."""

    kind: Kind
    position: int
    digest: str

    @property
    def key(self) -> Key:
        """The message's name."""
        return (self.kind, self.position)


@dataclass(frozen=True, slots=True)
class WantedThread:
    """A thread as the essay wants it now."""

    title: str
    tags: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """What Discord shows of a publication whose last attempts are in doubt.

    Attributes:
        messages: The ids of our own messages that were found, by name.
        thread_id: The thread, if there is one.
    """

    messages: Mapping[Key, int] = field(default_factory=dict)
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What Discord and the essay allow now, as far as it is seen without trying.

    Attributes:
        lacking: What the bot is not allowed in the channel.
        tag_required: That the forum wants a tag which the essay does not have.
        is_asleep: Whether the thread is archived; edits are refused until it wakes
            (docs/discord-facts.md#archived-threads).
        takes_text_away: Whether the essay was taken back, which does not wait.
    """

    lacking: Obstacle | None = None
    tag_required: Obstacle | None = None
    is_asleep: bool = False
    takes_text_away: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """An earlier attempt may have left something: look for it before doing anything again."""


@dataclass(frozen=True, slots=True)
class Adopt:
    """Record what was found, as if its confirmation had arrived."""

    messages: Mapping[Key, int]
    thread_id: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """Send the starter message: in a forum, it makes the thread too."""


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Start the thread from its starter message; error 160004 says that it is there already."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message into the thread."""

    key: Key


@dataclass(frozen=True, slots=True)
class Edit:
    """Change a message in place, silently."""

    key: Key
    message_id: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete a message that nothing wants any more, and drop its row: it may be wanted again."""

    key: Key
    message_id: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Drop a row that was never sent and that nothing wants any more."""

    key: Key


@dataclass(frozen=True, slots=True)
class Describe:
    """Change the thread's name and tags, because the essay's have changed."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Lock the thread of an essay that was withdrawn, or unlock it when the essay is back.

    Attributes:
        is_first: Whether it was not tried before: a lock that is there then is a moderator's.
    """

    locked: bool
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class Wake:
    """Take the thread out of the archive, so that it can be edited."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing can be done now.

    Attributes:
        reason: A sentence for the operator.
        obstacle: The same in any language, if Discord or its settings are in the way.
    """

    reason: str
    obstacle: Obstacle | None = None

    @classmethod
    def on(cls, obstacle: Obstacle) -> "Wait":
        """Wait until an obstacle is out of the way."""
        return cls(obstacle.sentence(), obstacle)


@dataclass(frozen=True, slots=True)
class Done:
    """Discord shows what the essay wants."""


Step = Look | Adopt | Start | OpenThread | Send | Edit | Remove | Forget | Describe | Lock | Wake


def next_step(
    publication: Publication,
    wanted: Sequence[Wanted],
    observed: Observed | None,
    thread: WantedThread | None = None,
    circumstances: Circumstances = Circumstances(),
) -> Step | Wait | Done:
    """Return what to do next about a publication.

    Args:
        publication: The ledger.
        wanted: The messages in the order of the thread; the starter first.
        observed: None until Discord was asked, and again once an attempt is unconfirmed: an older
            answer says nothing about it.
        thread: The thread's own properties; None leaves them as they are.
        circumstances: What is in the way of a step that would be next.
    """
    step = _next_step(publication, wanted, observed, thread)
    if isinstance(step, (Wait, Done)):
        return step
    if circumstances.lacking is not None:
        return Wait.on(circumstances.lacking)
    if isinstance(step, Start) and circumstances.tag_required is not None:
        return Wait.on(circumstances.tag_required)
    if circumstances.is_asleep and _is_edit_in_thread(step, publication):
        wakes = circumstances.takes_text_away or _has_to_send(publication, wanted)
        return Wake() if wakes else Wait.on(Obstacle("thread_asleep"))
    return step


def _has_to_send(publication: Publication, wanted: Sequence[Wanted]) -> bool:
    """Return whether a message is still to be sent, which wakes the thread anyway."""
    return any(publication.find(want.key) is None for want in wanted)


def _is_edit_in_thread(step: Step, publication: Publication) -> bool:
    """Return whether an archived thread refuses a step; a text channel's starter is not in it."""
    if isinstance(step, Edit):
        return publication.is_forum or step.key[0] is not Kind.STARTER
    return isinstance(step, Describe)


def _next_step(
    publication: Publication,
    wanted: Sequence[Wanted],
    observed: Observed | None,
    thread: WantedThread | None,
) -> Step | Done:
    if publication.is_over:
        return Done()
    found = _unrecorded(publication, observed)
    if found is not None:
        return found
    starter = publication.find((Kind.STARTER, 0))
    if starter is None or starter.message_id is None:
        in_doubt = starter is not None and starter.attempted
        return Look() if in_doubt and observed is None else Start()
    if publication.thread_id is None:
        return Done() if starter.deleted else OpenThread(starter.message_id)
    known = {sent.key: sent for sent in publication.messages}
    for want in sorted(wanted, key=lambda want: (ORDER[want.kind], want.position)):
        step = _step_for(known.get(want.key), want, observed)
        if step is not None:
            return step
    return _surplus(publication, wanted, observed) or _about(publication, thread) or Done()


def _about(publication: Publication, thread: WantedThread | None) -> Step | None:
    if thread is None:
        return None
    if (publication.title, publication.tags) != (thread.title, thread.tags):
        return Describe()
    if publication.is_locked == thread.is_locked:
        return None
    return Lock(thread.is_locked, is_first=publication.is_locked is not None)


def _unrecorded(publication: Publication, observed: Observed | None) -> Adopt | None:
    if observed is None:
        return None
    unknown = {
        key: message_id
        for key, message_id in observed.messages.items()
        if (row := publication.find(key)) is not None and row.message_id is None
    }
    has_new_thread = publication.thread_id is None and observed.thread_id is not None
    if not unknown and not has_new_thread:
        return None
    return Adopt(unknown, observed.thread_id if has_new_thread else None)


def _step_for(sent: Sent | None, want: Wanted, observed: Observed | None) -> Step | None:
    if sent is None:
        return Send(want.key)
    if sent.deleted:
        return None
    if sent.message_id is None:
        return Look() if sent.attempted and observed is None else Send(want.key)
    if sent.digest == want.digest:
        return None
    return Edit(want.key, sent.message_id)


def _surplus(
    publication: Publication, wanted: Sequence[Wanted], observed: Observed | None
) -> Step | None:
    keys = {want.key for want in wanted}
    for sent in reversed(publication.messages):
        if sent.key in keys or sent.deleted:
            continue
        if sent.message_id is not None:
            return Remove(sent.key, sent.message_id)
        return Look() if sent.attempted and observed is None else Forget(sent.key)
    return None
