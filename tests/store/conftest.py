"""A real file with a guild, a channel, two essays, their threads and their prompts."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.post import Post, Prompt, Question
from bot.core.publishing.publication import Kind, Publication
from bot.core.response import Captured
from bot.store import progress
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.ledger import channels, messages, publications
from bot.store.ledger.prompts import asked
from bot.store.responses import answers
from bot.store.responses.collected import Event, collect
from bot.store.store import Store
from tests.store.encryption import encrypted

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD = 10
CHANNEL = 20
FIRST, SECOND = 1000, 2000
"""The threads; their prompts stand in the next two messages."""

WORDING = "May be quoted on the blog"
NAMED = "If quoted, with my name"


@dataclass(frozen=True)
class Discussion:
    """An essay's thread in which two prompts were asked."""

    post: Post
    publication: int
    thread: int
    prompts: tuple[int, int]
    asked_in: tuple[int, int]


def written(
    source_id: int,
    text: str = "hello",
    *,
    parent: int | None = None,
    edited: int | None = None,
    reader: int = 500,
    thread: int = FIRST,
) -> Captured:
    """Return what a reader wrote; `edited` counts minutes."""
    return Captured(
        source_id=source_id,
        guild_id=GUILD,
        thread_id=thread,
        reader_id=reader,
        reader_name=f"reader {reader}",
        text=text,
        created_at=NOW,
        edited_at=None if edited is None else NOW + timedelta(minutes=edited),
        parent_id=parent,
    )


@dataclass(frozen=True)
class World:
    """What a test finds in its database."""

    db: Database
    path: Path
    now: datetime
    guild: int
    channel: int
    first: Discussion
    second: Discussion

    message = staticmethod(written)

    def answer(
        self,
        source_id: int = 9000,
        text: str = "I do",
        *,
        reader: int = 500,
        prompt: int | None = None,
        shown: bool = True,
        may_quote: bool = False,
        named: bool = False,
        at: datetime | None = None,
    ) -> int | None:
        """Keep an answer, to the first prompt if no other is given; return its response's id."""
        kept = answers.keep_answer(
            self.db,
            self.message(source_id, text, reader=reader)._replace(created_at=at or self.now),
            prompt or self.first.prompts[0],
            shown=shown,
            may_quote=may_quote,
            named=named,
            wordings=(WORDING, NAMED),
        )
        return kept.answer.id if kept else None

    def collect(self, *events: Event) -> None:
        collect(self.db, events, {}, self.now)

    def show(self, response: int, message_id: int) -> None:
        """Record that an answer to the first prompt is shown as a message."""
        key, publication = (Kind.ANSWER, response), self.first.publication
        ids = {"prompt_id": self.first.prompts[0], "response_id": response}
        messages.attempt(self.db, publication, key, "digest", self.now, **ids)
        messages.sent(self.db, publication, {key: message_id}, self.now)

    def ledger(self, publication: int | None = None) -> Publication:
        """Return a publication with its messages, the first if no other is given."""
        found = publications.get_publication(self.db, publication or self.first.publication)
        assert found is not None
        return found

    def settle(self) -> None:
        """Work on both publications, and find nothing left to do."""
        for one in (self.first, self.second):
            progress.load(self.db, one.publication)
            progress.finish(self.db, one.publication, None, None, one.post.digest, self.now)

    def unfinished(self) -> list[int]:
        return publications.unfinished(self.db, self.guild)


@dataclass(frozen=True)
class Templates:
    """Files made once, plain and encrypted: a copy is quicker than a schema."""

    folder: Path

    @cache  # noqa: B019  # as long as the session
    def empty(self, *, is_encrypted: bool) -> Path:
        path = self._place(f"empty-{is_encrypted}", is_encrypted=is_encrypted)
        open_database(path).close()
        return path

    @cache  # noqa: B019  # the same
    def world(self, *, is_encrypted: bool) -> World:
        path = self._place(f"world-{is_encrypted}", is_encrypted=is_encrypted)
        shutil.copy(self.empty(is_encrypted=is_encrypted), path)
        database = open_database(path)
        with database.atomic():
            world = build_world(database, path)
        database.close()
        return world

    def _place(self, name: str, *, is_encrypted: bool) -> Path:
        path = self.folder / f"{name}.db"
        return encrypted(path) if is_encrypted else path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test that is marked so run on a plain file and on an encrypted one."""
    mark = metafunc.definition.get_closest_marker("encrypted_too")
    uses_a_file = "is_encrypted" in metafunc.fixturenames
    if mark is not None and mark.kwargs.get("yes", True) and uses_a_file:
        metafunc.parametrize("is_encrypted", [False, True], ids=["plain", "encrypted"])


@pytest.fixture
def is_encrypted() -> bool:
    return False


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def empty_file(templates: Templates) -> Path:
    return templates.empty(is_encrypted=False)


@pytest.fixture(scope="session")
def world_file(templates: Templates) -> World:
    return templates.world(is_encrypted=False)


@pytest.fixture
def path(tmp_path: Path, *, is_encrypted: bool) -> Path:
    path = tmp_path / "afterword.db"
    return encrypted(path) if is_encrypted else path


@pytest.fixture
def db(templates: Templates, path: Path, *, is_encrypted: bool) -> Iterator[Database]:
    yield from copy_of(templates.empty(is_encrypted=is_encrypted), path)


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    opened = Store(path)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def world(templates: Templates, path: Path, *, is_encrypted: bool) -> Iterator[World]:
    made = templates.world(is_encrypted=is_encrypted)
    for database in copy_of(made.path, path):
        yield replace(made, db=database, path=path)


@pytest.fixture(scope="module")
def shared_world(world_file: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same for generated tests, which roll back what each example did."""
    path = tmp_path_factory.mktemp("shared") / "afterword.db"
    for database in copy_of(world_file.path, path):
        yield replace(world_file, db=database, path=path)


@pytest.fixture(scope="module")
def shared_empty(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from copy_of(empty_file, tmp_path_factory.mktemp("shared") / "afterword.db")


def copy_of(file: Path, path: Path) -> Iterator[Database]:
    shutil.copy(file, path)
    database = open_database(path)
    yield database
    database.close()


@contextmanager
def undone(db: Database) -> Iterator[None]:
    db.execute("begin")
    try:
        yield
    finally:
        db.rollback()


def build_world(db: Database, path: Path) -> World:
    channels.join_guild(db, GUILD, "Readers", NOW)
    channel = channels.Channel(
        id=CHANNEL, guild_id=GUILD, is_forum=False, lang="en", pace="each", body="auto"
    )
    channels.use_channel(db, channel, NOW)
    texts = ("Is dreaming biological?", "What would you give up?")
    questions = tuple(Question(text) for text in texts)
    posts = record_posts(
        db,
        [
            Post(
                path=f"posts/{slug}.md",
                lang="en",
                slug=slug,
                title=slug.title(),
                essay=slug,
                date=NOW - timedelta(days=age),
                digest=f"digest of {slug}",
                questions=questions,
            )
            for age, slug in enumerate(("dreams", "machines"), 1)
        ],
        NOW,
    ).posts
    first, second = (_discuss(db, *one) for one in zip(posts, (FIRST, SECOND), strict=True))
    return World(db, path, NOW, GUILD, CHANNEL, first, second)


def _discuss(db: Database, post: Post, thread: int) -> Discussion:
    prompts = [Prompt((question,)) for question in post.questions]
    publication = publications.intend(db, CHANNEL, post, prompts, asked_by=None, now=NOW)
    ids = [prompt.id for prompt in asked(db, publication)]
    messages.attempt(db, publication, (Kind.STARTER, 0), "starter", NOW)
    messages.sent(db, publication, {(Kind.STARTER, 0): thread}, NOW)
    publications.record_thread(db, publication, GUILD, thread, NOW)
    for position, prompt_id in enumerate(ids):
        key = (Kind.PROMPT, position)
        messages.attempt(db, publication, key, "prompt", NOW, prompt_id=prompt_id)
        messages.sent(db, publication, {key: thread + 1 + position}, NOW)
    return Discussion(
        replace(post), publication, thread, (ids[0], ids[1]), (thread + 1, thread + 2)
    )
