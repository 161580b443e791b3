"""What happened in a schedule, as those remember it who made it happen."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.sandbox import Message


@dataclass
class Given:
    """What a reader answered to a prompt through its button.

    Attributes:
        certain: The last text that the bot confirmed; None for none, or withdrawn.
        maybe: What was tried since without a confirmation; None for a withdrawal.
    """

    certain: str | None = None
    maybe: list[str | None] = field(default_factory=list)
    ever: list[str] = field(default_factory=list)

    def tried(self, text: str | None) -> None:
        """Remember that something was sent off."""
        self.maybe.append(text)
        if text is not None:
            self.ever.append(text)

    def confirmed(self, text: str | None) -> None:
        """Remember that the bot said yes."""
        self.certain = text
        self.maybe.clear()

    @property
    def allowed(self) -> set[str | None]:
        """What may be kept now; None for nothing."""
        return {self.certain, *self.maybe}


@dataclass
class Memory:
    """What happened.

    Attributes:
        lives: How often the bot was started.
        deleted: Messages that their readers deleted, and the bot's life in which they did.
        while_down: Messages that were written while it was not there.
        wrong: What should not have happened, as sentences.
    """

    lives: int = 0
    kills: int = 0
    faults: int = 0
    is_down: bool = False
    was_lost: bool = False
    deleted: dict[int, int] = field(default_factory=dict)
    removed_prompts: list[str] = field(default_factory=list)
    while_down: set[int] = field(default_factory=set)
    kept_before_sweep: set[int] = field(default_factory=set)
    parents: dict[int, int | None] = field(default_factory=dict)
    prompt_of: dict[int, int] = field(default_factory=dict)
    given: dict[tuple[int, int], Given] = field(default_factory=dict)
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

    def said(self, message: Message, parent: Message | None) -> None:
        """Remember a message, and what it replies to."""
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
        """Lose the database: of answers, only those can come back that are shown, as shown."""
        self.was_lost = True
        texts = [message.content.replace("\\", "") for message in self.shown_among(messages)]
        for given in self.given.values():
            there = [text for text in given.ever if any(text in each for each in texts)]
            given.maybe = [*given.maybe, given.certain, None]
            if there:
                given.maybe = [] if given.certain in there else [*given.maybe, *there]
                given.certain = there[-1]
            else:
                given.certain = None

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
