"""The order of steps, driven to its end against a small Discord, killed between any two steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.publication import (
    Adopt,
    Circumstances,
    Describe,
    Done,
    Edit,
    Forget,
    Key,
    Kind,
    Lock,
    Look,
    Observed,
    OpenThread,
    Publication,
    Remove,
    Send,
    Sent,
    Start,
    Step,
    Wait,
    Wake,
    Wanted,
    WantedThread,
    next_step,
)

STARTER: Key = (Kind.STARTER, 0)


class KilledError(Exception):
    """The process dies here."""


@dataclass
class FakeDiscord:
    """What Discord keeps: our messages by id, and at most one thread for each starter."""

    is_forum: bool
    messages: dict[int, Wanted] = field(default_factory=dict)
    threads: list[int] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(100))

    def post(self, want: Wanted) -> int:
        message_id = next(self.ids)
        self.messages[message_id] = want
        if want.kind is Kind.STARTER and self.is_forum:
            self.threads.append(message_id)
        return message_id

    def open_thread(self, message_id: int) -> None:
        if message_id not in self.threads:
            self.threads.append(message_id)

    def show(self) -> Observed:
        found = {want.key: message_id for message_id, want in self.messages.items()}
        return Observed(found, self.threads[0] if self.threads else None)


class Bot:
    """Performs steps as the publisher does; its ledger outlives it, the rest does not."""

    def __init__(self, discord: FakeDiscord, deaths: Iterator[bool]) -> None:
        self.discord = discord
        self.ledger = Publication(1, 2, discord.is_forum)
        self._deaths = deaths
        self.steps: list[str] = []

    def run(self, wanted: Sequence[Wanted]) -> Wait | Done:
        """Begin with nothing but the ledger, and go on until there is nothing to do."""
        observed: Observed | None = None
        for _ in range(100):
            step = next_step(self.ledger, wanted, observed)
            if isinstance(step, (Wait, Done)):
                return step
            self.steps.append(type(step).__name__)
            if isinstance(step, Look):
                observed = self.discord.show()
            else:
                self._perform(step, {want.key: want for want in wanted})
        pytest.fail("There is no end to the steps.")

    def _perform(self, step: Step, wanted: dict[Key, Wanted]) -> None:  # as many as steps
        match step:
            case Start():
                self._send(wanted[STARTER])
            case Send(key):
                self._send(wanted[key])
            case OpenThread(message_id):
                self.discord.open_thread(message_id)
                self._may_die()
                self.ledger = replace(self.ledger, thread_id=message_id)
            case Adopt(messages, thread_id):
                for key, message_id in messages.items():
                    self._note(key, message_id=message_id)
                self.ledger = replace(self.ledger, thread_id=thread_id or self.ledger.thread_id)
            case Edit(key, message_id):
                self.discord.messages[message_id] = wanted[key]
                self._may_die()
                self._note(key, digest=wanted[key].digest)
            case Remove(key, message_id):
                self.discord.messages.pop(message_id, None)
                self._may_die()
                self._drop(key)
            case Forget(key):
                self._drop(key)
        self._may_die()

    def _send(self, want: Wanted) -> None:
        self._may_die()
        self._note(want.key, digest=want.digest, attempted=True)
        self._may_die()
        message_id = self.discord.post(want)
        self._may_die()
        self._note(want.key, message_id=message_id)
        if want.kind is Kind.STARTER and self.discord.is_forum:
            self._may_die()
            self.ledger = replace(self.ledger, thread_id=message_id)

    def _note(self, key: Key, **changes: object) -> None:
        before = self.ledger.find(key) or Sent(*key, digest="")
        after = replace(before, **changes)  # type: ignore[arg-type]  # the names of Sent's fields
        rest = [sent for sent in self.ledger.messages if sent.key != key]
        self.ledger = replace(self.ledger, messages=(*rest, after))

    def _drop(self, key: Key) -> None:
        rest = tuple(sent for sent in self.ledger.messages if sent.key != key)
        self.ledger = replace(self.ledger, messages=rest)

    def _may_die(self) -> None:
        if next(self._deaths, False):
            raise KilledError


def essay(bodies: int, prompts: int, edition: str = "1") -> list[Wanted]:
    return [
        Wanted(Kind.STARTER, 0, f"starter {edition}"),
        *(Wanted(Kind.BODY, number, f"body {number} {edition}") for number in range(bodies)),
        *(Wanted(Kind.PROMPT, number, f"prompt {number}") for number in range(prompts)),
    ]


def live(bot: Bot, wanted: Sequence[Wanted]) -> int:
    """Run the bot until it is done, as often as it dies; return how often it did."""
    for deaths in range(100):
        try:
            assert bot.run(wanted) == Done()
        except KilledError:
            continue
        return deaths
    pytest.fail("The bot never gets anywhere.")


def assert_shows(discord: FakeDiscord, wanted: Sequence[Wanted]) -> None:
    shown = sorted(discord.messages.values(), key=lambda want: want.key)
    assert shown == sorted(wanted, key=lambda want: want.key)
    starter = next(number for number, want in discord.messages.items() if want.key == STARTER)
    assert discord.threads == [starter]


@pytest.mark.parametrize("is_forum", [False, True])
def test_an_essay_without_faults_takes_one_step_a_message(*, is_forum: bool) -> None:
    bot = Bot(FakeDiscord(is_forum), iter(()))
    live(bot, essay(2, 1))
    assert_shows(bot.discord, essay(2, 1))
    opened = [] if is_forum else ["OpenThread"]
    assert bot.steps == ["Start", *opened, "Send", "Send", "Send"]
    assert [want.digest for want in bot.discord.messages.values()] == [
        want.digest for want in essay(2, 1)
    ]


@pytest.mark.parametrize("is_forum", [False, True])
def test_a_process_that_dies_twice_anywhere_posts_nothing_twice(*, is_forum: bool) -> None:
    wanted = essay(1, 1)
    places = 0
    for first in range(100):
        for second in range(14):
            order = [False] * first + [True] + [False] * second + [True]
            bot = Bot(FakeDiscord(is_forum), iter(order))
            deaths = live(bot, wanted)
            assert_shows(bot.discord, wanted)
        places += 1
        if deaths == 0:
            break
    assert places > 12


@settings(max_examples=150)
@given(
    is_forum=st.booleans(),
    editions=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=3),
    deaths=st.lists(st.booleans(), max_size=40),
)
def test_an_essay_that_changes_while_the_bot_dies_ends_as_it_is_wanted(
    *, is_forum: bool, editions: list[tuple[int, int]], deaths: list[bool]
) -> None:
    fates = iter(deaths)
    bot = Bot(FakeDiscord(is_forum), fates)
    for number, (bodies, prompts) in enumerate(editions):
        wanted = essay(bodies, prompts, str(number))
        if number + 1 < len(editions):
            try:
                bot.run(wanted)
            except KilledError:
                continue
        else:
            live(bot, wanted)
    assert_shows(bot.discord, wanted)


def published(**changes: object) -> Publication:
    sent = tuple(
        Sent(want.kind, want.position, want.digest, number, attempted=True)
        for number, want in enumerate(essay(1, 1), 100)
    )
    whole = Publication(1, 2, is_forum=False, thread_id=100, messages=sent)
    return replace(whole, **changes)  # type: ignore[arg-type]  # the names of Publication's fields


def but(publication: Publication, key: Key, **changes: object) -> Publication:
    return replace(
        publication,
        messages=tuple(
            replace(sent, **changes) if sent.key == key else sent  # type: ignore[arg-type]  # Sent's
            for sent in publication.messages
        ),
    )


def test_what_is_shown_as_wanted_needs_nothing() -> None:
    assert next_step(published(), essay(1, 1), None) == Done()


def test_a_publication_that_is_over_is_left_alone() -> None:
    assert next_step(published(is_over=True), essay(5, 5, "new"), None) == Done()


def test_a_message_that_somebody_deleted_is_never_posted_again() -> None:
    for key in (STARTER, (Kind.BODY, 0), (Kind.PROMPT, 0)):
        publication = but(published(), key, deleted=True)
        assert next_step(publication, essay(1, 1, "new" if key != STARTER else "1"), None) != Send(
            key
        )
        assert next_step(publication, essay(1, 1), None) == Done()


def test_a_starter_that_was_deleted_before_its_thread_ends_the_matter() -> None:
    publication = but(published(thread_id=None), STARTER, deleted=True)
    assert next_step(publication, essay(1, 1), None) == Done()


def test_an_attempt_in_doubt_is_looked_for_before_anything_is_sent() -> None:
    for key in (STARTER, (Kind.BODY, 0), (Kind.PROMPT, 0)):
        doubtful = but(published(), key, message_id=None)
        assert next_step(doubtful, essay(1, 1), None) == Look()
        sending = Start() if key == STARTER else Send(key)
        assert next_step(doubtful, essay(1, 1), Observed()) == sending
        seen = Observed({key: 777})
        assert next_step(doubtful, essay(1, 1), seen) == Adopt({key: 777}, None)


def test_a_message_that_was_refused_for_certain_is_sent_without_looking() -> None:
    refused = but(published(), (Kind.BODY, 0), message_id=None, attempted=False)
    assert next_step(refused, essay(1, 1), None) == Send((Kind.BODY, 0))


def test_a_thread_that_is_seen_is_adopted() -> None:
    seen = Observed({}, thread_id=100)
    assert next_step(published(thread_id=None), essay(1, 1), seen) == Adopt({}, 100)


def test_a_message_that_the_ledger_never_intended_is_not_adopted() -> None:
    assert next_step(published(), essay(1, 1), Observed({(Kind.BODY, 9): 5}, 100)) == Done()


def test_a_changed_text_is_edited_in_place() -> None:
    step = next_step(published(), essay(1, 1, "new"), None)
    assert step == Edit(STARTER, 100)


def test_an_edit_of_an_archived_thread_waits_and_a_removal_does_not() -> None:
    asleep = Circumstances(is_asleep=True)
    assert next_step(published(), essay(0, 1), None, None, asleep) == Remove((Kind.BODY, 0), 101)
    changed = but(published(), (Kind.PROMPT, 0), digest="old")
    assert next_step(changed, essay(1, 1), None, None, asleep) == Wait.on(Obstacle("thread_asleep"))
    taken_back = replace(asleep, takes_text_away=True)
    assert next_step(changed, essay(1, 1), None, None, taken_back) == Wake()
    renamed = WantedThread("New")
    assert isinstance(next_step(published(), essay(1, 1), None, renamed, asleep), Wait)


def test_a_starter_is_edited_while_its_thread_sleeps_unless_it_stands_in_it() -> None:
    asleep = Circumstances(is_asleep=True)
    text = but(published(), STARTER, digest="old")
    assert next_step(text, essay(1, 1), None, None, asleep) == Edit(STARTER, 100)
    post = replace(text, is_forum=True)
    assert isinstance(next_step(post, essay(1, 1), None, None, asleep), Wait)


def test_whatever_is_next_waits_for_what_the_bot_is_not_allowed() -> None:
    forbidden = Circumstances(lacking=Obstacle("thread_asleep"))
    assert isinstance(next_step(published(), essay(2, 1), None, None, forbidden), Wait)
    assert next_step(published(), essay(1, 1), None, None, forbidden) == Done()


def test_only_a_start_waits_for_a_forums_tag() -> None:
    tagless = Circumstances(tag_required=Obstacle("thread_asleep"))
    nothing = Publication(1, 2, is_forum=True)
    assert isinstance(next_step(nothing, essay(1, 1), None, None, tagless), Wait)
    assert next_step(published(), essay(2, 1), None, None, tagless) == Send((Kind.BODY, 1))


def test_a_message_that_nothing_wants_is_removed_or_looked_for_or_forgotten() -> None:
    body = (Kind.BODY, 0)
    assert next_step(published(), essay(0, 1), None) == Remove(body, 101)
    doubtful = but(published(), body, message_id=None)
    assert next_step(doubtful, essay(0, 1), None) == Look()
    assert next_step(doubtful, essay(0, 1), Observed()) == Forget(body)
    untried = but(doubtful, body, attempted=False)
    assert next_step(untried, essay(0, 1), None) == Forget(body)
    assert next_step(but(published(), body, deleted=True), essay(0, 1), None) == Done()


def test_messages_are_sent_in_the_order_of_the_thread() -> None:
    bare = replace(published(), messages=published().messages[:1])
    wanted = [Wanted(Kind.ANSWER, 1, "a"), *reversed(essay(2, 1))]
    assert next_step(bare, wanted, None) == Send((Kind.BODY, 0))


def test_a_threads_name_tags_and_lock_follow_the_essay_after_its_messages() -> None:
    named = published(title="Dreams", tags=("ai",))
    wanted = WantedThread("Dreams", ("ai",))
    assert next_step(named, essay(1, 1), None, wanted) == Done()
    assert next_step(named, essay(1, 1), None, replace(wanted, title="New")) == Describe()
    assert next_step(named, essay(1, 1), None, replace(wanted, tags=())) == Describe()
    assert next_step(named, essay(1, 1), None, replace(wanted, is_locked=True)) == Lock(locked=True)
    locked = replace(named, is_locked=True)
    assert next_step(locked, essay(1, 1), None, wanted) == Lock(locked=False)
    unknown = replace(named, is_locked=None)
    again = Lock(locked=False, is_first=False)
    assert next_step(unknown, essay(1, 1), None, wanted) == again
    edited = next_step(named, essay(1, 1, "new"), None, replace(wanted, title="New"))
    assert edited == Edit(STARTER, 100)
