"""How long `/search` and `/questions` take, from what was typed to what is shown."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.blog.catalog import Catalog
from bot.core.post import Post, Question
from bot.core.text.search_words import folded, search_words
from bot.store.file.database import open_for_reading
from bot.store.finding.open_questions import open_questions
from bot.store.finding.search import Search, search
from tests.bench.many_responses import CHANNELS, GUILD
from tests.bench.table import Row
from tests.bench.vocabulary import ASKED, SENTENCES, TITLES

SECONDS = 1.0
"""What each may take: Discord waits three."""


def finding(path: Path, posts: int, runs: int) -> list[Row]:
    """Search so many posts and the responses of a database, and return the seconds."""
    channels = tuple(CHANNELS.values())
    words = sorted({word for one in SENTENCES["en"] for word in search_words(one)}, key=len)
    with open_for_reading(path) as db:
        size = f"{db.table('responses').count:,} responses"

        def look(*wanted: str) -> None:
            search(db, Search(GUILD, channels, wanted), 0, 10)

        asked = {
            "search: a long word": lambda: look(words[-1]),
            "search: the, and what begins so": lambda: look("the"),
            "search: no response has it": lambda: look("zeppelin"),
            "questions": lambda: open_questions(db, GUILD, channels),
        }
        rows = [
            Row(name, size, [_seconds(ask) for _ in range(runs)], bound=SECONDS, unit="s")
            for name, ask in asked.items()
        ]
    return [*rows, *_essays(posts, runs)]


def _essays(count: int, runs: int) -> list[Row]:
    """Search essays by their texts, at first and once these are folded."""
    catalog = Catalog(_posts(count))
    now, wanted = datetime.now(UTC), folded(search_words(TITLES["en"][0]))
    size = f"{count:,} posts"

    def look() -> None:
        catalog.search(wanted, "en", now=now)

    first = [_seconds(look)]
    later = [_seconds(look) for _ in range(runs)]
    return [
        Row("search: essays, the first time", size, first, bound=3 * SECONDS, unit="s"),
        Row("search: essays", size, later, bound=SECONDS, unit="s"),
    ]


def _posts(count: int) -> list[Post]:
    titles, asked, said = TITLES["en"], ASKED["en"], SENTENCES["en"]
    return [
        Post(
            path=f"{number}.md",
            lang="en",
            slug=f"essay-{number}",
            title=f"{titles[number % len(titles)]} {number}",
            essay=f"essay-{number}",
            tags=("Örtlich", "memory"),
            description=" ".join(said[(number + step) % len(said)] for step in range(3)),
            questions=(Question(asked[number % len(asked)]),),
        )
        for number in range(count)
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
