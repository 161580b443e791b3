"""Comparing what is kept, and what Discord shows, with what happened."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox import Message
    from tests.crash.play import Player

WORDS = (0, 19)
"""Types of messages that readers write (discord-facts.md, 3)."""


@dataclass
class Verdict:
    """What a schedule came to; all but the first four and the last three must be zero.

    Attributes:
        missing_threads: Expected and not there, or not in the database.
        lost: Responses that are not kept, or not with their newest text.
        risen: Responses that were deleted or withdrawn and are kept all the same.
        misplaced: Links to a question that was not the one; messages of ours that are missing,
            doubled or stale; the sandbox asked for what Discord does not have.
    """

    threads_expected: int = 0
    threads_found: int = 0
    responses_expected: int = 0
    responses_found: int = 0
    doubled_threads: int = 0
    missing_threads: int = 0
    lost: int = 0
    doubled: int = 0
    risen: int = 0
    misplaced: int = 0
    lives: int = 0
    kills: int = 0
    faults: int = 0
    why: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether everything that must be zero is."""
        return not self.why

    def fault(self, name: str, why: str) -> None:
        """Count what must not be."""
        setattr(self, name, getattr(self, name) + 1)
        self.why.append(f"{name}: {why}")

    def add(self, other: Verdict) -> None:
        """Add another schedule's."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def judge(player: Player) -> Verdict:
    """Return what became of a schedule that was played to its end."""
    memory = player.memory
    verdict = Verdict(lives=memory.lives, kills=memory.kills, faults=memory.faults)
    for what in memory.wrong:
        verdict.fault("misplaced", what)
    for what in memory.unknown:
        verdict.fault("misplaced", f"the sandbox does not know {what}")
    _judge_threads(player, verdict)
    _judge_messages(player, verdict)
    _judge_responses(player, verdict)
    _judge_answers(player, verdict)
    return verdict


def _judge_threads(player: Player, verdict: Verdict) -> None:
    memory = player.memory
    verdict.threads_found = len(memory.threads)
    verdict.threads_expected = int(player.essay.is_public or bool(memory.threads))
    for thread in memory.threads[1:]:
        verdict.fault("doubled_threads", f"{thread}")
    if not player.schedule.is_forum:
        cards = [each for each in memory.starters if memory.button(each, "card")]
        for card in cards[1:]:
            verdict.fault("doubled_threads", f"a second starter message {card.id}")
    kept = player.rows("select thread_id from publications")
    if [row[0] for row in kept] != memory.threads[:1] or len(kept) < verdict.threads_expected:
        verdict.fault("missing_threads", f"{memory.threads} in Discord, {kept} kept")
    for name in memory.names:
        if name not in player.essay.titles:
            verdict.fault("misplaced", f"a thread is called {name}")


def _judge_messages(player: Player, verdict: Verdict) -> None:
    """Each message of ours stands there once, in its final text."""
    memory, essay = player.memory, player.essay
    ours = [each for each in memory.messages if each.by_bot and each.type == 0]
    starters = [each for each in (*memory.starters, *ours) if memory.button(each, "card")]
    prompts = memory.prompts_among(ours)
    shown = memory.shown_among(ours)
    known = {each.id for each in (*starters, *prompts, *shown)}
    body = [each for each in ours if each.id not in known]
    if starters:
        _judge_starter(player, starters[0], verdict)
    asked = [f"**{question}**" for question in essay.questions] if essay.is_public else []
    there = Counter(each.content for each in prompts)
    for question in {*asked, *there}:
        is_removed = question in memory.removed_prompts
        wanted = int(question in asked)
        if there[question] != wanted and not (is_removed and there[question] < wanted):
            may_be_less = bool(memory.removed_prompts) and there[question] < wanted
            if not may_be_less:
                verdict.fault(
                    "misplaced", f"{there[question]} prompts, {wanted} wanted: {question}"
                )
    tokens = re.findall(r"P\d+v\d+\.", "\n".join(each.content for each in body))
    wanted_tokens = essay.paragraphs if essay.is_public else []
    if tokens != wanted_tokens:
        verdict.fault("misplaced", f"the body is {tokens}, not {wanted_tokens}")


def _judge_starter(player: Player, starter: Message, verdict: Verdict) -> None:
    essay = player.essay
    if essay.is_public:
        says = starter.texts
        parts = [essay.titles[-1], f"Version {essay.version}"]
        for part in parts:
            if part not in says:
                verdict.fault("misplaced", f"the starter lacks {part}")
    elif starter.embeds:
        verdict.fault("misplaced", "the starter shows an essay that was taken back")


def _judge_responses(player: Player, verdict: Verdict) -> None:
    """Each message of a reader is kept once, with its newest text and no wrong question."""
    memory = player.memory
    said = {each.id: each for each in memory.messages if not each.by_bot and each.type in WORDS}
    rows = player.rows("select source_id, text, prompt_id from responses where source <> 'answer'")
    kept = {row[0]: row for row in rows}
    verdict.responses_expected += len(said)
    verdict.responses_found += len(kept)
    for message_id, message in said.items():
        if message_id not in kept:
            verdict.fault("lost", f"message {message_id}: {message.content}")
        elif kept[message_id][1] != message.content:
            verdict.fault("lost", f"the newest text of {message_id}: {message.content}")
        if message_id in memory.while_down and message_id not in memory.kept_before_sweep:
            verdict.fault("lost", f"message {message_id} was not there after catching up")
    for message_id, (_, text, prompt_id) in kept.items():
        if message_id not in said:
            verdict.fault("risen", f"message {message_id}: {text}")
        _judge_link(player, message_id, prompt_id, verdict)
    texts = Counter(row[0] for row in player.rows("select text from responses"))
    for text, times in texts.items():
        if times > 1:
            verdict.fault("doubled", f"{times} times: {text}")


def _judge_link(player: Player, message_id: int, prompt_id: int | None, verdict: Verdict) -> None:
    """A link to a question is right or empty; empty only if the parent does not stand there."""
    memory = player.memory
    expected = memory.expected_prompt(message_id)
    if prompt_id is not None and prompt_id != expected:
        verdict.fault("misplaced", f"{message_id} answers {expected}, not {prompt_id}")
    parent = memory.parents.get(message_id)
    stands = {each.id for each in memory.messages}
    if prompt_id is None and parent in memory.prompt_of and parent in stands:
        verdict.fault("misplaced", f"{message_id} is not linked to {expected}")


def _judge_answers(player: Player, verdict: Verdict) -> None:
    """Each answer that was confirmed is kept once, in its last text, and shown once."""
    memory = player.memory
    rows = player.rows(
        "select reader_id, prompt_id, text, shown and hidden_at is null from responses "
        "where source = 'answer'"
    )
    verdict.responses_found += len(rows)
    kept: dict[tuple[int, int], str] = {}
    for reader, prompt, text, _ in rows:
        if (reader, prompt) in kept:
            verdict.fault("doubled", f"answer of {reader} to {prompt}")
        kept[reader, prompt] = text
    for key, given in memory.given.items():
        text = kept.pop(key, None)
        verdict.responses_expected += int(text is not None if given.maybe else bool(given.certain))
        if text not in given.allowed:
            name = "lost" if text is None or given.certain is not None else "risen"
            verdict.fault(name, f"answer {key} is {text}, not {given.allowed}")
    for key, text in kept.items():
        verdict.fault("risen", f"answer {key} is {text}, and nobody gave it")
    if not player.essay.is_public:
        return
    shown = Counter(re.findall(r"Text \d+:", "".join(_shown_texts(player))))
    wanted = Counter(
        found[0] for row in rows if row[3] and (found := re.match(r"Text \d+:", row[2]))
    )
    if shown != wanted:
        verdict.fault("misplaced", f"shown are {shown}, not {wanted}")


def _shown_texts(player: Player) -> list[str]:
    ours = [each for each in player.memory.messages if each.by_bot and each.type == 0]
    return [each.content for each in player.memory.shown_among(ours)]
