"""Files in somebody else's folder: only our own are changed, each at once, and only if need be."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.core.errors import AfterwordError
from bot.desk.site.posts import MADE_BY

_MARKS = tuple(
    mark.format(MADE_BY).encode()
    for mark in ('"made_by": "{}"', 'made_by: "{}"', "<generator>{}</generator>")
)
"""What only a file of ours holds: in a text of readers, its quotes or brackets are escaped."""

_UNFINISHED = ".unfinished"

Content = Mapping[PurePosixPath, bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do in a folder, with paths relative to it.

    Attributes:
        same: How many files are already as they should be.
    """

    written: Content
    removed: tuple[PurePosixPath, ...]
    same: int

    @property
    def count(self) -> int:
        """How many files change."""
        return len(self.written) + len(self.removed)


class Folder:
    """The folder of a site.

    Args:
        root: The folder, which is there.
        places: Folders below it that may hold folders of ours, with nothing but files in them.
        files: Single files that may be ours.
    """

    def __init__(
        self, root: Path, places: tuple[PurePosixPath, ...], files: tuple[PurePosixPath, ...]
    ) -> None:
        self._root = root
        self._places = places
        self._files = files

    def plan(self, wanted: Content) -> Plan:
        """Return what is to be done so that the files of ours are those that are wanted.

        Raises:
            AfterwordError: Somebody else's file, or a link, stands in the way; or one cannot be
                read. Nothing was changed.
        """
        try:
            changed = {path: data for path, data in wanted.items() if self._differs(path, data)}
            stale = tuple(path for path in self.ours() if path not in wanted)
        except OSError as error:
            raise self._refusal(error) from error
        return Plan(changed, stale, len(wanted) - len(changed))

    def apply(self, plan: Plan, tell: Callable[[int, int], object]) -> None:
        """Remove and write what was planned, file by file.

        What is to disappear goes first, so that a full disk does not keep it.

        Args:
            tell: Is called with how many are done, and of how many.

        Raises:
            AfterwordError: One cannot be changed. Those before it are, and what stood there still
                does; the next time goes on from here.
        """
        try:
            for done, path in enumerate(plan.removed, 1):
                self._remove(path)
                tell(done, plan.count)
            for done, (path, data) in enumerate(plan.written.items(), len(plan.removed) + 1):
                self._write(path, data)
                tell(done, plan.count)
        except OSError as error:
            raise self._refusal(error) from error

    def _differs(self, path: PurePosixPath, data: bytes) -> bool:
        """Return whether a file has to be written.

        Raises:
            AfterwordError: It is not ours to write.
        """
        self._refuse_links(path)
        file = self._root / path
        if not file.exists():
            return True
        found = file.read_bytes() if file.is_file() else b""
        if not _is_ours(found):
            raise AfterwordError(
                f"{file} was not written by `afterword export --site`, and stands where its file "
                "belongs: move it away, and export again."
            )
        return found != data

    def _refuse_links(self, path: PurePosixPath) -> None:
        if link := self._link_in(path):
            raise AfterwordError(
                f"{link} is a link, which may lead out of the site: put a folder or a file of its "
                "own there, and export again."
            )

    def _link_in(self, path: PurePosixPath) -> Path | None:
        parts = (self._root / part for part in (path, *path.parents) if part.name)
        return next((file for file in parts if file.is_symlink()), None)

    def ours(self) -> Iterator[PurePosixPath]:
        """Yield the files that an export wrote, and what is left of one that was interrupted."""
        for path in self._files:
            file = self._root / path
            if file.is_file() and not self._link_in(path) and _is_ours(file.read_bytes()):
                yield path
        for place in self._places:
            folders = [] if self._link_in(place) else _listing(self._root / place, folders=True)
            for folder in folders:
                for file in _listing(folder, folders=False):
                    path = PurePosixPath(place, folder.name, file.name)
                    is_left_over = file.name.startswith(".") and file.name.endswith(_UNFINISHED)
                    if is_left_over or _is_ours(file.read_bytes()):
                        yield path

    def _remove(self, path: PurePosixPath) -> None:
        file = self._root / path
        file.unlink(missing_ok=True)
        is_ours = len(path.parts) > 1 and path.parent.parent in self._places
        if is_ours and not any(file.parent.iterdir()):
            file.parent.rmdir()

    def _write(self, path: PurePosixPath, data: bytes) -> None:
        """Put a file in its place when it is whole and on the disk: half a one would not be ours.

        Its rights are those of any new file: the site's build reads it.
        """
        file = self._root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}{_UNFINISHED}")
        try:
            unfinished.unlink(missing_ok=True)
            with unfinished.open("xb") as target:
                target.write(data)
                target.flush()
                os.fsync(target.fileno())
            unfinished.replace(file)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    def _refusal(self, error: OSError) -> AfterwordError:
        place = error.filename or self._root
        return AfterwordError(
            f"{place} cannot be brought up to date ({error.strerror or type(error).__name__}): "
            "free space or get the right to write there, and export again. What was written is "
            "whole."
        )


def _is_ours(data: bytes) -> bool:
    return any(mark in data for mark in _MARKS)


def _listing(folder: Path, *, folders: bool) -> list[Path]:
    """Return the folders or the files in a folder, by name; a link is neither."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        names = [
            one.name
            for one in found
            if (one.is_dir if folders else one.is_file)(follow_symlinks=False)
        ]
    return [folder / name for name in sorted(names)]
