"""Reading a large blog, from nothing and again, against Hugo on the same folder."""

import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.corpus import write_blog
from tests.bench.scale import Scale, in_turn, say
from tests.bench.table import Row
from tests.bench.worker import Worker

HUGO = shutil.which("hugo")
NO_HUGO = "not measured: hugo is not installed"


class UnreadError(Exception):
    """The index does not hold the posts that were written."""


def indexing(scale: Scale, folder: Path) -> list[Row]:
    """Measure the first index, then of nothing changed, of one file, and after a restart."""
    blog = write_blog(folder / "blog", scale.posts)
    ours: list[float] = []
    hugo: list[float] = []
    with ExitStack() as last:
        for number in range(scale.runs):
            last.close()
            reader = last.enter_context(Worker("blog_reader"))
            reader.ask("open", content=str(blog), database=str(folder / f"index-{number}.db"))
            for which in in_turn(number):
                if which == "bot_client":
                    ours.append(_read(reader, scale.posts))
                elif HUGO is not None:
                    hugo.append(_list(HUGO, blog))
            listed = f", hugo {hugo[-1]:.2f} s" if hugo else ""
            say(f"  the first index took {ours[-1]:.2f} s{listed}")
        say(f"  its remaining questions took {reader.ask('fill')['seconds']:.2f} s")
        unchanged, one_file = _again(reader, blog, scale)
    restarted = [_restart(blog, folder / f"index-{number}.db", scale.posts) for _ in ours]
    first = median(ours)
    return [
        Row(
            f"index of {scale.posts:,} posts from nothing",
            "hugo list all",
            [mine / theirs for mine, theirs in zip(ours, hugo, strict=False)],
            1.0,
            0.7,
            why_not=NO_HUGO,
        ),
        Row("again, nothing changed", "the first index", [s / first for s in unchanged], 0.15),
        Row("again, one file changed", "the first index", [s / first for s in one_file], 0.02),
        Row(
            "again, nothing changed, in a new process",
            "the first index",
            [s / first for s in restarted],
        ),
    ]


def _again(reader: Worker, blog: Path, scale: Scale) -> tuple[list[float], list[float]]:
    """Return the seconds of reading nothing new, and those of reading one changed file."""
    unchanged: list[float] = []
    one_file: list[float] = []
    changing = blog / "content" / "posts" / "essay-0.md"
    for number in range(scale.runs):
        unchanged.append(_read(reader, scale.posts))
        with changing.open("a", encoding="utf-8") as file:
            file.write(f"\nWhat is changed for the {number}th time, is it the same?\n")
        reported = changing.relative_to(blog).as_posix()
        one_file.append(_read(reader, scale.posts, [reported]))
    return unchanged, one_file


def _restart(blog: Path, database: Path, posts: int) -> float:
    """Return the seconds that a new process takes on a database that holds the index."""
    with Worker("blog_reader") as reader:
        reader.ask("open", content=str(blog), database=str(database))
        return _read(reader, posts)


def _read(reader: Worker, posts: int, paths: list[str] | None = None) -> float:
    answer = reader.ask("read", paths=paths)
    if answer["posts"] != posts:
        raise UnreadError(f"Of {posts} posts {answer['posts']} were read.")
    seconds: float = answer["seconds"]
    return seconds


def _list(hugo: str, blog: Path) -> float:
    began = time.monotonic()
    command = [hugo, "list", "all", "--source", str(blog)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # found on PATH
    return time.monotonic() - began
