"""A report's material, written by hand: essays, what they ask, and who said what, when."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.store.desk.report import Asked, Material, Said, Thread

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
THREAD_URL = "https://discord.com/channels/1/"


@dataclass
class Discussion:
    """Collects what a test makes up."""

    threads: list[Thread] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    since: datetime = BEGAN - timedelta(days=30)

    def thread(self, essay: int, *texts: str, lang: str = "en", **more: Any) -> list[int]:
        """Add a thread that asks these, at 9 o'clock; return the ids of its prompts.

        Args:
            more: `ours`, `kind`, `title`, `slug`, `began`, `address`, `is_over`, `opened`.
        """
        publication = len(self.threads) + 1
        slug = more.get("slug", f"essay-{essay}")
        self.threads.append(
            Thread(
                publication, essay, slug, lang, more.get("title", slug.title()),
                more.get("address"), BEGAN, f"{THREAD_URL}{publication}",
                more.get("began", BEGAN), more.get("is_over", False),
            )
        )  # fmt: skip
        made = []
        for position, text in enumerate(texts):
            number = 100 * publication + position
            self.asked.append(
                Asked(
                    number, publication, position, text, more.get("ours", False),
                    more.get("is_living", True), more.get("kind", False), more.get("opened", 0),
                    self.since if more.get("opened") else None,
                    f"{THREAD_URL}{publication}/{number}",
                )
            )  # fmt: skip
            made.append(number)
        return made

    def say(self, text: str, prompt: int | None = None, **more: Any) -> Said:
        """Add a response, to a prompt or to the first thread.

        Args:
            more: `reader`, `hours` after 9 o'clock, `publication`, `source`, `url`, `name`,
                `may_quote`, `named`, `is_highlighted`.
        """
        number, reader = len(self.said) + 1, more.get("reader", 1)
        publication = more.get("publication", prompt // 100 if prompt else 1)
        one = Said(
            number, publication, prompt, reader, more.get("name", f"Reader {reader}"), text,
            BEGAN + timedelta(hours=more.get("hours", number)), more.get("source", "answer"),
            more.get("url", f"{THREAD_URL}{publication}/{9000 + number}"),
            more.get("may_quote", False), more.get("named", False),
            more.get("is_highlighted", False),
        )  # fmt: skip
        self.said.append(one)
        return one

    @property
    def material(self) -> Material:
        said = sorted(self.said, key=lambda one: (one.at, one.id))
        return Material(tuple(self.threads), tuple(self.asked), tuple(said))


@pytest.fixture
def discussion() -> Discussion:
    return Discussion()
