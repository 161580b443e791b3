"""Running a site's own build after an export that changed something."""

import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import AfterwordError
from bot.settings import child_environment

MARKER = ".afterword-build"
"""A file in the site's folder, from before the first change until the build has succeeded."""

WHY = "Data has changed since the site was last built. `afterword export` removes this file.\n"


@dataclass(frozen=True, slots=True)
class Build:
    """What builds a site.

    Attributes:
        folder: Where it runs.
        words: The command and its arguments; no shell reads them.
    """

    folder: Path
    words: tuple[str, ...]

    @property
    def is_due(self) -> bool:
        """Whether something changed and no build has succeeded since."""
        return (self.folder / MARKER).exists()

    def make_due(self) -> None:
        """Remember that the site has to be built.

        Raises:
            AfterwordError: The folder cannot be written.
        """
        try:
            (self.folder / MARKER).write_text(WHY, encoding="utf-8")
        except OSError as error:
            raise AfterwordError(
                f"{self.folder} cannot be written ({error.strerror}): free space or get the right "
                "to write there, and export again."
            ) from error

    def run(self) -> int:
        """Run the command, and return its exit status, as a shell gives it.

        If it fails, it stays due.

        Raises:
            AfterwordError: There is no such program.
        """
        try:
            ran = subprocess.run(  # noqa: S603  # as asked
                self.words, cwd=self.folder, env=child_environment(), check=False
            )
        except OSError as error:
            raise AfterwordError(
                f"{self.words[0]} cannot be run ({error.strerror}): give --then a program with its "
                "arguments, as you would type it in the site's folder. The data is written, and "
                "the next export tries again."
            ) from error
        if ran.returncode == 0:
            (self.folder / MARKER).unlink(missing_ok=True)
        return ran.returncode if ran.returncode >= 0 else 128 - ran.returncode


def read_command(folder: Path, command: str) -> Build:
    """Return what a command line means.

    Raises:
        AfterwordError: It means nothing.
    """
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise AfterwordError(
            f"--then cannot be read ({error}): close every quote, or name a script."
        ) from error
    if not words:
        raise AfterwordError("--then is empty: name the program that builds the site.")
    return Build(folder, words)
