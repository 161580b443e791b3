"""When each file of a folder came into its Git repository: the date of a note that names none.

Git's history is read, nothing is written or fetched, and nothing that the repository configures is
run.
"""

import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.blog.files.git import environment

LONGEST = 30.0
"""Seconds that Git may take; then the notes stay without a date."""

_QUIETLY = (
    "--no-pager",
    "--no-optional-locks",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "log.showSignature=false",
    "-c", "core.quotePath=false",
    "-c", "protocol.allow=never",
)  # fmt: skip
_ADDED = (
    "log", "--no-ext-diff", "--no-textconv", "--find-renames", "--diff-filter=AR", "--relative",
    "--name-status", "-z", "--format=%x01%aI", "--", ".",
)  # fmt: skip


class FirstCommits:
    """The dates of a folder's files, read again when its repository has a new commit.

    Attributes:
        dates: What was read last, by path.
    """

    def __init__(self) -> None:
        self.dates: Mapping[str, datetime] = {}
        self._at: tuple[Path, str] | None = None

    def below(self, root: Path) -> Mapping[str, datetime]:
        """Return when each file below `root` was first committed, by path."""
        now = (root, head_of(root))
        if now != self._at:
            self._at = now
            self.dates = first_commits(root) if now[1] else {}
        return self.dates


def head_of(root: Path) -> str:
    """Return the newest commit of the repository that `root` is in.

    "" if it is in none, or in a copy without its history.
    """
    match _git(root, "rev-parse", "--is-shallow-repository", "HEAD").split():
        case ["false", head]:
            return head
    return ""


def first_commits(root: Path) -> dict[str, datetime]:
    """Return when each file below `root` was first committed, under whatever name, by path.

    Empty if Git is missing, refuses, or takes longer than `LONGEST`.
    """
    found: dict[str, datetime] = {}
    now_called: dict[str, str] = {}
    date: datetime | None = None
    fields = iter(_git(root, *_ADDED).split("\0"))
    for field in fields:  # from the newest commit to the first
        before, is_commit, said = field.partition("\x01")
        status = (said if is_commit else before).strip("\n")
        if is_commit:
            date = datetime.fromisoformat(status)
            continue
        if not status or date is None:
            continue
        path = next(fields, "")
        if status.startswith("R"):
            new = next(fields, "")
            now_called[path] = now_called.get(new, new)
            path = new
        found[now_called.get(path, path)] = date
    return found


def _git(root: Path, *arguments: str) -> str:
    """Return what Git answers; "" if it does not."""
    try:
        done = subprocess.run(  # noqa: S603  # arguments of ours; paths are none of them
            ["git", *_QUIETLY, *arguments],  # noqa: S607  # as the system has it
            cwd=root,
            env={**environment(), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="surrogateescape")
