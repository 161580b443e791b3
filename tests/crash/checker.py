"""Compares what is stored, and what Discord shows, with what happened."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from bot.store.responses.standing import STANDS
from tests.crash.claims import Claim, claim_of, is_apology

if TYPE_CHECKING:
    from bot.sandbox import Message
    from tests.crash.player import Player

WORDS = (0, 19)
"""Types of messages that readers write (docs/discord-facts.md#message-types)."""


@dataclass
class Verdict:
    """What a schedule came to; all but what is expected, found and played must be zero.

    Attributes:
        missing_threads: Expected and not there, or not in the database.
        lost: Responses that are not kept, or not with their newest text.
        risen: Responses that were deleted or withdrawn and are kept all the same.
        misplaced: Links to a question that was not the one; messages of ours that are missing,
            doubled or stale; the sandbox asked for what Discord does not have.
        kinds: How often each act was played, and each fault happened.
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
    kinds: Counter[str] = field(default_factory=Counter)
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
    history = player.history
    verdict = Verdict(
        lives=history.lives,
        kills=history.kills,
        faults=history.faults.total(),
        kinds=history.acts + Counter({f"fault: {k}": n for k, n in history.faults.items()}),
    )
    for what in history.wrong:
        verdict.fault("misplaced", what)
    for what in history.unknown:
        verdict.fault("misplaced", f"the sandbox does not know {what}")
    _judge_threads(player, verdict)
    _judge_messages(player, verdict)
    _judge_responses(player, verdict)
    _judge_answers(player, verdict)
    for answer in history.told:
        if is_apology(answer):  # nobody may read of a fault of ours
            verdict.fault("misplaced", f"interaction {answer.id} was answered with an apology")
    return verdict


def _judge_threads(player: Player, verdict: Verdict) -> None:
    history = player.history
    verdict.threads_found = len(history.threads)
    verdict.threads_expected = int(player.essay.is_public or bool(history.threads))
    for thread in history.threads[1:]:
        verdict.fault("doubled_threads", f"{thread}")
    if not player.schedule.is_forum:
        cards = [each for each in history.starters if history.button(each, "card")]
        for card in cards[1:]:
            verdict.fault("doubled_threads", f"a second starter message {card.id}")
    kept = player.rows("select thread_id from publications where thread_id is not null")
    if [row[0] for row in kept] != history.threads[:1] or len(kept) < verdict.threads_expected:
        verdict.fault("missing_threads", f"{history.threads} in Discord, {kept} kept")
    for name in history.names:
        if name not in player.essay.titles:
            verdict.fault("misplaced", f"a thread is called {name}")


def _judge_messages(player: Player, verdict: Verdict) -> None:
    """Each message of ours stands there once, in its final text."""
    history, essay = player.history, player.essay
    ours = [each for each in history.messages if each.by_bot and each.type == 0]
    starters = [each for each in (*history.starters, *ours) if history.button(each, "card")]
    prompts = history.prompts_among(ours)
    shown = history.shown_among(ours)
    known = {each.id for each in (*starters, *prompts, *shown)}
    body = [each for each in ours if each.id not in known]
    if starters:
        _judge_starter(player, starters[0], verdict)
    asked = [f"**{question}**" for question in essay.questions] if essay.is_public else []
    there = Counter(each.content for each in prompts)
    for question in {*asked, *there}:
        count, wanted = there[question], int(question in asked)
        may_be_less = bool(history.removed_prompts) and count < wanted
        if count != wanted and not may_be_less:
            verdict.fault("misplaced", f"{count} prompts, {wanted} wanted: {question}")
    tokens = re.findall(r"P\d+v\d+\.", "\n".join(each.content for each in body))
    wanted_tokens = essay.paragraphs if essay.is_public else []
    if tokens != wanted_tokens:
        verdict.fault("misplaced", f"the body is {tokens}, not {wanted_tokens}")


def _judge_starter(player: Player, starter: Message, verdict: Verdict) -> None:
    essay = player.essay
    if essay.is_public:
        for part in (essay.titles[-1], f"Version {essay.version}"):
            if part not in starter.texts:
                verdict.fault("misplaced", f"the starter lacks {part}")
    elif starter.embeds:
        verdict.fault("misplaced", "the starter shows an essay that was taken back")


def _judge_responses(player: Player, verdict: Verdict) -> None:
    """Each message of a reader is kept once, with its newest text and no wrong question."""
    history = player.history
    said = {each.id: each for each in history.messages if not each.by_bot and each.type in WORDS}
    rows = player.rows("select source_id, text, prompt_id from responses where source <> 'answer'")
    kept = {row[0]: row for row in rows}
    done = [each for each in history.forgotten if claim_of(each.answer) is Claim.DONE]
    forgotten = {one for each in done for one in each.kept}
    may_be_forgotten = {one for each in history.forgotten for one in each.kept | each.other}
    unreadable = {one for one, was_kept in history.spoilt.items() if not was_kept}
    expected = {
        one: message
        for one, message in said.items()
        if one not in may_be_forgotten | unreadable
        and (message.content or one in kept)  # a file alone says nothing
    }
    verdict.responses_expected += len(expected)
    verdict.responses_found += len(kept)
    for message_id, message in expected.items():
        if message_id not in kept:
            verdict.fault("lost", f"message {message_id}: {message.content}")
        elif kept[message_id][1] != message.content and message_id not in history.spoilt:
            verdict.fault("lost", f"the newest text of {message_id}: {message.content}")
        is_late = message_id in history.while_down and message_id not in history.kept_before_sweep
        if is_late and message_id not in history.ever_spoilt and not player.schedule.lies:
            verdict.fault("lost", f"message {message_id} was not there after catching up")
    for message_id in forgotten & kept.keys():
        verdict.fault("risen", f"message {message_id}, which its reader had deleted")
    for message_id, (_, text, prompt_id) in kept.items():
        if message_id not in said:
            verdict.fault("risen", f"message {message_id}: {text}")
        _judge_link(player, message_id, prompt_id, verdict)
    texts = Counter(row[0] for row in player.rows("select text from responses"))
    for text, times in texts.items():
        if text and times > 1:
            verdict.fault("doubled", f"{times} times: {text}")


def _judge_link(player: Player, message_id: int, prompt_id: int | None, verdict: Verdict) -> None:
    """A link to a question is right or empty; empty only if the parent does not stand there."""
    history = player.history
    expected = history.expected_prompt(message_id)
    if prompt_id is not None and prompt_id != expected:
        verdict.fault("misplaced", f"{message_id} answers {expected}, not {prompt_id}")
    parent = history.parents.get(message_id)
    stands = {each.id for each in history.messages}
    if prompt_id is None and parent in history.prompt_of and parent in stands:
        verdict.fault("misplaced", f"{message_id} is not linked to {expected}")


def _judge_answers(player: Player, verdict: Verdict) -> None:
    """Each answer that was confirmed is kept once, in its last text, and shown once."""
    history = player.history
    columns = f"reader_id, prompt_id, text, {STANDS}, review = 'waiting'"
    rows = player.rows(f"select {columns} from responses where source = 'answer'")  # noqa: S608  # ours
    verdict.responses_found += len(rows)
    kept: dict[tuple[int, int], str] = {}
    for reader, prompt, text, _, is_waiting in rows:
        if is_waiting and text.partition(":")[0] + ":" in history.approved:
            verdict.fault("lost", f"{text} was approved, and waits")
        if (reader, prompt) in kept:
            verdict.fault("doubled", f"answer of {reader} to {prompt}")
        kept[reader, prompt] = text
    for key, given in history.given.items():
        text = kept.pop(key, None)
        allowed = given.allowed
        verdict.responses_expected += int(None not in allowed)
        if text not in allowed:
            name = "risen" if allowed == {None} else "lost"
            verdict.fault(name, f"answer {key} is {text}, not {allowed}")
    for key, text in kept.items():
        verdict.fault("risen", f"answer {key} is {text}, and nobody gave it")
    if not player.essay.is_public:
        return
    ours = [each for each in history.messages if each.by_bot and each.type == 0]
    texts = "".join(each.content for each in history.shown_among(ours))
    shown = Counter(re.findall(r"Text \d+:", texts))
    wanted = Counter(
        found[0] for row in rows if row[3] and (found := re.match(r"Text \d+:", row[2]))
    )
    if shown != wanted:
        verdict.fault("misplaced", f"shown are {shown}, not {wanted}")
