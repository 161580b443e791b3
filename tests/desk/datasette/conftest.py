"""A file in which readers must not be recognised, and Datasette on it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from bot.core.post import Post, Prompt
from bot.desk.datasette.application import desk
from bot.store.content.posts import record_posts
from bot.store.desk.held_back import Source
from bot.store.desk.memory_copy import copied_into_memory
from bot.store.file.conversion import convert
from bot.store.file.database import open_database
from bot.store.ledger import channels, publications
from bot.store.responses import answers
from bot.store.responses.collected import Deleted
from bot.store.responses.highlights import toggle_highlight
from tests.store.conftest import NAMED, NOW, WORDING, World, build_world, written
from tests.store.encryption import KEY, encrypted

ZENOBIA, NORA, HAL, QUIET = (771_000_000_000_000_000 + number for number in range(1, 5))
VIEWS_OF_WORDS = ("passage_texts", "post_texts")
"""Views that only the full-text indexes read, which ask for ids as numbers."""

MODERATOR = 991_000_000_000_000_001
OWL, SHOWN = 881_000_000_000_000_001, 881_000_000_000_000_002
"""A message of Zenobia's, and the one that showed what Hal said."""

HIDDEN = "the hidden lighthouse"
UNNAMED = ("Zenobia Quill", "Nick Nightjar", "Hal Unseen", "Quiet Quentin")
SECRETS = (
    *UNNAMED,
    HIDDEN,
    "lighthouse",
    *map(str, (ZENOBIA, NORA, HAL, QUIET, MODERATOR, OWL, SHOWN)),
)
"""What `afterword desk` shows only with --identities."""


@dataclass(frozen=True)
class Said:
    """What was written, by the ids of the responses."""

    world: World
    owl: int
    named: int
    quiet: int
    hidden: int

    @property
    def db(self) -> Database:
        return self.world.db

    @property
    def path(self) -> Path:
        return self.world.path


def answer(
    world: World, source: int, reader: int, name: str, text: str, *, named: bool = False
) -> int:
    """Keep an answer that may be quoted."""
    kept = answers.keep_answer(
        world.db,
        written(source, text, reader=reader)._replace(reader_name=name),
        world.first.prompts[0],
        shown=True,
        may_quote=True,
        named=named,
        wordings=(WORDING, NAMED),
    )
    assert kept is not None
    return kept.answer.id


def fill(world: World) -> Said:
    owl = written(OWL, "An owl in the attic", reader=ZENOBIA)
    world.collect(owl._replace(reader_name="Zenobia Quill", nickname="Nick Nightjar"))
    (owl_id,) = world.db.execute("select id from responses").fetchone()
    named = answer(world, OWL + 10, NORA, "Named Nora", "Quote me by name", named=True)
    quiet = answer(world, OWL + 11, QUIET, "Quiet Quentin", "Quote me without")
    hidden = answer(world, OWL + 12, HAL, "Hal Unseen", HIDDEN)
    world.show(hidden, SHOWN)
    world.collect(Deleted(SHOWN))
    toggle_highlight(world.db, owl_id, MODERATOR, NOW)
    moderate(world)
    return Said(world, owl_id, named, quiet, hidden)


def moderate(world: World) -> None:
    """Have a moderator start one essay's thread, and shelve another."""
    db = world.db
    question = world.first.post.questions[0]
    made = [
        Post(path=f"{slug}.md", lang="en", slug=slug, title=slug.title(), essay=slug, digest=slug)
        for slug in ("started", "held")
    ]
    started, held = record_posts(
        db, [replace(one, questions=(question,)) for one in made], NOW
    ).posts
    publications.intend(
        db, world.channel, started, [Prompt((question,))], asked_by=MODERATOR, now=NOW
    )
    assert held.essay_id is not None
    hold = channels.hold(db, world.channel, [held.essay_id], NOW)
    channels.decide(db, hold, "shelve", MODERATOR, NOW)


@pytest.fixture(scope="session")
def said_file(tmp_path_factory: pytest.TempPathFactory) -> Said:
    path = tmp_path_factory.mktemp("said") / "afterword.db"
    db = open_database(path)
    with db.atomic():
        said = fill(build_world(db, path))
    db.close()
    return said


@pytest.fixture
def said(said_file: Said, tmp_path: Path) -> Iterator[Said]:
    """The file, open as a bot that runs has it open."""
    path = tmp_path / "afterword.db"
    shutil.copy(said_file.path, path)
    db = open_database(path)
    yield replace(said_file, world=replace(said_file.world, db=db, path=path))
    db.close()


@pytest.fixture
def is_copied() -> bool:
    return False


@pytest.fixture
def source(said: Said, *, is_copied: bool) -> Iterator[Source]:
    """What Datasette reads: the file, or the copy in memory that it gets of an encrypted one."""
    if not is_copied:
        yield said.path
        return
    path = said.path.with_name("encrypted.db")
    said.db.execute("vacuum into ?", [str(path)])
    convert(path, [None], KEY, lambda _done, _total: None)
    with copied_into_memory(encrypted(path)) as copy:
        path.unlink()
        yield copy


async def opened(source: Source, *, identities: bool) -> AsyncIterator[Datasette]:
    application = desk(source, identities=identities)
    await application.invoke_startup()
    yield application
    application.executor.shutdown()
    application.get_database("afterword").close()
    application.get_database("_internal").close()


@pytest.fixture
async def held_back(source: Source) -> AsyncIterator[Datasette]:
    async for application in opened(source, identities=False):
        yield application


@pytest.fixture
async def whole(source: Source) -> AsyncIterator[Datasette]:
    async for application in opened(source, identities=True):
        yield application
