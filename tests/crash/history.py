"""What happened in a schedule, as those who caused it remember it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.crash.claims import Claim, claim_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.sandbox import Answer, Message


@dataclass
class Attempt:
    """What a reader tried to do to their answer.

    Attributes:
        text: What it was to say; None for a withdrawal.
        answer: What the reader was told, which may still change; None if nothing was heard.
    """

    text: str | None
    answer: Answer | None = None


@dataclass
class Given:
    """What a reader answered to a prompt through its button.

    Attributes:
        before: What may have been kept before the attempts; None for nothing.
        ever: Every text that was tried.
    """

    before: set[str | None] = field(default_factory=lambda: {None})
    attempts: list[Attempt] = field(default_factory=list)
    ever: list[str] = field(default_factory=list)

    def tried(self, text: str | None) -> Attempt:
        """Remember that something was sent off."""
        attempt = Attempt(text)
        self.attempts.append(attempt)
        if text is not None:
            self.ever.append(text)
        return attempt

    @property
    def allowed(self) -> set[str | None]:
        """What may be kept now, by what the reader was told; None for nothing."""
        allowed = set(self.before)
        for attempt in self.attempts:
            match claim_of(attempt.answer):
                case Claim.DONE:
                    allowed = {attempt.text}
                case Claim.UNKNOWN:
                    allowed.add(attempt.text)
        return allowed

    def settle(self, allowed: set[str | None]) -> None:
        """Begin anew from what may be kept now."""
        self.before = allowed
        self.attempts.clear()


@dataclass
class Forgotten:
    """What a reader asked to have deleted.

    Attributes:
        kept: Their messages that were kept when they asked.
        other: Those that were not, which may be deleted or kept afterwards.
    """

    kept: set[int]
    other: set[int]
    answer: Answer


@dataclass
class History:
    """What happened.

    Attributes:
        lives: How often the bot was started.
        acts: How often each act was played, by its verb.
        faults: How often each fault happened, as the sandbox counts them.
        texts: What readers wrote last, by message, while it stands.
        last: The message that was written or edited last, and its text.
        deleted: Messages that their readers deleted, and the bot's life in which they did.
        spoilt: Messages that the bot cannot read, and whether they were kept before that.
        ever_spoilt: Those, and the ones that were healed.
        while_down: Messages that were written while it was not there.
        answers: Interactions that readers know to be done, which Discord may tell of again.
        approved: How the answers begin that a moderator knows to be approved.
        told: All interactions, for what their readers were told.
        wrong: What should not have happened, as sentences.
    """

    lives: int = 0
    kills: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    is_down: bool = False
    was_lost: bool = False
    texts: dict[int, str] = field(default_factory=dict)
    last: tuple[int, str] = (0, "")
    deleted: dict[int, int] = field(default_factory=dict)
    removed_prompts: list[str] = field(default_factory=list)
    spoilt: dict[int, bool] = field(default_factory=dict)
    ever_spoilt: set[int] = field(default_factory=set)
    forgotten: list[Forgotten] = field(default_factory=list)
    while_down: set[int] = field(default_factory=set)
    kept_before_sweep: set[int] = field(default_factory=set)
    parents: dict[int, int | None] = field(default_factory=dict)
    prompt_of: dict[int, int] = field(default_factory=dict)
    given: dict[tuple[int, int], Given] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)
    answers: list[Answer] = field(default_factory=list)
    told: list[Answer] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    starters: list[Message] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _texts: Iterator[int] = field(default_factory=count)

    def new_text(self) -> str:
        """Return a text that nobody has written yet."""
        return f"Text {next(self._texts)}: the way home, not *quite* as the map has it."

    def of(self, reader: int, prompt: int) -> Given:
        """Return what a reader answered to a prompt."""
        return self.given.setdefault((reader, prompt), Given())

    def of_reader(self, reader: int) -> list[Given]:
        """Return what a reader answered to any prompt."""
        return [given for (who, _), given in self.given.items() if who == reader]

    def said(self, message: Message, parent: Message | None) -> None:
        """Remember a message, and what it replies to."""
        self.texts[message.id] = message.content
        self.last = message.id, message.content
        self.parents[message.id] = parent.id if parent else None
        if self.is_down:
            self.while_down.add(message.id)

    def button(self, message: Message, verb: str) -> str | None:
        """Return the first custom_id of a message with this verb."""
        ids = (str(each.get("custom_id", "")) for each in message.components)
        return next((each for each in ids if each.startswith(f"aw:{verb}:")), None)

    def prompts_among(self, messages: Iterable[Message]) -> list[Message]:
        """Return the prompts that have a message of their own."""
        return [each for each in self._with_prompts(messages) if not self._is_shown(each)]

    def shown_among(self, messages: Iterable[Message]) -> list[Message]:
        """Return the messages that show an answer."""
        return [each for each in self._with_prompts(messages) if self._is_shown(each)]

    def lose(self, messages: Iterable[Message]) -> None:
        """Lose the database: of answers, only those can come back that are shown, as shown.

        What readers had deleted from it and still stands in Discord comes back too.
        """
        self.was_lost = True
        self.approved.clear()
        texts = [message.content.replace("\\", "") for message in self.shown_among(messages)]
        for given in self.given.values():
            there = [text for text in given.ever if any(text in each for each in texts)]
            allowed = given.allowed
            if there and allowed == {there[-1]}:
                continue
            given.settle(allowed | {None} | set(there))
        self.forgotten.clear()
        self.answers.clear()
        self.spoilt = dict.fromkeys(self.spoilt, False)

    def cannot_come_back(self, message: Message) -> None:
        """Forget an answer of which no more was left than a message that is removed now."""
        reader = str(self.button(message, "edit")).rpartition(":")[2]
        prompt = str(self.button(message, "answer")).rpartition(":")[2]
        self.of(int(reader), int(prompt)).tried(None)

    def expected_prompt(self, message: int) -> int | None:
        """Return the prompt that a message answers, by the chain of its parents."""
        parent = self.parents.get(message)
        while parent is not None:
            if parent in self.prompt_of:
                return self.prompt_of[parent]
            parent = self.parents.get(parent)
        return None

    def _is_shown(self, message: Message) -> bool:
        return self.button(message, "edit") is not None

    def _with_prompts(self, messages: Iterable[Message]) -> list[Message]:
        found = []
        for message in messages:
            button = self.button(message, "answer")
            is_starter = self.button(message, "card") is not None
            if message.by_bot and button is not None and not is_starter:
                self.prompt_of[message.id] = int(button.rpartition(":")[2])
                found.append(message)
        return found
