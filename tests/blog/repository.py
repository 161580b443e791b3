"""A Git repository that somebody publishes a blog to."""

import os
import subprocess
from pathlib import Path


class Repository:
    """A new repository; its commits are made at given days of 2024."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: int = 1) -> None:
        date = f"2024-01-{day:02}T12:00:00+03:00"
        settings = {"GIT_CONFIG_GLOBAL": os.devnull}
        for who in ("AUTHOR", "COMMITTER"):
            settings |= {f"GIT_{who}_NAME": "A", f"GIT_{who}_EMAIL": "a@example.org"}
            settings[f"GIT_{who}_DATE"] = date
        subprocess.run(["git", *arguments], cwd=self.path, env=os.environ | settings, check=True)  # noqa: S603, S607  # the real git

    def commit(self, day: int = 1, **files: str | None) -> None:
        """Write or remove files, which are named without their ending, and commit everything."""
        for name, text in files.items():
            file = self.path / f"{name}.md"
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(exist_ok=True, parents=True)
                file.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=More", day=day)
