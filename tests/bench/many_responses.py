"""A database in which thousands of readers responded, the same each time.

`python -m tests.bench.many_responses FILE` writes 100,000 responses by 5,000 readers to 600 essays:
in two languages, as answers, replies and messages, with all that readers, authors and moderators
do about them.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.core.custom_ids import mint
from bot.core.snowflakes import first_id_at
from bot.store.file.database import open_database
from bot.store.ledger import channels
from bot.store.times import to_text
from tests.bench.vocabulary import ASKED, GENERIC, HOSTILE, NAMES, SENTENCES, SURNAMES, TITLES

GUILD = 7_000
CHANNELS = {"en": 7_001, "tr": 7_002}
MODERATORS = (7_010, 7_011)
BEGAN = datetime(2024, 1, 1, 9, tzinfo=UTC)
WORDING = ("May be quoted on the blog", "If quoted, with my name")
TRANSLATED = 3
"""Every third essay has a Turkish translation, with a thread of its own."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Thread:
    """An essay's thread in one language.

    Attributes:
        prompts: Ids of what is asked there.
        began: When it was started.
        lively: How much of all that is said is said here, against other threads.
    """

    id: int
    publication: int
    lang: str
    prompts: tuple[int, ...]
    began: datetime
    lively: float


ORDER = ("readers", "nicknames", "essays", "posts", "questions", "publications", "threads",
         "prompts", "prompt_questions", "responses", "messages", "consents", "highlights",
         "forms_opened", "tombstones", "holds")  # fmt: skip
"""Tables, those that others refer to first."""


class Ids:
    """Ids like those that are minted, one after another, the same each time."""

    def __init__(self) -> None:
        self._last = mint(datetime(2026, 1, 1, tzinfo=UTC), 0)

    def next(self) -> int:
        self._last += 1
        return self._last


class Writer:
    """Makes up essays, readers and what they say.

    Args:
        seed: The same seed makes the same rows.

    Attributes:
        rows: By their tables, which are in the order in which they can be written.
    """

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311  # the same each time, not a secret
        self.ids = Ids()
        self.rows: dict[str, list[Row]] = {table: [] for table in ORDER}
        self._messages = 0

    def add(self, table: str, **values: Any) -> None:
        self.rows[table].append(values)

    def snowflake(self, at: datetime) -> int:
        """Return an id of Discord's that was made at a time, or a little later."""
        self._messages += 1
        return first_id_at(at) + self._messages % 4_000_000

    def essay(self, number: int, count: int) -> Iterator[Thread]:
        """Add an essay, its translation if it has one, and what is asked in their threads."""
        essay = self.ids.next()
        began = BEGAN + timedelta(days=800 * number / count)
        self.add("essays", id=essay, key=f"essay-{number}", first_seen_at=to_text(began))
        asked = self.draw.choice((0, 1, 1, 1, 2, 2, 3))
        lively = 1 / (1 + self.draw.randrange(count))
        yield self._thread(essay, number, "en", asked, began, lively)
        if number % TRANSLATED == 0:
            fewer = asked - 1 if asked > 1 and number % (5 * TRANSLATED) == 0 else asked
            later = began + timedelta(days=self.draw.randint(0, 20))
            yield self._thread(essay, number, "tr", fewer, later, lively / 2)

    def _thread(
        self, essay: int, number: int, lang: str, asked: int, began: datetime, lively: float
    ) -> Thread:
        post, publication = self.ids.next(), self.ids.next()
        thread, when = self.snowflake(began), to_text(began)
        again, first = divmod(number, len(TITLES[lang]))
        slug, title = f"essay-{number}", f"{TITLES[lang][first]}{f', {again + 1}' if again else ''}"
        gone = to_text(began + timedelta(days=90)) if number % 97 == 96 else None
        self.add(
            "posts", id=post, essay_id=essay, path=f"posts/{slug}.{lang}.md", lang=lang, slug=slug,
            key=slug, aliases="[]", title=title, date=when, digest=f"digest-{post}",
            url=f"https://essays.example.org/{lang}/{slug}/", body_digest=f"body-{post}",
            first_seen_at=when, removed_at=gone,
        )  # fmt: skip
        self.add(
            "publications", id=publication, channel_id=CHANNELS[lang], essay_id=essay,
            post_id=post, thread_id=thread, title=title, settled=f"digest-{post}",
            asked_by=self.draw.choice((None, None, *MODERATORS)), intended_at=when,
            started_at=when, over_at=gone, over_because="removed" if gone else None,
        )  # fmt: skip
        self.add("threads", id=thread, guild_id=GUILD, publication_id=publication, seen_id=thread)
        self._message(publication, "starter", 0, thread, began)
        prompts = tuple(self._prompts(post, publication, lang, asked, began))
        return Thread(thread, publication, lang, prompts, began, lively)

    def _prompts(
        self, post: int, publication: int, lang: str, asked: int, began: datetime
    ) -> Iterator[int]:
        """Yield the ids of prompts; where an essay asks nothing, of our own invitation."""
        when, place = to_text(began), 0
        for position in range(max(asked, 1)):
            prompt, texts = self.ids.next(), self._questions(lang, position, asked)
            self.add(
                "prompts", id=prompt, publication_id=publication, position=position,
                text=" ".join(text for text, _ in texts), is_ours=int(asked == 0),
                withdrawn_at=when if self.draw.random() < 0.01 else None,
            )  # fmt: skip
            for text, generic in texts if asked else ():
                question = self.ids.next()
                self.add(
                    "questions", id=question, post_id=post, position=place, text=text,
                    generic=int(generic), first_seen_at=when,
                )  # fmt: skip
                self.add("prompt_questions", prompt_id=prompt, question_id=question)
                place += 1
            if asked:
                sent = self.snowflake(began + timedelta(seconds=position + 1))
                self._message(publication, "prompt", position, sent, began, prompt=prompt)
            yield prompt

    def _questions(self, lang: str, position: int, asked: int) -> list[tuple[str, bool]]:
        """Return what one prompt asks, each with whether it only asks for an opinion."""
        own = (self.draw.choice(ASKED[lang]), False)
        if asked > 1 and position == asked - 1 and self.draw.random() < 0.5:
            return [(self.draw.choice(GENERIC[lang]), True)]
        if self.draw.random() < 0.2:
            return [(self.draw.choice(GENERIC[lang]), True), own]
        return [own]

    def _message(
        self, publication: int, kind: str, position: int, message: int, at: datetime,
        *, prompt: int | None = None, response: int | None = None,
    ) -> None:  # fmt: skip
        self.add(
            "messages", publication_id=publication, kind=kind, position=position, prompt_id=prompt,
            response_id=response, digest=f"{kind}-{position}", attempted_at=to_text(at),
            message_id=message, sent_at=to_text(at),
        )  # fmt: skip

    def reader(self, number: int) -> int:
        """Add a reader; every seventh is called otherwise on the server."""
        reader, name = 100_000 + number, NAMES[number % len(NAMES)]
        surname, again = SURNAMES[number % len(SURNAMES)], number // (len(NAMES) * len(SURNAMES))
        called = f"{name} {surname}" + (f" {again + 1}" if again else "")
        self.add("readers", id=reader, name=called)
        if number % 7 == 0:
            self.add("nicknames", guild_id=GUILD, reader_id=reader, name=f"{name} {surname[0]}.")
        return reader

    def say(self, thread: Thread, reader: int, answered: set[tuple[int, int]]) -> None:
        """Add what a reader says in a thread: an answer, a reply to a question, or a message."""
        draw = self.draw
        at = thread.began + timedelta(hours=min(draw.lognormvariate(3.3, 1.6), 15_000))
        prompt, kind = draw.choice(thread.prompts), draw.random()
        is_answer = kind < 0.6 and (prompt, reader) not in answered
        is_reply = not is_answer and kind < 0.8
        response = self.ids.next()
        hidden = to_text(at + timedelta(hours=2)) if draw.random() < 0.01 else None
        shown = int(not is_answer or draw.random() < 0.9)
        self.add(
            "responses", id=response, source_id=self.snowflake(at),
            source="answer" if is_answer else "reply" if is_reply else "message",
            guild_id=GUILD, thread_id=thread.id, publication_id=thread.publication,
            prompt_id=prompt if is_answer or is_reply else None,
            parent_id=thread.id + 1 if is_reply else None, reader_id=reader,
            text=self._text(thread.lang), shown=shown, created_at=to_text(at),
            edited_at=to_text(at + timedelta(minutes=5)) if draw.random() < 0.05 else None,
            hidden_at=hidden,
        )  # fmt: skip
        if is_answer:
            answered.add((prompt, reader))
            if shown and hidden is None:
                sent = self.snowflake(at + timedelta(seconds=1))
                where = (thread.publication, "answer", response, sent, at)
                self._message(*where, prompt=prompt, response=response)
            self._consent(response, at)
        self._marks(response, at)

    def _text(self, lang: str) -> str:
        if self.draw.random() < 0.001:
            return self.draw.choice(HOSTILE)
        count = min(20, 1 + int(self.draw.expovariate(0.5)))
        sentences = [self.draw.choice(SENTENCES[lang]) for _ in range(count)]
        return ("\n\n" if count > 8 else " ").join(sentences)

    def _consent(self, response: int, at: datetime) -> None:
        """Add what a reader said about being quoted, and sometimes that they took it back."""
        granted, named = self.draw.random() < 0.5, self.draw.random() < 0.7
        said = [(granted, granted and named, at)]
        if granted and self.draw.random() < 0.05:
            said.append((False, False, at + timedelta(days=1)))
        for agreed, by_name, when in said:
            self.add(
                "consents", id=self.ids.next(), response_id=response, purpose="quote",
                granted=int(agreed), named=int(by_name), wording=WORDING[0],
                named_wording=WORDING[1], given_at=to_text(when),
            )  # fmt: skip

    def _marks(self, response: int, at: datetime) -> None:
        if self.draw.random() < 0.002:
            marked = {"highlighted_by": self.draw.choice(MODERATORS), "highlighted_at": to_text(at)}
            self.add("highlights", response_id=response, **marked)
        if self.draw.random() < 0.01:
            because = self.draw.choice(("event", "reader", "concluded"))
            ended = {"deleted_at": to_text(at), "because": because}
            self.add("tombstones", source_id=self.snowflake(at), **ended)

    def moderate(self, threads: Sequence[Thread]) -> None:
        """Add how often forms were opened, and what moderators decided about."""
        answered = (row for row in self.rows["responses"] if row["source"] == "answer")
        answers = Counter(row["prompt_id"] for row in answered)
        for thread, prompt in ((one, prompt) for one in threads for prompt in one.prompts):
            opened = answers[prompt] * 5 // 4 + self.draw.randrange(3)
            if opened:
                since = to_text(thread.began)
                self.add("forms_opened", prompt_id=prompt, count=opened, since=since)
        for number, thread in enumerate(threads[::50]):
            when = to_text(thread.began)
            self.add(
                "holds", id=self.ids.next(), channel_id=CHANNELS[thread.lang], held_at=when,
                decision=("start", "shelve")[number % 2], decided_at=when,
                decided_by=MODERATORS[number % len(MODERATORS)],
            )  # fmt: skip


def write(path: Path, responses: int = 100_000, readers: int = 5_000, essays: int = 600) -> None:
    """Write a new file with so many responses by so many readers to so many essays.

    Raises:
        FileExistsError: Something stands there already.
    """
    if path.exists():
        raise FileExistsError(path)
    writer = Writer(seed=responses)
    people = [writer.reader(number) for number in range(readers)]
    threads = [one for number in range(essays) for one in writer.essay(number, essays)]
    places = list(accumulate(thread.lively for thread in threads))
    eager = list(accumulate(1 / (10 + number) for number in range(readers)))
    answered: set[tuple[int, int]] = set()
    for _ in range(responses):
        (thread,) = writer.draw.choices(threads, cum_weights=places)
        (reader,) = writer.draw.choices(people, cum_weights=eager)
        writer.say(thread, reader, answered)
    writer.moderate(threads)
    db = open_database(path)
    try:
        with db.atomic():
            _insert(db, writer.rows)
    finally:
        db.close()


def _insert(db: Database, rows: dict[str, list[Row]]) -> None:
    channels.join_guild(db, GUILD, "Readers", BEGAN)
    for lang, channel in CHANNELS.items():
        kind: dict[str, Any] = {"is_forum": lang == "en", "pace": "each", "body": "auto"}
        made = channels.Channel(id=channel, guild_id=GUILD, lang=lang, **kind)
        channels.use_channel(db, made, BEGAN)
    for table, values in rows.items():
        if values:
            places = ", ".join(f":{name}" for name in values[0])
            names = places.replace(":", "")
            db.conn.executemany(f"insert into {table} ({names}) values ({places})", values)  # noqa: S608  # our own names


def main() -> int:
    """Write the file that is named, and say what stands in it."""
    parser = argparse.ArgumentParser(prog="tests.bench.many_responses", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=5_000)
    parser.add_argument("--essays", type=int, default=600)
    chosen = vars(parser.parse_args())
    path: Path = chosen.pop("file")
    try:
        write(path, **chosen)
    except FileExistsError:
        sys.stderr.write(f"Something stands at {path} already: name another file.\n")
        return 2
    sys.stdout.write(f"{json.dumps(chosen)} in {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
