"""`demo --content DIR`: it shows what a folder has, says what it lacks, and never ends in a fault.

The demos that play are started at once, each in a process of its own: most of a demo is waiting.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.blog.files.reading import read_folder
from bot.cli.demo import OURS
from bot.cli.tour.selection import NothingToShowError, introduction, select
from bot.cli.tour.texts import Texts, texts_about
from tests.cli.conftest import AFTERWORD, Ran, Type, essay, write

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ASKS = "What do you hear in it?"
BROKEN = "---\ntitle: [unclosed\n---\n\nWords.\n"

STEPS = 19


def note(text: str) -> str:
    return f"# A note\n\n{text}\n"


def undated(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\nIt began.\n\n{ASKS}\n"


def many(root: Path) -> None:
    """A site in two languages, whose one essay that asks is old and has no translation."""
    write(root, "hugo.toml", 'baseURL = "https://example.org/"\ndefaultContentLanguage = "en"\n'
          "[languages.en]\n[languages.tr]\n")  # fmt: skip
    write(root, "content/posts/asks.md", essay("Asking", "2019-01-01", ASKS))
    for number in range(60):
        date = f"2026-0{1 + number // 20}-{1 + number % 20:02}"
        write(root, f"content/posts/p{number}.md", essay(f"Post {number}", date, "It ends."))
        write(root, f"content/posts/p{number}.tr.md", essay(f"Yazı {number}", date, "Bitti."))


PLAYED: dict[str, Callable[[Path], object]] = {
    "ours": lambda root: shutil.copytree(OURS, root, dirs_exist_ok=True),
    "asks nothing": lambda root: [
        write(root, f"{name}.md", essay(name, "2026-01-02", "It fell."))
        for name in ("rain", "snow")
    ],
    "no dates": lambda root: write(root, "fog.md", undated("Fog")),
    "no words of ours": lambda root: write(
        root, "regen.md", essay("Regen", "2026-01-02", "Wat hoor je erin?", "lang: nl\n")
    ),
    "notes": lambda root: [
        write(root, "one.md", note("Some words.")),
        write(root, "deep/two.md", note("Others, of [[one]].\n\nWhat do you think?")),
        write(root, "three.md", "No heading at all.\n"),
    ],
    "asks long ago": many,
    "many questions": lambda root: write(
        root, "many.md", undated("Many", f"questions: {[f'Why {n}?' for n in range(7)]}\n")
    ),
    "only the undated asks": lambda root: [
        write(root, "dated.md", essay("Dated", "2026-01-02", "It ends.")),
        write(root, "undated.md", undated("Undated")),
        write(root, "draft.md", undated("Draft", "draft: true\n")),
    ],
    "no body": lambda root: write(root, "a.md", "---\ntitle: Nothing\ndate: 2026-01-01\n---\n"),
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """What `demo --once` said of each folder."""
    running = {}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD_")}
    for name, make in PLAYED.items():
        root = tmp_path_factory.mktemp("blog") / name
        root.mkdir()
        make(root)
        running[name] = subprocess.Popen(  # noqa: S603  # our own command
            [AFTERWORD, "demo", "--once", "--content", root],
            env=clean,
            cwd=root.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    said = {name: process.communicate(timeout=300) for name, process in running.items()}
    return {
        name: Ran(running[name].returncode, out.decode(), err.decode())
        for name, (out, err) in said.items()
    }


@pytest.mark.timeout(320)
@pytest.mark.parametrize("name", PLAYED)
def test_a_folder_is_shown_as_far_as_it_goes(played: dict[str, Ran], name: str) -> None:
    ran = played[name]
    assert "Traceback" not in ran.out + ran.err
    marks = Counter(re.findall(r"^    (✓|✗|– Not shown:) ", ran.out, re.MULTILINE))
    assert marks["✗"] == 0, ran.out
    assert marks["✓"] + marks["– Not shown:"] == STEPS
    # tags, and a second essay with all that comes of its thread, and nothing that an essay says
    assert marks["– Not shown:"] <= (0 if name == "ours" else 7)
    assert ran.status == 0
    assert ran.out.startswith("Open http://127.0.0.1:")
    assert "read back from demo.db" in ran.out


@pytest.mark.timeout(320)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("asks nothing", "is open, and asks nothing at its end."),
        ("no dates", "– Not shown: No essay here has a tag."),
        ("no dates", "No essay here has a date, so that none starts by itself. Mo started “Fog”"),
        ("no dates", "– Not shown: Every essay in this language has its thread already."),
        ("no words of ours", "it knows de, en, es, fr, pt and tr, not nl."),
        ("asks long ago", "“Asking” is open, and asks: “What do you hear in it?”"),
        ("many questions", "they belong to the essay."),
        ("only the undated asks", "“Dated” started, and asks nothing. Mo started “Undated”"),
        ("only the undated asks", "Not shown: 1 draft."),
    ],
)
def test_what_a_folder_lacks_is_said(played: dict[str, Ran], name: str, said: str) -> None:
    assert said in " ".join(played[name].out.split())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "There is no post in blog: "),
        ({"a.txt": "Words."}, "There is no post in blog: "),
        ({"a.md": undated("A", "draft: true\n")}, "only 1 draft. Take `draft: true` out of one; "),
        (
            {name: undated(name, "draft: true\n") for name in ("a.md", "b.md")}
            | {"c.md": essay("C", "2099-01-01", ASKS)},
            "only 2 drafts, 1 dated in the future. ",
        ),
        ({"a.md": essay("A", "2099-01-01", ASKS)}, "Give one an earlier date; "),
        (
            {"a.md": essay("A", "2020-01-01", ASKS, "expiryDate: 2021-01-01\n")},
            "only 1 expired. Give one a later expiry date; ",
        ),
        ({"a.md": BROKEN}, "only 1 file with a fault. `afterword check blog` says what is wrong; "),
    ],
)
def test_a_folder_with_nothing_to_show_is_told_in_a_sentence(
    clean: Path, type_in: Type, files: dict[str, str | bytes], said: str
) -> None:
    (clean / "blog").mkdir()
    for name, text in files.items():
        write(clean / "blog", name, text)
    for once in ((), ("--once",)):  # nothing starts, so that there is nothing to wait for
        ran = type_in("demo", "--content", "blog", *once)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1
        assert "--content" in ran.err


def test_what_is_no_folder_is_told_in_a_sentence(clean: Path, type_in: Type) -> None:
    write(clean, "a.md", undated("A"))
    for name, said in (("a.md", "a.md is a file: "), ("gone", "There is no folder gone: ")):
        ran = type_in("demo", "--content", name)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1


def test_the_language_is_the_site_s_or_that_of_most_essays(tmp_path: Path) -> None:
    write(tmp_path, "a.md", essay("A", "2026-01-02", ASKS, "lang: de\n"))
    write(tmp_path, "b.md", essay("B", "2026-01-03", ASKS, "lang: tr\n"))
    write(tmp_path, "c.md", essay("C", "2026-01-04", "It ends.", "lang: tr\n"))
    found = select(tmp_path, read_folder(tmp_path), NOW)
    assert (found.lang, found.elsewhere, found.opener.title) == ("tr", 1, "B")
    write(tmp_path, "d.md", essay("D", "2025-01-01", "It ends.", "lang: en\n"))
    assert select(tmp_path, read_folder(tmp_path), NOW).lang == "tr"


def test_faults_are_counted_and_not_listed(tmp_path: Path) -> None:
    write(tmp_path, "good.md", essay("Good", "2026-01-02", ASKS))
    write(tmp_path, "bad.md", BROKEN)
    contents = read_folder(tmp_path)
    *_, last = introduction(Path("my blog"), select(tmp_path, contents, NOW))
    assert last == "One fault was found there: `afterword check 'my blog'` says where."


def test_nothing_is_selected_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingToShowError):
        select(tmp_path, read_folder(tmp_path), NOW)


def test_readers_have_something_to_say_of_any_essay_and_of_ours() -> None:
    every = texts_about("no such essay")
    ours = texts_about(select(OURS, read_folder(OURS), datetime.now(UTC)).opener.slug)
    for texts in (every, ours):
        said = [getattr(texts, name) for name in Texts.__slots__]
        found = [text for text in said if text]
        assert len(set(found)) == len(found)
    assert all(getattr(ours, name) for name in Texts.__slots__)
    made = {name for name in Texts.__slots__ if not getattr(every, name)}
    assert made == {"asked", "mentioned"}  # of what the essay says
