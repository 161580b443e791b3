"""Essays with what they asked and what was said, translations joined where questions align."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from bot.store.desk.report import Asked, Material, Said, Thread


class Variant(NamedTuple):
    """A question as it is asked in one language, and where."""

    text: str
    lang: str
    url: str


class Edition(NamedTuple):
    """An essay in one language.

    Attributes:
        address: On the blog; None if that is not known.
        urls: Of its threads.
    """

    title: str
    lang: str
    slug: str
    address: str | None
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at one place, in one language or in several.

    Attributes:
        said: What answers it, oldest first.
        opened: How often its form was opened.
        is_living: Whether it is still asked.
        is_generic: Whether it only asks for an opinion, in every language; None if the languages
            differ, or if that is not known.
        first_after: How long after its thread's start the first response came; None if none did.
    """

    variants: tuple[Variant, ...]
    said: tuple[Said, ...]
    opened: int
    is_living: bool
    is_generic: bool | None
    first_after: timedelta | None

    @property
    def readers(self) -> int:
        """How many readers answered."""
        return len(readers(self.said))


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay's threads, taken together where they ask the same.

    Attributes:
        threads: One a language and server, the first first.
        asked: Its own questions that are still asked, in order.
        former: Those that it asks no longer, and that were answered.
        invited: What answers our own invitation, where the essay asks nothing.
        invitations: How often the form of our own invitation was opened; None if the essay was
            not given one.
        besides: What answers nothing that is known.
        stands_apart: Whether another thread of it asks differently, and is taken by itself.
    """

    threads: tuple[Thread, ...]
    asked: tuple[Question, ...]
    former: tuple[Question, ...]
    invited: tuple[Said, ...]
    invitations: int | None
    besides: tuple[Said, ...]
    stands_apart: bool

    @property
    def said(self) -> list[Said]:
        """All that was said, question by question."""
        answers = [one for question in (*self.asked, *self.former) for one in question.said]
        return [*answers, *self.invited, *self.besides]

    @property
    def title(self) -> str:
        """What it is called in its first language here."""
        return self.threads[0].title

    @property
    def editions(self) -> list[Edition]:
        """The essay in each of its languages, the one that was discussed first first."""
        found: dict[tuple[str, str], Edition] = {}
        for thread in self.threads:
            key = thread.lang, thread.slug
            one = Edition(thread.title, thread.lang, thread.slug, thread.address, ())
            known = found.get(key, one)
            found[key] = known._replace(urls=(*known.urls, thread.url))
        return list(found.values())

    @property
    def began(self) -> datetime:
        """When its first thread was started."""
        return min(thread.began for thread in self.threads)


class Discussed(NamedTuple):
    """All essays, and how long after its thread's start each response came, by its id."""

    essays: tuple[Essay, ...]
    delays: dict[int, timedelta]


def readers(said: Iterable[Said]) -> set[int]:
    """Return who said something."""
    return {one.reader for one in said}


def discussed(material: Material) -> Discussed:
    """Return essays with what they asked and what was said, the newest essay first.

    Threads of one essay are taken together if they ask equally many questions: then the question at
    each place is the same one, translated. Otherwise they stand apart.
    """
    return _Joining(material).result()


class _Joining:
    """Brings threads, questions and responses together."""

    def __init__(self, material: Material) -> None:
        self._threads = material.threads
        self._asked: dict[int, list[Asked]] = defaultdict(list)
        self._answers: dict[int, list[Said]] = defaultdict(list)
        self._besides: dict[int, list[Said]] = defaultdict(list)
        self._delays: dict[int, timedelta] = {}
        for prompt in material.asked:
            self._asked[prompt.publication].append(prompt)
        began = {thread.publication: thread.began for thread in material.threads}
        for one in material.said:  # oldest first: a thread began with what it holds, at the latest
            began[one.publication] = min(began[one.publication], one.at)
            self._delays[one.id] = one.at - began[one.publication]
            if one.prompt is None:
                self._besides[one.publication].append(one)
            else:
                self._answers[one.prompt].append(one)

    def result(self) -> Discussed:
        joined: dict[tuple[int, int], list[Thread]] = defaultdict(list)
        counts: dict[int, set[int]] = defaultdict(set)
        for thread in self._threads:
            count = len(self._own(thread))
            joined[thread.essay, count].append(thread)
            counts[thread.essay].add(count)
        essays = [
            self._essay(sorted(threads, key=_started), stands_apart=len(counts[essay]) > 1)
            for (essay, _), threads in joined.items()
        ]
        return Discussed(tuple(essays), self._delays)

    def _own(self, thread: Thread) -> list[Asked]:
        """Return what an essay itself asks and still asks, in order."""
        prompts = self._asked[thread.publication]
        return [prompt for prompt in prompts if prompt.is_living and not prompt.is_ours]

    def _essay(self, threads: Sequence[Thread], *, stands_apart: bool) -> Essay:
        by_id = {thread.publication: thread for thread in threads}
        prompts = [prompt for thread in threads for prompt in self._asked[thread.publication]]
        ours = [one for one in prompts if one.is_ours]
        gone = [one for one in prompts if not one.is_living and not one.is_ours]
        aligned = zip(*map(self._own, threads), strict=True)
        return Essay(
            threads=tuple(threads),
            asked=tuple(self._question(same, by_id) for same in aligned),
            former=tuple(self._question([one], by_id) for one in gone if self._answers[one.id]),
            invited=_in_time(self._answers[one.id] for one in ours),
            invitations=sum(one.opened for one in ours) if ours else None,
            besides=_in_time(self._besides[thread.publication] for thread in threads),
            stands_apart=stands_apart,
        )

    def _question(self, same: Sequence[Asked], threads: dict[int, Thread]) -> Question:
        """Return a question out of the prompts that ask it; one in an open thread stands for it."""
        variants: dict[tuple[str, str], Variant] = {}
        for prompt in sorted(same, key=lambda one: threads[one.publication].is_over):
            lang = threads[prompt.publication].lang
            variants.setdefault((prompt.text, lang), Variant(prompt.text, lang, prompt.url))
        said = _in_time(self._answers[prompt.id] for prompt in same)
        kinds = {prompt.is_generic for prompt in same}
        return Question(
            variants=tuple(variants.values()),
            said=said,
            opened=sum(prompt.opened for prompt in same),
            is_living=all(prompt.is_living for prompt in same),
            is_generic=kinds.pop() if len(kinds) == 1 else None,
            first_after=min((self._delays[one.id] for one in said), default=None),
        )


def _in_time(lists: Iterable[Sequence[Said]]) -> tuple[Said, ...]:
    return tuple(sorted(chain.from_iterable(lists), key=lambda one: (one.at, one.id)))


def _started(thread: Thread) -> tuple[datetime, int]:
    return thread.began, thread.publication
