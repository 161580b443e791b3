import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlite_utils import Database

from bot.cli import main
from bot.core.post import Post, Prompt, Question
from bot.core.publishing.publication import Kind
from bot.core.response import Captured
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.ledger import channels, messages, publications
from bot.store.responses.collected import collect

AFTERWORD = Path(sys.executable).with_name("afterword")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD = 1_490_000_000_000_000_001
THREAD = 1_490_000_000_000_000_100

FORMULA = '=HYPERLINK("http://example.org","look")'
MARKDOWN = "# Loud\n\n<b>bold</b> ![x](http://example.org/x.png) *star* @everyone\n1. one"


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output, each line of which has to be an object of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV, by its head line; a byte order mark has to lead it, but once."""
        assert self.out.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(self.out.encode().decode("utf-8-sig"))))


def run_program(
    *command: str | Path, folder: Path, environment: Mapping[str, str], timeout: float | None = None
) -> Ran:
    """Run a program in a folder, with this environment and no other, until it ends."""
    done = subprocess.run(  # noqa: S603  # our own command
        command, env=environment, cwd=folder, capture_output=True, timeout=timeout, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


class Type(Protocol):
    """Types a command in this process."""

    def __call__(self, *arguments: str | Path) -> Ran: ...


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Take every setting away, and stand in a folder of its own."""
    for name in [one for one in os.environ if one.startswith(("AFTERWORD_", "DISCORD_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def type_in(
    clean: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Type:
    del clean

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["afterword", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsysbinary.readouterr()
        return Ran(int(ended.value.code or 0), said.out.decode(), said.err.decode())

    return run


class Start(Protocol):
    """Runs the installed command in a process of its own."""

    def __call__(self, *arguments: str | Path, **environment: str) -> Ran: ...


@pytest.fixture
def start(clean: Path) -> Start:
    return lambda *arguments, **environment: run_program(
        AFTERWORD, *arguments, folder=clean, environment=os.environ | environment, timeout=30
    )


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder with two essays, one translated, a draft and a page."""
    root = tmp_path / "blog"
    write(root, "hugo.toml", 'baseURL = "https://example.org/"\ndefaultContentLanguage = "en"\n'
          "[languages.en]\n[languages.tr]\n")  # fmt: skip
    write(root, "content/posts/rain.md", essay("Rain", "2026-01-02", "What do you hear in it?"))
    write(
        root,
        "content/posts/rain.tr.md",
        essay("Yağmur", "2026-01-02", "Siz bu konuda ne düşünüyorsunuz?"),
    )
    write(root, "content/posts/snow.md", essay("Snow", "2026-02-03T10:00:00+03:00", "It fell."))
    write(
        root,
        "content/posts/fog.md",
        essay("Fog", "2026-02-04", "Where do you think it goes?", "draft: true\n"),
    )
    return root


def essay(title: str, date: str, end: str, more: str = "") -> str:
    """Return a short essay."""
    head = (
        f"---\ntitle: {title}\ndate: {date}\ntags: [weather]\ndescription: On {title}.\n{more}---\n"
    )
    return f"{head}\nIt began early.\n\nA second paragraph.\n\n{end}\n"


def write(root: Path, name: str, text: str | bytes) -> Path:
    """Write a file below `root`."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file in which three readers responded to `rain`, and nobody to `snow`."""
    path = tmp_path / "kept.db"
    db = open_database(path)
    with db.atomic():
        _fill(db)
    db.close()
    return path


def _fill(db: Database) -> None:
    channels.join_guild(db, GUILD, "Readers", NOW)
    channel = channels.Channel(
        id=20, guild_id=GUILD, is_forum=False, lang="en", pace="each", body="auto"
    )
    channels.use_channel(db, channel, NOW)
    question = Question("What do you hear in it?")
    read = [
        Post(path=f"{slug}.md", lang="en", slug=slug, title=slug.title(), essay=slug, digest=slug,
             date=NOW, questions=(question,))
        for slug in ("rain", "snow")
    ]  # fmt: skip
    rain = record_posts(db, read, NOW).posts[0]
    publication = publications.intend(
        db, channel.id, rain, [Prompt((question,))], asked_by=None, now=NOW
    )
    prompt = next(iter(db.query("select id from prompts")))["id"]
    publications.record_thread(db, publication, GUILD, THREAD, NOW)
    key = (Kind.PROMPT, 0)
    messages.attempt(db, publication, key, "prompt", NOW, prompt_id=prompt)
    messages.sent(db, publication, {key: THREAD + 1}, NOW)
    said = [("Ada", "Drums.", THREAD + 1), ("=Bora", FORMULA, None), ("Chen", MARKDOWN, None)]
    collect(
        db,
        [
            Captured(
                source_id=THREAD + 10 + number,
                guild_id=GUILD,
                thread_id=THREAD,
                reader_id=GUILD + 100 + number,
                reader_name=name,
                text=text,
                created_at=NOW,
                parent_id=parent,
            )
            for number, (name, text, parent) in enumerate(said)
        ],
        {},
        NOW,
    )
